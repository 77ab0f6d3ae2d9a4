package record

import (
	"slices"

	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Kind is a record kind over the struct T.
type Kind[T any] struct {
	code     string
	label    lang.Text
	head     func(*T) *Head
	fields   []*field.Field[T] // unit and place first, then as declared
	specs    []*field.Spec     // of the fields
	stored   []*field.Field[T] // those with a column
	lists    []*field.Field[T]
	key      []*field.Field[T]
	ordered  []*field.Field[T]
	measures []*measure.Measure[T]
	derive   func(*T)
	rules    []rule[T]
	changes  []func(before, after *T, action access.Action) error
	writers  []func(before, after *T, m Moment) error
	flow     *workflow
	forGood  bool
}

// rule is a condition between fields; reads are those that it looks at, nil where it may look at any.
type rule[T any] struct {
	holds func(*T) error
	reads []*field.Field[T]
}

// Define declares a kind. Fields unit (所属单位) and place (发生地) belong to every kind and are added in front.
// It panics, saying where, on what cannot become tables and entries: see the table of refusals in kind_test.go.
func Define[T any](code string, zh lang.Zh, en lang.En, head func(*T) *Head, fields ...field.Any[T]) *Kind[T] {
	k := &Kind[T]{code: code, label: lang.Of(zh, en), head: head}
	unit := field.Unit("unit", "所属单位", "unit", func(r *T) *place.Unit { return &head(r).Unit }).Required().
		Note("单位代码，如430600；内设机构加-NN", "unit code, as 430600; a section adds -NN")
	where := field.Place("place", "发生地", "place", func(r *T) *place.Code { return &head(r).Place }).
		Note("行政区划代码，6、9或12位", "place code of 6, 9 or 12 digits")
	for _, a := range append([]field.Any[T]{unit, where}, fields...) {
		f := a.Erase()
		k.fields = append(k.fields, f)
		if f.List != nil {
			guardRows(&f.Spec)
			k.lists = append(k.lists, f)
		} else {
			k.stored = append(k.stored, f)
		}
	}
	k.specs = specs(k.fields)
	k.demandSound()
	return k
}

func (k *Kind[T]) has(f *field.Field[T]) bool { return slices.Contains(k.fields, f) }

// Key names the fields that tell one record from another (自然键); they are unique among records not withdrawn, and an
// import finds by them the record that a row is about. Texts among them are kept in one form, so that full-width and half-width
// writings of a number are one record.
func (k *Kind[T]) Key(fields ...field.Any[T]) *Kind[T] {
	k.demand(k.key == nil && len(fields) > 0, "the natural key is given once, with at least one field")
	for _, a := range fields {
		f := a.Erase()
		k.demand(k.has(f) && f.List == nil, "key field %s is not a column of the kind", f.Code)
		k.demand(f.Required && f.Since == 0, "key field %s must be required, from the first version on", f.Code)
		k.demand(!slices.Contains(k.key, f), "key field %s stands twice", f.Code)
		keepKeyForm(f)
		k.key = append(k.key, f)
	}
	return k
}

// Ordered names the fields in whose order long lists are read (列表次序): each has an index, in which the columns of most filters stand too, so that a page costs what
// is on it, however many records there are. Any other column may be sorted by too, and costs what there is.
func (k *Kind[T]) Ordered(fields ...field.Any[T]) *Kind[T] {
	k.demand(k.ordered == nil && len(fields) > 0, "the orders of lists are given once, with at least one field")
	for _, a := range fields {
		f := a.Erase()
		k.demand(k.has(f) && f.List == nil, "lists are in order of %s, which is not a column of the kind", f.Code)
		k.demand(!slices.Contains(k.ordered, f), "lists are in order of %s twice", f.Code)
		k.ordered = append(k.ordered, f)
	}
	return k
}

// Measures lists what is counted of the kind; each must read only the kind's own fields.
func (k *Kind[T]) Measures(ms ...*measure.Measure[T]) *Kind[T] {
	for _, m := range ms {
		k.demand(measureForm.MatchString(m.Code), "measure code %q is not of the form noun.what", m.Code)
		k.demand(m.Label.Whole() && m.Unit != "", "measure %s lacks its unit or a label in one language", m.Code)
		for _, other := range k.measures {
			k.demand(other.Code != m.Code, "measure %s stands twice", m.Code)
		}
		for _, f := range m.Fields() {
			k.demand(k.has(f), "measure %s reads %s, which is no field of the kind", m.Code, f.Code)
		}
		for _, f := range m.Reads() {
			m.Sensitivity = max(m.Sensitivity, f.Sensitivity)
		}
		m.Kind = k.code
		k.measures = append(k.measures, m)
	}
	return k
}

// Derive computes fields from others whenever a record is written: what a measure cannot say in conditions.
func (k *Kind[T]) Derive(compute func(*T)) *Kind[T] { k.derive = compute; return k }

// Rule adds a condition that the whole record must satisfy; it returns a fault. reads are the fields that it looks at, and in
// place of one that is computed those that it is computed from: it is judged when these are sound, whatever is wrong with the
// others. A rule that does not say them is judged when every field is sound.
func (k *Kind[T]) Rule(holds func(*T) error, reads ...field.Any[T]) *Kind[T] {
	r := rule[T]{holds: holds}
	for _, a := range reads {
		f := a.Erase()
		k.demand(k.has(f), "a rule reads %s, which is no field of the kind", f.Code)
		r.reads = append(r.reads, f)
	}
	k.rules = append(k.rules, r)
	return k
}

// ForGood says that a record which is withdrawn stays so (作废不恢复): one that others were told of or acted on at the moment it was made,
// as a publication, a signature, a delegation.
func (k *Kind[T]) ForGood() *Kind[T] { k.forGood = true; return k }

// ChangeRule adds a condition on a version and the one that it would replace: what may be changed only by a certain step
// (绩效目标批复后须凭文号调整). action is access.Edit or a transition; a withdrawal changes no content and is not asked, nor is
// taking it back. The rule returns a fault.
func (k *Kind[T]) ChangeRule(rule func(before, after *T, action access.Action) error) *Kind[T] {
	k.changes = append(k.changes, rule)
	return k
}

// WriterRule adds a condition on who changes a record, beyond what the role allows (谁可以改): before is the version that stands,
// nil for a new record. It is asked of every change, a withdrawal too, before the content is judged, which may therefore be
// unsound; of a record that is reinstated twice, as of a changed one and as of a new one. The rule returns a fault.
func (k *Kind[T]) WriterRule(rule func(before, after *T, m Moment) error) *Kind[T] {
	k.writers = append(k.writers, rule)
	return k
}
