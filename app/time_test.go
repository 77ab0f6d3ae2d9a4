package app_test

import (
	"bytes"
	"testing"
	"time"

	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"

	units "anlan/resource/unit"
)

// says compares figures over spans and units, as of a position.
func (w *world) says(asOf journal.Position, measure string, want map[[2]string]int64) {
	w.Helper()
	for at, n := range want {
		if got := w.figure(asOf, measure, at[0], place.Unit(at[1])); got != n {
			w.Errorf("as of %d, %s in %s of %s: got %d, want %d", asOf, measure, at[0], at[1], got, n)
		}
	}
}

func (w *world) entry(at journal.Position) (e journal.Stored) {
	w.Helper()
	err := w.app.DB.Read(w.ctx, func(tx *store.Tx) (err error) { e, err = journal.EntryAt(tx, at); return err })
	if err != nil {
		w.Fatal(err)
	}
	return e
}

func TestAClockThatJumpsBackIsHeldAndNoted(t *testing.T) {
	onBoth(t, func(w *world) {
		first := w.must(create("hazard", newHazard(1, "430602", "2023-05-06")))[0]
		before := w.entry(first.Position).RecordedAt
		w.clock.Set(start.AddDate(-1, 0, 0)) // the battery of the office machine
		second := w.must(create("hazard", newHazard(2, "430602", "2023-12-30")))[0]
		e := w.entry(second.Position)
		if !e.RecordedAt.Equal(before) {
			w.Errorf("recorded at %s, the entry before at %s", e.RecordedAt, before)
		}
		if !bytes.Contains(e.Body, []byte(`"clock_behind_us":`)) {
			w.Errorf("the entry does not say that the clock had jumped back: %s", e.Body)
		}
		if bytes.Contains(w.entry(first.Position).Body, []byte("clock_behind_us")) {
			w.Error("an entry of a sound clock says that it had jumped back")
		}
		if second.ID.String() <= first.ID.String() {
			w.Errorf("the id %s was made after %s", second.ID, first.ID)
		}
		w.clock.Set(start.AddDate(0, 0, 1))
		third := w.must(create("hazard", newHazard(3, "430602", "2023-12-30")))[0]
		if e := w.entry(third.Position); !e.RecordedAt.After(before) || bytes.Contains(e.Body, []byte("clock_behind_us")) {
			w.Errorf("after the clock was mended: %s", e.Body)
		}
		w.proved()
	})
}

// proved runs the three proofs.
func (w *world) proved() {
	w.Helper()
	if found := w.verified(); len(found) > 0 {
		w.Errorf("the proofs find %v", found)
	}
}

func TestDaysBefore1970AndLeapDaysAreDays(t *testing.T) {
	onBoth(t, func(w *world) {
		w.must(create("hazard", newHazard(1, "430602", "1969-12-31")), create("hazard", newHazard(2, "430602", "1970-01-01")),
			create("hazard", newHazard(3, "430602", "0001-01-01")), create("hazard", newHazard(4, "430602", "2020-02-29")),
			create("staff", newMember(1, "430602", "1949-10-01")))
		for range 2 { // from the postings, then from the cells
			w.says(0, "hazard.found", map[[2]string]int64{
				{"1969", "430600"}: 1, {"1970", "430600"}: 1, {"1969-12-31", "430600"}: 1, {"1970-01-01", "430600"}: 1, {"1969-12", "430602"}: 1,
				{"1969-Q4", "430600"}: 1, {"0001", "430600"}: 1, {"2020-02", "430600"}: 1, {"2020-02-29", "430600"}: 1, {"2020-02-28", "430600"}: 0, {"2020-01..02", "430600"}: 1, {"2020-03", "430600"}: 0})
			w.says(0, "staff.in_post", map[[2]string]int64{{"1949", "430600"}: 1, {"1949-09", "430600"}: 0, {"1949-10-01", "430600"}: 1, {"2023", "430602"}: 1})
			w.says(0, "hazard.open", map[[2]string]int64{{"0001", "430600"}: 1, {"1969", "430600"}: 2, {"1970", "430600"}: 3, {"2020-02-28", "430600"}: 3, {"2020-02-29", "430600"}: 4})
			if err := w.book.Fold(w.ctx); err != nil {
				w.Fatal(err)
			}
		}
		w.proved()
	})
}

func TestADateCorrectedIntoAnotherYearAfterPublication(t *testing.T) {
	onBoth(t, func(w *world) {
		done := w.must(create("hazard", newHazard(1, "430602", "2023-12-31")), create("hazard", newHazard(2, "430602", "2023-06-01")))
		published := done[1].Position
		for range 2 {
			w.says(0, "hazard.found", map[[2]string]int64{{"2023", "430600"}: 2, {"2022", "430600"}: 0})
			if err := w.book.Fold(w.ctx); err != nil {
				w.Fatal(err)
			}
		}
		w.must(book.Change{Kind: "hazard", ID: done[0].ID, Expect: 1, Action: access.Edit, Record: newHazard(1, "430602", "2022-12-31"), Reason: "录入时年份有误"})
		for range 2 {
			w.says(0, "hazard.found", map[[2]string]int64{{"2023", "430600"}: 1, {"2022", "430600"}: 1, {"2022-12", "430602"}: 1, {"2023-12", "430602"}: 0})
			w.says(published, "hazard.found", map[[2]string]int64{{"2023", "430600"}: 2, {"2022", "430600"}: 0, {"2022-12", "430602"}: 0, {"2023-12", "430602"}: 1})
			w.says(0, "hazard.open", map[[2]string]int64{{"2022", "430600"}: 1, {"2023", "430600"}: 2})
			w.says(published, "hazard.open", map[[2]string]int64{{"2022", "430600"}: 0, {"2023", "430600"}: 2})
			if err := w.book.Fold(w.ctx); err != nil {
				w.Fatal(err)
			}
		}
		w.proved()
	})
}

func TestAUnitMovedInMidYearCountsWhereItStoodOnEachDay(t *testing.T) {
	onBoth(t, func(w *world) {
		for i, on := range []string{"2023-02-01", "2023-06-30", "2023-07-01", "2023-09-09", "2023-12-31"} {
			w.must(create("hazard", newHazard(i+1, "430602-01", on)))
		}
		published := w.must(create("hazard", newHazard(9, "430621", "2023-03-03")))[0].Position
		w.says(0, "hazard.found", map[[2]string]int64{{"2023", "430602"}: 5, {"2023", "430621"}: 1, {"2023", "430600"}: 6})
		var u *units.Unit
		w.read(0, func(v *book.View) {
			r, err := v.Find("unit", "430602-01")
			if err != nil {
				w.Fatal(err)
			}
			u = r.(*units.Unit)
		})
		u.Edges = []units.Edge{{Parent: "430602", Until: day("2023-07-01")}, {Parent: "430621", From: day("2023-07-01")}}
		w.must(book.Change{Kind: "unit", ID: u.ID, Expect: u.Version, Action: access.Edit, Record: u, Reason: "机构调整"})
		late := newHazard(10, "430602-01", "2023-05-05") // entered after the move, of a day before it
		w.must(create("hazard", late))
		for range 2 {
			w.says(0, "hazard.found", map[[2]string]int64{{"2023", "430602"}: 3, {"2023", "430621"}: 4, {"2023", "430600"}: 7,
				{"2023-H1", "430602"}: 3, {"2023-H2", "430602"}: 0, {"2023-H1", "430621"}: 1, {"2023-H2", "430621"}: 3, {"2023-06", "430602"}: 1, {"2023-07", "430621"}: 1, {"2023", "430602-01"}: 6})
			// A stock is where its unit stands on the last day: all open hazards have gone over.
			w.says(0, "hazard.open", map[[2]string]int64{{"2023-06", "430602"}: 3, {"2023-06", "430621"}: 1, {"2023-07", "430602"}: 0, {"2023-07", "430621"}: 5, {"2023", "430621"}: 7, {"2023", "430600"}: 7})
			// As of the publication nobody had moved.
			w.says(published, "hazard.found", map[[2]string]int64{{"2023", "430602"}: 5, {"2023", "430621"}: 1, {"2023-H2", "430621"}: 0})
			w.says(published, "hazard.open", map[[2]string]int64{{"2023", "430602"}: 5, {"2023", "430621"}: 1})
			if err := w.book.Fold(w.ctx); err != nil {
				w.Fatal(err)
			}
		}
		// Rights follow the tree of today: the section's old county sees its records no more.
		for unit, want := range map[place.Unit]int64{"430602": 0, "430621": 7} {
			a := access.Actor{Name: "县局", Role: access.Section, Unit: unit, Via: "test"}
			err := w.book.Read(w.ctx, a, published, func(v *book.View) error {
				n, err := v.Count(book.Query{Kind: "hazard"})
				if want = min(want, 6); err == nil && n != want {
					w.Errorf("as of %d, %s sees %d hazards, want %d", published, unit, n, want)
				}
				return err
			})
			if err != nil {
				w.Fatal(err)
			}
		}
		w.proved()
	})
}

func TestABatchMayUseAUnitThatItMakes(t *testing.T) {
	onBoth(t, func(w *world) {
		u := &units.Unit{Code: "430602-07", Name: "新股", Sort: units.Section, Edges: []units.Edge{{Parent: "430602"}}}
		u.Unit = "430602"
		w.must(create("unit", u), create("hazard", newHazard(1, "430602-07", "2023-05-06")))
		w.says(0, "hazard.found", map[[2]string]int64{{"2023", "430602"}: 1, {"2023", "430602-07"}: 1})
		w.proved()
	})
}

func TestAnIdempotencyKeyAnswersAStepThatSetsFields(t *testing.T) {
	onBoth(t, func(w *world) {
		h := newHazard(1, "430602", "2023-05-06")
		id := w.must(create("hazard", h))[0].ID
		c := book.Change{Kind: "hazard", ID: id, Action: "list", Record: h, Key: "k"} // listing sets the day
		first := w.must(c)[0]
		w.clock.Set(start.Add(72 * time.Hour))
		if again := w.must(c)[0]; !again.Same || again.Position != first.Position {
			w.Errorf("again: %+v, first: %+v", again, first)
		}
	})
}
