package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"anlan/bench"
	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// found makes a book whose only kind is that of the cases.
func found(ctx context.Context, db *store.DB) (*book.Book, error) {
	err := db.InTx(ctx, func(tx *store.Tx) error {
		for _, statement := range bench.Tables(tx.Dialect(), kind) {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	b := open(db)
	_, err = b.Found(ctx, bench.Actor, "试验局", "430600")
	return b, err
}

// open is the book of a database in which it has been founded.
func open(db *store.DB) *book.Book {
	return book.New(db, []record.Of{kind}, book.Options{Clock: clock.NewStepped(time.Date(2025, 1, 31, 1, 0, 0, 0, time.UTC), time.Millisecond),
		Random: rand.Reader, Trees: trees{}})
}

// atOnce is how many cases go into one transaction.
const atOnce = 5_000

// writeCases puts cases in by the one write path.
func writeCases(ctx context.Context, b *book.Book, n int) error {
	var changes []book.Change
	write := func() error {
		_, err := b.Apply(ctx, bench.Actor, changes)
		changes = changes[:0]
		return err
	}
	for _, c := range cases(n) {
		one := *c
		changes = append(changes, book.Change{Kind: kind.Code(), Action: access.Create, Record: &one})
		if len(changes) == atOnce {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if err := write(); err != nil {
		return err
	}
	return b.Fold(ctx)
}

// filler puts cases into the tables directly: the rows, the postings that the write path would make, and their cells; not the
// journal entries.
type filler struct {
	db       *store.DB
	accounts []int64 // by measure
	at       journal.Position
	rows     [][]any
	lines    []posting.Line
}

func fillCases(ctx context.Context, b *book.Book, n int) error {
	f := &filler{db: b.DB()}
	err := f.db.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		f.at = head.Size
		accounts, err := posting.Load(tx)
		for _, s := range kind.MeasureSpecs() {
			a, ok := accounts.Open(s)
			if !ok {
				return fmt.Errorf("measure %s has no account", s.Code)
			}
			f.accounts = append(f.accounts, a.No)
		}
		return err
	})
	if err != nil {
		return err
	}
	const index = "posting_day"
	if err := f.exec(ctx, "DROP INDEX "+index); err != nil { // made again at the end, which is much faster
		return err
	}
	for i, c := range cases(n) {
		f.add(i, c)
		if len(f.rows) == 10*atOnce {
			if err := f.flush(ctx); err != nil {
				return err
			}
		}
	}
	if err := f.flush(ctx); err != nil {
		return err
	}
	if err := f.exec(ctx, "CREATE INDEX "+index+" ON posting (account_no, on_day)"); err != nil {
		return err
	}
	return f.db.InTx(ctx, func(tx *store.Tx) error { return posting.Fold(tx, f.at) })
}

func (f *filler) exec(ctx context.Context, statement string) error {
	return f.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(statement)
		return err
	})
}

func (f *filler) add(i int, c *incident) {
	f.at++
	c.ID, c.Row, c.Began, c.Version, c.State, c.MovedBy = idOf(i), int64(f.at), int64(f.at), 1, record.Kept, bench.Actor.Name
	f.rows = append(f.rows, kind.Values(c, nil))
	var posted []measure.Posting
	for m, account := range f.accounts {
		posted = kind.Post(c, m, posted[:0])
		for _, p := range posted {
			f.lines = append(f.lines, posting.Line{Account: account, Position: f.at, Unit: c.Unit, Place: c.Place, Record: c.Row, Posting: p})
		}
	}
}

// idOf is an id that no other case has.
func idOf(i int) (id ident.ID) {
	binary.BigEndian.PutUint64(id[8:], uint64(i)+1)
	return id
}

func (f *filler) flush(ctx context.Context) error {
	slices.SortStableFunc(f.lines, func(a, b posting.Line) int { return int(a.Account - b.Account) }) // as they lie in the table
	err := f.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.InsertRows(kind.Code(), kind.Columns(), slices.Values(f.rows)); err != nil {
			return err
		}
		return posting.Insert(tx, slices.Values(f.lines))
	})
	f.rows, f.lines = f.rows[:0], f.lines[:0]
	return err
}
