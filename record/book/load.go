package book

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"anlan/ground/ident"
	"anlan/record"
	"anlan/store"
)

// endedNow is how a current row says that it has not ended, beside past rows in one query.
const endedNow = ", 0 AS ended"

// read makes records of the rows that a query gives, with their lists. The columns are the plan's, then ended where past
// rows may be among them; the caller's LIMIT is the bound.
func (p *plan) read(tx *store.Tx, query string, args ...any) ([]any, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []any
	for rows.Next() {
		r, err := p.kind.Load(rows.Values())
		if err != nil {
			return nil, ErrRowUnreadable.Because(err, p.kind.Code(), err)
		}
		out = append(out, r)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	return out, p.readLists(tx, out, nil)
}

// one is read for a query that gives at most one row; nil when it gives none.
func (p *plan) one(tx *store.Tx, query string, args ...any) (any, error) {
	found, err := p.read(tx, query, args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// current reads the current version of a record with its rows; nil when there is none.
func (p *plan) current(tx *store.Tx, id ident.ID) (any, error) {
	return p.one(tx, p.selectCurrent, id.String())
}

// readLists reads the rows of many versions: current ones by record, superseded ones by record and beginning, so many at a
// time that a page of records costs a few queries. A verification passes bad, which is told of a version with a row that
// cannot be read or that reads as something that would be stored in another form; without it, the first ends the reading.
func (p *plan) readLists(tx *store.Tx, records []any, bad func(r any, err error)) error {
	for i := range p.lists {
		l := &listReader{listPlan: &p.lists[i], tx: tx, kind: p.kind, bad: bad}
		var now, past []any
		for _, r := range records {
			if p.kind.Head(r).Ended == 0 {
				now = append(now, r)
			} else {
				past = append(past, r)
			}
		}
		for piece := range slices.Chunk(now, parentsMax) {
			if err := l.now(piece); err != nil {
				return err
			}
		}
		for piece := range slices.Chunk(past, parentsMax) {
			if err := l.past(piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// parentsMax bounds the records of one query for rows. The number of placeholders is one of parentSizes, the last record
// repeated, so that few statements are prepared.
const parentsMax = 200

var parentSizes = []int{1, 20, parentsMax}

// padded repeats the last value until a statement of that size stands prepared.
func padded(values []any) []any {
	for _, size := range parentSizes {
		if len(values) <= size {
			for len(values) < size {
				values = append(values, values[len(values)-1])
			}
			return values
		}
	}
	return values
}

// in is "column IN (?, …)" for n values.
func in(column string, n int) string { return column + " IN (?" + strings.Repeat(", ?", n-1) + ")" }

// listReader reads the rows of one list for many versions.
type listReader struct {
	*listPlan
	tx   *store.Tx
	kind record.Of
	bad  func(r any, err error)
}

func (l *listReader) now(records []any) error {
	ids, byID := make([]any, len(records)), make(map[string]any, len(records))
	for i, r := range records {
		id := l.kind.Head(r).ID.String()
		ids[i], byID[id] = id, r
	}
	ids = padded(ids)
	query := "SELECT " + strings.Join(l.columns, ", ") + " FROM " + l.table.Name + " WHERE " + in(l.table.Parent, len(ids)) +
		" ORDER BY " + l.table.Parent + ", line_no"
	return l.rows(query, ids, func(values []any) (any, []any) {
		id, _ := values[0].(string)
		return byID[id], values[2:]
	})
}

// past finds rows by record and by beginning; a position begins one version only, so the two lists match pairwise. A row
// of another record at that position, which an altered table may hold, is nobody's.
func (l *listReader) past(records []any) error {
	ids, begins, byBegin := make([]any, len(records)), make([]any, len(records)), make(map[int64]any, len(records))
	for i, r := range records {
		h := l.kind.Head(r)
		ids[i], begins[i], byBegin[h.Began] = h.ID.String(), h.Began, r
	}
	ids, begins = padded(ids), padded(begins)
	query := "SELECT " + l.table.Parent + ", began, line_no, " + strings.Join(l.table.Columns, ", ") + " FROM " + l.table.Name + "_past WHERE " +
		in(l.table.Parent, len(ids)) + " AND " + in("began", len(begins)) + " ORDER BY " + l.table.Parent + ", began, line_no"
	return l.rows(query, append(ids, begins...), func(values []any) (any, []any) {
		began, _ := values[1].(int64)
		r := byBegin[began]
		if id, _ := values[0].(string); r == nil || id != l.kind.Head(r).ID.String() {
			return nil, nil
		}
		return r, values[3:]
	})
}

// rows appends each row of a query to the version that it belongs to.
func (l *listReader) rows(query string, args []any, belongs func(values []any) (r any, row []any)) error {
	rows, err := l.tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r, row := belongs(rows.Values())
		if r == nil {
			continue
		}
		err := l.list.Append(r, row)
		if err == nil && l.bad != nil && !slices.Equal(l.list.Store(r, l.list.Len(r)-1, nil), row) {
			err = errors.New("a value is not in the form in which it is stored")
		}
		if err == nil {
			continue
		}
		if err = fmt.Errorf("a row of %s of record %d: %w", l.table.Name, l.kind.Head(r).Row, err); l.bad == nil {
			return ErrRowUnreadable.Because(err, l.table.Name, err)
		}
		l.bad(r, err)
	}
	return rows.Close()
}

// versions is the query for every version of a kind whose beginning lies after one position and not after another, in
// order of beginning, at most limit: an index range of the current rows and one of the past.
func (p *plan) versions() string {
	t := p.kind.Code()
	const span = " WHERE began > ? AND began <= ?"
	return "SELECT " + p.all + endedNow + " FROM " + t + span + " UNION ALL SELECT " + p.all + ", ended FROM " + t + "_past" + span +
		" ORDER BY began, ended LIMIT ?"
}

// turn is a change of one record: the version it made and the one it replaced (nil for the first).
type turn struct{ before, after any }

// turns gives the changes of a kind after a position and up to another, in order, and says how far it has come: upTo, or
// less when there are more than pageRows of them.
func (p *plan) turns(tx *store.Tx, after, upTo int64) (out []turn, through int64, err error) {
	versions, err := p.read(tx, p.versions(), after, upTo, after, upTo, int64(pageRows))
	if err != nil {
		return nil, 0, err
	}
	if through = upTo; len(versions) == pageRows {
		through = p.kind.Head(versions[pageRows-1]).Began
	}
	if len(versions) == 0 {
		return nil, through, nil
	}
	olds, err := p.read(tx, "SELECT "+p.all+", ended FROM "+p.kind.Code()+"_past WHERE ended > ? AND ended <= ? ORDER BY ended LIMIT ?",
		after, through, int64(pageRows))
	if err != nil {
		return nil, 0, err
	}
	ended := make(map[int64]any, len(olds))
	for _, r := range olds {
		ended[p.kind.Head(r).Ended] = r
	}
	for _, r := range versions {
		h := p.kind.Head(r)
		t := turn{after: r}
		if old := ended[h.Began]; old != nil && p.kind.Head(old).Row == h.Row {
			t.before = old
		}
		out = append(out, t)
	}
	return out, through, nil
}

// pageRows is how many versions are read at a time.
const pageRows = 500
