package book

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anlan/ground/ident"
	"anlan/record/access"
	"anlan/store/journal"
)

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

// versionsMax bounds a history: the newest so many versions before the one that the view shows.
const versionsMax = 1_000

// History gives the versions of a record up to the view's position, the oldest first. Each passes the same gate as a
// record in a list: versions of a time at which a unit outside the actor's scope owned it are not among them, and hidden
// fields are absent.
func (v *View) History(kind string, id ident.ID) ([]Version, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	newest, err := v.Get(kind, id)
	if err != nil {
		return nil, err
	}
	past, err := p.read(v.tx, "SELECT "+p.all+", ended FROM "+kind+"_past WHERE row_no = ? AND ended <= ? ORDER BY began DESC LIMIT ?",
		p.kind.Head(newest).Row, p.kind.Head(newest).Began, int64(versionsMax))
	if err != nil {
		return nil, err
	}
	slices.Reverse(past)
	var out []Version
	for _, r := range append(past, newest) {
		if v.scope.allow(p.kind.Head(r).Unit, v.actor) != nil {
			continue
		}
		if err := v.blind(p, r); err != nil {
			return nil, err
		}
		x, err := v.describe(journal.Position(p.kind.Head(r).Began))
		if err != nil {
			return nil, err
		}
		x.Record = r
		out = append(out, x)
	}
	return out, nil
}

// describe reads who, when and why from the entry of a version.
func (v *View) describe(at journal.Position) (Version, error) {
	entry, err := journal.EntryAt(v.tx, at)
	if err != nil {
		return Version{}, err
	}
	var e envelope
	if err := json.Unmarshal(entry.Body, &e); err != nil {
		return Version{}, fmt.Errorf("book: entry at position %d: %w", at, err)
	}
	return Version{Position: at, RecordedAt: e.RecordedAt, DecidedAt: e.DecidedAt, Action: e.Action, Actor: e.Actor.Name, Via: e.Actor.Via, Reason: e.Reason}, nil
}
