package indicator

import (
	"context"
	"fmt"

	"anlan/ground/period"
	"anlan/ground/place"
)

// Question asks for the figure of an indicator: of a unit and those below it, in a period.
type Question struct {
	Indicator *Indicator
	Period    period.Period
	Unit      place.Unit
}

// Result is the answer to a Question. It keeps what it was computed from, so it can explain itself.
type Result struct {
	question Question
	outcome  register
	batch    *batch
	slot     int // of its first leaf in the batch
}

// Question is what was asked.
func (r Result) Question() Question { return r.question }

// Value is the exact figure in the unit of the indicator.
func (r Result) Value() Value {
	i := r.question.Indicator
	return r.outcome.in(i.unit, i.scale)
}

// Asks lists what the figure rests on, each once, in the order of the text.
func (r Result) Asks() []Ask {
	var asks []Ask
	seen := map[int]bool{}
	for l := range r.question.Indicator.program.leaves {
		if at := r.batch.slots[r.slot+l]; at >= 0 && !seen[at] {
			seen[at] = true
			asks = append(asks, r.batch.asks[at])
		}
	}
	return asks
}

// Eval answers questions together, in their order. Each (measure, period, unit) is asked of the source once, all of them in
// one call. The result of a question depends on the source's answers and on nothing else.
func Eval(ctx context.Context, source Source, questions ...Question) ([]Result, error) {
	b := plan(questions)
	if len(b.asks) > 0 {
		var err error
		if b.quantities, err = source.Values(ctx, b.asks); err != nil {
			return nil, fmt.Errorf("read measures: %w", err)
		}
		if len(b.quantities) != len(b.asks) {
			return nil, fmt.Errorf("read measures: %d asked, %d answered", len(b.asks), len(b.quantities))
		}
	}
	results := make([]Result, len(questions))
	var registers []register
	slot := 0
	for k, q := range questions {
		r := &results[k]
		r.question, r.batch, r.slot = q, b, slot
		registers = r.run(registers[:0])
		r.outcome = registers[len(registers)-1]
		slot += len(q.Indicator.program.leaves)
	}
	return results, nil
}

// batch is what was asked for some questions, and the answers.
type batch struct {
	asks       []Ask
	quantities []Quantity // of the asks
	slots      []int      // the ask of each leaf of each question in turn; -1 where the calendar ends before its period
}

// plan finds what is to be asked. Questions that follow each other mostly share the indicator and the period, so the periods
// of the leaves are kept from one to the next.
func plan(questions []Question) *batch {
	b := &batch{slots: make([]int, 0, len(questions))}
	known := map[Ask]int{}
	var periods []period.Period
	var last Question
	for _, q := range questions {
		leaves := q.Indicator.program.leaves
		if q.Indicator != last.Indicator || q.Period != last.Period {
			last, periods = q, periods[:0]
			for _, l := range leaves {
				periods = append(periods, after(l.hops, q.Period))
			}
		}
		for k := range leaves {
			ask := Ask{leaves[k].measure.Code, periods[k], q.Unit}
			at, ok := known[ask]
			switch {
			case ask.Period.IsZero():
				at = -1
			case !ok:
				at = len(b.asks)
				known[ask] = at
				b.asks = append(b.asks, ask)
			}
			b.slots = append(b.slots, at)
		}
	}
	return b
}
