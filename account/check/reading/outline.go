package reading

import (
	"strings"
	"unicode/utf8"
)

const (
	headingMaxRunes = 40 // of a numbered heading; longer ones are paragraphs that open with a number
	titleMaxRunes   = 60 // of one line of a title
	titleMaxLines   = 4
	titleWithin     = 30 // lines from the top in which a title may begin
)

// kindOf tells a line of prose by its opening: 一、 （一） 1. （1） are the four levels of official documents (GB/T 9704).
// s is trimmed and not empty.
func kindOf(s string) (Kind, uint8) {
	level, rest := opening(s)
	if level == 0 {
		if r, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("•●○◆◇■□▪·", r) {
			return Item, 0
		}
		return Paragraph, 0
	}
	if isHeading(level, rest) {
		return Heading, level
	}
	return Item, level
}

// opening is the level of the number that s opens with, 0 for none, and what follows it.
func opening(s string) (level uint8, rest string) {
	if body, ok := strings.CutPrefix(s, "第"); ok { // 第一部分, 第二章
		n := countRunes(body, hanDigit)
		for _, unit := range []string{"部分", "章", "篇"} {
			if after, ok := strings.CutPrefix(body[n:], unit); ok && n > 0 {
				return 1, trim(after)
			}
		}
		return 0, s
	}
	if body, ok := cutAny(s, "（", "("); ok {
		han, num := countRunes(body, hanDigit), countRunes(body, digit)
		after, closed := cutAny(body[max(han, num):], "）", ")")
		switch {
		case closed && han > 0 && han <= 9:
			return 2, trim(after)
		case closed && num > 0 && num <= 2:
			return 4, trim(after)
		}
		return 0, s
	}
	if n := countRunes(s, hanDigit); n > 0 && n <= 9 {
		if after, ok := cutAny(s[n:], "、", "．", "."); ok {
			return 1, trim(after)
		}
	}
	if n := countRunes(s, digit); n > 0 && n <= 2 {
		after, ok := cutAny(s[n:], ".", "．", "、")
		if ok && countRunes(after, digit) == 0 { // 1.5 is a figure
			return 3, trim(after)
		}
	}
	return 0, s
}

// isHeading says whether what follows a number reads as a heading: short, and one clause. The upper two levels may be a
// whole sentence, as official writing allows.
func isHeading(level uint8, rest string) bool {
	if rest == "" || utf8.RuneCountInString(rest) > headingMaxRunes {
		return false
	}
	rest = strings.TrimSuffix(rest, "。")
	if level <= 2 {
		return !strings.ContainsAny(rest, "。；;：:！？")
	}
	return !strings.ContainsAny(rest, "。；;：:！？，,")
}

// documentWords end the titles of the documents that we are given.
var documentWords = []string{"报告", "自评表", "预算", "决算", "通报", "公报", "情况", "说明", "通知", "方案", "意见", "总结", "表", "公开", "公告"}

// findTitle marks the lines of the title and joins them, unless the format has named the title already. It is a run of
// short unnumbered lines near the top of which the last ends as a document's title does; where none is, there is none.
func findTitle(d *Document) {
	if d.Title != "" {
		return
	}
	for i := 0; i < min(len(d.Lines), titleWithin); i++ {
		var at []int
		for j := i; j < min(len(d.Lines), i+2*titleMaxLines) && len(at) < titleMaxLines; j++ {
			l := d.Lines[j]
			if l.Kind == Blank {
				if j == i {
					break
				}
				continue
			}
			if !titleLike(l) {
				break
			}
			at = append(at, j)
			if endsTitle(trim(l.Text)) {
				markTitle(d, at)
				return
			}
		}
	}
}

func titleLike(l Line) bool {
	s := trim(l.Text)
	prose := l.Kind == Paragraph
	if l.Kind == Heading { // a converter made the title a heading
		level, _ := opening(s)
		prose = level == 0
	}
	return prose && utf8.RuneCountInString(s) <= titleMaxRunes && !strings.ContainsAny(s, "。；：！？:!?>＞|【】") &&
		strings.TrimLeft(s, "附件表0123456789-一二三四五六") != ""
}

func endsTitle(s string) bool {
	for _, w := range documentWords {
		if strings.HasSuffix(s, w) {
			return utf8.RuneCountInString(s) > utf8.RuneCountInString(w)
		}
	}
	return false
}

// agreeOnTitle takes the title from the lines that the format marks as such, or marks the line that holds the title that
// the format names elsewhere.
func agreeOnTitle(d *Document) {
	var at []int
	for i, l := range d.Lines {
		if d.Title == "" && l.Kind == Title {
			at = append(at, i)
		}
		if d.Title != "" && l.Cells == nil && trim(l.Text) == d.Title {
			at = []int{i}
			break
		}
	}
	if len(at) > 0 {
		markTitle(d, at)
	}
}

func markTitle(d *Document, at []int) {
	var b strings.Builder
	for _, i := range at {
		d.Lines[i].Kind = Title
		b.WriteString(trim(d.Lines[i].Text))
	}
	d.Title = b.String()
}

// countRunes is the length in bytes of the run of characters at the start of s that are in the set.
func countRunes(s string, in func(rune) bool) int {
	for i, r := range s {
		if !in(r) {
			return i
		}
	}
	return len(s)
}

func hanDigit(r rune) bool { return strings.ContainsRune("一二三四五六七八九十百", r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

func cutAny(s string, prefixes ...string) (rest string, ok bool) {
	for _, p := range prefixes {
		if rest, ok = strings.CutPrefix(s, p); ok {
			return rest, true
		}
	}
	return s, false
}
