package figure

import (
	"math/big"
	"strings"
	"unique"
)

// Unit is a unit of measure (计量单位) with its dimension and its exact scale. It is comparable: two units are == when
// they are written with the same words, so 万元 is not 元, though Convert takes one into the other. The zero Unit is One.
//
// The money unit 分 does not exist here: in reports 分 is a score (得分); amounts in fen belong to package money.
// 名 and 位 count people, as 人 does. Every other classifier is a dimension of its own: 起 are not 人.
type Unit struct{ of unique.Handle[unit] } // the zero handle is One's, so that a Unit is small and one comparison

// unit is what a Unit stands for.
type unit struct {
	symbol string
	dim    Dimension
	scale  scale
	counts bool // whole numbers of it are counted, not measured and rounded
}

// asUnit is the Unit of what it stands for.
func asUnit(u unit) Unit {
	if u == (unit{}) {
		return Unit{}
	}
	return Unit{unique.Make(u)}
}

// def is what a Unit stands for.
func (u Unit) def() unit {
	if u == (Unit{}) {
		return unit{}
	}
	return u.of.Value()
}

// One is the unit of a bare number. %, ‰, 成, 倍 and 万 alone are multiples of it; 个百分点 is not.
var One = Unit{}

// Percent and Points are the two units that reports mistake for each other: a share or rate of change, and the difference
// of two percentages (个百分点). They have different dimensions.
var (
	Percent = unitWords["%"]
	Points  = unitWords["个百分点"]
)

// Dimension is what a unit measures, as a product of powers of base units; comparable. The zero Dimension is that of a
// bare number.
type Dimension struct{ bases string }

// String writes the dimension in base units: "元", "人/元", "平方米"; empty for a bare number.
func (d Dimension) String() string { return d.bases }

// scale is the exact multiple of the dimension's base unit as exponents of the primes 2, 3, 5 and 7, which is all that
// the units of the field need (亩 = 2000/3 平方米, 周 = 7 天). So a Unit stays comparable and products cannot overflow.
type scale [len(primes)]int16

var primes = [...]int64{2, 3, 5, 7}

func (s scale) times(t scale, n int16) scale {
	for i := range s {
		s[i] += n * t[i]
	}
	return s
}

func (s scale) rat() *big.Rat {
	num, den := big.NewInt(1), big.NewInt(1)
	for i, e := range s {
		to := num
		if e < 0 {
			to, e = den, -e
		}
		to.Mul(to, new(big.Int).Exp(big.NewInt(primes[i]), big.NewInt(int64(e)), nil))
	}
	return new(big.Rat).SetFrac(num, den)
}

// ten is 10ⁿ.
func ten(n int16) scale { return scale{n, 0, n, 0} }

// String is the unit as official writing has it: 万元, 人/亿元, 立方米/秒, 个百分点. UnitOf is its inverse. Empty for One.
func (u Unit) String() string { return u.def().symbol }

// Dimension is what the unit measures.
func (u Unit) Dimension() Dimension { return u.def().dim }

// Scale is the exact multiple of the dimension's base unit: 10000 for 万元, 1/100 for %, 2000/3 for 亩.
func (u Unit) Scale() *big.Rat { return u.def().scale.rat() }

// PowerOfTen is n where the scale is 10ⁿ; false for units such as 亩 and 小时.
func (u Unit) PowerOfTen() (n int, ok bool) {
	s := u.def().scale
	return int(s[0]), s[0] == s[2] && s[1] == 0 && s[3] == 0
}

// Mul is the unit of a product; equal words above and below the line cancel: 人/亿元 · 亿元 = 人.
func (u Unit) Mul(v Unit) Unit { return u.times(v, 1) }

// Div is the unit of a quotient: 人 by 亿元 is 人/亿元, 元 by 元 is One, 万元 by 元 is a bare number with scale 10000.
func (u Unit) Div(v Unit) Unit { return u.times(v, -1) }

func (u Unit) times(v Unit, n int) Unit {
	symbol := parseProduct(u.def().symbol).times(parseProduct(v.def().symbol), n).String()
	if word, ok := unitWords[symbol]; ok {
		return word
	}
	dim := parseProduct(u.def().dim.bases).times(parseProduct(v.def().dim.bases), n)
	return asUnit(unit{symbol: symbol, dim: Dimension{dim.String()}, scale: u.def().scale.times(v.def().scale, int16(n))})
}

// Convert gives the number of units to that v units of u are, exactly. Another dimension is refused with a fault that
// names both: 起 to 人, and also % to 个百分点.
func (u Unit) Convert(v *big.Rat, to Unit) (*big.Rat, error) {
	if u.def().dim != to.def().dim {
		return nil, ErrOtherDimension.With(u.name(), to.name())
	}
	return new(big.Rat).Mul(v, u.def().scale.times(to.def().scale, -1).rat()), nil
}

// name is the unit for a message, where One must not be empty.
func (u Unit) name() string {
	if u.def().symbol == "" {
		return "1"
	}
	return u.def().symbol
}

// UnitOf is the unit written as s: a word of the list in units.go (万元, 起, mm, 平方公里), with multiples before it (万户,
// 10万公顷), products and quotients (人/亿元, 立方米每秒, 元/人·月). Latin symbols give the same Unit as the Chinese word.
// The empty text is One; false for anything else.
func UnitOf(s string) (Unit, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return One, true
	}
	if u, ok := simple(s); ok {
		return u, true
	}
	s = strings.NewReplacer("／", "/", "每", "/", "*", "·").Replace(s)
	unit := One
	for i, part := range strings.Split(s, "/") {
		sign := 1
		if i > 0 {
			sign = -1
		}
		for _, word := range strings.Split(part, "·") {
			if i == 0 && word == "1" {
				continue
			}
			f := factor{word, 1}
			u, ok := simple(word)
			if !ok {
				f = parseFactor(word)
				u, ok = simple(f.symbol)
			}
			if !ok || word == "" || f.power < 1 || f.power > powerMax {
				return One, false
			}
			for range f.power {
				unit = unit.times(u, sign)
			}
		}
	}
	return unit, unit.def().symbol != ""
}

// powerMax bounds the power of one word in a unit that is read.
const powerMax = 9

// simple is a word of the list, with or without a multiple before it.
func simple(s string) (Unit, bool) {
	if u, ok := unitWords[s]; ok {
		return u, true
	}
	rest, exponent := cutMultiple(s)
	u, ok := unitWords[rest]
	if !ok || exponent == 0 || !u.multiplies() {
		return One, false
	}
	return u.multiple(s[:len(s)-len(rest)], exponent), true
}

// multiplies says whether multiples may stand before the unit: there is no 万%.
func (u Unit) multiplies() bool {
	return u.def().dim != One.def().dim || u == One || u.def().symbol == "倍"
}

func (u Unit) multiple(word string, exponent int16) Unit {
	return asUnit(unit{symbol: word + u.def().symbol, dim: u.def().dim, scale: u.def().scale.times(ten(exponent), 1)})
}

// cutMultiple takes a power of ten from the head of s: 10, 100 … in digits, then any number of 十百千万亿. The exponent is
// at most 24.
func cutMultiple(s string) (rest string, exponent int16) {
	rest = s
	if strings.HasPrefix(rest, "10") {
		rest = rest[1:]
		for strings.HasPrefix(rest, "0") {
			rest, exponent = rest[1:], exponent+1
		}
	}
	for exponent < 24 {
		m, ok := leadingMultiple(rest)
		if !ok {
			break
		}
		rest, exponent = rest[len(m.word):], exponent+m.exponent
	}
	return rest, min(exponent, 24)
}

func leadingMultiple(s string) (multiple, bool) {
	for _, m := range multiples {
		if strings.HasPrefix(s, m.word) {
			return m, true
		}
	}
	return multiple{}, false
}

type multiple struct {
	word     string
	exponent int16
}

var multiples = []multiple{{"十", 1}, {"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}, {"萬", 4}, {"億", 8}}
