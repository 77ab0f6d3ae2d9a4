package check

import (
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// checkDigits reports numbers that nobody can read as one number (1.2.3万元), and those that somebody can but should
// look at (1,23.4万元 may be two numbers; 1２.5 mixes half and full width).
func checkDigits(s *sentence) {
	for _, n := range s.others {
		if n.Class != figure.ClassMalformed {
			continue
		}
		text := n.text()
		if n.Flaw == figure.TwoPoints {
			s.paper.plain("digits", Contradiction, s, []*number{n}, text, lang.Of(
				lang.Zh("“"+text+"”有两个小数点，无法读作一个数，请更正。"), lang.En("“"+text+"” has two decimal points and cannot be read; correct it.")))
			continue
		}
		s.paper.plain("digits", Noted, s, []*number{n}, text, lang.Of(
			lang.Zh("“"+text+"”的千分位分节不是三位一节，可能是一个数写错，也可能是两个数，请核对。"),
			lang.En("“"+text+"” is not grouped by three digits: one number mistyped, or two; check it.")))
	}
	for _, m := range s.mentions {
		if m.n.Flaw == figure.MixedWidth {
			s.paper.plain("digits", Noted, s, []*number{m.n}, m.n.text(), lang.Of(
				lang.Zh("“"+m.n.text()+"”混用了全角和半角数字，请统一。"), lang.En("“"+m.n.text()+"” mixes full-width and half-width digits; use one.")))
		}
	}
}

// plain reports a relation that has no arithmetic.
func (p *paper) plain(rule string, v Verdict, s *sentence, numbers []*number, stated string, message lang.Text) {
	if !p.first(numbers) {
		return
	}
	p.report(Relation{Rule: rule, Verdict: v, Line: numbers[0].lineNumber(), Quote: quote(s, numbers), Stated: stated, Message: message}, nil, numbers, nil)
}
