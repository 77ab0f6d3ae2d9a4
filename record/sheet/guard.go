package sheet

import (
	"strings"
	"unicode/utf8"
)

// guard keeps a spreadsheet program from running a text as a formula when it opens a CSV file: it puts an apostrophe before
// the text, as people do there. unguard takes it away, so what is read is what was written. Plain numbers stay as they are.
func guard(s string) string {
	if needsGuard(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if inner, ok := strings.CutPrefix(s, "'"); ok && needsGuard(inner) {
		return inner
	}
	return s
}

// needsGuard says whether s begins like a formula, after blanks that a program may skip, with a sign in either width; or
// begins so behind apostrophes, which would otherwise be taken for guards.
func needsGuard(s string) bool {
	bare := strings.TrimLeft(s, "'")
	sign, _ := utf8.DecodeRuneInString(strings.TrimLeft(bare, " \t\r\n\u00a0\u3000"))
	if !strings.ContainsRune("=+-@＝＋－＠", sign) {
		return false
	}
	return bare != s || !isPlainNumber(strings.TrimPrefix(s, "+"))
}
