package web

import (
	"math/big"
	"strconv"
)

// planBar is what was spent beside what was planned, from zero, in the units of its drawing; Plan is 0 where there is no rate.
type planBar struct{ Plan, Spent int }

// planWide is how wide the longest bar of a table is.
const planWide = 240

// drawPlan draws a rate to a scale on which the greatest rate of the table, or the plan, is the whole width.
func drawPlan(rate, most *big.Rat) planBar {
	if rate == nil {
		return planBar{}
	}
	return planBar{Plan: pixels(big.NewRat(1, 1), most, planWide), Spent: max(0, pixels(rate, most, planWide))}
}

// pixels is how long x is where whole is as long as length.
func pixels(x, whole *big.Rat, length int64) int {
	n := new(big.Rat).Mul(new(big.Rat).Quo(x, whole), big.NewRat(length, 1))
	i, _ := strconv.Atoi(n.FloatString(0)) // a whole number by construction, and short
	return i
}

// monthPaid is a month with what was paid in it and up to its end.
type monthPaid struct {
	Label       string
	Paid, Until amount
}

// monthChart is two drawings over the months, each from a line at zero: above what was paid so far against the budget, below what
// was paid in each month.
type monthChart struct {
	Width, Height int
	Line          string // points of what was paid so far
	Points        []point
	Budget        int // height of the line of the budget; 0: none
	BudgetText    string
	Last          string // what was paid so far by the newest month
	Zero          int    // of the drawing above
	Bars          chart
}

// point is a place in a drawing.
type point struct{ X, Y int }

// The measures of the drawing above the bars.
const (
	untilHigh  = 150
	untilAbove = 24
)

// drawMonths draws the months that have a value; nothing where fewer than two have.
func drawMonths(months []monthPaid, budget amount) (c monthChart) {
	bars := make([]bar, len(months))
	top, bottom := new(big.Rat), new(big.Rat)
	reach := func(x *big.Rat) {
		if x != nil && x.Cmp(top) > 0 {
			top = x
		}
		if x != nil && x.Cmp(bottom) < 0 {
			bottom = x
		}
	}
	reach(budget.exact)
	for i, m := range months {
		bars[i] = bar{Label: m.Label, Value: m.Paid.exact, Now: true}
		if m.Paid.exact != nil {
			bars[i].Text = m.Paid.Text
		}
		reach(m.Until.exact)
	}
	c.Bars = drawBarsOf(bars, monthWidth, monthGap)
	span := new(big.Rat).Sub(top, bottom)
	if c.Bars.Width == 0 || span.Sign() == 0 {
		return monthChart{}
	}
	c.Width, c.Height = c.Bars.Width, untilAbove+untilHigh
	at := func(x *big.Rat) int { return untilAbove + pixels(new(big.Rat).Sub(top, x), span, untilHigh) }
	c.Zero = at(new(big.Rat))
	if budget.exact != nil {
		c.Budget, c.BudgetText = at(budget.exact), budget.Text
	}
	for i, m := range months {
		if m.Until.exact == nil {
			continue
		}
		p := point{c.Bars.Bars[i].Middle, at(m.Until.exact)}
		c.Points = append(c.Points, p)
		c.Line += strconv.Itoa(p.X) + "," + strconv.Itoa(p.Y) + " "
		c.Last = m.Until.Text
	}
	return c
}
