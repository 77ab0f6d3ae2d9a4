package book

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// View is one consistent snapshot of the book, as of a position, as an actor may see it.
type View struct {
	Head     journal.Head
	AsOf     journal.Position // 0: now
	Today    period.Day
	book     *Book
	tx       *store.Tx
	actor    access.Actor
	scope    scope
	accounts posting.Accounts
}

// Read opens a view for the time of see. asOf 0 is now.
func (b *Book) Read(ctx context.Context, actor access.Actor, asOf journal.Position, see func(*View) error) error {
	if actor.Name == "" {
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
	v := &View{AsOf: asOf, Today: period.DayAt(b.clock.Now()), book: b, tx: tx, actor: actor}
	var err error
	if v.Head, err = journal.HeadOf(tx); err != nil {
		return nil, err
	}
	if asOf > v.Head.Size {
		return nil, ErrPositionAhead.With(int64(asOf), int64(v.Head.Size))
	}
	if v.scope, err = b.scopeOf(tx, actor, b.clock.Now(), asOf); err != nil {
		return nil, err
	}
	v.accounts, err = posting.Load(tx)
	return v, err
}

// Tx is the snapshot's transaction, for packages that ask the tables themselves.
func (v *View) Tx() *store.Tx { return v.tx }

// At is the position that the view shows: AsOf, or the newest.
func (v *View) At() journal.Position {
	if v.AsOf == 0 {
		return v.Head.Size
	}
	return v.AsOf
}

// current reads the current version of a record with its rows; nil when there is none.
func (p *plan) current(tx *store.Tx, id ident.ID) (any, error) {
	r, err := p.oneOf(tx, p.selectCurrent, id.String())
	if err != nil || r == nil {
		return nil, err
	}
	return r, p.loadLists(tx, r, false)
}

func (p *plan) oneOf(tx *store.Tx, query string, args ...any) (any, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	r, err := p.kind.Load(rows.Values())
	if err != nil {
		return nil, err
	}
	return r, rows.Close()
}

// loadLists reads the rows of a version.
func (p *plan) loadLists(tx *store.Tx, r any, past bool) error {
	h := p.kind.Head(r)
	for i := range p.lists {
		l := &p.lists[i]
		query, args := l.selectCurrent, []any{h.ID.String()}
		if past {
			query, args = l.selectPast, append(args, h.Began)
		}
		rows, err := tx.Query(query, args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			if err := l.list.Append(r, rows.Values()); err != nil {
				rows.Close()
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Get is the record with an id as the view sees it.
func (v *View) Get(kind string, id ident.ID) (any, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	return v.one(p, id.String(), "id = ?", id.String())
}

// Row is the record with a row number, as a posting names it.
func (v *View) Row(kind string, row int64) (any, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	return v.one(p, fmt.Sprint(row), "row_no = ?", row)
}

// Find is the record, not withdrawn, with a natural key.
func (v *View) Find(kind string, key ...string) (any, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	var w store.Where
	for i, f := range p.kind.KeyFields() {
		if i >= len(key) {
			return nil, ErrNoRecord.With(p.kind.Label(), strings.Join(key, " "))
		}
		value, err := p.kind.Driver(p.index(f.Code), key[i])
		if err != nil {
			return nil, err
		}
		w.And(f.Column+" = ?", value)
	}
	w.And("state <> 'withdrawn'")
	return v.one(p, strings.Join(key, " "), strings.TrimPrefix(w.SQL(), " WHERE "), w.Args()...)
}

func (p *plan) index(code string) int {
	for i, f := range p.fields {
		if f.Code == code {
			return i
		}
	}
	return -1
}

func (v *View) one(p *plan, name, where string, args ...any) (any, error) {
	if err := v.actor.Allow(access.Read, p.kind.Code(), p.kind.Label()); err != nil {
		return nil, err
	}
	columns := strings.Join(p.columns, ", ")
	r, past := any(nil), false
	current := "SELECT " + columns + " FROM " + p.kind.Code() + " WHERE " + where
	if v.AsOf > 0 {
		current += " AND began <= ?"
		args = append(args, int64(v.AsOf))
	}
	r, err := p.oneOf(v.tx, current, args...)
	if err == nil && r == nil && v.AsOf > 0 {
		past = true
		r, err = p.oneOf(v.tx, p.selectPast+" WHERE "+where+" AND began <= ? AND ended > ?", append(args, int64(v.AsOf))...)
	}
	if err != nil {
		return nil, err
	}
	if r == nil || v.scope.allow(p.kind.Head(r).Unit, v.actor) != nil {
		return nil, ErrNoRecord.With(p.kind.Label(), name)
	}
	if err := p.loadLists(v.tx, r, past); err != nil {
		return nil, err
	}
	return r, p.blind(r, v.actor)
}

// Version is one version of a record with the entry that made it.
type Version struct {
	Record     any
	Position   journal.Position
	RecordedAt time.Time
	DecidedAt  time.Time
	Action     access.Action
	Actor      string
	Via        string
	Reason     string
}

// History gives every version of a record up to the view's position, the oldest first.
func (v *View) History(kind string, id ident.ID) ([]Version, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	newest, err := v.Get(kind, id) // scope is asked on the version that the view shows
	if err != nil {
		return nil, err
	}
	var out []Version
	rows, err := v.tx.Query(p.selectPast+" WHERE row_no = ? AND ended <= ? ORDER BY began", p.kind.Head(newest).Row, int64(v.At()))
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		r, err := p.kind.Load(rows.Values())
		if err != nil {
			rows.Close()
			return nil, err
		}
		out = append(out, Version{Record: r})
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	for i := range out {
		if err := p.loadLists(v.tx, out[i].Record, true); err != nil {
			return nil, err
		}
		if err := p.blind(out[i].Record, v.actor); err != nil {
			return nil, err
		}
	}
	out = append(out, Version{Record: newest})
	for i := range out {
		out[i].Position = journal.Position(p.kind.Head(out[i].Record).Began)
		if err := v.describe(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// describe reads who, when and why from the entry of a version.
func (v *View) describe(x *Version) error {
	var body []byte
	found, err := v.tx.QueryRow([]any{&body}, "SELECT body FROM journal_entry WHERE position = ?", int64(x.Position))
	if err != nil {
		return err
	}
	var e struct {
		Action     access.Action `json:"action"`
		Actor      struct{ Name, Via string }
		Reason     string    `json:"reason"`
		RecordedAt time.Time `json:"recorded_at"`
		DecidedAt  time.Time `json:"decided_at"`
	}
	if !found {
		return fmt.Errorf("book: there is no entry at position %d", x.Position)
	}
	if err := json.Unmarshal(body, &e); err != nil {
		return fmt.Errorf("book: entry at position %d: %w", x.Position, err)
	}
	x.Action, x.Actor, x.Via, x.Reason = e.Action, e.Actor.Name, e.Actor.Via, e.Reason
	x.RecordedAt, x.DecidedAt = e.RecordedAt, e.DecidedAt
	return nil
}

// Sees says whether the view's actor may see values of a field.
func (v *View) Sees(kind record.Of, f int) bool { return v.actor.Sees(kind.Fields()[f].Sensitivity) }

// UnitTree is the tree of units as the view knows it.
func (v *View) UnitTree() (place.Tree[place.Unit], error) {
	return v.book.trees.Units(v.tx, v.AsOf)
}
