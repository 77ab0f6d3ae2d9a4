package posting

import (
	"iter"

	"anlan/ground/place"
	"anlan/record/measure"
	"anlan/store"
	"anlan/store/journal"
)

// Line is one posting as it is written.
type Line struct {
	Account  int64
	Position journal.Position
	Unit     place.Unit
	Place    place.Code
	Record   int64
	measure.Posting
}

// Side is what a version of a record posts to one measure, with the unit and place that it posts under.
type Side struct {
	Unit     place.Unit
	Place    place.Code
	Postings []measure.Posting
}

func (s Side) same(o Side) bool {
	if s.Unit != o.Unit || s.Place != o.Place || len(s.Postings) != len(o.Postings) {
		return false
	}
	for i, p := range s.Postings {
		if p != o.Postings[i] {
			return false
		}
	}
	return true
}

// Turn appends the postings that lead from before to after: nothing when they are the same, else the reversal of before
// and after itself.
func Turn(buf []Line, account int64, at journal.Position, record int64, before, after Side) []Line {
	if before.same(after) {
		return buf
	}
	for _, p := range before.Postings {
		p.Count, p.Value = -p.Count, -p.Value
		buf = append(buf, Line{account, at, before.Unit, before.Place, record, p})
	}
	for _, p := range after.Postings {
		buf = append(buf, Line{account, at, after.Unit, after.Place, record, p})
	}
	return buf
}

var columns = []string{"account_no", "position", "line_no", "unit", "place", "on_day", "record_no", "count", "value"}

// Insert writes lines. The lines of one position and account stand together: they are numbered from 1.
func Insert(tx *store.Tx, lines iter.Seq[Line]) error {
	var account, no int64
	var at journal.Position
	_, err := tx.InsertRows("posting", columns, func(yield func([]any) bool) {
		row := make([]any, len(columns))
		for l := range lines {
			if no++; l.Account != account || l.Position != at {
				account, at, no = l.Account, l.Position, 1
			}
			row[0], row[1], row[2] = l.Account, int64(l.Position), no
			row[3], row[4], row[5] = string(l.Unit), string(l.Place), l.Day.String()
			row[6], row[7], row[8] = l.Record, l.Count, l.Value
			if !yield(row) {
				return
			}
		}
	})
	return err
}
