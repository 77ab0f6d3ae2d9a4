package record

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// Of is a kind with its struct type erased. Records are *T inside an any.
type Of interface {
	Code() string
	Label() lang.Text
	Fields() []*field.Spec
	KeyFields() []*field.Spec
	OrderedBy() []*field.Spec
	MeasureSpecs() []*measure.Spec
	States() []StateSpec
	Start() State
	Steps() []Step
	WithdrawnForGood() bool

	New() any
	Clone(r any) any
	Copy(to, from any, f int)
	Head(r any) *Head
	Text(r any, f int) string
	Parse(r any, f int, s string) error
	Driver(f int, s string) (any, error)
	List(f int) ListOf
	KeyText(r any) []string
	Check(r any, today period.Day) fault.List
	CheckRead(r any, today period.Day, unread []bool) fault.List
	Compute(r any) []Computed
	CheckChange(before, after any, action access.Action) fault.List
	CheckWriter(before, after any, m Moment) fault.List
	Move(r any, action string, m Moment) error
	Reached(r any, m Moment) error
	DueOn(r any, m Moment) period.Day

	Columns() []string
	Values(r any, buf []any) []any
	Load(values []any) (any, error)
	Tables() []ListTable

	Post(r any, measure int, buf []measure.Posting) []measure.Posting
	MeasureSQL(measure int, s measure.Slice) (string, []any)
	MeasureWords(measure int) lang.Text
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
