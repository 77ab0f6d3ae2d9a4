package check

import (
	"strings"

	"anlan/ground/lang"
)

// fundWords name the funds that an appropriation (财政拨款) is made of, in the order of the forms: the budgets of which a treasury
// appropriates to an office are these three (预算法第五条; the fourth, of social insurance, pays no office).
var fundWords = [3]string{"一般公共预算", "政府性基金", "国有资本经营"}

// checkFunds judges a sentence that divides an appropriation by fund: 财政拨款支出…元。财政拨款支出预算中，一般公共预算拨款…元；政府性基金拨款…元；国有资本
// 经营预算拨款…元. The three are all of it.
func checkFunds(s *sentence) {
	if len(s.mentions) < len(fundWords) || !strings.Contains(s.text(), fundWords[2]) {
		return
	}
	head, _, ok := strings.Cut(s.text(), "中，")
	head = strings.TrimSpace(head)
	if !ok || !strings.Contains(head, "财政拨款") || strings.ContainsAny(head, "，,；;：:。") {
		return
	}
	var parts []*mention
	for _, m := range s.mentions {
		if m.kind != level || m.depth > 0 || m.listSize > 1 || m.Form().Vague() || m.Unit().Dimension() != money {
			continue
		}
		if len(parts) == len(fundWords) || !strings.Contains(m.lead, fundWords[len(parts)]) {
			return
		}
		parts = append(parts, m)
	}
	if len(parts) != len(fundWords) {
		return
	}
	for at := s.previous; at != nil; at = at.previous {
		for k := len(at.mentions) - 1; k >= 0; k-- {
			m := at.mentions[k]
			if m.kind == level && m.core == normal(head) && m.listSize == 1 && !m.Form().Vague() && m.sameDimension(parts[0]) {
				s.paper.settle(claim{rule: "sum", what: lang.Of(lang.Zh(name(m)+"按资金来源的组成"), lang.En(name(m)+" by fund")), form: total(len(parts)), stated: m, operands: parts})
				judgeFundChange(m, parts)
				return
			}
		}
	}
}

// judgeFundChange judges the change of an appropriation against that of its only fund: where the two others are nothing, as they were before
// (持平), both have changed by the same. They must be compared with the same thing in the same words: 比2024年预算增加.
func judgeFundChange(whole *mention, parts []*mention) {
	var only *mention
	for _, m := range parts {
		switch {
		case !isZero(m) && only == nil:
			only = m
		case !isZero(m), !strings.Contains(m.upToSemicolon(), "持平"):
			return
		}
	}
	if only == nil {
		return
	}
	a, b := whole.changed(), only.changed()
	if a == nil || b == nil || a.way != b.way || whole.wordsTo(a) != only.wordsTo(b) {
		return
	}
	whole.sentence.paper.settle(claim{rule: "sum", what: lang.Of(lang.Zh(name(whole)+"与其唯一资金来源的增减额"), lang.En("the change of "+name(whole)+" and of its only fund")), form: same, stated: b, operands: []*mention{a}})
}

// changed is the amount of change that the next figure states; nil where it states something else.
func (m *mention) changed() *mention {
	if m.place+1 >= len(m.sentence.mentions) {
		return nil
	}
	next := m.sentence.mentions[m.place+1]
	if next.kind != amount || next.Form().Vague() || next.listSize > 1 || !next.sameDimension(m) {
		return nil
	}
	return next
}

// wordsTo are the words between two figures of a sentence.
func (m *mention) wordsTo(next *mention) string {
	return compact(m.sentence.line.Text[m.n.End:max(m.n.End, next.n.Offset)])
}

// upToSemicolon is what a sentence says behind a figure of it, up to the next semicolon.
func (m *mention) upToSemicolon() string {
	said, _, _ := strings.Cut(m.sentence.line.Text[m.n.End:m.sentence.to], "；")
	return said
}
