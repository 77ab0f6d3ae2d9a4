package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// breakdownWords announce a list of parts with a figure each.
var breakdownWords = []string{"主要包括：", "主要包括:", "包括：", "包括:", "分别为：", "分别为:", "其中：", "其中:", "如下：", "如下:"}

// partsMin is how many parts a list must have before one without a figure is missed.
const partsMin = 3

// checkMissing reports a breakdown in which a part has no figure: 主要包括：甲专项20万元，用于…；乙专项，用于…；丙专项30万元.
// Parts stand between semicolons; all but one or two must have an amount. The whole is the amount that was given before
// for what the line or sentence speaks of, and then the missing part can be computed.
func checkMissing(s *sentence) {
	if len(s.mentions) < partsMin-1 || !s.says(saysBreakdown) {
		return
	}
	text := s.line.Text
	at := -1
	for _, w := range breakdownWords {
		if i := strings.Index(s.text(), w); i >= 0 {
			at = s.from + i + len(w)
			break
		}
	}
	if at < 0 {
		return
	}
	var given []*mention
	var without []string
	segments := strings.FieldsFunc(strings.TrimRight(text[at:s.to], "。 "), func(r rune) bool { return r == '；' || r == ';' })
	offset := at
	for _, segment := range segments {
		start := offset + strings.Index(text[offset:], segment)
		offset = start + len(segment)
		m := s.firstAmount(start, offset)
		switch {
		case m != nil:
			given = append(given, m)
		case s.hasNumber(start, offset):
			return // an amount that is written in another way
		default:
			name, _, _ := strings.Cut(strings.TrimSpace(segment), "，")
			without = append(without, name)
		}
	}
	if len(segments) < partsMin || len(without) == 0 || len(given) < 2*len(without) {
		return
	}
	s.reportMissing(given, without)
}

// firstAmount is the amount of money with which a segment states its part.
func (s *sentence) firstAmount(from, to int) *mention {
	for _, m := range s.mentions {
		if m.n.Offset >= from && m.n.Offset < to {
			if m.kind == level && m.depth == 0 && m.Unit().Dimension() == money {
				return m
			}
			return nil
		}
	}
	return nil
}

func (s *sentence) hasNumber(from, to int) bool {
	for _, m := range s.mentions {
		if m.n.Offset >= from && m.n.Offset < to {
			return true
		}
	}
	for _, n := range s.others {
		if n.Offset >= from && n.Offset < to && n.Class == figure.ClassMalformed {
			return true
		}
	}
	return false
}

// subjectOfLine is what an item or the sentences of a line speak of: 2.其他项目。是指…
func (s *sentence) subjectOfLine() string {
	head := s.line.Text
	if i := strings.IndexAny(head, "。：:，,"); i > 0 {
		head = head[:i]
	}
	head = trimListMark(strings.TrimSpace(head))
	if s.line.Kind == reading.Paragraph && runes(head) > 20 {
		return ""
	}
	return normal(head)
}

func (s *sentence) reportMissing(given []*mention, without []string) {
	p := s.paper
	whole := s.wholeOfList(given[0])
	missing := "“" + strings.Join(without, "”、“") + "”"
	numbers := make([]*number, 0, len(given)+1)
	mentions := make([]*mention, 0, len(given)+1)
	r := Relation{Rule: "missing", Verdict: Incomplete, Line: int(s.line.Number)}
	zh, en := "列出的组成中"+missing+"没有金额", "of the parts listed, "+missing+" have no amount"
	if whole != nil {
		numbers, mentions = append(numbers, whole.n), append(mentions, whole)
		r.Stated, r.Unit = whole.Number(), whole.Unit().String()
		c := claim{form: rest(len(given)), stated: whole, operands: append([]*mention{whole}, given...)}
		if j, ok := c.try(); ok {
			f := finding{claim: c, judgement: j}
			low, high := f.show(j.low, -1), f.show(j.high, 1)
			r.Expected = &Bounds{low, high}
			nominal := f.show(j.nominal, 0) + r.Unit
			zh += "；已列部分共" + f.sumText(given) + "，总数为" + whole.short() + "，如无其他未列项目，应为" + nominal + "（" + low + "至" + high + "）"
			en += "; those given make " + f.sumText(given) + " of " + whole.short() + ", so that, if nothing else is left out, it must be " + nominal + " (" + low + " to " + high + ")"
		}
	}
	for _, m := range given {
		numbers, mentions = append(numbers, m.n), append(mentions, m)
	}
	if !p.first(numbers) {
		return
	}
	r.Quote = quote(s, numbers)
	r.Message = lang.Text{Zh: zh + "。", En: en + "."}
	p.report(r, nil, numbers, mentions)
}

// rest is the first operand less all others.
func rest(n int) form {
	signs := make([]int8, n+1)
	for i := range signs[1:] {
		signs[i+1] = -1
	}
	return signed(signs)
}

// sumText is the sum of figures as printed.
func (f *finding) sumText(parts []*mention) string {
	c := claim{form: total(len(parts)), stated: f.stated, operands: parts}
	j, _ := c.try()
	return f.show(j.nominal, 0) + f.stated.Unit().String()
}

// wholeOfList is the amount that was given for what the line speaks of.
func (s *sentence) wholeOfList(part *mention) *mention {
	core := s.subjectOfLine()
	if core == "" {
		return nil
	}
	known := s.paper.subjects.get(core)
	for k := len(known) - 1; k >= 0; k-- {
		if m := known[k]; m.sameDimension(part) && s.near(m) && m.n.line != s.line {
			return m
		}
	}
	return nil
}
