package store

import (
	"fmt"
	"iter"
)

// InsertRows adds many rows and says how many. A row is nil, int64, string or []byte for each column; the producer may
// reuse the row once yield has returned, but leaves the bytes of its slices alone until InsertRows returns. It is the
// hot path of imports and of the journal: SQLite runs a prepared INSERT of 32 rows, PostgreSQL takes few rows in one
// INSERT and many by COPY. A fault names no row; whoever needs that checks before.
// Nothing but the columns named is set, so what is left out gets its default.
func (tx *Tx) InsertRows(table string, columns []string, rows iter.Seq[[]any]) (int64, error) {
	if err := tx.usable(); err != nil {
		return 0, err
	}
	n, err := tx.session.insert(tx.ctx, table, columns, admitRows(len(columns), rows))
	return n, tx.note(err)
}

// admitRows lets rows through that both databases keep alike.
func admitRows(columns int, rows iter.Seq[[]any]) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		n := 0
		for row := range rows {
			n++
			if err := admitRow(columns, row); err != nil {
				yield(nil, fmt.Errorf("row %d: %w", n, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func admitRow(columns int, row []any) error {
	if len(row) != columns {
		return fmt.Errorf("store: %d columns and %d values", columns, len(row))
	}
	for i, v := range row {
		switch v := v.(type) {
		case nil, int64, []byte:
		case string:
			if err := admitText(v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("store: value %d is a %T; a bulk row holds nil, int64, string and []byte only", i+1, v)
		}
	}
	return nil
}

// insertText is "INSERT INTO table (columns) VALUES (?, …), …" for so many rows.
func insertText(table string, columns []string, rows int) (string, error) {
	t, err := Ident(table)
	if err != nil {
		return "", err
	}
	c, err := idents(columns)
	if err != nil {
		return "", err
	}
	b := make([]byte, 0, 64+len(c)+rows*(2+3*len(columns)))
	b = append(b, "INSERT INTO "+t+" ("+c+") VALUES "...)
	for r := range rows {
		if r > 0 {
			b = append(b, ", "...)
		}
		b = append(b, '(')
		for i := range columns {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(b, '?')
		}
		b = append(b, ')')
	}
	return string(b), nil
}
