package compare

import (
	"strings"

	"anlan/ground/period"
)

// Own is a figure of which the report itself says what it is (figures.json beside it).
type Own struct {
	Line      int    // in which it is printed, from 1
	Text      string // as printed
	Indicator string // its code
	Period    period.Period
	Turned    bool // a word before it says that it is below 0: 下降15.5%
}

// ownRunes is the length of wording that what the report says of itself counts for: more than any words.
const ownRunes = 1 << 20

// pairOwn gives the figures of which the report itself says what they are their indicator and time. Figures of one line stand in
// their order; one that is not found there, or is in other units than its indicator, is left to its words.
func (c *comparison) pairOwn() {
	byLine := map[int][]*match{}
	for _, m := range c.matches {
		byLine[int(m.Line.Number)] = append(byLine[int(m.Line.Number)], m)
	}
	byCode := map[string]*known{}
	for i := range c.known {
		byCode[c.known[i].Code()] = &c.known[i]
	}
	for _, o := range c.Own {
		rest := byLine[o.Line]
		for i, m := range rest {
			if strings.TrimSpace(m.Line.Text[m.From:m.To]) != o.Text {
				continue
			}
			byLine[o.Line] = rest[i+1:]
			if k := byCode[o.Indicator]; k != nil && k.Unit().Dimension() == m.Unit().Dimension() {
				m.own, m.turned = true, o.Turned
				m.candidates = []candidate{{known: k, strength: fully, runes: ownRunes, moments: []moment{{o.Period, true}}}}
			}
			break
		}
	}
}
