package book

import (
	"slices"

	"anlan/store/journal"
)

// order follows the positions that the entries say they have. In a sound journal each says the place at which it stands.
// Where they part, what is said tells what was done: two entries that changed places say each other's, and those behind a cut
// all say more than their place, by as many as were cut out.
type order struct {
	next    int64          // what the next entry says when nothing is wrong
	missing []span         // positions that were passed over and that no entry has said since
	doubled map[int64]bool // positions that more than one entry says
	runs    []run
	last    int64 // place seen
}

// span is some positions, both ends included.
type span struct{ from, to int64 }

// run is entries in a row that stand equally far from where they say.
type run struct {
	span       // of their places
	by   int64 // what they say, less their place
}

// spansMax bounds what is kept of a journal in disorder; it is told from the first of it.
const spansMax = 10_000

func (o *order) look(at, says int64) {
	o.last = at
	if by := says - at; by != 0 {
		if n := len(o.runs); n > 0 && o.runs[n-1].by == by && o.runs[n-1].to == at-1 {
			o.runs[n-1].to = at
		} else if n < spansMax {
			o.runs = append(o.runs, run{span{at, at}, by})
		}
	}
	switch {
	case says >= o.next:
		o.pass(says - 1)
		o.next = says + 1
	case !o.take(says) && len(o.doubled) < spansMax:
		if o.doubled == nil {
			o.doubled = map[int64]bool{}
		}
		o.doubled[says] = true
	}
}

// pass notes that nobody has said the positions up to one.
func (o *order) pass(upTo int64) {
	if upTo >= o.next && len(o.missing) < spansMax {
		o.missing = append(o.missing, span{o.next, upTo})
	}
}

// take takes a position out of those that nobody has said; false when it is none of them.
func (o *order) take(p int64) bool {
	i := o.find(p)
	if i < 0 {
		return false
	}
	s := o.missing[i]
	var rest []span
	if s.from < p {
		rest = append(rest, span{s.from, p - 1})
	}
	if p < s.to {
		rest = append(rest, span{p + 1, s.to})
	}
	o.missing = slices.Replace(o.missing, i, i+1, rest...)
	return true
}

// find is the span of missing positions that holds one; they are in order.
func (o *order) find(p int64) int {
	i, found := slices.BinarySearchFunc(o.missing, p, func(s span, p int64) int {
		switch {
		case s.to < p:
			return -1
		case s.from > p:
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}

// lacks says whether no entry says that it is this one.
func (o *order) lacks(p int64) bool { return o.find(p) >= 0 }

// elsewhere says whether the entry that stands at a place says that it is another, or the one that says it is this stands at
// another place.
func (o *order) elsewhere(p int64) bool {
	return slices.ContainsFunc(o.runs, func(r run) bool {
		return r.from <= p && p <= r.to || r.from+r.by <= p && p <= r.to+r.by
	})
}

// movedMax bounds how many entries of one run are named.
const movedMax = 10

// end tells what was done to the order of the entries of a journal of this size.
func (o *order) end(size int64, v *Verification) {
	o.pass(max(size, o.last))
	for _, r := range o.runs {
		switch {
		case o.doubled[r.from+r.by] && o.doubled[r.to+r.by]: // copies of others, which have no version of their own
		case r.by > 0 && o.lacks(r.from):
			v.add(ErrEntriesCut.With(r.from, r.by))
		case r.by < 0 && o.lacks(r.to):
			v.add(ErrEntriesSlippedIn.With(r.from, -r.by))
		default:
			for p := r.from; p <= min(r.to, r.from+movedMax-1); p++ {
				v.add(ErrEntryMoved.With(journal.Position(p), journal.Position(p+r.by)))
			}
		}
	}
}
