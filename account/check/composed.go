package check

import (
	"regexp"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

var (
	// toParts stands between a whole and the first of the parts that it is made of: 全年支出100万元，由基本支出60万元、….
	toParts = regexp.MustCompile(`^[ 　，,（(]*(?:全部|共|均|是)?由`)
	// made ends the parts: …项目支出40万元两部分构成.
	made = regexp.MustCompile(`^[^，。；;：:、,0-9]{0,8}?(?:共同)?(?:构成|组成)`)
	// ofParts stands before the parts where the whole follows them: 由基本支出60万元、项目支出40万元构成的全年支出100万元.
	ofParts = regexp.MustCompile(`^(?:共同)?(?:构成|组成)(?:了|的)`)
)

// checkComposed judges 全年支出100万元，由基本支出60万元、项目支出40万元构成, which says that the parts are all. Examples (主要由…组成, …等构成)
// are left alone. Money is contradicted; of other things one may be counted in several parts, so that a sum that fails is asked about.
func checkComposed(s *sentence) {
	if !s.says(saysComposed) {
		return
	}
	for first := 0; first < len(s.mentions); first++ {
		last := s.composed(first)
		if last <= first {
			continue
		}
		parts := s.mentions[first : last+1]
		whole := s.composedWhole(first, last)
		if whole == nil {
			continue
		}
		c := claim{rule: "sum", what: lang.Of(lang.Zh(name(whole)+"的组成"), lang.En("the parts of "+name(whole))), form: total(len(parts)), stated: whole, operands: parts}
		c.presumed = whole.Unit().Dimension() != money
		if !s.paper.settle(c) {
			s.paper.doubt(c)
		}
		first = last
	}
}

// composed is the place of the last part of a list that begins at first and ends in 构成; −1 where none does.
func (s *sentence) composed(first int) (last int) {
	head := s.mentions[first]
	i := strings.LastIndex(head.lead, "由")
	if i < 0 || strings.Contains(head.lead[:i], "主要") || !head.partly(head) {
		return -1
	}
	for k := first; k < len(s.mentions) && s.mentions[k].partly(head); k++ {
		rest := s.line.Text[s.mentions[k].n.End:s.to]
		if at := made.FindString(rest); at != "" {
			if strings.Contains(at, "等") || k == first {
				return -1
			}
			return k
		}
		if k+1 < len(s.mentions) && strings.ContainsAny(s.between(k, k+1), "。；;：:") {
			return -1
		}
	}
	return -1
}

// partly says whether a figure can be one of the parts of which head is the first.
func (m *mention) partly(head *mention) bool {
	return m.kind == level && !m.percent() && m.listSize == 1 && !m.Form().Vague() && m.depth == head.depth && m.column() == head.column() && m.Unit() != figure.One
}

// composedWhole is what the parts from first to last are said to make: the figure right before them, or right behind.
func (s *sentence) composedWhole(first, last int) *mention {
	if first > 0 {
		w := s.mentions[first-1]
		if w.kind == level && w.column() == s.mentions[first].column() && w.listSize == 1 && !w.Form().Vague() && sameTime(w.period, s.mentions[first].period) && toParts.MatchString(s.between(first-1, first)) {
			return w
		}
	}
	if last+1 < len(s.mentions) {
		w := s.mentions[last+1]
		between := s.between(last, last+1)
		if w.kind == level && w.column() == s.mentions[last].column() && w.listSize == 1 && !w.Form().Vague() && ofParts.MatchString(between) && !strings.ContainsAny(between, "，,。；;：:、") {
			return w
		}
	}
	return nil
}
