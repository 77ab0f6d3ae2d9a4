package source

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store/journal"
)

// Number is what records give: a value in the measure's own unit, from so many records (below 0: nobody has counted them).
type Number struct {
	Value   *big.Rat
	Records int
}

// Base answers from records alone, all asks together and in their order.
type Base interface {
	Values(ctx context.Context, asks []Ask) ([]Number, error)
}

// Answer is a figure with where it comes from.
type Answer struct {
	Value   *big.Rat // in the unit of the measure; nil: none recorded, because of what is Missing
	Records int      // behind it, returns and documents among them; below 0: not counted
	Parts   []Part   // of which it is the sum; one of records where there is no other source
	Missing []Missing
	Others  []Other // what other sources say of the same
}

// Part is what one source contributes.
type Part struct {
	Source  Sort
	Unit    place.Unit
	Code    string // FORM.ITEM of returns and final accounts; else the measure
	Period  period.Period
	Less    bool     // taken away: records of a unit whose own source counts in their place
	Value   *big.Rat // before it is taken away
	Edition Edition  // of returns and final accounts
	Basis   Basis    // of print
	Where   string   // the document of print
}

// Missing is what a source should have stated and has not.
type Missing struct {
	Source Sort
	Unit   place.Unit
	Code   string
	Period period.Period
}

// Other is the figure by another source, an earlier edition or another basis.
type Other struct {
	Part
	Difference *big.Rat // by which the figure is above it; nil where there is no figure
}

// AsPrinted is the figure as it was published, for who sets a later one beside it: what print says of the very unit and period, and what
// the figure is otherwise beside it. Where nobody entered what was published it is missing.
func (a Answer) AsPrinted(of Ask) Answer {
	if !slices.ContainsFunc(a.Parts, func(p Part) bool { return p.Source != Published }) && len(a.Parts) > 0 {
		return a
	}
	i := slices.IndexFunc(a.Others, func(o Other) bool { return o.Source == Published })
	if i < 0 {
		return Answer{Missing: []Missing{{Published, of.Unit, of.Measure, of.Period}}}
	}
	out := Answer{Value: a.Others[i].Value, Records: 1, Parts: []Part{a.Others[i].Part}}
	if a.Value != nil && len(a.Parts) > 0 {
		known := a.Parts[0]
		known.Value, known.Less = a.Value, false
		out.other(known)
	}
	return out
}

// Edition is the least final edition among the parts; empty where only records and print have a part.
func (a Answer) Edition() Edition {
	var least Edition
	for _, p := range a.Parts {
		if p.Edition != "" && (least == "" || p.Edition.rank() < least.rank()) {
			least = p.Edition
		}
	}
	return least
}

// Sources lists the sorts of sources that have a part, records first.
func (a Answer) Sources() []Sort {
	var out []Sort
	for _, s := range []Sort{Records, Returns, Final, Published, CitedSort} {
		if slices.ContainsFunc(a.Parts, func(p Part) bool { return p.Source == s && !p.Less }) ||
			slices.ContainsFunc(a.Missing, func(m Missing) bool { return m.Source == s }) {
			out = append(out, s)
		}
	}
	return out
}

// Combined answers from records and the sources beside them. It belongs to the view that it was read from.
type Combined struct {
	at         journal.Position // of the view; 0: now
	base       Base
	measures   map[string]Measure // that kinds declare
	items      map[string]Item
	family     *family
	coverages  map[string][]Coverage // by measure
	withheld   map[withheldKey]Withheld
	standing   map[string][]string         // the items that stand for a measure, sorted
	read       func(need) (*ledger, error) // what some asks need
	statements func(need) ([]*statement, error)
	detailed   func(booksKey, []place.Unit) (books, error) // what was booked by project or by economic class
	books      map[booksKey]books                          // of those asked for
	promised   func(period.Period, []place.Unit) ([]targeted, error)
	allow      func(place.Unit) error // refuses a unit whose figures the actor may not have
}

// need is what some asks want to know of the sources beside records.
type need struct {
	forms     []string
	published []string
	cited     []string
	span      period.Period
}

// Values answers the asks, in their order. Records are asked once for all of them, and each other source by one query.
func (c *Combined) Values(ctx context.Context, asks []Ask) ([]Answer, error) {
	if len(asks) == 0 {
		return nil, nil
	}
	l, err := c.read(c.needs(asks))
	if err != nil {
		return nil, err
	}
	w := &work{Combined: c, ledger: l, asked: map[Ask]int{}}
	out := make([]Answer, len(asks))
	plans := make([][]spell, len(asks))
	for i, a := range asks {
		if m, isMeasure := c.measures[a.Measure]; isMeasure {
			plans[i] = w.plan(a, m)
			continue
		}
		if err := c.allow(a.Unit); err != nil {
			return nil, err
		}
		if c.items[a.Measure].Detail != nil {
			continue
		}
		out[i] = w.item(a)
		if len(out[i].Parts) == 0 {
			if plans[i], err = w.unstated(a); err != nil {
				return nil, err
			}
		}
	}
	if len(w.base) > 0 {
		if w.numbers, err = c.base.Values(ctx, w.base); err != nil {
			return nil, err
		}
	}
	for i, a := range asks {
		if m, isMeasure := c.measures[a.Measure]; isMeasure {
			out[i] = w.measure(a, m, plans[i])
		} else if x := c.items[a.Measure]; x.Detail != nil {
			if out[i], err = w.detail(a, x); err != nil {
				return nil, err
			}
		} else if plans[i] != nil {
			behind := Ask{x.StandsFor, a.Period, a.Unit}
			if booked := w.measure(behind, c.measures[x.StandsFor], plans[i]); booked.Value != nil {
				out[i] = booked
			}
		}
	}
	return out, nil
}

// AllWithheld lists the figures that are computed and not printed, in a fixed order.
func (c *Combined) AllWithheld() []Ask {
	var out []Ask
	for k := range c.withheld {
		out = append(out, Ask{k.code, k.period, k.unit})
	}
	slices.SortFunc(out, Compare)
	return out
}

// Withheld says whether a figure is computed and not printed: an indicator's or a measure's, of exactly this unit and period.
func (c *Combined) Withheld(code string, unit place.Unit, p period.Period) (Withheld, bool) {
	w, ok := c.withheld[withheldKey{code, unit, p}]
	return w, ok
}

// needs gathers what is to be read: the forms whose items cover a measure, stand for it or are asked for themselves.
func (c *Combined) needs(asks []Ask) need {
	var n need
	first, last := asks[0].Period.First(), asks[0].Period.Last()
	wanted := map[string]bool{}
	for _, a := range asks {
		wanted[a.Measure] = true
		if a.Period.First().Before(first) {
			first = a.Period.First()
		}
		if last.Before(a.Period.Last()) {
			last = a.Period.Last()
		}
		for _, x := range c.coverages[a.Measure] {
			if form, _, ok := strings.Cut(x.Item, "."); ok {
				n.forms = append(n.forms, form)
			}
		}
		if code, ok := strings.CutPrefix(a.Measure, Cited+"."); ok {
			n.cited = append(n.cited, code)
		}
		n.published = append(n.published, a.Measure)
	}
	for code, x := range c.items {
		if form, _, _ := strings.Cut(code, "."); form != Cited && (wanted[code] || wanted[x.StandsFor]) {
			n.forms = append(n.forms, form)
		}
	}
	for _, list := range []*[]string{&n.forms, &n.published, &n.cited} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	n.span = wholeYears(period.Span(first, last))
	return n
}

// work is the answering of some asks.
type work struct {
	*Combined
	ledger  *ledger
	base    []Ask // of records
	asked   map[Ask]int
	numbers []Number // of base
}

// ask puts a question to the records, once.
func (w *work) ask(a Ask) {
	if _, again := w.asked[a]; !again {
		w.asked[a] = len(w.base)
		w.base = append(w.base, a)
	}
}

func (w *work) records(a Ask) Number { return w.numbers[w.asked[a]] }

// plan finds the spells of a figure and asks the records for those that are theirs. Records are always asked for the whole:
// they are what another source is compared with, and they know whether the actor may have figures of the unit.
func (w *work) plan(a Ask, m Measure) []spell {
	w.ask(a)
	if len(w.coverages[a.Measure]) == 0 {
		return []spell{{piece{source: Records, unit: a.Unit}, a.Period}}
	}
	c := compose(w.family, w.coverages[a.Measure])
	spells := c.flow
	if m.Shape == Stock {
		spells = c.stock
	}
	out := spells(a.Unit, a.Period)
	for _, s := range out {
		if s.source == Records {
			w.ask(Ask{a.Measure, s.period, s.unit})
		}
	}
	return out
}

// unstated finds the spells of what stands behind an item that the final accounts do not state: of a span of which the book has
// vouchers they are the figure, as they are of a project or class that no line of the accounts names.
func (w *work) unstated(a Ask) ([]spell, error) {
	x := w.items[a.Measure]
	m, isMeasure := w.measures[x.StandsFor]
	if sourceOf(a.Measure) != Final || !isMeasure || len(w.coverages[a.Measure]) > 0 {
		return nil, nil
	}
	books, err := w.booked(Paid, true, a)
	if err != nil || !books.any {
		return nil, err
	}
	return w.plan(Ask{x.StandsFor, a.Period, a.Unit}, m), nil
}

// measure adds the spells of a figure up.
func (w *work) measure(a Ask, m Measure, spells []spell) Answer {
	sum := new(big.Rat)
	out := Answer{}
	for _, s := range spells {
		switch s.source {
		case Records:
			n := w.records(Ask{a.Measure, s.period, s.unit})
			out.part(sum, Part{Source: Records, Unit: s.unit, Code: a.Measure, Period: s.period, Less: s.less, Value: n.Value})
			out.count(n.Records, s.less)
		case Returns:
			x := w.items[s.item]
			w.stated(&out, sum, x, s.unit, s.period, w.reporters(x, s.period), m)
		default:
			w.told(&out, sum, lineKey{s.source, a.Measure, s.unit}, s.period, m)
		}
	}
	out.finish(sum)
	w.others(&out, a, m)
	return out
}

// told adds what a line says of a span, or notes what is missing. What earlier editions say of the same stands beside.
func (w *work) told(out *Answer, sum *big.Rat, key lineKey, span period.Period, m Measure) {
	f := w.ledger.lines[key].in(span, m.Shape, w.grain(key))
	for _, g := range f.gaps {
		out.Missing = append(out.Missing, Missing{key.source, key.unit, key.code, g})
	}
	for i, t := range f.told {
		p := w.say(key, f.periods[i], t, m)
		out.part(sum, p)
		out.count(1, false)
		for _, o := range t.older {
			older := w.say(key, f.periods[i], o, m)
			out.Others = append(out.Others, Other{older, new(big.Rat).Sub(p.Value, older.Value)})
		}
	}
}

// say is what a line says of a period, in the unit of the measure.
func (w *work) say(key lineKey, p period.Period, t told, m Measure) Part {
	return Part{Source: key.source, Unit: key.unit, Code: key.code, Period: p, Value: w.convert(key, t.value, m), Edition: t.edition, Basis: t.basis, Where: t.where}
}

// grain is that of the form of an item; print is of whatever period it is printed for.
func (w *work) grain(key lineKey) Grain {
	if key.source == Returns || key.source == Final {
		return w.items[key.code].Grain
	}
	return ""
}

// convert brings a value of an item into the unit of the measure; Judge has seen that it can be.
func (w *work) convert(key lineKey, v *big.Rat, m Measure) *big.Rat {
	if x, ok := w.items[key.code]; ok && key.source != Published {
		if to, err := x.Unit.Convert(v, m.Unit); err == nil {
			return to
		}
	}
	return v
}

// part adds to a sum.
func (a *Answer) part(sum *big.Rat, p Part) {
	a.Parts = append(a.Parts, p)
	switch {
	case p.Value == nil:
		a.Missing = append(a.Missing, Missing{p.Source, p.Unit, p.Code, p.Period})
	case p.Less:
		sum.Sub(sum, p.Value)
	default:
		sum.Add(sum, p.Value)
	}
}

// count adds to the number of records; what nobody counted makes the whole uncounted.
func (a *Answer) count(n int, less bool) {
	switch {
	case n < 0 || a.Records < 0:
		a.Records = -1
	case less:
		a.Records -= n
	default:
		a.Records += n
	}
}

func (a *Answer) finish(sum *big.Rat) {
	if len(a.Missing) == 0 {
		a.Value = sum
	}
}

// others finds what else is said of the very unit and period: records where they are not the figure, items that stand for
// the measure, and print.
func (w *work) others(out *Answer, a Ask, m Measure) {
	onlyRecords := len(out.Missing) == 0 && !slices.ContainsFunc(out.Parts, func(p Part) bool { return p.Source != Records })
	if n := w.records(a); !onlyRecords && n.Value != nil && n.Value.Sign() != 0 {
		out.other(Part{Source: Records, Unit: a.Unit, Code: a.Measure, Period: a.Period, Value: n.Value})
	}
	for _, code := range w.standing[a.Measure] {
		w.beside(out, lineKey{sourceOf(code), code, a.Unit}, a.Period, m)
	}
	w.beside(out, lineKey{Published, a.Measure, a.Unit}, a.Period, m)
}

// beside adds what a line says of a span, unless it is a part of the figure.
func (w *work) beside(out *Answer, key lineKey, span period.Period, m Measure) {
	if slices.ContainsFunc(out.Parts, func(p Part) bool { return p.Source == key.source && p.Code == key.code && p.Unit == key.unit }) {
		return
	}
	f := w.ledger.lines[key].in(span, m.Shape, w.grain(key))
	if f.value != nil {
		t := f.told[0]
		t.value = f.value
		out.other(w.say(key, span, t, m))
	}
}

func (a *Answer) other(p Part) {
	o := Other{Part: p}
	if a.Value != nil {
		o.Difference = new(big.Rat).Sub(a.Value, p.Value)
	}
	a.Others = append(a.Others, o)
}

// item answers for an item of a form, or a cited number: what the unit itself states, else what those below it state; print
// where a coverage says so.
func (w *work) item(a Ask) Answer {
	x := w.items[a.Measure]
	m := Measure{x.Unit, x.Shape}
	out, sum := Answer{}, new(big.Rat)
	covered, _ := compose(w.family, w.coverages[a.Measure]).governing(a.Unit, a.Period.Last())
	switch {
	case covered.Source == Published:
		w.told(&out, sum, lineKey{Published, a.Measure, a.Unit}, a.Period, m)
	case sourceOf(a.Measure) == CitedSort:
		key := lineKey{CitedSort, a.Measure, a.Unit}
		if t, ok := w.ledger.lines[key][a.Period]; ok {
			out.part(sum, w.say(key, a.Period, t, m))
			out.count(1, false)
		} else {
			out.Missing = append(out.Missing, Missing{CitedSort, a.Unit, a.Measure, a.Period})
		}
	default:
		w.stated(&out, sum, x, a.Unit, a.Period, w.reporters(x, a.Period), m)
	}
	out.finish(sum)
	w.beside(&out, lineKey{Published, a.Measure, a.Unit}, a.Period, m)
	return out
}

// reporters are the units of which an item is expected in a period: those that state it for any part of the years in which
// the period lies, and those of which a coverage says that they do.
func (w *work) reporters(x Item, p period.Period) []place.Unit {
	years := wholeYears(p)
	var out []place.Unit
	for _, u := range w.ledger.units[x.Code] {
		for q := range w.ledger.lines[lineKey{sourceOf(x.Code), x.Code, u}] {
			if years.Contains(q.First()) || years.Contains(q.Last()) {
				out = append(out, u)
				break
			}
		}
	}
	for _, list := range w.coverages {
		for _, c := range list {
			if c.Item == x.Code && !p.Last().Before(c.From) && (c.Until.IsZero() || p.First().Before(c.Until)) {
				out = append(out, c.Covered)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// wholeYears are the calendar years in which a period lies.
func wholeYears(p period.Period) period.Period {
	return period.Span(period.MustDay(p.First().Year(), 1, 1), period.MustDay(p.Last().Year(), 12, 31))
}

// stated adds what a unit states of an item for a span. A unit that states nothing whole of its own is the sum of those
// below it of which the item is expected; where there are none, what is missing is noted.
func (w *work) stated(out *Answer, sum *big.Rat, x Item, unit place.Unit, span period.Period, reporters []place.Unit, m Measure) {
	key := lineKey{sourceOf(x.Code), x.Code, unit}
	var below []spell
	if w.ledger.lines[key].in(span, x.Shape, x.Grain).value == nil {
		for _, u := range w.family.topmost(w.under(reporters, unit), span.Last()) {
			for _, s := range w.family.spans(u, unit) {
				if part := within(span, s, x.Shape); !part.IsZero() {
					below = append(below, spell{piece{unit: u}, part})
				}
			}
		}
	}
	if below == nil {
		w.told(out, sum, key, span, m)
		return
	}
	for _, b := range below {
		w.stated(out, sum, x, b.unit, b.period, reporters, m)
	}
}

// under are the units of a list that ever stand under another, without itself.
func (w *work) under(units []place.Unit, above place.Unit) []place.Unit {
	return slices.DeleteFunc(slices.Clone(units), func(u place.Unit) bool { return u == above || len(w.family.spans(u, above)) == 0 })
}

// within is the part of a span on which something holds; of a stock the whole span, if it holds on its last day.
func within(span period.Period, s place.Span, shape Shape) period.Period {
	first, last := span.First(), span.Last()
	if shape == Stock {
		if !s.From.IsZero() && last.Before(s.From) || !s.Until.IsZero() && !last.Before(s.Until) {
			return period.Period{}
		}
		return span
	}
	if !s.From.IsZero() && first.Before(s.From) {
		first = s.From
	}
	if !s.Until.IsZero() && !last.Before(s.Until) {
		last = s.Until.Add(-1)
	}
	return period.Span(first, last)
}

// UnitOf is the unit of measure of a measure or item.
func (c *Combined) UnitOf(code string) (figure.Unit, bool) {
	if m, ok := c.measures[code]; ok {
		return m.Unit, true
	}
	x, ok := c.items[code]
	return x.Unit, ok
}

// Compare orders asks: by measure, unit and period.
func Compare(a, b Ask) int {
	return cmp.Or(strings.Compare(a.Measure, b.Measure), strings.Compare(string(a.Unit), string(b.Unit)), strings.Compare(a.Period.String(), b.Period.String()))
}
