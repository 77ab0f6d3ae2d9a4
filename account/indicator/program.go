package indicator

import (
	"slices"

	"anlan/ground/period"
)

// program is an indicator with all that it refers to, as steps in the order of their evaluation; the last is its value.
// Values inside are in the base unit of their dimension, so no step converts.
type program struct {
	steps  []step
	leaves []leaf
}

// step is one node of an expression, reached from the root by some hops.
type step struct {
	kind   nodeKind
	of     []int // the steps of the operands, all before this one
	leaf   int   // of a measure
	value  exact // of a literal or constant
	bounds []exact
	node   *node
	hops   []hop
}

// leaf is a measure as an expression asks for it.
type leaf struct {
	measure Measure
	scale   exact
	hops    []hop
}

// hop is a compared period on the way from the root to a part; the first is applied first.
type hop struct {
	to    shift
	at    mark
	owner *Indicator // in whose text it stands
}

// stepsMax bounds a program. An honest one has some ten steps.
const stepsMax = 4_096

// after is the period of a part, seen from the period p of the root.
func after(hops []hop, p period.Period) period.Period {
	for _, h := range hops {
		switch h.to {
		case lastYear:
			p = p.LastYear()
		case previous:
			p = p.Previous()
		case lastYearEnd:
			p = period.OfDay(p.YearEndBefore())
		case yearToDate:
			p = p.YearToDate()
		}
	}
	return p
}

// compile makes the program and the hash of an indicator whose references are compiled already.
func (d *definer) compile(i *Indicator) {
	d.file = i.file
	size := 0
	i.expression.each(func(n *node) {
		size++
		if to, ok := n.ref.(*Indicator); ok {
			size += len(to.program.steps)
		}
	})
	if size > stepsMax {
		d.fail(i.at, ErrTooLarge.With(partSteps, stepsMax))
		return
	}
	c := &compiler{definer: d, root: i}
	c.compile(i, i.expression, nil)
	i.scale = exactOf(i.unit.Scale())
	i.hash = i.sum()
}

type compiler struct {
	*definer
	root *Indicator
}

// compile adds the steps of n, which stands in the text of owner, and gives the last.
func (c *compiler) compile(owner *Indicator, n *node, hops []hop) int {
	s := step{kind: n.kind, node: n, hops: hops}
	switch n.kind {
	case shiftNode:
		return c.compile(owner, n.of[0], append(slices.Clip(hops), hop{n.shift, n.at, owner}))
	case literalNode:
		s.value, _ = known(n)
	case nameNode:
		c.name(&s)
	default:
		for _, o := range n.of {
			s.of = append(s.of, c.compile(owner, o, hops))
		}
		for _, e := range n.edges {
			bound, _ := known(e.bound)
			s.bounds = append(s.bounds, bound)
		}
	}
	c.root.program.steps = append(c.root.program.steps, s)
	return len(c.root.program.steps) - 1
}

// name fills the step of a name: a constant is its value, an indicator follows its own steps, a measure is a leaf.
func (c *compiler) name(s *step) {
	p := &c.root.program
	switch to := s.node.ref.(type) {
	case *constant:
		s.kind = literalNode
		s.value, _ = known(s.node)
	case *Indicator:
		s.of = []int{c.compile(to, to.expression, s.hops)}
	case Measure:
		if h, ok := yearEnd(s.hops); ok && to.Shape != Stock && h.owner == c.root {
			c.fail(h.at, ErrFlowAtDay.With(to.Code))
		}
		s.leaf = len(p.leaves)
		p.leaves = append(p.leaves, leaf{to, exactOf(to.Unit.Scale()), s.hops})
	}
}

// yearEnd is the hop that leaves a single day as the period, if the last ones do.
func yearEnd(hops []hop) (hop, bool) {
	for i := len(hops) - 1; i >= 0 && hops[i].to != yearToDate; i-- {
		if hops[i].to == lastYearEnd {
			return hops[i], true
		}
	}
	return hop{}, false
}
