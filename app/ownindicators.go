package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/indicator/own"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/store/journal"
)

// ErrNoIndicator: neither the book nor the program defines the code.
var ErrNoIndicator = fault.Define("app.no_indicator", fault.NotFound,
	"没有代码为“%s”的指标或常数，最接近的是“%s”；anlan indicator list 列出所有指标", "there is no indicator or constant %q; the nearest is %q; anlan indicator list lists them all")

// Listed is an indicator or constant of a list, as it is written.
type Listed struct {
	indicator.Definition
	Own *own.Definition // of the book; nil: the program's
}

// Retired says whether nothing has the code any more.
func (l Listed) Retired() bool { return l.Own != nil && l.Own.Retired }

// ListIndicators lists the definitions of the book at the position of a view, retired ones too, those of the program that the book
// does not replace, and those of its projects, in the order of their codes. They need not come together: a list shows what must be mended.
func ListIndicators(v *book.View) ([]Listed, error) {
	files, err := program()
	if err != nil {
		return nil, err
	}
	defined, err := own.Read(v)
	if err != nil {
		return nil, err
	}
	items, err := source.Items(v.Tx(), v.AsOf)
	if err != nil {
		return nil, err
	}
	projects, err := projectIndicators(items)
	if err != nil {
		return nil, err
	}
	files = append(slices.Clip(files), projects...)
	var out []Listed
	for _, d := range defined {
		out = append(out, Listed{Own: d, Definition: indicator.Definition{Code: d.Code, Label: lang.Text{Zh: d.LabelZh, En: d.LabelEn},
			Constant: d.Sort == own.Constant, Unit: d.Measured, Text: d.Statement}})
	}
	for _, f := range files {
		for _, d := range f.Definitions() {
			if !slices.ContainsFunc(defined, func(o *own.Definition) bool { return o.Code == d.Code }) {
				out = append(out, Listed{Definition: d})
			}
		}
	}
	slices.SortFunc(out, func(a, b Listed) int { return strings.Compare(a.Code, b.Code) })
	return out, nil
}

// SelectIndicators takes the definitions with some codes from a list, in the order of the codes; without codes those of the book.
// Fault: ErrNoIndicator.
func SelectIndicators(all []Listed, codes ...string) (out []Listed, err error) {
	if len(codes) == 0 {
		return slices.DeleteFunc(slices.Clone(all), func(l Listed) bool { return l.Own == nil }), nil
	}
	for _, code := range codes {
		i := slices.IndexFunc(all, func(l Listed) bool { return l.Code == code })
		if i < 0 {
			return nil, noIndicator(all, code)
		}
		out = append(out, all[i])
	}
	return out, nil
}

func noIndicator(all []Listed, code string) error {
	known := make([]string, len(all))
	for i, l := range all {
		known[i] = l.Code
	}
	return ErrNoIndicator.With(code, field.Nearest(code, known))
}

// Record is the definition as a record of a book whose bureau has a unit code: that of the book, or one made of the program's.
func (l Listed) Record(bureau place.Unit) *own.Definition {
	if l.Own != nil {
		return l.Own
	}
	return own.New(l.Code, l.Text, bureau)
}

// IndicatorSuffix ends the name of a file of indicators.
const IndicatorSuffix = ".indicators"

// WriteIndicators writes definitions as a file of the language, which EnactIndicators reads. Retired ones are left out.
func WriteIndicators(list []Listed) string {
	var texts []string
	for _, l := range list {
		if !l.Retired() {
			texts = append(texts, l.Text+"\n")
		}
	}
	return strings.Join(texts, "\n")
}

// EnactRequest asks for definitions to be kept in the book.
type EnactRequest struct {
	Name    string // of the file, for the places of faults
	Content []byte // in the language of indicators
	Reason  string
	DryRun  bool // judge all, write nothing
}

// Enacted says what became of definitions.
type Enacted struct {
	New      int              `json:"new"`
	Changed  int              `json:"changed"`
	Same     int              `json:"same"`
	Position journal.Position `json:"position,omitempty"` // of the last entry; 0: nothing was written
}

// EnactIndicators keeps the definitions of a file in the book, each as a new record or a new version, all of them or none. What was
// retired is in force again; what was corrected goes back to an earlier version only for a reason. Every fault has its place in the file.
func (a *App) EnactIndicators(ctx context.Context, actor access.Actor, q EnactRequest) (out Enacted, err error) {
	f, err := indicator.Parse(q.Name, q.Content)
	if err != nil {
		return out, err
	}
	e := enacting{name: q.Name, definitions: f.Definitions()}
	if err := e.once(); err != nil {
		return out, err
	}
	if err := a.Book.Read(ctx, actor, 0, func(v *book.View) error { return e.compare(v, q.Reason) }); err != nil {
		return out, err
	}
	out = e.outcome
	switch {
	case len(e.changes) == 0:
		return out, nil
	case q.DryRun:
		return out, e.placed(a.Book.Rehearse(ctx, actor, e.changes))
	}
	done, err := a.Book.Apply(ctx, actor, e.changes)
	if err != nil {
		return Enacted{}, e.placed(err)
	}
	out.Position = done[len(done)-1].Position
	return out, nil
}

// enacting is an import of definitions under way.
type enacting struct {
	name        string
	definitions []indicator.Definition
	changes     []book.Change
	of          []int // the definition of each change
	outcome     Enacted
}

// once refuses a code that the file defines twice.
func (e *enacting) once() error {
	first := map[string]fault.Where{}
	var faults fault.List
	for _, d := range e.definitions {
		if at, twice := first[d.Code]; twice {
			f := indicator.ErrDuplicate.With(d.Code, lang.Text{Zh: fmt.Sprintf("%s第%d行", at.File, at.Line), En: fmt.Sprintf("%s, line %d", at.File, at.Line)})
			f.Where = d.Where
			faults = append(faults, f)
			continue
		}
		first[d.Code] = d.Where
	}
	return faults.Err()
}

// compare makes a change of each definition that the book does not have so.
func (e *enacting) compare(v *book.View, reason string) error {
	var faults fault.List
	for i, d := range e.definitions {
		next := own.New(d.Code, strings.ReplaceAll(d.Text, "\r\n", "\n"), place.Unit(v.Head.Place))
		c := book.Change{Kind: own.Kind.Code(), Action: access.Create, Record: next, Reason: reason}
		old, err := findOwn(v, d.Code)
		switch {
		case err != nil:
			return err
		case old == nil:
			e.outcome.New++
		case old.Statement == next.Statement && !old.Retired:
			e.outcome.Same++
			continue
		default:
			e.outcome.Changed++
			next.Head, next.Basis = old.Head, old.Basis
			if reason == "" && !old.Retired {
				err := exchange.RefuseReversal(v, own.Kind, old, next)
				if internal := faults.Add(fault.At(err, fault.Where{File: e.name, Line: d.Where.Line})); internal != nil {
					return internal
				}
			}
			c.Action, c.ID, c.Expect = access.Edit, old.ID, old.Version
		}
		e.changes, e.of = append(e.changes, c), append(e.of, i)
	}
	return faults.Err()
}

// placed turns the number of a change and a place in its statement into the place in the file.
func (e *enacting) placed(err error) error {
	if err == nil {
		return nil
	}
	var faults fault.List
	if internal := faults.Add(err); internal != nil {
		return internal
	}
	for i, f := range faults {
		n := f.Where.Row
		if n == 0 && f.Where.File == "" {
			n = 1 // the only change
		}
		if n < 1 || n > len(e.of) || len(e.of) > 1 && f.Where.Row == 0 {
			continue
		}
		at := e.definitions[e.of[n-1]].Where
		moved := *f
		moved.Where = fault.Where{File: e.name, Line: at.Line + max(f.Where.Line, 1) - 1, Col: cmp.Or(f.Where.Col, 1)}
		if f.Where.Line <= 1 {
			moved.Where.Col += at.Col - 1
		}
		faults[i] = &moved
	}
	slices.SortStableFunc(faults, func(a, b *fault.Fault) int {
		return cmp.Or(cmp.Compare(a.Where.Line, b.Where.Line), cmp.Compare(a.Where.Col, b.Where.Col))
	})
	return faults
}

// findOwn is the book's definition of a code; nil when it has none.
func findOwn(v *book.View, code string) (*own.Definition, error) {
	r, err := v.Find(own.Kind.Code(), code)
	if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.(*own.Definition), nil
}

// RetireIndicator takes a code out of use: the book's definition, or the program's, which the book then keeps as retired. It is
// refused while something names it. Fault: ErrNoIndicator.
func (a *App) RetireIndicator(ctx context.Context, actor access.Actor, code, reason string) (book.Done, error) {
	c := book.Change{Kind: own.Kind.Code(), Action: access.Create, Reason: reason}
	err := a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		old, err := findOwn(v, code)
		if err != nil {
			return err
		}
		if old == nil {
			all, err := ListIndicators(v)
			if err != nil {
				return err
			}
			found, err := SelectIndicators(all, code)
			if err != nil {
				return err
			}
			old = found[0].Record(place.Unit(v.Head.Place))
		} else {
			c.Action, c.ID, c.Expect = access.Edit, old.ID, old.Version
		}
		old.Retired = true
		c.Record = old
		return nil
	})
	if err != nil {
		return book.Done{}, err
	}
	return a.applyOne(ctx, actor, c)
}

// OwnBehind lists the definitions of the book that an indicator rests on at the position of a view: its own first, then those that
// it refers to.
func OwnBehind(v *book.View, i *indicator.Indicator) (out []*own.Definition, err error) {
	defined, err := own.Read(v)
	if err != nil || len(defined) == 0 {
		return nil, err
	}
	for _, code := range append([]string{i.Code()}, i.Names()...) {
		for _, d := range defined {
			if d.Code == code {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// ShippedIndicator is the program's definition of a code as it is written; empty where it has none.
func ShippedIndicator(code string) (string, error) {
	files, err := program()
	if err != nil {
		return "", err
	}
	for _, f := range files {
		for _, d := range f.Definitions() {
			if d.Code == code {
				return d.Text, nil
			}
		}
	}
	return "", nil
}
