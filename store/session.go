package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
)

// session is one connection to one of the two databases. It speaks the driver's own interface and not database/sql,
// whose conversions cost as much as the work itself on a scan of small rows.
type session interface {
	// prepare gives the statement of a query, from the session's cache when it was used before.
	prepare(ctx context.Context, query string) (*statement, error)
	exec(ctx context.Context, s *statement, args []any) (affected int64, err error)
	query(ctx context.Context, s *statement, args []any) (cursor, error)
	// insert adds rows in bulk; values are admitted already.
	insert(ctx context.Context, table string, columns []string, rows iter.Seq2[[]any, error]) (int64, error)
	// begin starts a transaction that writes, or a snapshot that reads.
	begin(ctx context.Context, write bool) error
	// commit does not listen to a context: a commit that is cut off would be in doubt for no reason.
	commit() error
	rollback() error
	// broken says that the session cannot be used again.
	broken() bool
	close() error
}

// cursor walks over the rows of a query.
type cursor interface {
	columns() []string
	next() bool
	values() []any // of the current row; borrowed until the next call of next or close
	err() error
	close() error
}

// statement is a query as this session sends it.
type statement struct {
	query  string // as the caller wrote it
	text   string // as the database reads it
	params int
	held   any // what the session keeps for it
}

func (s *statement) check(args []any) error {
	if len(args) != s.params {
		return fmt.Errorf("store: %d placeholders and %d arguments in: %s", s.params, len(args), s.query)
	}
	return nil
}

// pool lends sessions, at most cap(slots) at a time, and keeps them for the next borrower.
type pool struct {
	open   func(context.Context) (session, error)
	slots  chan struct{}
	idle   chan session
	closed chan struct{}
	once   sync.Once
}

func newPool(sessions int, open func(context.Context) (session, error)) *pool {
	return &pool{open: open, slots: make(chan struct{}, sessions), idle: make(chan session, sessions), closed: make(chan struct{})}
}

var errClosed = errors.New("store: the database is closed")

// borrow waits for a free slot. fresh says that the session was just opened, so it cannot have gone stale.
func (p *pool) borrow(ctx context.Context) (s session, fresh bool, err error) {
	select {
	case <-p.closed:
		return nil, false, errClosed
	default:
	}
	select {
	case p.slots <- struct{}{}:
	case <-p.closed:
		return nil, false, errClosed
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	select {
	case s = <-p.idle:
		return s, false, nil
	default:
	}
	if s, err = p.open(ctx); err != nil {
		<-p.slots
		return nil, false, err
	}
	return s, true, nil
}

func (p *pool) giveBack(s session) {
	if s.broken() {
		_ = s.close() // it is gone already; what was wrong with it has been returned by the call that found out
	} else {
		p.idle <- s
	}
	<-p.slots
}

// used is how many sessions are borrowed, and how many may be.
func (p *pool) used() (now, most int) { return len(p.slots), cap(p.slots) }

// close waits for every borrower and closes all sessions. A second close does nothing.
func (p *pool) close() (err error) {
	p.once.Do(func() {
		close(p.closed)
		for range cap(p.slots) {
			p.slots <- struct{}{}
		}
		close(p.idle)
		for s := range p.idle {
			err = errors.Join(err, s.close())
		}
	})
	return err
}
