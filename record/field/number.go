package field

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/width"
)

// The types of numbers.
const (
	TypeMoney    Type = "money"
	TypeNumber   Type = "number"
	TypeQuantity Type = "quantity"
	TypeRatio    Type = "ratio"
	TypeYesNo    Type = "yes_no"
)

// Money is an amount in 元, kept in fen (bigint). A plain money.Fen is always stated; a maybe.Of may be absent.
func Money[T any, V money.Fen | maybe.Of[money.Fen]](code string, zh lang.Zh, en lang.En, at func(*T) *V, rules ...Rule[money.Fen]) Typed[T, V] {
	return defineEither(code, zh, en, at, codec[money.Fen]{
		typ: TypeMoney, suffix: "_fen", sql: SQLBigInt, ordered: true,
		encode: func(v money.Fen) any { return int64(v) },
		decode: func(src any) (money.Fen, error) { n, err := decodeInt(src); return money.Fen(n), err },
		show:   money.Fen.String,
		parse:  money.Parse,
		sound:  func(v money.Fen) *fault.Fault { return summable(int64(v), v.String()) },
	}, rules)
}

// summableMax bounds what one record may add to a sum (10万亿元, or a thousand million million of anything), so that no
// sum of a book leaves 64 bits.
const summableMax = 1_000_000_000_000_000

func summable(v int64, shown string) *fault.Fault {
	if v > summableMax || v < -summableMax {
		return ErrTooBig.With(shown)
	}
	return nil
}

// NotNegative allows amounts from zero up.
var NotNegative = Rule[money.Fen]{
	lang.Of("不小于0", "zero or more"),
	func(v money.Fen, _ period.Day) bool { return v >= 0 },
}

// Number is a whole number.
func Number[T any, V int64 | maybe.Of[int64]](code string, zh lang.Zh, en lang.En, at func(*T) *V, rules ...Rule[int64]) Typed[T, V] {
	return defineEither(code, zh, en, at, codec[int64]{
		typ: TypeNumber, sql: SQLBigInt, bare: true, ordered: true,
		encode: func(v int64) any { return v },
		decode: decodeInt,
		show:   func(v int64) string { return strconv.FormatInt(v, 10) },
		parse:  func(s string) (int64, error) { return parseScaled(s, 0) },
		sound:  func(v int64) *fault.Fault { return summable(v, strconv.FormatInt(v, 10)) },
	}, rules)
}

// Between allows whole numbers from low to high.
func Between(low, high int64) Rule[int64] {
	return Rule[int64]{
		lang.Text{Zh: fmt.Sprintf("%d至%d", low, high), En: fmt.Sprintf("between %d and %d", low, high)},
		func(v int64, _ period.Day) bool { return low <= v && v <= high },
	}
}

// Scaled is a decimal kept as an integer times 10^-decimals; the field says how many.
type Scaled int64

// Quantity is a measured value in a fixed unit, exact to a fixed number of decimals (0 to 9); its column is bigint.
func Quantity[T any, V Scaled | maybe.Of[Scaled]](code string, zh lang.Zh, en lang.En, unit string, decimals int, at func(*T) *V, rules ...Rule[Scaled]) Typed[T, V] {
	f := defineEither(code, zh, en, at, scaledCodec(TypeQuantity, decimals), rules)
	f.Unit, f.Decimals = unit, decimals
	return f
}

// Ratio is a share in percent, exact to the given decimals; "97%" and "97" are the same.
func Ratio[T any, V Scaled | maybe.Of[Scaled]](code string, zh lang.Zh, en lang.En, decimals int, at func(*T) *V, rules ...Rule[Scaled]) Typed[T, V] {
	c := scaledCodec(TypeRatio, decimals)
	plain := c.parse
	c.parse = func(s string) (Scaled, error) { return plain(strings.TrimSuffix(width.Trim(narrow(s)), "%")) }
	f := defineEither(code, zh, en, at, c, rules)
	f.Unit, f.Decimals = "%", decimals
	return f
}

func scaledCodec(typ Type, decimals int) codec[Scaled] {
	if decimals < 0 || decimals > 9 {
		panic("field: decimals of a quantity are 0 to 9")
	}
	return codec[Scaled]{
		typ: typ, sql: SQLBigInt, ordered: true,
		encode: func(v Scaled) any { return int64(v) },
		decode: func(src any) (Scaled, error) { n, err := decodeInt(src); return Scaled(n), err },
		show:   func(v Scaled) string { return showScaled(int64(v), decimals) },
		parse:  func(s string) (Scaled, error) { n, err := parseScaled(s, decimals); return Scaled(n), err },
	}
}

func showScaled(v int64, decimals int) string {
	if decimals == 0 {
		return strconv.FormatInt(v, 10)
	}
	sign, u := "", uint64(v)
	if v < 0 {
		sign, u = "-", -uint64(v)
	}
	s := strconv.FormatUint(u, 10)
	if len(s) <= decimals {
		s = strings.Repeat("0", decimals-len(s)+1) + s
	}
	return sign + s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

// parseScaled reads a decimal of at most so many decimals (zeros behind them aside) as an integer times 10^-decimals.
// Commas may separate thousands and nothing else, so that 1,5 is refused and not read as 15.
func parseScaled(s string, decimals int) (int64, error) {
	t := width.Trim(narrow(s))
	neg := strings.HasPrefix(t, "-")
	if neg || strings.HasPrefix(t, "+") {
		t = t[1:]
	}
	whole, frac, point := strings.Cut(t, ".")
	whole, ok := ungroup(whole)
	if !ok || !digits(whole) || !digits(frac) || whole == "" && frac == "" || point && frac == "" {
		return 0, ErrNotANumber.With(s)
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > decimals {
		return 0, ErrTooFine.With(s, decimals)
	}
	u, err := strconv.ParseUint(whole+frac+strings.Repeat("0", decimals-len(frac)), 10, 64)
	switch {
	case err == nil && !neg && u <= math.MaxInt64:
		return int64(u), nil
	case err == nil && neg && u <= 1<<63:
		return -int64(u), nil // 1<<63 wraps to the least int64, which is its own negative
	}
	return 0, ErrTooBig.With(s)
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// ungroup takes the separators of thousands out of 1,234,567.
func ungroup(s string) (string, bool) {
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if len(groups) > 1 && (i > 0 && len(g) != 3 || i == 0 && (g == "" || len(g) > 3)) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// YesNo is 是 or 否; a maybe.Of keeps "not recorded" apart from 否.
func YesNo[T any, V bool | maybe.Of[bool]](code string, zh lang.Zh, en lang.En, at func(*T) *V) Typed[T, V] {
	return defineEither(code, zh, en, at, codec[bool]{
		typ: TypeYesNo, sql: SQLSmallInt, bare: true,
		encode: func(v bool) any {
			if v {
				return int64(1)
			}
			return int64(0)
		},
		decode: func(src any) (bool, error) {
			n, err := decodeInt(src)
			if err == nil && n != 0 && n != 1 {
				err = fmt.Errorf("cannot read yes or no from %d", n)
			}
			return n == 1, err
		},
		show: strconv.FormatBool,
		parse: func(s string) (bool, error) {
			switch strings.ToLower(width.Trim(narrow(s))) {
			case "是", "有", "√", "yes", "y", "true", "1":
				return true, nil
			case "否", "无", "×", "no", "n", "false", "0":
				return false, nil
			}
			return false, ErrNotYesNo.With(s)
		},
	}, nil)
}
