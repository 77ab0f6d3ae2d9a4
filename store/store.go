package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"anlan/ground/trace"
)

// FileName is the database inside the data folder.
const FileName = "book.db"

const (
	readersMax     = 8   // SQLite connections that read at the same time
	connectionsMax = 16  // PostgreSQL connections of one process
	busySecondsMax = 10  // how long a lock is waited for
	statementsMax  = 256 // prepared statements that a connection keeps
)

// Options say where the book is: a folder (SQLite) or an address (PostgreSQL).
type Options struct {
	Dir    string // folder that holds FileName; made when it is missing
	URL    string // postgres://…; wins over Dir
	Schema string // PostgreSQL: the schema of this book, made by Migrate; empty is "public"
}

// DB is an open book. It is safe for concurrent use.
type DB struct {
	dialect Dialect
	writers *pool
	readers *pool
	options Options
	traced  trace.Fact // which database it is
}

// Open opens the database and proves that it answers. It makes no tables; see Migrate.
// Faults: ErrCannotOpen, ErrNotADatabase, ErrReadOnly, ErrBusy, ErrEncoding.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.URL != "" {
		return openPostgres(ctx, o)
	}
	if o.Dir == "" {
		return nil, errors.New("store: neither a folder nor an address is given")
	}
	return openSQLite(ctx, o)
}

// Dialect tells which of the two databases this is.
func (db *DB) Dialect() Dialect { return db.dialect }

// Path is SQLite's database file, empty with PostgreSQL.
func (db *DB) Path() string {
	if db.dialect == SQLite {
		return filepath.Join(db.options.Dir, FileName)
	}
	return ""
}

// Connections is how many connections to the database are in use, and how many may be.
func (db *DB) Connections() (used, most int) {
	used, most = db.readers.used()
	if db.writers != db.readers {
		u, m := db.writers.used()
		used, most = used+u, most+m
	}
	return used, most
}

// Close waits for running transactions and closes every connection. Closing again does nothing.
func (db *DB) Close() error {
	err := db.readers.close()
	if db.writers != db.readers {
		err = errors.Join(err, db.writers.close())
	}
	return err
}

// InTx runs do in a transaction that writes and commits it when do returns nil. On SQLite it is the only writer from
// its first moment; on PostgreSQL rows are locked as they are read FOR UPDATE or written. do must not call InTx or Read.
// A fault of the last step, ErrInDoubt, means that nobody knows whether the commit arrived.
func (db *DB) InTx(ctx context.Context, do func(*Tx) error) error {
	return db.transact(ctx, db.writers, true, do)
}

// Read runs do on one snapshot: all its queries see the same state. Writing is refused.
func (db *DB) Read(ctx context.Context, do func(*Tx) error) error {
	return db.transact(ctx, db.readers, false, do)
}

func (db *DB) transact(ctx context.Context, p *pool, write bool, do func(*Tx) error) (err error) {
	ctx, end := trace.Begin(ctx, spanOf(write), db.traced)
	var failed error // of the database; what do finds wrong is said by whoever asked
	defer func() { end(failed) }()
	s, err := db.begin(ctx, p, write)
	if err != nil {
		failed = err
		return err
	}
	tx := &Tx{ctx: ctx, session: s, dialect: db.dialect}
	done := false
	defer func() {
		failed = cmp.Or(failed, tx.failed)
		if !done { // do failed, or panicked
			tx.abandon()
			if e := s.rollback(); e != nil && err != nil {
				err = fmt.Errorf("%w (and the rollback failed: %v)", err, e)
			}
		}
		tx.session = nil // a Tx that outlives its transaction fails at once
		p.giveBack(s)
	}()
	if err = do(tx); err != nil {
		return err
	}
	if err = tx.ready(); err != nil {
		return err
	}
	done = true
	failed = s.commit()
	return failed
}

// spanOf is what a transaction is called where it is traced.
func spanOf(write bool) string {
	if write {
		return "sql.write"
	}
	return "sql.read"
}

// begin borrows a session and starts a transaction on it. A session that went stale while it was idle (the server was
// restarted) is replaced once: nothing was asked of it yet.
func (db *DB) begin(ctx context.Context, p *pool, write bool) (session, error) {
	for {
		s, fresh, err := p.borrow(ctx)
		if err != nil {
			return nil, err
		}
		if err = s.begin(ctx, write); err == nil {
			return s, nil
		}
		stale := s.broken() && !fresh && ctx.Err() == nil
		p.giveBack(s)
		if !stale {
			return nil, err
		}
	}
}
