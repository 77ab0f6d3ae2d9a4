package app_test

import (
	"testing"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/record/book"
	"anlan/resource/project"
	"anlan/resource/voucher"
	"anlan/store"
)

// asked is what an indicator prints of the city in 2023, and from what kind of source.
func (w *world) asked(code string) (text, from string) {
	w.Helper()
	set := w.indicators(0)
	i, err := set.Indicator(code)
	if err != nil {
		w.Fatal(err)
	}
	w.read(0, func(v *book.View) {
		results, err := indicator.Eval(w.ctx, app.Figures{View: v}, indicator.Question{Indicator: i, Period: year2023, Unit: "430600"})
		if err != nil {
			w.Fatal(err)
		}
		text = results[0].Text().Zh
		from, _ = results[0].Provenance()
	})
	return text, from
}

func spent(number, project string, class classification.Economic, yuan money.Fen) *voucher.Voucher {
	v := &voucher.Voucher{Number: number, PaidOn: day("2023-05-06"), Summary: "示例", Budget: classification.GeneralPublic, Function: "2240106", Economic: class,
		Category: classification.Project, Project: project, Amount: yuan * money.Yuan}
	if project == "" {
		v.Category, v.Function = classification.Basic, "2240101"
	}
	v.Unit = "430600"
	return v
}

func accountsLine(n int64, table source.Table, item string, yuan money.Fen) *source.FinalLine {
	l := &source.FinalLine{Entity: "430600", Year: 2023, Table: table, Line: n, Item: item, Name: item, Amount: yuan * money.Yuan, Edition: source.Approved}
	l.Unit = "430600"
	return l
}

// TestWhatTheAccountsDoNotStateIsWhatTheVouchersSay: one rule for totals and for their parts, and the completion of the budget is one
// figure whoever asks for it.
func TestWhatTheAccountsDoNotStateIsWhatTheVouchersSay(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	p := &project.Project{Code: "drills", Year: 2023, Name: "演练"}
	p.Unit = "430600"
	w.must(create("project", p))
	for _, code := range []string{"expenditure.total", "expenditure.project", "project.drills.spent"} {
		if got, _ := w.asked(code); got != "无记录" {
			t.Errorf("without accounts and vouchers: %s is %s", code, got)
		}
	}
	w.must(create("voucher", spent("1", "drills", "30227", 950_000)), create("voucher", spent("2", "", "30211", 50_000)))
	check := func(when string, want map[string][2]string) {
		t.Helper()
		for code, x := range want {
			if text, from := w.asked(code); text != x[0] || from != x[1] {
				t.Errorf("%s: %s is %s from %s, want %s from %s", when, code, text, from, x[0], x[1])
			}
		}
	}
	check("before the accounts", map[string][2]string{"expenditure.total": {"100.00万元", "records"}, "expenditure.project": {"95.00万元", "records"}, "project.drills.spent": {"95.00万元", "records"},
		"expenditure.basic": {"5.00万元", "records"}, "expenditure.travel": {"5.00万元", "records"}, "budget.carried_over": {"无记录", "final_accounts"}})
	w.must(create("final_accounts_line", accountsLine(1, source.Public03, "basic", 60_000)))
	check("with one line of them", map[string][2]string{"expenditure.basic": {"6.00万元", "final_accounts"}, "expenditure.project": {"95.00万元", "records"}})
	w.must(create("final_accounts_line", accountsLine(1, source.Public01, "expenditure", 900_000)), create("final_accounts_line", accountsLine(2, source.Public01, "carry_out", 100_000)))
	check("with the accounts", map[string][2]string{"budget.completion": {"90.00%", "final_accounts"}, "evaluation.budget_completion": {"90.00%", "final_accounts"}})
}
