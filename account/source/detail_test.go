package source_test

import (
	"testing"

	"anlan/account/source"
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/place"
	"anlan/record/recordtest"
	"anlan/resource/budgetline"
	"anlan/resource/project"
	"anlan/resource/voucher"
	"anlan/store"
	"anlan/store/journal"
)

// paid is a voucher of 2023 on a project, or of basic expenditure where there is none.
func paid(number string, unit place.Unit, project string, class classification.Economic, yuan money.Fen) *voucher.Voucher {
	v := &voucher.Voucher{Number: number, PaidOn: day("2023-05-06"), Summary: "示例", Budget: classification.GeneralPublic, Function: "2240106", Economic: class,
		Category: classification.Project, Project: project, Amount: yuan * money.Yuan}
	if project == "" {
		v.Category, v.Function = classification.Basic, "2240101"
	}
	v.Unit = unit
	return v
}

func TestMoneyInDetailIsThatOfTheAccountsElseThatOfTheVouchers(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		for _, code := range []string{"drills", "grants", "grants-1", "grants-2", "P-2023/01", "planned", "整体"} {
			w.must(&project.Project{Code: code, Year: 2023, Name: "项目" + code})
		}
		w.must(paid("1", "430600", "drills", "30227", 400), paid("2", "430602", "grants-1", "30227", 70), paid("3", "430600", "grants-2", "30227", 50),
			paid("4", "430600", "grants", "30227", 3), paid("5", "430600", "", "30211", 20), paid("6", "430600", "drills", "30211", 1))
		w.must(&budgetline.Line{Number: "1", GivenOn: day("2023-01-20"), Document: "示例", Budget: classification.GeneralPublic, Stage: budgetline.Initial, Function: "2240106",
			Category: classification.Project, Project: "grants-2", Amount: 60 * money.Yuan},
			&budgetline.Line{Number: "2", GivenOn: day("2023-06-20"), Document: "示例", Budget: classification.OwnFunds, Stage: budgetline.Supplement, Function: "2240106",
				Category: classification.Project, Project: "planned", Amount: 9 * money.Yuan})
		before := w.head()
		line := func(n int64, table source.Table, project, class string, edition source.Edition, yuan money.Fen) *source.FinalLine {
			return &source.FinalLine{Entity: "430600", Year: 2023, Table: table, Line: n, Name: "示例", Project: project, Economic: class, Edition: edition, Amount: yuan * money.Yuan}
		}
		w.must(line(1, source.Public03, "drills", "", source.Draft, 999), line(1, source.Public03, "drills", "", source.Approved, 390), line(2, source.Public03, "drills", "", source.Approved, 20),
			line(1, source.Public05, "drills", "", source.Approved, 5), line(3, source.Public03, "grants-2", "", source.Approved, 55), line(1, source.Public06, "", "30211", source.Approved, 22))
		for name, c := range map[string]struct {
			measure string
			unit    place.Unit
			span    string
			want    string
			source  source.Sort
			records int
		}{
			"a project that the accounts name":          {"final.project.drills", "430600", "2023", "410", source.Final, 1},
			"a part that the accounts do not name":      {"final.project.grants_1", "430600", "2023", "70", source.Records, 1},
			"a project that is its parts and some more": {"final.project.grants", "430600", "2023", "128", source.Records, 3},
			"half a year, of which accounts say none":   {"final.project.drills", "430600", "2023-H1", "401", source.Records, 2},
			"a county of its own":                       {"final.project.grants_1", "430602", "2023", "70", source.Records, 1},
			"a project on which nothing was booked":     {"final.project." + source.Slug("P-2023/01"), "430600", "2023", "", "", 0},
			"a planned project without a voucher":       {"final.project.planned", "430600", "2023", "0", source.Records, 0},
			"added in the year and not at its start":    {"budget.project.planned", "430600", "2023", "0", source.Records, 0},
			"what is planned of own funds":              {"purse.planned.other_given", "430600", "2023", "9", source.Records, 1},
			"and of what was appropriated":              {"purse.planned.appropriated_given", "430600", "2023", "0", source.Records, 0},
			"nothing paid of it":                        {"purse.planned.other_paid", "430600", "2023", "0", source.Records, 0},
			"paid on a project and its parts":           {"purse.grants.appropriated_paid", "430600", "2023", "123", source.Records, 3},
			"paid of what nobody planned":               {"purse.drills.appropriated_given", "430600", "2023", "", "", 0},
			"a class of basic expenditure":              {"final.class.30211", "430600", "2023", "22", source.Final, 1},
			"a class without a voucher":                 {"final.class.30215", "430600", "2023", "0", source.Records, 0},
			"a project before the book":                 {"final.project.drills", "430600", "2021", "", "", 0},
			"an initial budget":                         {"budget.project.grants_2", "430600", "2023", "60", source.Records, 1},
			"a project of two budgets":                  {"budget.project.grants", "430600", "2023", "60", source.Records, 1},
			"a project without a line of the budget":    {"budget.project.drills", "430600", "2023", "", "", 0},
			"a budget of a year without one":            {"budget.project.drills", "430600", "2022", "", "", 0},
		} {
			a := w.answer(0, c.measure, c.unit, c.span)
			got := ""
			if a.Value != nil {
				got = a.Value.RatString()
			}
			if got != c.want || a.Records != c.records || c.source != "" && a.Parts[0].Source != c.source && name != "a project that is its parts and some more" {
				t.Errorf("%s: got %q of %d records from %+v, want %q of %d from %s", name, got, a.Records, a.Parts, c.want, c.records, c.source)
			}
		}
		if a := w.answer(before, "final.project.drills", "430600", "2023"); a.Value == nil || a.Value.RatString() != "401" || a.Parts[0].Source != source.Records {
			t.Errorf("before the accounts: got %v, want what the vouchers say", a)
		}
		if a := w.answer(0, "final.project.drills", "430600", "2023"); len(a.Others) == 0 || a.Others[len(a.Others)-1].Difference.RatString() != "9" {
			t.Errorf("beside the accounts stands %+v, want the vouchers with a difference of 9", a.Others)
		}
		items, err := w.items()
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range []string{"final.project." + source.Slug("整体"), "final.project.none"} {
			if _, ok := items[code]; ok {
				t.Errorf("%s is a measure", code)
			}
		}
	})
}

// TestAProjectIsTheSumOfThePartsThatItHadInAYear: 2022 has accounts and no vouchers, and a part of today was none then.
func TestAProjectIsTheSumOfThePartsThatItHadInAYear(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		for _, code := range []string{"grants", "grants-1", "grants-2", "grants-3", "drills"} {
			w.must(&project.Project{Code: code, Year: 2023, Name: "项目" + code})
		}
		for i, code := range []string{"grants-1", "grants-2"} {
			w.must(&source.FinalLine{Entity: "430600", Year: 2022, Table: source.Public03, Line: int64(i + 1), Name: "示例", Project: code, Edition: source.Approved, Amount: money.Fen(i+4) * money.Yuan})
		}
		for measure, want := range map[string]string{"final.project.grants": "9", "final.project.grants_3": "", "final.project.drills": ""} {
			got := ""
			a := w.answer(0, measure, "430600", "2022")
			if a.Value != nil {
				got = a.Value.RatString()
			}
			if got != want || (want == "") != (len(a.Missing) > 0) {
				t.Errorf("%s: got %q with %+v missing, want %q", measure, got, a.Missing, want)
			}
		}
	})
}

// items are the measures that the book brings now.
func (w *world) items() (items map[string]source.Item, err error) {
	w.Helper()
	err = w.DB.Read(w.Ctx, func(tx *store.Tx) (err error) { items, err = source.Items(tx, 0); return err })
	return items, err
}

// head is the newest position.
func (w *world) head() journal.Position {
	w.Helper()
	h, err := w.Book.Head(w.Ctx)
	if err != nil {
		w.Fatal(err)
	}
	return h.Size
}
