package figure

import (
	"sort"
	"strconv"
	"strings"
)

// product is a product of powers of symbols: 人/亿元 is 人¹·亿元⁻¹. Factors are sorted by symbol, none has power 0, so
// equal products have one spelling. Units are products of the words they are written with, dimensions of base units.
type product []factor

type factor struct {
	symbol string
	power  int
}

// String writes the factors above the line, joined by ·, then those below, each after a slash: "人/亿元", "元/人/月".
// Nothing above the line is written 1; the empty product is the empty string.
func (p product) String() string {
	var b strings.Builder
	for _, f := range p {
		if f.power > 0 {
			if b.Len() > 0 {
				b.WriteString("·")
			}
			b.WriteString(f.text(f.power))
		}
	}
	if b.Len() == 0 && len(p) > 0 {
		b.WriteByte('1')
	}
	for _, f := range p {
		if f.power < 0 {
			b.WriteByte('/')
			b.WriteString(f.text(-f.power))
		}
	}
	return b.String()
}

func (f factor) text(power int) string {
	text := f.symbol
	switch power {
	case 1:
	case 2:
		text += "²"
	case 3:
		text += "³"
	default:
		text += "^" + strconv.Itoa(power)
	}
	for _, n := range powerNames {
		if n.text == text {
			return n.word
		}
	}
	return text
}

// powerNames are the words for powers of one word.
var powerNames = []struct {
	text, word string
	factor     factor
}{
	{"米²", "平方米", factor{"米", 2}},
	{"米³", "立方米", factor{"米", 3}},
	{"公里²", "平方公里", factor{"公里", 2}},
}

// times is p·qⁿ.
func (p product) times(q product, n int) product {
	powers := map[string]int{}
	for _, f := range p {
		powers[f.symbol] += f.power
	}
	for _, f := range q {
		powers[f.symbol] += n * f.power
	}
	out := make(product, 0, len(powers))
	for s, n := range powers {
		if n != 0 {
			out = append(out, factor{s, n})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].symbol < out[j].symbol })
	return out
}

// parseProduct is the inverse of String. After the first slash all factors stand below the line, as in 元/人·月.
func parseProduct(s string) product {
	var p product
	for i, part := range strings.Split(s, "/") {
		sign := 1
		if i > 0 {
			sign = -1
		}
		for _, f := range strings.Split(part, "·") {
			if f == "" || f == "1" {
				continue
			}
			p = p.times(product{parseFactor(f)}, sign)
		}
	}
	return p
}

func parseFactor(s string) factor {
	for _, n := range powerNames {
		if n.word == s {
			return n.factor
		}
	}
	if head, n, ok := strings.Cut(s, "^"); ok {
		if k, err := strconv.Atoi(n); err == nil {
			return factor{head, k}
		}
	}
	if head, ok := strings.CutSuffix(s, "²"); ok {
		return factor{head, 2}
	}
	if head, ok := strings.CutSuffix(s, "³"); ok {
		return factor{head, 3}
	}
	return factor{s, 1}
}
