package record

import (
	"fmt"
	"regexp"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/field"
	"anlan/record/measure"
)

// Kind is a record kind over the struct T.
type Kind[T any] struct {
	code     string
	label    lang.Text
	head     func(*T) *Head
	fields   []*field.Field[T] // unit and place first, then as declared
	stored   []*field.Field[T] // those with a column
	lists    []*field.Field[T]
	key      []*field.Field[T]
	measures []*measure.Measure[T]
	derive   func(*T)
	rules    []func(*T) error
	flow     *workflow
}

var codeForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}$`)

// reserved are the columns of the head; no field may take one.
var reserved = map[string]bool{"id": true, "row_no": true, "version": true, "state": true, "due_on": true, "moved_by": true, "began": true, "ended": true, "ext": true}

// Define declares a kind. Fields unit (所属单位) and place (发生地) belong to every kind and are added in front.
// It panics, saying where, on a code that is no identifier, a field twice, or a label that lacks a language.
func Define[T any](code string, zh lang.Zh, en lang.En, head func(*T) *Head, fields ...field.Any[T]) *Kind[T] {
	k := &Kind[T]{code: code, label: lang.Of(zh, en), head: head}
	k.demand(codeForm.MatchString(code), "kind code %q is not 2 to 30 of a-z, 0-9, _", code)
	k.demand(k.label.Whole(), "a label is missing")
	unit := field.Unit("unit", "所属单位", "unit", func(r *T) *place.Unit { return &head(r).Unit }).Required().
		Note("单位代码，如430600；内设机构加-NN", "unit code, as 430600; a section adds -NN")
	where := field.Place("place", "发生地", "place", func(r *T) *place.Code { return &head(r).Place }).
		Note("行政区划代码，6、9或12位", "place code of 6, 9 or 12 digits")
	seen := map[string]bool{}
	for _, a := range append([]field.Any[T]{unit, where}, fields...) {
		f := a.Erase()
		k.demand(codeForm.MatchString(f.Code), "field code %q is not 2 to 30 of a-z, 0-9, _", f.Code)
		k.demand(!seen[f.Code] && !reserved[f.Code] && !reserved[f.Column], "field %s stands twice or takes a reserved name", f.Code)
		k.demand(f.Label.Whole(), "field %s lacks a label in one language", f.Code)
		seen[f.Code] = true
		k.fields = append(k.fields, f)
		if f.List != nil {
			k.lists = append(k.lists, f)
		} else {
			k.stored = append(k.stored, f)
		}
	}
	return k
}

func (k *Kind[T]) demand(ok bool, format string, args ...any) {
	if !ok {
		panic("record: kind " + k.code + ": " + fmt.Sprintf(format, args...))
	}
}

func (k *Kind[T]) has(f *field.Field[T]) bool {
	for _, x := range k.fields {
		if x == f {
			return true
		}
	}
	return false
}

// Key names the fields that tell one record from another (自然键); they are unique among records not withdrawn, and an
// import finds by them the record that a row is about.
func (k *Kind[T]) Key(fields ...field.Any[T]) *Kind[T] {
	for _, a := range fields {
		f := a.Erase()
		k.demand(k.has(f) && f.List == nil, "key field %s is not a column of the kind", f.Code)
		k.demand(f.Required, "key field %s must be required", f.Code)
		k.key = append(k.key, f)
	}
	return k
}

// Measures lists what is counted of the kind; each must read only the kind's own fields.
func (k *Kind[T]) Measures(ms ...*measure.Measure[T]) *Kind[T] {
	for _, m := range ms {
		k.demand(m.Label.Whole(), "measure %s lacks a label in one language", m.Code)
		for _, f := range m.Fields() {
			k.demand(k.has(f), "measure %s reads %s, which is no field of the kind", m.Code, f.Code)
		}
		m.Kind = k.code
	}
	k.measures = append(k.measures, ms...)
	return k
}

// Derive computes fields from others whenever a record is written: what a measure cannot say in conditions.
func (k *Kind[T]) Derive(compute func(*T)) *Kind[T] { k.derive = compute; return k }

// Rule adds a condition that the whole record must satisfy; it returns a fault.
func (k *Kind[T]) Rule(rule func(*T) error) *Kind[T] { k.rules = append(k.rules, rule); return k }

// Typed is r as the kind's struct.
func (k *Kind[T]) Typed(r any) *T { return r.(*T) }

// Of is a kind with its struct type erased. Records are *T inside an any.
type Of interface {
	Code() string
	Label() lang.Text
	Fields() []*field.Spec
	KeyFields() []*field.Spec
	MeasureSpecs() []*measure.Spec
	States() []StateSpec
	Start() State
	Steps() []Step

	New() any
	Clone(r any) any
	Head(r any) *Head
	Text(r any, f int) string
	Parse(r any, f int, s string) error
	Driver(f int, s string) (any, error)
	List(f int) ListOf
	KeyText(r any) []string
	Check(r any, today period.Day) fault.List
	Move(r any, action string, m Moment) error
	DueOn(r any, m Moment) period.Day

	Columns() []string
	Values(r any, buf []any) []any
	Load(values []any) (any, error)
	Tables() []ListTable

	Post(r any, measure int, buf []measure.Posting) []measure.Posting
	MeasureSQL(measure int, s measure.Slice) (string, []any)
}

// ListOf reads and writes the rows of one rows field.
type ListOf interface {
	Specs() []*field.Spec
	Len(r any) int
	Text(r any, row, f int) string
	Grow(r any)
	Parse(r any, row, f int, s string) error
	Reset(r any)
	Store(r any, row int, buf []any) []any
	Append(r any, values []any) error
}

// ListTable is the table of a rows field.
type ListTable struct {
	Name    string   // hazard_step
	Parent  string   // hazard_id
	Columns []string // of the row's fields
	Field   int      // index in Fields
}
