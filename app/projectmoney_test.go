package app_test

import (
	"strings"
	"testing"

	"anlan/account/evaluation"
	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/resource/budgetline"
	"anlan/resource/carryover"
	"anlan/resource/project"
	"anlan/resource/voucher"
)

// purse is what a test records of a project: amounts in 元.
type purse struct {
	lines    []budgetline.Line
	vouchers []voucher.Voucher
	balances []carryover.Balance
}

func planned(stage budgetline.Stage, b classification.Budget, yuan money.Fen) budgetline.Line {
	return budgetline.Line{Stage: stage, Budget: b, Amount: yuan * money.Yuan}
}

func paid(b classification.Budget, yuan money.Fen) voucher.Voucher {
	return voucher.Voucher{Budget: b, Amount: yuan * money.Yuan}
}

// stood is a balance of the end of the year before; until is the day on which it is settled, empty for none.
func stood(b classification.Budget, yuan money.Fen, until string) carryover.Balance {
	x := carryover.Balance{Budget: b, Amount: yuan * money.Yuan, From: day("2022-12-31")}
	if until != "" {
		x.Until = day(until)
	}
	return x
}

// record writes the purse on a part of the project P1, so that it counts for the whole.
func (x purse) record(w *world) {
	changes := []book.Change{}
	for _, code := range []string{"P1", "P1-01"} {
		p := &project.Project{Code: code, Year: 2023, Name: "示例项目", Section: "430600"}
		p.Unit, p.State = "430600", project.Draft
		changes = append(changes, create("project", p))
	}
	number := func(prefix string, i int) string { return prefix + string(rune('1'+i)) }
	for i, l := range x.lines {
		l.Number, l.GivenOn, l.Document, l.Function = number("ZB", i), day("2023-02-01"), "示例〔2023〕1号", "2240106"
		l.Category, l.Project, l.Unit = classification.Project, "P1-01", "430600"
		changes = append(changes, create("budget_line", &l))
	}
	for i, v := range x.vouchers {
		v.Number, v.PaidOn, v.Summary, v.Function, v.Economic = number("记", i), day("2023-05-08"), "示例", "2240106", "30227"
		v.Category, v.Project, v.Unit = classification.Project, "P1-01", "430600"
		changes = append(changes, create("voucher", &v))
	}
	for i, b := range x.balances {
		b.Number, b.Sort, b.Category, b.Project, b.Unit = number("JZ", i), carryover.CarryOver, classification.Project, "P1-01", "430600"
		changes = append(changes, create("carry_over", &b))
	}
	w.must(changes...)
}

// moneyText prints 年初/全年/执行 in 元, ? where it is not known.
func moneyText(m evaluation.Money) string {
	var out []string
	for _, x := range []struct {
		v  money.Fen
		ok bool
	}{{m.Initial.V, m.Initial.OK}, {m.Budget.V, m.Budget.OK}, {m.Paid.V, m.Paid.OK}} {
		text := "?"
		if x.ok {
			text = strings.TrimSuffix(x.v.String(), ".00")
		}
		out = append(out, text)
	}
	return strings.Join(out, "/")
}

func TestTheMoneyOfAProjectIsToldByWhereItComesFrom(t *testing.T) {
	const general, own = classification.GeneralPublic, classification.OwnFunds
	for _, c := range []struct {
		name    string
		records purse
		want    string // whole, appropriated, carried in, other
		apart   string // in the words
	}{
		{"what the budget gives at its start, adds and takes back is of the year",
			purse{[]budgetline.Line{planned(budgetline.Initial, general, 100), planned(budgetline.Supplement, general, 30), planned(budgetline.Reduction, general, 10)}, []voucher.Voucher{paid(general, 90)}, nil},
			"100/120/90 100/120/90 0/0/0 0/0/0", ""},
		{"what was carried in and settled is spent",
			purse{[]budgetline.Line{planned(budgetline.CarriedIn, general, 40), planned(budgetline.Initial, general, 100)}, []voucher.Voucher{paid(general, 120)}, []carryover.Balance{stood(general, 40, "2023-12-31")}},
			"100/140/120 100/100/80 0/40/40 0/0/0", "上年结转40.00元 − 年末仍结转0.00元 = 40.00元"},
		{"what still stands at the end is not",
			purse{[]budgetline.Line{planned(budgetline.CarriedIn, general, 40), planned(budgetline.Initial, general, 100)}, []voucher.Voucher{paid(general, 120)}, []carryover.Balance{stood(general, 25, "2023-08-01"), stood(general, 15, "")}},
			"100/140/120 100/100/95 0/40/25 0/0/0", "年末仍结转15.00元 = 25.00元"},
		{"own funds are other money, and so is the special account",
			purse{[]budgetline.Line{planned(budgetline.Initial, general, 100), planned(budgetline.Initial, own, 20), planned(budgetline.Supplement, classification.SpecialAccount, 5)}, []voucher.Voucher{paid(general, 60), paid(own, 7)}, nil},
			"120/125/67 100/100/60 0/0/0 20/25/7", ""},
		{"own funds carried in are carried in",
			purse{[]budgetline.Line{planned(budgetline.CarriedIn, own, 10), planned(budgetline.Initial, own, 20)}, []voucher.Voucher{paid(own, 25)}, []carryover.Balance{stood(own, 10, "2023-03-01")}},
			"20/30/25 0/0/0 0/10/10 20/20/15", "上年结转10.00元"},
		{"without the register nobody knows out of which money was paid",
			purse{[]budgetline.Line{planned(budgetline.CarriedIn, general, 40), planned(budgetline.Initial, general, 100)}, []voucher.Voucher{paid(general, 120)}, nil},
			"100/140/120 100/100/? 0/40/? 0/0/0", "分不清上年结转资金的执行数"},
		{"nor where the register has more spent than the vouchers",
			purse{[]budgetline.Line{planned(budgetline.CarriedIn, general, 40)}, []voucher.Voucher{paid(general, 12)}, []carryover.Balance{stood(general, 40, "2023-12-31")}},
			"0/40/12 0/0/? 0/40/? 0/0/0", "分不清上年结转资金的执行数"},
		{"what nobody recorded is not told", purse{}, "?/?/? ?/?/? ?/?/? ?/?/?", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(w *world) {
				c.records.record(w)
				w.read(0, func(v *book.View) {
					told, err := app.ProjectTold(w.ctx, v, "P1", period.Year(2023))
					if err != nil {
						w.Fatal(err)
					}
					got := strings.Join([]string{moneyText(told.Money), moneyText(told.Appropriated), moneyText(told.CarriedIn), moneyText(told.Other)}, " ")
					if got != c.want {
						w.Errorf("got %s, want %s", got, c.want)
					}
					if !strings.Contains(told.Apart.Zh, c.apart) || c.apart == "" && told.Apart.Zh != "" {
						w.Errorf("the words are %q, want %q", told.Apart.Zh, c.apart)
					}
				})
			})
		})
	}
}
