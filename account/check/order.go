package check

import (
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// checkOrder judges what must not exceed what: staff and their establishment where the text says that it keeps within it,
// 绝收 ≤ 成灾 ≤ 受灾, 死亡 ≤ 受灾, and the ends of a range.
func checkOrder(s *sentence) {
	for _, m := range s.mentions {
		checkRange(s, m)
	}
	checkEstablishment(s)
	checkDisaster(s)
	checkVictims(s)
}

// checkRange reports a range whose second end is the smaller.
func checkRange(s *sentence, m *mention) {
	if m.Form() != figure.Range {
		return
	}
	first, _ := m.Interval().Low()
	if first.Cmp(m.Rat()) >= 0 {
		return
	}
	s.paper.plain("order", Contradiction, s, []*number{m.n}, m.n.text(), lang.Of(
		lang.Zh("范围“"+m.n.text()+"”的两端大小颠倒，请核对。"), lang.En("the ends of the range “"+m.n.text()+"” are in the wrong order; check it.")))
}

// checkEstablishment judges 在职 ≤ 编制 where the sentence claims it.
func checkEstablishment(s *sentence) {
	if !s.says(saysWithinPosts) {
		return
	}
	var staff, posts *mention
	for _, m := range s.mentions {
		switch {
		case m.kind != level || m.percent():
		case strings.Contains(m.lead, "在职") || strings.Contains(m.lead, "实有"):
			staff = either(staff, m)
		case strings.Contains(m.lead, "编制"):
			posts = either(posts, m)
		}
	}
	if staff == nil || posts == nil || !staff.sameDimension(posts) {
		return
	}
	if v, ok := order(staff.Figure, posts.Figure); ok {
		s.paper.compare("order", v, staff, posts, lang.Of("文中称在编制控制范围内", "the text says that staff is within its establishment"))
	}
}

func either(a, b *mention) *mention {
	if a != nil {
		return a
	}
	return b
}

// disasterWords are areas of crops, each within the one before (自然灾害情况统计调查制度).
var disasterWords = []string{"受灾", "成灾", "绝收"}

// checkVictims judges 死亡 ≤ 受灾 in one sentence: who dies in a disaster was struck by it.
func checkVictims(s *sentence) {
	if !s.says(saysStruck) {
		return
	}
	var struck, dead *mention
	for _, m := range s.mentions {
		switch {
		case m.kind != level || m.Form().Vague() || m.listSize > 1 || m.Unit().Dimension() != people:
		case m.casualty() == "死亡" || m.casualty() == "失踪":
			dead = either(dead, m)
		case strings.HasSuffix(m.core, "受灾人口") || strings.HasSuffix(m.core, "受灾") || strings.HasPrefix(m.tail, "受灾"):
			struck = either(struck, m)
		}
	}
	if struck == nil || dead == nil || !sameTime(struck.period, dead.period) || struck.scope != dead.scope && struck.scope != "" && dead.scope != "" {
		return
	}
	if v, ok := order(dead.Figure, struck.Figure); ok {
		s.paper.compare("order", v, dead, struck, lang.Of("因灾死亡、失踪的人都在受灾人口之内", "who died or is missing is among those struck"))
	}
}

// checkDisaster judges 绝收 ≤ 成灾 ≤ 受灾 in one sentence.
func checkDisaster(s *sentence) {
	if !s.says(saysHarvest) {
		return
	}
	var wider *mention
	for _, w := range disasterWords {
		var m *mention
		for _, o := range s.mentions {
			if o.kind == level && strings.Contains(o.lead, w) && !strings.Contains(o.lead, "人") && o.Unit().Dimension() == area && !o.Form().Vague() {
				m = either(m, o)
			}
		}
		if m == nil {
			continue
		}
		if wider != nil {
			if v, ok := order(m.Figure, wider.Figure); ok {
				s.paper.compare("order", v, m, wider, lang.Of("绝收、成灾、受灾面积依次包含", "areas without harvest, with loss and affected contain each other"))
			}
		}
		wider = m
	}
}

var area = dimensionOf("公顷")
