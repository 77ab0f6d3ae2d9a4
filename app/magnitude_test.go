package app_test

import (
	"strings"
	"testing"

	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/resource/budgetline"
	"anlan/resource/voucher"
)

// TestAmountsIn元Under万元AreSaid: a file is held against the most money that the bureau had in a year. The factor of 元 under 万元 is ten
// thousand; a file of several years, or of a year that is many times the last, is none.
func TestAmountsIn元Under万元AreSaid(t *testing.T) {
	onBoth(t, func(w *world) {
		look := func(kind, total string) string {
			m, err := w.app.MoneyOfAYear(w.ctx, w.admin, kind)
			if err != nil {
				w.Fatal(err)
			}
			return m.Improbable([]exchange.Converted{{Field: lang.Of("金额", "amount"), Unit: "万元", Total: total}}).In(lang.Chinese)
		}
		if got := look("voucher", "326552400000.00"); got != "" {
			w.Errorf("a book that knows nothing says %q", got)
		}
		v := &voucher.Voucher{Number: "记1", PaidOn: day("2022-05-06"), Summary: "示例", Budget: classification.GeneralPublic, Function: "2240101", Economic: "30201", Category: classification.Basic, Amount: 20_000_000 * money.Yuan}
		v.Unit = "430600"
		w.must(create("voucher", v))
		if got := look("budget_line", "168591000000.00"); !strings.Contains(got, "是账册里2022年凭证支出20000000.00元的8430倍") {
			w.Errorf("budget lines beside the vouchers of the year before: %q", got)
		}
		l := &budgetline.Line{Number: "ZB1", GivenOn: day("2023-02-01"), Document: "示例", Budget: classification.GeneralPublic, Stage: budgetline.Initial, Function: "2240101", Economic: "30101", Category: classification.Basic, Amount: 32_821_500 * money.Yuan}
		l.Unit = "430600"
		w.must(create("budget_line", l))
		for _, c := range []struct{ kind, total, says string }{
			{"voucher", "32655240.00", ""},
			{"voucher", "65310480.00", ""}, // two years
			{"voucher", "3282150000.00", ""},
			{"voucher", "326552400000.00", "“金额”按表中写明的“万元”换算，合计326552400000.00元，是账册里2023年全年预算数32821500.00元的9949倍：是否把以元为单位的金额填进了写明“万元”的表？"},
			{"loss_report", "326552400000.00", ""}, // losses are not the bureau's money
		} {
			if got := look(c.kind, c.total); got != c.says && (c.says == "" || !strings.HasPrefix(got, c.says)) {
				w.Errorf("%s of %s: %q, want %q", c.kind, c.total, got, c.says)
			}
		}
	})
}

// TestWhatTheNoteCallsComputedNeedNotBeInASheet holds the notes of fields against what an import demands.
func TestWhatTheNoteCallsComputedNeedNotBeInASheet(t *testing.T) {
	t.Parallel()
	for _, k := range app.Kinds() {
		for _, f := range k.Fields() {
			if strings.Contains(f.Help.Zh, "不必填写") && f.Required && !f.Derived && f.Type != field.TypeYesNo { // an empty yes or no is a no
				t.Errorf("%s.%s: the note says %q, and the column is demanded", k.Code(), f.Code, f.Help.Zh)
			}
		}
	}
}
