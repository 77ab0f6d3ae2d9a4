package figure

import (
	"math/big"

	"github.com/quagmt/udecimal"
)

// Figure is a value as stated. The zero Figure is the bare number 0.
type Figure struct {
	value             udecimal.Decimal
	to                *udecimal.Decimal // the upper end of a Range, else nil; nobody writes to it
	decimals, toPlace uint8             // digits printed after the point
	form              Form
	unit              Unit
}

// decimalsMax bounds the digits after the point, so that half a unit of the last one is still a decimal of 19.
const decimalsMax = 18

// Round is v units rounded half away from zero (四舍五入) to a number of decimals: what a printer states. At most 18.
func Round(v *big.Rat, decimals int, unit Unit) (Figure, error) {
	if decimals < 0 || decimals > decimalsMax {
		return Figure{}, ErrTooFine.With(decimals, decimalsMax)
	}
	value, err := udecimal.Parse(v.FloatString(decimals)) // FloatString rounds half away from zero
	if err != nil {
		return Figure{}, ErrNotAFigure.Because(err, v.FloatString(decimals))
	}
	return Figure{value: value, decimals: uint8(decimals), unit: unit}, nil
}

// Count is a whole number of things.
func Count(n int64, unit Unit) Figure {
	return Figure{value: udecimal.MustFromInt64(n, 0), unit: unit}
}

// As is f in another form, refused when that would be untrue of v, given in units of f: 560余 is untrue of 560 and of 558.
// A Range has two numbers and cannot be made of one.
func (f Figure) As(form Form, v *big.Rat) (Figure, error) {
	f.form = form
	if form == Range || !f.Interval().Contains(v) {
		return Figure{}, ErrUntrue.With(f.String(), DecimalText(v))
	}
	return f, nil
}

// Value is the number as printed, in Unit; of a Range the lower end.
func (f Figure) Value() udecimal.Decimal { return f.value }

// Rat is Value as a fraction.
func (f Figure) Rat() *big.Rat { return ratOf(f.value) }

// Decimals is how many digits are printed after the point, trailing zeros included.
func (f Figure) Decimals() int { return int(f.decimals) }

// Unit is the unit of measure.
func (f Figure) Unit() Unit { return f.unit }

// Form is how the value was given.
func (f Figure) Form() Form { return f.form }

// Exact says whether f stands for one number: a plain count, which is a whole number with a classifier and without 万.
func (f Figure) Exact() bool { return f.form == Plain && f.decimals == 0 && f.unit.def().counts }

// Step is the unit of the last printed digit, in Unit: 0.01 for 2030.18.
func (f Figure) Step() *big.Rat { return tenTo(-int(f.decimals)) }

// Interval is the set of true values that f may stand for, in Unit; see Form.
func (f Figure) Interval() Interval {
	x := f.Rat()
	if f.form == Plain {
		if f.Exact() {
			return Point(x)
		}
		half := new(big.Rat).Mul(f.Step(), big.NewRat(1, 2))
		return Closed(new(big.Rat).Sub(x, half), new(big.Rat).Add(x, half))
	}
	u := lastUnit(coefficient(f.value, int(f.decimals)), int(f.decimals))
	switch f.form {
	case Over:
		return Open(x, new(big.Rat).Add(x, u))
	case Near:
		return Open(new(big.Rat).Sub(x, u), x)
	case About:
		return Open(new(big.Rat).Sub(x, u), new(big.Rat).Add(x, u))
	case AtLeast:
		return From(x)
	case AtMost:
		return UpTo(x)
	}
	return Closed(x, ratOf(*f.to))
}

// Ends writes the ends of Interval as decimals, empty where there is none: "2030.175" and "2030.185" for 2030.18.
func (f Figure) Ends() (low, high string) {
	if f.Exact() {
		s := f.value.String()
		return s, s
	}
	if f.form == Plain {
		half := udecimal.MustFromUint64(5, f.decimals+1)
		return f.value.Sub(half).String(), f.value.Add(half).String()
	}
	i := f.Interval()
	end := func(at *big.Rat, _ bool) string {
		if at == nil {
			return ""
		}
		return DecimalText(at)
	}
	return end(i.Low()), end(i.High())
}

// Truncated is the set of true values that f may stand for when its last digits were cut off instead of rounded, in Unit:
// [x, x + u] for x ≥ 0, [x − u, x] below. Exact and vague figures are their Interval.
func (f Figure) Truncated() Interval {
	if f.form != Plain || f.Exact() {
		return f.Interval()
	}
	x, u := f.Rat(), f.Step()
	if x.Sign() < 0 {
		u.Neg(u)
	}
	return Closed(x, new(big.Rat).Add(x, u))
}

// Equal says whether both state the same: number, printed digits, form and unit.
func (f Figure) Equal(g Figure) bool {
	return f.value.Equal(g.value) && (f.to == g.to || f.to != nil && g.to != nil && f.to.Equal(*g.to)) && f.decimals == g.decimals && f.toPlace == g.toPlace && f.form == g.form && f.unit == g.unit
}

// WithUnit is the same printed number in a unit that stands elsewhere: in the heading of a table, or once behind a list.
func (f Figure) WithUnit(u Unit) Figure {
	f.unit = u
	return f
}

// Number is the printed number without unit and form: "2030.18", "39.50"; of a Range "10—15".
func (f Figure) Number() string {
	s := f.value.StringFixed(f.decimals)
	if f.form == Range {
		s += "—" + f.to.StringFixed(f.toPlace)
	}
	return s
}

// String is the figure as official writing has it, without thousands separators: "2030.18万元", "约560万元",
// "3000余个", "5%以上", "10—15毫米". Parse is its inverse.
func (f Figure) String() string {
	number := f.Number()
	for _, w := range formWords {
		switch {
		case w.form != f.form || f.form == Plain || f.form == Range:
		case w.before:
			return w.word + number + f.unit.def().symbol
		case f.form == Over:
			return number + w.word + f.unit.def().symbol
		default:
			return number + f.unit.def().symbol + w.word
		}
	}
	return number + f.unit.def().symbol
}

// ratOf is d as a fraction.
func ratOf(d udecimal.Decimal) *big.Rat {
	p := d.Prec()
	if p == 0 {
		return new(big.Rat).SetInt(coefficient(d, p))
	}
	return new(big.Rat).SetFrac(coefficient(d, p), bigPower(p))
}

// coefficient is d·10^decimals for a d of at most so many decimals.
func coefficient(d udecimal.Decimal, decimals int) *big.Int {
	var c *big.Int
	if neg, hi, lo, p, ok := d.ToHiLo(); ok && int(p) <= decimals {
		c = new(big.Int).SetUint64(lo)
		if hi != 0 {
			c.Or(c, new(big.Int).Lsh(new(big.Int).SetUint64(hi), 64))
		}
		if neg {
			c.Neg(c)
		}
		decimals -= int(p)
	} else {
		c, _ = new(big.Int).SetString(d.String(), 10)
		if c == nil { // more than 128 bits with decimals: rare, so the slow way
			r, _ := new(big.Rat).SetString(d.String())
			r.Mul(r, tenTo(decimals))
			return new(big.Int).Set(r.Num())
		}
	}
	if decimals == 0 {
		return c
	}
	return c.Mul(c, bigPower(decimals))
}
