package finding

import (
	"slices"

	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/place"
)

// ErrIdleCoverage doubts a coverage that changes nothing.
var ErrIdleCoverage = fault.Define("finding.idle_coverage", fault.Conflict,
	"数据来源范围：%s在%s自%s起的来源写作“记录”，而上级单位在这些天没有另定来源，本来就按记录计：这一条不起作用，是否写错了单位、统计项或日期？",
	"coverage: the source of %s for %s from %s is records, as it would be anyway, since no unit above has another source on these days: is the unit, the measure or the day wrong?")

// coverages finds those that name records where nothing above names another source: records are the figure without them.
func (s *search) coverages() error {
	list, err := all[source.Coverage](s, source.CoverageKind)
	if err != nil || len(list) == 0 {
		return err
	}
	units, err := s.view.UnitTree()
	if err != nil {
		return err
	}
	for _, c := range list {
		days := place.Span{From: c.From, Until: c.Until}
		if c.Source != source.Records || !meets(days, place.Span{From: s.period.First(), Until: s.period.Last().Add(1)}) {
			continue
		}
		if !slices.ContainsFunc(list, func(o *source.Coverage) bool {
			return o.Measure == c.Measure && o.Source != source.Records && o.Covered != c.Covered && meets(days, place.Span{From: o.From, Until: o.Until}) &&
				slices.ContainsFunc(units.Under(o.Covered), func(h place.Held[place.Unit]) bool { return h.Node == c.Covered && meets(days, h.Span) })
		}) {
			s.add(ErrIdleCoverage.With(c.Measure, string(c.Covered), c.From.String()), source.CoverageKind, c)
		}
	}
	return nil
}

// meets says whether two spans share a day.
func meets(a, b place.Span) bool {
	before := func(x, y place.Span) bool { return !x.Until.IsZero() && !y.From.IsZero() && !y.From.Before(x.Until) }
	return !before(a, b) && !before(b, a)
}
