package rule

import (
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Rule is a scoring rule.
type Rule struct {
	Form Form
	// Waived is the clause that gives the full score where the question does not arise (没有新建楼堂馆所的按满分计算); empty: none does.
	Waived string
}

// Form is one of Ratio, Reached, Deduction, Bands, Levels, Checklist.
type Form interface {
	// Full is the full score that the wording states; nil where it says 满分 or nothing.
	Full() *big.Rat
	write() string
}

// Measured is a form that makes points of a value.
type Measured interface {
	Form
	// Fits says whether values in a unit of measure can be scored. Faults: ErrUnit, ErrNoTarget, ErrZeroTarget.
	Fits(u figure.Unit) error
	// Score is the points of a value out of a full score; ok is false where no band covers the value, and the arithmetic then
	// says so. The value must be in a unit that fits.
	Score(full *big.Rat, v Amount) (s Scored, ok bool)
}

// Scored is points with the arithmetic that gave them, a sentence a step.
type Scored struct {
	Points     *big.Rat
	Arithmetic []lang.Text
	Cut        bool // a number of the arithmetic goes on behind the digits that are written; it was counted whole
}

// Amount is a number with its unit of measure.
type Amount struct {
	Number *big.Rat
	Unit   figure.Unit
}

// Stated says whether there is a number.
func (a Amount) Stated() bool { return a.Number != nil }

// in is the amount's number in another unit of its dimension; 个百分点 and % are the same step of a percentage.
func (a Amount) in(u figure.Unit) (*big.Rat, error) {
	from := a.Unit
	if from == figure.Points {
		from = figure.Percent
	}
	return from.Convert(a.Number, u)
}

// String is the amount as a reader sees it: 100%, 3起, 94.049473%.
func (a Amount) String() string { return Number(a.Number) + a.Unit.String() }

// DecimalsShown are the decimals to which numbers in words are rounded, an exact half away from zero.
const DecimalsShown = 6

// Number is r for a reader: all its decimals where it ends within DecimalsShown, otherwise rounded to so many; without zeros at
// the end, as package indicator writes it.
func Number(r *big.Rat) string {
	s := strings.TrimSuffix(strings.TrimRight(r.FloatString(DecimalsShown), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return strings.Replace(s, "-", "−", 1)
}

// goesOn says whether one of some numbers has more digits than Number writes.
func goesOn(rs ...*big.Rat) bool {
	return slices.ContainsFunc(rs, func(r *big.Rat) bool { n, ends := r.FloatPrec(); return !ends || n > DecimalsShown })
}

// decimal is r in full. Numbers of wordings end.
func decimal(r *big.Rat) string {
	n, _ := r.FloatPrec()
	return r.FloatString(n)
}

// exact is the amount as a wording has it.
func (a Amount) exact() string { return decimal(a.Number) + a.Unit.String() }

// clamp keeps points between 0 and the full score; said is the sentence where it had to.
func clamp(points, full *big.Rat) (kept *big.Rat, said []lang.Text) {
	switch {
	case points.Sign() < 0:
		return new(big.Rat), []lang.Text{lang.Of("扣分不超过满分，扣完为止：0分", "no more than the full score is taken off: 0分")}
	case points.Cmp(full) > 0:
		return new(big.Rat).Set(full), []lang.Text{both("得分不超过满分：%s分", "no more than the full score is given: %s分", Number(full))}
	}
	return points, nil
}

// String is the rule in a wording that Parse reads as the same rule.
func (r Rule) String() string {
	s := r.Form.write()
	if r.Waived != "" {
		s += "；" + r.Waived
	}
	return s
}

// Judged says whether points come from people's judgement and not from a value.
func (r Rule) Judged() bool { _, measured := r.Form.(Measured); return !measured }

// Tells says whether points above 0 and below the full score come from one value only, so that they tell it.
func (r Rule) Tells() bool {
	switch f := r.Form.(type) {
	case Ratio:
		return true
	case Deduction:
		return f.Side != Either && f.Broken != Dropped && f.Broken != Begun
	}
	return false
}

// WithTarget is the rule with the target of its line put in where the wording leaves it open; reverse says that less is
// better (≤).
func (r Rule) WithTarget(target Amount, reverse bool) Rule {
	switch f := r.Form.(type) {
	case Ratio:
		if !f.Target.Stated() {
			f.Target, f.Reverse = target, f.Reverse || reverse
			r.Form = f
		}
	case Reached:
		f.Target, f.Reverse = target, reverse
		r.Form = f
	case Deduction:
		if !f.From.Stated() {
			f.From = target
			r.Form = f
		}
	}
	return r
}

// WithBroken is the rule with a way to count broken steps put in where the wording leaves it open.
func (r Rule) WithBroken(b Broken) Rule {
	if f, ok := r.Form.(Deduction); ok && f.Broken == "" {
		f.Broken = b
		r.Form = f
	}
	return r
}
