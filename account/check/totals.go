package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// totalWords close a list with its sum.
var totalWords = wordsOf("合计", "共计", "总计")

// checkTotals judges a sum that stands behind its parts: A 60万元、B 40万元，合计100万元. Where it is of the last ones only,
// those that give it are taken. A total that none give is contradicted where the text says how many parts it has, or where
// the sentence is nothing but a row of parts and their total; else it is a question.
func checkTotals(s *sentence) {
	if !s.says(saysTotal) {
		return
	}
	for _, m := range s.mentions {
		words := strings.TrimRight(m.lead, "为 　：:")
		if m.kind != level || m.listSize > 1 || m.place < 2 || !totalWords.in(tailRunes(words, 2)) || m.core != "" && !m.inherited && !totalWords.in(m.subject) {
			continue
		}
		if parts := s.partsBefore(m); len(parts) >= 2 {
			s.judgeTotal(m, parts, words)
		}
	}
}

// partsBefore are the figures of one column right before a total.
func (s *sentence) partsBefore(m *mention) (parts []*mention) {
	for k := m.place - 1; k >= 0; k-- {
		b := s.mentions[k]
		if b.kind != level || b.depth != m.depth || b.column() != m.column() || b.Form().Vague() || b.partOf != nil {
			break
		}
		parts = append(parts, b)
	}
	slices.Reverse(parts)
	return parts
}

// judgeTotal judges a total of the parts before it, all of them or the last ones.
func (s *sentence) judgeTotal(m *mention, parts []*mention, words string) {
	claimOf := func(parts []*mention) claim {
		return claim{rule: "sum", what: lang.Of("合计", "the total"), form: total(len(parts)), stated: m, operands: parts, presumed: !counted(words, len(parts))}
	}
	for some := parts; len(some) >= 2 && !s.spent(); some = some[1:] {
		if c := claimOf(some); (c.holds() || !c.presumed) && s.paper.settle(c) {
			return
		}
	}
	all := claimOf(parts)
	all.presumed = all.presumed && !s.onlyTotals(m, parts, words)
	if s.paper.settle(all) {
		return
	}
	if two := claimOf(parts[len(parts)-2:]); len(parts) > 2 && s.paper.settle(two) {
		return
	}
	s.paper.doubt(claimOf(s.sinceSemicolon(parts)))
}

// sinceSemicolon are the last parts that no semicolon parts from each other, where there are two: what stands before it is another thing.
func (s *sentence) sinceSemicolon(parts []*mention) []*mention {
	for i := len(parts) - 1; i > 0; i-- {
		if strings.ContainsAny(s.line.Text[parts[i-1].n.End:parts[i].n.Offset], "；;") {
			if len(parts)-i >= 2 {
				return parts[i:]
			}
			break
		}
	}
	return parts
}

var pairWords, tripleWords = wordsOf("两项", "两者", "二者"), wordsOf("三项", "三者")

// counted says whether the word for the total says how many parts it has.
func counted(words string, n int) bool {
	return n == 2 && pairWords.in(words) || n == 3 && tripleWords.in(words)
}

// notParts are words by which something else than a row of parts is said before a total.
var notParts = wordsOf("等", "其中", "包括", "含", "主要", "以及其他", "比", "较", "平均", "人均", "每", "累计", "上述", "以上", "加上", "扣除", "减", "退", "另", "新增", "原有", "；", ";", "：", ":", "。", "（", "(", "）", ")")

// onlyTotals says whether a sentence up to its total is a row of named parts and nothing else, so that the total can only be
// theirs: each with its own name, joined by 、 or ，, no other figure beside them, and 合计 alone before the total.
func (s *sentence) onlyTotals(m *mention, parts []*mention, words string) bool {
	if !totalWords.is(strings.Trim(words, " 　，,")) || m.place != len(parts) || len(s.dates)+len(s.others) > 0 || notParts.in(s.line.Text[parts[0].opens:m.n.Offset]) {
		return false
	}
	names := map[string]bool{}
	for _, part := range parts {
		if part.core == "" || part.inherited || part.listSize > 1 || names[part.core] || part.percent() {
			return false
		}
		names[part.core] = true
	}
	return true
}
