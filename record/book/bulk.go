package book

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/outbox"
)

// newRows are the rows of new records of one kind that wait to be written: values one after another, in order of the
// columns.
type newRows struct {
	values  []any
	changes []int   // number of the change that made each row
	lists   [][]any // by list
}

// Bounds of what waits; an Apply of any length holds no more.
const (
	rowsAtOnce    = 1_000
	linesAtOnce   = 10_000
	secretsAtOnce = 10_000
)

// full says whether enough waits to be written.
func (w *writer) full() bool {
	return w.entries >= rowsAtOnce || w.posted >= linesAtOnce || len(w.secrets) >= secretsAtOnce
}

// wait keeps the rows of a new record for the next flush.
func (w *writer) wait(i int, p *plan, r any) {
	b := w.waiting[p]
	if b == nil {
		b = &newRows{lists: make([][]any, len(p.lists))}
		w.waiting[p] = b
	}
	from := len(b.values)
	b.values = slices.Grow(b.values, len(p.columns))
	b.values = b.values[:from+len(p.kind.Values(r, b.values[from:from]))]
	b.changes = append(b.changes, i)
	for li := range p.lists {
		b.lists[li] = p.lists[li].rows(b.lists[li], r, p.kind.Head(r).ID.String())
	}
}

// rows appends the rows of r as they are stored.
func (l *listPlan) rows(buf []any, r any, id string) []any {
	for i := range l.list.Len(r) {
		buf = l.list.Store(r, i, append(buf, id, int64(i+1)))
	}
	return buf
}

// flush writes what waits, when no fault has been found. A careful writer, and one that has found a fault, finds natural
// keys that other records have, as faults with the number of their change when there are several; otherwise the unique
// index ends the transaction.
func (w *writer) flush() error {
	var faults fault.List
	for _, p := range w.book.order { // in order of registration, so that two runs write alike
		b := w.waiting[p]
		if b == nil || len(b.changes) == 0 {
			continue
		}
		if w.careful || w.spoiled {
			if err := faults.Add(w.duplicates(p, b)); err != nil {
				return err
			}
		}
		if w.spoiled = w.spoiled || len(faults) > 0; !w.spoiled {
			if err := w.insertNew(p, b); err != nil {
				return err
			}
		}
		b.values, b.changes = b.values[:0], b.changes[:0]
		for i := range b.lists {
			b.lists[i] = b.lists[i][:0]
		}
	}
	if !w.spoiled {
		if err := w.flushBeside(); err != nil {
			return err
		}
	}
	clear(w.secrets) // values go free
	clear(w.events)
	w.secrets, w.events, w.posted, w.entries = w.secrets[:0], w.events[:0], 0, 0
	for no := range w.lines {
		w.lines[no] = w.lines[no][:0]
	}
	return faults.Err()
}

func (w *writer) insertNew(p *plan, b *newRows) error {
	if err := w.insert(p.kind.Code(), p.columns, b.values); err != nil {
		return err
	}
	for i := range p.lists {
		if err := w.insert(p.lists[i].table.Name, p.lists[i].columns, b.lists[i]); err != nil {
			return err
		}
	}
	return nil
}

// flushBeside writes what stands beside the rows: secrets, events, postings.
func (w *writer) flushBeside() error {
	if len(w.secrets) > 0 {
		_, err := w.tx.InsertRows("journal_secret", secretColumns, func(yield func([]any) bool) {
			row := make([]any, len(secretColumns))
			for i := range w.secrets {
				s := &w.secrets[i]
				row[0], row[1], row[2], row[3] = int64(s.position), s.path, s.salt[:], []byte(s.value)
				if !yield(row) {
					return
				}
			}
		})
		if err != nil {
			return err
		}
	}
	if err := outbox.Write(w.tx, w.events); err != nil {
		return err
	}
	return posting.Insert(w.tx, func(yield func(posting.Line) bool) { // by account, as the primary key is
		for _, no := range slices.Sorted(maps.Keys(w.lines)) {
			for _, l := range w.lines[no] {
				if !yield(l) {
					return
				}
			}
		}
	})
}

var secretColumns = []string{"position", "path", "salt", "value"}

// insert writes rows that stand one after another in values.
func (w *writer) insert(table string, columns []string, values []any) error {
	if len(values) == 0 {
		return nil
	}
	_, err := w.tx.InsertRows(table, columns, slices.Chunk(values, len(columns)))
	return err
}

// duplicates finds new records whose natural key another record has, in pieces, by the index of the key.
func (w *writer) duplicates(p *plan, b *newRows) error {
	if len(p.key) == 0 {
		return nil
	}
	var faults fault.List
	rows := slices.Collect(slices.Chunk(b.values, len(p.columns)))
	for from := 0; from < len(rows); from += keysAtOnce {
		piece := rows[from:min(from+keysAtOnce, len(rows))]
		keys, index := make([][]any, len(piece)), make(map[string]int, len(piece))
		for i, row := range piece {
			keys[i] = p.keyValues(row)
			index[fmt.Sprint(keys[i]...)] = i
		}
		taken, err := w.taken(p, keys)
		if err != nil {
			return err
		}
		for _, k := range taken {
			i := index[fmt.Sprint(k...)]
			r, err := p.kind.Load(piece[i])
			if err != nil {
				return err
			}
			f := ErrDuplicate.With(p.kind.Label(), record.NameOf(p.kind, r))
			if w.total > 1 {
				f.Where.Row = b.changes[from+i] + 1
			}
			faults = append(faults, f)
		}
	}
	return faults.Err()
}

// keysAtOnce bounds the natural keys of one query.
const keysAtOnce = 200

// keyValues are the driver values of the natural key in a row.
func (p *plan) keyValues(row []any) []any {
	out := make([]any, len(p.key))
	for i, column := range p.key {
		out[i] = row[column]
	}
	return out
}

// taken gives those of the natural keys that records have which are not withdrawn.
func (w *writer) taken(p *plan, keys [][]any) ([][]any, error) {
	columns := make([]string, len(p.key))
	for i, c := range p.key {
		columns[i] = p.columns[c]
	}
	var where store.Where
	where.And("state <> 'withdrawn'")
	var args []any
	for _, k := range keys {
		args = append(args, k...)
	}
	if len(columns) == 1 {
		args = padded(args)
		where.And(in(columns[0], len(args)), args...)
	} else {
		one := "(" + strings.Join(columns, " = ? AND ") + " = ?)"
		where.And(one+strings.Repeat(" OR "+one, len(keys)-1), args...)
	}
	rows, err := w.tx.Query("SELECT "+strings.Join(columns, ", ")+" FROM "+p.kind.Code()+where.SQL(), where.Args()...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		out = append(out, slices.Clone(rows.Values()))
	}
	return out, rows.Err()
}
