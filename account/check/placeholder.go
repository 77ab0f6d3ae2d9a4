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
var placeholders = regexp.MustCompile(`(?:[Xx]{2,}|Ｘ{2,}|×{2,})(?:局|厅|委员会|单位|部门|年度|年|月|万元|亿元|元|%|％|个|项|次|人|分)|[_＿]{2,} ?(?:万元|亿元|元|%|％|个|项|次|人|分|年)|(?:支出|收入|预算|决算|结余|金额|合计|共计|为)[ 　]{2,}(?:万元|亿元)|(?:支出|收入|预算|决算|结余|经费|费用|资金|共计|合计|为)(?:万元|亿元)[，。；、]`)

// placeholderSigns are in every one of them but amounts of blanks; nearly no line has one.
var placeholderSigns = []string{"XX", "Xx", "xX", "xx", "ＸＸ", "××", "__", "＿"}

// mayHoldPlaceholder says whether it is worth looking for a placeholder in a text.
func mayHoldPlaceholder(text string) bool {
	return slices.ContainsFunc(placeholderSigns, func(sign string) bool { return strings.Contains(text, sign) }) || hasBlankAmount(text)
}

// amountWords stand before an amount; before the bare unit they show that its number was not filled in.
var amountWords = wordsOf("支出", "收入", "预算", "决算", "结余", "经费", "费用", "资金", "共计", "合计", "为")

// hasBlankAmount says whether a unit of money stands behind blanks, or behind words and no number.
func hasBlankAmount(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], "元")
		if i < 0 {
			return false
		}
		before := text[:at+i]
		at += i + len("元")
		before, ok := strings.CutSuffix(before, "万")
		if !ok {
			before, ok = strings.CutSuffix(before, "亿")
		}
		if ok && (strings.HasSuffix(before, " ") || strings.HasSuffix(before, "　") || amountWords.endsIn(before)) {
			return true
		}
	}
}

// checkPlaceholders notes what was left of the template in a line.
func (p *paper) checkPlaceholders() {
	for i := range p.doc.Lines {
		l := &p.doc.Lines[i]
		if l.Kind == reading.Blank || l.Kind == reading.Markup {
			continue
		}
		if !mayHoldPlaceholder(l.Text) {
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
