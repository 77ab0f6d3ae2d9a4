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

// Catalogue tells the indicator language which measures the kinds of a book declare, and which items its forms have. A
// measure stands before an item of the same name.
type Catalogue struct {
	Book  *book.Book
	Items map[string]source.Item
}

// Lookup is the measure or item with a code.
func (c Catalogue) Lookup(code string) (indicator.Measure, bool) {
	k, i, err := c.Book.Measure(code)
	if err != nil {
		x, ok := c.Items[code]
		return indicator.Measure{Code: code, Label: x.Label, Unit: x.Unit, Shape: indicator.Shape(x.Shape), Definition: x.Hash()}, ok
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

// Codes lists the codes of all measures and items.
func (c Catalogue) Codes() (out []string) {
	for _, k := range c.Book.Kinds() {
		for _, s := range k.MeasureSpecs() {
			out = append(out, s.Code)
		}
	}
	return append(out, source.Codes(c.Items)...)
}

// Figures answers the indicator language from records and the sources beside them, as of the position of a view.
type Figures struct {
	View *book.View
	// Counted has the records behind each figure counted too, for a report or an explanation. Figures cost the same however
	// many records there are; counting them does not.
	Counted bool
}

// Values answers each ask from records and the sources beside them, all of them in a few queries.
func (f Figures) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	sources, err := f.Sources()
	if err != nil {
		return nil, err
	}
	questions := make([]source.Ask, len(asks))
	for i, a := range asks {
		questions[i] = source.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit}
	}
	answers, err := sources.Values(ctx, questions)
	if err != nil {
		return nil, err
	}
	out := make([]indicator.Quantity, len(asks))
	for i, x := range answers {
		unit, _ := sources.UnitOf(asks[i].Measure)
		out[i] = quantity(x, unit)
	}
	return out, nil
}

// Indicators are the indicators of the book, checked against its measures and the items of its forms.
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
	c, err := a.Catalogue()
	if err != nil {
		return nil, err
	}
	return indicator.Define(c, files...)
}

// Catalogue is what indicators of the book may name now: one short query, with which no interrupt need interfere.
func (a *App) Catalogue() (Catalogue, error) {
	items, err := a.items(context.Background())
	return Catalogue{a.Book, items}, err
}
