// Package place has the types of the two trees that everything hangs on: administrative divisions (行政区划) and the
// units (单位) of the bureau. Everything is owned by a unit and happens at a place.
//
// A place is named by its code: 6 digits of GB/T 2260 down to counties, 9 digits for townships and 12 for villages
// (统计用区划代码). A unit is named by its code in its book: the place code for a bureau (430600), with -NN for sections
// and subordinates (430600-03). Codes are for ever; names and parents are dated, because counties merge and sections move.
//
// The records behind the trees are kinds of resource/; what is here are the values and the arithmetic of dated edges.
// On the ground floor: imports fault and period; anybody may import it.
package place

import (
	"slices"
	"sort"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/period"
)

// Code is the code of a place.
type Code string

// Unit is the code of a unit.
type Unit string

// Faults of this package.
var (
	ErrNotACode = fault.Define("place.not_a_code", fault.Invalid,
		"“%s”不是行政区划代码，应为6位（GB/T 2260）、9位或12位数字", "%q is not a place code; expected 6 digits (GB/T 2260), 9 or 12")
	ErrNotAUnit = fault.Define("place.not_a_unit", fault.Invalid,
		"“%s”不是单位代码，应为区划代码，内设机构加-NN，如430600-03", "%q is not a unit code; expected a place code, with -NN for a section, as 430600-03")
)

// ParseCode reads a place code; the empty text is no place.
func ParseCode(s string) (Code, error) {
	if s == "" {
		return "", nil
	}
	if (len(s) == 6 || len(s) == 9 || len(s) == 12) && digits(s) {
		return Code(s), nil
	}
	return "", ErrNotACode.With(s)
}

// ParseUnit reads a unit code; the empty text is no unit.
func ParseUnit(s string) (Unit, error) {
	if s == "" {
		return "", nil
	}
	base, section, divided := strings.Cut(s, "-")
	place, err := ParseCode(base)
	if err != nil || place == "" || divided && (len(section) < 2 || len(section) > 4 || !digits(section)) {
		return "", ErrNotAUnit.With(s)
	}
	return Unit(s), nil
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// Edge says that Child stands under Parent from the day From until the day before Until (zero: open ended).
type Edge[C ~string] struct {
	Child, Parent C
	From, Until   period.Day
}

// Span is the days [From, Until) on which something holds; a zero bound is open.
type Span struct{ From, Until period.Day }

// Tree is a tree whose edges are dated. The zero Tree is empty.
type Tree[C ~string] struct {
	children map[C][]Edge[C]
	nodes    map[C]bool
}

// NewTree builds a tree of edges. Nodes without an edge may be named in roots.
func NewTree[C ~string](edges []Edge[C], roots ...C) Tree[C] {
	t := Tree[C]{map[C][]Edge[C]{}, map[C]bool{}}
	for _, r := range roots {
		t.nodes[r] = true
	}
	for _, e := range edges {
		t.children[e.Parent] = append(t.children[e.Parent], e)
		t.nodes[e.Parent], t.nodes[e.Child] = true, true
	}
	return t
}

// Has says whether the tree knows c.
func (t Tree[C]) Has(c C) bool { return t.nodes[c] }

// On gives all nodes under root on one day, root included, in order of code.
func (t Tree[C]) On(root C, day period.Day) []C {
	var out []C
	for _, h := range t.Under(root) {
		if (h.From.IsZero() || !day.Before(h.From)) && (h.Until.IsZero() || day.Before(h.Until)) {
			out = append(out, h.Node)
		}
	}
	return out
}

// Below gives the nodes right below a parent on one day, in order of code.
func (t Tree[C]) Below(parent C, day period.Day) []C {
	var out []C
	for _, e := range t.children[parent] {
		if (e.From.IsZero() || !day.Before(e.From)) && (e.Until.IsZero() || day.Before(e.Until)) && e.Child != parent && !slices.Contains(out, e.Child) {
			out = append(out, e.Child)
		}
	}
	slices.Sort(out)
	return out
}

// Held is a node and a span of days on which it stands under the root that was asked for.
type Held[C ~string] struct {
	Node C
	Span
}

// Under gives every node that ever stood under root, root itself included (always), with the days on which it did; a node
// that left and came back has several spans, which neither overlap nor touch. In order of node, then From. Edges that
// would lead in a circle are not followed.
func (t Tree[C]) Under(root C) []Held[C] {
	held := []Held[C]{{Node: root}}
	t.collect(root, Span{}, map[C]bool{root: true}, &held)
	sort.Slice(held, func(i, j int) bool {
		if held[i].Node != held[j].Node {
			return held[i].Node < held[j].Node
		}
		return held[i].From.Before(held[j].From)
	})
	out := held[:1]
	for _, h := range held[1:] {
		last := &out[len(out)-1]
		switch {
		case h.Node != last.Node || !last.Until.IsZero() && last.Until.Before(h.From):
			out = append(out, h)
		case !last.Until.IsZero() && (h.Until.IsZero() || last.Until.Before(h.Until)):
			last.Until = h.Until
		}
	}
	return out
}

func (t Tree[C]) collect(parent C, within Span, path map[C]bool, out *[]Held[C]) {
	for _, e := range t.children[parent] {
		s := Span{e.From, e.Until}
		if s.From.IsZero() || !within.From.IsZero() && s.From.Before(within.From) {
			s.From = within.From
		}
		if s.Until.IsZero() || !within.Until.IsZero() && within.Until.Before(s.Until) {
			s.Until = within.Until
		}
		if !s.From.IsZero() && !s.Until.IsZero() && !s.From.Before(s.Until) || path[e.Child] {
			continue
		}
		*out = append(*out, Held[C]{e.Child, s})
		path[e.Child] = true
		t.collect(e.Child, s, path, out)
		delete(path, e.Child)
	}
}
