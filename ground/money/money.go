// Package money is an amount of renminbi in fen (分), exact. Money never passes through a float.
//
// Amounts are read from official writing and printed in 元 or 万元; the printed precision is the printer's, rounding is
// half away from zero (四舍五入) and happens once, there. An amount as it stands in a published text, with the interval
// its digits allow, is a figure.Figure instead. On the ground floor: imports fault and width; anybody may import it.
package money

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/width"
)

// Fen is an amount in 分, one hundredth of a 元.
type Fen int64

// Multiples of a fen.
const (
	Yuan Fen = 100               // 元
	Wan      = 10_000 * Yuan     // 万元
	Yi       = 10_000 * Wan      // 亿元
	Max  Fen = math.MaxInt64     // about 92 千万亿元
	Min  Fen = math.MinInt64 + 1 // so that every amount has a negative
)

// Faults of this package.
var (
	ErrNotAnAmount = fault.Define("money.not_an_amount", fault.Invalid,
		"“%s”不是金额，应为数字（元，最多两位小数）", "%q is not an amount; expected a number (元, at most two decimals)")
	ErrFractionOfFen = fault.Define("money.fraction_of_fen", fault.Invalid,
		"“%s”不足一分，金额最多精确到分", "%q is finer than one fen")
	ErrOutOfRange = fault.Define("money.out_of_range", fault.Invalid,
		"“%s”超出可记录的金额范围", "%q is outside the range of amounts that can be recorded")
)

// Add is a + b; ok is false when the sum does not fit.
func Add(a, b Fen) (sum Fen, ok bool) {
	sum = a + b
	if (a > 0 && b > 0 && sum <= 0) || (a < 0 && b < 0 && sum >= 0) {
		return 0, false
	}
	return sum, true
}

// Parse reads an amount in 元: "1,234.5", "-0.01", "１２３４" (full width), "1234元", "3.5万元", "2亿元", "¥12", "-¥12",
// "(12)" as accountants write −12. A blank inside the digits is a fault, as are thousands separators out of place and what
// is finer than a fen.
func Parse(s string) (Fen, error) { return ParseIn(s, Yuan) }

// ParseIn is Parse for a number whose bare digits are in the given multiple, as under a heading "单位：万元".
func ParseIn(s string, unit Fen) (Fen, error) {
	t := width.Trim(strings.Map(narrow, s))
	for _, u := range units {
		if bare, ok := strings.CutSuffix(t, u.name); ok {
			t, unit = width.Trim(bare), u.fen
			break
		}
	}
	t, neg := unsign(t)
	whole, frac, _ := strings.Cut(t, ".")
	whole, ok := ungroup(whole)
	if !ok || whole == "" && frac == "" || !digits(whole) || !digits(frac) {
		return 0, ErrNotAnAmount.With(s)
	}
	frac = strings.TrimRight(frac, "0")
	var v uint64
	for _, c := range []byte(whole) {
		hi, lo := bits.Mul64(v, 10)
		if v = lo + uint64(c-'0'); hi > 0 || v < lo {
			return 0, ErrOutOfRange.With(s)
		}
	}
	hi, v := bits.Mul64(v, uint64(unit))
	if hi > 0 || v > math.MaxInt64 {
		return 0, ErrOutOfRange.With(s)
	}
	scale := uint64(unit)
	for _, c := range []byte(frac) {
		if scale%10 != 0 {
			return 0, ErrFractionOfFen.With(s)
		}
		scale /= 10
		v += scale * uint64(c-'0')
	}
	if v > math.MaxInt64 {
		return 0, ErrOutOfRange.With(s)
	}
	if neg {
		return -Fen(v), nil
	}
	return Fen(v), nil
}

// units are the units that an amount may carry, a longer name before its own ending.
var units = []struct {
	name string
	fen  Fen
}{{"亿元", Yi}, {"万元", Wan}, {"元", Yuan}, {"分", 1}, {"亿", Yi}, {"万", Wan}}

// narrow folds full-width forms, and the minus sign and dashes that stand in for it.
func narrow(r rune) rune {
	if r == '−' || r == '–' || r == '—' {
		return '-'
	}
	return width.Rune(r)
}

// unsign takes sign and currency mark away, in either order, and the accountant's parentheses.
func unsign(s string) (bare string, neg bool) {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		return cutCurrency(inner[:len(inner)-1]), true
	}
	s = cutCurrency(s)
	if s == "" || s[0] != '-' && s[0] != '+' {
		return s, false
	}
	return cutCurrency(s[1:]), s[0] == '-'
}

func cutCurrency(s string) string {
	return width.Trim(strings.TrimPrefix(strings.TrimPrefix(s, "¥"), "￥"))
}

// ungroup takes thousands separators away; they must stand every three digits.
func ungroup(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, true
	}
	g := strings.Split(s, ",")
	for i, p := range g {
		if i == 0 && (len(p) == 0 || len(p) > 3) || i > 0 && len(p) != 3 {
			return "", false
		}
	}
	return strings.Join(g, ""), true
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// String is the amount in 元 with two decimals, without separators: what an export writes and Parse reads back.
func (f Fen) String() string {
	u, sign := uint64(f), ""
	if f < 0 {
		u, sign = uint64(-f), "-"
	}
	cents := strconv.FormatUint(u%100, 10)
	if len(cents) < 2 {
		cents = "0" + cents
	}
	return sign + strconv.FormatUint(u/100, 10) + "." + cents
}
