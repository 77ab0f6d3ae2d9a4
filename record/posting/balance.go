package posting

import (
	"fmt"
	"strings"
	"time"

	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/measure"
	"anlan/store"
	"anlan/store/journal"
)

// Balance is the figure of a measure before scaling.
type Balance struct{ Count, Value int64 }

// Axis says which tree a question follows.
type Axis string

// The axes.
const (
	ByUnit  Axis = "unit"
	ByPlace Axis = "place"
)

// Node is the span of days on which one leaf belongs to what is asked for; a zero bound is open.
type Node struct {
	Code string
	place.Span
}

// Nodes turns the answer of a tree into nodes.
func Nodes[C ~string](held []place.Held[C]) []Node {
	out := make([]Node, len(held))
	for i, h := range held {
		out[i] = Node{string(h.Node), h.Span}
	}
	return out
}

// Question asks one account for a balance.
type Question struct {
	Account Account
	Shape   measure.Shape
	Axis    Axis
	// Nodes are the leaves asked for with the days on which they belong; nil is everything.
	Nodes       []Node
	First, Last period.Day
	AsOf        journal.Position // 0: now
	Folded      journal.Position // FoldedThrough, in the same transaction
	// Within are the only units whose postings may count in a question by place; nil is every unit. Such a question is
	// summed over the postings themselves, because a cell by place does not know units.
	Within []string
}

// part is a set of leaves over the same days: a balance is the sum of its parts.
type part struct {
	codes       []string // nil: all
	first, last period.Day
}

// dawn is the first day a stock can begin: sums from here are sums of everything.
var dawn = period.MustDay(1, 1, 1)

// parts splits the question into leaves that belong over the same days. A stock belongs where its leaf stands on the last
// day; a flow where its leaf stood on its day.
func (q Question) parts() []part {
	first := q.First
	if q.Shape == measure.Stock {
		first = dawn
	}
	if q.Nodes == nil {
		return []part{{nil, first, q.Last}}
	}
	index := map[[2]period.Day]int{}
	var out []part
	for _, n := range q.Nodes {
		a, b := first, q.Last
		if q.Shape == measure.Stock {
			if !n.From.IsZero() && q.Last.Before(n.From) || !n.Until.IsZero() && !q.Last.Before(n.Until) {
				continue
			}
		} else {
			if !n.From.IsZero() && a.Before(n.From) {
				a = n.From
			}
			if !n.Until.IsZero() && !b.Before(n.Until) {
				b = n.Until.Add(-1)
			}
			if b.Before(a) {
				continue
			}
		}
		key := [2]period.Day{a, b}
		i, ok := index[key]
		if !ok {
			i = len(out)
			index[key] = i
			out = append(out, part{first: a, last: b})
		}
		out[i].codes = append(out[i].codes, n.Code)
	}
	return out
}

// Ask gives the balance. Its cost is that of the cells of the span (years, then months) for the leaves asked for, plus the
// postings after the last fold (or after AsOf), plus the postings of days at a ragged edge.
func Ask(tx *store.Tx, q Question) (Balance, error) {
	var sum Balance
	add := func(sign int64, query string, args []any) error {
		var c, v int64
		if _, err := tx.QueryRow([]any{&c, &v}, query, args...); err != nil {
			return err
		}
		sum.Count, sum.Value = sum.Count+sign*c, sum.Value+sign*v
		return nil
	}
	addPostings := func(sign int64, codes []string, d days, low, high journal.Position) error {
		query, args := q.postings(codes, d, low, high)
		return add(sign, query, args)
	}
	for _, p := range q.parts() {
		whole, ragged := split(p.first, p.last)
		if q.Within != nil {
			whole, ragged = nil, []days{{p.first, p.last}}
		}
		for _, r := range ragged {
			if err := addPostings(1, p.codes, r, 0, q.AsOf); err != nil {
				return Balance{}, err
			}
		}
		if whole == nil {
			continue
		}
		query, args := q.cells(p.codes, whole)
		if err := add(1, query, args); err != nil {
			return Balance{}, err
		}
		sign, low, high := int64(1), q.Folded, q.AsOf // what is not folded yet is added …
		if q.AsOf > 0 && q.AsOf < q.Folded {
			sign, low, high = -1, q.AsOf, q.Folded // … or what came after AsOf is taken away
		}
		if err := addPostings(sign, p.codes, *whole, low, high); err != nil {
			return Balance{}, err
		}
	}
	return sum, nil
}

// days is a span of days, both included.
type days struct{ first, last period.Day }

// split gives the whole months inside [first, last] and the ragged days at either end.
func split(first, last period.Day) (whole *days, ragged []days) {
	a, b := first, last
	if y, m, d := a.Date(); d != 1 {
		a = monthStart(y, int(m)+1)
	}
	if y, m, _ := b.Add(1).Date(); b.Add(1) != monthStart(y, int(m)) {
		y, m, _ := b.Date()
		b = monthStart(y, int(m)).Add(-1)
	}
	if b.Before(a) {
		return nil, []days{{first, last}}
	}
	if first != a {
		ragged = append(ragged, days{first, a.Add(-1)})
	}
	if last != b {
		ragged = append(ragged, days{b.Add(1), last})
	}
	return &days{a, b}, ragged
}

func monthStart(year, month int) period.Day {
	if month > 12 {
		year, month = year+1, month-12
	}
	return period.MustDay(year, time.Month(month), 1)
}

// postings sums the postings of some leaves, days and positions: by index posting_day when low is 0, by the primary key
// when it is not.
func (q Question) postings(codes []string, d days, low, high journal.Position) (string, []any) {
	var w store.Where
	w.And("account_no = ?", q.Account.No).And("on_day BETWEEN ? AND ?", d.first.String(), d.last.String())
	if low > 0 {
		w.And("position > ?", int64(low))
	}
	if high > 0 {
		w.And("position <= ?", int64(high))
	}
	inCodes(&w, string(q.Axis), codes)
	inCodes(&w, string(ByUnit), q.Within)
	return "SELECT CAST(coalesce(sum(count), 0) AS bigint), CAST(coalesce(sum(value), 0) AS bigint) FROM posting" + w.SQL(), w.Args()
}

// cells sums year cells where a year is whole and month cells elsewhere. The primary key finds them.
func (q Question) cells(codes []string, d *days) (string, []any) {
	var texts []string
	var args []any
	ask := func(grain, low, high string) {
		if low > high {
			return
		}
		var w store.Where
		w.And("account_no = ?", q.Account.No).And("axis = ?", string(q.Axis)).And("grain = ?", grain)
		inCodes(&w, "code", codes)
		w.And("span BETWEEN ? AND ?", low, high)
		texts, args = append(texts, "SELECT count, value FROM cell"+w.SQL()), append(args, w.Args()...)
	}
	y1, m1, _ := d.first.Date()
	y2, m2, _ := d.last.Date()
	month := func(y, m int) string { return fmt.Sprintf("%04d-%02d", y, m) }
	firstYear, lastYear := y1, y2
	if m1 != 1 {
		firstYear++
	}
	if m2 != 12 {
		lastYear--
	}
	if firstYear > lastYear {
		ask(grainMonth, month(y1, int(m1)), month(y2, int(m2)))
	} else {
		if m1 != 1 {
			ask(grainMonth, month(y1, int(m1)), month(y1, 12))
		}
		ask(grainYear, fmt.Sprintf("%04d", firstYear), fmt.Sprintf("%04d", lastYear))
		if m2 != 12 {
			ask(grainMonth, month(y2, 1), month(y2, int(m2)))
		}
	}
	return "SELECT CAST(coalesce(sum(count), 0) AS bigint), CAST(coalesce(sum(value), 0) AS bigint) FROM (" +
		strings.Join(texts, " UNION ALL ") + ") q", args
}

func inCodes(w *store.Where, column string, codes []string) {
	if codes == nil {
		return
	}
	args := make([]any, len(codes))
	for i, c := range codes {
		args[i] = c
	}
	w.In(column, args...)
}
