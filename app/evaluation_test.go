package app_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/evaluation"
	"anlan/app"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store/journal"
)

const ownScheme = `scheme own
year 2023
name 自拟方案
subject department
group 履职
line 事故起数 | 60
  indicator accident.count
  criterion 每发现一例扣2分，扣完为止
line 履职成效 | 40
  indicator 认定
  criterion 好40分；一般20分；差0分
`

func (w *world) evaluate(asOf journal.Position, scheme string) (run *evaluation.Run, err error) {
	w.Helper()
	w.read(asOf, func(v *book.View) {
		run, err = w.app.Evaluate(w.ctx, v, app.EvaluateRequest{Scheme: scheme, Period: period.Year(2023), Unit: "430600"})
	})
	return run, err
}

func (w *world) enact(text string) book.Done {
	w.Helper()
	s, err := app.ReadScheme("own.scheme", []byte(text), "", nil)
	if err != nil {
		w.Fatal(err)
	}
	done, err := w.app.Enact(w.ctx, w.admin, s, "")
	if err != nil {
		w.Fatal(err)
	}
	return done
}

func TestAScoreIsTheScoreAsItWasKnown(t *testing.T) {
	onBoth(t, func(w *world) {
		w.must(create("accident", newAccident(1, "430602", "2023-05-06", 1)))
		first := w.enact(ownScheme)
		if again := w.enact(ownScheme); !again.Same || again.Version != 1 {
			w.Errorf("the same scheme makes version %d", again.Version)
		}
		j := &evaluation.Judgement{Scheme: "own", Year: 2023, About: evaluation.Whole, Line: "履职成效", Stage: evaluation.Decision, Level: "一般",
			By: "示例组长", On: day("2024-01-20"), Reason: "示例"}
		j.Unit = "430600"
		w.must(create("judgement", j))
		w.must(create("accident", newAccident(2, "430602", "2023-06-06", 1)))
		second := w.enact(strings.Replace(ownScheme, "扣2分", "扣5分", 1))

		for _, c := range []struct {
			asOf     journal.Position
			want     string
			unscored int
		}{{first.Position, "58", 1}, {second.Position - 2, "78", 0}, {second.Position - 1, "76", 0}, {0, "70", 0}} {
			run, err := w.evaluate(c.asOf, "own")
			if err != nil {
				w.Fatal(err)
			}
			if total, _, unscored := run.Total(); evaluation.Text(total) != c.want || unscored != c.unscored {
				w.Errorf("as of %d: %s with %d not scored, want %s with %d", c.asOf, evaluation.Text(total), unscored, c.want, c.unscored)
			}
		}
		run, err := w.evaluate(0, "own")
		if err != nil {
			w.Fatal(err)
		}
		kept, err := w.app.KeepRun(w.ctx, w.admin, run, second.Position)
		if err != nil {
			w.Fatal(err)
		}
		w.read(0, func(v *book.View) {
			r, err := v.Get("evaluation_run", kept.ID)
			if err != nil {
				w.Fatal(err)
			}
			if k := r.(*evaluation.Kept); k.Version != 2 || k.Hash != run.Rubric.Hash() || k.Total != 7000 || k.Lines[1].Points != maybe.Some(field.Scaled(2000)) {
				w.Errorf("%+v", k)
			}
		})
	})
}

func TestASchemeIsFoundByItsCodeAndYear(t *testing.T) {
	onBoth(t, func(w *world) {
		w.enact(strings.Replace(ownScheme, "year 2023", "year 2021", 1))
		w.enact(ownScheme)
		w.read(0, func(v *book.View) {
			for year, want := range map[int]int64{2020: 2021, 2021: 2021, 2022: 2021, 2023: 2023, 2030: 2023} {
				if s, err := app.Scheme(v, "own", year); err != nil || s.Year != want {
					w.Errorf("of %d: %v %v, want that of %d", year, s, err, want)
				}
			}
			if s, err := app.Scheme(v, "hunan", 2023); err != nil || s.Version != 0 {
				w.Errorf("%v %v", s, err)
			}
			if _, err := app.Scheme(v, "hunnan", 2023); !errors.Is(err, app.ErrNoScheme) {
				w.Error(err)
			}
		})
		bad, err := app.ReadScheme("own.scheme", []byte(strings.Replace(ownScheme, "accident.count", "accident.cuont", 1)), "", nil)
		if err != nil {
			w.Fatal(err)
		}
		if _, err := w.app.Enact(w.ctx, w.admin, bad, ""); !errors.Is(err, evaluation.ErrIndicator) {
			w.Error(err)
		}
	})
}
