package store

import (
	"bytes"
	"database/sql"
	"fmt"
	"reflect"
)

// Rows are the rows of a query, in order, one at a time.
type Rows struct {
	tx     *Tx
	cursor cursor
	err    error
	closed bool
}

// Columns are the names of the columns.
func (r *Rows) Columns() []string { return r.cursor.columns() }

// Next moves to the next row; false at the end or at an error, see Err. At the end the rows are closed.
func (r *Rows) Next() bool {
	if r.closed {
		return false
	}
	if r.cursor.next() {
		return true
	}
	r.finish(r.cursor.err())
	return false
}

// Values are the values of the row: nil, int64, string or []byte. Slice and bytes are borrowed until the next Next.
func (r *Rows) Values() []any { return r.cursor.values() }

// Scan copies the row into dest: pointers to int64, int, string, []byte, bool, any, to types made of these, to
// pointers of these (nil when NULL), or sql.Scanner. NULL into anything that has no room for it is an error.
func (r *Rows) Scan(dest ...any) error {
	values := r.cursor.values()
	if len(values) != len(dest) {
		return r.tx.note(fmt.Errorf("store: %d columns and %d destinations", len(values), len(dest)))
	}
	for i, d := range dest {
		if err := assign(d, values[i]); err != nil {
			return r.tx.note(fmt.Errorf("store: column %q: %w", r.cursor.columns()[i], err))
		}
	}
	return nil
}

// Err is the error that ended the rows, nil at their end.
func (r *Rows) Err() error { return r.err }

// Close ends the reading; more than once does no harm.
func (r *Rows) Close() error {
	if !r.closed {
		r.finish(nil)
	}
	return r.err
}

func (r *Rows) finish(err error) {
	r.closed = true
	r.tx.open = nil
	if e := r.cursor.close(); err == nil {
		err = e
	}
	r.err = r.tx.note(err)
}

// assign stores a value where dest points.
func assign(dest, value any) error {
	switch d := dest.(type) {
	case *int64:
		if v, ok := value.(int64); ok {
			*d = v
			return nil
		}
	case *string:
		if v, ok := value.(string); ok {
			*d = v
			return nil
		}
	case *[]byte:
		switch v := value.(type) {
		case nil:
			*d = nil
			return nil
		case []byte:
			*d = bytes.Clone(v)
			return nil
		case string:
			*d = []byte(v)
			return nil
		}
	case *any:
		if v, ok := value.([]byte); ok {
			value = bytes.Clone(v)
		}
		*d = value
		return nil
	case sql.Scanner:
		if v, ok := value.([]byte); ok {
			value = bytes.Clone(v)
		}
		return d.Scan(value)
	}
	p := reflect.ValueOf(dest)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return fmt.Errorf("a %T is no destination", dest)
	}
	return assignKind(p.Elem(), value)
}

// assignKind stores a value in a variable of a named type, by what the type is made of.
func assignKind(d reflect.Value, value any) error {
	if d.Kind() == reflect.Pointer {
		if value == nil {
			d.SetZero()
			return nil
		}
		fresh := reflect.New(d.Type().Elem())
		if err := assign(fresh.Interface(), value); err != nil {
			return err
		}
		d.Set(fresh)
		return nil
	}
	switch v := value.(type) {
	case nil:
		if d.Kind() == reflect.Slice {
			d.SetZero()
			return nil
		}
		return fmt.Errorf("NULL does not fit a %s", d.Type())
	case int64:
		switch {
		case d.Kind() == reflect.Bool && (v == 0 || v == 1):
			d.SetBool(v == 1)
			return nil
		case d.CanInt() && !d.OverflowInt(v):
			d.SetInt(v)
			return nil
		case d.CanUint() && v >= 0 && !d.OverflowUint(uint64(v)):
			d.SetUint(uint64(v))
			return nil
		}
		return fmt.Errorf("%d does not fit a %s", v, d.Type())
	case string:
		if d.Kind() == reflect.String {
			d.SetString(v)
			return nil
		}
	case []byte:
		ofBytes := (d.Kind() == reflect.Slice || d.Kind() == reflect.Array) && d.Type().Elem().Kind() == reflect.Uint8
		switch {
		case ofBytes && d.Kind() == reflect.Slice:
			d.SetBytes(bytes.Clone(v))
			return nil
		case ofBytes && d.Len() == len(v):
			reflect.Copy(d, reflect.ValueOf(v))
			return nil
		case ofBytes:
			return fmt.Errorf("%d bytes do not fit a %s", len(v), d.Type())
		}
	}
	return fmt.Errorf("a %T does not fit a %s", value, d.Type())
}
