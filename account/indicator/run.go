package indicator

import (
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// register is the value of one step, in the base unit of its dimension.
type register struct {
	state  State
	number exact
	why    *lang.Text
}

func lacking(state State, why lang.Text) register { return register{state: state, why: &why} }

// in is the value in a unit of this scale.
func (r register) in(unit figure.Unit, scale exact) Value {
	v := Value{state: r.state, unit: unit}
	if r.state == Computed {
		v.number = r.number.div(scale)
	} else {
		v.why = *r.why
	}
	return v
}

// run takes the steps in order and gives the value of each.
func (r *Result) run(registers []register) []register {
	steps := r.question.Indicator.program.steps
	for k := range steps {
		registers = append(registers, r.step(&steps[k], registers))
	}
	return registers
}

// step is the value of one step. An operand that is no number is the result; of two, the greater State. Only sum, min and
// max pass over what is not applicable, and only the chosen value of a band counts.
func (r *Result) step(s *step, done []register) register {
	switch s.kind {
	case literalNode:
		return register{state: Computed, number: s.value}
	case nameNode:
		if len(s.of) == 0 {
			return r.leaf(s.leaf)
		}
		return done[s.of[0]]
	case sumNode, minNode, maxNode:
		return s.fold(done)
	case bandNode:
		return s.choose(done)
	}
	a, b := done[s.of[0]], done[s.of[len(s.of)-1]]
	if b.state > a.state {
		return b
	}
	if a.state != Computed {
		return a
	}
	switch s.kind {
	case pointsNode:
		a.number = a.number.mul(whole(100))
	case negateNode:
		a.number = a.number.negate()
	case addNode:
		a.number = a.number.add(b.number)
	case subtractNode:
		a.number = a.number.sub(b.number)
	case multiplyNode:
		a.number = a.number.mul(b.number)
	case floorNode:
		a.number = greater(a.number, b.number)
	case divideNode:
		if b.number.sign() == 0 {
			return lacking(NotComputable, r.zeroBase(s))
		}
		a.number = a.number.div(b.number)
	}
	return a
}

// leaf is the answer of the source for a measure.
func (r *Result) leaf(l int) register {
	leaf := &r.question.Indicator.program.leaves[l]
	at := r.batch.slots[r.slot+l]
	if at < 0 {
		return lacking(NotComputable, joined(leaf.measure.Label, outsideCalendar))
	}
	q := &r.batch.quantities[at]
	if q.state == Computed {
		return register{state: Computed, number: q.number.mul(leaf.scale)}
	}
	why := hasNoRecord
	if q.state != NoneRecorded || q.why != (lang.Text{}) {
		why = joined(lang.Of("：", ": "), q.why)
	}
	return lacking(q.state, joined(dated(leaf.measure.Label, r.batch.asks[at].Period), why))
}

// fold is the sum, least or greatest of the operands that apply; not applicable when none does.
func (s *step) fold(done []register) register {
	var out register
	some := false
	for _, k := range s.of {
		b := done[k]
		switch {
		case b.state == NotApplicable:
			if !some {
				out = b
			}
		case !some:
			out, some = b, true
		case b.state > out.state:
			out = b
		case out.state != Computed:
		case s.kind == sumNode:
			out.number = out.number.add(b.number)
		case s.kind == maxNode:
			out.number = greater(out.number, b.number)
		default:
			out.number = lesser(out.number, b.number)
		}
	}
	return out
}

// choose is the value of the first band whose bound holds, or that of else.
func (s *step) choose(done []register) register {
	x := done[s.of[0]]
	if x.state != Computed {
		return x
	}
	for k, e := range s.node.edges {
		c := x.number.compare(s.bounds[k])
		if e.order[0] == '>' {
			c = -c
		}
		if c < 0 || c == 0 && len(e.order) == 2 {
			return done[s.of[k+1]]
		}
	}
	return done[s.of[len(s.of)-1]]
}

func greater(a, b exact) exact {
	if a.compare(b) < 0 {
		return b
	}
	return a
}

func lesser(a, b exact) exact {
	if b.compare(a) < 0 {
		return b
	}
	return a
}
