package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Code is the kind's code, which is its table's name.
func (k *Kind[T]) Code() string { return k.code }

// Label names the kind.
func (k *Kind[T]) Label() lang.Text { return k.label }

// Fields lists the fields: unit, place, then in the order of the paper form.
func (k *Kind[T]) Fields() []*field.Spec { return slices.Clip(k.specs) }

// KeyFields lists the fields of the natural key.
func (k *Kind[T]) KeyFields() []*field.Spec { return specs(k.key) }

// OrderedBy lists the fields in whose order an index has the records.
func (k *Kind[T]) OrderedBy() []*field.Spec { return specs(k.ordered) }

func specs[T any](fields []*field.Field[T]) []*field.Spec {
	out := make([]*field.Spec, len(fields))
	for i, f := range fields {
		out[i] = &f.Spec
	}
	return out
}

// MeasureSpecs lists the measures.
func (k *Kind[T]) MeasureSpecs() []*measure.Spec {
	out := make([]*measure.Spec, len(k.measures))
	for i, m := range k.measures {
		out[i] = &m.Spec
	}
	return out
}

// New is an empty record.
func (k *Kind[T]) New() any { return new(T) }

// Clone is a copy of r that shares no rows with it.
func (k *Kind[T]) Clone(r any) any {
	from := r.(*T)
	to := *from
	for _, f := range k.fields {
		f.Copy(&to, from)
	}
	return &to
}

// Copy sets field f of one record to that of another.
func (k *Kind[T]) Copy(to, from any, f int) { k.fields[f].Copy(to.(*T), from.(*T)) }

// Head is the head of r.
func (k *Kind[T]) Head(r any) *Head { return k.head(r.(*T)) }

// Text is field f of r as a sheet would hold it.
func (k *Kind[T]) Text(r any, f int) string { return k.fields[f].Text(r.(*T)) }

// Parse sets field f of r from office writing.
func (k *Kind[T]) Parse(r any, f int, s string) error { return k.fields[f].Parse(r.(*T), s) }

// Driver turns office writing into the driver value of field f, for filters.
func (k *Kind[T]) Driver(f int, s string) (any, error) { return k.fields[f].Driver(s) }

// List gives access to the rows of field f; nil when f is no rows field.
func (k *Kind[T]) List(f int) ListOf {
	if l := k.fields[f].List; l != nil {
		return erasedList[T]{l}
	}
	return nil
}

// KeyText is the natural key of r, as text.
func (k *Kind[T]) KeyText(r any) []string {
	out := make([]string, len(k.key))
	for i, f := range k.key {
		out[i] = f.Text(r.(*T))
	}
	return out
}

// NameOf is what a person calls r: its natural key, or its id where the kind has none.
func NameOf(k Of, r any) string {
	if key := k.KeyText(r); len(key) > 0 {
		return strings.Join(key, " ")
	}
	return k.Head(r).ID.String()
}

// Check computes derived fields and gives every fault of r.
func (k *Kind[T]) Check(r any, today period.Day) fault.List { return k.CheckRead(r, today, nil) }

// CheckRead is Check for a record of which some fields could not be read: unread says which, by field. They, and what is computed
// while one is missing, are not faulted again, and a rule is judged when the fields that it looks at are sound.
func (k *Kind[T]) CheckRead(r any, today period.Day, unread []bool) (faults fault.List) {
	t := r.(*T)
	if k.derive != nil {
		k.derive(t)
	}
	partly := slices.Contains(unread, true)
	unsound := map[*field.Field[T]]bool{}
	for i, f := range k.fields {
		if partly && (unread[i] || f.Derived) {
			unsound[f] = true
			continue
		}
		if found := f.Check(t, today); len(found) > 0 {
			unsound[f] = true
			faults = append(faults, found...)
		}
	}
	for _, rule := range k.rules {
		if !rule.mayJudge(unsound) {
			continue
		}
		if err := faults.Add(rule.holds(t)); err != nil {
			panic(fmt.Sprintf("record: a rule of %s returned no fault: %v", k.code, err))
		}
	}
	return faults
}

// mayJudge says whether what the rule looks at is sound.
func (r rule[T]) mayJudge(unsound map[*field.Field[T]]bool) bool {
	if r.reads == nil {
		return len(unsound) == 0
	}
	return !slices.ContainsFunc(r.reads, func(f *field.Field[T]) bool { return unsound[f] })
}

// Computed is a value that the record has computed otherwise than it stood.
type Computed struct {
	Field         int
	Line, Column  int // of a list of rows: the row, from 1, and the index of its field; 0, 0 for a field of the record
	Given, Result string
}

// Compute computes the derived fields of r, and lists those whose values stood otherwise before; what was absent is not among
// them. Of a plain number, and of a yes or no, absent is 0 and no: only the caller knows whether it was given.
func (k *Kind[T]) Compute(r any) (out []Computed) {
	if k.derive == nil {
		return nil
	}
	t := r.(*T)
	given := make([][]string, len(k.fields))
	for i, f := range k.fields {
		given[i] = textsOf(f, t)
	}
	k.derive(t)
	for i, f := range k.fields {
		now := textsOf(f, t)
		if len(now) != len(given[i]) {
			continue // rows are not computed
		}
		for j, text := range given[i] {
			if text == "" || text == now[j] {
				continue
			}
			c := Computed{Field: i, Given: text, Result: now[j]}
			if f.List != nil {
				c.Line, c.Column = j/len(f.List.Specs)+1, j%len(f.List.Specs)
			}
			out = append(out, c)
		}
	}
	return out
}

// CheckChange gives every fault of the step from one version to the next, both of which Check has found sound.
func (k *Kind[T]) CheckChange(before, after any, action access.Action) (faults fault.List) {
	for _, rule := range k.changes {
		if err := faults.Add(rule(before.(*T), after.(*T), action)); err != nil {
			panic(fmt.Sprintf("record: a change rule of %s returned no fault: %v", k.code, err))
		}
	}
	return faults
}

// textsOf are the values of a field as text: one, or those of a list row by row.
func textsOf[T any](f *field.Field[T], t *T) []string {
	if f.List == nil {
		return []string{f.Text(t)}
	}
	var out []string
	for i := range f.List.Len(t) {
		for j := range f.List.Specs {
			out = append(out, f.List.Text(t, i, j))
		}
	}
	return out
}

// CheckWriter gives every reason why the actor of the moment may not make this change; before is nil for a new record.
func (k *Kind[T]) CheckWriter(before, after any, m Moment) (faults fault.List) {
	var old *T
	if before != nil {
		old = before.(*T)
	}
	for _, rule := range k.writers {
		if err := faults.Add(rule(old, after.(*T), m)); err != nil {
			panic(fmt.Sprintf("record: a writer rule of %s returned no fault: %v", k.code, err))
		}
	}
	return faults
}

// Columns are the columns of the kind's table: head, then stored fields.
func (k *Kind[T]) Columns() []string {
	out := append([]string(nil), headColumns...)
	for _, f := range k.stored {
		out = append(out, f.Column)
	}
	return out
}

var headColumns = []string{"row_no", "id", "version", "state", "due_on", "moved_by", "began", "ext"}

// Values gives the driver values of r in order of Columns.
func (k *Kind[T]) Values(r any, buf []any) []any {
	t := r.(*T)
	h := k.head(t)
	buf = append(buf[:0], h.Row, h.ID.String(), h.Version, string(h.State), dayValue(h.DueOn), h.MovedBy, h.Began, h.Ext.store())
	for _, f := range k.stored {
		buf = append(buf, f.Store(t))
	}
	return buf
}

func dayValue(d period.Day) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// Load makes a record of the driver values in order of Columns, followed by "ended" when that column was read too.
func (k *Kind[T]) Load(values []any) (any, error) {
	t := new(T)
	h := k.head(t)
	n := len(headColumns)
	if len(values) < n+len(k.stored) {
		return nil, fmt.Errorf("record: %s has %d columns, got %d values", k.code, n+len(k.stored), len(values))
	}
	var faults []error
	note := func(column string, err error) {
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", column, err))
		}
	}
	number := func(column string, v any) int64 {
		i, ok := v.(int64)
		if !ok {
			note(column, fmt.Errorf("a number is stored as %T", v))
		}
		return i
	}
	text := func(column string, v any) string {
		s, ok := v.(string)
		if !ok {
			note(column, fmt.Errorf("a text is stored as %T", v))
		}
		return s
	}
	h.Row, h.Version, h.Began = number("row_no", values[0]), number("version", values[2]), number("began", values[6])
	h.State, h.MovedBy = State(text("state", values[3])), text("moved_by", values[5])
	note("id", h.ID.Scan(values[1]))
	note("due_on", h.DueOn.Scan(values[4]))
	ext, err := readExt(values[7])
	note("ext", err)
	h.Ext = ext
	for i, f := range k.stored {
		note(f.Column, f.Scan(t, values[n+i]))
	}
	if len(values) > n+len(k.stored) {
		h.Ended = number("ended", values[n+len(k.stored)])
	}
	if faults != nil {
		return nil, fmt.Errorf("record: a row of %s (row_no %d, began %d): %w", k.code, h.Row, h.Began, errors.Join(faults...))
	}
	return t, nil
}

// Tables lists the tables of the rows fields.
func (k *Kind[T]) Tables() []ListTable {
	var out []ListTable
	for i, f := range k.fields {
		if f.List == nil {
			continue
		}
		t := ListTable{Name: k.code + "_" + f.Code, Parent: k.code + "_id", Field: i}
		for _, s := range f.List.Specs {
			t.Columns = append(t.Columns, s.Column)
		}
		out = append(out, t)
	}
	return out
}

// WithdrawnForGood says whether a record that is withdrawn stays so.
func (k *Kind[T]) WithdrawnForGood() bool { return k.forGood }

// Post gives what r posts to measure m; a withdrawn record posts nothing.
func (k *Kind[T]) Post(r any, m int, buf []measure.Posting) []measure.Posting {
	t := r.(*T)
	if k.head(t).State == Withdrawn {
		return buf
	}
	return k.measures[m].Post(t, buf)
}

// MeasureSQL asks measure m of the tables.
func (k *Kind[T]) MeasureSQL(m int, s measure.Slice) (string, []any) {
	return k.measures[m].SQL(k.code, s)
}

// MeasureWords is the definition of measure m as a reader would put it.
func (k *Kind[T]) MeasureWords(m int) lang.Text { return k.measures[m].Words() }

type erasedList[T any] struct{ l *field.List[T] }

func (e erasedList[T]) Specs() []*field.Spec          { return e.l.Specs }
func (e erasedList[T]) Len(r any) int                 { return e.l.Len(r.(*T)) }
func (e erasedList[T]) Text(r any, row, f int) string { return e.l.Text(r.(*T), row, f) }
func (e erasedList[T]) Grow(r any)                    { e.l.Grow(r.(*T)) }
func (e erasedList[T]) Parse(r any, row, f int, s string) error {
	return e.l.Parse(r.(*T), row, f, s)
}
func (e erasedList[T]) Reset(r any) { e.l.Reset(r.(*T)) }
func (e erasedList[T]) Store(r any, row int, buf []any) []any {
	return e.l.Store(r.(*T), row, buf)
}
func (e erasedList[T]) Append(r any, values []any) error { return e.l.Append(r.(*T), values) }
