package field

import (
	"slices"
	"strconv"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
)

// TypeRows is a list of rows in a table of its own.
const TypeRows Type = "rows"

// rowsMax bounds the rows of one record: a roll longer than this is records of its own.
const rowsMax = 5_000

// ErrTooManyRows is what Check says of a longer list.
var ErrTooManyRows = fault.Define("field.too_many_rows", fault.TooLarge,
	"“%s”有%d行，最多%d行", "%q has %d rows; at most %d are allowed")

// List is the rows of a record: their table is <kind>_<code>, keyed by the record and a line number from 1. Rows have no
// version of their own; they are written and superseded with their record.
type List[T any] struct {
	// Specs are the fields of a row, in order of the columns.
	Specs []*Spec
	// Len is the number of rows of r.
	Len func(r *T) int
	// Store gives the driver values of row i (from 0) in order of the columns.
	Store func(r *T, i int, buf []any) []any
	// Append adds a row from driver values in order of the columns.
	Append func(r *T, values []any) error
	// Text is field j of row i.
	Text func(r *T, i, j int) string
	// Grow adds an empty row.
	Grow func(r *T)
	// Parse sets field j of row i.
	Parse func(r *T, i, j int, s string) error
	// Reset removes all rows.
	Reset func(r *T)
}

// Rows is a list of rows R of a record. A fault of a row says field.line.field, the line from 1: "casualty.2.fate".
func Rows[T, R any](code string, zh lang.Zh, en lang.En, at func(*T) *[]R, fields ...Any[R]) Typed[T, []R] {
	f := &Field[T]{Spec: Spec{Code: code, Type: TypeRows, Label: lang.Of(zh, en), Sensitivity: access.Internal}}
	row := make([]*Field[R], len(fields))
	l := &List[T]{}
	for j, a := range fields {
		row[j] = a.Erase()
		if row[j].List != nil {
			panic("field: " + code + ": rows inside rows")
		}
		l.Specs = append(l.Specs, &row[j].Spec)
	}
	f.Spec.Rows = l.Specs
	l.Len = func(r *T) int { return len(*at(r)) }
	l.Store = func(r *T, i int, buf []any) []any {
		for _, x := range row {
			buf = append(buf, x.Store(&(*at(r))[i]))
		}
		return buf
	}
	l.Append = func(r *T, values []any) error {
		var one R
		for j, x := range row {
			if err := x.Scan(&one, values[j]); err != nil {
				return err
			}
		}
		*at(r) = append(*at(r), one)
		return nil
	}
	l.Text = func(r *T, i, j int) string { return row[j].Text(&(*at(r))[i]) }
	l.Grow = func(r *T) { var one R; *at(r) = append(*at(r), one) }
	l.Parse = func(r *T, i, j int, s string) error { return row[j].Parse(&(*at(r))[i], s) }
	l.Reset = func(r *T) { *at(r) = nil }
	f.List = l
	f.Text = func(*T) string { return "" } // rows have no text of their own
	f.Store = func(*T) any { return nil }
	f.Copy = func(to, from *T) { *at(to) = slices.Clone(*at(from)) }
	f.Check = func(r *T, today period.Day) (faults fault.List) {
		rows := *at(r)
		if len(rows) > rowsMax {
			return fault.List{place(ErrTooManyRows.With(f.Label, len(rows), rowsMax), code)}
		}
		for i := range rows {
			for _, x := range row {
				for _, one := range x.Check(&rows[i], today) {
					one.Where.Field = code + "." + strconv.Itoa(i+1) + "." + one.Where.Field
					faults = append(faults, one)
				}
			}
		}
		return faults
	}
	return Typed[T, []R]{Field: f, at: at}
}
