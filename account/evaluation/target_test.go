package evaluation_test

import (
	"math/big"
	"testing"

	"anlan/account/evaluation"
	"anlan/ground/figure"
)

func TestAFigureReachesItsTargetOrDoesNot(t *testing.T) {
	unit := func(s string) figure.Unit {
		u, ok := figure.UnitOf(s)
		if !ok {
			t.Fatalf("no unit %q", s)
		}
		return u
	}
	for _, c := range []struct {
		target          string
		value           *big.Rat
		unit            string
		reached, stated bool
	}{
		{"≥90%", big.NewRat(90, 1), "%", true, true},
		{"≥90%", big.NewRat(8999, 100), "%", false, true},
		{"90%", big.NewRat(89, 1), "%", false, true}, // without a relation it is to be reached
		{"不超过3起", big.NewRat(3, 1), "起", true, true},
		{"<3起", big.NewRat(3, 1), "起", false, true},
		{">3起", big.NewRat(4, 1), "起", true, true},
		{"=100%", big.NewRat(101, 1), "%", false, true},
		{"≤1万元", big.NewRat(10_000, 1), "元", true, true}, // units of one kind convert
		{"≤3起", big.NewRat(3, 1), "人", false, false},
		{"≥1个百分点", big.NewRat(3, 1), "%", false, false}, // a difference of percentages is no percentage
		{"明显改善", big.NewRat(3, 1), "起", false, false},
		{"≥90%", nil, "%", false, false}, // no figure
	} {
		if reached, stated := evaluation.Reached(c.target, c.value, unit(c.unit)); reached != c.reached || stated != c.stated {
			t.Errorf("%s of %v%s: got %v, %v", c.target, c.value, c.unit, reached, stated)
		}
	}
}
