package webhook

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/seal"
)

// Hooks are the hooks of a book and what they have to send. It is safe for concurrent use, also by several processes.
type Hooks struct {
	book   *book.Book
	kinds  map[string]record.Of
	clock  clock.Clock
	random io.Reader
	key    func() (seal.Key, error) // by which secrets are sealed
}

// New gives the hooks of a book. random is crypto/rand.Reader outside of tests; key gives the key of the machine by which secrets are sealed.
func New(b *book.Book, c clock.Clock, random io.Reader, key func() (seal.Key, error)) *Hooks {
	h := &Hooks{book: b, kinds: map[string]record.Of{}, clock: c, random: random, key: key}
	for _, k := range b.Kinds() {
		h.kinds[k.Code()] = k
	}
	return h
}

const (
	secretPrefix = "whsec_" // of Standard Webhooks
	secretBytes  = 32
)

// acts is what the journal calls the acts of this package.
const acts = "delivery"

// The acts.
const (
	newSecret = "new_secret"
	sendAgain = "send_again"
)

var actLabels = map[string]lang.Text{newSecret: lang.Of("换回调密钥", "new secret of a hook"), sendAgain: lang.Of("重发死信", "dead letters sent again")}

// ActLabel names an act of this package in words.
func ActLabel(action string) lang.Text { return actLabels[action] }

// Find is the hook with a name, as an administrator sees it. Faults: ErrNotAdministrator, book.ErrNoRecord.
func (h *Hooks) Find(ctx context.Context, actor access.Actor, name string) (found *Hook, err error) {
	if err := keeps(actor); err != nil {
		return nil, err
	}
	err = h.book.Read(ctx, actor, 0, func(v *book.View) error {
		r, err := v.Find(Kind.Code(), name)
		if err == nil {
			found = r.(*Hook)
		}
		return err
	})
	return found, err
}

// keeps refuses whoever does not look after hooks.
func keeps(actor access.Actor) error {
	if actor.Role.Code != access.Administrator.Code {
		return ErrNotAdministrator.With(actor.Name, actor.Role.Label)
	}
	return nil
}

// NewSecret gives a hook a secret by which the receiver knows that it is us, and shows it this once; the one before no longer signs. With
// its first secret a hook begins: what happens from then on is sent.
func (h *Hooks) NewSecret(ctx context.Context, actor access.Actor, hook *Hook) (string, error) {
	if err := keeps(actor); err != nil {
		return "", err
	}
	if err := actor.Sure(actLabels[newSecret]); err != nil {
		return "", err
	}
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(h.random, raw); err != nil {
		return "", fmt.Errorf("webhook: read random source: %w", err)
	}
	sealed, err := h.sealed(hook.ID, raw)
	if err != nil {
		return "", err
	}
	_, err = h.book.Enter(ctx, actor, book.Act{Of: acts, Action: newSecret, About: hook.ID, Reason: hook.Name}, func(tx *store.Tx, at time.Time) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO webhook_sender (hook_id, secret, made_at, position) VALUES (?, ?, ?, ?)
ON CONFLICT (hook_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at`, hook.ID.String(), sealed, at.UnixMicro(), int64(head.Size)+1) // the act's own entry
		return err
	})
	if err != nil {
		return "", err
	}
	return secretPrefix + base64.StdEncoding.EncodeToString(raw), nil
}

// Standing is a hook with how it stands with sending.
type Standing struct {
	*Hook
	Secret  bool             // it has one
	Through journal.Position // up to which it has been looked what is to be sent
	Waiting int64            // letters that are to be sent
	Dead    int64            // letters that nobody took
}

// List gives the hooks in an administrator's scope, withdrawn ones aside, in order of their names.
func (h *Hooks) List(ctx context.Context, actor access.Actor) (out []Standing, err error) {
	if err := keeps(actor); err != nil {
		return nil, err
	}
	err = h.book.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Each(book.Query{Kind: Kind.Code(), Sort: name.Code}, func(r any) error {
			x := Standing{Hook: r.(*Hook)}
			var through int64
			var err error
			if x.Secret, err = v.Tx().QueryRow([]any{&through}, `SELECT position FROM webhook_sender WHERE hook_id = ?`, x.ID.String()); err != nil {
				return err
			}
			x.Through = journal.Position(through)
			_, err = v.Tx().QueryRow([]any{&x.Waiting, &x.Dead}, `SELECT coalesce(sum(CASE WHEN state = 'due' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'dead' THEN 1 ELSE 0 END), 0)
FROM webhook_letter WHERE hook_id = ? AND state <> 'sent'`, x.ID.String()) // by webhook_letter_key
			out = append(out, x)
			return err
		})
	})
	return out, err
}

// Backlog is what all hooks together have not sent.
type Backlog struct {
	Waiting int64 // letters that are to be sent, by webhook_letter_at
	Dead    int64 // letters that nobody took
	Behind  int64 // entries of the journal that have not been looked at for the hook that is furthest behind
}

// Backlog counts what has not been sent.
func (h *Hooks) Backlog(tx *store.Tx) (out Backlog, err error) {
	head, err := journal.HeadOf(tx)
	if err != nil {
		return out, err
	}
	active, err := h.senders(tx)
	if err != nil {
		return out, err
	}
	for _, s := range active {
		out.Behind = max(out.Behind, int64(head.Size)-s.position)
	}
	for state, n := range map[string]*int64{"due": &out.Waiting, "dead": &out.Dead} {
		if _, err := tx.QueryRow([]any{n}, `SELECT count(*) FROM webhook_letter WHERE state = ?`, state); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Letter is what a hook has to say of one change.
type Letter struct {
	Position journal.Position // of the change
	State    string           // due, sent, dead
	Attempts int64
	At       time.Time // at which it is to be sent next; of a dead one when it died
	Status   int64     // that the receiver answered last; 0: it did not answer
	Why      string    // it was not taken, in the words of the receiver or of the network
}

const lettersShown = 1_000

// Dead lists the letters of a hook that nobody took, in the order of the journal, at most 1,000.
func (h *Hooks) Dead(ctx context.Context, actor access.Actor, hook *Hook) (out []Letter, err error) {
	if err := keeps(actor); err != nil {
		return nil, err
	}
	err = h.book.DB().Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT position, state, attempts, at, status, why FROM webhook_letter WHERE hook_id = ? AND state = 'dead' ORDER BY position LIMIT ?`,
			hook.ID.String(), int64(lettersShown)) // by webhook_letter_key
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var x Letter
			var position, at int64
			if err := rows.Scan(&position, &x.State, &x.Attempts, &at, &x.Status, &x.Why); err != nil {
				return err
			}
			x.Position, x.At = journal.Position(position), instant(at)
			out = append(out, x)
		}
		return rows.Err()
	})
	return out, err
}

func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// ErrNoLetter says that a hook has no such dead letter.
var ErrNoLetter = fault.Define("webhook.no_letter", fault.NotFound,
	"回调“%s”没有死信可以重发", "the hook %q has no dead letter to send again")

// Resend lets dead letters of a hook be sent again, all of them when no position is named, and says how many. Fault: ErrNoLetter.
func (h *Hooks) Resend(ctx context.Context, actor access.Actor, hook *Hook, positions ...journal.Position) (n int64, err error) {
	if err := keeps(actor); err != nil {
		return 0, err
	}
	_, err = h.book.Enter(ctx, actor, book.Act{Of: acts, Action: sendAgain, About: hook.ID, Reason: hook.Name}, func(tx *store.Tx, at time.Time) error {
		var where store.Where
		where.And("hook_id = ? AND state = 'dead'", hook.ID.String())
		if len(positions) > 0 {
			var values []any
			for _, p := range positions {
				values = append(values, int64(p))
			}
			where.In("position", values...)
		}
		var err error
		n, err = tx.Exec(`UPDATE webhook_letter SET state = 'due', attempts = 0, at = ?`+where.SQL(), append([]any{at.UnixMicro()}, where.Args()...)...)
		if err == nil && n == 0 {
			err = ErrNoLetter.With(hook.Name)
		}
		return err
	})
	return n, err
}

// Acts gives what was done with a hook's secret and letters, the oldest first.
func (h *Hooks) Acts(ctx context.Context, actor access.Actor, hook *Hook) (out []book.WasDone, err error) {
	if err := keeps(actor); err != nil {
		return nil, err
	}
	err = h.book.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Acts(acts, hook.ID, func(a book.WasDone) error { out = append(out, a); return nil })
	})
	return out, err
}
