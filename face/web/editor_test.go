package web_test

import (
	"regexp"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

// A section is written by one person, approved by another, the report signed in order and published, and the public reads it.
func TestAReportIsWrittenSignedAndPublishedInThePages(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	editor, officer, leader := s.person("bianji", "430600", access.Editor), s.person("zhangsan", "430600", access.Section), s.person("wangwu", "430600", access.Leader)

	editor.get("/reports?period=2023", 200).has(t, "部门整体支出绩效自评报告", "专项资金绩效自评报告")
	path := "/reports/department/2023"
	before := editor.get(path, 200)
	before.has(t, "主要职能", "用自带文字", "分工")
	officer.get(path, 200).has(t, `!value="430600" required`)
	editor.post(path+"/begin", 303, "key", "begin", "unit", "430600", "due", "2024-03-20")
	editor.get(path, 200).has(t, "2024-03-20", "起草", "!用自带文字")

	// What is typed by hand is told beside the text, and kept: it is a draft.
	at := path + "/duties"
	page := officer.get(at, 200)
	version := page.between(t, `name="version" value="`, `"`)
	officer.post(at, 303, "version", version, "key", "w1", "text", "承担应急管理职责，全年死亡5人。\n- 全国第一。")
	page = officer.get(at, 200)
	page.has(t, "<mark>5</mark>", "手写了数字“5”", "<mark>第一</mark>", "第1行", "第2行")
	officer.post(at, 409, "version", version, "key", "w2", "text", "盖过去。").has(t, "没有保存", "盖过去。")
	officer.get(at, 200).has(t, "!盖过去")

	// What is open is not handed in, and an unknown code is told at its line.
	version = page.between(t, `name="version" value="`, `"`)
	officer.post(at+"/step", 422, "action", "submit", "version", version, "key", "s0").has(t, "手写了数字“5”")
	officer.post(at+"/preview", 200, "text", "一段。\n到位{=fund.nope}。").has(t, "第2行", "fund.nope", "一段。")

	// The check reads what is typed by hand beside what is not, figures and all: numbers typed by hand claim what they claim.
	officer.post(at+"/preview", 200, "text", "全年死亡{=work_safety.deaths}。\n- 基本支出30万元，其中人员经费10万元，公用经费15万元，死亡{=work_safety.deaths}。").has(t, "<mark>30</mark>", "✗", "10万元 + 15万元 = 25万元", "第2行")

	// The lines of conditions in the text that comes with the program are explained where they stand.
	editor.get(path+"/measures", 200).has(t, "when ", "这几行自己不印出来")
	editor.get(path+"/duties", 200).has(t, "!这几行自己不印出来")

	// A figure is looked for and named; it prints as a door.
	officer.get(at+"?find=死亡人数", 200).has(t, "{=work_safety.deaths}")
	officer.get(path+"/figures?find=死亡", 200).has(t, "{=work_safety.deaths}", "!<html")
	version = page.between(t, `name="version" value="`, `"`)
	text := "承担应急管理职责，全年死亡{=work_safety.deaths}。"
	seen := officer.post(at+"/preview", 200, "text", text)
	seen.has(t, `href="/figures/work_safety.deaths?period=2023`, ">1人</a>", "没有手写的数字", "!<html")
	officer.get(at, 200).has(t, "全年死亡5人") // a preview keeps nothing
	officer.post(at, 303, "version", version, "key", "w3", "text", text)
	officer.post(at+"/remark", 303, "key", "r1", "about", "应急管理职责", "says", "与“三定”规定核对过吗")
	leader.get(at, 200).has(t, "zhangsan", "与“三定”规定核对过吗", "readonly")

	version = officer.get(at, 200).between(t, `name="version" value="`, `"`)
	officer.post(at+"/step", 303, "action", "submit", "version", version, "key", "s1")
	locked := officer.get(at, 200)
	version = locked.between(t, `name="version" value="`, `"`)
	locked.has(t, "readonly", "已提交")
	officer.post(at, 409, "version", version, "key", "w4", "text", "提交后再改。")
	officer.post(at+"/step", 403, "action", "approve", "version", version, "key", "own")
	leader.post(at+"/step", 422, "action", "return", "version", version, "key", "why")
	leader.post(at+"/step", 303, "action", "approve", "version", version, "key", "s2")

	// Nothing is frozen before all is approved.
	editor.post(path+"/freeze", 409, "key", "f0", "login", "zhangsan", "post", "拟稿").has(t, "还没有审定")
	for _, part := range regexp.MustCompile(`href="/reports/department/2023/([a-z-]+)"`).FindAllStringSubmatch(editor.get(path, 200).body, -1) {
		if part[1] == "duties" || part[1] == "draft" {
			continue
		}
		x := path + "/" + part[1]
		v := editor.get(x, 200).between(t, `name="version" value="`, `"`)
		editor.post(x+"/step", 303, "action", "submit", "version", v, "key", part[1]+"s")
		v = leader.get(x, 200).between(t, `name="version" value="`, `"`)
		leader.post(x+"/step", 303, "action", "approve", "version", v, "key", part[1]+"a")
	}
	editor.get(path+"/draft", 200).has(t, "全年死亡", "公开前要补")

	editor.post(path+"/freeze", 422, "key", "f1").has(t, "至少要有一名会签人")
	editor.post(path+"/freeze", 422, "key", "f3", "login", "nobody", "post", "拟稿").has(t, "没有登录名为“nobody”的用户")
	editor.post(path+"/freeze", 303, "key", "f2", "login", "zhangsan", "post", "拟稿", "login", "wangwu", "post", "分管领导")
	// A signing that was begun by mistake is given up with a reason, by who may freeze one, and the report is frozen anew.
	id := editor.get(path, 200).between(t, "/records/report_signing/", `"`)
	officer.get(path, 200).has(t, "!撤回这次会签")
	officer.post(path+"/signing", 403, "id", id, "action", "withdraw", "reason", "不签了", "key", "w0")
	editor.get(path, 200).has(t, "撤回这次会签")
	editor.post(path+"/signing", 422, "id", id, "action", "withdraw", "key", "wr")
	editor.post(path+"/signing", 303, "id", id, "action", "withdraw", "reason", "会签人写错了", "key", "wd")
	editor.get(path, 200).has(t, "!/records/report_signing/"+id, "定稿并送会签")
	officer.get("/today", 200).has(t, "!待会签")
	editor.post(path+"/freeze", 303, "key", "f4", "login", "zhangsan", "post", "拟稿", "login", "wangwu", "post", "分管领导")
	id = editor.get(path, 200).between(t, "/records/report_signing/", `"`)
	officer.get("/today", 200).has(t, "待会签", "请您会签（拟稿）", `href="`+path+`#signing"`)
	leader.get("/today", 200).has(t, "!待会签") // it is not his turn
	leader.post(path+"/signing", 403, "id", id, "action", "sign", "key", "g0").has(t, "现在应由zhangsan（拟稿）会签")
	officer.get(path, 200).has(t, `value="sign"`)
	officer.post(path+"/signing", 303, "id", id, "action", "sign", "key", "g1")
	leader.get("/today", 200).has(t, "请您会签（分管领导）")
	editor.post(path+"/signing", 409, "id", id, "action", "publish", "key", "p0").has(t, "还没有会签")
	leader.post(path+"/signing", 303, "id", id, "action", "sign", "key", "g2")
	officer.post(path+"/signing", 403, "id", id, "action", "publish", "key", "p1")
	leader.get("/today", 200).has(t, "!待会签")
	editor.get("/today", 200).has(t, "都已会签，可以公开")

	// Publishing asks once more who it is, before a file is made.
	s.later()
	editor.post(path+"/signing", 403, "id", id, "action", "publish", "key", "p2").has(t, "再次确认是您本人", `value="publish"`)
}

func TestAnAddressOfAReportThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("bianji", "430600", access.Editor)
	v.get("/reports/nonsense/2023", 404)
	v.get("/reports/department/someday", 422)
	v.get("/reports/department/2023/dutys", 404).has(t, "duties")
	v.post("/reports/department/2023/duties", 422, "text", "没有版本")
	s.anybody().get("/reports", 303)
	if long := strings.Repeat("长", 30000); len(long) > 0 {
		version := "0"
		v.post("/reports/department/2023/duties", 422, "version", version, "key", "long", "text", long).has(t, "20000", "没有保存")
	}
}
