package check

import (
	"strings"

	"anlan/ground/lang"
)

// heads are words for those among whom an amount is divided.
var heads = wordsOf("人口", "职工", "在职", "人员", "人数", "学员", "户籍", "常住", "受益", "群众", "参训", "队员", "居民")

// checkPerHead judges 人均 of an amount and a number of people that stand before it in the sentence: 在职100人，公用经费支出50万元，人均0.5万元. A mean may
// divide by other people than those named (an average of the year), so that one that fails is asked about unless one slip explains it.
func checkPerHead(s *sentence) {
	if !s.says(saysPerHead) {
		return
	}
	for _, m := range s.mentions {
		if m.kind != level && m.kind != named || m.listSize > 1 || m.Form().Vague() || m.Unit().Dimension() != money && m.Unit().Dimension() != area {
			continue
		}
		at := strings.LastIndex(m.lead, "人均")
		if at < 0 || strings.Contains(m.lead, "可支配") {
			continue
		}
		of := normal(strings.Trim(fillers.trimTails(m.lead[at+len("人均"):]), " 　"))
		amount, people := s.dividedBefore(m, of)
		if amount == nil || people == nil {
			continue
		}
		c := claim{rule: "rate", what: lang.Of(lang.Zh(name(m)), lang.En(name(m))), form: ratio, stated: m, operands: []*mention{amount, people}, presumed: true}
		if !s.paper.settle(c) {
			s.paper.doubt(c)
		}
	}
}

// dividedBefore are the amount and the people before a mean that it may be of; each nil where there is none or more than one.
func (s *sentence) dividedBefore(m *mention, of string) (amount, among *mention) {
	for _, o := range s.mentions[:m.place] {
		switch {
		case !o.plainValue() || o.depth != m.depth || strings.Contains(o.lead, "人均") || !sameTime(o.period, m.period):
		case o.sameDimension(m) && (of == "" || like(o.core, of) != unlike):
			if amount != nil {
				return nil, nil
			}
			amount = o
		case o.Unit().Dimension() == people && o.casualty() == "" && (heads.in(o.lead) || heads.in(o.tail)):
			if among != nil {
				return nil, nil
			}
			among = o
		}
	}
	return amount, among
}
