package indicator

import (
	"anlan/ground/lang"
	"anlan/ground/period"
)

// Part is one part of a computed figure: the root is the expression of its indicator, below it stand the operands, down to
// measures and constants.
type Part struct {
	Code    string        // of a measure, constant or indicator; empty for arithmetic
	Ask     Ask           // of a measure; the zero Ask otherwise
	Period  period.Period // for which it was computed
	Value   Value         // exact, in the part's own unit
	Records int           // behind a measure; NotCounted where the source did not count
	Origin  Origin        // of a measure
	Of      []*Part

	node *node
}

// Words is the part of the expression with names in place of codes.
func (p *Part) Words() lang.Text { return p.node.words() }

// Tree gives the parts of a figure as a tree.
func (r Result) Tree() *Part {
	parts := r.parts()
	return parts[len(parts)-1]
}

// Quotient gives what stands over and under the line of a part that is one quotient, by itself or behind the name of an
// indicator.
func (p *Part) Quotient() (over, under *Part, ok bool) {
	for p.node.kind == nameNode && len(p.Of) == 1 {
		p = p.Of[0]
	}
	if p.node.kind != divideNode {
		return nil, nil, false
	}
	return p.Of[0], p.Of[1], true
}

// Measure is the measure that a part is nothing but, by itself or behind names of indicators; false for arithmetic.
func (p *Part) Measure() (Ask, bool) {
	for p.node.kind == nameNode && len(p.Of) == 1 {
		p = p.Of[0]
	}
	return p.Ask, p.Ask != Ask{}
}

// parts gives the part of each step.
func (r Result) parts() []*Part {
	p := &r.question.Indicator.program
	registers := r.run(nil)
	parts := make([]*Part, len(p.steps))
	for k := range p.steps {
		s := &p.steps[k]
		part := &Part{
			Code: s.node.code, Period: after(s.hops, r.question.Period), node: s.node,
			Value: registers[k].in(s.node.unit, exactOf(s.node.unit.Scale())),
		}
		if at := r.leafOf(s); at >= 0 {
			part.Ask, part.Records, part.Origin = r.batch.asks[at], r.batch.quantities[at].records, r.batch.quantities[at].Origin()
		}
		for _, o := range s.of {
			part.Of = append(part.Of, parts[o])
		}
		parts[k] = part
	}
	return parts
}

// leafOf is the ask behind a step; -1 when there is none.
func (r Result) leafOf(s *step) int {
	if s.kind != nameNode || len(s.of) > 0 {
		return -1
	}
	return r.batch.slots[r.slot+s.leaf]
}

// Arithmetic is the expression with values in place of names: 97 人 ÷ 4841.78 亿元. Of another indicator the value stands.
func (r Result) Arithmetic() lang.Text {
	in := func(l lang.Lang) string {
		values := map[*node]string{}
		var fill func(p *Part)
		fill = func(p *Part) {
			values[p.node] = p.Value.operand(l)
			for _, o := range p.Of {
				if p.Code == "" {
					fill(o)
				}
			}
		}
		fill(r.Tree())
		return withValues(l, values).write(r.question.Indicator.expression, 0)
	}
	return lang.Text{Zh: in(lang.Chinese), En: in(lang.English)}
}
