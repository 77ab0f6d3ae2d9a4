package book

import (
	"fmt"
	"math/big"
	"slices"

	"anlan/ground/ident"
	"anlan/record/census"
	"anlan/record/measure"
	"anlan/record/posting"
)

// Members gives every record behind a balance, whether the actor may see the record or not: who may have the figure may know
// which records it counts, and nothing of their content. The amounts add up to the figure of the measure. It reads all of
// them; a caller who wants a page asks Records.
func (v *View) Members(a Ask) ([]census.Member, error) {
	q, s, err := v.question(a)
	if err != nil {
		return nil, err
	}
	var rows []int64
	members := map[int64]*counted{}
	err = posting.Shares(v.tx, q, func(x posting.Share) error {
		m := members[x.Record]
		if m == nil {
			m = &counted{Member: census.Member{Kind: s.Kind, Unit: x.Unit, Place: x.Place, First: x.Day, Last: x.Day}}
			members[x.Record], rows = m, append(rows, x.Record)
		}
		m.add(x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	p, err := v.book.plan(s.Kind)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(row int64) bool { return members[row].sum == posting.Balance{} })
	out := make([]census.Member, 0, len(rows))
	for piece := range slices.Chunk(rows, parentsMax) {
		if err := v.identify(p, piece, members); err != nil {
			return nil, err
		}
		for _, row := range piece {
			m := members[row]
			if m.Version == 0 {
				return nil, fmt.Errorf("book: postings of %s name row %d, which has no version at position %d", s.Kind, row, v.At())
			}
			m.Amount = m.amount(s)
			out = append(out, m.Member)
		}
	}
	return out, nil
}

// counted is a member whose shares are being added.
type counted struct {
	census.Member
	sum posting.Balance
}

func (m *counted) add(x posting.Share) {
	m.sum.Count, m.sum.Value = m.sum.Count+x.Count, m.sum.Value+x.Value
	if m.Last.Before(x.Day) {
		m.Last = x.Day
	}
	if x.Unit != m.Unit {
		m.Unit = ""
	}
	if x.Place != m.Place {
		m.Place = ""
	}
}

func (m *counted) amount(s *measure.Spec) *big.Rat {
	if s.Valued {
		return big.NewRat(m.sum.Value, s.Scale)
	}
	return big.NewRat(m.sum.Count, s.Scale)
}

// identify fills in which version of which record stands behind each row number. Two queries by primary key at most.
func (v *View) identify(p *plan, rows []int64, members map[int64]*counted) error {
	numbers := make([]any, len(rows))
	for i, row := range rows {
		numbers[i] = row
	}
	numbers = padded(numbers)
	at := int64(v.At())
	columns, where := "SELECT row_no, id, version, began FROM "+p.kind.Code(), " WHERE "+in("row_no", len(numbers))+" AND began <= ?"
	query, args := columns+where, append(slices.Clip(numbers), at)
	if v.AsOf > 0 {
		query += " UNION ALL " + columns + "_past" + where + " AND ended > ?"
		args = append(append(args, numbers...), at, at)
	}
	found, err := v.tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		var row, version, began int64
		var id ident.ID
		if err := found.Scan(&row, &id, &version, &began); err != nil {
			return err
		}
		m := members[row]
		m.ID, m.Version, m.Position = id, version, began
	}
	return found.Err()
}

// Standings says how many records of a kind stand at the view's position, and how many of them are withdrawn.
func (v *View) Standings(kind string) (records, withdrawn int64, err error) {
	if _, err := v.book.plan(kind); err != nil {
		return 0, 0, err
	}
	at := int64(v.At())
	count := "SELECT state, count(*) AS n FROM "
	_, err = v.tx.QueryRow([]any{&records, &withdrawn}, "SELECT CAST(coalesce(sum(n), 0) AS bigint), CAST(coalesce(sum(CASE WHEN state = 'withdrawn' THEN n ELSE 0 END), 0) AS bigint) FROM ("+
		count+kind+" WHERE began <= ? GROUP BY state UNION ALL "+count+kind+"_past WHERE began <= ? AND ended > ? GROUP BY state) q", at, at, at)
	return records, withdrawn, err
}

// EverCounted says how many records count in a measure at all, on whatever day and under whatever unit, as of the view's position: those of
// its kind that meet its conditions.
func (v *View) EverCounted(code string) (int64, error) {
	account, _, err := v.counted(Ask{Measure: code})
	if err != nil {
		return 0, err
	}
	return posting.CountEver(v.tx, account, v.AsOf)
}
