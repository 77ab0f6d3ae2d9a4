package web

import (
	"math/big"
	"testing"
)

func TestABarAgainstItsPlanBeginsAtZero(t *testing.T) {
	t.Parallel()
	most := big.NewRat(3, 2)
	for _, c := range []struct {
		rate *big.Rat
		want planBar
	}{
		{nil, planBar{}},
		{big.NewRat(0, 1), planBar{160, 0}},
		{big.NewRat(1, 2), planBar{160, 80}},
		{big.NewRat(3, 2), planBar{160, 240}}, // overspent: longer than its plan
		{big.NewRat(-1, 2), planBar{160, 0}},
	} {
		if got := drawPlan(c.rate, most); got != c.want {
			t.Errorf("%v: got %+v, want %+v", c.rate, got, c.want)
		}
	}
}

func TestTheMonthsAreDrawnAgainstTheBudgetFromZero(t *testing.T) {
	t.Parallel()
	of := func(wan int64) amount { return amount{exact: big.NewRat(wan, 1)} }
	months := []monthPaid{{"1", of(20), of(20)}, {"2", of(55), of(75)}, {"3", amount{}, amount{}}}
	c := drawMonths(months, of(150))
	if c.Zero != untilAbove+untilHigh || c.Budget != untilAbove {
		t.Errorf("zero at %d, the budget at %d", c.Zero, c.Budget)
	}
	if len(c.Points) != 2 || c.Points[0].Y != c.Zero-20 || c.Points[1].Y != c.Zero-75 {
		t.Errorf("points %+v over the line at %d", c.Points, c.Zero)
	}
	if !c.Bars.Bars[2].Gap {
		t.Error("a month that has not begun is no gap")
	}
	if c := drawMonths(months, amount{}); c.BudgetText != "" || c.Points[1].Y != untilAbove {
		t.Errorf("without a budget: %+v", c)
	}
	if c := drawMonths(months[2:], of(150)); c.Width != 0 {
		t.Error("months without a value are drawn")
	}
}
