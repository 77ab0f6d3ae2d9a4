package indicator

import "math/big"

// Step is one step of the arithmetic of a figure, for whoever does it again without knowing the language: each takes values
// of steps before it, the last is the figure in the base unit of its dimension (Scale of its unit is 1). Nothing is rounded.
type Step struct {
	Op     string   // see the constants
	Of     []int    // the steps that it takes, in order
	Ask    int      // of an ask: the index in Asks
	Number *big.Rat // of a number
	Scale  *big.Rat // of an ask: what its figure is multiplied by, to be in base units
	Edges  []Edge   // of a band: the value of Of[k+1] holds where Of[0] stands in the order of Edges[k] to its bound; else the last
}

// Edge is the bound of a band.
type Edge struct {
	Order string // < <= > >=
	Bound *big.Rat
}

// The operations of steps.
const (
	OpAsk      = "ask"    // the answer to an ask, times Scale
	OpNumber   = "number" // a literal or constant
	OpNegate   = "negate"
	OpAdd      = "+"
	OpSubtract = "-"
	OpMultiply = "*"
	OpDivide   = "/"
	OpSum      = "sum" // passes over what is not applicable, as min and max do
	OpMin      = "min"
	OpMax      = "max"
	OpFloor    = "floor"  // the greater of two
	OpBand     = "band"   // the value of the first edge that holds
	OpPoints   = "points" // a difference of ratios in 个百分点: times 100
)

var ops = map[nodeKind]string{negateNode: OpNegate, addNode: OpAdd, subtractNode: OpSubtract, multiplyNode: OpMultiply, divideNode: OpDivide,
	sumNode: OpSum, minNode: OpMin, maxNode: OpMax, floorNode: OpFloor, bandNode: OpBand, pointsNode: OpPoints}

// Steps gives the arithmetic of the figure; nil where a part of it lies outside the calendar.
func (r Result) Steps() []Step {
	asks := map[int]int{} // index in the batch → in Asks
	var out []Step
	var at []int // of each step of the program, the one in out
	for k := range r.question.Indicator.program.steps {
		s := &r.question.Indicator.program.steps[k]
		var of []int
		for _, o := range s.of {
			of = append(of, at[o])
		}
		x := Step{Of: of}
		switch {
		case s.kind == nameNode && len(of) > 0: // an indicator is the value of its last step
			at = append(at, of[0])
			continue
		case s.kind == nameNode:
			slot := r.batch.slots[r.slot+s.leaf]
			if slot < 0 {
				return nil
			}
			if _, known := asks[slot]; !known {
				asks[slot] = len(asks)
			}
			x.Op, x.Ask, x.Scale = OpAsk, asks[slot], r.question.Indicator.program.leaves[s.leaf].scale.rat()
		case s.kind == literalNode:
			x.Op, x.Number = OpNumber, s.value.rat()
		default:
			x.Op = ops[s.kind]
			for i, b := range s.bounds {
				x.Edges = append(x.Edges, Edge{s.node.edges[i].order, b.rat()})
			}
		}
		at, out = append(at, len(out)), append(out, x)
	}
	return out
}

// Answers are what the source said to each ask, in the order of Asks.
func (r Result) Answers() []Answer {
	out := make([]Answer, 0, 4)
	seen := map[int]bool{}
	for l := range r.question.Indicator.program.leaves {
		if at := r.batch.slots[r.slot+l]; at >= 0 && !seen[at] {
			seen[at] = true
			q := r.batch.quantities[at]
			a := Answer{State: q.state}
			if q.state == Computed {
				a.Number = q.number.rat()
			}
			out = append(out, a)
		}
	}
	return out
}

// Answer is what the source said to an ask: a number in the unit of the measure, or the state that stands for it.
type Answer struct {
	State  State
	Number *big.Rat
}
