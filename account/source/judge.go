package source

import (
	"maps"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/journal"
)

// Measure is what must be known of a measure that a kind declares.
type Measure struct {
	Unit  figure.Unit
	Shape Shape
}

// Judge refuses records of this package that contradict others (book.Judge). Measures are those that kinds declare, by code.
type Judge struct{ Measures map[string]Measure }

// Kinds are the kinds that are judged.
func (Judge) Kinds() []string {
	return []string{FormKind.Code(), ReturnKind.Code(), FinalKind.Code(), ReconciliationKind.Code(), CitedKind.Code(), PublishedKind.Code(), CoverageKind.Code(), WithholdingKind.Code()}
}

// Judge gives the faults of a record beside the others.
func (j Judge) Judge(at book.Beside, _ string, r any) error {
	b := bench{Judge: j, Beside: at}
	switch r := r.(type) {
	case *Form:
		return b.form(r)
	case *Return:
		return b.filed(r)
	case *FinalLine:
		if r.Item == "" {
			return b.unit(r.Entity, "entity")
		}
		return both(b.unit(r.Entity, "entity"), b.finalItem(r.Item))
	case *Reconciliation:
		return both(b.unit(r.Entity, "entity"), b.finalItem(r.Item))
	case *CitedFigure:
		return b.cited(r)
	case *PublishedFigure:
		return b.published(r)
	case *Coverage:
		return b.coverage(r)
	case *Withholding:
		return b.unit(r.Subject, "subject")
	}
	return nil
}

// both gives the faults of two questions at once.
func both(one, other error) error {
	var faults fault.List
	for _, err := range []error{one, other} {
		if internal := faults.Add(err); internal != nil {
			return internal
		}
	}
	return faults.Err()
}

// bench is the judging of one record.
type bench struct {
	Judge
	book.Beside
}

func on(field string, f *fault.Fault) *fault.Fault {
	f.Where.Field = field
	return f
}

// unit sees that the book knows a unit that a field names.
func (b bench) unit(u place.Unit, name string) error {
	if !b.Units.Has(u) {
		return on(name, ErrNoUnit.With(string(u)))
	}
	return nil
}

// known finds a measure or an item of a form by its code.
func (b bench) known(code string) (Measure, error) {
	if m, ok := b.Measures[code]; ok {
		return m, nil
	}
	items, err := Items(b.Tx, 0)
	if err != nil {
		return Measure{}, err
	}
	if x, ok := items[code]; ok {
		return Measure{x.Unit, x.Shape}, nil
	}
	all := append(slices.Sorted(maps.Keys(b.Measures)), slices.Sorted(maps.Keys(items))...)
	return Measure{}, ErrUnknownMeasure.With(code, field.Nearest(code, all))
}

// form sees that items fit the measures for which they stand, that none takes the code of one, and that what returns state
// keeps its meaning.
func (b bench) form(f *Form) error {
	var faults fault.List
	for _, x := range f.Measures() {
		if _, taken := b.Measures[x.Code]; taken {
			faults = append(faults, on("item", ErrIsMeasure.With(x.Code)))
		}
		if x.StandsFor == "" {
			continue
		}
		m, err := b.known(x.StandsFor)
		if err == nil {
			err = alike(x.Code, Measure{x.Unit, x.Shape}, x.StandsFor, m)
		}
		if internal := faults.Add(fault.At(err, fault.Where{Field: "item"})); internal != nil {
			return internal
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return b.keepsMeaning(f)
}

// alike sees that one measure can stand for another.
func alike(code string, m Measure, other string, n Measure) error {
	switch {
	case m.Unit.Dimension() != n.Unit.Dimension():
		return ErrUnitMismatch.With(code, m.Unit.String(), other, n.Unit.String())
	case m.Shape != n.Shape:
		return ErrShapeMismatch.With(code, other)
	}
	return nil
}

// statedQuery finds the items of a form that returns or final accounts state; by the natural key of each kind.
const statedQuery = `
SELECT DISTINCT i.item FROM stat_return r JOIN stat_return_item i ON i.stat_return_id = r.id
WHERE r.form = ? AND r.state <> 'withdrawn' AND i.value IS NOT NULL
UNION
SELECT DISTINCT item FROM final_accounts_line WHERE ? = 'final' AND state <> 'withdrawn' AND item IS NOT NULL
ORDER BY 1`

func (b bench) keepsMeaning(f *Form) error {
	before, err := Items(b.Tx, 0)
	if err != nil {
		return err
	}
	stated, err := store.Select[string](b.Tx, statedQuery, f.Code, f.Code)
	if err != nil {
		return err
	}
	now := map[string]Item{}
	for _, x := range f.Measures() {
		now[x.Code] = x
	}
	var faults fault.List
	for _, item := range stated {
		code := f.Code + "." + item
		if old, ok := before[code]; ok && (now[code].Unit != old.Unit || now[code].Shape != old.Shape) {
			faults = append(faults, on("item", ErrItemFixed.With(code)))
		}
	}
	return faults.Err()
}

// filed sees that a return is of a form, of its items and of one of its periods, and of a unit that stood when it ended.
func (b bench) filed(r *Return) error {
	forms, err := Forms(b.Tx, 0)
	if err != nil {
		return err
	}
	f, ok := forms[r.Form]
	if !ok {
		return on("form", ErrUnknownForm.With(r.Form, field.Nearest(r.Form, slices.Sorted(maps.Keys(forms)))))
	}
	var faults fault.List
	if !f.Grain.fits(r.Period) {
		label, _ := Grains.Find(f.Grain)
		faults = append(faults, on("period", ErrWrongPeriod.With(r.Form, label.Label, r.Period.String())))
	}
	head, err := journal.HeadOf(b.Tx)
	if err != nil {
		return err
	}
	if !slices.Contains(b.Units.On(place.Unit(head.Place), r.Last), r.Reporter) {
		faults = append(faults, on("reporter", ErrUnitGone.With(string(r.Reporter), r.Period.String(), r.Last.String())))
	}
	for _, v := range r.Values {
		i := slices.IndexFunc(f.Items, func(x FormItem) bool { return x.Code == v.Item })
		switch {
		case i < 0:
			faults = append(faults, on("item", ErrUnknownItem.With(r.Form, v.Item, field.Nearest(v.Item, f.codes()))))
		case v.Value.OK:
			for _, err := range []*fault.Fault{whole(r.Form+"."+v.Item, v.Value.V, f.Items[i].Unit), notNegative(r.Form+"."+v.Item, v.Value.V, f.Items[i].Unit)} {
				if err != nil {
					faults = append(faults, on("item", err))
				}
			}
		}
	}
	return faults.Err()
}

// whole refuses a broken number of things that are counted.
func whole(code string, v field.Scaled, unit string) *fault.Fault {
	u, _ := figure.UnitOf(unit)
	if figure.Count(0, u).Exact() && !ratOf(v).IsInt() {
		return ErrFraction.With(code, unit, figure.DecimalText(ratOf(v)))
	}
	return nil
}

// notNegative refuses less than nothing of what is counted or paid.
func notNegative(code string, v field.Scaled, unit string) *fault.Fault {
	u, _ := figure.UnitOf(unit)
	if v < 0 && (figure.Count(0, u).Exact() || u.Dimension() == yuan.Dimension()) {
		return ErrNegative.With(code, unit, figure.DecimalText(ratOf(v)))
	}
	return nil
}

// yuan is the unit of the final accounts.
var yuan = func() figure.Unit {
	u, ok := figure.UnitOf("元")
	if !ok {
		panic("source: 元 is no unit")
	}
	return u
}()

func (b bench) finalItem(item string) error {
	forms, err := Forms(b.Tx, 0)
	if err != nil {
		return err
	}
	f := forms[FinalForm]
	if !slices.Contains(f.codes(), item) {
		return on("item", ErrUnknownItem.With(FinalForm, item, field.Nearest(item, f.codes())))
	}
	return nil
}

// otherUnitQuery finds a unit of measure in which a cited code stands elsewhere; by the natural key.
const otherUnitQuery = `
SELECT measured_in FROM cited_figure
WHERE code = ? AND id <> ? AND state <> 'withdrawn' AND measured_in IS NOT NULL AND measured_in <> ?
ORDER BY row_no LIMIT 1`

func (b bench) cited(c *CitedFigure) error {
	if err := b.unit(c.Subject, "subject"); err != nil || !c.Value.OK {
		return err
	}
	if err := whole(Cited+"."+c.Code, c.Value.V, c.Measured); err != nil {
		return on("value", err)
	}
	var elsewhere string
	found, err := b.Tx.QueryRow([]any{&elsewhere}, otherUnitQuery, c.Code, c.ID.String(), c.Measured)
	if err == nil && found {
		err = on("measured_in", ErrOtherUnit.With(Cited+"."+c.Code, elsewhere, c.Measured))
	}
	return err
}

func (b bench) published(p *PublishedFigure) error {
	var faults fault.List
	if err := faults.Add(b.unit(p.Subject, "subject")); err != nil {
		return err
	}
	m, err := b.known(p.Measure)
	if err != nil {
		if internal := faults.Add(fault.At(err, fault.Where{Field: "measure"})); internal != nil {
			return internal
		}
		return faults
	}
	if u, _ := figure.UnitOf(p.Measured); u.Dimension() != m.Unit.Dimension() {
		faults = append(faults, on("measured_in", ErrUnitMismatch.With(p.Document, p.Measured, p.Measure, m.Unit.String())))
	}
	return faults.Err()
}

// overlapQuery finds a coverage of the same measure and unit on some of the same days; by the natural key.
const overlapQuery = `
SELECT from_on, coalesce(until_on, '') FROM coverage
WHERE measure = ? AND covered = ? AND id <> ? AND state <> 'withdrawn' AND from_on < ? AND (until_on IS NULL OR until_on > ?)
ORDER BY from_on LIMIT 1`

// endOfTime stands behind every day, as text.
const endOfTime = "9999-12-32"

func (b bench) coverage(c *Coverage) error {
	var faults fault.List
	if err := faults.Add(b.unit(c.Covered, "covered")); err != nil {
		return err
	}
	m, err := b.known(c.Measure)
	if internal := faults.Add(fault.At(err, fault.Where{Field: "measure"})); internal != nil {
		return internal
	}
	if c.Item != "" {
		if internal := faults.Add(fault.At(b.covering(c, m), fault.Where{Field: "item"})); internal != nil {
			return internal
		}
	}
	if isItem := !declared(b.Measures, c.Measure); err == nil && isItem && c.Source != Published {
		faults = append(faults, on("source", ErrWithoutEffect.With(c.Measure, c.Source.Label())))
	}
	until := endOfTime
	if !c.Until.IsZero() {
		until = c.Until.String()
	}
	var from, to string
	found, err := b.Tx.QueryRow([]any{&from, &to}, overlapQuery, c.Measure, string(c.Covered), c.ID.String(), until, c.From.String())
	if err != nil {
		return err
	}
	if found {
		if to == "" {
			to = "…"
		}
		faults = append(faults, on("from_on", ErrOverlap.With(c.Measure, string(c.Covered), from, to)))
	}
	return faults.Err()
}

func declared(measures map[string]Measure, code string) bool {
	_, ok := measures[code]
	return ok
}

// covering sees that the item of a coverage is one of a form and, where the measure is known, measures what it does.
func (b bench) covering(c *Coverage, m Measure) error {
	form, item, _ := strings.Cut(c.Item, ".")
	forms, err := Forms(b.Tx, 0)
	if err != nil {
		return err
	}
	f, ok := forms[form]
	if !ok {
		return ErrUnknownForm.With(form, field.Nearest(form, slices.Sorted(maps.Keys(forms))))
	}
	for _, x := range f.Measures() {
		if x.Code == c.Item && m == (Measure{}) {
			return nil
		}
		if x.Code == c.Item {
			return alike(x.Code, Measure{x.Unit, x.Shape}, c.Measure, m)
		}
	}
	return ErrUnknownItem.With(form, item, field.Nearest(item, f.codes()))
}

// stands says whether a unit stood under another on a day.
func stands(t place.Tree[place.Unit], u, under place.Unit, day period.Day) bool {
	return slices.Contains(t.On(under, day), u)
}

// Kinds are the kinds of this package, in the order in which they are shown and written.
func Kinds() []record.Of {
	return []record.Of{FormKind, ReturnKind, FinalKind, ReconciliationKind, CitedKind, PublishedKind, CoverageKind, WithholdingKind}
}
