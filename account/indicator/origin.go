package indicator

import (
	"math/big"
	"slices"
	"strings"

	"anlan/ground/lang"
)

// Origin says where a quantity comes from, for whoever prints or explains it. The zero Origin is records alone, of which
// nothing more is to be said.
type Origin struct {
	Sources  []string    // codes of the sorts of source that have a part: records, returns, final, published, cited
	Editions []string    // codes of the editions among them, the least final first
	Parts    []lang.Text // what each source contributes
	Others   []lang.Text // what other sources say of the same, with the difference
}

// OnlyRecords is the code of the source of which a zero Origin speaks.
const OnlyRecords = "records"

// From is the quantity with where it comes from.
func (q Quantity) From(o Origin) Quantity {
	q.origin = &o
	return q
}

// Origin is where the quantity comes from.
func (q Quantity) Origin() Origin {
	if q.origin == nil {
		return Origin{}
	}
	return *q.origin
}

// Unrecorded is the answer where what should have been stated is not, with what is missing.
func Unrecorded(why lang.Text) Quantity { return Quantity{why: why} }

// Provenance joins the sources and editions of all that the figure rests on, each once, by "+": records+returns, annual. The
// edition is empty where no source has one.
func (r Result) Provenance() (source, edition string) {
	var sources, editions []string
	add := func(to *[]string, codes ...string) {
		for _, c := range codes {
			if !slices.Contains(*to, c) {
				*to = append(*to, c)
			}
		}
	}
	for l := range r.question.Indicator.program.leaves {
		at := r.batch.slots[r.slot+l]
		if at < 0 {
			continue
		}
		o := r.batch.quantities[at].Origin()
		if o.Sources == nil {
			o.Sources = []string{OnlyRecords}
		}
		add(&sources, o.Sources...)
		add(&editions, o.Editions...)
	}
	return strings.Join(sources, "+"), strings.Join(editions, "+")
}

// Linear writes the figure as a sum of asks, each times a factor; constants that it adds are left out. Where a band, a least
// or a greatest was chosen, it is the chosen one. A quotient whose divisor varies is no such sum, but a reader who sees its
// value v knows that numerator − v × divisor is 0: at the root of the expression that is what it gives. It is false for what
// multiplies two varying parts, and where there is no number.
func (r Result) Linear() (factors map[Ask]*big.Rat, ok bool) {
	if r.outcome.state != Computed {
		return nil, false
	}
	steps := r.question.Indicator.program.steps
	done := r.run(nil)
	forms := make([]linear, len(steps))
	for k := range steps {
		forms[k] = r.linear(&steps[k], k == len(steps)-1, done, forms)
	}
	root := forms[len(forms)-1]
	if root == nil {
		return nil, false
	}
	factors = map[Ask]*big.Rat{}
	for at, x := range root {
		if x.Sign() != 0 {
			factors[r.batch.asks[at]] = x
		}
	}
	return factors, true
}

// linear is a sum over asks, by their number, in base units; nil is no such sum, and empty is a constant.
type linear map[int]*big.Rat

// linear is the form of one step.
func (r Result) linear(s *step, isRoot bool, done []register, forms []linear) linear {
	switch s.kind {
	case literalNode:
		return linear{}
	case nameNode:
		if at := r.leafOf(s); at >= 0 {
			return linear{at: r.question.Indicator.program.leaves[s.leaf].scale.rat()}
		}
		if len(s.of) == 0 {
			return nil
		}
		return forms[s.of[0]]
	case negateNode:
		return linear{}.plus(forms[s.of[0]], big.NewRat(-1, 1))
	case pointsNode:
		return linear{}.plus(forms[s.of[0]], big.NewRat(100, 1))
	case addNode, sumNode:
		out := linear{}
		for _, k := range s.of {
			if done[k].state == Computed {
				out = out.plus(forms[k], big.NewRat(1, 1))
			}
		}
		return out
	case subtractNode:
		return linear{}.plus(forms[s.of[0]], big.NewRat(1, 1)).plus(forms[s.of[1]], big.NewRat(-1, 1))
	case multiplyNode, divideNode:
		return product(s, isRoot, done, forms)
	}
	return s.chosen(r.step(s, done), done, forms)
}

// product is the form of a product or quotient of which one side is constant, or of a quotient that is printed itself.
func product(s *step, isRoot bool, done []register, forms []linear) linear {
	a, b := forms[s.of[0]], forms[s.of[1]]
	x, y := done[s.of[0]].number, done[s.of[1]].number
	switch {
	case a == nil || b == nil:
		return nil
	case s.kind == multiplyNode && len(b) == 0:
		return linear{}.plus(a, y.rat())
	case s.kind == multiplyNode && len(a) == 0:
		return linear{}.plus(b, x.rat())
	case s.kind == divideNode && len(b) == 0:
		return linear{}.plus(a, new(big.Rat).Inv(y.rat()))
	case s.kind == divideNode && isRoot:
		return linear{}.plus(a, big.NewRat(1, 1)).plus(b, new(big.Rat).Neg(x.div(y).rat()))
	}
	return nil
}

// chosen is the form of the operand whose value is that of the step.
func (s *step) chosen(result register, done []register, forms []linear) linear {
	of := s.of
	if s.kind == bandNode {
		of = of[1:]
	}
	for _, k := range of {
		if done[k].state == Computed && done[k].number.compare(result.number) == 0 {
			return forms[k]
		}
	}
	return nil
}

// plus adds another form times a factor.
func (f linear) plus(other linear, times *big.Rat) linear {
	if f == nil || other == nil {
		return nil
	}
	out := linear{}
	for at, x := range f {
		out[at] = x
	}
	for at, x := range other {
		x = new(big.Rat).Mul(x, times)
		if was := out[at]; was != nil {
			x.Add(x, was)
		}
		out[at] = x
	}
	return out
}

// Measure is the code of the one measure that the indicator is, without any arithmetic; false where there is some.
func (i *Indicator) Measure() (code string, ok bool) {
	if m, is := i.expression.ref.(Measure); is && i.expression.kind == nameNode {
		return m.Code, true
	}
	return "", false
}
