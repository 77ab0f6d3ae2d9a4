package lang

import (
	"slices"
	"strings"
)

// Nested turns the quotation marks inside others of a Chinese text into the single ones, and those inside them back (GB/T 15834-2011,
// 4.8.3.3): a name that a sentence puts between “ and ” may have its own. A text whose marks do not close as they open stays as it is.
func Nested(s string) string {
	if !strings.Contains(s, "“") {
		return s
	}
	out := []rune(s)
	var open []int // the marks that are open, by their places among the opening ones
	for i, c := range out {
		opens, closes := slices.Index(opening, c), slices.Index(closing, c)
		switch {
		case opens >= 0:
			if len(open) > 0 {
				opens = 1 - open[len(open)-1]
				out[i] = opening[opens]
			}
			open = append(open, opens)
		case closes >= 0:
			if len(open) == 0 {
				return s
			}
			out[i] = closing[open[len(open)-1]]
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return s
	}
	return string(out)
}

// The marks, double and single.
var (
	opening = []rune("“‘")
	closing = []rune("”’")
)
