package census

import (
	"bytes"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/ident"
	"anlan/store/journal"
)

// Faults of sets. Each says of which set it is.
var (
	ErrOutOfOrder = fault.Define("census.out_of_order", fault.Broken,
		"记录集第%d行：各行应按记录编号排列且每条记录只有一行", "line %d of the set: lines stand in order of their records' ids, and each record once")
	ErrOtherSize = fault.Define("census.other_size", fault.Broken,
		"记录集应有%d行，实有%d行", "the set should have %d lines and has %d")
	ErrOtherTotal = fault.Define("census.other_total", fault.Broken,
		"记录集各行合计为%s，应为%s", "the lines of the set add up to %s, where %s is stated")
	ErrOtherRoot = fault.Define("census.other_root", fault.Broken,
		"由各行重新得出的根为%s，应为%s：有行被改动、增加或删去", "the root that follows from the lines is %s, where %s is stated: a line was changed, added or removed")
	ErrNotPlaced = fault.Define("census.not_placed", fault.Broken,
		"不能证明记录%s在这一记录集中的位置：%s", "the place of record %s in the set is not proved: %s")
)

// Set is what is published of a set and kept under the journal: whoever holds it can be shown anything of the set.
type Set struct {
	Size  int64        `json:"size"` // records
	Root  journal.Hash `json:"root"`
	Total string       `json:"total"` // of the amounts, exactly
}

// Tree is a set with its lines.
type Tree struct {
	ids    []ident.ID
	lines  [][]byte
	leaves journal.Leaves
	total  *big.Rat
}

// Of makes the set of some members, in any order. What is said twice of one record is added up, and what comes to nothing
// is left out: it is not counted.
func Of(members []Member) (*Tree, error) {
	members = slices.Clone(members)
	slices.SortStableFunc(members, func(a, b Member) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	t := &Tree{total: new(big.Rat)}
	for len(members) > 0 {
		m := members[0]
		members = members[1:]
		for len(members) > 0 && members[0].ID == m.ID {
			m.Amount = new(big.Rat).Add(m.Amount, members[0].Amount)
			members = members[1:]
		}
		if m.Amount.Sign() == 0 {
			continue
		}
		line, err := m.Leaf()
		if err != nil {
			return nil, err
		}
		if err := t.leaves.Add(line); err != nil {
			return nil, err
		}
		t.ids, t.lines = append(t.ids, m.ID), append(t.lines, line)
		t.total.Add(t.total, m.Amount)
	}
	return t, nil
}

// Read makes a set of its lines. Faults: ErrNotALine, ErrOutOfOrder.
func Read(lines [][]byte) (*Tree, error) {
	t := &Tree{total: new(big.Rat)}
	for i, line := range lines {
		m, err := ParseLeaf(line)
		if err != nil {
			return nil, err
		}
		if i > 0 && bytes.Compare(t.ids[i-1][:], m.ID[:]) >= 0 {
			return nil, ErrOutOfOrder.With(int64(i + 1))
		}
		if err := t.leaves.Add(line); err != nil {
			return nil, err
		}
		t.ids, t.lines = append(t.ids, m.ID), append(t.lines, line)
		t.total.Add(t.total, m.Amount)
	}
	return t, nil
}

// Lines are the lines of the set, in order.
func (t *Tree) Lines() [][]byte { return t.lines }

// Total is the sum of the amounts.
func (t *Tree) Total() *big.Rat { return new(big.Rat).Set(t.total) }

// Set is what is published of it.
func (t *Tree) Set() (Set, error) {
	root, err := t.leaves.Root()
	return Set{int64(len(t.lines)), root, figure.DecimalText(t.total)}, err
}

// Recount computes size, root and total from lines alone, by another implementation of the tree, and says everything in which
// they are not those of the set. Faults: ErrNotALine, ErrOutOfOrder, ErrOtherSize, ErrOtherTotal, ErrOtherRoot.
func (s Set) Recount(lines [][]byte) error {
	var l fault.List
	if int64(len(lines)) != s.Size {
		l = append(l, ErrOtherSize.With(s.Size, int64(len(lines))))
	}
	total, before := new(big.Rat), ident.ID{}
	for i, line := range lines {
		m, err := ParseLeaf(line)
		if internal := l.Add(err); internal != nil {
			return internal
		}
		if err != nil {
			return l.Err() // what cannot be read cannot be added
		}
		if i > 0 && bytes.Compare(before[:], m.ID[:]) >= 0 {
			l = append(l, ErrOutOfOrder.With(int64(i+1)))
		}
		before = m.ID
		total.Add(total, m.Amount)
	}
	if stated, err := ParseAmount(s.Total); err != nil || stated.Cmp(total) != 0 {
		l = append(l, ErrOtherTotal.With(figure.DecimalText(total), s.Total))
	}
	root, err := journal.RootOf(slices.Values(lines))
	if err != nil {
		return err
	}
	if root != s.Root {
		l = append(l, ErrOtherRoot.With(root.String(), s.Root.String()))
	}
	return l.Err()
}

// Neighbour is a line with the proof of where it stands.
type Neighbour struct {
	Line      string            `json:"line"`
	Inclusion journal.Inclusion `json:"inclusion"`
}

// Place is where a record stands in a set: at its own line, or between two.
type Place struct {
	At     *Neighbour `json:"at,omitempty"`     // the record is counted
	Before *Neighbour `json:"before,omitempty"` // it is not: the line before where it would stand; none: it would be the first
	After  *Neighbour `json:"after,omitempty"`  // and the one after; none: it would be the last
}

// Index is the place of a record in the set, from 1; 0 where it is not counted.
func (t *Tree) Index(id ident.ID) int64 {
	if i, found := slices.BinarySearchFunc(t.ids, id, func(a, b ident.ID) int { return bytes.Compare(a[:], b[:]) }); found {
		return int64(i + 1)
	}
	return 0
}

// Place finds where a record stands, with the proof of it.
func (t *Tree) Place(id ident.ID) (p Place, err error) {
	i, found := slices.BinarySearchFunc(t.ids, id, func(a, b ident.ID) int { return bytes.Compare(a[:], b[:]) })
	if found {
		p.At, err = t.neighbour(i)
		return p, err
	}
	if i > 0 {
		if p.Before, err = t.neighbour(i - 1); err != nil {
			return p, err
		}
	}
	if i < len(t.ids) {
		p.After, err = t.neighbour(i)
	}
	return p, err
}

func (t *Tree) neighbour(i int) (*Neighbour, error) {
	inclusion, err := t.leaves.Prove(journal.Position(i + 1))
	return &Neighbour{string(t.lines[i]), inclusion}, err
}

// Verify checks that a record stands where Place says, and gives what it adds; nil, when it is proved not to be counted.
// Nothing is needed but the set as it was published. Fault: ErrNotPlaced.
func (p Place) Verify(s Set, id ident.ID) (*Member, error) {
	fails := func(why string, err error) (*Member, error) { return nil, ErrNotPlaced.Because(err, id.String(), why) }
	check := func(n *Neighbour) (Member, error) {
		m, err := ParseLeaf([]byte(n.Line))
		if err == nil && int64(n.Inclusion.Size) != s.Size {
			err = ErrOtherSize.With(s.Size, int64(n.Inclusion.Size))
		}
		if err == nil {
			err = n.Inclusion.Verify(s.Root, []byte(n.Line))
		}
		return m, err
	}
	switch {
	case p.At != nil:
		m, err := check(p.At)
		if err != nil || m.ID != id || p.Before != nil || p.After != nil {
			return fails("line", err)
		}
		return &m, nil
	case p.Before == nil && p.After == nil:
		if empty, err := journal.RootOf(slices.Values([][]byte(nil))); err != nil || s.Size != 0 || s.Root != empty {
			return fails("empty", err)
		}
		return nil, nil
	}
	at := int64(0)
	if p.Before != nil {
		m, err := check(p.Before)
		if err != nil || strings.Compare(m.ID.String(), id.String()) >= 0 {
			return fails("before", err)
		}
		at = int64(p.Before.Inclusion.Position)
	}
	if p.After == nil {
		if at != s.Size {
			return fails("last", nil)
		}
		return nil, nil
	}
	m, err := check(p.After)
	if err != nil || strings.Compare(id.String(), m.ID.String()) >= 0 || int64(p.After.Inclusion.Position) != at+1 {
		return fails("after", err)
	}
	return nil, nil
}
