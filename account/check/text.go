package check

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode"

	"anlan/ground/lang"
)

// Mark is the sign of a verdict, for people.
func (v Verdict) Mark() string {
	switch v {
	case Holds:
		return "✓"
	case Rounding:
		return "≈"
	case Contradiction:
		return "✗"
	case Incomplete:
		return "…"
	}
	return "·"
}

// order of the verdicts in the text: what a reader must look at first; what holds is only counted.
var textOrder = []Verdict{Contradiction, Incomplete, Rounding, Noted}

// WriteText writes the report for people: for each file what contradicts, what is incomplete, what holds by rounding only
// and what a reader should look at, each with the words of the document, its figures underlined, and the arithmetic; then
// the counts.
func (r Report) WriteText(w io.Writer, l lang.Lang) error {
	t := &textWriter{bufio.NewWriter(w), l}
	for i := range r.Files {
		t.file(&r.Files[i])
	}
	return t.Flush()
}

type textWriter struct {
	*bufio.Writer
	lang lang.Lang
}

func (t *textWriter) say(text lang.Text, args ...any) { fmt.Fprintf(t, text.In(t.lang)+"\n", args...) }

func (t *textWriter) file(f *File) {
	t.say(lang.Text{Zh: "%s", En: "%s"}, f.File)
	if f.Title != "" {
		t.say(lang.Text{Zh: "  %s", En: "  %s"}, f.Title)
	}
	figures := map[string]*Figure{}
	for i := range f.Figures {
		figures[f.Figures[i].ID] = &f.Figures[i]
	}
	for _, verdict := range textOrder {
		for i := range f.Relations {
			if f.Relations[i].Verdict == verdict {
				t.relation(&f.Relations[i], figures)
			}
		}
	}
	s := f.Summary
	t.say(lang.Of("\n  %d个数字，其中数据%d个；勾稽关系%d处：✓相符%d  ≈舍入所致%d  ✗矛盾%d  …不完整%d  ·提示%d；%d处无法核对\n",
		"\n  %d numbers, %d of them figures; %d relations: ✓ %d hold  ≈ %d by rounding  ✗ %d contradict  … %d incomplete  · %d notes; %d not checkable\n"),
		s.Numbers, s.Figures, s.Relations, s.Holds, s.Rounding, s.Contradictions, s.Incomplete, s.Notes, s.NotCheckable)
}

func (t *textWriter) relation(r *Relation, figures map[string]*Figure) {
	t.say(lang.Of("\n%s 第%d行  %s", "\n%s line %d  %s"), r.Verdict.Mark(), r.Line, r.Message.In(t.lang))
	if r.Quote != "" {
		t.say(lang.Text{Zh: "    %s", En: "    %s"}, r.Quote)
		if line := underline(r, figures); line != "" {
			t.say(lang.Text{Zh: "    %s", En: "    %s"}, line)
		}
	}
	if m := r.Mend; m != nil && figures[m.Figure] != nil {
		t.say(lang.Of("    若把“%s”改为%s即可相符（先看这里，不等于它错）", "    it would fit with %s changed to %s (a place to look first, not a verdict on it)"), figures[m.Figure].Text, m.Value+figures[m.Figure].Unit)
	}
	for _, n := range r.Notes {
		t.say(lang.Text{Zh: "    · %s", En: "    · %s"}, n.In(t.lang))
	}
}

// underline marks the figures of a relation below the quote; Chinese characters take two columns.
func underline(r *Relation, figures map[string]*Figure) string {
	type span struct{ from, to int }
	var spans []span
	from := map[string]int{} // where the same text is looked for next
	var on []*Figure
	for _, id := range r.Figures {
		if f := figures[id]; f != nil && f.Line == r.Line {
			on = append(on, f)
		}
	}
	sort.Slice(on, func(i, k int) bool { return on[i].Offset < on[k].Offset })
	for _, f := range on {
		i := strings.Index(r.Quote[from[f.Text]:], f.Text)
		if f.Text == "" || i < 0 {
			continue
		}
		i += from[f.Text]
		spans = append(spans, span{i, i + len(f.Text)})
		from[f.Text] = i + len(f.Text)
	}
	if len(spans) == 0 {
		return ""
	}
	var b strings.Builder
	for i, c := range r.Quote {
		mark := byte(' ')
		for _, s := range spans {
			if s.from <= i && i < s.to {
				mark = '~'
			}
		}
		b.WriteByte(mark)
		if wide(c) {
			b.WriteByte(mark)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// wide says whether a character takes two columns of a terminal (East Asian wide and full-width forms, UAX #11).
func wide(c rune) bool {
	return unicode.Is(unicode.Han, c) || c >= 0x3000 && c <= 0x303f || c >= 0xff01 && c <= 0xff60 || c >= 0x2014 && c <= 0x2026
}
