package compare

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/check"
	"anlan/account/indicator"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// Bounds of the search for what a rate may have been computed from instead.
const (
	nearLines       = 3 // lines from the rate within which the text's own figures are tried
	alternativesMax = 3 // that a finding names
)

// side is one part of a quotient: what stands over or under the line, and what the records give for it.
type side struct {
	code   string
	label  lang.Text
	values []indicator.Value // for each figure that differs
	marks  []lang.Text       // likewise
	spans  []period.Period   // likewise, of a measure; zero where it is none
}

// stand is one quotient that differs, with every figure of the text that states it.
type stand struct {
	of          *known
	figures     []*match
	over, under side
}

// question looks, for each rate that differs, for another numerator or denominator that gives what is printed: a measure of the
// same kind of record, or a figure that the text states beside it. What it finds is asked, not asserted.
func (c *comparison) question(ctx context.Context) error {
	for _, s := range c.quotients() {
		overs, err := c.alternatives(ctx, s, &s.over, true)
		if err != nil {
			return err
		}
		unders, err := c.alternatives(ctx, s, &s.under, false)
		if err != nil {
			return err
		}
		c.implied(s)
		if len(overs)+len(unders) > 0 {
			c.findings = append(c.findings, c.finding(s, overs, unders))
		}
	}
	return nil
}

// quotients are the indicators that are quotients of two parts and differ somewhere, in the order of the text.
func (c *comparison) quotients() (all []*stand) {
	for _, m := range c.matches {
		if m.verdict != Differs || m.derived != "" || len(m.origins) > 0 {
			continue
		}
		over, under, ok := c.results[asked{m.of.Indicator, m.period}].Tree().Quotient()
		if !ok {
			continue
		}
		at := slices.IndexFunc(all, func(s *stand) bool { return s.of.Code() == m.of.Code() })
		if at < 0 {
			at = len(all)
			all = append(all, &stand{of: m.of, over: c.side(over), under: c.side(under)})
		}
		s := all[at]
		s.figures = append(s.figures, m)
		s.over.add(over, c)
		s.under.add(under, c)
	}
	return all
}

// side names a part of a quotient.
func (c *comparison) side(p *indicator.Part) side {
	s := side{code: p.Code, label: p.Words()}
	if ask, ok := p.Measure(); ok {
		s.code = ask.Measure
		if m, known := c.Catalogue.Lookup(ask.Measure); known {
			s.label = m.Label
		}
	}
	return s
}

func (s *side) add(p *indicator.Part, c *comparison) {
	s.values = append(s.values, p.Value)
	ask, _ := p.Measure()
	s.marks = append(s.marks, c.marks[ask])
	s.spans = append(s.spans, ask.Period)
}

// nameFor is the name of a side for a figure, with its period where that is not the figure's.
func (s *side) nameFor(k int, m *match) lang.Text {
	if p := s.spans[k]; !p.IsZero() && p != m.period {
		return lang.Text{Zh: s.label.Zh + "（" + p.Label().Zh + "）", En: s.label.En + " (" + p.Label().En + ")"}
	}
	return s.label
}

// based is a value in the base unit of its dimension.
func based(v indicator.Value) *big.Rat {
	if v.State() != indicator.Computed {
		return nil
	}
	return new(big.Rat).Mul(v.Rat(), v.Unit().Scale())
}

// alternatives are those that, in place of one side, give every figure that differs.
func (c *comparison) alternatives(ctx context.Context, s *stand, instead *side, over bool) (found []side, err error) {
	tried := c.candidatesFor(s, instead)
	var all []asked
	for _, i := range tried {
		for _, m := range s.figures {
			all = append(all, asked{i, m.period})
		}
	}
	if err := c.fetch(ctx, all); err != nil {
		return nil, err
	}
	for _, i := range tried {
		other := side{code: i.Code(), label: i.Label()}
		if ask, ok := c.results[asked{i, s.figures[0].period}].Tree().Measure(); ok {
			other = c.measureSide(ask.Measure)
		}
		for _, m := range s.figures {
			other.values = append(other.values, c.results[asked{i, m.period}].Value())
		}
		if other.code == instead.code || slices.ContainsFunc(found, func(f side) bool { return f.code == other.code }) {
			continue
		}
		if over && s.reproduced(other, s.under) || !over && s.reproduced(s.over, other) {
			found = append(found, other)
		}
	}
	return found[:min(len(found), alternativesMax)], nil
}

func (c *comparison) measureSide(code string) side {
	s := side{code: code, label: lang.Text{Zh: code, En: code}}
	if m, ok := c.Catalogue.Lookup(code); ok {
		s.label = m.Label
	}
	return s
}

// reproduced says whether two sides give every figure that differs, to its printed digits. Their units need not fit: that they do
// not is what is looked for.
func (s *stand) reproduced(over, under side) bool {
	for k, m := range s.figures {
		a, b := based(over.values[k]), based(under.values[k])
		if a == nil || b == nil || b.Sign() == 0 {
			return false
		}
		x := a.Quo(a, b)
		if judged(m.Figure, x.Quo(x, m.Unit().Scale())) == Differs {
			return false
		}
	}
	return true
}

// candidatesFor are what may have been taken for one side: measures of the same kind of record, and indicators that figures
// near the rate state.
func (c *comparison) candidatesFor(s *stand, instead *side) (all []*indicator.Indicator) {
	kind, _, isMeasure := strings.Cut(instead.code, ".")
	for _, code := range c.Catalogue.Codes() {
		if k, _, _ := strings.Cut(code, "."); !isMeasure || k != kind || code == instead.code {
			continue
		}
		if i, err := c.Set.Expression(code, code, 0); err == nil {
			all = append(all, i)
		}
	}
	for _, m := range c.matches {
		if m.of == nil || m.derived != "" || m.Sense != check.Level || m.Unit() == figure.Percent || !m.compared() || m.of.Code() == s.of.Code() || m.of.Code() == instead.code {
			continue
		}
		if apart := int(m.Line.Number - s.figures[0].Line.Number); apart >= -nearLines && apart <= nearLines && !slices.Contains(all, m.of.Indicator) {
			all = append(all, m.of.Indicator)
		}
	}
	return all
}

// implied notes with each rate what its denominator would have to be if the numerator is right. Where words say that it is below 0
// (下降11%), its number is that of the fall.
func (c *comparison) implied(s *stand) {
	for k, m := range s.figures {
		over := based(s.over.values[k])
		printed := m.Interval().Times(m.Unit().Scale())
		low, _ := printed.Low()
		if over == nil || low == nil || low.Sign() <= 0 || s.under.values[k].State() != indicator.Computed {
			continue
		}
		if m.turned {
			over.Neg(over)
		}
		if over.Sign() < 0 {
			continue
		}
		unit := s.under.values[k].Unit()
		i, ok := figure.Point(over).Times(new(big.Rat).Inv(unit.Scale())).Div(printed)
		if !ok {
			continue
		}
		a, _ := i.Low()
		b, _ := i.High()
		if a == nil || b == nil {
			continue
		}
		span := a.FloatString(0) + "—" + b.FloatString(0) + unit.String()
		of, by := s.over.nameFor(k, m), s.under.nameFor(k, m)
		m.notes = append(m.notes, lang.Text{
			Zh: fmt.Sprintf("若%s为%s，印出的数要求%s在%s之间", of.Zh, plain(s.over.values[k]), by.Zh, span),
			En: fmt.Sprintf("with %s %s, what is printed needs %s of %s", of.En, plain(s.over.values[k]), by.En, span)})
	}
}

var yuan, tenThousandYuan = mustUnit("元"), mustUnit("万元")

func mustUnit(symbol string) figure.Unit {
	u, ok := figure.UnitOf(symbol)
	if !ok {
		panic("compare: no unit " + symbol)
	}
	return u
}

// plain writes a number with its unit as reports do, 元 from ten thousand up in 万元: 109人, 4710.67亿元, 39.5万元.
func plain(v indicator.Value) string {
	x, unit := v.Rat(), v.Unit()
	if unit == yuan && new(big.Rat).Abs(x).Cmp(tenThousandYuan.Scale()) >= 0 {
		x.Quo(x, tenThousandYuan.Scale())
		unit = tenThousandYuan
	}
	return shown(x, 2) + unit.String()
}
