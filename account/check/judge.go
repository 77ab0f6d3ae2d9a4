package check

import (
	"math/big"

	"anlan/ground/figure"
)

// span is a closed set of values with a nominal one, all in the base unit of their dimension.
type span struct{ value, low, high exact }

// spanOf is what a figure may stand for. ok is false where it has no bounds.
func spanOf(f figure.Figure) (s span, ok bool) {
	coef, decimals, small := coefficient(f)
	scale, decimal := f.Unit().PowerOfTen()
	if !small || !decimal || f.Form() != figure.Plain {
		return spanOfRare(f)
	}
	e := scale - decimals
	value := scaled(coef, e)
	if f.Exact() {
		return span{value, value, value}, true
	}
	// Half a step is 5·10^(e−1).
	ten, ok := times(coef, 10)
	if !ok {
		return spanOfRare(f)
	}
	return span{scaled(ten, e-1), scaled(ten-5, e-1), scaled(ten+5, e-1)}, true
}

// coefficient is a figure's number as coef·10^−decimals, when 64 bits hold it.
func coefficient(f figure.Figure) (coef int64, decimals int, ok bool) {
	neg, hi, lo, prec, fits := f.Value().ToHiLo()
	if !fits || hi != 0 || lo > 1<<58 || int(prec) > f.Decimals() || f.Decimals()-int(prec) >= len(tens) {
		return 0, 0, false
	}
	coef, ok = times(int64(lo), tens[f.Decimals()-int(prec)])
	if neg {
		coef = -coef
	}
	return coef, f.Decimals(), ok
}

// spanOfRare is spanOf for vague figures and for units whose scale is no power of ten (亩, 小时).
func spanOfRare(f figure.Figure) (span, bool) {
	low, _ := f.Interval().Low()
	high, _ := f.Interval().High()
	if low == nil || high == nil {
		return span{}, false
	}
	scale := f.Unit().Scale()
	times := func(x *big.Rat) exact { return fromRat(new(big.Rat).Mul(x, scale)) }
	s := span{times(f.Rat()), times(low), times(high)}
	if f.Form() == figure.Range {
		s.value = s.low.add(s.high).mul(half)
	}
	return s, true
}

var (
	half    = exact{n: 1, d: 2}
	one     = whole(1)
	hundred = whole(100)
)

// judgement is a verdict with the arithmetic behind it, in the unit of the stated figure.
type judgement struct {
	verdict   Verdict
	how       How
	nominal   exact // what the operands as printed give
	low, high exact
}

// judge compares a stated figure with what a form makes of its operands; see doc.go for the order. ok is false where an
// operand has no bounds or the form is undefined.
func judge(stated figure.Figure, f form, ops []span, padded bool) (j judgement, ok bool) {
	var buf [24]exact
	values := buf[:0]
	for _, o := range ops {
		values = append(values, o.value)
	}
	if j.nominal, ok = f.eval(values); !ok {
		return j, false
	}
	if j.low, j.high, ok = f.bounds(ops); !ok {
		return j, false
	}
	if scale := scaleOf(stated.Unit()); scale != one {
		j.nominal, j.low, j.high = j.nominal.quo(scale), j.low.quo(scale), j.high.quo(scale)
	}
	if stated.Form() == figure.Plain && !padded && j.isFar(stated) {
		j.verdict = Contradiction
		return j, true
	}
	meets := func(low, high exact) bool { return low.cmp(j.high) <= 0 && j.low.cmp(high) <= 0 }
	switch {
	case statesExactly(stated, j.nominal):
		j.verdict = Holds
	case meets(roundedEnds(stated)):
		j.verdict, j.how = Rounding, Rounded
	case meets(truncatedEnds(stated)):
		j.verdict, j.how = Rounding, Truncated
	case roundedTwice(stated, j.nominal):
		j.verdict, j.how = Rounding, Twice
	case padded && meets(ends(withoutZeros(stated))):
		j.verdict, j.how = Rounding, Padded
	default:
		j.verdict = Contradiction
	}
	return j, true
}

// isFar says whether all that the operands allow is more than two steps away from a plain figure, so that no way to round gives it.
func (j *judgement) isFar(stated figure.Figure) bool {
	printed, twice := numberOf(stated), scaled(2, -stated.Decimals())
	return j.high.cmp(printed.sub(twice)) < 0 || j.low.cmp(printed.add(twice)) > 0
}

// scaleOf is the scale of a unit.
func scaleOf(u figure.Unit) exact {
	if n, ok := u.PowerOfTen(); ok {
		return scaled(1, n)
	}
	return fromRat(u.Scale())
}

// roundedEnds are the ends of what a figure stands for, in its unit.
func roundedEnds(f figure.Figure) (low, high exact) {
	coef, decimals, ok := coefficient(f)
	if ten, fits := times(coef, 10); ok && fits && f.Form() == figure.Plain && !f.Exact() {
		return scaled(ten-5, -decimals-1), scaled(ten+5, -decimals-1)
	}
	return ends(f.Interval())
}

// truncatedEnds are the ends of what a figure stands for when its last digits were cut off, in its unit.
func truncatedEnds(f figure.Figure) (low, high exact) {
	coef, decimals, ok := coefficient(f)
	switch {
	case !ok || f.Form() != figure.Plain || f.Exact():
		return ends(f.Truncated())
	case coef < 0:
		return scaled(coef-1, -decimals), scaled(coef, -decimals)
	}
	return scaled(coef, -decimals), scaled(coef+1, -decimals)
}

// ends are the ends of an interval; an absent one is further away than anything that is printed.
func ends(i figure.Interval) (low, high exact) {
	low, high = whole(-tens[18]), whole(tens[18])
	if x, _ := i.Low(); x != nil {
		low = fromRat(x)
	}
	if x, _ := i.High(); x != nil {
		high = fromRat(x)
	}
	return low, high
}

// statesExactly says whether x printed at the precision of f is f; an exact half may have gone up or to even. A vague
// figure states x when x is one of its values.
func statesExactly(f figure.Figure, x exact) bool {
	if f.Form() != figure.Plain {
		return f.Interval().Contains(x.rat())
	}
	printed := numberOf(f)
	if same := printed.cmp(x) == 0; same || f.Exact() {
		return same
	}
	return x.round(f.Decimals(), false).cmp(printed) == 0 || x.round(f.Decimals(), true).cmp(printed) == 0
}

// numberOf is the printed number of a figure.
func numberOf(f figure.Figure) exact {
	if coef, decimals, ok := coefficient(f); ok {
		return scaled(coef, -decimals)
	}
	return fromRat(f.Rat())
}

// roundedTwice says whether x rounded to one, two or three digits more, and then to the digits of f, is f.
func roundedTwice(f figure.Figure, x exact) bool {
	if f.Form() != figure.Plain || f.Exact() {
		return false
	}
	printed := numberOf(f)
	for more := 1; more <= 3; more++ {
		if x.round(f.Decimals()+more, false).round(f.Decimals(), false).cmp(printed) == 0 {
			return true
		}
	}
	return false
}

// withoutZeros is the interval of f as if its last zeros had not been printed.
func withoutZeros(f figure.Figure) figure.Interval {
	printed, decimals := numberOf(f), f.Decimals()
	for decimals > 0 && printed.round(decimals-1, false).cmp(printed) == 0 {
		decimals--
	}
	g, err := figure.Round(f.Rat(), decimals, f.Unit())
	if err != nil {
		return f.Interval()
	}
	return g.Interval()
}

// order is the verdict on "a is at most b".
func order(a, b figure.Figure) (Verdict, bool) {
	x, okX := spanOf(a)
	y, okY := spanOf(b)
	switch {
	case !okX || !okY:
		return "", false
	case x.value.cmp(y.value) <= 0:
		return Holds, true
	case x.low.cmp(y.high) <= 0:
		return Rounding, true
	}
	return Contradiction, true
}
