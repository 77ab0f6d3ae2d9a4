package check

import (
	"strings"

	"anlan/ground/lang"
)

// identity is a whole that the rules of accounts make of parts which reports state far from each other.
type identity struct {
	whole *lexicon // words of which the subject of the whole holds one
	core  string   // its core
	parts []string // cores of the parts
}

// identities of final accounts: see 财政部 部门决算 tables 公开01 and 公开06.
var identities = []identity{
	{wordsOf("决算支出", "支出决算", "支出合计", "支出总计", "本年支出", "总支出"), "支出", []string{"基本支出", "项目支出"}},
	{wordsOf("基本支出"), "基本支出", []string{"人员经费", "公用经费"}},
}

// checkIdentities judges wholes whose parts were stated in other sentences. The text does not say that they belong
// together, so a difference is reported only where one wrong digit explains it.
func checkIdentities(s *sentence) {
	for _, m := range s.mentions {
		if m.kind != level || m.depth > 0 || m.Unit().Dimension() != money || m.budgeted() {
			continue
		}
		for _, id := range identities {
			if explained(m) || m.core != id.core && !strings.HasSuffix(m.core, id.core) || !id.whole.in(m.subject) {
				continue
			}
			var parts []*mention
			for _, core := range id.parts {
				known := s.paper.subjects.get(core)
				if len(known) == 0 {
					break
				}
				last := known[len(known)-1]
				if last.partOf == nil && s.near(last) && !last.budgeted() && last.period.year == m.period.year && last.period.part == m.period.part && last.sameDimension(m) && !last.Form().Vague() {
					parts = append(parts, last)
				}
			}
			if len(parts) == len(id.parts) {
				s.paper.settle(claim{rule: "across", what: lang.Of(lang.Zh(name(m)+" = "+strings.Join(id.parts, " + ")), lang.En(name(m)+" = "+strings.Join(id.parts, " + "))),
					form: total(len(parts)), stated: m, operands: parts, presumed: true, far: true})
			}
		}
	}
}

// explained says whether a whole has parts of its own in its sentence.
func explained(whole *mention) bool {
	for _, m := range whole.sentence.mentions {
		if m.partOf == whole {
			return true
		}
	}
	return false
}
