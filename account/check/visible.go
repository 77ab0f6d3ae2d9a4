package check

import (
	"fmt"
	"strings"
	"unicode"
)

// Visible is a text of the document as a terminal may have it: characters that would steer the terminal, turn the
// direction of writing or not show at all are written as signs (␛) or by their number (\u202e). A tab is a space.
func Visible(s string) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		b.WriteString(visibleRune(c))
	}
	return b.String()
}

func visibleRune(c rune) string {
	switch {
	case !hidden(c):
		return string(c)
	case c == '\t':
		return " "
	case c < ' ':
		return string('␀' + c)
	case c == 0x7f:
		return "␡"
	case c > 0xffff:
		return fmt.Sprintf(`\U%08x`, c)
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// hidden says whether a character has no sign of its own: controls, format characters such as those of direction, line and
// paragraph separators, and code points for private use.
func hidden(c rune) bool { return unicode.In(c, unicode.C, unicode.Zl, unicode.Zp) }

// columns is the width of a text on a terminal.
func columns(s string) (n int) {
	for _, c := range s {
		if n++; wide(c) {
			n++
		}
	}
	return n
}

// wide says whether a character takes two columns of a terminal (East Asian wide and full-width forms, UAX #11).
func wide(c rune) bool {
	return unicode.Is(unicode.Han, c) || c >= 0x3000 && c <= 0x303f || c >= 0xff01 && c <= 0xff60 || c >= 0x2014 && c <= 0x2026
}
