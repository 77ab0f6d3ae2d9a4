package report

import (
	"math/big"
	"testing"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/ground/period"
)

// The report prints a whole and withholds a part; the set of the other part, of another kind, would be the difference.
func TestASetThatWouldGiveAWithheldFigureAwayIsClosed(t *testing.T) {
	t.Parallel()
	ask := func(measure string) indicator.Ask {
		return indicator.Ask{Measure: measure, Period: period.Year(2023), Unit: "430600"}
	}
	one := func(asks ...string) source.Linear {
		l := source.Linear{}
		for _, a := range asks {
			l[source.Ask(ask(a))] = big.NewRat(1, 1)
		}
		return l
	}
	b := Built{printedForms: []source.Linear{one("secret", "other")}, withheldForms: []source.Linear{one("secret")}}
	s := &Sets{Asked: map[indicator.Ask]Asked{ask("other"): {CountedSet: CountedSet{Stated: "5"}}, ask("third"): {CountedSet: CountedSet{Stated: "7"}}}}
	b.CloseGiveaways(s)
	if x := s.Asked[ask("other")]; x.Closed != ClosedWithheld || x.Stated != "" {
		t.Errorf("got %+v, want it closed", x)
	}
	if x := s.Asked[ask("third")]; x.Closed != "" || x.Stated != "7" {
		t.Errorf("got %+v, want it open", x)
	}
}
