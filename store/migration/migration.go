// Package migration holds the files that make and change the tables (结构迁移), and runs them.
//
// A file is NNNN_what.sql, one text for both databases. The name says what, the first comment why and what becomes of
// rows that exist. Forward only; a shipped file is never edited. What the databases spell differently is a variable:
//
//	-- +goose Up
//	CREATE TABLE hazard (
//	  id         ${TEXT} NOT NULL,            -- text, COLLATE "C" on PostgreSQL
//	  version    ${INT}  NOT NULL,            -- 64 bits; as INTEGER PRIMARY KEY the row number of SQLite
//	  urgent     ${BOOL} NOT NULL,            -- 0 or 1
//	  sketch     ${BLOB},
//	  ext        ${JSON},                     -- members are read, cast; never whole, never hashed
//	  CONSTRAINT hazard_key PRIMARY KEY (id),
//	  CONSTRAINT hazard_urgent_is_bool CHECK (urgent IN (0, 1))
//	) ${STRICT};
//
// ${STRICT} makes SQLite refuse a value of the wrong type, as PostgreSQL does; ${CLUSTERED} instead of it also keeps
// the rows in the order of a primary key that is not one integer (WITHOUT ROWID). Each constraint is named, because the
// user will meet it. A variable that is none of these is an error, and so is a statement with `;` inside unless it
// stands between "-- +goose StatementBegin" and "-- +goose StatementEnd".
//
// Numbers: 0001–0009 are the store's own; each floor above takes its ranges in order of arrival.
// On the store floor, below package store: imports nothing of the house.
package migration

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

// Dialects, as goose names them.
const (
	SQLite     = goose.DialectSQLite3
	PostgreSQL = goose.DialectPostgres
)

// Table holds which migrations a database has had.
const Table = "schema_version"

//go:embed *.sql
var files embed.FS

// Types are the variables of the files.
type Types map[string]string

// Newer says that the database has had migrations that this program does not know.
type Newer struct{ Found, Known int64 }

func (n *Newer) Error() string {
	return fmt.Sprintf("migration: the database has version %d, this program knows %d", n.Found, n.Known)
}

// Newest as a target is all that this program knows.
const Newest = math.MaxInt64

// Sum is the SHA-256 of all files with the types of a database written in: where it is the same, so are the tables.
func Sum(types Types) (sum [sha256.Size]byte, err error) {
	sources, err := expand(files, types)
	if err != nil {
		return sum, err
	}
	names, err := fs.Glob(sources, "*.sql")
	if err != nil {
		return sum, err
	}
	h := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(sources, name)
		if err != nil {
			return sum, err
		}
		fmt.Fprintf(h, "%s %d\n%s", name, len(text), text)
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// Up runs what the database has not had yet, up to a version, each file in a transaction of its own.
func Up(ctx context.Context, db *sql.DB, dialect goose.Dialect, types Types, target int64) error {
	sources, err := expand(files, types)
	if err != nil {
		return err
	}
	return up(ctx, db, dialect, sources, target)
}

func up(ctx context.Context, db *sql.DB, dialect goose.Dialect, sources fs.FS, target int64) error {
	p, err := goose.NewProvider(dialect, db, sources, goose.WithTableName(Table), goose.WithLogger(goose.NopLogger()),
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migration: %w", err)
	}
	for tried := int64(-1); ; {
		had, known, err := p.GetVersions(ctx)
		if err != nil {
			return fmt.Errorf("migration: read the version: %w", err)
		}
		if had > known {
			return &Newer{had, known}
		}
		_, err = p.UpTo(ctx, target)
		if err == nil {
			return nil
		}
		// On SQLite nothing stops another process from migrating at the same time; whoever came second fails, finds
		// the version moved, and goes on from there.
		if had <= tried || dialect != SQLite {
			return fmt.Errorf("migration: after version %d: %w", had, err)
		}
		tried = had
	}
}

// Locked runs do while no other process of the same PostgreSQL book migrates.
func Locked(ctx context.Context, db *sql.DB, book string, do func() error) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("migration: connect: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", Table+"."+book); err != nil {
		return fmt.Errorf("migration: lock: %w", err)
	}
	defer func() {
		_, e := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtextextended($1, 0))", Table+"."+book)
		err = errors.Join(err, e)
	}()
	return do()
}

var variable = regexp.MustCompile(`\$\{(\w+)\}`)

// expand writes the types of one database into the files. It is done here and not by goose's ENVSUB, which reads the
// process's environment: one process may have both databases open.
func expand(source fs.FS, types Types) (fs.FS, error) {
	names, err := fs.Glob(source, "*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, err
		}
		text = variable.ReplaceAllFunc(text, func(v []byte) []byte {
			word, ok := types[string(v[2:len(v)-1])]
			if !ok && err == nil {
				line := 1 + bytes.Count(text[:bytes.Index(text, v)], []byte("\n"))
				err = fmt.Errorf("migration: %s line %d: %s is not a type", name, line, v)
			}
			return []byte(word)
		})
		if err != nil {
			return nil, err
		}
		out[name] = &fstest.MapFile{Data: text, Mode: 0o444}
	}
	return out, nil
}
