package ocr

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"anlan/account/check/reading/printed"
)

// withNumbers puts numbers that were read by the data for digits in the place of those that were read by that for Chinese, which takes a 6
// for a 0 where the type is serif.
func withNumbers(lines, others []*line) {
	for _, o := range others {
		for _, word := range o.words() {
			box, ok := numberBox(word)
			if !ok {
				continue
			}
			for _, l := range lines {
				if y := (box.Top + box.Bottom) / 2; l.box.Top <= y && y <= l.box.Bottom && l.box.Left <= box.Right && box.Left <= l.box.Right && l.replace(box, word) {
					break
				}
			}
		}
	}
}

// words are the characters of each word.
func (l *line) words() (out [][]character) {
	for i := 0; i < len(l.characters); {
		k := i
		for k < len(l.characters) && l.characters[k].word == l.characters[i].word {
			k++
		}
		out = append(out, l.characters[i:k])
		i = k
	}
	return out
}

// numberBox is the place of a word that is a number of which every character is sure.
func numberBox(word []character) (b printed.Box, ok bool) {
	for i, c := range word {
		if !isDigit(c.rune) && !strings.ContainsRune(".,%", c.rune) {
			return b, false
		}
		ok = ok || isDigit(c.rune)
		if b = b.With(c.Box); i == 0 {
			b = c.Box
		}
	}
	return b, ok
}

// replace puts a word in the place of what the line has there; not where that is Chinese.
func (l *line) replace(at printed.Box, word []character) bool {
	isThere := func(c character) bool { x := (c.Left + c.Right) / 2; return at.Left <= x && x <= at.Right }
	if slices.ContainsFunc(l.characters, func(c character) bool { return isThere(c) && unicode.Is(unicode.Han, c.rune) }) {
		return false
	}
	l.characters = append(slices.DeleteFunc(l.characters, isThere), word...)
	slices.SortStableFunc(l.characters, func(a, b character) int { return cmp.Compare(a.Left, b.Left) })
	return true
}
