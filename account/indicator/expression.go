package indicator

import "anlan/ground/lang"

var partWanted = lang.Of("数、代码、函数或括号", "a number, a code, a function or a parenthesis")

// deeper counts a level of nesting, of a part or a minus; false over the bound. Undone by p.depth--.
func (p *parser) deeper() bool {
	p.depth++
	return p.depth <= depthMax || p.fail(p.ahead().at, ErrTooDeep.With(depthMax))
}

// bounded is a whole expression, whose words are counted.
func (p *parser) bounded() *node {
	first := p.next
	n := p.expression(0)
	if n != nil && p.next-first > expressionTokensMax {
		p.fail(p.tokens[first].at, ErrTooLarge.With(partExpression, expressionTokensMax))
		return nil
	}
	return n
}

// expression reads operators that bind closer than floor, left to right; nil when a fault was added.
func (p *parser) expression(floor int) *node {
	left := p.signed()
	for left != nil {
		t := p.ahead()
		op, ok := binaries[t.text]
		if t.kind != signToken || !ok || op.binds <= floor {
			break
		}
		p.take()
		right := p.expression(op.binds)
		if right == nil {
			return nil
		}
		left = &node{kind: op.kind, at: t.at, of: []*node{left, right}}
	}
	return left
}

// signed is a part with any minus before it. The minus binds closer than × and ÷, so −a × b is (−a) × b.
func (p *parser) signed() *node {
	t := p.ahead()
	if !p.taken("-") {
		return p.shifted()
	}
	defer func() { p.depth-- }()
	if !p.deeper() {
		return nil
	}
	if of := p.signed(); of != nil {
		return &node{kind: negateNode, at: t.at, of: []*node{of}}
	}
	return nil
}

// shifted is a part with the periods behind it: x @ last_year.
func (p *parser) shifted() *node {
	n := p.part()
	for hops := 0; n != nil && p.ahead().is("@"); hops++ {
		at := p.take().at
		if hops == hopsMax {
			p.fail(at, ErrTooLarge.With(partHops, hopsMax))
			return nil
		}
		to, ok := p.period()
		if !ok {
			return nil
		}
		n = &node{kind: shiftNode, at: at, of: []*node{n}, shift: to}
	}
	return n
}

// hopsMax bounds the periods behind one part.
const hopsMax = 8

func (p *parser) period() (shift, bool) {
	t := p.ahead()
	if t.kind != nameToken && t.kind != wordToken {
		return 0, p.expected(lang.Of("比较期", "a compared period"))
	}
	for s := lastYear; s <= yearToDate; s++ {
		if shifts[s].code == t.text || shifts[s].zh == t.text {
			p.take()
			return s, true
		}
	}
	return 0, p.fail(t.at, ErrUnknownPeriod.With(t.text))
}

// part is a number, a name, a call, or an expression in parentheses.
func (p *parser) part() *node {
	defer func() { p.depth-- }()
	if !p.deeper() {
		return nil
	}
	t := p.ahead()
	switch {
	case t.kind == numberToken:
		return p.literal()
	case t.kind == nameToken && p.tokens[p.next+1].is("("):
		return p.call()
	case t.kind == nameToken || t.kind == wordToken:
		p.take()
		return &node{kind: nameNode, at: t.at, code: t.text}
	case p.taken("("):
		n := p.expression(0)
		if n == nil || !p.sign(")") {
			return nil
		}
		return n
	}
	p.expected(partWanted)
	return nil
}

// call is function ( argument , … ).
func (p *parser) call() *node {
	t := p.take()
	f, ok := functions[t.text]
	if !ok {
		p.fail(t.at, ErrUnknownFunction.With(t.text, nearest(t.text, sortedKeys(functions))))
		return nil
	}
	p.take() // (
	n := &node{kind: f.kind, at: t.at}
	if f.kind == bandNode {
		return p.band(n)
	}
	for {
		argument := p.expression(0)
		if argument == nil {
			return nil
		}
		n.of = append(n.of, argument)
		if len(n.of) > argumentsMax {
			p.fail(argument.at, ErrTooLarge.With(partArguments, argumentsMax))
			return nil
		}
		if !p.taken(",") {
			break
		}
	}
	if !p.sign(")") {
		return nil
	}
	if len(n.of) < f.least || len(n.of) > f.most {
		wanted := lang.Of("至少2个", "at least 2")
		if f.least == f.most {
			wanted = lang.Of("2个", "2")
		}
		p.fail(t.at, ErrArguments.With(t.text, wanted, len(n.of)))
		return nil
	}
	return n
}

// band is band ( x , ≤ bound : value , … , else : value ).
func (p *parser) band(n *node) *node {
	x := p.expression(0)
	if x == nil {
		return nil
	}
	n.of = append(n.of, x)
	for {
		if !p.taken(",") {
			p.expected(lang.Of("“,”及下一档或else", "\",\" and another band or else"))
			return nil
		}
		if p.taken("else") {
			break
		}
		if !p.edge(n) {
			return nil
		}
	}
	if len(n.edges) == 0 {
		p.expected(lang.Of("至少一档，如“<= 90 %: 6 分”", "at least one band, as <= 90 %: 6 分"))
		return nil
	}
	rest := p.bandValue()
	if rest == nil || !p.sign(")") {
		return nil
	}
	n.of = append(n.of, rest)
	return n
}

// edge is one band: order, bound, colon, value.
func (p *parser) edge(n *node) bool {
	t := p.ahead()
	if t.kind != signToken || t.text[0] != '<' && t.text[0] != '>' {
		return p.expected(lang.Of("<、<=、>、>=或else", "<, <=, >, >= or else"))
	}
	p.take()
	if len(n.edges) == argumentsMax {
		return p.fail(t.at, ErrTooLarge.With(partArguments, argumentsMax))
	}
	bound := p.signed()
	if bound == nil {
		return false
	}
	value := p.bandValue()
	if value == nil {
		return false
	}
	n.edges = append(n.edges, edge{t.text, bound, t.at})
	n.of = append(n.of, value)
	return true
}

func (p *parser) bandValue() *node {
	if !p.sign(":") {
		return nil
	}
	return p.expression(0)
}
