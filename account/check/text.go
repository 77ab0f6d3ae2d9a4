package check

import (
	"bufio"
	"fmt"
	"sort"
	"strings"

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

// Bounds on what the text lists of a file; the JSON has all.
const (
	textFigures      = 2_000
	textNotCheckable = 200
)

type textWriter struct {
	*bufio.Writer
	lang lang.Lang
}

// say writes a line. What the arguments bring from the document is made visible.
func (t *textWriter) say(text lang.Text, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = Visible(s)
		}
	}
	fmt.Fprintf(t, text.In(t.lang)+"\n", args...)
}

func (t *textWriter) file(f *File) {
	if len(f.Between) > 0 {
		t.say(lang.Of("%s：%d份材料之间", "%s: between %d documents"), f.File, len(f.Between))
	} else {
		t.say(lang.Text{Zh: "%s", En: "%s"}, f.File)
	}
	if f.Title != "" {
		t.say(lang.Text{Zh: "  %s", En: "  %s"}, f.Title)
	}
	if f.SameAs != "" {
		t.say(lang.Of("  与“%s”是同一份报告，不重复计数\n", "  the same report as %q, which is counted once\n"), f.SameAs)
		return
	}
	figures := f.ByID()
	for _, verdict := range textOrder {
		for i := range f.Relations {
			if f.Relations[i].Verdict == verdict {
				t.relation(&f.Relations[i], figures)
			}
		}
	}
	t.notCheckable(f)
	t.figures(f)
	s := f.Summary
	if len(f.Between) > 0 {
		t.say(lang.Of("\n  勾稽关系%d处：✓相符%d  ≈舍入所致%d  ✗矛盾%d  ·提示%d\n", "\n  %d relations: ✓ %d hold  ≈ %d by rounding  ✗ %d contradict  · %d notes\n"),
			s.Relations, s.Holds, s.Rounding, s.Contradictions, s.Notes)
		return
	}
	t.say(lang.Of("\n  %d个数字，其中数据%d个，%d个进入勾稽关系；勾稽关系%d处：✓相符%d  ≈舍入所致%d  ✗矛盾%d  …不完整%d  ·提示%d；%d处无法核对\n",
		"\n  %d numbers, %d of them figures, %d in relations; %d relations: ✓ %d hold  ≈ %d by rounding  ✗ %d contradict  … %d incomplete  · %d notes; %d not checkable\n"),
		s.Numbers, s.Figures, s.Covered, s.Relations, s.Holds, s.Rounding, s.Contradictions, s.Incomplete, s.Notes, s.NotCheckable)
	if s.PagesPictured > 0 {
		t.say(lang.Of("  %d页为扫描件，文字由图片识别而来，其中的矛盾只作提示，请对照原图\n", "  %d pages are scanned and were read from the picture; what contradicts there is only noted: look at the picture\n"), s.PagesPictured)
	}
	if s.PagesRead < s.Pages {
		t.say(lang.Of("  共%d页，其中%d页没有读出，未核对\n", "  of %d pages, %d could not be read and were not checked\n"), s.Pages, s.Pages-s.PagesRead)
	}
}

// whereabouts is where something stands: the line of the extracted text, and in a document with pages the page, where a reader
// looks first, with the place in its table.
func whereabouts(page, line int, cell string) lang.Text {
	say := func(zh lang.Zh, en lang.En, args ...any) lang.Text {
		return lang.Text{Zh: fmt.Sprintf(string(zh), args...), En: fmt.Sprintf(string(en), args...)}
	}
	var table, row, column int
	switch n, _ := fmt.Sscanf(cell, "T%dR%dC%d", &table, &row, &column); {
	case page == 0:
		return say("第%d行", "line %d", line)
	case n == 3:
		return say("第%d页（全文第%d个表第%d行第%d列）", "page %d (table %d, row %d, column %d of the text)", page, table, row, column)
	}
	return say("第%d页（全文第%d行）", "page %d (line %d of the text)", page, line)
}

// notCheckable lists the claims that the text cannot settle.
func (t *textWriter) notCheckable(f *File) {
	if len(f.NotCheckable) == 0 {
		return
	}
	t.say(lang.Of("\n无法核对：", "\nnot checkable:"))
	for _, n := range f.NotCheckable[:min(len(f.NotCheckable), textNotCheckable)] {
		t.say(lang.Text{Zh: "? %s  %s", En: "? %s  %s"}, whereabouts(n.Page, n.Line, "").In(t.lang), n.Why.In(t.lang))
		if n.Quote != "" {
			t.say(lang.Text{Zh: "    %s", En: "    %s"}, n.Quote)
		}
	}
	t.more(f.Summary.NotCheckable - textNotCheckable)
}

// figures lists the numbers of a document of which all were asked for.
func (t *textWriter) figures(f *File) {
	if !f.every {
		return
	}
	t.say(lang.Of("\n文中数字：", "\nnumbers of the text:"))
	for i := range f.Figures[:min(len(f.Figures), textFigures)] {
		g := &f.Figures[i]
		if g.Value == "" {
			t.say(lang.Of("  第%d行第%d列  %s  %s", "  line %d column %d  %s  %s"), g.Line, g.Column, classes[g.Class].In(t.lang), g.Text)
			continue
		}
		t.say(lang.Of("  第%d行第%d列  %s  %s  = %s", "  line %d column %d  %s  %s  = %s"), g.Line, g.Column, classes[g.Class].In(t.lang), g.Text, strings.TrimSpace(g.Value+" "+g.Unit))
	}
	t.more(len(f.Figures) - textFigures)
}

// more says how many further ones a list has.
func (t *textWriter) more(n int) {
	if n > 0 {
		t.say(lang.Of("  另有%d处未列出，见 --format json", "  %d more are not listed here; see --format json"), n)
	}
}

// classes name the classes of package figure.
var classes = map[string]lang.Text{
	"figure":          lang.Of("数据", "figure"),
	"date":            lang.Of("日期", "date"),
	"document_number": lang.Of("文号", "document number"),
	"code":            lang.Of("代码", "code"),
	"ordinal":         lang.Of("序号", "ordinal"),
	"phone":           lang.Of("电话", "phone"),
	"article":         lang.Of("条款", "article"),
	"slogan":          lang.Of("提法", "slogan"),
	"ratio":           lang.Of("比例", "ratio"),
	"word":            lang.Of("数词", "word"),
	"malformed":       lang.Of("无法读出", "malformed"),
}

func (t *textWriter) relation(r *Relation, figures map[string]*Figure) {
	t.say(lang.Text{Zh: "\n%s %s  %s", En: "\n%s %s  %s"}, r.Verdict.Mark(), whereabouts(r.Page, r.Line, r.Cell).In(t.lang), r.Message.In(t.lang))
	if r.Quote != "" {
		t.say(lang.Text{Zh: "    %s", En: "    %s"}, r.Quote)
		if line := underline(r, figures); line != "" {
			t.say(lang.Text{Zh: "    %s", En: "    %s"}, line)
		}
	}
	for _, line := range r.Advice(figures) {
		t.say(lang.Text{Zh: "    %s", En: "    %s"}, line.In(t.lang))
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
		mark := " "
		for _, s := range spans {
			if s.from <= i && i < s.to {
				mark = "~"
			}
		}
		b.WriteString(strings.Repeat(mark, columns(visibleRune(c))))
	}
	return strings.TrimRight(b.String(), " ")
}
