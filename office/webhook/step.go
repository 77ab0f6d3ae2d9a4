package webhook

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/seal"
)

// Did says what a Step did.
type Did struct{ Found, Sent, Failed int }

// Bounds of a step.
const (
	entriesAtOnce = 2_000 // of the journal, looked through in one transaction
	lettersAtOnce = 64    // sent in one step
	ofOneHook     = 16    // of which so many of one hook, so that one who does not answer holds up nobody
	sendersAtOnce = 8
	lease         = 2 * time.Minute // for which a letter is one process's to send
	sentKept      = 7 * 24 * time.Hour
	deadKept      = 90 * 24 * time.Hour
)

// waits are how long a letter that was not taken waits for the next time; after the last it is dead.
var waits = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

// Step looks for what happened since the last time and sends what is due. It does a bounded piece: whoever gets anything done asks again.
func (h *Hooks) Step(ctx context.Context) (did Did, err error) {
	if did.Found, err = h.look(ctx); err != nil {
		return did, err
	}
	letters, err := h.take(ctx)
	if err != nil {
		return did, err
	}
	results := make([]bool, len(letters))
	errs := make([]error, len(letters))
	var wait sync.WaitGroup
	slots := make(chan struct{}, sendersAtOnce)
	for i := range letters {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			results[i], errs[i] = h.deliver(ctx, &letters[i])
		})
	}
	wait.Wait()
	for i := range letters {
		switch {
		case errs[i] != nil:
			return did, errs[i]
		case results[i]:
			did.Sent++
		default:
			did.Failed++
		}
	}
	return did, nil
}

// pause is how long Run waits when nothing was to be done; whoever has written wakes it at once.
const pause = 5 * time.Second

// Run steps until ctx ends. stirred tells that something was written.
func (h *Hooks) Run(ctx context.Context, stirred <-chan struct{}, log *slog.Logger) {
	for ctx.Err() == nil {
		did, err := h.Step(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("webhooks failed", "part", "webhook", "error", err.Error())
		}
		if err == nil && did.Found+did.Sent > 0 {
			continue
		}
		wait, cancel := context.WithTimeout(ctx, pause)
		select {
		case <-wait.Done():
		case <-stirred:
		}
		cancel()
	}
}

// sender is a hook that sends.
type sender struct {
	*Hook
	secret   []byte // sealed
	position int64
}

// senders are the hooks that are active and have a secret, read as the book itself knows them.
func (h *Hooks) senders(tx *store.Tx) (out []sender, err error) {
	rows, err := tx.Query(`SELECT h.id, h.unit, h.name, h.url, coalesce(h.own_host, ''), coalesce(h.target, ''), coalesce(h.actions, ''), h.clearance, s.secret, s.position
FROM webhook_sender s JOIN webhook h ON h.id = s.hook_id WHERE h.state = ? ORDER BY h.name`, string(Active))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		x := sender{Hook: &Hook{}}
		if err := rows.Scan(&x.ID, &x.Unit, &x.Name, &x.URL, &x.OwnHost, &x.Target, &x.Actions, &x.Clearance, &x.secret, &x.position); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// look turns entries of the journal into letters, a piece for each hook that is behind. Most of the time nobody is, which one
// reading finds.
func (h *Hooks) look(ctx context.Context) (found int, err error) {
	behind := false
	err = h.book.DB().Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		all, err := h.senders(tx)
		for _, s := range all {
			behind = behind || s.position < int64(head.Size)
		}
		return err
	})
	if err != nil || !behind {
		return 0, err
	}
	now := h.clock.Now()
	err = h.book.DB().InTx(ctx, func(tx *store.Tx) error {
		found = 0
		all, err := h.senders(tx)
		if err != nil {
			return err
		}
		for _, s := range all {
			n, err := h.lookFor(tx, s, now)
			if err != nil {
				return err
			}
			found += n
		}
		_, err = tx.Exec(`DELETE FROM webhook_letter WHERE state = 'sent' AND at < ? OR state = 'dead' AND at < ?`, now.Add(-sentKept).UnixMicro(), now.Add(-deadKept).UnixMicro()) // by webhook_letter_at
		return err
	})
	return found, err
}

// lookFor looks through the next entries for one hook, by journal_entry_key, and says how many it looked at.
func (h *Hooks) lookFor(tx *store.Tx, s sender, now time.Time) (looked int, err error) {
	rows, err := tx.Query(`SELECT position, kind, action, coalesce(record_id, '') FROM journal_entry WHERE position > ? ORDER BY position LIMIT ?`, s.position, int64(entriesAtOnce))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var letters []any
	through := s.position
	for rows.Next() {
		var kind, action, id string
		if err := rows.Scan(&through, &kind, &action, &id); err != nil {
			return 0, err
		}
		looked++
		if id != "" && h.kinds[kind] != nil && s.wants(kind, action) {
			letters = append(letters, through)
		}
	}
	if err := rows.Err(); err != nil || looked == 0 {
		return 0, err
	}
	rows.Close()
	_, err = tx.InsertRows("webhook_letter", []string{"hook_id", "position", "state", "attempts", "at", "status", "why"}, func(yield func([]any) bool) {
		for _, at := range letters {
			if !yield([]any{s.ID.String(), at, "due", int64(0), now.UnixMicro(), int64(0), ""}) {
				return
			}
		}
	})
	if err == nil {
		_, err = tx.Exec(`UPDATE webhook_sender SET position = ? WHERE hook_id = ?`, through, s.ID.String())
	}
	return looked, err
}

// taken is a letter that this process sends now.
type taken struct {
	sender
	at       journal.Position
	attempts int64
}

// take takes letters that are due, so that for a while no other process does.
func (h *Hooks) take(ctx context.Context) (out []taken, err error) {
	now := h.clock.Now()
	waiting := false
	due := `SELECT position, attempts FROM webhook_letter WHERE hook_id = ? AND state = 'due' AND at <= ? ORDER BY position LIMIT ?` // by webhook_letter_key
	err = h.book.DB().Read(ctx, func(tx *store.Tx) error {
		var one int64
		var err error
		waiting, err = tx.QueryRow([]any{&one}, `SELECT 1 FROM webhook_letter WHERE state = 'due' AND at <= ? LIMIT 1`, now.UnixMicro()) // by webhook_letter_at
		return err
	})
	if err != nil || !waiting {
		return nil, err
	}
	err = h.book.DB().InTx(ctx, func(tx *store.Tx) error {
		out = nil
		all, err := h.senders(tx)
		if err != nil {
			return err
		}
		for _, s := range all {
			if err := h.takeOf(tx, s, due, now, &out); err != nil {
				return err
			}
		}
		for _, x := range out {
			if _, err := tx.Exec(`UPDATE webhook_letter SET at = ? WHERE hook_id = ? AND position = ?`, now.Add(lease).UnixMicro(), x.ID.String(), int64(x.at)); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (h *Hooks) takeOf(tx *store.Tx, s sender, due string, now time.Time, out *[]taken) error {
	rows, err := tx.Query(due, s.ID.String(), now.UnixMicro(), int64(min(ofOneHook, lettersAtOnce-len(*out))))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		x := taken{sender: s}
		var at int64
		if err := rows.Scan(&at, &x.attempts); err != nil {
			return err
		}
		x.at = journal.Position(at)
		*out = append(*out, x)
	}
	return rows.Err()
}

// deliver sends one letter and keeps what became of it. A change that the hook's unit does not see is nobody's letter.
func (h *Hooks) deliver(ctx context.Context, x *taken) (sent bool, err error) {
	body, concerns, err := h.body(ctx, x)
	if err != nil {
		return false, err
	}
	if !concerns {
		return true, h.book.DB().InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(`DELETE FROM webhook_letter WHERE hook_id = ? AND position = ?`, x.ID.String(), int64(x.at))
			return err
		})
	}
	status, why := 0, "the secret of the hook cannot be opened by this machine's key: make a new one"
	if secret, err := h.opened(x.ID, x.secret); err == nil {
		status, why = send(ctx, x, secret, body, h.clock.Now())
	} else if !errors.Is(err, seal.ErrForeign) {
		return false, err
	}
	if ctx.Err() != nil {
		return false, ctx.Err() // it is due again when the lease is over
	}
	now := h.clock.Now()
	state, at := "sent", now
	if why != "" {
		if x.attempts < int64(len(waits)) {
			state, at = "due", now.Add(waits[x.attempts])
		} else {
			state = "dead"
		}
	}
	return why == "", h.book.DB().InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE webhook_letter SET state = ?, attempts = ?, at = ?, status = ?, why = ? WHERE hook_id = ? AND position = ?`,
			state, x.attempts+1, at.UnixMicro(), int64(status), why, x.ID.String(), int64(x.at))
		return err
	})
}

// reader is as whom a hook reads: everything of its unit, up to its clearance.
func (x *sender) reader() access.Actor {
	role := access.Auditor
	role.Clearance = x.Clearance.sees()
	return access.Actor{Name: "webhook " + x.Name, Role: role, Unit: x.Unit, Via: "webhook"}
}

// found is the change of a letter.
type found struct {
	kind   record.Of
	entry  journal.Stored
	record any
}

// change reads the change of a letter as the hook may see it; ok is false when it may not.
func (h *Hooks) change(v *book.View, at journal.Position) (f found, ok bool, err error) {
	if f.entry, err = journal.EntryAt(v.Tx(), at); err != nil {
		return f, false, err
	}
	f.kind = h.kinds[f.entry.Kind]
	if f.kind == nil || f.entry.Record == (ident.ID{}) {
		return f, false, nil
	}
	f.record, err = v.Get(f.entry.Kind, f.entry.Record)
	if absent(err) {
		return f, false, nil
	}
	return f, err == nil, err
}
