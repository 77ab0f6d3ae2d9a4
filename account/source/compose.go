package source

import (
	"cmp"
	"slices"

	"anlan/ground/period"
	"anlan/ground/place"
)

// Ask is one figure wanted: of a measure, for a unit and those below it, in a period.
type Ask struct {
	Measure string
	Period  period.Period
	Unit    place.Unit
}

// piece is a part of a figure that one source gives. Records that are taken away are those of a covered unit, whose own
// source counts in their place.
type piece struct {
	source Sort
	unit   place.Unit
	item   string // of returns
	less   bool   // taken away
}

// spell is a piece with the days for which it is wanted.
type spell struct {
	piece
	period period.Period
}

// composer finds of what a figure of one measure is made.
type composer struct {
	tree      *family
	coverages map[place.Unit][]Coverage // of the measure, by unit
	covered   []place.Unit              // their units, sorted
}

func compose(tree *family, coverages []Coverage) *composer {
	c := &composer{tree: tree, coverages: map[place.Unit][]Coverage{}}
	for _, x := range coverages {
		if c.coverages[x.Covered] == nil {
			c.covered = append(c.covered, x.Covered)
		}
		c.coverages[x.Covered] = append(c.coverages[x.Covered], x)
	}
	slices.Sort(c.covered)
	return c
}

// flow gives the spells of which the figure of a unit is the sum: the days are cut wherever a coverage begins or ends or a
// unit comes or goes, and joined again where the same piece goes on.
func (c *composer) flow(unit place.Unit, p period.Period) []spell {
	var out []spell
	open := map[piece]int{} // of the pieces of the days before, which spell
	for _, days := range c.cut(unit, p) {
		now := map[piece]int{}
		for _, x := range c.on(unit, days.First()) {
			at, goesOn := open[x]
			if goesOn {
				out[at].period = period.Span(out[at].period.First(), days.Last())
			} else {
				at = len(out)
				out = append(out, spell{x, days})
			}
			now[x] = at
		}
		open = now
	}
	return out
}

// stock gives the spells of a figure that stands on the last day of a period.
func (c *composer) stock(unit place.Unit, p period.Period) []spell {
	var out []spell
	for _, x := range c.on(unit, p.Last()) {
		out = append(out, spell{x, p})
	}
	return out
}

// cut splits a period into days on which nothing changes that decides of what the figure is made.
func (c *composer) cut(unit place.Unit, p period.Period) []period.Period {
	starts := []period.Day{p.First()}
	begin := func(d period.Day) {
		if p.First().Before(d) && !p.Last().Before(d) {
			starts = append(starts, d)
		}
	}
	for _, covered := range c.covered {
		for _, x := range c.coverages[covered] {
			begin(x.From)
			begin(x.Until)
		}
		for _, other := range append([]place.Unit{unit}, c.covered...) {
			for _, s := range slices.Concat(c.tree.spans(covered, other), c.tree.spans(other, covered)) {
				begin(s.From)
				begin(s.Until)
			}
		}
	}
	slices.SortFunc(starts, func(a, b period.Day) int { return cmp.Compare(a.Sub(b), 0) })
	starts = slices.Compact(starts)
	out := make([]period.Period, len(starts))
	for i, d := range starts {
		last := p.Last()
		if i+1 < len(starts) {
			last = starts[i+1].Add(-1)
		}
		out[i] = period.Span(d, last)
	}
	return out
}

// on gives the pieces of a unit's figure on one day.
func (c *composer) on(unit place.Unit, day period.Day) []piece {
	if x, ok := c.governing(unit, day); ok && x.Source != Records {
		return []piece{{source: x.Source, unit: unit, item: x.Item}}
	}
	out := []piece{{source: Records, unit: unit}}
	for _, below := range c.tops(unit, day) {
		x, _ := c.at(below, day)
		out = append(out, piece{source: Records, unit: below, less: true}, piece{source: x.Source, unit: below, item: x.Item})
	}
	return out
}

// at is the coverage declared for a unit itself on a day.
func (c *composer) at(unit place.Unit, day period.Day) (Coverage, bool) {
	for _, x := range c.coverages[unit] {
		if !day.Before(x.From) && (x.Until.IsZero() || day.Before(x.Until)) {
			return x, true
		}
	}
	return Coverage{}, false
}

// governing is the coverage of a unit on a day: its own, or that of the nearest unit above it that has one.
func (c *composer) governing(unit place.Unit, day period.Day) (Coverage, bool) {
	if x, ok := c.at(unit, day); ok {
		return x, true
	}
	nearest, found := place.Unit(""), false
	for _, above := range c.covered {
		if _, ok := c.at(above, day); !ok || above == unit || !c.tree.under(unit, above, day) {
			continue
		}
		if !found || c.tree.under(above, nearest, day) {
			nearest, found = above, true
		}
	}
	if !found {
		return Coverage{}, false
	}
	return c.at(nearest, day)
}

// tops are the units below one that have a source other than records on a day, without those below another of them.
func (c *composer) tops(unit place.Unit, day period.Day) []place.Unit {
	var below []place.Unit
	for _, u := range c.covered {
		if x, ok := c.at(u, day); ok && x.Source != Records && u != unit && c.tree.under(u, unit, day) {
			below = append(below, u)
		}
	}
	return c.tree.topmost(below, day)
}

// family answers which unit stands under which, and remembers.
type family struct {
	tree  place.Tree[place.Unit]
	known map[place.Unit]map[place.Unit][]place.Span
}

func newFamily(tree place.Tree[place.Unit]) *family {
	return &family{tree, map[place.Unit]map[place.Unit][]place.Span{}}
}

// spans are the days on which a unit stands under another, itself included.
func (f *family) spans(unit, under place.Unit) []place.Span {
	m, ok := f.known[under]
	if !ok {
		m = map[place.Unit][]place.Span{}
		for _, h := range f.tree.Under(under) {
			m[h.Node] = append(m[h.Node], h.Span)
		}
		f.known[under] = m
	}
	return m[unit]
}

func (f *family) under(unit, above place.Unit, day period.Day) bool {
	for _, s := range f.spans(unit, above) {
		if (s.From.IsZero() || !day.Before(s.From)) && (s.Until.IsZero() || day.Before(s.Until)) {
			return true
		}
	}
	return false
}

// topmost leaves out the units that stand under another of the list on a day.
func (f *family) topmost(units []place.Unit, day period.Day) []place.Unit {
	return slices.DeleteFunc(slices.Clone(units), func(u place.Unit) bool {
		return slices.ContainsFunc(units, func(above place.Unit) bool { return above != u && f.under(u, above, day) })
	})
}
