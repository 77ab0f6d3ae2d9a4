package pinyin

import (
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// typedMost bounds what is looked for.
const typedMost = 40

// readings are how a character is read, without tones; none for what is no Chinese character.
func readings(r rune) []string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	return slices.Compact(slices.Sorted(slices.Values(pinyin.SinglePinyin(r, args))))
}

// Typed says whether a text may be pinyin: Latin letters alone.
func Typed(text string) bool {
	return text != "" && len(text) <= typedMost && strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz") == ""
}

// Matches says whether what was typed is how a part of text is read, beginning with any of its characters.
func Matches(typed, text string) bool {
	if !Typed(typed) {
		return false
	}
	typed = strings.ToLower(typed)
	var all [][]string
	for _, r := range text {
		all = append(all, readings(r))
	}
	for i := range all {
		if from(typed, all[i:]) {
			return true
		}
	}
	return false
}

// from says whether what was typed is how the characters are read, from the first on.
func from(typed string, chars [][]string) bool {
	if typed == "" {
		return true
	}
	if len(chars) == 0 {
		return false
	}
	for _, s := range chars[0] {
		if strings.HasPrefix(s, typed) { // the last one, perhaps cut short
			return true
		}
		if rest, ok := strings.CutPrefix(typed, s); ok && from(rest, chars[1:]) {
			return true
		}
		if typed[0] == s[0] && from(typed[1:], chars[1:]) {
			return true
		}
	}
	return false
}

// Initials are the first letters of the first readings of the characters of a text: 岳阳楼区 → yylq.
func Initials(text string) string {
	var b strings.Builder
	for _, r := range text {
		if all := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(all) > 0 {
			b.WriteByte(all[0][0])
		}
	}
	return b.String()
}

// Full are the first readings of the characters of a text: 岳阳楼区 → yueyanglouqu.
func Full(text string) string {
	var b strings.Builder
	for _, r := range text {
		if all := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(all) > 0 {
			b.WriteString(all[0])
		}
	}
	return b.String()
}
