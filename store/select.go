package store

import (
	"fmt"
	"reflect"
	"sync"
)

// Select reads all rows of a query into structs by their `db:"column"` tags, or into a plain type when the query has
// one column. It is for the house's own small tables: the caller's LIMIT is the bound. A column without a field is an
// error, and so is a field without a column.
func Select[T any](tx *Tx, query string, args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	var row T
	dest, err := destinations(reflect.ValueOf(&row).Elem(), rows.Columns())
	if err != nil {
		return nil, tx.note(err)
	}
	for rows.Next() {
		row = *new(T)
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// destinations are the addresses inside row that the columns go to.
func destinations(row reflect.Value, columns []string) ([]any, error) {
	fields := fieldsOf(row.Type())
	if fields == nil {
		if len(columns) != 1 {
			return nil, fmt.Errorf("store: %d columns for a %s", len(columns), row.Type())
		}
		return []any{row.Addr().Interface()}, nil
	}
	if len(fields) != len(columns) {
		return nil, fmt.Errorf("store: %d columns and %d fields of %s", len(columns), len(fields), row.Type())
	}
	dest := make([]any, len(columns))
	for i, c := range columns {
		f, ok := fields[c]
		if !ok {
			return nil, fmt.Errorf("store: no field of %s is tagged db:%q", row.Type(), c)
		}
		dest[i] = row.Field(f).Addr().Interface()
	}
	return dest, nil
}

var tagged sync.Map // reflect.Type → map[string]int

// fieldsOf are the tagged fields of a struct by column; nil when the type is no struct with tags.
func fieldsOf(t reflect.Type) map[string]int {
	if f, ok := tagged.Load(t); ok {
		return f.(map[string]int)
	}
	var fields map[string]int
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			if c := t.Field(i).Tag.Get("db"); c != "" {
				if fields == nil {
					fields = map[string]int{}
				}
				fields[c] = i
			}
		}
	}
	tagged.Store(t, fields)
	return fields
}
