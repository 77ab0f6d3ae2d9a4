package reading

import (
	"strings"
	"unicode/utf8"
)

// Bounds on how the lines of a page are told.
const (
	wrapWidthMax = 220 // columns of a terminal; a longer line is a paragraph
	wrapWidthMin = 40
	wrapNearly   = 8 // a line that ends so many columns before the widest was broken there, or more before a long number
)

// findWraps marks the lines of plain text that were broken to fit a page: they reach its right edge, end in the middle of
// a sentence, and the next line begins at the left edge, where the first line of their paragraph does not.
func findWraps(d *Document) {
	wide := 0
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Kind == Paragraph || l.Kind == Item || l.Kind == Heading {
			switch w := widthOf(l.Text); {
			case w > wrapWidthMax:
				return
			case w > wide && !strings.Contains(trim(l.Text), "   "): // no caption with its unit at the right edge
				wide = w
			}
		}
	}
	if wide < wrapWidthMin {
		return
	}
	indented := false // the paragraph of the line
	for i := 0; i+1 < len(d.Lines); i++ {
		l, next := &d.Lines[i], &d.Lines[i+1]
		if l.Kind != Paragraph && l.Kind != Item && l.Kind != Heading {
			indented = false
			continue
		}
		if indented = indented && i > 0 && d.Lines[i-1].Wraps || opensIndented(l.Text); !indented {
			continue
		}
		l.Wraps = next.Kind == Paragraph && !opensIndented(next.Text) && widthOf(l.Text)+numberWidth(next.Text) >= wide-wrapNearly && !endsSentence(l.Text)
		if l.Wraps && l.Kind == Heading {
			l.Kind = Item
		}
	}
}

func opensIndented(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\f"))
	return r == ' ' || r == '　' || r == '\t'
}

// numberWidth is how many columns the number takes that a line begins with: it is never broken.
func numberWidth(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789,.%"))
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(trim(s))
	return strings.ContainsRune("。！？!?", r)
}

// widthOf is how many columns of a terminal a line takes, without the spaces at its end; counting stops where it is too
// wide for a page.
func widthOf(s string) (n int) {
	for _, r := range strings.TrimRight(s, " 　\t\r\f") {
		if n++; isWide(r) {
			n++
		}
		if n > wrapWidthMax {
			break
		}
	}
	return n
}

// isWide says whether a character takes two columns where Chinese is set: the CJK blocks, full-width forms and quotation
// marks.
func isWide(r rune) bool { return r >= 0x2010 }
