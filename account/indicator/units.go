package indicator

import (
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// check finds what each name of n names and the unit of each part, and whether they fit. It goes on behind a fault, so that
// all are found, and is false when there was one.
func (d *definer) check(n *node) bool {
	ok := true
	for _, o := range n.of {
		ok = d.check(o) && ok
	}
	for _, e := range n.edges {
		ok = d.check(e.bound) && ok
	}
	if !ok {
		return false
	}
	switch n.kind {
	case literalNode:
		return d.literal(n)
	case nameNode:
		return d.name(n)
	case shiftNode:
		if !varies(n.of[0]) {
			return d.fail(n.at, ErrTimeless.With(shifts[n.shift].code))
		}
		n.unit = n.of[0].unit
	case negateNode:
		n.unit = n.of[0].unit
	case multiplyNode, divideNode:
		return d.product(n)
	case bandNode:
		return d.band(n)
	default:
		ok = d.alike(n, n.of)
		n.unit = n.of[0].unit
	}
	return ok
}

func (d *definer) literal(n *node) bool {
	var ok bool
	n.unit, ok = d.unitOf(n.inUnit, n.unitAt)
	return ok
}

// name finds a constant, an indicator or a measure; their codes differ. An indicator counts with its declared unit.
func (d *definer) name(n *node) bool {
	if c := d.constants[n.code]; c != nil {
		n.ref, n.unit = c, c.value.unit
		return !d.broken[c]
	}
	if i := d.byCode[n.code]; i != nil {
		n.ref, n.unit = i, i.unit
		return !d.broken[i]
	}
	if m, ok := d.catalogue.Lookup(n.code); ok {
		n.ref, n.unit = m, m.Unit
		return true
	}
	known := append(sortedKeys(d.constants), sortedKeys(d.byCode)...)
	return d.fail(n.at, ErrUnknownName.With(n.code, nearest(n.code, append(known, d.catalogue.Codes()...))))
}

// alike demands one dimension of the operands of n. Where one is in 个百分点, the difference of two ratios among them is read
// in 个百分点 too.
func (d *definer) alike(n *node, operands []*node) bool {
	if slices.ContainsFunc(operands, func(o *node) bool { return o.unit.Dimension() == figure.Points.Dimension() }) {
		readInPoints(operands)
	}
	ok := true
	for _, o := range operands[1:] {
		if o.unit.Dimension() == operands[0].unit.Dimension() {
			continue
		}
		at, verb := o.first(), lang.Of("比较", "compared")
		switch n.kind {
		case addNode:
			at, verb = n.at, lang.Of("相加", "added")
		case subtractNode:
			at, verb = n.at, lang.Of("相减", "subtracted")
		case sumNode:
			verb = lang.Of("相加", "added")
		}
		ok = d.fail(at, ErrMismatch.With(named(operands[0].unit), named(o.unit), verb))
	}
	return ok
}

// product gives n the product or quotient of the units. A bare number, a percentage among them, changes no unit; a unit that
// cancels to a plain one is written plainly. Beside a unit with 个百分点 in it, the difference of two ratios is read in 个百分点:
// (执行率 − 100 %) × 0.5 分/个百分点.
func (d *definer) product(n *node) bool {
	a, b := n.of[0], n.of[1]
	if strings.Contains(a.unit.Dimension().String(), figure.Points.Dimension().String()) ||
		strings.Contains(b.unit.Dimension().String(), figure.Points.Dimension().String()) {
		readInPoints(n.of)
		a, b = n.of[0], n.of[1]
	}
	if v, ok := known(b); ok && n.kind == divideNode && v.sign() == 0 {
		return d.fail(b.first(), ErrZeroDivisor.With())
	}
	switch {
	case bare(b.unit):
		n.unit = a.unit
	case n.kind == multiplyNode && bare(a.unit):
		n.unit = b.unit
	case n.kind == multiplyNode:
		n.unit = plain(a.unit.Mul(b.unit))
	default:
		n.unit = plain(a.unit.Div(b.unit))
	}
	if bare(n.unit) {
		n.unit = figure.One
	}
	return true
}

func bare(u figure.Unit) bool { return u.Dimension() == figure.One.Dimension() }

// plain is the base unit of a dimension where u is a product of units that amounts to it: 人/亿元·万元 counts 人.
func plain(u figure.Unit) figure.Unit {
	base := u.Dimension().String()
	if !strings.ContainsAny(base, "/·") && strings.ContainsAny(u.String(), "/·") {
		if b, ok := figure.UnitOf(base); ok && b.Dimension() == u.Dimension() {
			return b
		}
	}
	return u
}

// result demands that the expression gives what the indicator declares. The difference of two rates is declared in 个百分点.
func (d *definer) result(i *Indicator) bool {
	n := i.expression
	if i.unit.Dimension() == figure.Points.Dimension() {
		operands := []*node{n}
		readInPoints(operands)
		n, i.expression = operands[0], operands[0]
	}
	switch gap := n.difference(); {
	case gap != nil && varies(gap.of[0]) && varies(gap.of[1]) && i.unit != figure.One:
		return d.fail(i.declaredAt, ErrPoints.With(i.declared))
	case n.unit.Dimension() != i.unit.Dimension():
		return d.fail(i.declaredAt, ErrResultUnit.With(named(n.unit), named(i.unit)))
	}
	return true
}

// readInPoints replaces each difference of two ratios by its reading in 个百分点.
func readInPoints(operands []*node) {
	for k, o := range operands {
		if o.difference() != nil {
			operands[k] = &node{kind: pointsNode, at: o.at, of: []*node{o}, unit: figure.Points}
		}
	}
}

// difference is the subtraction of one ratio from another that n is, perhaps for a compared period; nil when it is none. A
// number without unit is no ratio: x/y − 1 is a rate.
func (n *node) difference() *node {
	for n.kind == shiftNode {
		n = n.of[0]
	}
	if n.kind == subtractNode && bare(n.unit) && !unitless(n.of[0]) && !unitless(n.of[1]) {
		return n
	}
	return nil
}

// unitless says whether n is a number stated without a unit.
func unitless(n *node) bool {
	switch n.kind {
	case literalNode:
		return n.inUnit == ""
	case negateNode:
		return unitless(n.of[0])
	}
	c, ok := n.ref.(*constant)
	return ok && unitless(c.value)
}

// varies says whether there is a measure or indicator in n.
func varies(n *node) bool {
	found := false
	n.each(func(n *node) {
		switch n.ref.(type) {
		case Measure, *Indicator:
			found = true
		}
	})
	return found
}

// known is the number of a literal or constant, or of one with a minus before it, in the base unit of its dimension.
func known(n *node) (exact, bool) {
	switch n.kind {
	case literalNode:
		return exactOf(new(big.Rat).Mul(n.value, n.unit.Scale())), true
	case negateNode:
		v, ok := known(n.of[0])
		return v.negate(), ok
	}
	if c, ok := n.ref.(*constant); ok {
		return known(c.value)
	}
	return exact{}, false
}

// band demands that x and the bounds are alike, that the values are, and that each band can apply.
func (d *definer) band(n *node) bool {
	against := []*node{n.of[0]}
	for _, e := range n.edges {
		if _, ok := known(e.bound); !ok {
			return d.fail(e.bound.first(), ErrBound.With())
		}
		against = append(against, e.bound)
	}
	if !d.alike(n, against) {
		return false
	}
	n.of[0] = against[0]
	for k := 1; k < len(n.edges); k++ {
		if !follows(n.edges[k-1], n.edges[k]) {
			way := lang.Of("增大", "greater")
			if n.edges[0].order[0] == '>' {
				way = lang.Of("减小", "less")
			}
			return d.fail(n.edges[k].at, ErrBandOrder.With(way))
		}
	}
	values := n.of[1:]
	if !d.alike(n, values) {
		return false
	}
	n.unit = values[0].unit
	return true
}

// follows says whether the band b behind a can ever apply: bounds rise with <, and fall with >. At one bound < may stand
// before <=.
func follows(a, b edge) bool {
	x, _ := known(a.bound)
	y, _ := known(b.bound)
	c := y.compare(x)
	if a.order[0] == '>' {
		c = -c
	}
	return a.order[0] == b.order[0] && (c > 0 || c == 0 && len(a.order) < len(b.order))
}

// first is where the text of n begins.
func (n *node) first() mark {
	at := n.at
	n.each(func(n *node) {
		if n.at.line < at.line || n.at.line == at.line && n.at.col < at.col {
			at = n.at
		}
	})
	return at
}

// named is a unit in a sentence.
func named(u figure.Unit) any {
	if u == figure.One {
		return lang.Of("比率或无单位的数", "a ratio or bare number")
	}
	return u.String()
}
