package posting

import (
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
	// everything is the axis of cells that sum all units, under no code.
	everything Axis = "all"
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

// Ask gives the balance.
func Ask(tx *store.Tx, q Question) (Balance, error) {
	answers, err := AskAll(tx, []Question{q})
	if err != nil {
		return Balance{}, err
	}
	return answers[0], nil
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

func inCodes(w *store.Where, column string, codes []string) {
	if codes == nil {
		return
	}
	values := make([]any, len(codes))
	for i, c := range codes {
		values[i] = c
	}
	w.In(column, values...)
}
