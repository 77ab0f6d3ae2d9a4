package source

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/ground/place"
)

// happened is a record of the naive base.
type happened struct {
	unit place.Unit
	day  period.Day
	n    int64
}

// naive counts by going through a list, day by day and unit by unit.
type naive struct {
	tree    place.Tree[place.Unit]
	records []happened
}

func (b naive) Values(_ context.Context, asks []Ask) ([]Number, error) {
	out := make([]Number, len(asks))
	for i, a := range asks {
		sum := int64(0)
		for _, r := range b.records {
			if a.Period.Contains(r.day) && stands(b.tree, r.unit, a.Unit, r.day) {
				sum += r.n
			}
		}
		out[i] = Number{big.NewRat(sum, 1), -1}
	}
	return out, nil
}

// play is a random history: a tree whose units move, records, coverages that do not overlap, and monthly returns of which
// some are missing.
type play struct {
	naive
	units     []place.Unit
	coverages []Coverage
	returns   map[place.Unit]map[period.Period]int64
	printed   map[place.Unit]map[period.Period]int64
}

var year = period.Year(2023)

func draw(t *rapid.T) *play {
	p := &play{returns: map[place.Unit]map[period.Period]int64{}, printed: map[place.Unit]map[period.Period]int64{}}
	var edges []place.Edge[place.Unit]
	day := rapid.Custom(func(t *rapid.T) period.Day { return year.First().Add(rapid.IntRange(0, 364).Draw(t, "day")) })
	monthStart := rapid.Custom(func(t *rapid.T) period.Day { return period.Month(2023, monthOf(t)).First() })
	for i := range rapid.IntRange(1, 6).Draw(t, "units") {
		u := place.Unit(fmt.Sprint(i))
		if i > 0 {
			moves := day.Draw(t, "moves")
			edges = append(edges, place.Edge[place.Unit]{Child: u, Parent: p.units[rapid.IntRange(0, i-1).Draw(t, "parent")], Until: moves})
			if rapid.Bool().Draw(t, "stays") {
				edges = append(edges, place.Edge[place.Unit]{Child: u, Parent: p.units[rapid.IntRange(0, i-1).Draw(t, "next parent")], From: moves})
			}
		}
		p.units = append(p.units, u)
	}
	p.tree = place.NewTree(edges, "0")
	unit := rapid.SampledFrom(p.units)
	for range rapid.IntRange(0, 30).Draw(t, "records") {
		p.records = append(p.records, happened{unit.Draw(t, "unit"), day.Draw(t, "on"), rapid.Int64Range(1, 9).Draw(t, "n")})
	}
	for _, u := range p.units {
		cuts := []period.Day{{}, {}}
		for i := range cuts {
			cuts[i] = monthStart.Draw(t, "cut")
			if rapid.IntRange(0, 5).Draw(t, "ragged") == 0 {
				cuts[i] = day.Draw(t, "ragged cut")
			}
		}
		slices.SortFunc(cuts, func(a, b period.Day) int { return a.Sub(b) })
		if cuts[0] != cuts[1] && rapid.Bool().Draw(t, "first coverage") {
			p.cover(t, u, cuts[0], cuts[1])
		}
		if rapid.Bool().Draw(t, "second coverage") {
			p.cover(t, u, cuts[1], period.Day{})
		}
		for m := range year.Months() {
			if rapid.IntRange(0, 9).Draw(t, "files") > 0 {
				put(p.returns, u, m, rapid.Int64Range(0, 99).Draw(t, "returned"))
			}
			if rapid.IntRange(0, 4).Draw(t, "prints") > 0 {
				put(p.printed, u, m, rapid.Int64Range(0, 99).Draw(t, "printed"))
			}
		}
	}
	return p
}

func monthOf(t *rapid.T) time.Month { return time.Month(rapid.IntRange(1, 12).Draw(t, "month")) }

func put(in map[place.Unit]map[period.Period]int64, u place.Unit, p period.Period, n int64) {
	if in[u] == nil {
		in[u] = map[period.Period]int64{}
	}
	in[u][p] = n
}

func (p *play) cover(t *rapid.T, u place.Unit, from, until period.Day) {
	c := Coverage{Measure: "m.m", Covered: u, From: from, Until: until, Source: rapid.SampledFrom([]Sort{Records, Returns, Published}).Draw(t, "source")}
	if c.Source == Returns {
		c.Item = itemOf(u)
	}
	p.coverages = append(p.coverages, c)
}

// itemOf is an item that one unit alone files, so that nobody below stands in for it.
func itemOf(u place.Unit) string { return "f.u" + string(u) }

func (p *play) combined() *Combined {
	one, _ := figure.UnitOf("起")
	c := &Combined{base: p.naive, measures: map[string]Measure{"m.m": {one, Flow}}, items: map[string]Item{}, family: newFamily(p.tree),
		coverages: map[string][]Coverage{"m.m": p.coverages}, allow: func(place.Unit) error { return nil }}
	var statements []*statement
	var prints []print
	for _, u := range p.units {
		c.items[itemOf(u)] = Item{Code: itemOf(u), Unit: one, Shape: Flow, Grain: PerMonth}
		for m, n := range p.returns[u] {
			statements = append(statements, &statement{form: "f", reporter: u, period: m, edition: Monthly, values: map[string]*big.Rat{"u" + string(u): big.NewRat(n, 1)}})
		}
		for m, n := range p.printed[u] {
			prints = append(prints, print{code: "m.m", subject: u, period: m, value: big.NewRat(n, 1), unit: one, basis: AsPublished})
		}
	}
	c.read = func(need) (*ledger, error) {
		l := newLedger(c.items)
		l.enter(statements)
		l.print(Published, prints, c.UnitOf)
		return l, nil
	}
	return c
}

// active is the coverage of a unit itself on a day.
func (p *play) active(u place.Unit, d period.Day) (Sort, bool) {
	for _, c := range p.coverages {
		if c.Covered == u && !d.Before(c.From) && (c.Until.IsZero() || d.Before(c.Until)) {
			return c.Source, true
		}
	}
	return "", false
}

// parent is the unit above on a day.
func (p *play) parent(u place.Unit, d period.Day) (place.Unit, bool) {
	for _, above := range p.units {
		if above != u && stands(p.tree, u, above, d) {
			nearest := above
			for _, other := range p.units {
				if other != u && other != nearest && stands(p.tree, u, other, d) && stands(p.tree, other, nearest, d) {
					nearest = other
				}
			}
			return nearest, true
		}
	}
	return "", false
}

// figure is the figure found day by day; false when something is missing.
func (p *play) figure(u place.Unit, span period.Period) (int64, bool) {
	sum := int64(0)
	type from struct {
		unit   place.Unit
		source Sort
	}
	days := map[from][]period.Day{}
	for d := span.First(); !span.Last().Before(d); d = d.Add(1) {
		governs, source := u, Records
		for ok := true; ok; governs, ok = p.parent(governs, d) {
			if s, has := p.active(governs, d); has {
				source = s
				break
			}
		}
		if source != Records {
			days[from{u, source}] = append(days[from{u, source}], d)
			continue
		}
		counted := map[from]bool{}
		for _, leaf := range p.tree.On(u, d) {
			top, how := place.Unit(""), Records // the highest covered unit between leaf and u
			for at, ok := leaf, true; ok && at != u; at, ok = p.parent(at, d) {
				if s, has := p.active(at, d); has && s != Records {
					top, how = at, s
				}
			}
			if how != Records {
				counted[from{top, how}] = true
				continue
			}
			for _, r := range p.records {
				if r.unit == leaf && r.day == d {
					sum += r.n
				}
			}
		}
		for f := range counted {
			days[f] = append(days[f], d)
		}
	}
	for f, list := range days {
		stated := p.returns[f.unit]
		if f.source == Published {
			stated = p.printed[f.unit]
		}
		// Returns of a unit that is covered from above are of the item of that unit.
		for i := 0; i < len(list); {
			j := i
			for j+1 < len(list) && list[j+1] == list[j].Add(1) {
				j++
			}
			for m := range period.Span(list[i], list[j]).Months() {
				n, ok := stated[m]
				if !ok {
					return 0, false
				}
				sum += n
			}
			i = j + 1
		}
	}
	return sum, true
}

func TestCompositionIsWhatCountingDayByDayGives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		for i := range p.coverages { // a unit governed from above files the item of whoever is covered: here each its own
			if p.coverages[i].Source == Returns && p.covers(p.coverages[i].Covered) {
				p.coverages[i].Source, p.coverages[i].Item = Published, ""
			}
		}
		unit := rapid.SampledFrom(p.units).Draw(t, "asked")
		span := rapid.SampledFrom([]period.Period{year, period.Half(2023, 1), period.Month(2023, 5), period.MustParse("2023-02-10..2023-09-20")}).Draw(t, "span")
		c := p.combined()
		answers, err := c.Values(t.Context(), []Ask{{"m.m", span, unit}})
		if err != nil {
			t.Fatal(err)
		}
		want, ok := p.figure(unit, span)
		got := answers[0]
		if (got.Value != nil) != ok || ok && got.Value.Cmp(big.NewRat(want, 1)) != 0 {
			t.Fatalf("%s in %s: got %v (missing %v, parts %v), want %d, %v\ncoverages %v", unit, span, got.Value, got.Missing, got.Parts, want, ok, p.coverages)
		}
	})
}

// covers says whether units stand under u at any time, whose figures its coverage would govern.
func (p *play) covers(u place.Unit) bool { return len(p.tree.Under(u)) > 1 }
