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
	value    Value
	batch    *batch
	slot     int // of its first leaf in the batch
}

// Question is what was asked.
func (r Result) Question() Question { return r.question }

// Value is the exact figure in the unit of the indicator.
func (r Result) Value() Value { return r.value }

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
		*r = Result{question: q, batch: b, slot: slot}
		registers = r.run(registers[:0])
		r.value = registers[len(registers)-1].in(q.Indicator.unit, q.Indicator.scale)
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

func plan(questions []Question) *batch {
	b := &batch{}
	known := map[Ask]int{}
	for _, q := range questions {
		for _, l := range q.Indicator.program.leaves {
			ask := Ask{l.measure.Code, after(l.hops, q.Period), q.Unit}
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
