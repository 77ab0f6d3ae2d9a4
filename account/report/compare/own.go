package compare

import (
	"fmt"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// Own is a figure of which the report itself says what it is (figures.json beside it).
type Own struct {
	Line      int    // in which it is printed, from 1
	Text      string // as printed
	Name      string // as the report calls it
	Indicator string // its code; that of a scheme for what people have scored
	Period    period.Period
	Turned    bool // a word before it says that it is below 0: 下降15.5%
}

// ownRunes is the length of wording that what the report says of itself counts for: more than any words.
const ownRunes = 1 << 20

// scored is why a figure that a report has of no indicator is not compared: it is a score, or points of one.
func scored(o Own) lang.Text {
	return lang.Text{
		Zh: fmt.Sprintf("是这份报告的“%s”，按评分方案%s得出，不是指标", o.Name, o.Indicator),
		En: fmt.Sprintf("it is the %q of this report, by the scheme %s, and no indicator", o.Name, o.Indicator),
	}
}

// workedOut is why the figures of the footnotes of such a report are not compared: they show how its own figures add up.
var workedOut = lang.Of("是脚注里的验算，所用的数在正文里比对", "it is arithmetic in a footnote; the figures that it takes are compared in the text")

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
			switch k := byCode[o.Indicator]; {
			case k == nil && o.Name != "":
				m.candidates, m.verdict, m.why = nil, NotRecorded, scored(o)
			case k != nil && k.Unit().Dimension() == m.Unit().Dimension():
				m.own, m.turned = true, o.Turned
				m.candidates = []candidate{{known: k, strength: fully, runes: ownRunes, moments: []moment{{o.Period, true}}}}
			}
			break
		}
	}
	for _, m := range c.matches {
		if len(c.Own) > 0 && m.Line.Kind == reading.Note && !m.own {
			m.candidates, m.verdict, m.why = nil, NotRecorded, workedOut
		}
	}
}
