package deposit

import (
	"context"
	"io"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/store"
)

// Deposits are the results that are held. It is safe for concurrent use.
type Deposits struct {
	db    *store.DB
	clock clock.Clock
	ids   *ident.Maker
}

// New gives the deposits of a book. random is crypto/rand.Reader outside of tests.
func New(db *store.DB, c clock.Clock, random io.Reader) *Deposits {
	return &Deposits{db: db, clock: c, ids: ident.NewMaker(c, random)}
}

// Result is what was worked out.
type Result struct {
	Name    string // for people
	Said    string // what its page shows, as whoever made it has written it
	Content []byte // the files of it
}

// Deposit is a result that is held.
type Deposit struct {
	Result // in a list without Said and Content
	ID     ident.ID
	Kept   bool // its user has asked for it
	Began  time.Time
	Ends   time.Time
}

// Bounds of deposits.
const (
	BytesMax     = 64 << 20 // of a result
	saidBytesMax = 8 << 20
	nameRunesMax = 200
	heldMax      = 4  // of a user that are not kept
	keptMax      = 10 // of a user that are
	Held         = 2 * time.Hour
	Kept         = 30 * 24 * time.Hour
)

// Faults of deposits.
var (
	ErrNone = fault.Define("deposit.none", fault.NotFound,
		"没有这份核对结果：已经到期删除、已被删除，或者不是您的。请重新上传", "there is no such result: it has ended, was deleted, or is not yours; upload again")
	ErrTooLarge = fault.Define("deposit.too_large", fault.TooLarge,
		"核对结果超过%d MB，放不下；请一次少传几份", "what was found is more than %d MB and cannot be held; upload fewer files at a time")
	ErrTooMany = fault.Define("deposit.too_many", fault.Conflict,
		"已经保留了%d份核对结果，请先删除不再需要的", "%d results are kept already; delete those that are no longer needed")
)

// Put holds a result for a user; of more than a few the oldest that is not kept goes. Fault: ErrTooLarge.
func (d *Deposits) Put(ctx context.Context, user ident.ID, r Result) (Deposit, error) {
	if len(r.Content) > BytesMax || len(r.Said) > saidBytesMax {
		return Deposit{}, ErrTooLarge.With(BytesMax >> 20)
	}
	id, err := d.ids.V4()
	if err != nil {
		return Deposit{}, err
	}
	if n := []rune(r.Name); len(n) > nameRunesMax {
		r.Name = string(n[:nameRunesMax])
	}
	now := d.clock.Now()
	x := Deposit{Result: r, ID: id, Began: now, Ends: now.Add(Held)}
	err = d.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("DELETE FROM deposit WHERE ends_at < ?", now.UnixMicro()); err != nil { // by deposit_ends
			return err
		}
		if _, err := tx.Exec("DELETE FROM deposit WHERE id IN (SELECT id FROM deposit WHERE user_id = ? AND kept = 0 ORDER BY began_at DESC, id LIMIT 1000 OFFSET ?)",
			user.String(), heldMax-1); err != nil { // by deposit_user
			return err
		}
		_, err := tx.Exec("INSERT INTO deposit (id, user_id, name, said, content, kept, began_at, ends_at) VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
			id.String(), user.String(), r.Name, r.Said, r.Content, now.UnixMicro(), x.Ends.UnixMicro())
		return err
	})
	return x, err
}

// Find is a deposit of a user. Fault: ErrNone.
func (d *Deposits) Find(ctx context.Context, user, id ident.ID) (x Deposit, err error) {
	err = d.db.Read(ctx, func(tx *store.Tx) error { x, err = d.find(tx, user, id); return err })
	return x, err
}

func (d *Deposits) find(tx *store.Tx, user, id ident.ID) (Deposit, error) {
	x := Deposit{ID: id}
	var kept, began, ends int64
	found, err := tx.QueryRow([]any{&x.Name, &x.Said, &x.Content, &kept, &began, &ends},
		"SELECT name, said, content, kept, began_at, ends_at FROM deposit WHERE id = ? AND user_id = ?", id.String(), user.String())
	if err != nil {
		return x, err
	}
	x.Kept, x.Began, x.Ends = kept == 1, time.UnixMicro(began).UTC(), time.UnixMicro(ends).UTC()
	if !found || x.Ends.Before(d.clock.Now()) {
		return Deposit{}, ErrNone.With()
	}
	return x, nil
}

// List gives the deposits of a user, the newest first, by name and time alone.
func (d *Deposits) List(ctx context.Context, user ident.ID) (out []Deposit, err error) {
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query("SELECT id, name, kept, began_at, ends_at FROM deposit WHERE user_id = ? AND ends_at >= ? ORDER BY began_at DESC, id",
			user.String(), d.clock.Now().UnixMicro())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var x Deposit
			var kept, began, ends int64
			if err := rows.Scan(&x.ID, &x.Name, &kept, &began, &ends); err != nil {
				return err
			}
			x.Kept, x.Began, x.Ends = kept == 1, time.UnixMicro(began).UTC(), time.UnixMicro(ends).UTC()
			out = append(out, x)
		}
		return rows.Err()
	})
	return out, err
}

// Keep holds a deposit for longer, because its user says so. Faults: ErrNone, ErrTooMany.
func (d *Deposits) Keep(ctx context.Context, user, id ident.ID) error {
	return d.db.InTx(ctx, func(tx *store.Tx) error {
		x, err := d.find(tx, user, id)
		if err != nil || x.Kept {
			return err
		}
		var kept int64
		if _, err := tx.QueryRow([]any{&kept}, "SELECT CAST(count(*) AS bigint) FROM deposit WHERE user_id = ? AND kept = 1", user.String()); err != nil {
			return err
		}
		if kept >= keptMax {
			return ErrTooMany.With(kept)
		}
		_, err = tx.Exec("UPDATE deposit SET kept = 1, ends_at = ? WHERE id = ?", d.clock.Now().Add(Kept).UnixMicro(), id.String())
		return err
	})
}

// Drop lets a deposit go.
func (d *Deposits) Drop(ctx context.Context, user, id ident.ID) error {
	return d.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("DELETE FROM deposit WHERE id = ? AND user_id = ?", id.String(), user.String())
		return err
	})
}
