package book

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
)

// Change is one change of one record, whatever door it came through.
type Change struct {
	Kind   string
	ID     ident.ID      // zero: a new record
	Expect int64         // the version that the change was made on; 0 for a new record
	Action access.Action // Create, Register, Edit, Withdraw, or the code of a transition
	State  record.State  // Register only: the state in which the record is entered
	// Record is the whole content, the kind's *T: for Create, Register and Edit; for a transition, fields that it sets,
	// or nil to leave the content as it is. The head of it is not looked at, but for unit and place.
	Record    any
	Reason    string
	DecidedAt time.Time // when it was decided on the device; zero: now
	Key       string    // idempotency key of the actor; empty: none
}

// Done says what a change became.
type Done struct {
	ID       ident.ID
	Row      int64
	Version  int64
	Position journal.Position // of the version; for an edit that changed nothing, of the version that stands
	Same     bool             // nothing was changed, or the same key had done it before
}

// changesMax bounds the changes of one Apply, which are held in memory and under one lock.
const changesMax = 200_000

// ErrTooManyChanges is what Apply says beyond the bound.
var ErrTooManyChanges = fault.Define("book.too_many_changes", fault.TooLarge,
	"一次最多%d项改动，这次有%d项", "at most %d changes go in at once; these are %d")

// Apply makes all the changes, in order, in one transaction, or none: it is the only way to write. With several changes,
// a fault's Where.Row is the number of the change, from 1, and all faults are answered at once.
func (b *Book) Apply(ctx context.Context, actor access.Actor, changes []Change) ([]Done, error) {
	if len(changes) > changesMax {
		return nil, ErrTooManyChanges.With(changesMax, len(changes))
	}
	if err := b.prepare(actor, changes); err != nil {
		return nil, err
	}
	var done []Done
	err := b.db.InTx(ctx, func(tx *store.Tx) error {
		w, err := b.begin(tx, actor)
		if err != nil {
			return err
		}
		done, err = w.all(changes)
		return err
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}

// prepare finds, before the lock, what is wrong with changes that do not depend on what is stored.
func (b *Book) prepare(actor access.Actor, changes []Change) error {
	var faults fault.List
	now := b.clock.Now()
	for i := range changes {
		err := b.prepareOne(actor, &changes[i], now)
		if internal := faults.Add(atChange(err, i, len(changes))); internal != nil {
			return internal
		}
	}
	return faults.Err()
}

func (b *Book) prepareOne(actor access.Actor, c *Change, now time.Time) error {
	p, err := b.plan(c.Kind)
	if err != nil {
		return err
	}
	if err := actor.Allow(c.Action, c.Kind, p.kind.Label()); err != nil {
		return err
	}
	switch c.Action {
	case access.Create, access.Register, access.Edit:
		if c.Record == nil {
			return ErrNoContent.With(string(c.Action))
		}
	case access.Withdraw:
		if c.Reason == "" {
			return record.ErrNoReason.With(string(access.Withdraw))
		}
	}
	if c.Action == access.Register {
		if err := knownState(p.kind, c.State); err != nil {
			return err
		}
	}
	if c.Record == nil {
		return nil
	}
	c.Record = p.kind.Clone(c.Record) // the caller keeps its own; derived fields are ours
	return p.kind.Check(c.Record, moment(now, actor, "").Today).Err()
}

func knownState(k record.Of, s record.State) error {
	zh, en := "", ""
	for _, x := range k.States() {
		if x.State == record.Withdrawn {
			continue
		}
		if x.State == s {
			return nil
		}
		zh, en = zh+"、"+x.Label.Zh, en+", "+string(x.State)
	}
	return ErrBadState.With(k.Label(), string(s), textOf(zh, en))
}

// atChange puts the number of the change on its faults when there are several.
func atChange(err error, i, n int) error {
	if n == 1 {
		return err
	}
	return fault.At(err, fault.Where{Row: i + 1})
}

// requestHash names the request behind an idempotency key.
func (p *plan) requestHash(c *Change) [32]byte {
	buf := fmt.Appendf(nil, "%s\n%s\n%d\n%s\n%s\n%s\n", c.Kind, c.ID, c.Expect, c.Action, c.State, c.Reason)
	if c.Record != nil {
		plain := func(string, *[saltBytes]byte) error { return nil }
		buf, _, _ = p.content(buf, c.Record, 0, plain, nil) // a salter that cannot fail
	}
	return sha256.Sum256(buf)
}
