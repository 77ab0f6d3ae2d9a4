package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/account/indicator/own"
	"anlan/account/indicator/shipped"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

const ownRate = `indicator own.rate  "每起事故死亡人数"  "deaths per accident"  in 人/起  printed 1
  = accident.deaths / accident.count
`

// enactIndicators imports definitions.
func (w *world) enactIndicators(text string) (app.Enacted, error) {
	w.Helper()
	return w.app.EnactIndicators(w.ctx, w.admin, app.EnactRequest{Name: "own.indicators", Content: []byte(text)})
}

func (w *world) mustEnact(text string) journal.Position {
	w.Helper()
	done, err := w.enactIndicators(text)
	if err != nil {
		w.Fatal(err)
	}
	return done.Position
}

// value is a figure as it is printed.
func (w *world) value(asOf journal.Position, code string) (text string) {
	w.Helper()
	w.read(asOf, func(v *book.View) {
		set, err := w.app.Indicators(v)
		if err != nil {
			w.Fatal(err)
		}
		i, err := set.Indicator(code)
		if err != nil {
			text = err.(*fault.Fault).Code
			return
		}
		r, err := indicator.Eval(w.ctx, app.Figures{View: v}, indicator.Question{Indicator: i, Period: period.Year(2023), Unit: "430600"})
		if err != nil {
			w.Fatal(err)
		}
		text = r[0].Text().Zh
	})
	return text
}

func TestAFigureGoesByTheDefinitionAsItStood(t *testing.T) {
	onBoth(t, func(w *world) {
		w.must(create("accident", newAccident(1, "430602", "2023-05-06", 3)))
		before := w.head()
		first := w.mustEnact(ownRate)
		second := w.mustEnact(strings.Replace(ownRate, "= accident.deaths", "= 2 × accident.deaths", 1))
		done, err := w.app.RetireIndicator(w.ctx, w.admin, "own.rate", "不用")
		if err != nil {
			w.Fatal(err)
		}
		back := w.mustEnact(ownRate)
		for _, c := range []struct {
			asOf journal.Position
			want string
		}{{before, "indicator.not_defined"}, {first, "3.0人/起"}, {second - 1, "3.0人/起"}, {second, "6.0人/起"}, {done.Position, "indicator.not_defined"}, {back, "3.0人/起"}, {0, "3.0人/起"}, {second, "6.0人/起"}} {
			if got := w.value(c.asOf, "own.rate"); got != c.want {
				w.Errorf("as of %d: %s, want %s", c.asOf, got, c.want)
			}
		}
		if a, b := w.hashes(first), w.hashes(0); a["own.rate"] != b["own.rate"] || a["own.rate"] == w.hashes(second)["own.rate"] {
			w.Error("the hash does not follow the definition")
		}
		w.sound()
	})
}

// hashes are the hashes of all indicators.
func (w *world) hashes(asOf journal.Position) map[string]string {
	w.Helper()
	out := map[string]string{}
	for _, i := range w.indicators(asOf).Indicators() {
		out[i.Code()] = i.Hash()
	}
	return out
}

// TestTheShippedIndicatorsAreTheSameThroughExportAndImport takes every definition out as a file and as a sheet, and reads it again.
func TestTheShippedIndicatorsAreTheSameThroughExportAndImport(t *testing.T) {
	onBoth(t, func(w *world) {
		want := w.hashes(0)
		var all []app.Listed
		w.read(0, func(v *book.View) {
			var err error
			if all, err = app.ListIndicators(v); err != nil {
				w.Fatal(err)
			}
		})
		if len(all) < len(want) {
			w.Fatalf("%d definitions of %d indicators", len(all), len(want))
		}
		text := app.WriteIndicators(all)
		w.mustEnact(text)
		if got := w.hashes(0); !sameMap(got, want) {
			w.Error("the definitions are others after export and import")
		}
		w.read(0, func(v *book.View) {
			again, err := app.ListIndicators(v)
			if err != nil {
				w.Fatal(err)
			}
			if slices.ContainsFunc(again, func(l app.Listed) bool { return l.Own == nil }) || app.WriteIndicators(again) != text {
				w.Error("the second export differs from the first")
			}
		})
		if done, err := w.enactIndicators(text); err != nil || done.Same != len(all) || done.Position != 0 {
			w.Errorf("again: %+v %v", done, err)
		}
	})
}

func sameMap(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// TestEveryShippedDefinitionStandsAlone cuts the shipped files into definitions and joins these again.
func TestEveryShippedDefinitionStandsAlone(t *testing.T) {
	t.Parallel()
	entries, err := shipped.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := shipped.Files.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		f, err := indicator.Parse(e.Name(), content)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Definitions() {
			one, err := indicator.Parse("one", []byte(d.Text))
			if err != nil || len(one.Definitions()) != 1 || one.Definitions()[0].Code != d.Code || one.Definitions()[0].Text != d.Text {
				t.Errorf("%s: %v", d.Code, err)
			}
		}
	}
}

const countingScheme = `scheme own
year 2023
name 自拟方案
subject department
group 履职
line 事故起数 | 100
  indicator own.count
  criterion 每发现一例扣2分，扣完为止
`

func TestWhatBreaksTheIndicatorsOfABookGetsInByNoDoor(t *testing.T) {
	onBoth(t, func(w *world) {
		form := &source.Form{Code: "own_form", Name: "自定报表", Issuer: "示例局", Grain: source.PerYear,
			Items: []source.FormItem{{Code: "seen", LabelZh: "检查次数", LabelEn: "inspections", Unit: "次", Shape: source.Flow}}}
		form.Unit = "430600"
		made := w.must(create("stat_form", form))
		w.mustEnact(ownRate + "indicator own.count \"起数\" in 起 printed 0 = accident.count\nconstant own.limit \"上限\" = 5 次\nindicator own.seen \"检查\" in 次 printed 0 = own_form.seen + own.limit\n")
		s, err := app.ReadScheme("own.scheme", []byte(countingScheme), "", nil)
		if err != nil {
			w.Fatal(err)
		}
		if _, err := w.app.Enact(w.ctx, w.admin, s, ""); err != nil {
			w.Fatal(err)
		}
		record := func(code string) *own.Definition {
			var d *own.Definition
			w.read(0, func(v *book.View) {
				r, err := v.Find("indicator", code)
				if err != nil {
					w.Fatal(err)
				}
				d = r.(*own.Definition)
			})
			return d
		}
		edit := func(code string, change func(d *own.Definition)) book.Change {
			d := record(code)
			change(d)
			return book.Change{Kind: "indicator", Action: access.Edit, ID: d.ID, Expect: d.Version, Record: d}
		}
		away := func(code string) book.Change {
			return book.Change{Kind: "indicator", Action: access.Withdraw, ID: record(code).ID, Reason: "试"}
		}
		fresh := func(code, statement string) book.Change {
			return create("indicator", own.New(code, statement, "430600"))
		}
		other := *form
		other.Items = []source.FormItem{{Code: "seen", LabelZh: "检查次数", LabelEn: "inspections", Unit: "人", Shape: source.Flow}}
		badScheme := *s
		badScheme.Code, badScheme.Lines = "bad", slices.Clone(s.Lines)
		badScheme.Lines[0].Indicator = "own.nothing"
		before := w.head()
		for _, c := range []struct {
			name    string
			changes []book.Change
			want    *fault.Declaration
			where   fault.Where
			says    string
		}{
			{"an unknown measure", []book.Change{fresh("own.x", "indicator own.x \"甲\" in 起 printed 0\n = accident.cuont")}, indicator.ErrUnknownName, fault.Where{Field: "statement", Line: 2, Col: 4}, "accident.count"},
			{"the second of two", []book.Change{fresh("own.x", `indicator own.x "甲" in 起 printed 0 = accident.count`), fresh("own.y", `indicator own.y "乙" in 起 printed 0 = accident.deaths`)},
				indicator.ErrResultUnit, fault.Where{Row: 2, Field: "statement", Line: 1, Col: 24}, "人"},
			{"a circle", []book.Change{fresh("own.x", `indicator own.x "甲" in 起 printed 0 = own.y`), fresh("own.y", `indicator own.y "乙" in 起 printed 0 = own.x`)}, indicator.ErrCycle, fault.Where{}, "own.x → own.y → own.x"},
			{"the code of a measure", []book.Change{fresh("accident.count", `indicator accident.count "甲" in 起 printed 0 = hazard.found`)}, indicator.ErrIsMeasure, fault.Where{}, "accident.count"},
			{"one code twice", []book.Change{fresh("own.rate", ownRate)}, book.ErrDuplicate, fault.Where{}, "own.rate"},
			{"another code inside", []book.Change{fresh("own.x", ownRate)}, own.ErrOtherCode, fault.Where{Field: "statement"}, "own.rate"},
			{"two definitions", []book.Change{fresh("own.rate", ownRate+ownRate)}, own.ErrNotOne, fault.Where{Field: "statement"}, "2"},
			{"a definition of a county", []book.Change{create("indicator", own.New("own.x", `indicator own.x "甲" in 起 printed 0 = accident.count`, "430602"))}, app.ErrNotOfTheBureau, fault.Where{Field: "unit"}, "430600"},
			{"a constant that another names", []book.Change{edit("own.limit", func(d *own.Definition) { d.Retired = true })}, app.ErrStillNamed, fault.Where{}, "own.seen"},
			{"withdrawn and named", []book.Change{away("own.limit")}, app.ErrStillNamed, fault.Where{}, "own.seen"},
			{"named by a scheme", []book.Change{edit("own.count", func(d *own.Definition) { d.Retired = true })}, app.ErrSchemeBroken, fault.Where{}, "own@2023"},
			{"of another unit than the scheme's rule", []book.Change{edit("own.count", func(d *own.Definition) {
				d.Statement = `indicator own.count "率" in % printed 0 = accident.count ÷ accident.count @ 同期`
			})}, app.ErrSchemeBroken, fault.Where{}, "own@2023"},
			{"the form of an item that is named", []book.Change{{Kind: "stat_form", Action: access.Withdraw, ID: made[0].ID, Reason: "试"}}, app.ErrStillNamed, fault.Where{}, "own_form.seen"},
			{"an item in another unit", []book.Change{{Kind: "stat_form", Action: access.Edit, ID: made[0].ID, Record: &other}}, indicator.ErrMismatch, fault.Where{}, "own.seen"},
			{"a form with the code of an indicator", []book.Change{create("stat_form", func() *source.Form {
				f := *form
				f.Code, f.Items = "own", []source.FormItem{{Code: "rate", LabelZh: "比率", LabelEn: "rate", Unit: "次", Shape: source.Flow}}
				return &f
			}())}, indicator.ErrIsMeasure, fault.Where{}, "own.rate"},
			{"a scheme that names nothing", []book.Change{create("scheme", &badScheme)}, evaluation.ErrIndicator, fault.Where{Field: "line.1.indicator"}, "own.nothing"},
		} {
			for _, door := range []func() error{
				func() error { return w.book.Rehearse(w.ctx, w.admin, c.changes) },
				func() error { _, err := w.apply(w.admin, c.changes...); return err },
			} {
				err := door()
				if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
					w.Errorf("%s: got %v, want %v that says %q", c.name, err, c.want, c.says)
					continue
				}
				if at := placeOf(err); c.where != (fault.Where{}) && at != c.where {
					w.Errorf("%s: at %+v, want %+v", c.name, at, c.where)
				}
			}
		}
		if w.head() != before {
			w.Error("something was written")
		}
		// What names and what is named may change together, in either order.
		w.must(away("own.limit"), edit("own.seen", func(d *own.Definition) {
			d.Statement = `indicator own.seen "检查" in 次 printed 0 = own_form.seen`
		}))
		w.must(book.Change{Kind: "stat_form", Action: access.Withdraw, ID: made[0].ID, Reason: "一并作废"}, away("own.seen"))
		w.sound()
	})
}

// placeOf is the place of the first fault.
func placeOf(err error) fault.Where {
	var l fault.List
	if l.Add(err) != nil || len(l) == 0 {
		return fault.Where{}
	}
	return l[0].Where
}

func TestAnIndicatorFileSaysWhereItIsWrong(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.mustEnact("constant own.limit \"上限\" = 5 起\n")
	for _, c := range []struct{ text, want string }{
		{"\n# 说明\nindicator own.a \"甲\" in 起 printed 0\n  = accident.cuont\n" + ownRate, "own.indicators 第4行 第5字：没有名为“accident.cuont”的统计项、指标或常数"},
		{ownRate + "  indicator own.a \"甲\" in 人 printed 0 = own.limit", "own.indicators 第3行 第26字："},
		{ownRate + ownRate, "own.indicators 第3行 第1字：代码own.rate已在own.indicators第1行定义"},
		{"indicator own.a", "own.indicators 第1行 第16字："},
		{"constant own.limit \"上限\" = 5 人\nindicator own.a \"甲\" in 起 printed 0 = own.limit", "own.indicators 第2行 第"},
	} {
		for _, dry := range []bool{true, false} {
			_, err := w.app.EnactIndicators(w.ctx, w.admin, app.EnactRequest{Name: "own.indicators", Content: []byte(c.text), DryRun: dry})
			if got := fault.In(err, lang.Chinese); !strings.HasPrefix(got, c.want) {
				t.Errorf("%s\n got %s\nwant %s…", c.text, got, c.want)
			}
		}
	}
	if _, err := w.app.RetireIndicator(w.ctx, w.admin, "work_safety.deaths", "试"); err != nil {
		if !errors.Is(err, app.ErrStillNamed) && !errors.Is(err, app.ErrSchemeBroken) {
			t.Error(err)
		}
	} else {
		t.Error("an indicator that others name was retired")
	}
	if _, err := w.app.RetireIndicator(w.ctx, w.admin, "own.limits", "试"); !errors.Is(err, app.ErrNoIndicator) {
		t.Error(err)
	}
	section := access.Actor{Name: "一股", Role: access.Section, Unit: "430602-01", Via: "test"}
	if _, err := w.app.EnactIndicators(w.ctx, section, app.EnactRequest{Name: "own.indicators", Content: []byte(ownRate)}); err == nil {
		t.Error("a section defined an indicator of the whole book")
	}
}

// TestIndicatorsAreReadOnceAPosition shows that what stood at a position is joined once.
func TestIndicatorsAreReadOnceAPosition(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	set := w.indicators(0)
	if again := w.indicators(w.head()); again != set {
		t.Error("the same position gives another set")
	}
	w.mustEnact(ownRate)
	if again := w.indicators(0); again == set {
		t.Error("a new definition gives the set from before")
	}
}

func BenchmarkIndicatorsOfABook(b *testing.B) {
	w := found(b, store.SQLite)
	w.mustEnact(ownRate)
	head := w.head()
	for b.Loop() {
		w.indicators(head)
		w.indicators(head - 1)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(2*b.N), "ms/set")
}
