package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"anlan/ground/figure"
	"anlan/ground/width"
)

// Heading is a column that a reader expects: the names it may have (labels in both languages, the field's code) and whether
// the sheet must have it.
type Heading struct {
	Names    []string // the first is the one that faults speak of
	Required bool
}

// fold is the form in which names are compared: narrow, lower case, without blanks and line breaks.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r = width.Rune(r); unicode.IsSpace(r) || r == '\ufeff' || r >= '\u200b' && r <= '\u200d' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// decoration is what people put around the name of a column: a star for required columns, and the word itself.
var decoration = strings.NewReplacer("*", "", "※", "", "(必填)", "", "(选填)", "", "(required)", "", "(optional)", "", ":", "")

// headingForms are the names that the text of a heading cell may be meant as, and the unit that it gives to its column:
// 整改投入（万元） is 整改投入 in 万元.
func headingForms(s string) (whole, bare, unit string) {
	whole = decoration.Replace(fold(s))
	bare = whole
	if head, inner, ok := strings.Cut(whole, "("); ok && strings.HasSuffix(inner, ")") {
		if u := unitIn(inner[:len(inner)-1]); u != "" {
			return whole, head, u
		}
	}
	if head, inner, ok := strings.Cut(whole, "/"); ok && unitIn(inner) != "" {
		return whole, head, unitIn(inner)
	}
	return whole, bare, ""
}

func unitIn(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "单位"), ":")
	if _, ok := figure.UnitOf(s); ok {
		return s
	}
	return ""
}

// unitLine finds «单位：万元» in a line above the heading. 单位 also means an organisation (填报单位：…), so only what is a
// unit of measure is taken.
var unitLine = regexp.MustCompile(`(?:^|[^\p{Han}]|金额|计量|数量)单位[:：]\s*([\p{Han}%‰]{1,6})`)

func unitOfLine(s string) string {
	m := unitLine.FindStringSubmatch(strings.Map(width.Rune, s))
	if m == nil {
		return ""
	}
	return unitIn(m[1])
}
