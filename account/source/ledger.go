package source

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/ground/place"
)

// told is what a source says of a measure for a unit and a period, in the unit of measure asked for.
type told struct {
	value   *big.Rat
	edition Edition // of returns and final accounts
	basis   Basis   // of print
	where   string  // the document of print
	older   []told  // what earlier editions or another basis say of the same, the newest first
}

// line is what one source says of one measure for one unit, by period.
type line map[period.Period]told

func (l line) periods() []period.Period {
	out := make([]period.Period, 0, len(l))
	for p := range l {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b period.Period) int {
		return cmp.Or(a.First().Sub(b.First()), a.Last().Sub(b.Last()))
	})
	return out
}

// lineKey names a line: a source, a measure or item, and a unit.
type lineKey struct {
	source Sort
	code   string
	unit   place.Unit
}

// sourceOf is the source in which an item, or a cited number, is stated.
func sourceOf(code string) Sort {
	switch form, _, _ := strings.Cut(code, "."); form {
	case FinalForm:
		return Final
	case Cited:
		return CitedSort
	}
	return Returns
}

// ledger is what the sources beside records say, as far as it was read.
type ledger struct {
	items   map[string]Item
	details []string // the items that lines of the accounts may state as money in detail
	lines   map[lineKey]line
	units   map[string][]place.Unit // that state anything of an item, sorted
}

func newLedger(items map[string]Item) *ledger {
	l := &ledger{items: items, lines: map[lineKey]line{}, units: map[string][]place.Unit{}}
	for code, x := range items {
		if x.Detail != nil && x.Detail.Amount == Spent {
			l.details = append(l.details, code)
		}
	}
	return l
}

// enter takes statements in: of the editions of one period the newest that states an item is its figure, of the tables of
// one edition the first. A nil return states 0 of every item.
func (l *ledger) enter(statements []*statement) {
	order := slices.Clone(statements)
	slices.SortStableFunc(order, func(a, b *statement) int {
		return cmp.Or(cmp.Compare(b.edition.rank(), a.edition.rank()), b.filed.Sub(a.filed), strings.Compare(string(a.table), string(b.table)))
	})
	for _, s := range order {
		if s.isNil {
			for code, x := range l.items {
				if strings.HasPrefix(code, s.form+".") {
					l.add(lineKey{sourceOf(code), x.Code, s.reporter}, s.period, told{value: new(big.Rat), edition: s.edition})
				}
			}
			continue
		}
		for item, v := range s.values {
			code := s.form + "." + item
			l.add(lineKey{sourceOf(code), code, s.reporter}, s.period, told{value: v, edition: s.edition})
		}
		for _, code := range l.details {
			if v := s.details[l.items[code].Detail.key()]; v != nil {
				l.add(lineKey{Final, code, s.reporter}, s.period, told{value: v, edition: s.edition})
			}
		}
	}
}

// print takes numbers of documents in: of those published a restated one is the figure, else the one as published; a comparable one stands beside.
// Each is turned into the unit of its measure, which Judge has seen to fit.
func (l *ledger) print(source Sort, prints []print, unitOf func(code string) (figure.Unit, bool)) {
	order := slices.Clone(prints)
	slices.SortStableFunc(order, func(a, b print) int { return cmp.Compare(a.basis.rank(), b.basis.rank()) })
	for _, p := range order {
		to, ok := unitOf(p.code)
		if !ok {
			continue
		}
		if v, err := p.unit.Convert(p.value, to); err == nil {
			l.add(lineKey{source, p.code, p.subject}, p.period, told{value: v, basis: p.basis, where: p.document})
		}
	}
}

// rank orders bases: the first is the figure.
func (b Basis) rank() int { return slices.Index([]Basis{Restated, AsPublished, Comparable}, b) }

// add enters what comes after better ones of the same period.
func (l *ledger) add(key lineKey, p period.Period, t told) {
	if l.lines[key] == nil {
		l.lines[key] = line{}
		if key.source != Published {
			at, _ := slices.BinarySearch(l.units[key.code], key.unit)
			l.units[key.code] = slices.Insert(l.units[key.code], at, key.unit)
		}
	}
	if better, ok := l.lines[key][p]; ok {
		if better.edition != t.edition || better.basis != t.basis {
			better.older = append(better.older, t)
			l.lines[key][p] = better
		}
		return
	}
	l.lines[key][p] = t
}

// found is what a line says of a span: the periods that make it up and what they add up to; or the parts that are missing.
type found struct {
	periods []period.Period
	told    []told // of the periods
	value   *big.Rat
	gaps    []period.Period
}

// flow adds the periods that exactly make up a span.
func (l line) flow(span period.Period) found {
	all := l.periods()
	f := found{periods: tile(span, all)}
	if f.periods == nil {
		f.gaps = gaps(span, slices.DeleteFunc(all, func(p period.Period) bool { return !span.Contains(p.First()) || !span.Contains(p.Last()) }))
		return f
	}
	f.value = new(big.Rat)
	for _, p := range f.periods {
		f.told = append(f.told, l[p])
		f.value.Add(f.value, l[p].value)
	}
	return f
}

// stock is what stood on the last day of a span: by the period that ends on it, of several by the newest edition and then the
// shortest.
func (l line) stock(span period.Period) found {
	best := period.Period{}
	for _, p := range l.periods() {
		if p.Last() != span.Last() {
			continue
		}
		if best.IsZero() || cmp.Or(cmp.Compare(l[p].edition.rank(), l[best].edition.rank()), best.Days()-p.Days()) > 0 {
			best = p
		}
	}
	if best.IsZero() {
		return found{gaps: []period.Period{period.OfDay(span.Last())}}
	}
	return found{periods: []period.Period{best}, told: []told{l[best]}, value: new(big.Rat).Set(l[best].value)}
}

// events adds all periods inside a span, of a form that is filed for each event: the days between them are no gaps.
func (l line) events(span period.Period) found {
	f := found{value: new(big.Rat)}
	for _, p := range l.periods() {
		if span.Contains(p.First()) && span.Contains(p.Last()) {
			f.periods, f.told = append(f.periods, p), append(f.told, l[p])
			f.value.Add(f.value, l[p].value)
		}
	}
	if f.periods == nil {
		return found{gaps: []period.Period{span}}
	}
	return f
}

// in is what the line says of a span, by the shape of the measure and the grain of the form.
func (l line) in(span period.Period, shape Shape, grain Grain) found {
	switch {
	case shape == Stock:
		return l.stock(span)
	case grain == AnySpan:
		return l.events(span)
	}
	return l.flow(span)
}
