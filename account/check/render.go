package check

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"strings"

	"anlan/ground/lang"
)

// verdictNames are the verdicts as people read them, in the order in which a reader needs them.
var verdictNames = []struct {
	verdict Verdict
	name    lang.Text
}{
	{Contradiction, lang.Of("矛盾", "contradiction")},
	{Incomplete, lang.Of("不完整", "incomplete")},
	{Noted, lang.Of("提示", "note")},
	{Rounding, lang.Of("舍入所致", "holds by rounding")},
}

// WriteText writes the report for a person: for each file what does not fit, what is incomplete and what holds by rounding
// only, each with its line quoted, the figures underlined, the arithmetic and the verdict; what holds is counted.
func (r Report) WriteText(w io.Writer, l lang.Lang) error {
	out := bufio.NewWriter(w)
	for i, f := range r.Files {
		if i > 0 {
			fmt.Fprintln(out)
		}
		f.writeText(out, l)
	}
	return out.Flush()
}

func (f File) writeText(w io.Writer, l lang.Lang) {
	fmt.Fprintln(w, f.File)
	if f.Title != "" {
		fmt.Fprintln(w, f.Title)
	}
	s := f.Summary
	fmt.Fprintf(w, lang.Of("数字%d个，其中数据%d个；勾稽关系%d处：相符%d，舍入所致%d，矛盾%d，不完整%d，提示%d；无法核对%d处\n",
		"%d numbers, %d of them figures; %d relations: %d hold, %d by rounding, %d contradictions, %d incomplete, %d notes; %d claims cannot be checked\n").In(l),
		s.Numbers, s.Figures, s.Relations, s.Holds, s.Rounding, s.Contradictions, s.Incomplete, s.Notes, s.NotCheckable)
	figures := make(map[string]Figure, len(f.Figures))
	for _, g := range f.Figures {
		figures[g.ID] = g
	}
	for _, v := range verdictNames {
		for _, r := range f.Relations {
			if r.Verdict == v.verdict {
				r.writeText(w, l, v.name, figures)
			}
		}
	}
	if len(f.NotCheckable) > 0 {
		fmt.Fprintf(w, "\n%s\n", lang.Of("无法核对", "cannot be checked").In(l))
		for _, n := range f.NotCheckable {
			fmt.Fprintf(w, lang.Of("  第%d行  %s\n    %s\n", "  line %d  %s\n    %s\n").In(l), n.Line, n.Quote, n.Why.In(l))
		}
	}
}

func (r Relation) writeText(w io.Writer, l lang.Lang, verdict lang.Text, figures map[string]Figure) {
	fmt.Fprintf(w, lang.Of("\n第%d行  %s  %s\n", "\nline %d  %s  %s\n").In(l), r.Line, verdict.In(l), ruleNames[r.Rule].In(l))
	if r.Quote != "" {
		fmt.Fprintf(w, "  %s\n", r.Quote)
		if marks := underline(r.Quote, r.on(r.Line, figures)); marks != "" {
			fmt.Fprintf(w, "  %s\n", marks)
		}
	}
	fmt.Fprintf(w, "  %s\n", r.Message.In(l))
	for _, n := range r.Notes {
		fmt.Fprintf(w, "  · %s\n", n.In(l))
	}
	if r.Mend != nil {
		f := figures[r.Mend.Figure]
		fmt.Fprintf(w, lang.Of("  · 如其余数字无误，第%d行“%s”应为%s", "  · if all other figures are right, “%[2]s” in line %[1]d must be %[3]s").In(l), f.Line, f.Text, r.Mend.Value)
		if n := len(r.Mend.AlsoMends); n > 0 {
			fmt.Fprintf(w, lang.Of("，同时可消除另外%d处矛盾", ", which settles %d other contradictions too").In(l), n)
		}
		fmt.Fprintln(w)
	}
}

// on gives the texts of the relation's figures that stand in a line, in their order.
func (r Relation) on(line int, figures map[string]Figure) []string {
	var there []Figure
	for _, id := range r.Figures {
		if f, ok := figures[id]; ok && f.Line == line {
			there = append(there, f)
		}
	}
	sort.Slice(there, func(i, k int) bool { return there[i].Offset < there[k].Offset })
	texts := make([]string, len(there))
	for i, f := range there {
		texts[i] = f.Text
	}
	return texts
}

// underline draws marks under the texts in a quotation, two columns for a wide character.
func underline(quote string, texts []string) string {
	var b strings.Builder
	at := 0
	for _, t := range texts {
		i := strings.Index(quote[at:], t)
		if i < 0 {
			continue
		}
		b.WriteString(strings.Repeat(" ", columns(quote[at:at+i])))
		b.WriteString(strings.Repeat("~", columns(t)))
		at += i + len(t)
	}
	return b.String()
}

// columns is the width of a text in a terminal with Chinese characters.
func columns(s string) (n int) {
	for _, r := range s {
		n++
		if r >= 0x1100 && (r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF ||
			r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFF60 || r >= 0xFFE0 && r <= 0xFFE6 || r == '“' || r == '”' || r == '…') {
			n++
		}
	}
	return n
}

// ruleNames are the rules as people read them.
var ruleNames = map[string]lang.Text{
	"digits":    lang.Of("数字写法", "how a number is written"),
	"period":    lang.Of("时间", "period"),
	"sum":       lang.Of("总分关系", "sum"),
	"part":      lang.Of("部分与总体", "part"),
	"missing":   lang.Of("缺项", "missing part"),
	"share":     lang.Of("占比", "share"),
	"change":    lang.Of("增减变化", "change"),
	"points":    lang.Of("百分点", "percentage points"),
	"balance":   lang.Of("收支平衡", "balance"),
	"rate":      lang.Of("比率", "rate"),
	"across":    lang.Of("前后对应", "across"),
	"order":     lang.Of("大小关系", "order"),
	"direction": lang.Of("方向", "direction"),
	"repeat":    lang.Of("前后重复", "repeat"),
	"unit":      lang.Of("单位", "unit"),
}
