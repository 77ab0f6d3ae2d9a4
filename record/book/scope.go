package book

import (
	"time"

	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
)

// scope is the units that an actor acts for: the subtree of its unit as it stands today. An actor without a unit (the
// local administrator) acts for the whole book.
type scope struct {
	tree  place.Tree[place.Unit]
	all   bool
	units map[place.Unit]bool
}

func (b *Book) scopeOf(tx *store.Tx, actor access.Actor, now time.Time, asOf journal.Position) (scope, error) {
	tree, err := b.trees.Units(tx, asOf)
	if err != nil {
		return scope{}, err
	}
	s := scope{tree: tree, all: actor.Unit == "", units: map[place.Unit]bool{}}
	if !s.all {
		for _, u := range tree.On(actor.Unit, period.DayAt(now)) {
			s.units[u] = true
		}
	}
	return s, nil
}

// allow is a fault when the unit is outside.
func (s scope) allow(u place.Unit, a access.Actor) error {
	if s.all || s.units[u] {
		return nil
	}
	return access.ErrOutOfScope.With(string(u), a.Name)
}

// where adds the scope to a query: the same predicate as allow.
func (s scope) where(w *store.Where, column string) {
	if s.all {
		return
	}
	values := make([]any, 0, len(s.units))
	for u := range s.units {
		values = append(values, string(u))
	}
	w.In(column, values...)
}
