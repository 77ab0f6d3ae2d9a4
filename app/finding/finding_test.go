package finding_test

import (
	"errors"
	"path/filepath"
	"testing"

	"anlan/account/evaluation"
	"anlan/account/source"
	"anlan/app"
	"anlan/app/finding"
	"anlan/ground/classification"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/asset"
	"anlan/resource/budgetline"
	"anlan/resource/establishment"
	"anlan/resource/fund"
	"anlan/resource/project"
	"anlan/resource/staff"
	"anlan/resource/stocktake"
	"anlan/resource/voucher"
	"anlan/respond/drill"
	"anlan/safety/accident"
	"anlan/store/storetest"
)

var admin = access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}

func day(s string) period.Day {
	d, err := period.ISODay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// owned gives a record the bureau as its unit.
func owned[T any](r *T, head func(*T) *record.Head) *T {
	head(r).Unit, head(r).Place = "430600", "430600"
	return r
}

func newVoucher(number, code, function string, economic classification.Economic, yuan money.Fen) *voucher.Voucher {
	return owned(&voucher.Voucher{Number: number, PaidOn: day("2023-05-06"), Summary: "示例", Budget: classification.GeneralPublic, Function: function,
		Economic: economic, Category: classification.Project, Project: code, Amount: yuan * money.Yuan, Payee: "示例"}, func(v *voucher.Voucher) *record.Head { return &v.Head })
}

func newProject(code, function string) *project.Project {
	return owned(&project.Project{Code: code, Year: 2023, Name: "示例项目", Uses: []project.Use{{Function: function}}}, func(p *project.Project) *record.Head { return &p.Head })
}

func newMember(number string) *staff.Member {
	return owned(&staff.Member{Number: number, Name: "示例人员", Establishment: classification.Administrative, InPostFrom: day("2020-01-01")}, func(m *staff.Member) *record.Head { return &m.Head })
}

func newCard(number string) *asset.Asset {
	return owned(&asset.Asset{Number: number, Name: "示例", Class: "A02010105", Way: "purchase", AcquiredOn: day("2022-01-01"), Value: money.Yuan, Status: asset.InUse}, func(a *asset.Asset) *record.Head { return &a.Head })
}

func newLine(year int64, table source.Table, line int64, item string, yuan money.Fen) *source.FinalLine {
	return owned(&source.FinalLine{Entity: "430600", Year: year, Table: table, Line: line, Item: item, Name: item, Amount: yuan * money.Yuan, Edition: source.Approved}, func(l *source.FinalLine) *record.Head { return &l.Head })
}

func named(name string, l *source.FinalLine) *source.FinalLine {
	l.Name = name
	return l
}

func ofProject(code string, l *source.FinalLine) *source.FinalLine {
	l.Project, l.Name = code, code
	return l
}

func covers(unit place.Unit, by source.Sort, item string) *source.Coverage {
	return owned(&source.Coverage{Measure: "case.filed", Covered: unit, From: day("2023-01-01"), Source: by, Item: item}, func(c *source.Coverage) *record.Head { return &c.Head })
}

func newFund(document, received string, yuan money.Fen) *fund.Fund {
	return owned(&fund.Fund{Document: document, Name: "示例资金", Level: "provincial", Programme: fund.Flood, AllottedOn: day("2023-01-10"), Allotted: yuan * money.Yuan,
		ReceivedOn: day(received), Received: maybe.Some(yuan * money.Yuan)}, func(f *fund.Fund) *record.Head { return &f.Head })
}

// paidFrom is a voucher of a fund.
func paidFrom(document string, v *voucher.Voucher) *voucher.Voucher {
	v.Fund = document
	return v
}

func newReturn(values ...source.ReturnValue) *source.Return {
	return owned(&source.Return{Form: "enforcement", Reporter: "430621", Period: period.Year(2023), Edition: source.Annual, FiledOn: day("2024-01-05"), Values: values}, func(r *source.Return) *record.Head { return &r.Head })
}

// drilled is a project that says how many drills it held, by the register of drills.
func drilled(code string, n int64) *project.Project {
	p := newProject(code, "2240703")
	p.Targets = []project.Target{{First: project.Output, Second: "数量指标", Third: "开展应急演练", Relation: project.AtLeast, Value: maybe.Some(field.Scaled(10_000)), Unit: "次", Source: "演练台账",
		Achieved: maybe.Some(field.Scaled(n * 10_000))}}
	return p
}

func newDrill(number string, unit place.Unit) *drill.Drill {
	d := owned(&drill.Drill{Number: number, Name: "示例演练", HeldOn: day("2023-05-06"), Form: "live", Participants: maybe.Some(int64(20)), Evaluation: "示例"}, func(d *drill.Drill) *record.Head { return &d.Head })
	d.Unit = unit
	return d
}

// search founds a book, writes records into it, and gives what is found for 2023.
func search(t *testing.T, records map[string][]any) []finding.Finding {
	t.Helper()
	return searchIn(t, "2023", records)
}

func searchIn(t *testing.T, span string, records map[string][]any) []finding.Finding {
	t.Helper()
	so := storetest.Options(t, storetest.Dialects[0])
	a, err := app.Init(t.Context(), app.Options{Data: filepath.Join(t.TempDir(), "data"), DB: so.URL, Schema: so.Schema}, admin, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	var changes []book.Change
	for kind, all := range records {
		for _, r := range all {
			changes = append(changes, book.Change{Kind: kind, Action: access.Create, Record: r})
		}
	}
	if _, err := a.Book.Apply(t.Context(), admin, changes); err != nil {
		t.Fatal(err)
	}
	var found []finding.Finding
	year, err := period.Parse(span)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Book.Read(t.Context(), admin, 0, func(v *book.View) error {
		found, err = finding.Search(t.Context(), a, v, year)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestEachTroubleIsFoundWithItsRecord(t *testing.T) {
	t.Parallel()
	post := owned(&establishment.Establishment{Number: "BZ1", Sort: classification.Administrative, Posts: 1, Document: "示例", From: day("2019-01-01")}, func(e *establishment.Establishment) *record.Head { return &e.Head })
	for _, c := range []struct {
		name    string
		records map[string][]any
		want    error
		key     string // of the record that the finding leads to; empty: about none
	}{
		{"an accident whose number is of another year", map[string][]any{
			"accident": {owned(&accident.Accident{Number: "SG20240001", OccurredOn: day("2023-01-02"), Casualties: []accident.Casualty{{Fate: accident.Death}}}, func(a *accident.Accident) *record.Head { return &a.Head })},
		}, accident.ErrNumberOfAnotherYear, "SG20240001"},
		{"a voucher on a project that has not its function", map[string][]any{
			"project": {newProject("P1", "2240703")}, "voucher": {newVoucher("记1", "P1", "2240504", "30226", 100)},
		}, voucher.ErrFunctionOfOtherProject, "记1"},
		{"a voucher on no project of the year", map[string][]any{
			"project": {newProject("P1", "2240703")}, "voucher": {newVoucher("记2", "P9", "2240703", "30226", 100)},
		}, voucher.ErrUnknownProject, "记2"},
		{"a card without a thing", map[string][]any{
			"asset":      {newCard("ZC1")},
			"stock_take": {owned(&stocktake.StockTake{Number: "PD1", Name: "盘点", AsOf: day("2023-12-31"), Lines: []stocktake.Line{{Card: "ZC1", Name: "示例"}}}, func(s *stocktake.StockTake) *record.Head { return &s.Head })},
		}, stocktake.ErrShortage, "ZC1"},
		{"a card that no stock-take has", map[string][]any{
			"asset":      {newCard("ZC1"), newCard("ZC2")},
			"stock_take": {owned(&stocktake.StockTake{Number: "PD1", Name: "盘点", AsOf: day("2023-12-31"), Lines: []stocktake.Line{{Card: "ZC1", Name: "示例", Found: true}}}, func(s *stocktake.StockTake) *record.Head { return &s.Head })},
		}, stocktake.ErrLeftOut, "ZC2"},
		{"a line of a stock-take that names no card of the books", map[string][]any{
			"stock_take": {owned(&stocktake.StockTake{Number: "PD1", Name: "盘点", AsOf: day("2023-12-31"), Lines: []stocktake.Line{{Card: "ZC9", Name: "示例", Found: true}}}, func(s *stocktake.StockTake) *record.Head { return &s.Head })},
		}, stocktake.ErrNotOnBooks, "PD1"},
		{"accounts whose total in one table is not its parts in another", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public01, 1, "expenditure", 301), newLine(2023, source.Public03, 1, "basic", 100), newLine(2023, source.Public03, 2, "project", 200)},
		}, finding.ErrTotal, "430600 2023 public_01 1 approved"},
		{"an item that two tables state otherwise", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public03, 1, "basic", 100), newLine(2023, source.Public06, 1, "basic", 101)},
		}, finding.ErrTotal, "430600 2023 public_03 1 approved"},
		{"accounts whose end is not their beginning and the year", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public01, 1, "income", 300), newLine(2023, source.Public01, 2, "carry_in", 10), newLine(2023, source.Public01, 3, "expenditure", 305), newLine(2023, source.Public01, 4, "carry_out", 6)},
		}, finding.ErrTotal, "430600 2023 public_01 4 approved"},
		{"a total of table 01 whose line has no code of an item", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public01, 1, "expenditure", 300), named("本年收入合计", newLine(2023, source.Public01, 2, "", 300)), newLine(2023, source.Public01, 3, "carry_in", 10), newLine(2023, source.Public01, 4, "carry_out", 10)},
		}, finding.ErrTotalMissing, "430600 2023 public_01 2 approved"},
		{"a total of table 01 that no line states", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public01, 1, "expenditure", 300), newLine(2023, source.Public01, 2, "income", 300), newLine(2023, source.Public01, 4, "carry_out", 10)},
		}, finding.ErrTotalMissing, "430600 2023 public_01 1 approved"},
		{"projects of a table that do not come to its total", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public03, 1, "project", 100), ofProject("P1", newLine(2023, source.Public03, 2, "", 40)), ofProject("P1-01", newLine(2023, source.Public03, 3, "", 30)), newLine(2023, source.Public03, 4, "project_flood", 50)},
		}, finding.ErrProjectLines, "430600 2023 public_03 1 approved"},
		{"accounts that no voucher explains", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public06, 1, "staff_cost", 100)},
		}, source.ErrUnexplained, "430600 2023 public_06 1 approved"},
		{"an amount in another unit of money than last year", map[string][]any{
			"final_accounts_line": {newLine(2022, source.Public06, 1, "staff_cost", 16_000_000), newLine(2023, source.Public06, 1, "staff_cost", 1_605)},
		}, source.ErrSlip, "430600 2023 public_06 1 approved"},
		{"an amount in another unit of money than its siblings", map[string][]any{
			"final_accounts_line": {newLine(2023, source.Public03, 1, "project_flood", 20), newLine(2023, source.Public03, 2, "project_quake", 290_000), newLine(2023, source.Public03, 3, "project_survey", 200_000), newLine(2023, source.Public03, 4, "project_smart", 500_000)},
		}, source.ErrSlip, "430600 2023 public_03 1 approved"},
		{"a return that leaves items out", map[string][]any{"stat_return": {newReturn(source.ReturnValue{Item: "cases", Value: maybe.Some(field.Scaled(3_000_000))})}},
			source.ErrIncomplete, "enforcement 430621 2023 annual"},
		{"a coverage that names records where they are the figure anyway", map[string][]any{
			"coverage": {covers("430602", source.Records, ""), covers("430621", source.Returns, "enforcement.cases")},
		}, finding.ErrIdleCoverage, "case.filed 430602 2023-01-01"},
		{"money spent before it was there", map[string][]any{
			"project": {newProject("P1", "2240703")}, "fund": {newFund("示例1号", "2023-05-07", 100)}, "voucher": {paidFrom("示例1号", newVoucher("记1", "P1", "2240703", "30226", 100))},
		}, voucher.ErrSpentEarly, "示例1号"},
		{"more spent of a fund than was received", map[string][]any{
			"project": {newProject("P1", "2240703")}, "fund": {newFund("示例1号", "2023-05-01", 90)}, "voucher": {paidFrom("示例1号", newVoucher("记1", "P1", "2240703", "30226", 100))},
		}, voucher.ErrOverspent, "示例1号"},
		{"a fund that is not recorded", map[string][]any{
			"project": {newProject("P1", "2240703")}, "voucher": {paidFrom("示例9号", newVoucher("记1", "P1", "2240703", "30226", 100))},
		}, voucher.ErrUnknownFund, "记1"},
		{"a target that the register does not bear out", map[string][]any{
			"project": {drilled("P1", 3)}, "drill": {newDrill("YL1", "430600"), newDrill("YL2", "430621")},
		}, evaluation.ErrAgainstRegister, "P1 2023"},
		{"targets that nobody has approved", map[string][]any{"project": {drilled("P1", 12)}}, project.ErrTargetsNotApproved, "P1 2023"},
		{"more in post than posts", map[string][]any{
			"establishment": {post}, "staff": {newMember("RY1"), newMember("RY2")},
		}, establishment.ErrExceeded, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, f := range search(t, c.records) {
				if errors.Is(f.Doubt, c.want) {
					if f.Key != c.key {
						t.Errorf("the finding leads to %q, want %q", f.Key, c.key)
					}
					return
				}
			}
			t.Errorf("%v was not found", c.want)
		})
	}
}

// TestTheAccountsOfAYearAreNotHeldAgainstAMonth: what is of a year is compared for whole years only.
func TestTheAccountsOfAYearAreNotHeldAgainstAMonth(t *testing.T) {
	t.Parallel()
	flood := ofProject("P1", newLine(2023, source.Public03, 1, "project_flood", 100))
	found := searchIn(t, "2023-05", map[string][]any{
		"project": {newProject("P1", "2240703")}, "voucher": {newVoucher("记1", "P1", "2240703", "30226", 40)},
		"budget_line": {owned(&budgetline.Line{Number: "YS1", GivenOn: day("2023-01-20"), Document: "示例", Budget: classification.GeneralPublic, Stage: budgetline.Initial, Function: "2240703",
			Category: classification.Project, Project: "P1", Amount: 100 * money.Yuan, Summary: "示例"}, func(l *budgetline.Line) *record.Head { return &l.Head })},
		"final_accounts_line": {flood, newLine(2023, source.Public03, 2, "project", 301), newLine(2023, source.Public03, 3, "project_disaster", 1), newLine(2023, source.Public03, 4, "project_other_total", 1)},
	})
	for _, f := range found {
		t.Errorf("%s: %v", f.Key, f.Doubt)
	}
}

func TestATargetMayMeanTheRegisterOrTheBureausOwn(t *testing.T) {
	t.Parallel()
	for _, f := range search(t, map[string][]any{"project": {drilled("P1", 1), drilled("P2", 2)}, "drill": {newDrill("YL1", "430600"), newDrill("YL2", "430621")}}) {
		if !errors.Is(f.Doubt, project.ErrTargetsNotApproved) {
			t.Errorf("%s: %v", f.Key, f.Doubt)
		}
	}
}

func TestRecordsBelowAnotherSourceAreNoDoubt(t *testing.T) {
	t.Parallel()
	for _, f := range search(t, map[string][]any{"coverage": {covers("430600", source.Returns, "enforcement.cases"), covers("430602", source.Records, "")}}) {
		t.Errorf("%s: %v", f.Key, f.Doubt)
	}
}

func TestProjectsThatComeToTheTotalOfTheirTableAreNoDoubt(t *testing.T) {
	t.Parallel()
	for _, f := range search(t, map[string][]any{"final_accounts_line": {newLine(2023, source.Public03, 1, "project", 90), ofProject("P1", newLine(2023, source.Public03, 2, "", 40)),
		ofProject("P1-01", newLine(2023, source.Public03, 3, "", 30)), newLine(2023, source.Public03, 4, "project_flood", 50)}}) {
		if errors.Is(f.Doubt, finding.ErrProjectLines) || errors.Is(f.Doubt, finding.ErrTotalMissing) {
			t.Errorf("%s: %v", f.Key, f.Doubt)
		}
	}
}

func TestWhereEverythingFitsNothingIsFound(t *testing.T) {
	t.Parallel()
	found := search(t, map[string][]any{
		"project":    {newProject("P1", "2240703")},
		"voucher":    {newVoucher("记1", "P1", "2240703", "30226", 100)},
		"asset":      {newCard("ZC1")},
		"stock_take": {owned(&stocktake.StockTake{Number: "PD1", Name: "盘点", AsOf: day("2023-12-31"), Lines: []stocktake.Line{{Card: "ZC1", Name: "示例", Found: true}}}, func(s *stocktake.StockTake) *record.Head { return &s.Head })},
		"staff":      {newMember("RY1")},
	})
	for _, f := range found {
		t.Errorf("%s: %v", f.Key, f.Doubt)
	}
}
