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
				return
			}
		}
	}
}
