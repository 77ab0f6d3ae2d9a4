package check

import (
	"regexp"
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// placeholders are what templates hold where something is to be filled in: XX局, ××万元, ____万元, an amount that is nothing but blanks. Names
// that are withheld on purpose (某某, ××公司, 李××) are none.
var placeholders = regexp.MustCompile(`(?:[Xx]{2,}|Ｘ{2,}|×{2,})(?:局|厅|委员会|单位|部门|年度|年|月|万元|亿元|元|%|％|个|项|次|人|分)|[_＿]{2,} ?(?:万元|亿元|元|%|％|个|项|次|人|分|年)|(?:支出|收入|预算|决算|结余|金额|合计|共计|为)[ 　]{2,}(?:万元|亿元)`)

// placeholderSigns are in every one of them; nearly no line has one.
var placeholderSigns = []string{"XX", "Xx", "xX", "xx", "ＸＸ", "××", "__", "＿", " 万元", "　万元", " 亿元", "　亿元"}

// checkPlaceholders notes what was left of the template in a line.
func (p *paper) checkPlaceholders() {
	for i := range p.doc.Lines {
		l := &p.doc.Lines[i]
		if l.Kind == reading.Blank || l.Kind == reading.Markup {
			continue
		}
		if !slices.ContainsFunc(placeholderSigns, func(sign string) bool { return strings.Contains(l.Text, sign) }) {
			continue
		}
		left := placeholders.FindString(l.Text)
		if left == "" {
			continue
		}
		p.tell(Relation{Rule: "placeholder", Verdict: Noted, Line: int(l.Number), Quote: shortened(l.Text, quoteRunesMax), Message: lang.Of(
			lang.Zh("“"+left+"”像是模板中没有填写的地方，请补填或删去。"), lang.En("“"+left+"” looks like a place of the template that was not filled in; fill it in, or take it out."))}, nil)
	}
}
