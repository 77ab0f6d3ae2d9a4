package source

import (
	"slices"

	"anlan/ground/period"
)

// tile covers a span exactly by periods that do not overlap, with as few of them as there can be; nil when they cannot.
// A year is stated by its annual return, or by its twelve monthly ones.
func tile(span period.Period, periods []period.Period) []period.Period {
	starting := map[period.Day][]period.Period{}
	var starts []period.Day
	for _, p := range periods {
		if span.Contains(p.First()) && span.Contains(p.Last()) {
			if starting[p.First()] == nil {
				starts = append(starts, p.First())
			}
			starting[p.First()] = append(starting[p.First()], p)
		}
	}
	type best struct {
		count int
		next  period.Period
	}
	end := span.Last().Add(1)
	from := map[period.Day]best{end: {}}
	slices.SortFunc(starts, func(a, b period.Day) int { return b.Sub(a) }) // the last first
	for _, d := range starts {
		for _, p := range starting[d] {
			rest, ok := from[p.Last().Add(1)]
			if old, has := from[d]; ok && (!has || rest.count+1 < old.count) {
				from[d] = best{rest.count + 1, p}
			}
		}
	}
	if _, ok := from[span.First()]; !ok {
		return nil
	}
	var out []period.Period
	for d := span.First(); d != end; {
		p := from[d].next
		out = append(out, p)
		d = p.Last().Add(1)
	}
	return out
}

// gaps are the parts of a span, by months, that none of the periods covers; the whole span when they cover it without fitting
// together.
func gaps(span period.Period, periods []period.Period) []period.Period {
	var out []period.Period
	for month := range span.Months() {
		if !slices.ContainsFunc(periods, func(p period.Period) bool { return p.Contains(month.First()) && p.Contains(month.Last()) }) {
			if n := len(out); n > 0 && out[n-1].Last().Add(1) == month.First() {
				out[n-1] = period.Span(out[n-1].First(), month.Last())
			} else {
				out = append(out, month)
			}
		}
	}
	if out == nil {
		return []period.Period{span}
	}
	return out
}
