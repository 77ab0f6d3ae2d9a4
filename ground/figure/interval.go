package figure

import "math/big"

// Interval is a set of numbers without gaps, with exact ends that belong to it or not, or unbounded. The zero Interval is
// all numbers. Intervals are immutable. Arithmetic gives the smallest interval that holds every result; when operands
// depend on each other (a value that stands on both sides of a quotient) the true set may be smaller.
type Interval struct{ low, high end }

// end is one end of an interval; without at it is unbounded.
type end struct {
	at   *big.Rat
	open bool
}

// Point is the interval of one number.
func Point(x *big.Rat) Interval { return Closed(x, x) }

// Closed is [a, b]; the two are put in order.
func Closed(a, b *big.Rat) Interval {
	if a.Cmp(b) > 0 {
		a, b = b, a
	}
	return Interval{end{at: a}, end{at: b}}
}

// Open is (a, b); the two are put in order. Of two equal numbers it is their point, because an interval is never empty.
func Open(a, b *big.Rat) Interval {
	if a.Cmp(b) == 0 {
		return Point(a)
	}
	i := Closed(a, b)
	i.low.open, i.high.open = true, true
	return i
}

// From is [a, ∞).
func From(a *big.Rat) Interval { return Interval{low: end{at: a}} }

// UpTo is (−∞, b].
func UpTo(b *big.Rat) Interval { return Interval{high: end{at: b}} }

// Low is the lower end, nil when there is none; it belongs to the interval when closed.
func (i Interval) Low() (at *big.Rat, closed bool) { return i.low.at, i.low.at != nil && !i.low.open }

// High is the upper end, nil when there is none; it belongs to the interval when closed.
func (i Interval) High() (at *big.Rat, closed bool) {
	return i.high.at, i.high.at != nil && !i.high.open
}

// Contains says whether x belongs to i.
func (i Interval) Contains(x *big.Rat) bool { return i.Meets(Point(x)) }

// Meets says whether some number belongs to both.
func (i Interval) Meets(j Interval) bool { return !i.Below(j) && !j.Below(i) }

// Below says whether every number of i is less than every number of j.
func (i Interval) Below(j Interval) bool {
	if i.high.at == nil || j.low.at == nil {
		return false
	}
	c := i.high.at.Cmp(j.low.at)
	return c < 0 || c == 0 && (i.high.open || j.low.open)
}

// Neg is {−x}.
func (i Interval) Neg() Interval {
	flip := func(e end) end {
		if e.at != nil {
			e.at = new(big.Rat).Neg(e.at)
		}
		return e
	}
	return Interval{flip(i.high), flip(i.low)}
}

// Add is {x + y}.
func (i Interval) Add(j Interval) Interval {
	return Interval{addEnds(i.low, j.low), addEnds(i.high, j.high)}
}

// Sub is {x − y}.
func (i Interval) Sub(j Interval) Interval { return i.Add(j.Neg()) }

func addEnds(a, b end) end {
	if a.at == nil || b.at == nil {
		return end{}
	}
	return end{new(big.Rat).Add(a.at, b.at), a.open || b.open}
}

// Times is {k·x}; for k = 0 it is the point 0.
func (i Interval) Times(k *big.Rat) Interval { return i.Mul(Point(k)) }

// Mul is {x·y}.
func (i Interval) Mul(j Interval) Interval {
	return hull(mulEnds(i.low, -1, j.low, -1), mulEnds(i.low, -1, j.high, 1), mulEnds(i.high, 1, j.low, -1), mulEnds(i.high, 1, j.high, 1))
}

// Div is {x/y}; ok is false when y can be zero.
func (i Interval) Div(j Interval) (q Interval, ok bool) {
	if j.Contains(new(big.Rat)) {
		return Interval{}, false
	}
	inverse := func(e end) end {
		switch {
		case e.at == nil:
			return end{at: new(big.Rat), open: true}
		case e.at.Sign() == 0:
			return end{}
		}
		return end{new(big.Rat).Inv(e.at), e.open}
	}
	return i.Mul(Interval{inverse(j.high), inverse(j.low)}), true
}

// corner is a product of two ends: a number, or minus or plus infinity (sign).
type corner struct {
	end
	infinite int
}

// mulEnds multiplies two ends; side is −1 for a lower end and 1 for an upper, and tells which infinity an absent end is.
func mulEnds(a end, sideA int, b end, sideB int) corner {
	signOf := func(e end, side int) int {
		if e.at == nil {
			return side
		}
		return e.at.Sign()
	}
	sign := signOf(a, sideA) * signOf(b, sideB)
	switch {
	case sign == 0: // zero times anything, infinity included, tends to zero; it is reached when a zero end is closed
		reached := a.at != nil && a.at.Sign() == 0 && !a.open || b.at != nil && b.at.Sign() == 0 && !b.open
		return corner{end: end{new(big.Rat), !reached}}
	case a.at == nil || b.at == nil:
		return corner{infinite: sign}
	}
	return corner{end: end{new(big.Rat).Mul(a.at, b.at), a.open || b.open}}
}

func hull(corners ...corner) Interval {
	low, high := corners[0], corners[0]
	for _, c := range corners[1:] {
		if n := c.compare(low); n < 0 || n == 0 && !c.open {
			low = c
		}
		if n := c.compare(high); n > 0 || n == 0 && !c.open {
			high = c
		}
	}
	return Interval{low.end, high.end}
}

func (c corner) compare(d corner) int {
	if c.infinite != 0 || d.infinite != 0 {
		return c.infinite - d.infinite
	}
	return c.at.Cmp(d.at)
}

// String writes the interval: "[2030.175, 2030.185]", "(3000, 4000)", "[5, ∞)". An end that is no finite decimal is
// written as a fraction.
func (i Interval) String() string {
	low, high := "(−∞", "∞)"
	if i.low.at != nil {
		low = "[" + DecimalText(i.low.at)
		if i.low.open {
			low = "(" + DecimalText(i.low.at)
		}
	}
	if i.high.at != nil {
		high = DecimalText(i.high.at) + "]"
		if i.high.open {
			high = DecimalText(i.high.at) + ")"
		}
	}
	return low + ", " + high
}

// DecimalText is x as an exact decimal without trailing zeros, or as a fraction where no finite decimal is equal to it.
func DecimalText(x *big.Rat) string {
	n, exact := x.FloatPrec()
	if !exact {
		return x.RatString()
	}
	return x.FloatString(n)
}
