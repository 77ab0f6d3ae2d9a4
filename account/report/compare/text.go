package compare

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"anlan/account/check"
	"anlan/ground/lang"
)

// Mark is the sign of a verdict, for people.
func (v Verdict) Mark() string { return names[v].mark }

// Text is the name of a verdict.
func (v Verdict) Text() lang.Text { return names[v].Text }

var names = map[Verdict]struct {
	mark string
	lang.Text
}{
	Agrees:      {"✓", lang.Of("相符", "agree")},
	ByRounding:  {"≈", lang.Of("舍入相符", "agree by rounding")},
	Differs:     {"✗", lang.Of("不符", "differ")},
	NotRecorded: {"○", lang.Of("无据可比", "not in the records")},
	NotAligned:  {"?", lang.Of("未对上", "not aligned")},
}

// WriteText writes the report for people: first what asks for an answer, then every figure by verdict, in the order of the text:
// what is printed, what the records give, and the command that opens it.
func (r *Report) WriteText(w io.Writer, l lang.Lang) error {
	t := &textWriter{bufio.NewWriter(w), l}
	t.say(lang.Text{Zh: "%s", En: "%s"}, r.File)
	if r.Title != "" {
		t.say(lang.Text{Zh: "  %s", En: "  %s"}, r.Title)
	}
	t.say(lang.Of("  比对的是单位%s在%s的记录", "  compared with the records of unit %s for %s"), string(r.UnitCode), r.Period)
	if r.Own > 0 {
		t.say(lang.Of("  其中%d个数据按报告自带的figures.json对应，报告与公开时一致", "  %d figures are matched by the report's own figures.json; it is what was published"), r.Own)
	}
	if r.NotOwn != nil {
		t.say(lang.Text{Zh: "  %s", En: "  %s"}, r.NotOwn.In(t.lang))
	}
	for _, f := range r.Findings {
		t.say(lang.Of("\n✗ 第%d行  %s", "\n✗ line %d  %s"), f.Line, f.Message.In(l))
	}
	for _, v := range verdicts {
		t.figures(r, v)
	}
	s := r.Summary
	t.say(lang.Of("\n  共%d个数据：✓相符%d  ≈舍入相符%d  ✗不符%d（实质性差异%d处）  ○无据可比%d  ?未对上%d",
		"\n  %d figures: ✓ %d agree  ≈ %d by rounding  ✗ %d differ (%d differences of substance)  ○ %d not in the records  ? %d not aligned"),
		s.Figures, s.Agrees, s.ByRounding, s.Differs, r.substance(), s.NotRecorded, s.NotAligned)
	return t.Flush()
}

// substance counts the differences that are not explained by others.
func (r *Report) substance() int {
	n := len(r.Findings)
	asked := map[string]bool{}
	for _, f := range r.Findings {
		for _, id := range f.Figures {
			asked[id] = true
		}
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Verdict == Differs && !asked[f.ID] && len(f.Follows) == 0 && f.Explained == "" {
			n++
		}
	}
	return n
}

type textWriter struct {
	*bufio.Writer
	lang lang.Lang
}

// say writes a line. What the arguments bring from the document is made visible.
func (t *textWriter) say(text lang.Text, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = check.Visible(s)
		}
	}
	fmt.Fprintf(t, text.In(t.lang)+"\n", args...)
}

// figures lists those of one verdict.
func (t *textWriter) figures(r *Report, v Verdict) {
	headed := false
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Verdict != v {
			continue
		}
		if !headed {
			t.say(lang.Text{Zh: "\n%s：", En: "\n%s:"}, v.Text().In(t.lang))
			headed = true
		}
		t.figure(f)
	}
}

func (t *textWriter) figure(f *Figure) {
	head := lang.Of("%s 第%d行  %s", "%s line %d  %s")
	if f.Recorded == "" {
		of := ""
		if f.Label != nil {
			of = "  " + f.Label.In(t.lang) + " " + f.Period
		}
		t.say(head, f.Verdict.Mark(), f.Line, f.Text+of+t.reason(f))
		t.say(lang.Text{Zh: "    %s", En: "    %s"}, f.Quote)
		if f.Command != "" {
			t.say(lang.Text{Zh: "    %s", En: "    %s"}, f.Command)
		}
		return
	}
	gives := lang.Of("：记录为", ": the records give ")
	if f.Derived != "" {
		gives = lang.Of("：按记录推算为", ": computed from the records it is ")
	}
	said := f.Text + "  " + f.Label.In(t.lang) + " " + f.Period + gives.In(t.lang) + f.Recorded + f.Unit
	if f.Verdict == Differs {
		said += lang.Of("，相差", ", difference ").In(t.lang) + strings.Replace(f.Difference, "-", "−", 1) + f.Unit
	}
	t.say(head, f.Verdict.Mark(), f.Line, said+t.reason(f))
	if f.Verdict != Agrees {
		t.say(lang.Text{Zh: "    %s", En: "    %s"}, f.Quote)
	}
	if f.DerivedSaid != nil {
		t.say(lang.Text{Zh: "    = %s", En: "    = %s"}, f.DerivedSaid.In(t.lang))
	}
	for _, n := range f.Notes {
		t.say(lang.Text{Zh: "    · %s", En: "    · %s"}, n.In(t.lang))
	}
	t.say(lang.Text{Zh: "    %s", En: "    %s"}, f.Command)
}

// reason is why a figure was not compared, how it agrees, or that it only follows from others.
func (t *textWriter) reason(f *Figure) string {
	switch {
	case len(f.Follows) > 0:
		return lang.Of("（由上述不符的数推得）", " (it follows from figures that differ)").In(t.lang)
	case f.Why != nil:
		return "  " + f.Why.In(t.lang)
	}
	return ""
}
