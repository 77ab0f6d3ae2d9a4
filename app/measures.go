package app

import (
	"context"
	"strings"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
)

// ErrUnknownUnit: a measure whose values have no known unit could not be named in an indicator, so its kind does not start.
var ErrUnknownUnit = fault.Define("app.unknown_unit", fault.Undefined,
	"统计项%s的计量单位“%s”不在单位表中", "measure %s is counted in %q, which is not in the list of units of measure")

// unitsKnown finds every measure whose unit of measure the figures do not know.
func unitsKnown(kinds []record.Of) error {
	var faults fault.List
	for _, k := range kinds {
		for _, s := range k.MeasureSpecs() {
			if _, ok := figure.UnitOf(s.Unit); !ok {
				faults = append(faults, ErrUnknownUnit.With(s.Code, s.Unit))
			}
		}
	}
	return faults.Err()
}

// Figures answers the indicator language from records and the sources beside them, as of the position of a view.
type Figures struct {
	View *book.View
	// Counted has the records behind each figure counted too, for a report or an explanation. Figures cost the same however
	// many records there are; counting them does not.
	Counted bool
	// PrintedBefore has the figures of periods that ended before the day given as they were published, not as they are known now;
	// zero: no figure.
	PrintedBefore period.Day
}

// Values answers each ask from records and the sources beside them, all of them in a few queries.
func (f Figures) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	sources, err := f.Sources()
	if err != nil {
		return nil, err
	}
	answers, err := f.Answers(ctx, sources, asks)
	if err != nil {
		return nil, err
	}
	out := make([]indicator.Quantity, len(asks))
	for i, x := range answers {
		unit, _ := sources.UnitOf(asks[i].Measure)
		out[i] = quantity(x, unit, strings.HasPrefix(asks[i].Measure, source.FinalForm+"."))
	}
	return out, nil
}

// Answers are the answers of sources that were read by Sources, as they are before the indicator language sees them.
func (f Figures) Answers(ctx context.Context, sources *source.Combined, asks []indicator.Ask) ([]source.Answer, error) {
	questions := make([]source.Ask, len(asks))
	for i, a := range asks {
		questions[i] = source.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit}
	}
	answers, err := sources.Values(ctx, questions)
	if err != nil || f.PrintedBefore.IsZero() {
		return answers, err
	}
	for i, q := range questions {
		if q.Period.Last().Before(f.PrintedBefore) {
			answers[i] = answers[i].AsPrinted(q)
		}
	}
	return answers, nil
}
