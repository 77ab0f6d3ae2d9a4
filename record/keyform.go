package record

import (
	"strings"
	"unicode"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/record/field"
)

// keyForm is the one form in which a text of a natural key is kept, so that ＹＨ－１ and YH-1 are one record whichever door
// they come through. Letters, digits and signs are half-width. Brackets follow the writing they stand in: full-width in a
// text with characters (岳应急罚（2026）12号), half-width in one without. The other marks that Chinese writing has in full
// width (，：；！？) are left as they are: in a title they are not the same as their twins. It keeps what it has made.
func keyForm(s string) string {
	open, shut := '(', ')'
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		open, shut = '（', '）'
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '(', '（':
			return open
		case ')', '）':
			return shut
		case '，', '：', '；', '！', '？':
			return r
		}
		return width.Rune(r)
	}, s)
}

// keepKeyForm makes a text field of a natural key take and keep its values in keyForm.
func keepKeyForm[T any](f *field.Field[T]) {
	if f.Type != field.TypeText {
		return
	}
	parse, driver, check := f.Parse, f.Driver, f.Check
	f.Parse = func(r *T, s string) error { return parse(r, keyForm(s)) }
	f.Driver = func(s string) (any, error) { return driver(keyForm(s)) }
	f.Check = func(r *T, today period.Day) fault.List {
		if s := f.Text(r); keyForm(s) != s {
			_ = parse(r, keyForm(s)) // a text that cannot be kept stays as it is, and the check says why
		}
		return check(r, today)
	}
}
