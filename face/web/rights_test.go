package web_test

import (
	"testing"

	"anlan/office/role"
	"anlan/record/access"
	"anlan/store"
)

func TestTheTableOfRightsIsShownToWhoeverMayReadRoles(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	r := &role.Role{Code: "hr", LabelZh: "人事科示例", LabelEn: "personnel", Clearance: role.Personal, Lines: []role.Line{{Of: "people", Actions: "read create"}}}
	r.Unit = "430600"
	s.apply(create("role", r))
	admin := s.person("guanli", "430600", access.Administrator)
	admin.get("/rights", 200).has(t, "乡镇（街道）应急办", "人事科示例", "批复", "可看到 个人信息")
	admin.get("/wings/office", 200).has(t, `href="/rights"`, "角色")
	admin.post("/language", 303, "lang", "en", "back", "/rights")
	admin.get("/rights", 200).has(t, "finance clerk", "approve")
	s.person("lijun", "430600", access.Section).get("/rights", 403)
}

// TestNobodyIsLedWhereTheyMayNotGo: the navigation and the pages of a line of work show what the reader may see, and a button for what it
// may do.
func TestNobodyIsLedWhereTheyMayNotGo(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	finance := s.person("caiwu", "430600", access.Finance)
	finance.get("/today", 200).has(t, `href="/wings/resource"`, `href="/wings/safety"`)
	finance.get("/wings/safety", 200).has(t, `href="/records/hazard"`, `!href="/records/hazard/new"`)
	finance.get("/wings/resource", 200).has(t, `href="/records/voucher/new"`, `!href="/records/staff/new"`)
	duty := s.person("zhiban", "430600", access.Duty)
	duty.get("/today", 200).has(t, `href="/wings/call"`)
	duty.get("/wings/resource", 200).has(t, `href="/records/unit"`, "!voucher")
	duty.get("/wings/office", 200).has(t, `href="/records/delegation/new"`, `!href="/records/login_user"`)
	duty.get("/wings/nonsense", 404)
	duty.get("/records/voucher", 403)

	// On a record stands what its reader may do with it.
	at := "/records/hazard/" + s.hazard(1, "430600", "示例隐患").String()
	finance.get(at, 200).has(t, "!/edit", `!name="action"`)
	township := s.person("xiangzhen", "430600", access.Township)
	township.get(at, 200).has(t, `href="`+at+`/edit"`, "整改完成", `!value="list"`, `!value="withdraw"`)
	township.post(at+"/step", 403, "action", "list", "version", "1", "key", "k").has(t, "没有写入")
	s.person("ke", "430600", access.Section).get(at, 200).has(t, `value="list"`, `value="withdraw"`)
}
