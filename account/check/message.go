package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// message says the arithmetic and the verdict in a sentence that a clerk can act on.
func (f *finding) message() lang.Text {
	unit, left := f.stated.Unit().String(), f.left()
	stated := f.stated.short()
	low, high := f.show(f.low, -1)+unit, f.show(f.high, 1)+unit
	zh, en := f.what.Zh+"："+left, f.what.En+": "+left
	switch {
	case f.verdict == Holds:
		zh += "，与文中" + stated + "相符。"
		en += ", as stated (" + stated + ")."
	case f.verdict == Contradiction && low == high:
		zh += "，文中为" + stated + "，不符，请核对。"
		en += ", but the text says " + stated + "; check the figures."
	case f.verdict == Contradiction:
		zh += "，文中为" + stated + "；即使各数都经过四舍五入，也只能在" + low + "至" + high + "之间，不符，请核对。"
		en += ", but the text says " + stated + "; even if every figure was rounded it must lie between " + low + " and " + high + "; check the figures."
	default:
		how := hows[f.how]
		zh += "，文中为" + stated + "；" + how.Zh + "，可以成立（" + low + "至" + high + "）。"
		en += ", the text says " + stated + "; " + how.En + " it can be true (" + low + " to " + high + ")."
	}
	return lang.Text{Zh: zh, En: en}
}

// left is the arithmetic: the operands as printed, and what they give.
func (f *finding) left() string {
	texts := make([]string, len(f.operands))
	for i, m := range f.operands {
		texts[i] = m.short()
	}
	left := f.form.formula(texts)
	if len(texts) > 1 || left != texts[0] {
		if x := f.show(f.nominal, 0) + f.stated.Unit().String(); x != left {
			left += " = " + x
		}
	}
	return left
}

var hows = map[How]lang.Text{
	Rounded:   lang.Of("各数经过四舍五入", "because the figures were rounded"),
	Truncated: lang.Of("末位舍去而未四舍五入", "because last digits were cut off instead of rounded"),
	Twice:     lang.Of("先后两次四舍五入", "because it was rounded twice"),
	Padded:    lang.Of("末尾的0是补上的", "because the last zeros were filled in"),
}

// short is the figure as it was written, without blanks.
func (m *mention) short() string {
	text := strings.ReplaceAll(m.n.text(), " ", "")
	if u := m.Unit().String(); m.n.Figure.Unit() == figure.One && u != "" {
		text += u
	}
	return text
}

// quoteRunesMax bounds a quotation.
const quoteRunesMax = 120

// quote is the part of a sentence that the relation is about: from the words before its first figure there to its last.
func quote(s *sentence, numbers []*number) string {
	text := s.line.Text
	from, to := s.to, s.from
	for _, n := range numbers {
		if n.line == s.line && n.Offset >= s.from && n.End <= s.to {
			from, to = min(from, n.Offset), max(to, n.End)
		}
	}
	for _, m := range s.mentions {
		if m.n.Offset == from {
			from = min(from, m.opens)
		}
	}
	from = back(text, s.from, from, 12)
	for range 12 {
		if to >= s.to {
			break
		}
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	for _, m := range s.mentions { // no figure is cut in two
		if m.n.Offset < to && to < m.n.End {
			to = m.n.End
		}
		if m.n.Offset < from && from < m.n.End {
			from = m.n.Offset
		}
	}
	if n := utf8.RuneCountInString(text[from:to]); n > quoteRunesMax {
		head, tail := from, to
		for range quoteRunesMax / 2 {
			_, size := utf8.DecodeRuneInString(text[head:])
			head += size
		}
		tail = back(text, head, tail, quoteRunesMax/2)
		return strings.TrimSpace(text[from:head] + "…" + text[tail:to])
	}
	return strings.TrimSpace(text[from:to])
}

// back is the offset n code points before at, not below low.
func back(text string, low, at, n int) int {
	for range n {
		if at <= low {
			return low
		}
		_, size := utf8.DecodeLastRuneInString(text[low:at])
		at -= size
	}
	return at
}

// describe is the entry of a number in the result.
func (p *paper) describe(n *number) Figure {
	f := Figure{ID: n.name(), Class: n.Class.String(), Text: n.text(), Line: n.lineNumber(),
		Column: n.at.Column(n.from), Offset: n.at.Offset + n.from}
	if n.Class == figure.ClassFigure {
		f.state(n.Figure)
	}
	f.Page, f.Cell, f.Picture = n.page(), n.cell(), n.pictured()
	if p.between != nil {
		f.File = n.doc.Name
	}
	return f
}

// page is the page on which a number stands; 0 in a document without pages.
func (n *number) page() int { return n.doc.Page(n.at.Offset + n.from) }

// cell is the cell of a table in which a number stands; empty outside tables.
func (n *number) cell() string {
	switch c := cellOf(n); {
	case c == nil:
	case c.Name != "":
		return c.Name
	default:
		return fmt.Sprintf("T%dR%dC%d", c.Table.Number, c.Row, c.Column)
	}
	return ""
}

// describeMention adds what the words around a figure say.
func (p *paper) describeMention(m *mention) Figure {
	f := p.describe(m.n)
	if m.Unit() != m.n.Figure.Unit() {
		f.state(m.Figure)
	}
	f.Subject, f.Period, f.Edition = m.subject, m.period.String(), m.edition
	return f
}

func (f *Figure) state(v figure.Figure) {
	f.Value, f.Unit = v.Number(), v.Unit().String()
	f.Low, f.High = v.Ends()
}
