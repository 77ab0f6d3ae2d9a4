package reading

import (
	"strconv"
	"strings"
)

// numeral is n in a number format of lists, named as in ECMA-376 (ST_NumberFormat). Formats that no report uses are
// written as plain digits; bullets and "none" as nothing.
func numeral(format string, n int) string {
	switch format {
	case "bullet", "none":
		return ""
	case "lowerLetter":
		return letters(n, 'a')
	case "upperLetter":
		return letters(n, 'A')
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "taiwaneseCounting", "japaneseCounting", "ideographDigital":
		return han(n)
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "decimalZero":
		if n >= 0 && n <= 9 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters is a … z, aa, bb … as lists count.
func letters(n int, first rune) string {
	if n < 1 || n > 26*50 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}

// han is 1 to 99 as headings count: 一 … 十, 十一 … 九十九.
func han(n int) string {
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	digits := []rune("一二三四五六七八九")
	var b strings.Builder
	if tens := n / 10; tens > 0 {
		if tens > 1 {
			b.WriteRune(digits[tens-1])
		}
		b.WriteRune('十')
	}
	if n%10 > 0 {
		b.WriteRune(digits[n%10-1])
	}
	return b.String()
}
