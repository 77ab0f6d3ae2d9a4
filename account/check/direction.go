package check

import (
	"strings"

	"anlan/ground/lang"
)

// checkDirection judges words by their figures: 小于预算数, 控制较好, 由A增加到B.
func checkDirection(s *sentence) {
	for _, m := range s.mentions {
		checkFromTo(s, m)
	}
	switch {
	case s.says(saysBelowBudget):
		s.judgeBudgetOrder(1, "支出不大于预算", "spending is at most its budget")
	case s.says(saysAboveBudget):
		s.judgeBudgetOrder(-1, "支出不小于预算", "spending is at least its budget")
	case s.says(saysControlled):
		s.judgeBudgetOrder(1, "控制较好即不超过预算", "well controlled means within the budget")
	}
}

// checkFromTo reports a verb of change that goes the other way than its figures. Ranks rise to smaller numbers.
func checkFromTo(s *sentence, m *mention) {
	if m.from == nil || m.way == 0 {
		return
	}
	if u := m.Unit().String(); u == "位" || u == "名" || strings.Contains(m.lead, "排名") || strings.Contains(m.from.lead, "排名") {
		return
	}
	low, high := m.from, m
	if m.way < 0 {
		low, high = m, m.from
	}
	if v, ok := order(low.Figure, high.Figure); ok && v == Contradiction {
		s.paper.plainOf("direction", Contradiction, s, m, []*mention{m.from}, lang.Of(
			lang.Zh("由"+m.from.short()+"到"+m.short()+"，与文中“"+strings.TrimSpace(m.lead)+"”的方向相反，请核对。"),
			lang.En("from "+m.from.short()+" to "+m.short()+" goes the other way than “"+strings.TrimSpace(m.lead)+"”; check it.")))
	}
}

// judgeBudgetOrder judges what the text says of a final amount and its budget: the nearest pair of one subject.
func (s *sentence) judgeBudgetOrder(way int, zh lang.Zh, en lang.En) {
	var final, budget *mention
	s.back(len(s.mentions), func(m *mention) bool {
		if m.kind != level || m.Unit().Dimension() != money || m.depth > 0 || m.partOf != nil {
			return true
		}
		switch {
		case m.edition == "决算" && final == nil:
			final = m
		case m.budgeted() && final != nil && m.core == final.core:
			budget = m
		case m.edition == "决算" && final != nil && budget == nil && m.core != final.core:
			final = m
		}
		return budget == nil
	})
	if final == nil || budget == nil || final.period.year != budget.period.year {
		return
	}
	a, b := final, budget
	if way < 0 {
		a, b = b, a
	}
	if v, ok := order(a.Figure, b.Figure); ok {
		s.paper.compare("direction", v, a, b, lang.Of(zh, en))
	}
}
