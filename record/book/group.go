package book

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"anlan/ground/period"
	"anlan/ground/trace"
	"anlan/record/access"
	"anlan/store"
)

// Group is the door for many who write at once (组提交): what gathers while one transaction commits goes into the next together,
// with one lock of the head and one wait for the disk. Each request is an Apply of its own: it is whole or not at all, what it
// contradicts is told to it alone, and it stands in the journal behind those that came before it.
//
//	group := book.NewGroup(b)
//	defer group.Close()
//	done, err := group.Apply(ctx, actor, changes) // from any goroutine
type Group struct {
	book    *Book
	queue   chan *request
	closing chan struct{}
	ended   chan struct{}
	close   sync.Once
	tell    []func(Gathering)
}

// Gathering is what one transaction of a group held.
type Gathering struct{ Requests, Changes int }

// Bounds of one transaction of a group. A larger request goes in alone.
const (
	requestsAtOnce = 256
	changesAtOnce  = 1_000
)

// errGroupClosed: whoever serves has stopped serving before closing the group.
var errGroupClosed = errors.New("book: the group is closed")

// request is what one caller wants done.
type request struct {
	work    context.Context // for whom it is traced, and nothing more: it outlives whoever gives up
	actor   access.Actor
	changes []Change
	taken   atomic.Bool // by the worker, which answers it; or by the caller, who no longer wants it
	done    []Done
	err     error
	told    chan struct{}
}

// NewGroup begins a group over a book, and tells of each transaction when it is over. Close ends it.
func NewGroup(b *Book, tell ...func(Gathering)) *Group {
	g := &Group{book: b, queue: make(chan *request, requestsAtOnce), closing: make(chan struct{}), ended: make(chan struct{}), tell: tell}
	go g.work()
	return g
}

// Apply is Book.Apply, together with others. A context that ends takes the request away while it waits; one that is under way is
// carried through and answered. When the commit fails, all whose changes were in it are told.
func (g *Group) Apply(ctx context.Context, actor access.Actor, changes []Change) (done []Done, err error) {
	ctx, traced := traceApply(ctx, changes)
	defer func() { traced(err) }()
	if len(changes) > changesMax {
		return nil, ErrTooManyChanges.With(changesMax, len(changes))
	}
	if err := g.book.prepare(ctx, actor, changes, g.book.filesStored); err != nil || len(changes) == 0 {
		return nil, err
	}
	if err := g.book.sure(actor, changes); err != nil {
		return nil, err
	}
	r := &request{work: ctx, actor: actor, changes: changes, told: make(chan struct{})}
	select {
	case <-g.closing:
		return nil, errGroupClosed
	default:
	}
	select {
	case g.queue <- r:
	case <-g.closing:
		return nil, errGroupClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case <-r.told:
		return r.done, r.err
	case <-ctx.Done():
	case <-g.ended:
	}
	if r.taken.CompareAndSwap(false, true) { // nobody has begun it
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, errGroupClosed
	}
	<-r.told
	return r.done, r.err
}

// Waiting is how many requests no transaction has taken yet.
func (g *Group) Waiting() int { return len(g.queue) }

// Close takes no more requests, does those that wait, and waits for the end. Closing again does nothing.
func (g *Group) Close() {
	g.close.Do(func() { close(g.closing) })
	<-g.ended
}

// work does what gathers, until the group is closed and nothing waits.
func (g *Group) work() {
	defer close(g.ended)
	var left *request // of the last gathering, which did not fit
	for {
		first := left
		if first == nil {
			select {
			case first = <-g.queue:
			case <-g.closing:
				select {
				case first = <-g.queue:
				default:
					return
				}
			}
		}
		var batch []*request
		if batch, left = g.gather(first); len(batch) > 0 {
			g.step(batch)
			g.told(batch)
		}
	}
}

// told tells of a transaction.
func (g *Group) told(batch []*request) {
	x := Gathering{Requests: len(batch)}
	for _, r := range batch {
		x.Changes += len(r.changes)
	}
	for _, tell := range g.tell {
		tell(x)
	}
}

// gather takes what waits, up to the bounds, without waiting for more; what no longer fits is left for the next time.
func (g *Group) gather(first *request) (batch []*request, left *request) {
	changes := 0
	for r := first; ; {
		if len(batch) > 0 && changes+len(r.changes) > changesAtOnce {
			return batch, r
		}
		if r.taken.CompareAndSwap(false, true) {
			batch, changes = append(batch, r), changes+len(r.changes)
		}
		if len(batch) == requestsAtOnce {
			return batch, nil
		}
		select {
		case r = <-g.queue:
		default:
			return batch, nil
		}
	}
}

// step does the requests of one transaction and answers each.
func (g *Group) step(batch []*request) {
	works := make([]context.Context, len(batch))
	for i, r := range batch {
		works[i] = r.work
	}
	// The requests that are under way are carried through, whoever gives up.
	ctx, traced := trace.BeginShared(context.Background(), "book.commit", works, trace.Count("anlan.requests", len(batch)))
	var writers []*writer
	err := guarded(func() error {
		return g.book.db.InTx(ctx, func(tx *store.Tx) error {
			var w *writer
			refused, lost := tx.Attempt(func() error {
				return guarded(func() (err error) { w, err = g.book.together(tx, batch); return err })
			})
			if refused == nil || lost != nil {
				writers = append(writers, w)
				return lost
			}
			for _, r := range batch {
				w, lost := g.book.attempt(tx, r)
				if lost != nil {
					return lost
				}
				if w != nil {
					writers = append(writers, w)
				}
			}
			return nil
		})
	})
	traced(err) // before anybody is told: the part ends inside the works that it belongs to
	for _, r := range batch {
		if err != nil { // refusals too may rest on changes that never were
			r.done, r.err = nil, err
		}
		close(r.told)
	}
	if err == nil {
		for _, w := range writers {
			w.committed()
		}
	}
}

// errApart: what is judged as a whole is judged request by request.
var errApart = errors.New("book: a request changes what is judged as a whole")

// together makes the changes of all requests by one writer, like those of one Apply, so that what they write is written in bulk. It
// ends at the first thing that any of them contradicts; then each is attempted for itself.
func (b *Book) together(tx *store.Tx, batch []*request) (*writer, error) {
	w, err := b.begin(tx, batch[0].actor, true)
	if err != nil {
		return nil, err
	}
	for _, r := range batch {
		w.actor, w.scope = r.actor, w.around.scopeOf(r.actor, period.DayAt(w.now))
		if err := w.forget(r.changes); err != nil {
			return nil, err
		}
		r.done = make([]Done, len(r.changes))
		for i := range r.changes {
			if b.wholeOf(r.changes[i].Kind) {
				return nil, errApart
			}
			if r.done[i], err = w.one(w.total, &r.changes[i]); err != nil {
				return nil, err
			}
			w.total++
		}
		if w.full() {
			if err := w.flush(); err != nil {
				return nil, err
			}
		}
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	return w, w.log.Flush()
}

// attempt makes the changes of a request inside the transaction of many, or takes back what it wrote and keeps its faults. lost
// says that the transaction is over.
func (b *Book) attempt(tx *store.Tx, r *request) (w *writer, lost error) {
	for _, careful := range [...]bool{false, true} { // see written
		r.err, lost = tx.Attempt(func() error {
			return guarded(func() (err error) {
				w, r.done, err = b.enact(tx, r.actor, r.changes, careful, false)
				return err
			})
		})
		if lost != nil || r.err == nil {
			return w, lost
		}
		r.done = nil
		if !errors.Is(r.err, store.ErrUnique) {
			break
		}
	}
	return nil, nil
}

// guarded turns a panic into an error: a mistake in a rule of one kind must not end the worker of all.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("book: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}
