package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// Tx is a transaction: a writing one of InTx or a snapshot of Read. It belongs to one goroutine.
type Tx struct {
	ctx     context.Context // the transaction lives and dies with its use, so it may carry the use's context
	session session
	dialect Dialect
	open    *Rows // rows that are being read
	failed  error // the first error; after it the transaction does nothing more
	checks  []func() error
	args    []any // scratch
}

// Context is the context of the use that opened the transaction.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Dialect tells which of the two databases this is.
func (tx *Tx) Dialect() Dialect { return tx.dialect }

// BeforeCommit has check run when the work is done and the commit is next; an error rolls back. It is for invariants
// ("entries are appended and not yet flushed"), not for work.
func (tx *Tx) BeforeCommit(check func() error) { tx.checks = append(tx.checks, check) }

// Exec runs one statement and says how many rows it changed. On SQLite it is not interrupted once it runs.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	s, admitted, err := tx.start(query, args)
	if err != nil {
		return 0, err
	}
	n, err := tx.session.exec(tx.short(), s, admitted)
	return n, tx.note(err)
}

// Query starts a query. The rows must be closed before the next statement.
func (tx *Tx) Query(query string, args ...any) (*Rows, error) { return tx.query(tx.ctx, query, args) }

func (tx *Tx) query(ctx context.Context, query string, args []any) (*Rows, error) {
	s, admitted, err := tx.start(query, args)
	if err != nil {
		return nil, err
	}
	c, err := tx.session.query(ctx, s, admitted)
	if err != nil {
		return nil, tx.note(err)
	}
	tx.open = &Rows{tx: tx, cursor: c}
	return tx.open, nil
}

// QueryRow reads the first row into dest; found is false when there is none, and dest is then as it was. A second row
// is an error: a question for one row that has two answers is a wrong question.
func (tx *Tx) QueryRow(dest []any, query string, args ...any) (found bool, err error) {
	rows, err := tx.query(tx.short(), query, args)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	if err := rows.Scan(dest...); err != nil {
		return false, err
	}
	if rows.Next() {
		return false, tx.note(fmt.Errorf("store: more than one row for: %s", query))
	}
	return true, rows.Err()
}

// short is the context of a statement that does one thing. SQLite's driver starts a goroutine for each statement to
// watch a context that can be cancelled, which costs more than the statement itself (three times, measured); so there
// the context is looked at before the statement and not during it. On PostgreSQL the statement may wait for a lock.
func (tx *Tx) short() context.Context {
	if tx.dialect == SQLite {
		return context.WithoutCancel(tx.ctx)
	}
	return tx.ctx
}

// Attempt runs do, and when it fails takes back what it wrote: the transaction stands as it stood before and goes on. refused is
// the error of do; lost says that the transaction itself is over, because what was written could not be taken back. It costs
// two statements, a failed one three. The checks of a do that failed are dropped.
func (tx *Tx) Attempt(do func() error) (refused, lost error) {
	if _, err := tx.Exec("SAVEPOINT attempt"); err != nil {
		return nil, err
	}
	checks := len(tx.checks)
	refused = do()
	if refused == nil && tx.open == nil && tx.failed == nil {
		_, lost = tx.Exec("RELEASE SAVEPOINT attempt")
		return nil, lost
	}
	if refused == nil {
		refused = cmp.Or(tx.failed, errIsOpen)
	}
	tx.abandon()
	tx.failed, tx.checks = nil, tx.checks[:checks]
	for _, back := range [...]string{"ROLLBACK TO SAVEPOINT attempt", "RELEASE SAVEPOINT attempt"} {
		if _, lost = tx.Exec(back); lost != nil {
			return refused, lost
		}
	}
	return refused, nil
}

// start refuses what must not run, and makes statement and arguments ready.
func (tx *Tx) start(query string, args []any) (*statement, []any, error) {
	if err := tx.usable(); err != nil {
		return nil, nil, err
	}
	s, err := tx.session.prepare(tx.ctx, query)
	if err != nil {
		return nil, nil, tx.note(err)
	}
	if err := s.check(args); err != nil {
		return nil, nil, tx.note(err)
	}
	tx.args = tx.args[:0]
	for i, a := range args {
		v, err := admit(a)
		if err != nil {
			return nil, nil, tx.note(fmt.Errorf("argument %d: %w", i+1, err))
		}
		tx.args = append(tx.args, v)
	}
	return s, tx.args, nil
}

var (
	errOver   = errors.New("store: the transaction is over")
	errIsOpen = errors.New("store: rows are still open: close them before the next statement")
)

func (tx *Tx) usable() error {
	switch {
	case tx.session == nil:
		return errOver
	case tx.failed != nil:
		return tx.failed
	case tx.open != nil:
		return tx.note(errIsOpen)
	}
	return tx.ctx.Err()
}

// note keeps the first error: a transaction in which a statement failed does nothing more, on PostgreSQL by itself and
// on SQLite because of this.
func (tx *Tx) note(err error) error {
	if err != nil && tx.failed == nil {
		tx.failed = err
	}
	return err
}

// ready is the last look before the commit.
func (tx *Tx) ready() error {
	if tx.open != nil {
		return errIsOpen
	}
	if tx.failed != nil {
		return tx.failed
	}
	for _, check := range tx.checks {
		if err := check(); err != nil {
			return err
		}
	}
	return tx.ctx.Err()
}

// abandon closes what a use that failed has left open.
func (tx *Tx) abandon() {
	if tx.open != nil {
		_ = tx.open.Close() // the use has failed already, with the error that counts
	}
}
