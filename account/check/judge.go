package check

import (
	"math/big"

	"anlan/ground/figure"
)

// form is the arithmetic of a relation: how operands give the stated figure.
type form struct {
	eval    func(v []*big.Rat) *big.Rat // nil where it is not defined
	formula func(id []string) string    // "f13 + f14"
	linear  []int                       // signs of the operands, where the form is a sum
}

// span is a closed set of values with a nominal one, all in base units.
type span struct{ value, low, high *big.Rat }

// spanOf is what a figure may stand for, in the base unit of its dimension. ok is false where it has no bounds.
func spanOf(f figure.Figure) (s span, ok bool) {
	scale := f.Unit().Scale()
	i := f.Interval()
	low, _ := i.Low()
	high, _ := i.High()
	if low == nil || high == nil {
		return span{}, false
	}
	value := f.Rat()
	if f.Form() == figure.Range {
		value = new(big.Rat).Mul(new(big.Rat).Add(low, high), half)
	}
	times := func(x *big.Rat) *big.Rat { return new(big.Rat).Mul(x, scale) }
	return span{times(value), times(low), times(high)}, true
}

var (
	half    = big.NewRat(1, 2)
	ratOne  = big.NewRat(1, 1)
	hundred = big.NewRat(100, 1)
)

// bounds are the least and the greatest result that operands inside their spans allow. A form that is no sum is monotone
// in each operand, so that its extremes stand at corners; ok is false where it is undefined at one of them.
func (f form) bounds(ops []span) (low, high *big.Rat, ok bool) {
	if f.linear != nil {
		low, high = new(big.Rat), new(big.Rat)
		for i, o := range ops {
			if f.linear[i] > 0 {
				low.Add(low, o.low)
				high.Add(high, o.high)
			} else {
				low.Sub(low, o.high)
				high.Sub(high, o.low)
			}
		}
		return low, high, true
	}
	v := make([]*big.Rat, len(ops))
	for corner := range 1 << len(ops) {
		for i, o := range ops {
			if v[i] = o.low; corner>>i&1 == 1 {
				v[i] = o.high
			}
		}
		x := f.eval(v)
		if x == nil {
			return nil, nil, false
		}
		if low == nil || x.Cmp(low) < 0 {
			low = x
		}
		if high == nil || x.Cmp(high) > 0 {
			high = x
		}
	}
	return low, high, true
}

// judgement is a verdict with the arithmetic behind it, in base units.
type judgement struct {
	verdict   Verdict
	how       How
	nominal   *big.Rat // what the operands as printed give
	low, high *big.Rat
}

// judge compares a stated figure with what a form makes of its operands; see doc.go for the order. ok is false where an
// operand has no bounds or the form is undefined.
func judge(stated figure.Figure, f form, ops []span, padded bool) (j judgement, ok bool) {
	values := make([]*big.Rat, len(ops))
	for i, o := range ops {
		values[i] = o.value
	}
	if j.nominal = f.eval(values); j.nominal == nil {
		return j, false
	}
	if j.low, j.high, ok = f.bounds(ops); !ok {
		return j, false
	}
	scale := stated.Unit().Scale()
	inUnit := func(x *big.Rat) *big.Rat { return new(big.Rat).Quo(x, scale) }
	nominal := inUnit(j.nominal)
	expected := figure.Closed(inUnit(j.low), inUnit(j.high))
	switch {
	case statesExactly(stated, nominal):
		j.verdict = Holds
	case stated.Interval().Meets(expected):
		j.verdict, j.how = Rounding, Rounded
	case stated.Truncated().Meets(expected):
		j.verdict, j.how = Rounding, Truncated
	case roundedTwice(stated, nominal):
		j.verdict, j.how = Rounding, Twice
	case padded && withoutZeros(stated).Meets(expected):
		j.verdict, j.how = Rounding, Padded
	default:
		j.verdict = Contradiction
	}
	return j, true
}

// statesExactly says whether x printed at the precision of f is f; an exact half may have gone up or to even. A vague
// figure states x when x is one of its values.
func statesExactly(f figure.Figure, x *big.Rat) bool {
	if f.Form() != figure.Plain {
		return f.Interval().Contains(x)
	}
	if f.Exact() {
		return f.Rat().Cmp(x) == 0
	}
	return roundTo(x, f.Decimals(), false).Cmp(f.Rat()) == 0 || roundTo(x, f.Decimals(), true).Cmp(f.Rat()) == 0
}

// roundTo rounds x to decimals, an exact half away from zero or to even.
func roundTo(x *big.Rat, decimals int, even bool) *big.Rat {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	n := new(big.Int).Mul(x.Num(), power)
	d := x.Denom()
	q, r := new(big.Int).QuoRem(n, d, new(big.Int))
	switch c := new(big.Int).Abs(new(big.Int).Lsh(r, 1)).Cmp(d); {
	case c > 0, c == 0 && (!even || q.Bit(0) == 1):
		q.Add(q, big.NewInt(int64(x.Sign())))
	}
	return new(big.Rat).SetFrac(q, power)
}

// roundedTwice says whether x rounded to one, two or three digits more, and then to the digits of f, is f.
func roundedTwice(f figure.Figure, x *big.Rat) bool {
	if f.Form() != figure.Plain || f.Exact() {
		return false
	}
	for more := 1; more <= 3; more++ {
		if roundTo(roundTo(x, f.Decimals()+more, false), f.Decimals(), false).Cmp(f.Rat()) == 0 {
			return true
		}
	}
	return false
}

// withoutZeros is the interval of f as if its last zeros had not been printed.
func withoutZeros(f figure.Figure) figure.Interval {
	decimals := f.Decimals()
	for decimals > 0 && roundTo(f.Rat(), decimals-1, false).Cmp(f.Rat()) == 0 {
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
	case x.value.Cmp(y.value) <= 0:
		return Holds, true
	case x.low.Cmp(y.high) <= 0:
		return Rounding, true
	}
	return Contradiction, true
}
