package posting

import (
	"cmp"
	"fmt"

	"anlan/store"
	"anlan/store/journal"
)

// Mark is everything about a posting but its amounts: two books of a measure agree when they agree at every mark.
type Mark struct {
	Position    journal.Position
	Record      int64
	Unit, Place string
	Day         string
}

// Mark is the mark of a line.
func (l Line) Mark() Mark {
	return Mark{l.Position, l.Record, string(l.Unit), string(l.Place), l.Day.String()}
}

// Compare orders marks by position, then by the rest.
func (m Mark) Compare(o Mark) int {
	return cmp.Or(cmp.Compare(m.Position, o.Position), cmp.Compare(m.Record, o.Record), cmp.Compare(m.Day, o.Day),
		cmp.Compare(m.Unit, o.Unit), cmp.Compare(m.Place, o.Place))
}

// Sums are postings summed by mark, those that cancel left out.
type Sums map[Mark]Balance

// Add adds a posting.
func (s Sums) Add(m Mark, count, value int64) {
	x := s[m]
	if x.Count, x.Value = x.Count+count, x.Value+value; x == (Balance{}) {
		delete(s, m)
	} else {
		s[m] = x
	}
}

// spanQuery gives the postings of an account between two positions, by primary key; bounded by the callers' span.
const spanQuery = `
SELECT position, record_no, unit, place, on_day, count, value
FROM posting
WHERE account_no = ? AND position > ? AND position <= ?`

// Between sums the postings of an account after one position and up to another.
func Between(tx *store.Tx, account int64, after, upTo journal.Position) (Sums, error) {
	rows, err := tx.Query(spanQuery, account, int64(after), int64(upTo))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := Sums{}
	for rows.Next() {
		var m Mark
		var b Balance
		if err := rows.Scan(&m.Position, &m.Record, &m.Unit, &m.Place, &m.Day, &b.Count, &b.Value); err != nil {
			return nil, err
		}
		out.Add(m, b.Count, b.Value)
	}
	return out, rows.Err()
}

// WrongCell is a cell that is not the sum of its postings.
type WrongCell struct {
	Axis, Code, Span string
	Want, Have       Balance
}

// wrongCells compares the cells of one axis and grain with the postings up to the fold.
const wrongCells = `
SELECT code, span, CAST(sum(wc) AS bigint), CAST(sum(wv) AS bigint), CAST(sum(hc) AS bigint), CAST(sum(hv) AS bigint)
FROM (
  SELECT {code} AS code, substr(on_day, 1, {width}) AS span, count AS wc, value AS wv, 0 AS hc, 0 AS hv
  FROM posting WHERE account_no = ? AND position <= ?
  UNION ALL
  SELECT code, span, 0, 0, count, value FROM cell WHERE account_no = ? AND axis = '{axis}' AND grain = '{grain}'
) q
GROUP BY code, span
HAVING sum(wc) <> sum(hc) OR sum(wv) <> sum(hv)
ORDER BY code, span
LIMIT ?`

// WrongCells lists cells of an account that gives or gave figures and that are not the sum of their postings, at most
// limit of each axis and grain.
func WrongCells(tx *store.Tx, a Account, limit int) ([]WrongCell, error) {
	folded, err := FoldedThrough(tx, false)
	if err != nil {
		return nil, err
	}
	var out []WrongCell
	for _, f := range folds {
		rows, err := tx.Query(f.fill(wrongCells), a.No, int64(folded), a.No, int64(limit))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			c := WrongCell{Axis: string(f.axis)}
			if err := rows.Scan(&c.Code, &c.Span, &c.Want.Count, &c.Want.Value, &c.Have.Count, &c.Have.Value); err != nil {
				rows.Close()
				return nil, err
			}
			out = append(out, c)
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// strays are queries for what stands outside every account that may have it; each gives how many and the first.
var strays = map[string]string{
	"posting": `SELECT count(*), coalesce(min(account_no), 0) FROM posting p WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.account_no = p.account_no AND (a.closed_at IS NULL OR p.position <= a.closed_at))`,
	"cell":    `SELECT count(*), coalesce(min(account_no), 0) FROM cell c WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.account_no = c.account_no AND a.current_from IS NOT NULL) OR c.axis NOT IN ('unit', 'place', 'all') OR c.grain NOT IN ('month', 'year')`,
}

// lostQuery gives the leaves that cells were made for and that are not noted.
const lostQuery = `
SELECT DISTINCT axis, code
FROM cell c
WHERE axis <> 'all' AND NOT EXISTS (SELECT 1 FROM cell_leaf l WHERE l.axis = c.axis AND l.code = c.code)
ORDER BY axis, code
LIMIT ?`

// Leaf is a unit or place that postings name.
type Leaf struct{ Axis, Code string }

// LostLeaves lists leaves that are not noted, at most limit: figures of everything less a few leaves would miss them. It
// reads the cells.
func LostLeaves(tx *store.Tx, limit int) (out []Leaf, err error) {
	rows, err := tx.Query(lostQuery, int64(limit))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l Leaf
		if err := rows.Scan(&l.Axis, &l.Code); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// Stray is what stands in postings or cells and belongs to no account, or to one that was closed before.
type Stray struct {
	Table   string
	Rows    int64
	Account int64 // the first
}

// Strays lists what belongs nowhere. It reads both tables.
func Strays(tx *store.Tx) (out []Stray, err error) {
	for _, table := range []string{"posting", "cell"} {
		s := Stray{Table: table}
		if _, err := tx.QueryRow([]any{&s.Rows, &s.Account}, strays[table]); err != nil {
			return nil, fmt.Errorf("posting: look for strays: %w", err)
		}
		if s.Rows > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}
