package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"anlan/ground/trace"

	"modernc.org/sqlite"
)

func openSQLite(ctx context.Context, o Options) (*DB, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, ErrCannotOpen.Because(err, o.Dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, ErrCannotOpen.Because(err, dir)
	}
	o.Dir = dir
	db := &DB{dialect: SQLite, options: o, traced: trace.Text("db.system.name", "sqlite")}
	path := db.Path()
	// The writer holds 64 MiB of pages: a large import touches pages all over the indexes, and with SQLite's 2 MiB it
	// takes twice the time. Its log grows to 16 MiB before it is brought into the file, so hot pages are written once.
	writer, err := sqlite.NewConnector(sqliteDSN(path, "cache_size(-65536)", "wal_autocheckpoint(4000)"))
	if err != nil {
		return nil, ErrCannotOpen.Because(err, path)
	}
	reader, err := sqlite.NewConnector(sqliteDSN(path, "query_only(1)", "cache_size(-8192)"))
	if err != nil {
		return nil, ErrCannotOpen.Because(err, path)
	}
	db.writers = newPool(1, func(ctx context.Context) (session, error) { return connectSQLite(ctx, writer, path) })
	db.readers = newPool(readersMax, func(ctx context.Context) (session, error) { return connectSQLite(ctx, reader, path) })
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	s, _, err := db.writers.borrow(ctx)
	if err != nil {
		return nil, err
	}
	db.writers.giveBack(s)
	return db, nil
}

// makePrivate makes the file before SQLite does, so that nobody else may read it; the log gets the same mode.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, syscall.EROFS) {
		return ErrReadOnly.Because(err)
	}
	if err != nil {
		return ErrCannotOpen.Because(err, path)
	}
	return f.Close()
}

// sqliteDSN: WAL lets readers read while one writes; FULL puts the log on the disk before a commit returns, so nothing
// acknowledged is lost when the power goes; dqs off makes "misspelt" an error and not a text; LIKE tells capitals from
// small letters as PostgreSQL does.
func sqliteDSN(path string, more ...string) string {
	q := url.Values{"_dqs": {"0"}, "_defensive": {"1"}, "_error_rc": {"1"}}
	q["_pragma"] = append([]string{
		"busy_timeout(" + strconv.Itoa(busySecondsMax*1000) + ")",
		"journal_mode(WAL)",
		"synchronous(FULL)",
		"foreign_keys(1)",
		"trusted_schema(0)",
		"cell_size_check(1)",
		"case_sensitive_like(1)",
	}, more...)
	p := filepath.ToSlash(path)
	if p[0] != '/' {
		p = "/" + p // a drive letter of Windows
	}
	return (&url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}).String()
}

type sqliteConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.Validator
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// sqliteSession is one connection of modernc.org/sqlite with its prepared statements.
type sqliteSession struct {
	conn       sqliteConn
	path       string
	statements map[string]*statement
	inserts    map[insertKey]string
	named      []driver.NamedValue // scratch
	dead       bool                // its transaction could not be ended
}

func connectSQLite(ctx context.Context, c driver.Connector, path string) (session, error) {
	conn, err := c.Connect(ctx)
	if err != nil {
		return nil, sqliteFault(err, path)
	}
	return &sqliteSession{conn: conn.(sqliteConn), path: path, statements: map[string]*statement{}, inserts: map[insertKey]string{}}, nil
}

func (s *sqliteSession) prepare(ctx context.Context, query string) (*statement, error) {
	if st := s.statements[query]; st != nil {
		return st, nil
	}
	text, params, err := rebind(query, false)
	if err != nil {
		return nil, err
	}
	held, err := s.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, s.fault(err, query)
	}
	if len(s.statements) >= statementsMax {
		s.forget()
	}
	st := &statement{query, text, params, held}
	s.statements[query] = st
	return st, nil
}

// forget closes all statements: a program with so many different ones has no hot ones.
func (s *sqliteSession) forget() {
	for _, st := range s.statements {
		_ = st.held.(sqliteStmt).Close() // finalizing repeats the error of the last run, which was returned then
	}
	clear(s.statements)
}

func (s *sqliteSession) bind(args []any) []driver.NamedValue {
	s.named = s.named[:0]
	for i, a := range args {
		if b, ok := a.([]byte); ok && b == nil {
			a = nil
		}
		s.named = append(s.named, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return s.named
}

func (s *sqliteSession) exec(ctx context.Context, st *statement, args []any) (int64, error) {
	r, err := st.held.(sqliteStmt).ExecContext(ctx, s.bind(args))
	if err != nil {
		return 0, s.fault(err, st.query)
	}
	return r.RowsAffected()
}

func (s *sqliteSession) query(ctx context.Context, st *statement, args []any) (cursor, error) {
	rows, err := st.held.(sqliteStmt).QueryContext(ctx, s.bind(args))
	if err != nil {
		return nil, s.fault(err, st.query)
	}
	return &sqliteCursor{s: s, ctx: ctx, st: st, rows: rows, row: make([]driver.Value, len(rows.Columns()))}, nil
}

const rowsBetweenLooks = 1024 // rows after which a long loop looks whether its use was cancelled

// rowsAtOnce are the rows of one INSERT: 32 cost about a quarter less than one by one, more bring nothing
// (BenchmarkInsertRows), and with any table's columns they stay under SQLite's limit of 32,766 parameters.
const rowsAtOnce = 32

func (s *sqliteSession) insert(ctx context.Context, table string, columns []string, rows iter.Seq2[[]any, error]) (n int64, err error) {
	into := insertKey{table, strings.Join(columns, ","), rowsAtOnce}
	args := make([]any, 0, rowsAtOnce*len(columns))
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		args = append(args, row...)
		if len(args) < cap(args) {
			continue
		}
		if err := s.insertPiece(ctx, into, columns, args); err != nil {
			return n, err
		}
		n += rowsAtOnce
		args = args[:0]
	}
	into.rows = 1
	for ; len(args) > 0; args = args[len(columns):] { // one statement for any rest, so two are prepared for a table
		if err := s.insertPiece(ctx, into, columns, args[:len(columns)]); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (s *sqliteSession) insertPiece(ctx context.Context, into insertKey, columns []string, args []any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	text, ok := s.inserts[into]
	if !ok {
		var err error
		if text, err = insertText(into.table, columns, into.rows); err != nil {
			return err
		}
		s.inserts[into] = text
	}
	st, err := s.prepare(ctx, text)
	if err != nil {
		return err
	}
	// Without the context, which was looked at: the driver would start a goroutine for each statement to watch it.
	if _, err := st.held.(sqliteStmt).ExecContext(context.Background(), s.bind(args)); err != nil {
		return s.fault(err, st.query)
	}
	return nil
}

// insertKey finds the text of an INSERT without writing it again.
type insertKey struct {
	table, columns string
	rows           int
}

func (s *sqliteSession) begin(ctx context.Context, write bool) error {
	if write {
		return s.control(ctx, "BEGIN IMMEDIATE")
	}
	return s.control(ctx, "BEGIN")
}

func (s *sqliteSession) commit() error {
	err := s.control(context.Background(), "COMMIT")
	if err != nil {
		_ = s.rollback() // COMMIT leaves the transaction open when it fails; a failed one may have ended it already
	}
	return err
}

func (s *sqliteSession) rollback() error {
	err := s.control(context.Background(), "ROLLBACK")
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code() == sqliteError {
		return nil // "no transaction is active": disk full, corruption and the like end it by themselves
	}
	s.dead = s.dead || err != nil
	return err
}

func (s *sqliteSession) control(ctx context.Context, text string) error {
	st, err := s.prepare(ctx, text)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, st, nil)
	return err
}

func (s *sqliteSession) broken() bool { return s.dead || !s.conn.IsValid() }

func (s *sqliteSession) close() error {
	s.forget()
	return s.conn.Close()
}

func (s *sqliteSession) fault(err error, query string) error {
	if f := sqliteFault(err, s.path); f != err {
		return f
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code()&0xff == sqliteConstraint {
		if v, d := sqliteViolation(e); d != nil {
			s.name(v)
			return v.fault(d)
		}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("store: %w in: %s", err, query)
}

// sqliteCursor walks over driver.Rows without database/sql in between.
type sqliteCursor struct {
	s     *sqliteSession
	ctx   context.Context
	st    *statement
	rows  driver.Rows
	row   []driver.Value
	out   []any
	n     int
	ended error
}

func (c *sqliteCursor) columns() []string { return c.rows.Columns() }

func (c *sqliteCursor) next() bool {
	if c.n++; c.n%rowsBetweenLooks == 0 && c.ctx.Err() != nil {
		c.ended = c.ctx.Err()
		return false
	}
	if err := c.rows.Next(c.row); err != nil {
		if err != io.EOF {
			c.ended = c.s.fault(err, c.st.query)
		}
		return false
	}
	if c.out == nil {
		c.out = make([]any, len(c.row))
	}
	for i, v := range c.row {
		switch b := v.(type) {
		case []byte:
			if b == nil {
				v = []byte{} // so the driver gives an empty blob; NULL is a plain nil
			}
			c.out[i] = v // and not b, which would be boxed again
		case nil, int64, string:
			c.out[i] = v
		default:
			c.ended = fmt.Errorf("store: column %q is a %T; only integers, texts and blobs are read (cast it) in: %s",
				c.rows.Columns()[i], v, c.st.query)
			return false
		}
	}
	return true
}

func (c *sqliteCursor) values() []any { return c.out }
func (c *sqliteCursor) err() error    { return c.ended }

func (c *sqliteCursor) close() error {
	if err := c.rows.Close(); err != nil && c.ended == nil {
		return c.s.fault(err, c.st.query)
	}
	return nil
}
