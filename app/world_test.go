package app_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/accident"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"

	"anlan/resource/staff"
	units "anlan/resource/unit"
)

// world is a founded book with the seeded places and units, and a section under two of the counties.
type world struct {
	testing.TB
	ctx     context.Context
	app     *app.App
	book    *book.Book
	clock   *clock.Stepped
	admin   access.Actor
	options app.Options
}

var start = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

func found(t testing.TB, d store.Dialect) *world {
	t.Helper()
	so := storetest.Migrated(t, d)
	o := app.Options{Data: cmp.Or(so.Dir, filepath.Join(t.TempDir(), "data")), DB: so.URL, Schema: so.Schema, Clock: clock.NewStepped(start, time.Millisecond), Random: seeded(1)}
	w := &world{TB: t, ctx: t.Context(), clock: o.Clock.(*clock.Stepped), options: o,
		admin: access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}}
	a, err := app.Init(w.ctx, o, w.admin, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatalf("init: %v", err)
	}
	t.Cleanup(func() { a.Close() })
	w.app, w.book = a, a.Book
	for _, u := range []units.Unit{
		{Code: "430602-01", Name: "一股", Sort: units.Section, Edges: []units.Edge{{Parent: "430602"}}},
		{Code: "430621-01", Name: "一股", Sort: units.Section, Edges: []units.Edge{{Parent: "430621"}}},
	} {
		u.Unit = "430600"
		w.must(book.Change{Kind: "unit", Action: access.Create, Record: &u})
	}
	return w
}

// seeded is a random source that gives the same bytes for the same seed.
func seeded(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func (w *world) apply(actor access.Actor, changes ...book.Change) ([]book.Done, error) {
	return w.book.Apply(w.ctx, actor, changes)
}

func (w *world) must(changes ...book.Change) []book.Done {
	w.Helper()
	done, err := w.apply(w.admin, changes...)
	if err != nil {
		w.Fatalf("apply: %v", err)
	}
	return done
}

func (w *world) read(asOf journal.Position, see func(v *book.View)) {
	w.Helper()
	err := w.book.Read(w.ctx, w.admin, asOf, func(v *book.View) error { see(v); return nil })
	if err != nil {
		w.Fatalf("read: %v", err)
	}
}

// indicators are the indicators of the book as of a position.
func (w *world) indicators(asOf journal.Position) (set *indicator.Set) {
	w.Helper()
	w.read(asOf, func(v *book.View) {
		var err error
		if set, err = w.app.Indicators(v); err != nil {
			w.Fatal(err)
		}
	})
	return set
}

// figure is the count of a measure, or its value when it sums.
func (w *world) figure(asOf journal.Position, measure, span string, unit place.Unit) int64 {
	w.Helper()
	p, err := period.Parse(span)
	if err != nil {
		w.Fatal(err)
	}
	var n int64
	w.read(asOf, func(v *book.View) {
		b, s, err := v.Balance(book.Ask{Measure: measure, Period: p, Unit: unit})
		if err != nil {
			w.Fatalf("%s %s: %v", measure, span, err)
		}
		if n = b.Count; s.Valued {
			n = b.Value
		}
	})
	return n
}

func newHazard(n int, unit place.Unit, found string) *hazard.Hazard {
	h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: "示例隐患", Grade: hazard.Major, FoundOn: day(found)}
	h.Unit, h.Place = unit, "430602"
	return h
}

func newAccident(n int, unit place.Unit, on string, deaths int) *accident.Accident {
	a := &accident.Accident{Number: fmt.Sprintf("SG-%05d", n), OccurredOn: day(on)}
	a.Unit, a.Place = unit, "430621"
	for i := range deaths {
		a.Casualties = append(a.Casualties, accident.Casualty{Name: fmt.Sprintf("示例人员%d", i+1), Fate: accident.Death})
	}
	return a
}

func newMember(n int, unit place.Unit, from string) *staff.Member {
	m := &staff.Member{Number: fmt.Sprintf("RY-%04d", n), Name: fmt.Sprintf("示例人员%04d", n), Establishment: classification.Administrative, InPostFrom: day(from)}
	m.Unit = unit
	return m
}

func day(s string) period.Day {
	d, err := period.ISODay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func create(kind string, r any) book.Change {
	return book.Change{Kind: kind, Action: access.Create, Record: r}
}

func step(kind string, id ident.ID, action access.Action, reason string) book.Change {
	return book.Change{Kind: kind, ID: id, Action: action, Reason: reason}
}

// onBoth runs a test in a founded world on both databases.
func onBoth(t *testing.T, test func(w *world)) {
	t.Helper()
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			test(found(t, d))
		})
	}
}
