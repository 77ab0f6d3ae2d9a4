package app

import (
	"errors"

	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/record/book"
	"anlan/store/journal"
)

// Replaced is a measure that this program counts otherwise than the account that still gives its figures: they go by the
// definition before, and hold what was changed up to Through only. anlan migrate opens the account of the new definition.
type Replaced struct {
	Measure string           `json:"measure"`
	Label   lang.Text        `json:"label"`
	Through journal.Position `json:"through"`
}

// ReplacedIn lists the replaced measures that results rest on, each once, in order of their first use.
func ReplacedIn(v *book.View, results ...indicator.Result) (out []Replaced, err error) {
	seen := map[string]bool{}
	for _, r := range results {
		for _, a := range r.Asks() {
			if seen[a.Measure] {
				continue
			}
			seen[a.Measure] = true
			s, err := v.Standing(a.Measure)
			if errors.Is(err, book.ErrNoMeasure) {
				continue // its figures come from no account
			}
			if err != nil {
				return nil, err
			}
			if s.Replaced {
				out = append(out, Replaced{a.Measure, s.Spec.Label, s.Through})
			}
		}
	}
	return out, nil
}
