package journal

import (
	"math/bits"
	"slices"

	"anlan/ground/fault"
)

// inquest finds out, where a stored hash and what was computed differ, which of the two is true. It carries both as
// candidates up the tree; the first hash above (a stored node, the head, a signed checkpoint) that fits one of them
// decides all the doubts below it. A body that was edited, a leaf hash that was altered, a node that was altered, and
// a body that was changed together with its hash are told apart in this way, in any number and mixture.
type inquest struct {
	stack []subtree // perfect subtrees, widest first
}

// subtree is what the root of a perfect subtree may be: one candidate when nothing is in doubt.
type subtree []candidate

// candidate is a possible hash of a subtree, and what is the case if it is the true one.
type candidate struct {
	hash     Hash
	verdicts []verdict
}

// verdict is an answer to a doubt.
type verdict struct {
	first, last Position // entries that the hash covers
	level       int
	storedTrue  bool // what is stored is true and what is computed is not
}

func (v verdict) fault() *fault.Fault {
	switch {
	case v.level == 0 && v.storedTrue:
		return errEdited.With(v.last)
	case v.level == 0:
		return errLeafAltered.With(v.last)
	case v.storedTrue:
		return errSpanChanged.With(v.first, v.last)
	}
	return errNodeAltered.With(v.last, v.level)
}

// candidatesMax bounds what is carried: beyond it doubts stay open and are told as such in the end.
const candidatesMax = 64

// newInquest begins with the subtrees that are known to be right.
func newInquest(right [][]byte) *inquest {
	q := &inquest{}
	for _, h := range right {
		q.stack = append(q.stack, subtree{candidate{hash: Hash(h)}})
	}
	return q
}

// entry adds a row whose stored hashes are complete, and gives what has been decided by it.
func (q *inquest) entry(p Position, leaf Hash, hashes []byte) []verdict {
	at, decided := subtree{{hash: leaf}}.compare(p, 0, Hash(hashes), nil)
	for level := 1; level <= bits.TrailingZeros64(uint64(p)); level++ {
		left := q.stack[len(q.stack)-1]
		q.stack = q.stack[:len(q.stack)-1]
		at, decided = cross(left, at).compare(p, level, Hash(hashes[level*hashBytes:]), decided)
	}
	q.stack = append(q.stack, at)
	return decided
}

// compare holds the candidates of a node against the hash that is stored for it.
func (s subtree) compare(p Position, level int, stored Hash, decided []verdict) (subtree, []verdict) {
	for _, c := range s {
		if c.hash == stored {
			return subtree{{hash: stored}}, append(decided, c.verdicts...)
		}
	}
	doubt := verdict{first: p - 1<<level + 1, last: p, level: level}
	for i := range s {
		s[i].verdicts = join(s[i].verdicts, []verdict{doubt})
	}
	doubt.storedTrue = true
	return append(s, candidate{stored, []verdict{doubt}}), decided
}

// cross are the parents that two nodes may have.
func cross(left, right subtree) (parents subtree) {
	for _, l := range left {
		for _, r := range right {
			if len(parents) == candidatesMax {
				return parents
			}
			parents = append(parents, candidate{Hash(nodeHash(l.hash[:], r.hash[:])), join(l.verdicts, r.verdicts)})
		}
	}
	return parents
}

func join(a, b []verdict) []verdict { return append(a[:len(a):len(a)], b...) }

// root compares the roots that the whole tree may have with one that is known, and settles the doubts when one fits.
func (q *inquest) root(known Hash) (decided []verdict, fits bool) {
	if len(q.stack) == 0 {
		return nil, known == emptyRoot
	}
	all := q.stack[len(q.stack)-1]
	for i := len(q.stack) - 2; i >= 0; i-- {
		all = cross(q.stack[i], all)
	}
	for _, c := range all {
		if c.hash == known {
			q.adopt(c.verdicts)
			return c.verdicts, true
		}
	}
	return nil, false
}

// adopt keeps in each subtree the candidate that goes with the verdicts.
func (q *inquest) adopt(verdicts []verdict) {
	for i, s := range q.stack {
		for _, c := range s {
			if agree(c.verdicts, verdicts) {
				q.stack[i] = subtree{{hash: c.hash}}
				break
			}
		}
	}
}

func agree(some, all []verdict) bool {
	for _, v := range some {
		if !slices.Contains(all, v) {
			return false
		}
	}
	return true
}

// edge says whether a right edge is one that the tree may have.
func (q *inquest) edge(known []byte) bool {
	if len(known) != len(q.stack)*hashBytes {
		return false
	}
	for i, s := range q.stack {
		at := Hash(known[i*hashBytes:])
		if !slices.ContainsFunc(s, func(c candidate) bool { return c.hash == at }) {
			return false
		}
	}
	return true
}

// open are the doubts that nothing decided: of a changed span only the lowest node.
func (q *inquest) open() (faults fault.List) {
	for _, s := range q.stack {
		covered := Position(0)
		for _, v := range s[0].verdicts { // of the candidate that is all computed: every doubt, the lowest first
			switch {
			case v.level == 0:
				faults = append(faults, errUnsettled.With(v.last))
			case v.first > covered:
				faults = append(faults, errSpanChanged.With(v.first, v.last))
			}
			covered = max(covered, v.last)
		}
	}
	return faults
}
