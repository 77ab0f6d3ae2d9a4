package compare

import (
	"math/big"

	"anlan/ground/figure"
)

// Verdict is what the records say of a printed figure (比对结论).
type Verdict string

// The verdicts.
const (
	Agrees      Verdict = "agrees"       // 相符: what the records give, rounded once to the printed digits, is the figure
	ByRounding  Verdict = "rounding"     // 舍入相符: it can be the figure when digits were cut off, filled in or rounded before
	Differs     Verdict = "differs"      // 不符: it cannot
	NotRecorded Verdict = "not_recorded" // 无据可比: no indicator has this name, or the records give it no value
	NotAligned  Verdict = "not_aligned"  // 未对上: nobody can tell which indicator it is, or of which time
)

// verdicts in the order in which a reader wants them.
var verdicts = []Verdict{Differs, ByRounding, Agrees, NotRecorded, NotAligned}

// roundedBefore is by how many digits more a figure may have been rounded before it was rounded again.
const roundedBefore = 2

// judged says whether a figure states x, which is in its unit.
func judged(f figure.Figure, x *big.Rat) Verdict {
	switch {
	case f.Form().Vague():
		if f.Interval().Contains(x) {
			return Agrees
		}
		return Differs
	case f.Exact():
		if f.Rat().Cmp(x) == 0 {
			return Agrees
		}
		return Differs
	case printed(x, f.Decimals()).Cmp(f.Rat()) == 0:
		return Agrees
	case f.Interval().Contains(x), f.Truncated().Contains(x), roundedTwice(f, x), padded(f, x):
		return ByRounding
	}
	return Differs
}

// printed is x rounded half away from zero to a number of decimals.
func printed(x *big.Rat, decimals int) *big.Rat {
	f, err := figure.Round(x, decimals, figure.One)
	if err != nil { // more decimals than a figure can have: nothing is rounded
		return x
	}
	return f.Rat()
}

func roundedTwice(f figure.Figure, x *big.Rat) bool {
	for more := 1; more <= roundedBefore; more++ {
		if printed(printed(x, f.Decimals()+more), f.Decimals()).Cmp(f.Rat()) == 0 {
			return true
		}
	}
	return false
}

// padded says whether the last zeros of a figure may have been filled in: 26.50 for 26.47.
func padded(f figure.Figure, x *big.Rat) bool {
	decimals := f.Decimals()
	for decimals > 0 && printed(f.Rat(), decimals-1).Cmp(f.Rat()) == 0 {
		decimals--
		if printed(x, decimals).Cmp(f.Rat()) == 0 {
			return true
		}
	}
	return false
}
