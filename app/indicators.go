package app

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"anlan/account/indicator"
	"anlan/account/indicator/own"
	"anlan/account/indicator/shipped"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/measure"
	"anlan/store/journal"
)

// Catalogue tells the indicator language which measures the kinds of a book declare, and which items its forms have. A
// measure stands before an item of the same name.
type Catalogue struct {
	measures map[string]indicator.Measure
	items    map[string]source.Item
}

// CatalogueOf is the catalogue of the measures that kinds declare, without items.
func CatalogueOf(kinds []record.Of) Catalogue {
	c := Catalogue{measures: map[string]indicator.Measure{}}
	for _, k := range kinds {
		for _, s := range k.MeasureSpecs() {
			unit, ok := figure.UnitOf(s.Unit)
			if !ok {
				panic("app: measure " + s.Code + ": unknown unit " + s.Unit) // open has looked
			}
			shape := indicator.Flow
			if s.Shape == measure.Stock {
				shape = indicator.Stock
			}
			c.measures[s.Code] = indicator.Measure{Code: s.Code, Label: s.Label, Unit: unit, Shape: shape, Definition: s.Hash()}
		}
	}
	return c
}

// Lookup is the measure or item with a code.
func (c Catalogue) Lookup(code string) (indicator.Measure, bool) {
	if m, ok := c.measures[code]; ok {
		return m, true
	}
	x, ok := c.items[code]
	return indicator.Measure{Code: code, Label: x.Label, Unit: x.Unit, Shape: indicator.Shape(x.Shape), Definition: x.Hash()}, ok
}

// Codes lists the codes of all measures and items.
func (c Catalogue) Codes() []string {
	return append(slices.Sorted(maps.Keys(c.measures)), source.Codes(c.items)...)
}

// program are the indicators that come with the program; they are read once.
var program = sync.OnceValues(func() ([]*indicator.File, error) { return readIndicators(shipped.Files) })

// readIndicators reads every file of a folder; the faults of all of them are answered at once.
func readIndicators(folder fs.FS) ([]*indicator.File, error) {
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
	return files, faults.Err()
}

// definitions are what indicators of a book are made of beside its records: the measures of its kinds.
type definitions struct{ measures Catalogue }

// catalogue is what definitions of the book may name, at the position of a view. Items of forms are those of that position, and
// of later ones what did not stand then: definitions that come with the program name items of forms that came with it, later than
// the position perhaps, and give none recorded there.
func (d definitions) catalogue(v *book.View, defined []*own.Definition) (Catalogue, error) {
	c := Catalogue{measures: d.measures.measures}
	var err error
	if c.items, err = source.Items(v.Tx(), v.AsOf); err != nil || v.AsOf == 0 {
		return c, err
	}
	later, err := source.Items(v.Tx(), 0)
	if err != nil {
		return c, err
	}
	for _, x := range defined {
		delete(later, x.Code)
	}
	maps.DeleteFunc(later, func(_ string, x source.Item) bool { return x.Detail != nil }) // projects stand in the book and not in the program
	maps.Copy(later, c.items)
	c.items = later
	return c, nil
}

// set is the indicators of a book at the position of a view.
func (d definitions) set(v *book.View) (*indicator.Set, error) {
	files, err := program()
	if err != nil {
		return nil, err
	}
	defined, err := own.Read(v)
	if err != nil {
		return nil, err
	}
	c, err := d.catalogue(v, defined)
	if err != nil {
		return nil, err
	}
	projects, err := projectIndicators(c.items)
	if err != nil {
		return nil, err
	}
	return own.Define(c, append(slices.Clip(files), projects...), defined)
}

// known is the set of the position that was asked for last: what stood at a position never changes.
type known struct {
	mu    sync.Mutex
	epoch int64 // a restore that lost entries gives their positions again
	at    journal.Position
	set   *indicator.Set
}

func (k *known) look(v *book.View) *indicator.Set {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.epoch == v.Head.Epoch && k.at == v.At() {
		return k.set
	}
	return nil
}

func (k *known) keep(v *book.View, set *indicator.Set) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.epoch, k.at, k.set = v.Head.Epoch, v.At(), set
}

// Indicators are the indicators of the book as they stood at the position of a view: the program's and the book's own, checked
// against its measures and the items of its forms.
func (a *App) Indicators(v *book.View) (*indicator.Set, error) {
	if set := a.known.look(v); set != nil {
		return set, nil
	}
	set, err := a.definitions.set(v)
	if err == nil {
		a.known.keep(v, set)
	}
	return set, err
}

// Catalogue is what indicators of the book may name at the position of a view.
func (a *App) Catalogue(v *book.View) (Catalogue, error) {
	defined, err := own.Read(v)
	if err != nil {
		return Catalogue{}, err
	}
	return a.definitions.catalogue(v, defined)
}

// Results computes indicators of the book in a period, of a unit and those below it; none named is all of them.
func (a *App) Results(ctx context.Context, figures Figures, p period.Period, u place.Unit, codes ...string) ([]indicator.Result, error) {
	return a.ResultsOver(ctx, figures, []period.Period{p}, u, codes...)
}

// ResultsOver is Results over some periods: those of the first, then those of the second and so on, all of them by one evaluation.
func (a *App) ResultsOver(ctx context.Context, figures Figures, over []period.Period, u place.Unit, codes ...string) ([]indicator.Result, error) {
	set, err := a.Indicators(figures.View)
	if err != nil {
		return nil, err
	}
	wanted := set.Indicators()
	if len(codes) > 0 {
		wanted = nil
	}
	for _, c := range codes {
		i, err := set.Indicator(c)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, i)
	}
	questions := make([]indicator.Question, 0, len(over)*len(wanted))
	for _, p := range over {
		for _, w := range wanted {
			questions = append(questions, indicator.Question{Indicator: w, Period: p, Unit: u})
		}
	}
	return indicator.Eval(ctx, figures, questions...)
}
