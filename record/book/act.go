package book

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anlan/ground/ident"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/canonical"
	"anlan/store/journal"
)

// Act is something that was done beside the records and must be known for ever all the same (操作留痕): that a password was set, that
// a session was ended. The journal holds that it was done, by whom, to which record, and why; never what was set.
type Act struct {
	Of     string // what it is an act of, where a kind of records has its code: login
	Action string
	About  ident.ID // the record that it concerns
	Reason string
}

// Enter runs do and enters the act in the journal, in one transaction: both or neither. at is the instant of the entry. The actor
// must be allowed to act before; Enter asks nothing.
func (b *Book) Enter(ctx context.Context, actor access.Actor, a Act, do func(tx *store.Tx, at time.Time) error) (journal.Position, error) {
	if actor.Name == "" || actor.Role.Code == "" {
		return 0, access.ErrNoActor.With()
	}
	if b.kinds[a.Of] != nil || a.Of == bookKind || a.Of == readingKind || a.Of == accountKind {
		return 0, fmt.Errorf("book: %q is no name for acts beside the records", a.Of)
	}
	if err := (&Change{Reason: a.Reason}).said(actor).Err(); err != nil {
		return 0, err
	}
	var position journal.Position
	err := b.db.InTx(ctx, func(tx *store.Tx) error {
		log, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		at := log.Stamp(b.clock.Now())
		if err := do(tx, at); err != nil {
			return err
		}
		body := encodeAct(actor, a, int64(log.Head().Size)+1, at, log.Behind())
		if position, err = log.Append(journal.Entry{Kind: a.Of, Record: a.About, Action: a.Action, Body: body}); err != nil {
			return err
		}
		return log.Flush()
	})
	return position, err
}

// WasDone is an act that the journal holds.
type WasDone struct {
	Position journal.Position `json:"position"`
	At       time.Time        `json:"at"`
	Action   string           `json:"action"`
	Name     string           `json:"name"`
	For      string           `json:"for,omitempty"` // who had delegated it to Name
	Role     string           `json:"role"`
	Via      string           `json:"via"`
	Address  string           `json:"address,omitempty"`
	Reason   string           `json:"reason,omitempty"`
}

// Acts gives the acts of a name about a record up to the view's position, the oldest first; whether the actor may see the record is the
// caller's question. It reads the whole journal: nobody asks every day.
func (v *View) Acts(of string, about ident.ID, do func(WasDone) error) error {
	rows, err := v.tx.Query("SELECT position, body FROM journal_entry WHERE kind = ? AND record_id = ? AND position <= ? ORDER BY position", of, about.String(), int64(v.At()))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		var body []byte
		if err := rows.Scan(&at, &body); err != nil {
			return err
		}
		var e envelope
		if err := json.Unmarshal(body, &e); err != nil {
			return fmt.Errorf("book: entry at position %d: %w", at, err)
		}
		if err := do(WasDone{journal.Position(at), e.RecordedAt, string(e.Action), e.Actor.Name, e.Actor.For, e.Actor.Role, e.Actor.Via, e.Actor.Address, e.Reason}); err != nil {
			return err
		}
	}
	return rows.Err()
}

// encodeAct is the entry, keys in order.
func encodeAct(actor access.Actor, a Act, position int64, at time.Time, behind time.Duration) []byte {
	body := canonical.AppendText([]byte(`{"action":`), a.Action)
	body = appendActor(append(body, `,"actor":`...), actor)
	if behind > 0 {
		body = appendNumber(body, "clock_behind_us", behind.Microseconds())
	}
	if !a.About.IsZero() {
		body = appendText(body, "id", a.About.String())
	}
	body = appendText(body, "kind", a.Of)
	body = appendNumber(body, "position", position)
	body = appendText(body, "reason", a.Reason)
	body = appendText(body, "recorded_at", at.Format(instantForm))
	return append(body, '}')
}
