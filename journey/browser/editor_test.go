package browser

import (
	"strconv"
	"strings"
	"testing"

	"anlan/office/manuscript"
	"anlan/record/access"
	"anlan/record/book"

	"github.com/chromedp/chromedp"
)

// TestAReportIsWrittenApprovedAndSigned: the editor gives out the sections; an officer writes one, sees beside it how it prints and what is typed by
// hand, puts in a figure by its name and hands it in; a leader approves it, on a phone too; the report is frozen, signed in order and stands
// ready to be published.
func TestAReportIsWrittenApprovedAndSigned(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			editor, officer, leader := s.sits(t, l), s.sits(t, l), s.sits(t, l)
			editor.signIn("bianji")
			const path = "/reports/department/2023"
			editor.open(path)
			editor.fill("due", "2030-03-20")
			editor.follow(editor.t("分工", "Assign"))
			editor.reads("2030-03-20", editor.t("起草", "being drafted"), "!"+editor.t("用自带文字", "as it comes"))

			officer.signIn("keshi")
			officer.open(path + "/duties")
			officer.fill("text", "承担应急管理职责，全年死亡5人。")
			officer.until(`document.querySelector('#seen mark')?.innerText === '5'`) // live, and nothing is kept
			officer.fill("text", "承担应急管理职责，全年死亡。")
			officer.do(caret("死亡"))
			officer.fill("find", "死亡人数")
			officer.until(`document.querySelector('#found')?.innerText.includes('{=work_safety.deaths}')`)
			officer.press("{=work_safety.deaths}")
			officer.until(`document.querySelector('#text').value.includes('死亡{=work_safety.deaths}。')`)
			officer.until(`document.querySelector('#seen a.figure-in, #seen a[href^="/figures/work_safety.deaths"]')?.innerText === '2人'`)
			officer.follow(officer.t("保存", "Save"))
			officer.reads("2人")
			officer.press(officer.t("提交", "submit"))
			officer.goes(200, officer.clicking(`details[open].step form button`))
			officer.reads(officer.t("已提交", "submitted"))

			leader.signIn("lingdao")
			leader.open(path + "/duties")
			leader.press(leader.t("审定", "approve"))
			leader.goes(200, leader.clicking(`details[open].step form button`))
			leader.reads(leader.t("已审定", "approved"))

			s.approveTheRest()
			editor.open(path)
			editor.press(editor.t("定稿并送会签", "Freeze and have it signed"))
			editor.do(each("post", "拟稿", "分管领导"), each("login", "keshi", "lingdao"))
			editor.follow(editor.t("定稿", "Freeze"))
			editor.reads(editor.t("未签", "not yet"), "拟稿", "分管领导")
			for _, p := range []*person{officer, leader} {
				p.open("/today")
				p.reads(p.t("待会签", "to be signed"))
				p.open(path)
				p.follow(p.t("会签", "Sign"))
			}
			editor.open(path)
			editor.reads(editor.t("公开", "Publish"), "!"+editor.t("未签", "not yet"))
		})
	}
}

// approveTheRest hands in and approves every section that is still open, as two people would.
func (s *site) approveTheRest() {
	s.t.Helper()
	var open []book.Change
	must(s.t, s.app.Book.Read(s.t.Context(), admin, 0, func(v *book.View) error {
		return v.Each(book.Query{Kind: manuscript.Sections.Code()}, func(r any) error {
			if x := r.(*manuscript.Section); x.Open() {
				open = append(open, book.Change{Kind: manuscript.Sections.Code(), ID: x.ID, Expect: x.Version, Action: access.Action("submit")})
			}
			return nil
		})
	}))
	other := admin
	other.Name = "示例复核人"
	for _, c := range open {
		_, err := s.app.Book.Apply(s.t.Context(), admin, []book.Change{c})
		must(s.t, err)
		c.Action, c.Expect = access.Action("approve"), c.Expect+1
		_, err = s.app.Book.Apply(s.t.Context(), other, []book.Change{c})
		must(s.t, err)
	}
}

// caret puts the cursor of the text behind some words.
func caret(after string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](`(t => { const at = t.value.indexOf(` + strconv.Quote(after) + `) + ` + strconv.Itoa(len([]rune(after))) + `; t.focus(); t.setSelectionRange(at, at); })(document.getElementById('text'))`)
}

// each fills the fields of one name in their order.
func each(name string, values ...string) chromedp.Action[chromedp.Void] {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return chromedp.Evaluate[chromedp.Void](`[` + strings.Join(quoted, ",") + `].forEach((v, i) => { document.querySelectorAll('[name="` + name + `"]')[i].value = v; })`)
}
