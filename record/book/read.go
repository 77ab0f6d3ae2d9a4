package book

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
)

// View is one consistent snapshot of the book, as of a position, as an actor may see it. It belongs to one goroutine.
type View struct {
	Head     journal.Head
	AsOf     journal.Position // 0: now
	Today    period.Day
	book     *Book
	tx       *store.Tx
	actor    access.Actor
	scope    scope
	units    place.Tree[place.Unit] // as known at the position
	around   *surroundings
	folded   *journal.Position // nil: not asked yet
	counts   *counts           // nil: what it counts may be taken back, and is not remembered
	recorded map[kindYear]bool // what RecordedBy has found
	given    map[*plan]*given  // what it gave, of a reading that is recorded; else nil
	masks    bool              // numbers of persons are masked
	masked   bool              // some were
}

// Read opens a view for the time of see. asOf 0 is now.
func (b *Book) Read(ctx context.Context, actor access.Actor, asOf journal.Position, see func(*View) error) error {
	if actor.Name == "" || actor.Role.Code == "" {
		return access.ErrNoActor.With()
	}
	return b.db.Read(ctx, func(tx *store.Tx) error {
		v, err := b.view(tx, actor, asOf)
		if err != nil {
			return err
		}
		return see(v)
	})
}

func (b *Book) view(tx *store.Tx, actor access.Actor, asOf journal.Position) (*View, error) {
	v := &View{AsOf: asOf, Today: period.DayAt(b.clock.Now()), book: b, tx: tx, actor: actor, recorded: map[kindYear]bool{}, counts: b.counts}
	var err error
	if v.Head, err = journal.HeadOf(tx); err != nil {
		return nil, err
	}
	if asOf > v.Head.Size || asOf < 0 {
		return nil, ErrPositionAhead.With(int64(asOf), int64(v.Head.Size))
	}
	if v.around, err = b.surroundings(tx, true); err != nil {
		return nil, err
	}
	v.scope, v.units = v.around.scopeOf(actor, v.Today), v.around.units
	if asOf > 0 {
		if v.units, err = b.trees.Units(tx, asOf); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// Tx is the snapshot's transaction, for packages that ask the tables themselves.
func (v *View) Tx() *store.Tx { return v.tx }

// Kinds lists the kinds of the book.
func (v *View) Kinds() []record.Of { return v.book.Kinds() }

// At is the position that the view shows: AsOf, or the newest.
func (v *View) At() journal.Position {
	if v.AsOf == 0 {
		return v.Head.Size
	}
	return v.AsOf
}

// UnitTree is the tree of units as the view knows it.
func (v *View) UnitTree() (place.Tree[place.Unit], error) { return v.units, nil }

// Allow refuses a unit of which the actor may not have figures: one that does not exist, or is not under its own.
func (v *View) Allow(u place.Unit) error {
	if !v.units.Has(u) {
		return ErrNoSuchUnit.With(string(u))
	}
	return v.scope.allow(u, v.actor)
}

// PlaceTree is the tree of places as the view knows it.
func (v *View) PlaceTree() (place.Tree[place.Code], error) {
	if v.AsOf == 0 {
		return v.around.places, nil
	}
	return v.book.trees.Places(v.tx, v.AsOf)
}

// Sees says whether the view's actor may see values of a field.
func (v *View) Sees(kind record.Of, f int) bool { return v.actor.Sees(kind.Fields()[f].Sensitivity) }

// Extras lists the extra fields of a kind that the actor may see, those that are retired aside.
func (v *View) Extras(kind string) (record.Extras, error) {
	var out record.Extras
	for _, x := range v.around.extras[kind] {
		if !x.Retired && v.actor.Sees(x.Sensitivity) {
			out = append(out, x)
		}
	}
	return out, nil
}

// Get is the record with an id as the view sees it.
func (v *View) Get(kind string, id ident.ID) (any, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	// The row number stands with the current row, which every record has; past rows are found by it.
	return v.one(p, id.String(), "row_no = (SELECT row_no FROM "+kind+" WHERE id = ?)", id.String())
}

// Row is the record with a row number, as a posting names it.
func (v *View) Row(kind string, row int64) (any, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	return v.one(p, fmt.Sprint(row), "row_no = ?", row)
}

// Find is the record, not withdrawn, with a natural key, in office writing.
func (v *View) Find(kind string, key ...string) (any, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	name := strings.Join(key, " ")
	fields := p.kind.KeyFields()
	if len(fields) == 0 || len(fields) != len(key) {
		return nil, ErrNoRecord.With(p.kind.Label(), name)
	}
	var w store.Where
	for i, f := range fields {
		value, err := p.kind.Driver(p.index(f.Code), key[i])
		if err != nil {
			return nil, err
		}
		w.And(f.Column+" = ?", value)
	}
	w.And("state <> 'withdrawn'")
	return v.one(p, name, strings.TrimPrefix(w.SQL(), " WHERE "), w.Args()...)
}

// FindAny is Find, or where no record has the key now, the withdrawn record that had it last: to see what became of it.
func (v *View) FindAny(kind string, key ...string) (any, error) {
	r, missing := v.Find(kind, key...)
	if missing == nil || !errors.Is(missing, ErrNoRecord) {
		return r, missing
	}
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	s := selection{down: true}
	if len(p.key) != len(key) {
		return nil, missing
	}
	for i, f := range p.kind.KeyFields() {
		value, err := p.kind.Driver(p.index(f.Code), key[i])
		if err != nil {
			return nil, err
		}
		s.where.And(f.Column+" = ?", value)
	}
	s.where.And("state = 'withdrawn'")
	v.scope.where(&s.where, "unit")
	found, err := v.page(p, s, 1)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, missing
	}
	return found[0], v.mask(p, found[0])
}

// one reads the one record that a condition finds, its version as of the position, if the actor may.
func (v *View) one(p *plan, name, where string, args ...any) (any, error) {
	if err := v.actor.Allow(access.Read, p.kind.Code(), p.kind.Label()); err != nil {
		return nil, err
	}
	query := "SELECT " + p.all + endedNow + " FROM " + p.kind.Code() + " WHERE (" + where + ")"
	if v.AsOf > 0 {
		at := int64(v.AsOf)
		query += " AND began <= ? UNION ALL SELECT " + p.all + ", ended FROM " + p.kind.Code() + "_past WHERE (" + where + ") AND began <= ? AND ended > ?"
		args = append(append(append(args[:len(args):len(args)], at), args...), at, at)
	}
	r, err := p.one(v.tx, query, args...)
	if err != nil {
		return nil, err
	}
	if r == nil || v.scope.allow(p.kind.Head(r).Unit, v.actor) != nil {
		return nil, ErrNoRecord.With(p.kind.Label(), name)
	}
	v.gave(p, r)
	if err := v.blind(p, r); err != nil {
		return nil, err
	}
	return r, v.mask(p, r)
}

// blind makes absent what the actor may not see.
func (v *View) blind(p *plan, r any) error {
	return p.blind(r, v.actor, v.around.extras[p.kind.Code()])
}

// mask masks the numbers of persons in a record that is given, where the reading gave no reason to see them.
func (v *View) mask(p *plan, r any) error {
	if !v.masks {
		return nil
	}
	some, err := record.Mask(p.kind, r, v.around.extras[p.kind.Code()])
	v.masked = v.masked || some
	return err
}

// Masked says whether numbers of persons were masked in what the view gave until now.
func (v *View) Masked() bool { return v.masked }

// ByID finds the kind and record of an id whose kind is not known, by asking every kind.
func (v *View) ByID(id ident.ID) (record.Of, any, error) {
	for _, p := range v.book.order {
		r, err := v.Get(p.kind.Code(), id)
		if err == nil {
			return p.kind, r, nil
		}
		if kind, ok := fault.KindOf(err); !ok || kind != fault.NotFound && kind != fault.Denied {
			return nil, nil, err
		}
	}
	return nil, nil, ErrNoRecord.With(lang.Of("记录", "record"), id)
}
