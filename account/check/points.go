package check

import (
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// checkPoints judges 由52.23%提高到58.08%，提高5.85个百分点, and finds the per cent sign where percentage points are meant.
func checkPoints(s *sentence) {
	for _, m := range s.mentions {
		if m.kind != level && m.kind != named || m.from == nil || !m.percent() || m.place+1 >= len(s.mentions) {
			continue
		}
		change := s.mentions[m.place+1]
		form := difference
		if m.way < 0 {
			form = fallen
		}
		switch {
		case change.kind == amount && change.Unit() == figure.Points && normal(change.core) == "":
			in := *change
			in.Figure = change.WithUnit(m.Unit())
			s.paper.settle(claim{rule: "points", what: lang.Of(lang.Zh(name(m)+"的变化"), lang.En("the change of "+name(m))), form: form, stated: &in, operands: []*mention{m, m.from}})
		case change.kind == rate && change.Unit() == m.Unit() && normal(change.core) == "":
			s.percentForPoints(m, change, form)
		}
	}
}

// percentForPoints reports a rate that is no rate of the two percentages but their difference.
func (s *sentence) percentForPoints(now, change *mention, points form) {
	operands := []*mention{now, now.from}
	asRate := claim{form: growth, stated: change, operands: operands}
	if change.way < 0 {
		asRate.form = decline
	}
	asPoints := claim{form: points, stated: change, operands: operands}
	if asRate.holds() || !asPoints.holds() {
		return
	}
	s.paper.plainOf("points", Contradiction, s, change, operands, lang.Of(
		lang.Zh(name(now)+"由"+now.from.short()+"变为"+now.short()+"，相差"+change.Number()+"个百分点；写成“"+change.short()+"”是变化率，两者不同，应写“"+change.Number()+"个百分点”。"),
		lang.En(name(now)+" went from "+now.from.short()+" to "+now.short()+", which is "+change.Number()+" percentage points; “"+change.short()+"” would be a rate of change.")))
}
