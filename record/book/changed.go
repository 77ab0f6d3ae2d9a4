package book

import (
	"context"

	"anlan/ground/place"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
)

// Changed is what was entered between two positions: of which kinds, of which units the records are or were, and where the newest of each stands.
type Changed struct {
	Through journal.Position
	newest  map[string]map[place.Unit]journal.Position // by kind
}

// ChangedSince finds what was entered after a position, for whoever watches and for nobody in particular: a Sight says what of it somebody sees.
func (b *Book) ChangedSince(ctx context.Context, since journal.Position) (out Changed, err error) {
	out.newest = map[string]map[place.Unit]journal.Position{}
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		out.Through = head.Size
		var kinds []string
		rows, err := tx.Query("SELECT DISTINCT kind FROM journal_entry WHERE position > ?", int64(since))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind string
			if err := rows.Scan(&kind); err != nil {
				return err
			}
			if b.kinds[kind] != nil { // else: what was done beside the records
				kinds = append(kinds, kind)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		for _, kind := range kinds {
			if out.newest[kind], err = changedUnits(tx, kind, since); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// changedUnits are the units of the records of a kind that were entered after a position, before it and after it.
func changedUnits(tx *store.Tx, kind string, since journal.Position) (map[place.Unit]journal.Position, error) {
	rows, err := tx.Query("SELECT unit, max(entered) FROM (SELECT unit, began AS entered FROM "+kind+" WHERE began > ? UNION ALL SELECT unit, ended AS entered FROM "+kind+"_past WHERE ended > ?) q GROUP BY unit",
		int64(since), int64(since)) // by …_began and …_past_ended
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[place.Unit]journal.Position{}
	for rows.Next() {
		var unit string
		var newest int64
		if err := rows.Scan(&unit, &newest); err != nil {
			return nil, err
		}
		out[place.Unit(unit)] = journal.Position(newest)
	}
	return out, rows.Err()
}

// Sight is what an actor may see of changes: kinds that it may read, in its units, as both were when the sight was taken.
type Sight struct {
	kinds map[string]bool
	scope scope
}

// Sight takes that of the view's actor over a kind; empty is every kind that it may read.
func (v *View) Sight(kind string) (Sight, error) {
	s := Sight{kinds: map[string]bool{}, scope: v.scope}
	if kind != "" {
		p, err := v.book.plan(kind)
		if err != nil {
			return s, err
		}
		s.kinds[kind] = true
		return s, v.actor.Allow(access.Read, kind, p.kind.Label())
	}
	for _, p := range v.book.order {
		if v.actor.May(access.Read, p.kind.Code()) {
			s.kinds[p.kind.Code()] = true
		}
	}
	return s, nil
}

// Sees says whether anything in sight was entered after a position.
func (s Sight) Sees(c Changed, since journal.Position) bool {
	for kind, units := range c.newest {
		if !s.kinds[kind] {
			continue
		}
		for u, newest := range units {
			if newest > since && (s.scope.all || s.scope.units[u]) {
				return true
			}
		}
	}
	return false
}
