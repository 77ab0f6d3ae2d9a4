package posting

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/store"
	"anlan/store/journal"
)

// AskAll answers many questions together, in their order; each answer is what Ask gives. Questions about the same leaves and
// days share their queries, however many accounts they ask, so that a report of two hundred measures costs a dozen queries.
//
// The cost is that of the cells of the days (years, then months) for the leaves asked for, or for the leaves that are not,
// where those are fewer; plus the postings after the last fold (or after AsOf); plus the postings of days at a ragged edge. It
// does not grow with the number of records.
func AskAll(tx *store.Tx, questions []Question) ([]Balance, error) {
	groups, of := together(questions)
	a := &asking{tx: tx, leaves: map[Axis][]string{}}
	for _, g := range groups {
		a.group = g
		for _, p := range g.parts() {
			if err := a.part(p); err != nil {
				return nil, err
			}
		}
	}
	out := make([]Balance, len(questions))
	for i, q := range questions {
		out[i] = *of[i].sums[q.Account.No]
	}
	return out, nil
}

// group is questions that differ in their accounts only.
type group struct {
	Question // any one of them
	accounts []any
	sums     map[int64]*Balance
}

// alike says which questions belong together. Lists are the same when they are one list: whoever asks much about one unit
// hands the leaves of it to every question.
type alike struct {
	axis        Axis
	stock       bool
	nodes       *Node
	within      *string
	lengths     [2]int // −1 of a list that is nil: everything, and not nothing
	first, last period.Day
	asOf        journal.Position
	folded      journal.Position
}

// together groups questions; of gives the group of each.
func together(questions []Question) (groups, of []*group) {
	known := map[alike]*group{}
	of = make([]*group, len(questions))
	for i, q := range questions {
		key := alike{axis: q.Axis, stock: q.Shape == measure.Stock, first: q.First, last: q.Last, asOf: q.AsOf, folded: q.Folded}
		key.nodes, key.lengths[0] = list(q.Nodes)
		key.within, key.lengths[1] = list(q.Within)
		g := known[key]
		if g == nil {
			g = &group{Question: q, sums: map[int64]*Balance{}}
			known[key], groups = g, append(groups, g)
		}
		if of[i] = g; g.sums[q.Account.No] == nil {
			g.sums[q.Account.No], g.accounts = &Balance{}, append(g.accounts, q.Account.No)
		}
	}
	return groups, of
}

// list names a list by where it begins and how long it is.
func list[V any](of []V) (first *V, length int) {
	switch {
	case of == nil:
		return nil, -1
	case len(of) == 0:
		return nil, 0
	}
	return &of[0], len(of)
}

// asking is the work on one group after another.
type asking struct {
	*group
	tx     *store.Tx
	leaves map[Axis][]string // every leaf that cells know, read once
}

// part adds what the leaves of one part give.
func (a *asking) part(p part) error {
	whole, ragged := split(p.first, p.last)
	if a.Within != nil {
		whole, ragged = nil, []days{{p.first, p.last}}
	}
	for _, d := range ragged {
		if err := a.postings(1, p.codes, d, 0, a.AsOf); err != nil {
			return err
		}
	}
	if whole == nil {
		return nil
	}
	if err := a.wholeMonths(p.codes, *whole); err != nil {
		return err
	}
	if a.AsOf > 0 && a.AsOf <= a.Folded {
		return a.postings(-1, p.codes, *whole, a.AsOf, a.Folded) // what came after AsOf is taken away
	}
	return a.postings(1, p.codes, *whole, a.Folded, a.AsOf) // what is not folded yet is added
}

// wholeMonths adds the cells of some leaves. Nearly all leaves are everything less a few others.
func (a *asking) wholeMonths(codes []string, d days) error {
	if codes == nil {
		return a.cells(1, everything, nil, d)
	}
	others, err := a.others(codes)
	if err != nil {
		return err
	}
	if len(others) >= len(codes) {
		return a.cells(1, a.Axis, codes, d)
	}
	if err := a.cells(1, everything, nil, d); err != nil || len(others) == 0 {
		return err
	}
	return a.cells(-1, a.Axis, others, d)
}

// others are the leaves that cells know and that are not among the codes.
func (a *asking) others(codes []string) (out []string, err error) {
	all, read := a.leaves[a.Axis]
	if !read {
		if all, err = leaves(a.tx, a.Axis); err != nil {
			return nil, err
		}
		a.leaves[a.Axis] = all
	}
	if len(all) >= 2*len(codes) {
		return all, nil // many: nobody looks which
	}
	asked := make(map[string]bool, len(codes))
	for _, c := range codes {
		asked[c] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(c string) bool { return asked[c] }), nil
}

// cells adds year cells where a year is whole and month cells elsewhere. nil codes are everything.
func (a *asking) cells(sign int64, axis Axis, codes []string, d days) error {
	if codes == nil {
		codes = []string{""}
	}
	for _, s := range spans(d) {
		if err := a.sum(sign, "cell", s.where(axis), "code", codes); err != nil {
			return err
		}
	}
	return nil
}

// span is a run of cells of one grain, both ends included.
type span struct{ grain, low, high string }

// where finds the cells of one account and code by their primary key.
func (s span) where(axis Axis) (w store.Where) {
	w.And("axis = ?", string(axis)).And("grain = ?", s.grain).And("span BETWEEN ? AND ?", s.low, s.high)
	return w
}

// spans covers whole months by whole years and the months before and after them.
func spans(d days) (out []span) {
	y1, m1, _ := d.first.Date()
	y2, m2, _ := d.last.Date()
	add := func(grain, low, high string) {
		if low <= high {
			out = append(out, span{grain, low, high})
		}
	}
	month := func(y int, m time.Month) string { return fmt.Sprintf("%04d-%02d", y, m) }
	firstYear, lastYear := y1, y2
	if m1 != time.January {
		firstYear++
	}
	if m2 != time.December {
		lastYear--
	}
	if firstYear > lastYear {
		add(grainMonth, month(y1, m1), month(y2, m2))
		return out
	}
	if m1 != time.January {
		add(grainMonth, month(y1, m1), month(y1, time.December))
	}
	add(grainYear, fmt.Sprintf("%04d", firstYear), fmt.Sprintf("%04d", lastYear))
	if m2 != time.December {
		add(grainMonth, month(y2, time.January), month(y2, m2))
	}
	return out
}

// postings adds the postings of some leaves, days and positions (after low, up to high; 0 is open).
func (a *asking) postings(sign int64, codes []string, d days, low, high journal.Position) error {
	if low > 0 && low == high {
		return nil
	}
	w := d.where(low, high)
	inCodes(&w, string(ByUnit), a.Within)
	return a.sum(sign, "posting", w, string(a.Axis), codes)
}

// where finds the postings of one account by their days, in index posting_day, when low is 0; by their positions, in the
// primary key, when it is not: after a position there are few, on the days of a year there are many, and before a position
// there are nearly all. An expression has no index, so the other bound does not lead the search astray.
func (d days) where(low, high journal.Position) (w store.Where) {
	day, position := "on_day", "position + 0"
	if low > 0 {
		day, position = "on_day || ''", "position"
		w.And("position > ?", int64(low))
	}
	w.And(day+" BETWEEN ? AND ?", d.first.String(), d.last.String())
	if high > 0 {
		w.And(position+" <= ?", int64(high))
	}
	return w
}

// Bounds of one statement: both databases take some ten thousand values.
const (
	accountsAtOnce = 500
	codesAtOnce    = 2_000
)

// sum adds counts and values of the rows of a table, by account, to the balances of the group. nil codes are all.
func (a *asking) sum(sign int64, table string, where store.Where, column string, codes []string) error {
	pieces := [][]string{nil}
	if codes != nil {
		pieces = slices.Collect(slices.Chunk(codes, codesAtOnce))
	}
	for accounts := range slices.Chunk(a.accounts, accountsAtOnce) {
		for _, piece := range pieces {
			query, args := statement(table, where, accounts, column, piece)
			if err := a.add(sign, query, args); err != nil {
				return err
			}
		}
	}
	return nil
}

// statement sums the rows of a table that are of some accounts and codes.
func statement(table string, where store.Where, accounts []any, column string, codes []string) (string, []any) {
	var w store.Where
	w.In("account_no", accounts...).And(strings.TrimPrefix(where.SQL(), " WHERE "), where.Args()...)
	inCodes(&w, column, codes)
	return "SELECT account_no, CAST(sum(count) AS bigint), CAST(sum(value) AS bigint) FROM " + table + w.SQL() + " GROUP BY account_no", w.Args()
}

// add runs a query that gives account, count and value.
func (a *asking) add(sign int64, query string, args []any) error {
	rows, err := a.tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var no, count, value int64
		if err := rows.Scan(&no, &count, &value); err != nil {
			return err
		}
		b := a.sums[no]
		b.Count, b.Value = b.Count+sign*count, b.Value+sign*value
	}
	return rows.Err()
}
