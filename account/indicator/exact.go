package indicator

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// exact is a rational number. It is num/den in lowest terms while both fit 63 bits, and big beyond; the zero exact is 0.
// Nearly all figures of a bureau stay in the small form, which is ten times as fast and allocates nothing.
type exact struct {
	num int64
	den int64 // 0 stands for 1
	big *big.Rat
}

func whole(n int64) exact {
	if n == math.MinInt64 {
		return exact{big: new(big.Rat).SetInt64(n)}
	}
	return exact{num: n, den: 1}
}

// exactOf keeps no reference to r.
func exactOf(r *big.Rat) exact {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return exact{num: r.Num().Int64(), den: r.Denom().Int64()}
	}
	return exact{big: new(big.Rat).Set(r)}
}

// rat is a new big.Rat of the same value.
func (x exact) rat() *big.Rat {
	if x.big != nil {
		return new(big.Rat).Set(x.big)
	}
	return big.NewRat(x.num, x.below())
}

func (x exact) below() int64 {
	if x.den == 0 {
		return 1
	}
	return x.den
}

func (x exact) sign() int {
	if x.big != nil {
		return x.big.Sign()
	}
	return cmp.Compare(x.num, 0)
}

func (x exact) negate() exact {
	if x.big != nil {
		return exactOf(new(big.Rat).Neg(x.big))
	}
	return exact{num: -x.num, den: x.den}
}

func (x exact) add(y exact) exact {
	if x.big == nil && y.big == nil {
		if x.below() == y.below() {
			if n, ok := plus(x.num, y.num); ok {
				return reduced(n, x.below())
			}
		}
		a, ok1 := times(x.num, y.below())
		b, ok2 := times(y.num, x.below())
		d, ok3 := times(x.below(), y.below())
		if n, ok4 := plus(a, b); ok1 && ok2 && ok3 && ok4 {
			return reduced(n, d)
		}
	}
	return exactOf(new(big.Rat).Add(x.rat(), y.rat()))
}

func (x exact) sub(y exact) exact { return x.add(y.negate()) }

func (x exact) mul(y exact) exact {
	if x.big == nil && y.big == nil {
		// Cancelling across first keeps products small: 4710.67 × 100,000,000 fits, 471067 × 100,000,000 / 100 need not.
		a, d := cancel(x.num, y.below())
		c, b := cancel(y.num, x.below())
		n, ok1 := times(a, c)
		m, ok2 := times(b, d)
		if ok1 && ok2 {
			return exact{num: n, den: m}
		}
	}
	return exactOf(new(big.Rat).Mul(x.rat(), y.rat()))
}

// div needs y ≠ 0.
func (x exact) div(y exact) exact { return x.mul(y.invert()) }

func (x exact) invert() exact {
	switch {
	case x.big != nil:
		return exactOf(new(big.Rat).Inv(x.big))
	case x.num < 0:
		return exact{num: -x.below(), den: -x.num}
	}
	return exact{num: x.below(), den: x.num}
}

func (x exact) compare(y exact) int {
	if x.big == nil && y.big == nil {
		if x.below() == y.below() {
			return cmp.Compare(x.num, y.num)
		}
		a, ok1 := times(x.num, y.below())
		b, ok2 := times(y.num, x.below())
		if ok1 && ok2 {
			return cmp.Compare(a, b)
		}
	}
	return x.rat().Cmp(y.rat())
}

// reduced is n/d in lowest terms; d > 0.
func reduced(n, d int64) exact {
	n, d = cancel(n, d)
	return exact{num: n, den: d}
}

// cancel divides both by their greatest common divisor; d > 0.
func cancel(n, d int64) (int64, int64) {
	if d == 1 {
		return n, d
	}
	a, b := n, d
	if a < 0 {
		a = -a
	}
	for a != 0 {
		a, b = b%a, a
	}
	return n / b, d / b
}

// plus and times are false when the result does not fit 63 bits and a sign. No operand is the least int64.
func plus(a, b int64) (int64, bool) {
	s := a + b
	return s, (a < 0) != (b < 0) || (s < 0) == (a < 0) && s != math.MinInt64
}

func times(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return uint64(-a)
	}
	return uint64(a)
}
