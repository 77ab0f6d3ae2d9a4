package evaluation

import (
	"fmt"
	"strings"

	"anlan/ground/lang"
	"anlan/ground/width"
)

// both is a text whose halves take the same arguments; an argument that is a text speaks the same language.
func both(zh lang.Zh, en lang.En, args ...any) lang.Text {
	t := lang.Of(zh, en)
	in := func(l lang.Lang) string {
		own := make([]any, len(args))
		for i, a := range args {
			if x, ok := a.(lang.Text); ok {
				a = x.In(l)
			}
			own[i] = a
		}
		return fmt.Sprintf(t.In(l), own...)
	}
	return lang.Text{Zh: in(lang.Chinese), En: in(lang.English)}
}

// rows writes lines below headings that stand once for those that share them.
type rows struct {
	strings.Builder
	lang    lang.Lang
	heading string
}

func newRows(l lang.Lang) *rows { return &rows{lang: l} }

func (w *rows) line(s string) { w.WriteString(s + "\n"); w.heading = "" }

// headingRunes is the width of a heading, in Chinese characters.
const headingRunes = 6

func (w *rows) row(heading lang.Text, text string) {
	h := heading.In(w.lang)
	column := h
	if h == w.heading {
		column = ""
	}
	w.heading = h
	text = strings.ReplaceAll(width.Trim(text), "\n", " ")
	if w.lang == lang.English {
		fmt.Fprintf(w, "  %-24s%s\n", column, text)
		return
	}
	w.WriteString("  " + column + strings.Repeat("　", max(1, headingRunes-len([]rune(column)))) + text + "\n")
}
