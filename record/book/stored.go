package book

import (
	"fmt"
	"slices"

	"anlan/ground/fault"
)

// stored is a version as a verification finds it: a record, or what keeps it from being one.
type stored struct {
	record any
	bad    error
}

// sealed is a secret as it stands in journal_secret.
type sealed struct {
	salt  salt
	value string
}

// strangeMax bounds the versions of one window; there are no more than positions unless somebody put them there.
const strangeMax = 4 * windowEntries

// versions reads the versions of a kind that begin in a span of positions. What was altered so that it cannot be read, or
// reads as something that would be stored in another form, is bad and does not end the reading.
func (r *replay) versions(p *plan, after, upTo int64) (map[int64][]stored, error) {
	rows, err := r.tx.Query(p.versions(), after, upTo, after, upTo, int64(strangeMax))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]stored{}
	var sound []any
	for rows.Next() {
		values := rows.Values()
		began, _ := values[beganColumn].(int64)
		rec, err := p.kind.Load(values)
		if err == nil && !slices.Equal(p.kind.Values(rec, nil), values[:len(p.columns)]) {
			err = fmt.Errorf("a value of row_no %v is not in the form in which it is stored", values[0])
		}
		if err != nil {
			out[began] = append(out[began], stored{bad: err})
			continue
		}
		out[began] = append(out[began], stored{record: rec})
		sound = append(sound, rec)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	err = p.readLists(r.tx, sound, func(rec any, err error) {
		of := out[p.kind.Head(rec).Began]
		of[slices.IndexFunc(of, func(s stored) bool { return s.record == rec })].bad = err
	})
	return out, err
}

// beganColumn is where a row says at which position it begins.
const beganColumn = 6

// secrets reads the secrets of the entries in a span of positions, by position and path.
func (r *replay) secrets(after, upTo int64) (map[int64]map[string]sealed, error) {
	rows, err := r.tx.Query("SELECT position, path, salt, value FROM journal_secret WHERE position > ? AND position <= ?", after, upTo)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]map[string]sealed{}
	for rows.Next() {
		var at int64
		var path string
		var s, value []byte
		if err := rows.Scan(&at, &path, &s, &value); err != nil {
			return nil, err
		}
		if out[at] == nil {
			out[at] = map[string]sealed{}
		}
		x := sealed{value: string(value)}
		copy(x.salt[:], s) // a salt of another length fits no commitment
		out[at][path] = x
	}
	return out, rows.Err()
}

// joined sees that the versions of each record follow each other without a gap, that the row number is the position of the
// first, and that every row of a list belongs to a version.
func (r *replay) joined(p *plan) error {
	t := p.kind.Code()
	next := func(table string) string {
		return "EXISTS (SELECT 1 FROM " + table + " n WHERE n.row_no = v.row_no AND n.began = v.ended AND n.version = v.version + 1)"
	}
	previous := "EXISTS (SELECT 1 FROM " + t + "_past o WHERE o.row_no = v.row_no AND o.ended = v.began AND o.version = v.version - 1)"
	first := "v.version = 1 AND v.began = v.row_no OR v.version > 1 AND " + previous
	for _, query := range []string{
		"SELECT row_no, began FROM " + t + "_past v WHERE NOT (" + next(t) + " OR " + next(t+"_past") + ")",
		"SELECT row_no, began FROM " + t + "_past v WHERE NOT (" + first + ")",
		"SELECT row_no, began FROM " + t + " v WHERE NOT (" + first + ")",
	} {
		err := r.each(query, func(row, began any) {
			r.found.add(ErrChainBroken.With(p.kind.Label(), row, began))
		})
		if err != nil {
			return err
		}
	}
	for i := range p.lists {
		l := &p.lists[i].table
		gaps := " HAVING count(*) <> max(line_no) OR min(line_no) <> 1"
		for _, q := range []struct {
			of           *fault.Declaration
			table, query string
		}{
			{ErrLinesNumbered, l.Name, "SELECT " + l.Parent + ", 0 FROM " + l.Name + " GROUP BY " + l.Parent + gaps},
			{ErrRowsLost, l.Name, "SELECT DISTINCT " + l.Parent + ", 0 FROM " + l.Name + " x WHERE NOT EXISTS (SELECT 1 FROM " + t + " v WHERE v.id = x." + l.Parent + ")"},
			{ErrLinesNumbered, l.Name + "_past", "SELECT " + l.Parent + ", began FROM " + l.Name + "_past GROUP BY " + l.Parent + ", began" + gaps},
			{ErrRowsLost, l.Name + "_past", "SELECT DISTINCT " + l.Parent + ", began FROM " + l.Name + "_past x WHERE NOT EXISTS (SELECT 1 FROM " + t + "_past v WHERE v.began = x.began AND v.id = x." + l.Parent + ")"},
		} {
			if err := r.each(q.query, func(id, began any) { r.found.add(q.of.With(q.table, id, began)) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// each gives the two columns of a query for what is wrong, as many as findings are reported.
func (r *replay) each(query string, do func(a, b any)) error {
	rows, err := r.tx.Query(query+" LIMIT ?", int64(findingsMax))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		do(rows.Values()[0], rows.Values()[1])
	}
	return rows.Err()
}
