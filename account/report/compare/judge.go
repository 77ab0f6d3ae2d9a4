package compare

import (
	"math/big"
	"slices"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Verdict is what the records say of a printed figure (比对结论).
type Verdict string

// The verdicts.
const (
	Agrees      Verdict = "agrees"       // 相符: what the records give, rounded once to the printed digits, is the figure
	ByRounding  Verdict = "rounding"     // 舍入相符: it is the figure with digits cut off, or with a half rounded down, or by the text's own printed figures
	Differs     Verdict = "differs"      // 不符: it cannot
	NotRecorded Verdict = "not_recorded" // 无据可比: no indicator has this name, or the records give it no value
	NotAligned  Verdict = "not_aligned"  // 未对上: nobody can tell which indicator it is, or of which time
)

// Verdicts are all verdicts, in the order in which a reader wants them.
func Verdicts() []Verdict { return slices.Clone(verdicts) }

// verdicts in the order in which a reader wants them.
var verdicts = []Verdict{Differs, ByRounding, Agrees, NotRecorded, NotAligned}

// judged says whether a figure states x, which is in its unit. Only what comes of x itself at the printed digits agrees: a figure
// that was rounded twice, or filled up with zeros, is another.
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
	case f.Interval().Contains(x), f.Truncated().Contains(x):
		return ByRounding
	}
	return Differs
}

// howRounded says in which way a figure that agrees by rounding states x.
func howRounded(f figure.Figure, x *big.Rat) lang.Text {
	if f.Interval().Contains(x) {
		return lang.Of("恰在两数正中，文中没有进位", "it lies right between two figures, and was not rounded up")
	}
	proper := atDigits(x, f.Decimals()) + f.Unit().String()
	return lang.Text{Zh: "文中截去了尾数，四舍五入应为" + proper, En: "digits were cut off; rounded it is " + proper}
}

// printed is x rounded half away from zero to a number of decimals.
func printed(x *big.Rat, decimals int) *big.Rat {
	f, err := figure.Round(x, decimals, figure.One)
	if err != nil { // more decimals than a figure can have: nothing is rounded
		return x
	}
	return f.Rat()
}
