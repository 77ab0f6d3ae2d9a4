package book

import (
	"anlan/ground/place"
	"anlan/record/measure"
	"anlan/record/posting"
)

// Answer is the figure of a measure, before scaling, with the definition it was counted by.
type Answer struct {
	posting.Balance
	Measure  *measure.Spec
	Recorded bool // the book has records of the measure's kind by then (RecordedBy); without any, the figure is not 0 but none recorded
}

// Balances answers many asks together, in their order; each answer is what Balance gives. Asks about the same unit or place
// share their queries: this is how a report asks.
func (v *View) Balances(asks []Ask) ([]Answer, error) {
	type subject struct {
		unit  place.Unit
		place place.Code
	}
	known := map[subject]posting.Question{}
	questions, answers := make([]posting.Question, len(asks)), make([]Answer, len(asks))
	for i, a := range asks {
		account, s, err := v.counted(a)
		if err != nil {
			return nil, err
		}
		q, again := known[subject{a.Unit, a.Place}]
		if !again {
			if q, err = v.about(a); err != nil {
				return nil, err
			}
			known[subject{a.Unit, a.Place}] = q
		}
		questions[i], answers[i].Measure = asked(q, account, s, a), s
	}
	balances, err := posting.AskAll(v.tx, questions)
	if err != nil {
		return nil, err
	}
	for i, b := range balances {
		answers[i].Balance, answers[i].Recorded = b, true
		if b == (posting.Balance{}) {
			if answers[i].Recorded, err = v.RecordedBy(answers[i].Measure.Kind, asks[i].Period.Last()); err != nil {
				return nil, err
			}
		}
	}
	return answers, nil
}
