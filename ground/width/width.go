// Package width folds the full-width forms (全角) that Chinese input methods leave in digits, letters and signs into their
// half-width ones (半角), so that １２３ and 123 are the same number.
//
// Only forms that have an ASCII twin are folded (U+FF01–U+FF5E) and the ideographic space U+3000; Chinese punctuation
// such as 、。《》 stays, and so do the characters themselves. Which texts are folded is the reader's decision: amounts,
// days and codes are, names and descriptions are kept as written.
//
//	width.Narrow("２０２３－０５－０６")   // 2023-05-06
//
// What does not live here: numerals in characters (二〇二三), which belong to the parsers that know what they mean.
// On the ground floor: imports nothing of the house; anybody may import it.
package width

import (
	"strings"
	"unicode"
)

// offset is the distance of a full-width form from its ASCII twin.
const offset = '！' - '!'

// Rune is the half-width form of r, or r itself where there is none.
func Rune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - offset
	case r == '　':
		return ' '
	}
	return r
}

// Narrow folds every full-width form of s. A text without any is given back without copying.
func Narrow(s string) string { return strings.Map(Rune, s) }

// Trim takes blanks off both ends: white space in the Unicode sense, no-break and full-width blanks among it, and the
// invisible marks (byte order mark, zero-width space and joiners) that copied cells carry.
func Trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r >= '\u200b' && r <= '\u200d' || r == '\u2060'
	})
}
