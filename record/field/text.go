package field

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/record/access"
)

// TypeText is free text.
const TypeText Type = "text"

// Text is a field of free text. Surrounding blanks are not content; the empty text is absence.
func Text[T any](code string, zh lang.Zh, en lang.En, at func(*T) *string, rules ...Rule[string]) Typed[T, string] {
	return define(code, zh, en, at, textCodec[string](TypeText), rules)
}

// Person is the name of a person: text that is personal data.
func Person[T any](code string, zh lang.Zh, en lang.En, at func(*T) *string, rules ...Rule[string]) Typed[T, string] {
	return define(code, zh, en, at, textCodec[string]("person"), rules).Sensitive(access.Personal)
}

// Phone is a telephone number in digits, with + and - allowed: personal data.
func Phone[T any](code string, zh lang.Zh, en lang.En, at func(*T) *string) Typed[T, string] {
	c := textCodec[string]("phone")
	plain := c.parse
	c.parse = func(s string) (string, error) {
		s, err := plain(narrow(s))
		if err != nil {
			return "", err
		}
		digits := 0
		for i, r := range s {
			switch {
			case r >= '0' && r <= '9', r == '*': // as it is shown masked; what stands behind it is the book's question
				digits++
			case r == '-' || r == ' ' || r == '+' && i == 0:
			default:
				return "", ErrNotAPhone.With(s)
			}
		}
		if digits < 5 || digits > 15 { // 12350 is the shortest in use; E.164 allows 15
			return "", ErrNotAPhone.With(s)
		}
		return s, nil
	}
	return define(code, zh, en, at, c, nil).Sensitive(access.Personal)
}

func textCodec[V ~string](typ Type) codec[V] {
	return codec[V]{
		typ: typ, sql: SQLText,
		absent: func(v V) bool { return v == "" },
		encode: func(v V) any { return string(v) },
		decode: decodeText[V],
		show:   func(v V) string { return string(v) },
		normal: func(v V) V { return V(width.Trim(string(v))) },
		sound:  func(v V) *fault.Fault { return soundText(string(v)) },
		parse: func(s string) (V, error) {
			if bad := soundText(s); bad != nil {
				return "", bad
			}
			return V(width.Trim(s)), nil
		},
	}
}

// soundText refuses what neither database, nor canonical JSON, can hold.
func soundText(s string) *fault.Fault {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return ErrBadText.With()
	}
	return nil
}

func decodeText[V ~string](src any) (V, error) {
	s, ok := src.(string)
	if !ok {
		return "", fmt.Errorf("cannot read text from %T", src)
	}
	return V(s), nil
}

// Max allows at most n characters.
func Max(n int) Rule[string] {
	return Rule[string]{
		lang.Text{Zh: fmt.Sprintf("不超过%d字", n), En: fmt.Sprintf("at most %d characters", n)},
		func(s string, _ period.Day) bool { return utf8.RuneCountInString(s) <= n },
	}
}

// narrow folds full-width letters, digits and signs, as office input methods leave them, and every dash into the minus.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '−', '–', '—':
			return '-'
		}
		return width.Rune(r)
	}, s)
}
