package check

import (
	"math/big"
	"math/bits"
	"strconv"
)

// exact is a rational number: n/d in 64 bits as long as that holds it, which it does for nearly all that reports print,
// else a big.Rat. It is a value, and the zero exact is 0. Nothing is ever rounded but by round and text.
type exact struct {
	n, d int64 // d > 0, or 0 in the zero exact
	big  *big.Rat
}

func whole(n int64) exact { return exact{n: n, d: 1} }

// fromRat is r, which must not change afterwards.
func fromRat(r *big.Rat) exact {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return exact{n: r.Num().Int64(), d: r.Denom().Int64()}
	}
	return exact{big: r}
}

// tens are the powers of ten that 64 bits hold.
var tens = func() (p [19]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// scaled is n·10ᵉ.
func scaled(n int64, e int) exact {
	switch {
	case e == 0:
		return whole(n)
	case e < 0 && -e < len(tens):
		return exact{n: n, d: tens[-e]}
	case e > 0 && e < len(tens):
		if v, ok := times(n, tens[e]); ok {
			return whole(v)
		}
	}
	power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil))
	if e < 0 {
		power.Inv(power)
	}
	return fromRat(power.Mul(power, new(big.Rat).SetInt64(n)))
}

func times(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo >= smallMax {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// rat is the number as a big.Rat of its own.
func (x exact) rat() *big.Rat {
	switch {
	case x.big != nil:
		return new(big.Rat).Set(x.big)
	case x.d == 0:
		return new(big.Rat)
	}
	return big.NewRat(x.n, x.d)
}

func (x exact) parts() (n, d int64, small bool) {
	if x.d == 0 && x.big == nil {
		return 0, 1, true
	}
	return x.n, x.d, x.big == nil && magnitude(x.n) < smallMax && uint64(x.d) < smallMax
}

// smallMax bounds the parts of a number with which 64 bits can be added and doubled.
const smallMax = 1 << 61

func (x exact) sign() int {
	switch {
	case x.big != nil:
		return x.big.Sign()
	case x.n > 0:
		return 1
	case x.n < 0:
		return -1
	}
	return 0
}

func (x exact) neg() exact {
	if n, d, ok := x.parts(); ok {
		return exact{n: -n, d: d}
	}
	return exact{big: new(big.Rat).Neg(x.rat())}
}

func (x exact) abs() exact {
	if x.sign() < 0 {
		return x.neg()
	}
	return x
}

func (x exact) add(y exact) exact {
	a, c, ok1 := x.parts()
	b, d, ok2 := y.parts()
	if ok1 && ok2 {
		ok := true
		switch {
		case c == d:
		case d%c == 0:
			a, ok = times(a, d/c)
			c = d
		case c%d == 0:
			b, ok = times(b, c/d)
		default:
			ok = false
		}
		if ok {
			return exact{n: a + b, d: c}
		}
	}
	return fromRat(new(big.Rat).Add(x.rat(), y.rat()))
}

func (x exact) sub(y exact) exact { return x.add(y.neg()) }

func (x exact) mul(y exact) exact {
	a, c, ok1 := x.parts()
	b, d, ok2 := y.parts()
	if ok1 && ok2 {
		if n, ok := times(a, b); ok {
			if m, ok := times(c, d); ok {
				return exact{n: n, d: m}
			}
		}
	}
	return fromRat(new(big.Rat).Mul(x.rat(), y.rat()))
}

// quo is x ÷ y; y must not be 0.
func (x exact) quo(y exact) exact {
	a, c, ok1 := x.parts()
	b, d, ok2 := y.parts()
	if ok1 && ok2 {
		if b < 0 {
			a, b = -a, -b
		}
		if c == d {
			return exact{n: a, d: b}
		}
		if n, ok := times(a, d); ok {
			if m, ok := times(c, b); ok {
				return exact{n: n, d: m}
			}
		}
	}
	return fromRat(new(big.Rat).Quo(x.rat(), y.rat()))
}

func (x exact) cmp(y exact) int {
	a, c, ok1 := x.parts()
	b, d, ok2 := y.parts()
	if !ok1 || !ok2 {
		return x.rat().Cmp(y.rat())
	}
	if sx, sy := x.sign(), y.sign(); sx < sy {
		return -1
	} else if sx > sy {
		return 1
	}
	hi1, lo1 := bits.Mul64(magnitude(a), uint64(d))
	hi2, lo2 := bits.Mul64(magnitude(b), uint64(c))
	order := 0
	switch {
	case hi1 > hi2 || hi1 == hi2 && lo1 > lo2:
		order = 1
	case hi1 != hi2 || lo1 != lo2:
		order = -1
	}
	if a < 0 {
		return -order
	}
	return order
}

// floor is the greatest whole number that is not greater than x, which must be near enough to zero for 64 bits.
func (x exact) floor() int64 {
	n, d, ok := x.parts()
	if !ok {
		r := x.rat()
		return new(big.Int).Div(r.Num(), r.Denom()).Int64()
	}
	q := n / d
	if n%d < 0 {
		q--
	}
	return q
}

// round is x at so many decimals, an exact half away from zero or to even.
func (x exact) round(decimals int, even bool) exact {
	if n, d, ok := x.parts(); ok && decimals >= 0 && decimals < len(tens) {
		if m, ok := times(n, tens[decimals]); ok {
			q, r := m/d, m%d
			if twice := 2 * magnitude(r); twice > uint64(d) || twice == uint64(d) && (!even || q&1 != 0) {
				if m < 0 {
					q--
				} else {
					q++
				}
			}
			return exact{n: q, d: tens[decimals]}
		}
	}
	r := x.rat()
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	q, rest := new(big.Int).QuoRem(new(big.Int).Mul(r.Num(), power), r.Denom(), new(big.Int))
	switch c := new(big.Int).Abs(rest.Lsh(rest, 1)).Cmp(r.Denom()); {
	case c > 0, c == 0 && (!even || q.Bit(0) == 1):
		q.Add(q, big.NewInt(int64(r.Sign())))
	}
	return fromRat(new(big.Rat).SetFrac(q, power))
}

// text writes x as a decimal: exactly where at most so many decimals suffice, with at least the fewest; else rounded to the
// most, down for side −1, up for 1, to the nearest for 0.
func (x exact) text(fewest, most, side int) string {
	y := x.round(most, false)
	c := y.cmp(x)
	if c == 0 {
		for n := fewest; n < most; n++ {
			if z := x.round(n, false); z.cmp(x) == 0 {
				return z.fixed(n)
			}
		}
	}
	if step := scaled(1, -most); c > 0 && side < 0 {
		y = y.sub(step)
	} else if c < 0 && side > 0 {
		y = y.add(step)
	}
	return y.fixed(most)
}

// fixed writes a number of at most so many decimals.
func (x exact) fixed(decimals int) string {
	n, d, ok := x.parts()
	if ok = ok && decimals < len(tens); ok && d != tens[decimals] {
		n, ok = times(n, tens[decimals]/d)
	}
	if !ok {
		return x.rat().FloatString(decimals)
	}
	var buf [24]byte
	digits := strconv.AppendUint(buf[:0], magnitude(n), 10)
	for len(digits) <= decimals {
		digits = append([]byte{'0'}, digits...)
	}
	s := string(digits[:len(digits)-decimals])
	if decimals > 0 {
		s += "." + string(digits[len(digits)-decimals:])
	}
	if n < 0 {
		s = "-" + s
	}
	return s
}
