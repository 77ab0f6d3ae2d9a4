package book

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// Trees gives the trees of units and places as known at a position (0: now). The kinds behind them are declared above the
// record floor, so app hands them down.
type Trees interface {
	Units(tx *store.Tx, asOf journal.Position) (place.Tree[place.Unit], error)
	Places(tx *store.Tx, asOf journal.Position) (place.Tree[place.Code], error)
}

// Options are what a book gets from outside.
type Options struct {
	Clock  clock.Clock
	Random io.Reader // ids and salts; crypto/rand.Reader, or a seeded source for the demo
	Trees  Trees
}

// Book is an open book.
type Book struct {
	db     *store.DB
	kinds  map[string]*plan
	order  []record.Of
	clock  clock.Clock
	ids    *ident.Maker
	trees  Trees
	saltMu sync.Mutex
	salt   *bufio.Reader
}

// Faults of this package.
var (
	ErrNoKind = fault.Define("book.no_kind", fault.NotFound,
		"没有“%s”这种记录，最接近的是“%s”", "there is no kind %q; the nearest is %q")
	ErrNoRecord = fault.Define("book.no_record", fault.NotFound,
		"找不到%s“%s”，或不在查看范围内", "there is no %s %q, or it is out of scope")
	ErrStale = fault.Define("book.stale", fault.Conflict,
		"%s“%s”已是第%d版，改动基于第%d版：请重新查看后再改", "%s %q is at version %d and the change was made on %d: look at it again")
	ErrWithdrawn = fault.Define("book.withdrawn", fault.Conflict,
		"%s“%s”已作废，不能再改", "%s %q is withdrawn and cannot be changed")
	ErrDuplicate = fault.Define("book.duplicate", fault.Conflict,
		"已有%s“%s”，不能重复登记", "there is already a %s %q")
	ErrNoContent = fault.Define("book.no_content", fault.Invalid,
		"“%s”没有给出内容", "%q was given no content")
	ErrBadState = fault.Define("book.bad_state", fault.Invalid,
		"%s没有“%s”这种状态，可选：%s", "%s has no state %q; known: %s")
	ErrKeyReused = fault.Define("book.key_reused", fault.Conflict,
		"幂等键“%s”已用于另一项改动", "the idempotency key %q was used for another change")
	ErrNoSuchUnit = fault.Define("book.no_such_unit", fault.Invalid,
		"没有代码为%s的单位", "there is no unit with the code %s")
	ErrNoSuchPlace = fault.Define("book.no_such_place", fault.Invalid,
		"没有代码为%s的行政区划", "there is no place with the code %s")
	ErrPositionAhead = fault.Define("book.position_ahead", fault.NotFound,
		"日志位置%d还不存在，最新为%d", "there is no position %d yet; the newest is %d")
)

// New opens a book over a database that has been migrated and founded.
func New(db *store.DB, kinds []record.Of, o Options) *Book {
	b := &Book{db: db, kinds: map[string]*plan{}, order: kinds, clock: o.Clock, trees: o.Trees,
		ids: ident.NewMaker(o.Clock, o.Random), salt: bufio.NewReaderSize(o.Random, 4096)}
	for _, k := range kinds {
		if b.kinds[k.Code()] != nil {
			panic("book: kind " + k.Code() + " is registered twice")
		}
		b.kinds[k.Code()] = newPlan(k)
	}
	return b
}

// DB is the database of the book.
func (b *Book) DB() *store.DB { return b.db }

// Kinds lists the kinds in order of registration.
func (b *Book) Kinds() []record.Of { return b.order }

// Kind finds a kind by its code.
func (b *Book) Kind(code string) (record.Of, error) {
	p, err := b.plan(code)
	if err != nil {
		return nil, err
	}
	return p.kind, nil
}

func (b *Book) plan(code string) (*plan, error) {
	if p := b.kinds[code]; p != nil {
		return p, nil
	}
	known := make([]string, len(b.order))
	for i, k := range b.order {
		known[i] = k.Code()
	}
	return nil, ErrNoKind.With(code, nearest(code, known))
}

// Found begins a book in an empty database: an empty journal, the bureau's name and code, and the accounts of all
// measures. The bureau's unit code is its place code.
func (b *Book) Found(ctx context.Context, actor access.Actor, bureau string, code place.Code) (journal.Head, error) {
	id, err := b.ids.V7()
	if err != nil {
		return journal.Head{}, err
	}
	err = b.db.InTx(ctx, func(tx *store.Tx) error {
		if err := journal.Found(tx, id, b.clock.Now()); err != nil {
			return err
		}
		return journal.Inscribe(tx, bureau, string(code))
	})
	if err != nil {
		return journal.Head{}, err
	}
	if _, err := b.Settle(ctx, actor); err != nil {
		return journal.Head{}, err
	}
	return b.Head(ctx)
}

// Head is the newest state of the journal.
func (b *Book) Head(ctx context.Context) (h journal.Head, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error { h, err = journal.HeadOf(tx); return err })
	return h, err
}

// Fold brings the cells up to the newest position. Balances are exact without it; it makes them cheap.
func (b *Book) Fold(ctx context.Context) error {
	return b.db.InTx(ctx, func(tx *store.Tx) error {
		h, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		return posting.Fold(tx, h.Size)
	})
}

// salts reads n salts of 16 bytes.
func (b *Book) readSalt(buf []byte) error {
	b.saltMu.Lock()
	defer b.saltMu.Unlock()
	if _, err := io.ReadFull(b.salt, buf); err != nil {
		return fmt.Errorf("book: read random source: %w", err)
	}
	return nil
}

func moment(at time.Time, actor access.Actor, reason string) record.Moment {
	return record.Moment{Now: at, Today: period.DayAt(at), Actor: actor, Reason: reason}
}
