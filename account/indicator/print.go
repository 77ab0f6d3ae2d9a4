package indicator

import (
	"math/big"
	"strings"

	"anlan/ground/lang"
)

// decimalsMax bounds the decimals that an indicator may print.
const decimalsMax = 9

// rounded is r with n decimals, an exact half away from zero (四舍五入), in ASCII: "-15.5". What rounds to nothing has no
// sign. This is the only place where an indicator is rounded.
func rounded(r *big.Rat, n int) string {
	num := new(big.Int).Mul(r.Num(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
	num.Abs(num)
	quotient, rest := new(big.Int).QuoRem(num, r.Denom(), new(big.Int))
	if rest.Lsh(rest, 1).Cmp(r.Denom()) >= 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	digits := quotient.String()
	if len(digits) <= n {
		digits = strings.Repeat("0", n+1-len(digits)) + digits
	}
	if n > 0 {
		digits = digits[:len(digits)-n] + "." + digits[len(digits)-n:]
	}
	if r.Sign() < 0 && quotient.Sign() != 0 {
		digits = "-" + digits
	}
	return digits
}

// printed sets a number as reports do: a minus sign of full width to the figure, not a hyphen, and thousands apart where
// they were asked for.
func printed(digits string, grouped bool) string {
	body, negative := strings.CutPrefix(digits, "-")
	if grouped {
		head, tail, _ := strings.Cut(body, ".")
		for i := len(head) - 3; i > 0; i -= 3 {
			head = head[:i] + "," + head[i:]
		}
		body = strings.TrimSuffix(head+"."+tail, ".")
	}
	if negative {
		return "−" + body
	}
	return body
}

// Bounds of numbers in explanations.
const (
	shownDecimals    = 12 // at most, of a number that ends
	shownSignificant = 8  // of one that does not
)

// shown is r for a reader: all its decimals where it ends within twelve, otherwise eight significant digits.
func shown(r *big.Rat) (text string, ends bool) {
	if n, ok := r.FloatPrec(); ok && n <= shownDecimals {
		return printed(rounded(r, n), false), true
	}
	decimals := shownSignificant - 1
	for a := new(big.Rat).Abs(r); decimals < 60 && a.Cmp(oneRat) < 0; decimals++ {
		a.Mul(a, tenRat)
	}
	whole := len(new(big.Int).Quo(new(big.Int).Abs(r.Num()), r.Denom()).String())
	return printed(rounded(r, max(0, decimals-whole+1)), false), false
}

var oneRat, tenRat = big.NewRat(1, 1), big.NewRat(10, 1)

// Decimal is the printed number in ASCII, for programs: "-15.5", "16424"; empty when there is none.
func (r Result) Decimal() string {
	if r.outcome.state != Computed {
		return ""
	}
	return rounded(r.Value().number.rat(), r.question.Indicator.decimals)
}

// Text is the figure as a report prints it, rounded once: 97人, 16,424处, −15.5%, 0.020人/亿元; or 无记录, 不适用, 无法计算.
func (r Result) Text() lang.Text {
	if r.outcome.state != Computed {
		return r.outcome.state.Text()
	}
	i := r.question.Indicator
	t := printed(r.Decimal(), i.grouped) + i.unit.String()
	return lang.Text{Zh: t, En: t}
}
