package finding_test

import (
	"errors"
	"path/filepath"
	"testing"

	"anlan/app"
	"anlan/app/finding"
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/resource/asset"
	"anlan/resource/establishment"
	"anlan/resource/project"
	"anlan/resource/staff"
	"anlan/resource/stocktake"
	"anlan/resource/voucher"
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

// search founds a book, writes records into it, and gives what is found for 2023.
func search(t *testing.T, records map[string][]any) []finding.Finding {
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
	year, err := period.Parse("2023")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Book.Read(t.Context(), admin, 0, func(v *book.View) error {
		found, err = finding.Search(v, a.Book.Kinds(), year)
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
		}, stocktake.ErrShortage, "PD1"},
		{"a card that no stock-take has", map[string][]any{
			"asset":      {newCard("ZC1"), newCard("ZC2")},
			"stock_take": {owned(&stocktake.StockTake{Number: "PD1", Name: "盘点", AsOf: day("2023-12-31"), Lines: []stocktake.Line{{Card: "ZC1", Name: "示例", Found: true}}}, func(s *stocktake.StockTake) *record.Head { return &s.Head })},
		}, stocktake.ErrLeftOut, ""},
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
