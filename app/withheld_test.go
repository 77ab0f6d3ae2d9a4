package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
	"anlan/resource/project"
	"anlan/store"
)

// withhold keeps a figure of the city in a year from being printed.
func withhold(code string, year int) book.Change {
	return create("withholding", &source.Withholding{Head: record.Head{Unit: "430600"}, Code: code, Subject: "430600", Period: period.Year(year),
		Ground: "政府信息公开条例第十四条", Decided: "示例局", DecideOn: period.MustDay(2024, 1, 15)})
}

func TestAReportThatGivesAWithheldFigureAwayIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, code string
		year       int
		want       string
	}{
		{"by a difference and a rate", "work_safety.accidents", 2023, "“生产安全事故（2023年）”不予公开，读者却能由文中的这些数据算出：生产安全事故比上年同期减少（2023年）、生产安全事故同比（2023年）；"},
		{"of the year before, by this year's and the difference", "work_safety.deaths", 2022, "不予公开，读者却能由文中的这些数据算出：生产安全事故死亡人数（2023年）、"},
		{"a measure that the indicator is", "accident.count", 2023, "不予公开，读者却能由文中的这些数据算出："},
	} {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			onBoth(t, func(w *world) {
				w.small()
				w.must(withhold(c.code, c.year))
				dir := filepath.Join(w.TempDir(), "report")
				_, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Period: year2023, Dir: dir, Template: "spine"})
				if !errors.Is(err, report.ErrGivesAway) {
					w.Fatalf("got %v, want %v", err, report.ErrGivesAway)
				}
				if said := fault.In(err, lang.Chinese); !strings.HasPrefix(said, "spine.report 第") || !strings.Contains(said, c.want) {
					w.Errorf("the fault says %q", said)
				}
				if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
					w.Error("a folder was written all the same")
				}
			})
		})
	}
}

// Equal deaths in both years: the difference and the rate are both 0 and say the same, so that neither number is told.
func TestAWithheldFigureThatNothingGivesAwayIsPrintedAsWithheld(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		w.must(withhold("work_safety.hazards_listed", 2023), withhold("accident.deaths", 2023))
		b, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Period: year2023, Template: "spine"})
		if err != nil {
			w.Fatal(err)
		}
		for _, f := range b.Document.Figures() {
			if hidden := f.Code == "work_safety.hazards_listed" || f.Code == "work_safety.deaths"; hidden != (f.Withheld != "") || hidden && f.Value != "" {
				w.Errorf("%s: withheld %q, value %q", f.ID, f.Withheld, f.Value)
			}
		}
	})
}

// A set is closed for what is withheld only where it could tell of it: another is no cover for a number that is hidden.
func TestWhatIsWithheldIsNoGroundToHideAnotherNumber(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		w.must(withhold("work_safety.hazards_listed", 2023))
		for name, c := range map[string]struct {
			dir  string
			want error
		}{
			"as it is":       {w.forge(func(files) {}), nil},
			"another hidden": {w.hideDeaths(func(s *report.CountedSet) { s.Closed = report.ClosedWithheld }), app.ErrHidesANumber},
		} {
			found, n, err := w.app.Recount(w.ctx, w.admin, c.dir)
			if err != nil || n == 0 {
				w.Fatalf("%s: %d sets counted: %v", name, n, err)
			}
			if err := found.Err(); !errors.Is(err, c.want) {
				w.Errorf("%s: the book finds %v, want %v", name, err, c.want)
			}
		}
	})
}

// What a project spent stands in the accounts under an item of the form too: withheld as that, it is withheld in the rows of projects.
func TestAProjectIsWithheldAsTheItemUnderWhichTheAccountsStateIt(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"expenditure.project_quake", "final.project_quake", "project.quake.spent"} {
		w := found(t, store.SQLite)
		w.must(create("project", &project.Project{Head: record.Head{Unit: "430600"}, Code: "quake", Year: 2023, Name: "地震事务"}),
			create("final_accounts_line", &source.FinalLine{Entity: "430600", Year: 2023, Table: source.Public03, Line: 1, Item: "project_quake", Name: "地震事务", Project: "quake", Amount: 290_700_00, Edition: source.Approved}),
			withhold(code, 2023))
		dir := t.TempDir()
		path := filepath.Join(dir, "own.report")
		if err := os.WriteFile(path, []byte("title 项目支出\nprojects p\neach p\n- {p.name}支出{p.spent}。\nend\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Period: year2023, Template: path})
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if f := b.Document.Figures(); len(f) != 1 || f[0].Withheld == "" || f[0].Value != "" || f[0].Text != "不予公开" {
			t.Errorf("%s withheld: the row prints %+v", code, f)
		}
	}
}
