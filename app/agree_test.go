package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/safety/accident"
	"anlan/safety/hazard"
	"anlan/store/journal"

	units "anlan/resource/unit"
)

// history makes random changes of every sort: creates, edits, corrections into another year, transitions, withdrawals,
// late entries, records that change their owner, and units that move to another parent.
type history struct {
	*world
	random *rand.Rand
	live   map[string][]ident.ID
	gone   []book.Change // withdrawals
	serial int
}

// changing are the kinds whose records a history changes.
var changing = []string{"hazard", "accident", "staff"}

var leaves = []place.Unit{"430602-01", "430621-01", "430602", "430621", "430600"}

func (h *history) anyDay() string {
	return period.MustDay(2022, 1, 1).Add(h.random.IntN(3 * 365)).String()
}

func (h *history) anyUnit() place.Unit { return leaves[h.random.IntN(len(leaves))] }

// turn makes one random change. Refusals of the record's own rules are part of the history.
func (h *history) turn() {
	h.serial++
	kind := changing[h.random.IntN(len(changing))]
	ids := h.live[kind]
	switch n := h.random.IntN(20); {
	case n < 8 || len(ids) == 0:
		done, err := h.apply(h.admin, create(kind, h.anything(kind)))
		if err != nil {
			h.Fatalf("create %s: %v", kind, err)
		}
		h.live[kind] = append(ids, done[0].ID)
	case n == 18:
		h.moveUnit()
	case n == 19:
		if err := h.book.Fold(h.ctx); err != nil {
			h.Fatal(err)
		}
	default:
		i := h.random.IntN(len(ids))
		c := book.Change{Kind: kind, ID: ids[i], Action: access.Edit, Record: h.anything(kind)}
		if n == 17 {
			c = book.Change{Kind: kind, ID: ids[i], Action: access.Withdraw, Reason: "随机作废"}
			h.live[kind] = append(append([]ident.ID(nil), ids[:i]...), ids[i+1:]...)
			h.gone = append(h.gone, c)
		} else if n == 15 && len(h.gone) > 0 {
			i := h.random.IntN(len(h.gone))
			c = h.gone[i]
			c.Action = access.Reinstate
			h.live[c.Kind] = append(h.live[c.Kind], c.ID)
			h.gone = append(append([]book.Change(nil), h.gone[:i]...), h.gone[i+1:]...)
		} else if n == 16 && kind == "hazard" {
			c = step(kind, ids[i], "list", "")
		}
		_, _ = h.apply(h.admin, c) // a step that the state does not allow is refused, which changes nothing
	}
}

func (h *history) anything(kind string) any {
	switch kind {
	case "hazard":
		x := newHazard(h.serial, h.anyUnit(), h.anyDay())
		if h.random.IntN(2) == 0 {
			x.Grade = hazard.Ordinary
		}
		if x.FoundOn.Year() > 2023 {
			x.FoundOn = day("2023-12-31")
		}
		if h.random.IntN(2) == 0 {
			x.ClosedOn = x.FoundOn.Add(h.random.IntN(20))
		}
		if h.random.IntN(2) == 0 {
			x.Cost.OK, x.Cost.V = true, 100*1000
		}
		return x
	case "accident":
		x := newAccident(h.serial, h.anyUnit(), "2023-05-01", h.random.IntN(4))
		x.OccurredOn = day("2022-01-01").Add(h.random.IntN(700))
		for i := range x.Casualties {
			if h.random.IntN(2) == 0 {
				x.Casualties[i].Fate = accident.Minor
			}
		}
		return x
	}
	x := newMember(h.serial, h.anyUnit(), h.anyDay())
	if h.random.IntN(2) == 0 {
		x.InPostTo = x.InPostFrom.Add(h.random.IntN(400))
		if h.random.IntN(2) == 0 {
			x.RetiredOn = x.InPostTo.Add(1)
		}
	}
	return x
}

// moveUnit moves the section of one county to the other from a random day on, or back.
func (h *history) moveUnit() {
	h.read(0, func(v *book.View) {
		r, err := v.Find("unit", "430602-01")
		if err != nil {
			h.Fatal(err)
		}
		u := r.(*units.Unit)
		at := day("2022-06-01").Add(h.random.IntN(500))
		u.Edges = []units.Edge{{Parent: "430602", Until: at}, {Parent: "430621", From: at, Until: at.Add(100)}, {Parent: "430602", From: at.Add(100)}}
		if _, err := h.apply(h.admin, book.Change{Kind: "unit", ID: u.ID, Action: access.Edit, Record: u}); err != nil {
			h.Fatalf("move unit: %v", err)
		}
	})
}

// threeWays asks a measure by its postings, by SQL over the records, and by listing the records, and compares; the
// records behind it must add up to it too.
func (h *history) threeWays(asOf journal.Position, a book.Ask) {
	h.read(asOf, func(v *book.View) {
		by, s, err := v.Balance(a)
		if err != nil {
			h.Fatalf("%v: %v", a, err)
		}
		sql, err := v.BalanceBySQL(a)
		if err != nil {
			h.Fatalf("%v: %v", a, err)
		}
		listed := h.byListing(v, a)
		if !s.Valued {
			by.Value, sql.Value, listed.Value = 0, 0, 0
		}
		if by != sql || by != listed {
			h.Errorf("as of %d, %s in %s of %s: postings %v, SQL %v, listing %v", asOf, a.Measure, a.Period, a.Unit, by, sql, listed)
		}
		var sum posting.Balance
		items, err := v.Records(a, 0, 10_000)
		if err != nil {
			h.Fatal(err)
		}
		for _, x := range items {
			sum.Count, sum.Value = sum.Count+x.Count, sum.Value+x.Value
		}
		if !s.Valued {
			sum.Value = 0
		}
		if sum != by {
			h.Errorf("as of %d, %v: the records add up to %v, the balance is %v", asOf, a, sum, by)
		}
		if n, err := v.Behind(a); err != nil || n != int64(len(items)) {
			h.Errorf("%v: %d records behind, %d listed (%v)", a, n, len(items), err)
		}
	})
}

func (h *history) byListing(v *book.View, a book.Ask) (sum posting.Balance) {
	kind, i, err := h.book.Measure(a.Measure)
	if err != nil {
		h.Fatal(err)
	}
	stock := kind.MeasureSpecs()[i].Shape == measure.Stock
	tree, err := v.UnitTree()
	if err != nil {
		h.Fatal(err)
	}
	err = v.Each(book.Query{Kind: kind.Code()}, func(r any) error {
		for _, p := range kind.Post(r, i, nil) {
			on := p.Day
			if stock {
				on = a.Period.Last()
			}
			belongs := false
			for _, u := range tree.On(a.Unit, on) {
				belongs = belongs || u == kind.Head(r).Unit
			}
			if !belongs || a.Period.Last().Before(p.Day) || !stock && p.Day.Before(a.Period.First()) {
				continue
			}
			sum.Count, sum.Value = sum.Count+p.Count, sum.Value+p.Value
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	return sum
}

func TestPostingsSQLAndListingAgreeAfterRandomHistories(t *testing.T) {
	onBoth(t, func(w *world) {
		seed := uint64(20231231)
		h := &history{world: w, random: rand.New(rand.NewPCG(seed, 1)), live: map[string][]ident.ID{}}
		var positions []journal.Position
		for range 160 {
			h.turn()
			if head, err := w.book.Head(w.ctx); err != nil {
				w.Fatal(err)
			} else if h.random.IntN(20) == 0 {
				positions = append(positions, head.Size)
			}
		}
		var measures, empty []string
		for _, k := range w.book.Kinds() {
			for _, s := range k.MeasureSpecs() {
				if slices.Contains(changing, k.Code()) {
					measures = append(measures, s.Code)
				} else {
					empty = append(empty, s.Code)
				}
			}
		}
		for _, asOf := range append(positions, 0) {
			for _, m := range measures {
				for _, span := range []string{"2022", "2023", "2022-Q3", "2022-06-10", "2022-01..09", fmt.Sprintf("2022-%02d-T2", 1+h.random.IntN(12))} {
					p, err := period.Parse(span)
					if err != nil {
						w.Fatal(err)
					}
					h.threeWays(asOf, book.Ask{Measure: m, Period: p, Unit: leaves[2+h.random.IntN(3)]})
				}
			}
		}
		for _, m := range empty { // of which there is no record: asked once, so that its SQL is one on both databases
			h.threeWays(0, book.Ask{Measure: m, Period: period.Year(2023), Unit: "430600"})
		}
		if w.Failed() {
			w.Logf("seed %d", seed)
		}
		w.sound()
	})
}
