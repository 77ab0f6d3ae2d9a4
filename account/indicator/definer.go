package indicator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// definer checks the definitions of a set. A part whose fault is reported gives no second one to what contains it.
type definer struct {
	*Set
	declared map[string]fault.Where // each code, with the place of its first definition
	broken   map[any]bool           // constants and indicators whose own unit is unknown
	file     string                 // that is being checked
	faults   fault.List
}

func (d *definer) fail(at mark, f *fault.Fault) bool {
	f.Where = at.in(d.file)
	d.faults = append(d.faults, f)
	return false
}

// claim takes a code for a definition; false when it is taken.
func (d *definer) claim(code string, at fault.Where) bool {
	f := (*fault.Fault)(nil)
	if first, taken := d.declared[code]; taken {
		f = ErrDuplicate.With(code, lang.Text{
			Zh: fmt.Sprintf("%s第%d行", first.File, first.Line), En: fmt.Sprintf("%s, line %d", first.File, first.Line)})
	} else if m, taken := d.catalogue.Lookup(code); taken {
		f = ErrIsMeasure.With(code, m.Label)
	}
	if f != nil {
		f.Where = at
		d.faults = append(d.faults, f)
		return false
	}
	d.declared[code] = at
	return true
}

// define goes through the set in three passes, each over all definitions and only when the one before found no fault:
// names and units, circles, and what the programs of all show.
func (d *definer) define() error {
	for _, code := range sortedKeys(d.constants) {
		c := d.constants[code]
		d.file = c.file
		d.broken[c] = !d.check(c.value)
	}
	for _, i := range d.indicators {
		d.file = i.file
		d.broken[i] = !d.declareUnit(i)
	}
	for _, i := range d.indicators {
		d.file = i.file
		if d.check(i.expression) && !d.broken[i] {
			d.result(i)
		}
	}
	if err := d.answer(); err != nil {
		return err
	}
	order := d.order()
	if err := d.answer(); err != nil {
		return err
	}
	for _, i := range order {
		d.compile(i)
	}
	return d.answer()
}

// defineBare checks an expression without code over a set that stands.
func (d *definer) defineBare(i *Indicator) error {
	d.file = i.file
	if d.check(i.expression) {
		i.unit = i.expression.unit
		d.compile(i)
	}
	return d.answer()
}

// answer is the faults so far, in the order of the text, at most faultsMax.
func (d *definer) answer() error {
	slices.SortStableFunc(d.faults, func(a, b *fault.Fault) int {
		return cmp.Or(cmp.Compare(a.Where.File, b.Where.File), cmp.Compare(a.Where.Line, b.Where.Line), cmp.Compare(a.Where.Col, b.Where.Col))
	})
	return d.faults[:min(len(d.faults), faultsMax)].Err()
}

// declareUnit reads the declared unit; that of a bare number is written 1.
func (d *definer) declareUnit(i *Indicator) bool {
	if i.declared == "1" {
		i.unit = figure.One
		return true
	}
	var ok bool
	i.unit, ok = d.unitOf(i.declared, i.declaredAt)
	return ok
}

// unitOf reads a unit. Of a product or quotient the first word that is no unit is named.
func (d *definer) unitOf(words string, at mark) (figure.Unit, bool) {
	u, ok := figure.UnitOf(words)
	if ok {
		return u, true
	}
	for _, part := range strings.FieldsFunc(words, func(r rune) bool { return r == '/' || r == '／' || r == '·' }) {
		if _, known := figure.UnitOf(part); !known {
			words = part
			break
		}
	}
	return u, d.fail(at, ErrUnknownUnit.With(words, d.nearestUnit(words)))
}

// nearestUnit looks among the units of the measures and of the indicators that stand.
func (d *definer) nearestUnit(wrong string) lang.Text {
	known := map[string]bool{}
	for _, code := range d.catalogue.Codes() {
		if m, ok := d.catalogue.Lookup(code); ok {
			known[m.Unit.String()] = true
		}
	}
	for _, i := range d.indicators {
		known[i.unit.String()] = true
	}
	return nearest(wrong, sortedKeys(known))
}

// order lists the indicators so that each stands behind those it refers to. A circle is a fault at the reference that
// closes it.
func (d *definer) order() []*Indicator {
	var order, path []*Indicator
	done, open := map[*Indicator]bool{}, map[*Indicator]bool{}
	var visit func(i *Indicator)
	visit = func(i *Indicator) {
		path = append(path, i)
		open[i] = true
		i.expression.each(func(n *node) {
			to, ok := n.ref.(*Indicator)
			switch {
			case !ok || done[to]:
			case open[to]:
				d.file = i.file
				d.fail(n.at, ErrCycle.With(circle(path, to)))
			default:
				visit(to)
			}
		})
		path = path[:len(path)-1]
		open[i], done[i] = false, true
		order = append(order, i)
	}
	for _, i := range d.indicators {
		if !done[i] {
			visit(i)
		}
	}
	return order
}

// circle writes the way from to back to itself: a → b → a.
func circle(path []*Indicator, to *Indicator) string {
	var codes []string
	for _, i := range path[slices.Index(path, to):] {
		codes = append(codes, i.code)
	}
	return strings.Join(append(codes, to.code), " → ")
}
