package app_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"anlan/account/source"
	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/resource/carryover"
	"anlan/resource/project"
	"anlan/resource/voucher"
)

// TestALineOfTheAccountsIsItsVouchersAndReconciliations on both databases: by the measure that an item stands for, by the project
// that its line names, by the items that are its parts.
func TestALineOfTheAccountsIsItsVouchersAndReconciliations(t *testing.T) {
	onBoth(t, func(w *world) {
		pay := func(number, on, project string, yuan money.Fen) book.Change {
			v := &voucher.Voucher{Number: number, PaidOn: day(on), Summary: "示例", Budget: classification.GeneralPublic, Function: "2240101", Economic: "30201", Category: classification.Basic, Amount: yuan * money.Yuan}
			if project != "" {
				v.Category, v.Project = classification.Project, project
			}
			v.Unit = "430600"
			return create("voucher", v)
		}
		state := func(line int64, item, project string, yuan money.Fen) book.Change {
			return create("final_accounts_line", &source.FinalLine{Entity: "430600", Year: 2023, Table: source.Public03, Line: line, Item: item, Name: item, Project: project, Amount: yuan * money.Yuan, Edition: source.Approved})
		}
		between := func(number, item string, yuan money.Fen) book.Change {
			return create("reconciliation", &source.Reconciliation{Number: number, Entity: "430600", Year: 2023, Item: item, Reason: source.Accrual, Amount: yuan * money.Yuan, Document: "示例"})
		}
		w.must(pay("记1", "2023-01-01", "", 100), pay("记2", "2023-12-31", "", 50), pay("记3", "2022-12-31", "", 999), pay("记4", "2023-05-06", "other-flood", 70), pay("记5", "2023-05-06", "other-quake", 10),
			state(1, "basic", "", 170), state(2, "project_flood", "other-flood", 75), state(3, "project_quake", "other-quake", 10), state(4, "project_other_total", "", 85), state(5, "carry_in", "", 8), state(6, "procurement", "", 1),
			create("carry_over", func() *carryover.Balance {
				b := &carryover.Balance{Number: "JZ1", Sort: carryover.CarryOver, Budget: classification.GeneralPublic, Category: classification.Basic, Amount: 8 * money.Yuan, From: day("2022-12-31"), Until: day("2023-06-01")}
				b.Unit = "430600"
				return b
			}()),
			func() book.Change {
				p := &project.Project{Code: "other-flood", Year: 2023, Name: "示例项目", Section: "430600"}
				p.Unit, p.State = "430600", project.Draft
				return create("project", p)
			}(),
			between("TJ1", "operating_cost", 20), between("TJ2", "project_flood", 5))
		for _, c := range []struct{ item, records, says string }{
			{"basic", "记1 记2", "支出凭证2笔 150.00元 + 调节1笔 20.00元 = 决算 170.00元"},
			{"project_flood", "记4", "支出凭证1笔 70.00元 + 调节1笔 5.00元 = 决算 75.00元"},
			{"project.other_flood", "记4", "支出凭证1笔 70.00元 + 调节1笔 5.00元 = 决算 75.00元"},
			{"class.30201", "记1 记2", "支出凭证2笔 150.00元 + 调节0笔 0.00元 = 决算 150.00元"},
			{"project_other_total", "记4 记5", "支出凭证2笔 80.00元 + 调节1笔 5.00元 = 决算 85.00元"},
			{"carry_in", "JZ1", "结转结余1笔 8.00元 + 调节0笔 0.00元 = 决算 8.00元"},
			{"procurement", "", "报表制度没有说明这一项对应哪些记录，决算行也没有填所属专项"},
		} {
			w.read(0, func(v *book.View) {
				var got []string
				b, err := app.BackingOf(v, "final."+c.item, "430600", period.Year(2023), func(x app.Backed) error {
					switch r := x.Record.(type) {
					case *voucher.Voucher:
						got = append(got, r.Number)
					case *carryover.Balance:
						got = append(got, r.Number)
					}
					return nil
				})
				if err != nil {
					w.Fatal(err)
				}
				slices.Sort(got)
				final := map[string]int64{"basic": 170, "project_flood": 75, "project.other_flood": 75, "class.30201": 150, "project_other_total": 85, "carry_in": 8, "procurement": 1}[c.item]
				if says := b.Words(big.NewRat(final, 1)).Zh; strings.Join(got, " ") != c.records || says != c.says {
					w.Errorf("%s: %v, %s\nwant %s, %s", c.item, got, says, c.records, c.says)
				}
			})
		}
		w.read(0, func(v *book.View) {
			b, err := app.BackingOf(v, "final.basic", "430600", period.Year(2023), func(app.Backed) error { return nil })
			if err != nil {
				w.Fatal(err)
			}
			if says := b.Words(big.NewRat(180, 1)).Zh; !strings.Contains(says, "与决算 180.00元相差 10.00元") {
				w.Error(says)
			}
		})
	})
}
