package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"strconv"

	"anlan/ground/trace"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

const defaultSchema = "public"

func openPostgres(ctx context.Context, o Options) (*DB, error) {
	if o.Schema == "" {
		o.Schema = defaultSchema
	}
	config, err := postgresConfig(o)
	if err != nil {
		return nil, err
	}
	p := newPool(connectionsMax, func(ctx context.Context) (session, error) { return connectPostgres(ctx, config) })
	db := &DB{dialect: PostgreSQL, writers: p, readers: p, options: o, traced: trace.Text("db.system.name", "postgresql")}
	s, _, err := p.borrow(ctx)
	if err != nil {
		return nil, err
	}
	p.giveBack(s)
	return db, nil
}

func postgresConfig(o Options) (*pgx.ConnConfig, error) {
	schema, err := Ident(o.Schema)
	if err != nil {
		return nil, err
	}
	c, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, ErrCannotOpen.Because(err, "PostgreSQL") // the address may hold the password: it is not repeated
	}
	c.RuntimeParams["search_path"] = schema
	c.RuntimeParams["application_name"] = "anlan"
	c.RuntimeParams["client_encoding"] = "UTF8"
	c.RuntimeParams["lock_timeout"] = strconv.Itoa(busySecondsMax * 1000)
	c.StatementCacheCapacity = statementsMax
	return c, nil
}

// postgresSession is one connection of pgx, which keeps its own cache of prepared statements.
type postgresSession struct {
	conn       *pgx.Conn
	address    string
	statements map[string]*statement
	dead       bool // its transaction could not be ended
}

func connectPostgres(ctx context.Context, c *pgx.ConnConfig) (session, error) {
	s := &postgresSession{address: fmt.Sprintf("%s:%d/%s", c.Host, c.Port, c.Database), statements: map[string]*statement{}}
	conn, err := pgx.ConnectConfig(ctx, c.Copy())
	if err != nil {
		return nil, s.fault(err, "")
	}
	s.conn = conn
	if enc := conn.PgConn().ParameterStatus("server_encoding"); enc != "UTF8" {
		_ = s.close()
		return nil, ErrEncoding.With(enc)
	}
	return s, nil
}

func (s *postgresSession) prepare(_ context.Context, query string) (*statement, error) {
	if st := s.statements[query]; st != nil {
		return st, nil
	}
	text, params, err := rebind(query, true)
	if err != nil {
		return nil, err
	}
	if len(s.statements) >= statementsMax {
		clear(s.statements)
	}
	st := &statement{query: query, text: text, params: params}
	s.statements[query] = st
	return st, nil
}

func (s *postgresSession) exec(ctx context.Context, st *statement, args []any) (int64, error) {
	tag, err := s.conn.Exec(ctx, st.text, args...)
	if err != nil {
		return 0, s.fault(err, st.query)
	}
	return tag.RowsAffected(), nil
}

func (s *postgresSession) query(ctx context.Context, st *statement, args []any) (cursor, error) {
	rows, err := s.conn.Query(ctx, st.text, args...)
	if err != nil {
		return nil, s.fault(err, st.query)
	}
	c := &postgresCursor{s: s, st: st, rows: rows, fields: rows.FieldDescriptions()}
	// The first row is fetched now, so that a wrong query fails at Query as it does on SQLite.
	if c.first = rows.Next(); !c.first {
		if err := rows.Err(); err != nil {
			return nil, s.fault(err, st.query)
		}
	}
	if c.fields == nil {
		c.fields = rows.FieldDescriptions()
	}
	c.out = make([]any, len(c.fields))
	return c, nil
}

func (s *postgresSession) begin(ctx context.Context, write bool) error {
	text := "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
	if !write {
		text = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	_, err := s.conn.Exec(ctx, text)
	if err != nil {
		return s.fault(err, text)
	}
	return nil
}

// commit: when the connection is lost now, nobody knows what became of it.
func (s *postgresSession) commit() error {
	tag, err := s.conn.Exec(context.Background(), "COMMIT")
	switch {
	case err != nil && s.conn.IsClosed():
		return ErrInDoubt.Because(err)
	case err != nil:
		return s.fault(err, "COMMIT")
	case tag.String() != "COMMIT": // PostgreSQL answers ROLLBACK to the COMMIT of a failed transaction
		return fmt.Errorf("store: the database answered %s to COMMIT", tag)
	}
	return nil
}

func (s *postgresSession) rollback() error {
	if s.conn.IsClosed() {
		return nil // the server rolls back what has lost its connection
	}
	_, err := s.conn.Exec(context.Background(), "ROLLBACK")
	s.dead = s.dead || err != nil
	return err
}

func (s *postgresSession) broken() bool { return s.dead || s.conn.IsClosed() }

func (s *postgresSession) close() error { return s.conn.Close(context.Background()) }

// copyRowsMin is where COPY starts to win over one INSERT with many rows; see BenchmarkInsertRows.
const copyRowsMin = 64

func (s *postgresSession) insert(ctx context.Context, table string, columns []string, rows iter.Seq2[[]any, error]) (int64, error) {
	next, stop := iter.Pull2(rows)
	defer stop()
	// The producer may reuse its row, so the few that decide about COPY are copied.
	few := make([]any, 0, copyRowsMin*len(columns))
	n := 0
	for n < copyRowsMin {
		row, err, ok := next()
		if !ok {
			break
		}
		if err != nil {
			return 0, err
		}
		few = append(few, row...)
		n++
	}
	if n == 0 {
		return 0, nil
	}
	if n < copyRowsMin {
		text, err := insertText(table, columns, n)
		if err != nil {
			return 0, err
		}
		st, err := s.prepare(ctx, text)
		if err != nil {
			return 0, err
		}
		return s.exec(ctx, st, few)
	}
	if _, err := insertText(table, columns, 0); err != nil {
		return 0, err // a name that cannot be one
	}
	source := &copySource{few: few, width: len(columns), next: next}
	count, err := s.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, source)
	if source.failed != nil {
		return 0, source.failed
	}
	if err != nil {
		return 0, s.fault(err, "COPY "+table)
	}
	return count, nil
}

// copySource gives COPY the rows that were looked at first, then the rest.
type copySource struct {
	few    []any
	width  int
	next   func() ([]any, error, bool)
	row    []any
	failed error
}

func (c *copySource) Next() bool {
	if len(c.few) > 0 {
		c.row, c.few = c.few[:c.width], c.few[c.width:]
		return true
	}
	row, err, ok := c.next()
	c.row, c.failed = row, err
	return ok && err == nil
}

func (c *copySource) Values() ([]any, error) { return c.row, nil }
func (c *copySource) Err() error             { return c.failed }

// postgresCursor reads the raw bytes of a row: four types of value are faster decoded here than by reflection.
type postgresCursor struct {
	s      *postgresSession
	st     *statement
	rows   pgx.Rows
	fields []pgconn.FieldDescription
	first  bool
	out    []any
	ended  error
}

func (c *postgresCursor) columns() []string {
	names := make([]string, len(c.fields))
	for i, f := range c.fields {
		names[i] = f.Name
	}
	return names
}

func (c *postgresCursor) next() bool {
	if c.first {
		c.first = false
	} else if !c.rows.Next() {
		if err := c.rows.Err(); err != nil {
			c.ended = c.s.fault(err, c.st.query)
		}
		return false
	}
	for i, raw := range c.rows.RawValues() {
		if c.out[i], c.ended = decode(c.fields[i], raw); c.ended != nil {
			c.ended = fmt.Errorf("%w in: %s", c.ended, c.st.query)
			return false
		}
	}
	return true
}

// decode reads a value of one of the types that the house stores.
func decode(f pgconn.FieldDescription, raw []byte) (any, error) {
	if raw == nil {
		return nil, nil
	}
	switch f.DataTypeOID {
	case pgtype.Int8OID:
		return int64(binary.BigEndian.Uint64(raw)), nil
	case pgtype.Int4OID:
		return int64(int32(binary.BigEndian.Uint32(raw))), nil
	case pgtype.Int2OID:
		return int64(int16(binary.BigEndian.Uint16(raw))), nil
	case pgtype.BoolOID:
		return int64(raw[0]), nil
	case pgtype.TextOID, pgtype.VarcharOID, pgtype.NameOID, pgtype.BPCharOID, pgtype.UnknownOID:
		return string(raw), nil
	case pgtype.ByteaOID:
		return raw, nil
	case pgtype.JSONBOID:
		return string(raw[1:]), nil // after the number of the binary form
	}
	return nil, fmt.Errorf("store: column %q has type %d; only integers, texts and blobs are read (cast it)", f.Name, f.DataTypeOID)
}

func (c *postgresCursor) values() []any { return c.out }
func (c *postgresCursor) err() error    { return c.ended }

func (c *postgresCursor) close() error {
	c.rows.Close()
	if err := c.rows.Err(); err != nil && c.ended == nil {
		return c.s.fault(err, c.st.query)
	}
	return nil
}
