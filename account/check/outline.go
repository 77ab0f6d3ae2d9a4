package check

import (
	"strconv"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// outlineStyles are the numberings of headings in 汉字, the highest first: 第一部分, 一、, （一）.
var outlineStyles = []struct{ opens, closes []string }{
	{[]string{"第"}, []string{"部分", "章", "篇"}},
	{[]string{""}, []string{"、"}},
	{[]string{"（", "("}, []string{"）", ")"}},
}

// outlineMax bounds a numbering: more headings of one level, no report has.
const outlineMax = 99

// checkOutline notes headings whose numbers skip or repeat: （四） then （六）. A numbering that does not begin with one, and everything inside
// tables, is nobody's outline. What a part was left out of, the text cannot tell, so that it is a note.
func (p *paper) checkOutline() {
	last := make([]int, len(outlineStyles)) // the number of the last heading of each style below the present one above; 0: none
	lines := make([]int, len(outlineStyles))
	for i := range p.doc.Lines {
		l := &p.doc.Lines[i]
		if l.Kind != reading.Heading && l.Kind != reading.Item || len(l.Cells) > 0 {
			continue
		}
		style, n, said := outlineNumber(strings.TrimSpace(l.Text))
		if n == 0 {
			continue
		}
		for below := style + 1; below < len(last); below++ {
			last[below] = 0
		}
		before := last[style]
		last[style] = n
		line := lines[style]
		lines[style] = int(l.Number)
		switch {
		case n == 1 || before == 0 && n > 1:
			if n > 1 {
				last[style] = 0 // its beginning was not seen
			}
		case n == before:
			p.noteOutline(l, lang.Of(lang.Zh("标题编号“"+said+"”重复：第"+strconv.Itoa(line)+"行已有这个编号，请核对是编号写错，还是多了一节。"),
				lang.En("the heading number "+said+" is there twice, first in line "+strconv.Itoa(line)+": is it mistyped, or is a part one too many?")))
		case n > before+1 && !p.numbered(style, before+1, n-1, line, int(l.Number)):
			p.noteOutline(l, lang.Of(lang.Zh("标题编号“"+said+"”跳号：前一个同级标题（第"+strconv.Itoa(line)+"行）是第"+strconv.Itoa(before)+"个，请核对是编号写错，还是漏了一节。"),
				lang.En("the heading number "+said+" skips: the one before it (line "+strconv.Itoa(line)+") is number "+strconv.Itoa(before)+": is it mistyped, or was a part left out?")))
		}
	}
}

// numbered says whether a number from first to last stands inside a line between two headings: a heading that was run into the paragraph before it.
func (p *paper) numbered(style, first, last, from, to int) bool {
	for n := first; n <= min(last, outlineMax); n++ {
		for _, opens := range outlineStyles[style].opens {
			for _, closes := range outlineStyles[style].closes {
				said := opens + numeralOf(n) + closes
				for i := from; i < to; i++ {
					if strings.Contains(p.doc.Line(i).Text, said) {
						return true
					}
				}
			}
		}
	}
	return false
}

// numeralOf writes a number from 1 to outlineMax in 汉字.
func numeralOf(n int) string {
	digits := [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	tens, ones := n/10, digits[n%10]
	switch tens {
	case 0:
		return ones
	case 1:
		return "十" + ones
	}
	return digits[tens] + "十" + ones
}

func (p *paper) noteOutline(l *reading.Line, message lang.Text) {
	p.tell(Relation{Rule: "outline", Verdict: Noted, Line: int(l.Number), Quote: shortened(strings.TrimSpace(l.Text), quoteRunesMax), Message: message}, nil)
}

// outlineNumber is the number with which a line opens: its style, its value, and as it stands; 0 where it opens with none.
func outlineNumber(text string) (style, n int, said string) {
	for i, s := range outlineStyles {
		for _, opens := range s.opens {
			rest, ok := strings.CutPrefix(text, opens)
			if !ok {
				continue
			}
			end := len(rest) - len(strings.TrimLeft(rest, "一二三四五六七八九十"))
			for _, closes := range s.closes {
				if end > 0 && strings.HasPrefix(rest[end:], closes) {
					if v := smallNumeral(rest[:end]); v > 0 {
						return i, v, opens + rest[:end] + closes
					}
				}
			}
		}
	}
	return 0, 0, ""
}

// smallNumeral is the value of a 汉字 numeral up to outlineMax; 0 of anything else.
func smallNumeral(s string) int {
	const digits = "一二三四五六七八九"
	value := func(s string, none int) int {
		if s == "" {
			return none
		}
		if i := strings.Index(digits, s); i >= 0 && len(s) == len("一") {
			return i/len("一") + 1
		}
		return -outlineMax
	}
	tens, ones, ok := strings.Cut(s, "十")
	if !ok {
		return max(value(s, 0), 0)
	}
	return max(10*value(tens, 1)+value(ones, 0), 0)
}

// shortened is a text of at most so many characters.
func shortened(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
