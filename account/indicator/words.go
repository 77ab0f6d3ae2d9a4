package indicator

import (
	"cmp"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// spelling is a way to write an expression.
type spelling struct {
	operators map[nodeKind]string // of two operands, and of negateNode
	open      string              // parentheses
	close     string
	leaf      func(n *node) string // a name or number
	shift     func(part string, to shift) string
	call      func(n *node, arguments, bounds []string) string
}

// binding is how closely a node binds; what binds less than its surroundings stands in parentheses.
func (n *node) binding() int {
	switch n.kind {
	case addNode, subtractNode:
		return 1
	case multiplyNode, divideNode:
		return 2
	case negateNode:
		return 3
	case shiftNode:
		return 4
	case pointsNode:
		return n.of[0].binding()
	}
	return 5
}

// write spells n where something that binds as closely as least stands around it.
func (s *spelling) write(n *node, least int) string {
	if n.binding() < least {
		return s.open + s.write(n, 0) + s.close
	}
	switch n.kind {
	case literalNode, nameNode:
		return s.leaf(n)
	case pointsNode:
		return s.write(n.of[0], least)
	case shiftNode:
		return s.shift(s.write(n.of[0], 4), n.shift)
	case negateNode:
		return s.operators[negateNode] + s.write(n.of[0], 3)
	case addNode, subtractNode, multiplyNode, divideNode:
		return s.write(n.of[0], n.binding()) + s.operators[n.kind] + s.write(n.of[1], n.binding()+1)
	}
	var arguments, bounds []string
	for _, o := range n.of {
		arguments = append(arguments, s.write(o, 0))
	}
	for _, e := range n.edges {
		bounds = append(bounds, s.write(e.bound, 3))
	}
	return s.call(n, arguments, bounds)
}

// codeSpelling is the canonical one, which Parse reads back into the same expression.
var codeSpelling = &spelling{
	operators: map[nodeKind]string{addNode: " + ", subtractNode: " - ", multiplyNode: " * ", divideNode: " / ", negateNode: "-"},
	open:      "(",
	close:     ")",
	leaf:      func(n *node) string { return cmp.Or(n.code, n.literal()) },
	shift:     func(part string, to shift) string { return part + " @ " + shifts[to].code },
	call: func(n *node, arguments, bounds []string) string {
		for k, bound := range bounds {
			arguments[k+1] = n.edges[k].order + " " + bound + ": " + arguments[k+1]
		}
		if last := len(arguments) - 1; n.kind == bandNode {
			arguments[last] = "else: " + arguments[last]
		}
		return functionName(n.kind) + "(" + strings.Join(arguments, ", ") + ")"
	},
}

// literal is a number with its unit, in the canonical spelling of both; empty for other nodes.
func (n *node) literal() string {
	if n.kind != literalNode {
		return ""
	}
	places, _ := n.value.FloatPrec()
	digits := rounded(n.value, places)
	if unit, ok := figure.UnitOf(n.inUnit); ok {
		return spaced(digits, unit)
	}
	return digits + " " + n.inUnit
}

func functionName(kind nodeKind) string {
	for name, f := range functions {
		if f.kind == kind {
			return name
		}
	}
	return ""
}

// speech spells an expression for readers, with what leaf gives for names and numbers, and the compared periods as shift does.
func speech(l lang.Lang, leaf func(n *node) string, shift func(part string, to shift) string) *spelling {
	s := &spelling{
		operators: map[nodeKind]string{addNode: " + ", subtractNode: " − ", multiplyNode: " × ", divideNode: " ÷ ", negateNode: "−"},
		open:      "（", close: "）", leaf: leaf, shift: shift, call: callInChinese,
	}
	if l == lang.English {
		s.open, s.close, s.call = "(", ")", callInEnglish
	}
	return s
}

// orders are the signs of bands for readers.
var orders = map[string]string{"<": "< ", "<=": "≤ ", ">": "> ", ">=": "≥ "}

func callInChinese(n *node, arguments, bounds []string) string {
	switch n.kind {
	case sumNode:
		return "合计（" + strings.Join(arguments, "，") + "）"
	case minNode:
		return "取最小（" + strings.Join(arguments, "，") + "）"
	case maxNode:
		return "取最大（" + strings.Join(arguments, "，") + "）"
	case floorNode:
		return "（" + arguments[0] + "，最低 " + arguments[1] + "）"
	}
	t := "分档（" + arguments[0] + "："
	for k, bound := range bounds {
		t += orders[n.edges[k].order] + bound + "，" + arguments[k+1] + "；"
	}
	return t + "其余，" + arguments[len(arguments)-1] + "）"
}

func callInEnglish(n *node, arguments, bounds []string) string {
	switch n.kind {
	case sumNode:
		return "sum of (" + strings.Join(arguments, ", ") + ")"
	case minNode:
		return "least of (" + strings.Join(arguments, ", ") + ")"
	case maxNode:
		return "greatest of (" + strings.Join(arguments, ", ") + ")"
	case floorNode:
		return "(" + arguments[0] + ", not below " + arguments[1] + ")"
	}
	t := "band of " + arguments[0] + " ("
	for k, bound := range bounds {
		t += orders[n.edges[k].order] + bound + ": " + arguments[k+1] + "; "
	}
	return t + "else: " + arguments[len(arguments)-1] + ")"
}

// words is n with the labels of its names.
func (n *node) words() lang.Text {
	in := func(l lang.Lang) string {
		leaf := func(n *node) string {
			if n.kind == literalNode {
				return n.literal()
			}
			return labelOf(n.ref).In(l)
		}
		shift := func(part string, to shift) string {
			if l == lang.English {
				return part + " (" + shifts[to].words.En + ")"
			}
			return part + "（" + shifts[to].words.Zh + "）"
		}
		return speech(l, leaf, shift).write(n, 0)
	}
	return lang.Text{Zh: in(lang.Chinese), En: in(lang.English)}
}

// withValues spells an expression with values in place of its nodes; bounds of bands have none and stand in words.
func withValues(l lang.Lang, values map[*node]string) *spelling {
	leaf := func(n *node) string {
		if v, ok := values[n]; ok {
			return v
		}
		return n.words().In(l)
	}
	return speech(l, leaf, func(part string, _ shift) string { return part })
}

func labelOf(ref any) lang.Text {
	switch to := ref.(type) {
	case *constant:
		return to.label
	case *Indicator:
		return to.label
	case Measure:
		return to.Label
	}
	return lang.Text{}
}

// Words is the expression with names in place of codes: 事故死亡人数 ÷ 地区生产总值.
func (i *Indicator) Words() lang.Text { return i.expression.words() }

var (
	outsideCalendar = lang.Of("：统计期超出日历", ": the period lies outside the calendar")
	hasNoRecord     = lang.Of("没有记录", " has no record")
)

func joined(a, b lang.Text) lang.Text { return lang.Text{Zh: a.Zh + b.Zh, En: a.En + b.En} }

// dated is a label with its period: 事故起数（2022年）.
func dated(label lang.Text, p period.Period) lang.Text {
	when := p.Label()
	return lang.Text{Zh: label.Zh + "（" + when.Zh + "）", En: label.En + " (" + when.En + ")"}
}

// zeroBase says whose 0 the step would divide by.
func (r *Result) zeroBase(s *step) lang.Text {
	divisor := &r.question.Indicator.program.steps[s.of[1]]
	return joined(lang.Of("基数为0：", "the base is 0: "), dated(divisor.node.words(), after(divisor.hops, r.question.Period)))
}
