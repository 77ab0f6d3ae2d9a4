package indicator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Canonical is the definition as it is hashed: all that decides the figure and how it is printed, and nothing else. Label,
// source and wordings are left out, so that a better name is not another definition. What it refers to stands behind it in the order of
// codes: constants with their numbers, measures with unit, shape and hash, indicators with their hash.
//
//	anlan indicator 1
//	indicator work_safety.deaths_per_gdp in 人/亿元 printed 3
//	= accident.deaths / statistic.gdp
//	measure accident.deaths 人 flow 9f86d081…
//	measure statistic.gdp 亿元 flow 2c26b46b…
func (i *Indicator) Canonical() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindicator %s %s\n", canonicalFirst, i.code, i.own())
	var behind []string
	i.expression.each(func(n *node) {
		switch to := n.ref.(type) {
		case *constant:
			behind = append(behind, fmt.Sprintf("constant %s %s\n", to.code, codeSpelling.write(to.value, 0)))
		case *Indicator:
			behind = append(behind, fmt.Sprintf("indicator %s %x\n", to.code, to.hash))
		case Measure:
			behind = append(behind, fmt.Sprintf("measure %s %s %s %x\n", to.Code, canonicalUnit(to.Unit.String()), to.Shape, to.Definition))
		}
	})
	slices.Sort(behind)
	for _, line := range slices.Compact(behind) {
		b.WriteString(line)
	}
	return []byte(b.String())
}

// canonicalUnit writes a bare number as 1, so that no field is empty.
func canonicalUnit(symbol string) string {
	if symbol == "" {
		return "1"
	}
	return symbol
}

func (i *Indicator) sum() [32]byte { return sha256.Sum256(i.Canonical()) }

// Hash is the SHA-256 of Canonical in hexadecimal; a published figure names the definition it used by it.
func (i *Indicator) Hash() string { return hex.EncodeToString(i.hash[:]) }
