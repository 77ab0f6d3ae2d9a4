package posting

import (
	"math"

	"anlan/store"
	"anlan/store/journal"
)

// Mark is everything about a posting but its amounts: two books of a measure agree when they agree at every mark.
type Mark struct {
	Record      int64
	Position    journal.Position
	Unit, Place string
	Day         string
}

// Mark is the mark of a line.
func (l Line) Mark() Mark {
	return Mark{l.Record, l.Position, string(l.Unit), string(l.Place), l.Day.String()}
}

// LastRecord stands after every record.
const LastRecord = math.MaxInt64

// Walk reads the postings of an account in order of record.
type Walk struct {
	Tx      *store.Tx
	Account int64
	after   int64
}

// Through gives the postings of the records after those of the last call, up to and including row, summed by mark. It
// reads the whole account for each call's range by index posting_day; callers take ranges of many records.
func (w *Walk) Through(row int64) (map[Mark]Balance, error) {
	rows, err := w.Tx.Query(`SELECT record_no, position, unit, place, on_day, count, value FROM posting
WHERE account_no = ? AND record_no > ? AND record_no <= ?`, w.Account, w.after, row)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[Mark]Balance{}
	for rows.Next() {
		var m Mark
		var at, count, value int64
		if err := rows.Scan(&m.Record, &at, &m.Unit, &m.Place, &m.Day, &count, &value); err != nil {
			return nil, err
		}
		m.Position = journal.Position(at)
		x := out[m]
		out[m] = Balance{x.Count + count, x.Value + value}
	}
	w.after = row
	return out, rows.Err()
}

// WrongCell is a cell that is not the sum of its postings.
type WrongCell struct {
	Axis, Code, Span string
	Want, Have       Balance
}

// wrongCells compares the cells of one axis and grain with the postings up to the fold.
const wrongCells = `
SELECT axis, code, span, CAST(sum(wc) AS bigint), CAST(sum(wv) AS bigint), CAST(sum(hc) AS bigint), CAST(sum(hv) AS bigint)
FROM (
  SELECT '{code}' AS axis, {code} AS code, substr(on_day, 1, {width}) AS span, count AS wc, value AS wv, 0 AS hc, 0 AS hv
  FROM posting WHERE account_no = ? AND position <= ?
  UNION ALL
  SELECT axis, code, span, 0, 0, count, value FROM cell WHERE account_no = ? AND axis = ? AND grain = ?
) q
GROUP BY axis, code, span
HAVING sum(wc) <> sum(hc) OR sum(wv) <> sum(hv)
ORDER BY axis, code, span
LIMIT ?`

// WrongCells lists cells of an account that are not the sum of their postings, at most limit.
func WrongCells(tx *store.Tx, a Account, limit int) ([]WrongCell, error) {
	folded, err := FoldedThrough(tx, false)
	if err != nil {
		return nil, err
	}
	var out []WrongCell
	for _, x := range axes {
		width := "7"
		if x.grain == "year" {
			width = "4"
		}
		rows, err := tx.Query(fill(wrongCells, "{code}", x.axis, "{width}", width), a.No, int64(folded), a.No, x.axis, x.grain, int64(limit))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var c WrongCell
			if err := rows.Scan(&c.Axis, &c.Code, &c.Span, &c.Want.Count, &c.Want.Value, &c.Have.Count, &c.Have.Value); err != nil {
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
