package app

import (
	"context"

	"anlan/account/indicator"
	"anlan/account/indicator/shipped"
	"anlan/ground/figure"
	"anlan/record/book"
	"anlan/record/measure"
)

// catalogue tells the indicator language which measures the kinds declare.
type catalogue struct{ book *book.Book }

func (c catalogue) Lookup(code string) (indicator.Measure, bool) {
	k, i, err := c.book.Measure(code)
	if err != nil {
		return indicator.Measure{}, false
	}
	s := k.MeasureSpecs()[i]
	unit, ok := figure.UnitOf(s.Unit)
	if !ok {
		return indicator.Measure{}, false
	}
	shape := indicator.Flow
	if s.Shape == measure.Stock {
		shape = indicator.Stock
	}
	return indicator.Measure{Code: s.Code, Label: s.Label, Unit: unit, Shape: shape, Definition: s.Hash()}, true
}

func (c catalogue) Codes() (out []string) {
	for _, k := range c.book.Kinds() {
		for _, s := range k.MeasureSpecs() {
			out = append(out, s.Code)
		}
	}
	return out
}

// Figures answers the indicator language from the postings, as of the position of a view.
type Figures struct{ View *book.View }

// Values gives each ask its balance and the number of records behind it.
func (f Figures) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for i, a := range asks {
		ask := book.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit}
		b, s, err := f.View.Balance(ask)
		if err != nil {
			return nil, err
		}
		behind, err := f.View.Behind(ask)
		if err != nil {
			return nil, err
		}
		n := b.Count
		if s.Valued {
			n = b.Value
		}
		out[i] = indicator.Ratio(n, s.Scale, int(behind))
	}
	return out, nil
}

// Indicators are the indicators of the book, checked against its measures.
func (a *App) Indicators() (*indicator.Set, error) {
	entries, err := shipped.Files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var files []*indicator.File
	for _, e := range entries {
		text, err := shipped.Files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		f, err := indicator.Parse(e.Name(), text)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return indicator.Define(catalogue{a.Book}, files...)
}
