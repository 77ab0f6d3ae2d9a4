package web_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"html"
	"strings"
	"testing"

	owntemplate "anlan/account/report/own"
	"anlan/app"
	"anlan/office/extra"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
)

const ownScheme = `scheme     own
year       2023
name       自拟方案
subject    department
group      投入 | 40
line       在职人员控制率 | 40
  indicator  evaluation.staff_control
  criterion  ≤100%计满分，每超过1个百分点扣0.5分，扣完为止
  broken     按比例
group      效果 | 60
line       履职成效 | 60
  indicator  认定
  criterion  好60分；一般30分；差0分
`

// kept sends the file of a setting, sees what it would change, and keeps it.
func (v visitor) kept(to, name, content string, sees ...string) answer {
	v.Helper()
	at := v.send(to, 303, "file", name, content).Header.Get("Location")
	v.get(at, 200).has(v, sees...)
	v.post(at, 422).has(v, "请写明为什么改")
	return v.get(v.post(at, 303, "reason", "示例文号").Header.Get("Location"), 200)
}

func TestASchemeIsUploadedWithItsFaultsThenMendedSeenAndKept(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("guanli", "430600", access.Administrator)
	v.get("/settings", 200).has(t, "评分方案", "/settings/schemes", "/settings/indicators", "/settings/fields", "/settings/codes")
	v.get("/settings/schemes", 200).has(t, "hunan@2023", "随系统", "!own@2023")
	wrong := strings.NewReplacer("| 60\nline", "| 50\nline", "evaluation.staff_control", "evaluation.staff_contrl").Replace(ownScheme)
	v.send("/settings/schemes", 422, "file", "own.scheme", wrong).has(t, "own.scheme", "第10行", "第7行", "evaluation.staff_control", "2处错误，什么都没有保存")
	v.send("/settings/schemes", 422, "file", "", "").has(t, "没有选择文件")
	page := v.kept("/settings/schemes", "own.scheme", ownScheme, "保存后是新的", "在职人员控制率", "什么都没有写入")
	page.has(t, "own@2023", "本局的：第1版", "示例guanli", "40", "好60分", "由人认定", `href="/figures/evaluation.staff_control?period=2023"`, "合计", "100")
	v.get("/settings/schemes", 200).has(t, "own@2023", "第1版")
	v.get("/settings", 200).has(t, "第1版", "/records/scheme/")
	// The same again differs in nothing, and what differs is told in words.
	same := v.send("/settings/schemes", 303, "file", "own.scheme", v.get("/settings/schemes/own@2023/file?format=scheme", 200).body).Header.Get("Location")
	v.get(same, 200).has(t, "没有任何不同", "!>保存</button>")
	v.post(same+"/drop", 303)
	v.get(same, 404)
	changed := strings.ReplaceAll(strings.ReplaceAll(ownScheme, "| 40", "| 50"), "60", "50")
	v.kept("/settings/schemes", "own.scheme", changed, "与own@2023（本局第1版）比较", "改动", "由40分改为50分").has(t, "第2版")
	// As the form of the finance bureau.
	if got := v.get("/settings/schemes/own@2023/file?format=xlsx", 200).Header.Get("Content-Type"); !strings.Contains(got, "spreadsheetml") {
		t.Errorf("the form is sent as %q", got)
	}
	v.get("/settings/schemes/own@2023/file?format=pdf", 404)
	v.get("/settings/schemes/compare?a=own@2023&b=own@2023", 200).has(t, "两份方案相同")
	v.get("/settings/schemes/compare?a=department@2023&b=own@2023", 200).has(t, "取消", "新增")
	v.get("/settings/schemes/own@2019", 404)
	v.get("/settings/schemes/own", 422)
}

func TestWhoMayNotWriteSchemesReadsThem(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("caiwu", "430600", access.Finance)
	v.get("/settings", 403)
	v.get("/settings/schemes", 200).has(t, "hunan@2023", "!type=\"file\"")
	v.get("/settings/schemes/hunan@2023", 200).has(t, "公用经费控制率")
	v.send("/settings/schemes", 403, "file", "own.scheme", ownScheme)
	v.get("/settings/codes", 403)
	v.get("/settings/fields", 403)
	editor := s.person("bianji", "430600", access.Editor)
	at := editor.send("/settings/schemes", 303, "file", "own.scheme", ownScheme).Header.Get("Location")
	s.person("other", "430600", access.Editor).get(at, 404) // nobody sees what another has uploaded
	s.person("county", "430602", access.Editor).get("/settings", 200)
	// A scheme is the whole book's: whoever looks after a county alone cannot keep one.
	county := s.person("county2", "430602", access.Editor)
	own := county.send("/settings/schemes", 303, "file", "own.scheme", ownScheme).Header.Get("Location")
	county.post(own, 403, "reason", "示例")
	county.get("/settings/schemes", 200).has(t, "!own@2023")
}

func TestADefinitionIsTypedCheckedSeenKeptAndRetired(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("guanli", "430600", access.Administrator)
	v.get("/settings/indicators", 200).has(t, "本局没有自己的定义", "work_safety.deaths", "!project.")
	wrong := "indicator own.casualties  \"伤亡\"  in 起  printed 0\n  = accident.count + accident.deaths"
	v.send("/settings/indicators", 422, "file", "", "", "text", wrong).has(t, "第2行", "^", "= accident.count + accident.deaths</textarea>")
	right := "indicator own.deaths  \"死亡\" \"deaths\"  in 人  printed 0\n  = accident.deaths\n"
	page := v.kept("/settings/indicators", "own.indicators", right, "新增", "own.deaths")
	page.has(t, "= accident.deaths", "第1版", "本局", `href="/figures/own.deaths"`)
	v.get("/figures/own.deaths?period=2023", 200)
	v.get("/settings/indicators", 200).has(t, "own.deaths", "下载本局的全部定义")
	v.get("/settings/indicators/file", 200).has(t, "indicator own.deaths")
	// In place of the program's: what stands there now is shown beside it, and stays to be seen.
	instead := "indicator work_safety.deaths  \"死亡人数\" \"deaths\"  in 人  printed 0\n  = accident.deaths\n"
	at := v.send("/settings/indicators", 303, "file", "", "", "text", instead).Header.Get("Location")
	v.get(at, 200).has(t, "代替随系统的", "保存后")
	v.post(at, 303, "reason", "口径调整")
	v.get("/settings/indicators/work_safety.deaths", 200).has(t, "随系统的定义，已由本局的代替", "停用")
	program := v.get("/settings/indicators/file?code=work_safety.accidents", 200).body
	v.get(v.send("/settings/indicators", 303, "file", "x.indicators", program).Header.Get("Location"), 200).has(t, "与随系统的相同", "没有任何不同")
	v.post("/settings/indicators/own.deaths/retire", 422)
	v.post("/settings/indicators/own.deaths/retire", 303, "reason", "不再考核")
	v.get("/settings/indicators", 200).has(t, "停用")
	v.get("/figures/own.deaths?period=2023", 404)
	v.post("/settings/indicators/work_safety.deaths/retire", 409, "reason", "不再考核").has(t, "work_safety.deaths") // others name it
	s.person("caiwu", "430600", access.Finance).get("/settings/indicators/work_safety.deaths", 200).has(t, "!<textarea")
}

func TestExtraFieldsShowHowTheirFormLooksAndCodeListsWhereTheyAreUsed(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("guanli", "430600", access.Administrator)
	v.get("/settings/fields", 200).has(t, "还没有扩展项", "/records/extra_field/new")
	f := &extra.Field{Kind: "hazard", Code: "patrol_team", LabelZh: "巡查班组", LabelEn: "patrol team", Type: field.TypeCode, Required: true,
		Choices: []extra.Choice{{Code: "one", LabelZh: "一组", LabelEn: "one"}, {Code: "two", LabelZh: "二组", LabelEn: "two", Retired: true}}}
	f.Unit = "430600"
	s.apply(create("extra_field", f))
	v.get("/settings/fields?kind=hazard", 200).has(t, "巡查班组", "一组、二组（停用）", "必填", "<fieldset class=\"preview\" disabled>", `name="ext.patrol_team"`)
	v.get("/settings/fields?kind=nothing", 404)
	v.post("/records/extra_field/new", 422, "kind", "hazrd", "code", "X", "label_zh", "甲", "label_en", "a", "value_type", "text", "unit", "430600", "key", "k1").has(t, "hazrd")
	lists := v.get("/settings/codes", 200)
	lists.has(t, "中华人民共和国政府采购法第二十六条", "公开招标", "政府采购 › 采购方式", "随系统，不在这里改", "本局可改")
	v.get("/settings/codes?find=巡查", 200).has(t, "二组", "停用", "!公开招标")
	v.get("/settings/codes?find=没有这样的", 200).has(t, "没有这样的代码表")
	s.person("shenji", "430600", access.Auditor).get("/settings/fields", 200).has(t, "!/records/extra_field/new")
}

func TestATemplateOfTheBureauStandsInPlaceOfTheProgramsAndReportsGoByIt(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	v := s.person("bianji", "430600", access.Editor)
	v.get("/settings/templates", 200).has(t, "department", "部门整体支出绩效自评报告", "随系统", "spine")
	spine := v.get("/settings/templates/spine", 200)
	spine.has(t, "spine.report", "随系统提供")
	text := html.UnescapeString(spine.between(t, `<pre class="shown" tabindex="0">`, "</pre>"))
	wrong := strings.Replace(text, "figure", "figur", 1) + "\n全局共有3人。"
	v.send("/settings/templates", 422, "file", "spine.report", wrong, "name", "spine").has(t, "spine.report", "第", "figur", "什么都没有保存")
	v.send("/settings/templates", 422, "file", "x.docx", "x", "name", "spine").has(t, "不是模板的文件")
	v.send("/settings/templates", 422, "file", "unknown.report", "title {bureau}\n{=work_safety.nothing}。", "own", "unknown", "title", "无名").has(t, "work_safety.nothing")
	mended := text + "\n本局另有说明。"
	at := v.send("/settings/templates", 303, "file", "spine.report", mended, "name", "spine", "title", "一页通报").Header.Get("Location")
	v.get(at, 200).has(t, "spine.report", "改动", "本局另有说明", "printed-title")
	before := v.get("/reports/spine/2023/draft", 200)
	before.has(t, "!本局另有说明")
	page := v.get(v.post(at, 303, "reason", "内部通报用").Header.Get("Location"), 200)
	page.has(t, "一页通报", "本局的：第1版")
	v.get("/reports/spine/2023/draft", 200).has(t, "本局另有说明", "一页通报")
	// What the archive has is the same template again.
	archive := v.get("/settings/templates/spine/file", 200).body
	v.get(v.send("/settings/templates", 303, "file", "spine.zip", archive, "name", "spine").Header.Get("Location"), 200).has(t, "没有任何不同")
	// A report of the bureau's own has its place beside the others, where people write in it.
	own := v.send("/settings/templates", 303, "file", "brief.zip", zipped(t, map[string]string{"brief.report": "title {period}{bureau}|简报\n# 工作\ninclude work.prose", "work.prose": "各项工作正常。"}), "own", "brief", "title", "工作简报").Header.Get("Location")
	v.post(own, 303, "reason", "新设")
	v.get("/reports?period=2023", 200).has(t, "工作简报", "/reports/brief/2023")
	v.get("/reports/brief/2023", 200).has(t, "工作简报")
	// Nobody names files of the machine by an address.
	v.get("/reports/..%2Fbrief.report/2023", 404)
	s.person("caiwu", "430600", access.Finance).get("/settings/templates/brief", 200).has(t, "work.prose")
	// For people of a county the report is the same, and the template is not theirs to write.
	county := s.person("county", "430602", access.Editor)
	county.get("/settings/templates/brief", 200).has(t, "各项工作正常")
	mine := county.send("/settings/templates", 303, "file", "work.prose", "县里的话。", "name", "brief").Header.Get("Location")
	if status := county.post(mine, 404, "reason", "示例").StatusCode; status != 404 {
		t.Errorf("a county keeps the bureau's template: %d", status)
	}
	_, err := s.app.Book.Apply(t.Context(), s.admin, []book.Change{create("report_template", &owntemplate.Template{Head: record.Head{Unit: "430602"}, Name: "theirs", Title: "县里的",
		Files: []owntemplate.File{{Name: "theirs.report", Text: "title {bureau}\n各项工作正常。"}}})})
	if !errors.Is(err, app.ErrTemplateNotOfTheBureau) {
		t.Errorf("a template of a county: %v", err)
	}
}

// zipped is an archive of files.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
