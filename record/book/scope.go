package book

import (
	"maps"
	"slices"
	"sync"

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
	order []string // of the units
}

// scopes are the subtrees of a day that were asked for, each found once. Whoever has one only reads it.
type scopes struct {
	mu sync.Mutex
	on period.Day
	of map[place.Unit]scope
}

// scopeOf finds the scope in the tree of units as it is known now.
func (s *surroundings) scopeOf(actor access.Actor, today period.Day) scope {
	if actor.Unit == "" {
		return scope{all: true}
	}
	s.scopes.mu.Lock()
	defer s.scopes.mu.Unlock()
	if s.scopes.on != today {
		s.scopes.on, s.scopes.of = today, map[place.Unit]scope{}
	}
	found, ok := s.scopes.of[actor.Unit]
	if !ok {
		found.units = map[place.Unit]bool{}
		for _, u := range s.units.On(actor.Unit, today) {
			found.units[u] = true
		}
		for _, u := range slices.Sorted(maps.Keys(found.units)) {
			found.order = append(found.order, string(u))
		}
		s.scopes.of[actor.Unit] = found
	}
	return found
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
	return append([]string{}, s.order...)
}

// where adds the scope to a query: the same predicate as allow.
func (s scope) where(w *store.Where, column string) {
	if s.all {
		return
	}
	values := make([]any, len(s.order))
	for i, u := range s.order {
		values[i] = u
	}
	w.In(column, values...)
}
