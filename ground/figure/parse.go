package figure

import "strings"

// Parse reads the one figure that s is: "2030.18万元", "1,234", "约560万元", "近百人", "百分之十五", "3亿2000万元",
// "10—15毫米", "-18.18%", "0.022人/亿元". Blanks around it are ignored. Anything else is a fault. What a text would call a
// date or a code because nothing says otherwise (2023, 430602) is the bare number here.
// It is the inverse of String.
func Parse(s string) (Figure, error) {
	text := strings.TrimSpace(s)
	if f, ok := parseDigits(text); ok {
		return f, nil
	}
	if t, ok := NewScanner(text).Next(); ok && t.Class == ClassFigure && t.Offset == 0 && t.End == len(text) && t.Flaw == NoFlaw {
		return t.Figure, nil
	}
	return Figure{}, ErrNotAFigure.With(s)
}

// parseDigits reads a figure in digits that is the whole text.
func parseDigits(text string) (Figure, bool) {
	s := NewScanner(text)
	at := 0
	for _, w := range formWords {
		if w.before && len(w.word) > at && strings.HasPrefix(text, w.word) {
			at = len(w.word)
		}
	}
	r, size := s.after(at)
	negative := r == '-' || r == '−' || r == '－'
	if negative || r == '+' || r == '＋' {
		at += size
	}
	if _, _, ok := digitAt(text, at); !ok {
		return Figure{}, false
	}
	l := readLiteral(text, at)
	m := s.measure(l.end)
	if l.flaw != NoFlaw || l.long {
		return Figure{}, false
	}
	t, ok := s.span(at, l, m)
	if !ok {
		if t, ok = s.compound(at, l, m); !ok {
			t = s.stated(at, l, m)
		}
	}
	f := t.Figure
	if negative && !f.value.IsNeg() {
		f.value = f.value.Neg()
	}
	return f, t.Class == ClassFigure && t.End == len(text)
}
