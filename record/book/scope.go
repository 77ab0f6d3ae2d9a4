package book

import (
	"maps"
	"slices"

	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/store"
)

// scope is the units that an actor acts for: the subtree of its unit as it stands today, whatever position is looked at:
// a right that has gone is not got back by asking for the past. An actor without a unit (the local administrator) acts
// for the whole book.
type scope struct {
	all   bool
	units map[place.Unit]bool
}

// scopeOf finds the scope in the tree of units as it is known now.
func scopeOf(tree place.Tree[place.Unit], actor access.Actor, today period.Day) scope {
	if actor.Unit == "" {
		return scope{all: true}
	}
	s := scope{units: map[place.Unit]bool{}}
	for _, u := range tree.On(actor.Unit, today) {
		s.units[u] = true
	}
	return s
}

// allow is a fault when the unit is outside.
func (s scope) allow(u place.Unit, a access.Actor) error {
	if s.all || s.units[u] {
		return nil
	}
	return access.ErrOutOfScope.With(string(u), a.Name)
}

// within lists the units of the scope, in order; nil is every unit.
func (s scope) within() []string {
	if s.all {
		return nil
	}
	out := make([]string, 0, len(s.units))
	for _, u := range slices.Sorted(maps.Keys(s.units)) {
		out = append(out, string(u))
	}
	return out
}

// where adds the scope to a query: the same predicate as allow.
func (s scope) where(w *store.Where, column string) {
	if s.all {
		return
	}
	var values []any
	for _, u := range s.within() {
		values = append(values, u)
	}
	w.In(column, values...)
}
