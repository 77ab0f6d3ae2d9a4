package app

import (
	"context"
	"io/fs"

	"anlan/account/indicator"
	"anlan/account/indicator/shipped"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/measure"
	"anlan/record/posting"
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

// Catalogue tells the indicator language which measures the kinds of a book declare.
type Catalogue struct{ Book *book.Book }

// Lookup is the measure with a code.
func (c Catalogue) Lookup(code string) (indicator.Measure, bool) {
	k, i, err := c.Book.Measure(code)
	if err != nil {
		return indicator.Measure{}, false
	}
	s := k.MeasureSpecs()[i]
	unit, ok := figure.UnitOf(s.Unit)
	if !ok {
		panic("app: measure " + code + ": unknown unit " + s.Unit) // open has looked
	}
	shape := indicator.Flow
	if s.Shape == measure.Stock {
		shape = indicator.Stock
	}
	return indicator.Measure{Code: s.Code, Label: s.Label, Unit: unit, Shape: shape, Definition: s.Hash()}, true
}

// Codes lists the codes of all measures.
func (c Catalogue) Codes() (out []string) {
	for _, k := range c.Book.Kinds() {
		for _, s := range k.MeasureSpecs() {
			out = append(out, s.Code)
		}
	}
	return out
}

// Figures answers the indicator language from the postings, as of the position of a view.
type Figures struct {
	View *book.View
	// Counted has the records behind each figure counted too, for a report or an explanation. Figures cost the same however
	// many records there are; counting them does not.
	Counted bool
}

// Values gives each ask its balance, all of them in a few queries.
func (f Figures) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	questions := make([]book.Ask, len(asks))
	for i, a := range asks {
		questions[i] = book.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit}
	}
	answers, err := f.View.Balances(questions)
	if err != nil {
		return nil, err
	}
	out := make([]indicator.Quantity, len(asks))
	for i, x := range answers {
		if !x.Recorded {
			continue // the zero Quantity: none recorded
		}
		behind := indicator.NotCounted
		if f.Counted {
			n, err := f.View.Behind(questions[i])
			if err != nil {
				return nil, err
			}
			behind = int(n)
		}
		out[i] = quantity(x.Balance, x.Measure, behind)
	}
	return out, nil
}

// quantity is a balance in the measure's own unit.
func quantity(b posting.Balance, s *measure.Spec, behind int) indicator.Quantity {
	n := b.Count
	if s.Valued {
		n = b.Value
	}
	return indicator.Ratio(n, s.Scale, behind)
}

// Indicators are the indicators of the book, checked against its measures.
func (a *App) Indicators() (*indicator.Set, error) { return a.indicatorsIn(shipped.Files) }

// indicatorsIn reads every file of a folder; the faults of all of them are answered at once.
func (a *App) indicatorsIn(folder fs.FS) (*indicator.Set, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, err
	}
	var files []*indicator.File
	var faults fault.List
	for _, e := range entries {
		text, err := fs.ReadFile(folder, e.Name())
		if err != nil {
			return nil, err
		}
		f, err := indicator.Parse(e.Name(), text)
		if internal := faults.Add(err); internal != nil {
			return nil, internal
		}
		files = append(files, f)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return indicator.Define(Catalogue{a.Book}, files...)
}

// declared are the measures of kinds, as sources beside records see them.
func declared(kinds []record.Of) map[string]source.Measure {
	out := map[string]source.Measure{}
	for _, k := range kinds {
		for _, s := range k.MeasureSpecs() {
			unit, _ := figure.UnitOf(s.Unit) // unitsKnown has looked
			out[s.Code] = source.Measure{Unit: unit, Shape: source.Shape(s.Shape)}
		}
	}
	return out
}
