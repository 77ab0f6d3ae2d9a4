package indicator

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Show writes the faults of definitions for a person, each with the line it is about and a mark under the word:
//
//	test.indicators 第2行 第18字：“起”与“人”不是同类的量，不能相加
//	    = accident.count + accident.deaths
//	                     ^
//
// files are the contents by name; of a fault whose file or line is not there, the sentence alone is written. An error that
// is no fault is written as it is.
func Show(err error, l lang.Lang, files map[string][]byte) string {
	var many fault.List
	var one *fault.Fault
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = fault.List{one}
	default:
		return err.Error() + "\n"
	}
	var b strings.Builder
	for _, f := range many {
		b.WriteString(f.In(l) + "\n")
		if line, ok := lineOf(files[f.Where.File], f.Where.Line); ok && f.Where.Col > 0 {
			b.WriteString("    " + line + "\n    " + pointer(line, f.Where.Col) + "\n")
		}
	}
	return b.String()
}

// lineRunesMax bounds the lines that are drawn.
const lineRunesMax = 200

// lineOf is line n of a file, counted from 1, without its end; false when it is not there or cannot be drawn.
func lineOf(content []byte, n int) (string, bool) {
	lines := strings.Split(strings.TrimPrefix(string(content), bom), "\n")
	if content == nil || n < 1 || n > len(lines) || utf8.RuneCountInString(lines[n-1]) > lineRunesMax || !utf8.ValidString(lines[n-1]) {
		return "", false
	}
	return strings.TrimSuffix(lines[n-1], "\r"), true
}

// pointer underlines the word that begins at column col. The blanks before it are as wide as the characters above them, so
// it stands right wherever Chinese characters are twice as wide as Latin ones.
func pointer(line string, col int) string {
	runes := []rune(line + " ") // a fault may stand at the end
	col = min(col, len(runes)) - 1
	var b strings.Builder
	for _, r := range runes[:col] {
		switch {
		case r == '\t':
			b.WriteByte('\t')
		case wide(r):
			b.WriteRune('　')
		default:
			b.WriteByte(' ')
		}
	}
	for k, r := range runes[col:] {
		if k > 0 && (inWord(runes[col]) == 0 || inWord(r) != inWord(runes[col])) {
			break
		}
		b.WriteByte('^')
		if wide(r) {
			b.WriteByte('^')
		}
	}
	return b.String()
}

// inWord tells words apart: 1 of codes and numbers, 2 of Chinese characters, 0 for what stands alone.
func inWord(r rune) int {
	switch {
	case isLatin(r) || isDigit(r) || r == '_' || r == '.':
		return 1
	case unicode.IsLetter(r):
		return 2
	}
	return 0
}

// wide says whether r takes two columns: Chinese characters and their punctuation, and full-width forms.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff01 && r <= 0xff60 || r >= 0xac00 && r <= 0xd7a3
}
