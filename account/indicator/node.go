package indicator

import (
	"math/big"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

type nodeKind int

const (
	literalNode nodeKind = iota // 4710.67 亿元
	nameNode                    // a measure, a constant or another indicator
	shiftNode                   // x @ last_year
	negateNode                  // −x
	addNode
	subtractNode
	multiplyNode
	divideNode
	sumNode
	minNode
	maxNode
	floorNode  // floor(x, bound)
	bandNode   // band(x, ≤ bound: value, …, else: value)
	pointsNode // a difference of two ratios read in 个百分点; set by the check of units, never written
)

// node is one part of an expression. The parser fills the upper half, Define the lower.
type node struct {
	kind   nodeKind
	at     mark
	of     []*node // operands in order; of a band: x, the values, the value of else
	code   string  // of a name
	shift  shift
	edges  []edge // of a band, one less than its values
	value  *big.Rat
	inUnit string // the unit of a literal as written
	unitAt mark

	unit figure.Unit // of the result
	ref  any         // what a name names: Measure, *constant or *Indicator
}

// edge is the bound of one band: the value holds where x stands in this order to bound, which is a literal or a constant.
type edge struct {
	order string // < <= > >=
	bound *node
	at    mark
}

// functions are the names that may be called, with the least number of arguments; band has a form of its own.
var functions = map[string]struct {
	kind        nodeKind
	least, most int
}{
	"sum":   {sumNode, 2, argumentsMax},
	"min":   {minNode, 2, argumentsMax},
	"max":   {maxNode, 2, argumentsMax},
	"floor": {floorNode, 2, 2},
	"band":  {bandNode, 2, argumentsMax},
}

// argumentsMax bounds one call.
const argumentsMax = 256

// binaries are the operators by their sign and how closely they bind.
var binaries = map[string]struct {
	kind  nodeKind
	binds int
}{"+": {addNode, 1}, "-": {subtractNode, 1}, "*": {multiplyNode, 2}, "/": {divideNode, 2}}

// clone is a copy that Define may fill.
func (n *node) clone() *node {
	c := *n
	c.of = make([]*node, len(n.of))
	for i, o := range n.of {
		c.of[i] = o.clone()
	}
	c.edges = make([]edge, len(n.edges))
	for i, e := range n.edges {
		c.edges[i] = edge{e.order, e.bound.clone(), e.at}
	}
	return &c
}

// each visits n and all below it, operands before bounds, in the order of the text.
func (n *node) each(visit func(*node)) {
	visit(n)
	for _, o := range n.of {
		o.each(visit)
	}
	for _, e := range n.edges {
		e.bound.each(visit)
	}
}

// shift is the period for which a part is asked, seen from the period of the whole.
type shift int

const (
	lastYear    shift = iota + 1 // 同期: the same span a year before
	previous                     // 上期（环比）: the span before, equally long
	lastYearEnd                  // 上年末: the last day of the year before
	yearToDate                   // 本年累计: from 1 January
)

// shifts are the spellings of the compared periods; the English one is canonical.
var shifts = map[shift]struct {
	code  string
	zh    string
	words lang.Text
}{
	lastYear:    {"last_year", "同期", lang.Of("上年同期", "same period last year")},
	previous:    {"previous", "上期", lang.Of("上期", "previous period")},
	lastYearEnd: {"last_year_end", "上年末", lang.Of("上年末", "end of last year")},
	yearToDate:  {"year_to_date", "累计", lang.Of("本年累计", "year to date")},
}
