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
	For        string // who had delegated it to Actor
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
	past, err := v.past(p, newest)
	if err != nil {
		return nil, err
	}
	slices.Reverse(past)
	var out []Version
	for _, r := range append(past, newest) {
		if r != newest && v.scope.allow(p.kind.Head(r).Unit, v.actor) != nil { // the newest has passed, and may not show its unit any more
			continue
		}
		if err := v.blind(p, r); err != nil {
			return nil, err
		}
		if err := v.mask(p, r); err != nil {
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

// past reads the versions before one, the newest first. By the primary key of the past table, bounded by versionsMax.
func (v *View) past(p *plan, version any) ([]any, error) {
	h := p.kind.Head(version)
	return p.read(v.tx, "SELECT "+p.all+", ended FROM "+p.kind.Code()+"_past WHERE row_no = ? AND ended <= ? ORDER BY began DESC LIMIT ?", h.Row, h.Began, int64(versionsMax))
}

// Reversal is a correction that a change would take back (撤销更正).
type Reversal struct {
	Version   int64   // whose content the change would bring back
	Corrected Version // the version that came after it
	Fields    []int   // that the change sets as they were; extra fields aside
}

// Reverses finds the correction that a change from one version of a record to the content next would take back: an earlier version
// that had everything which the change sets, as the change sets it; of several the newest. It is nil for a change that brings
// anything new. It reads nothing of a record that has never been changed.
func (v *View) Reverses(kind string, old, next any) (*Reversal, error) {
	p, err := v.book.plan(kind)
	if err != nil || p.kind.Head(old).Version < 2 {
		return nil, err
	}
	x := &Reversal{}
	for f := range p.fields {
		if !p.sameField(old, next, f) {
			x.Fields = append(x.Fields, f)
		}
	}
	is, was := p.kind.Head(next).Ext, p.kind.Head(old).Ext
	var extras []string
	for _, c := range append(is.Codes(), was.Codes()...) {
		if is[c] != was[c] {
			extras = append(extras, c)
		}
	}
	if len(x.Fields)+len(extras) == 0 {
		return nil, nil
	}
	earlier, err := v.past(p, old)
	if err != nil {
		return nil, err
	}
	after := old
	for _, r := range earlier {
		h := p.kind.Head(r)
		if v.scope.allow(h.Unit, v.actor) != nil {
			after = r
			continue
		}
		if err := v.blind(p, r); err != nil {
			return nil, err
		}
		differs := slices.ContainsFunc(x.Fields, func(f int) bool { return !p.sameField(r, next, f) }) ||
			slices.ContainsFunc(extras, func(c string) bool { return h.Ext[c] != is[c] })
		if !differs {
			x.Version = h.Version
			x.Corrected, err = v.describe(journal.Position(p.kind.Head(after).Began))
			x.Corrected.Record = after
			return x, err
		}
		after = r
	}
	return nil, nil
}

// Made tells of a version of a record who made it, when and why.
func (v *View) Made(kind string, r any) (Version, error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return Version{}, err
	}
	x, err := v.describe(journal.Position(p.kind.Head(r).Began))
	x.Record = r
	return x, err
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
	return Version{Position: at, RecordedAt: e.RecordedAt, DecidedAt: e.DecidedAt, Action: e.Action, Actor: e.Actor.Name, For: e.Actor.For, Via: e.Actor.Via, Reason: e.Reason}, nil
}

// Turned is a version of a record and the one that it replaced, nil for the first. Both are whole, whatever the actor may see: they are for
// writing back, not for showing.
type Turned struct{ Before, After any }

// Turned gives, in their order, the versions of a kind that began after one position and not after another, of records that units in the
// actor's scope owned then.
func (v *View) Turned(kind string, after, upTo journal.Position) (out []Turned, err error) {
	p, err := v.book.plan(kind)
	if err != nil {
		return nil, err
	}
	for at := int64(after); at < int64(upTo); {
		turns, through, err := p.turns(v.tx, at, int64(upTo))
		if err != nil {
			return nil, err
		}
		for _, t := range turns {
			if v.scope.allow(p.kind.Head(t.after).Unit, v.actor) == nil {
				out = append(out, Turned{t.before, t.after})
			}
		}
		at = through
	}
	return out, nil
}
