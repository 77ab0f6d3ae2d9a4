package storetest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"anlan/store"
)

// Migrated are the options of a place whose tables are made and where no book is founded: a copy of a place that was
// migrated once, since making a few hundred tables takes longer than most tests. On SQLite that place is made once in a
// process and kept in memory; on PostgreSQL it is a database of the server, made by the first test that wants it and left
// there for the next run of tests, in any process, whose migrations are the same.
func Migrated(t testing.TB, d store.Dialect) store.Options {
	t.Helper()
	if d == store.SQLite {
		o := Options(t, d)
		file, err := migratedFile()
		if err == nil {
			err = errors.Join(os.WriteFile(filepath.Join(o.Dir, store.FileName), file, 0o600), os.Chmod(o.Dir, 0o700)) // as a book is founded
		}
		if err != nil {
			t.Fatalf("copy a migrated book: %v", err)
		}
		return o
	}
	o := store.Options{URL: PostgresURL(t), Schema: templateSchema}
	server := o.URL
	name, err := copyTemplate(t.Context(), server)
	if err == nil {
		o.URL, err = onServer(server, name)
	}
	if err != nil {
		t.Fatalf("copy a migrated database: %v", err)
	}
	if *keep {
		t.Logf("kept: database %s", name)
		return o
	}
	t.Cleanup(func() {
		ctx := context.Background() // t.Context is over when cleaning up
		if err := onMaintenance(ctx, server, func(c *pgx.Conn) error { return dropDatabase(ctx, c, name) }); err != nil {
			t.Errorf("drop %s: %v", name, err)
		}
	})
	return o
}

// migratedFile is the content of a migrated SQLite file in which nothing is.
var migratedFile = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "anlan-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := migrated(context.Background(), store.Options{Dir: dir}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, store.FileName)) // closed, so nothing is left in its write-ahead log
})

func migrated(ctx context.Context, o store.Options) error {
	db, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}

const (
	templatePrefix = "anlan_template_"
	templateSchema = "book"
	templatesMax   = 8 // on one server: several working copies test at once, and each changes its migrations
)

// copyTemplate makes a database of the test's own from the template and says its name.
func copyTemplate(ctx context.Context, server string) (name string, err error) {
	name = "t_" + random()
	err = onMaintenance(ctx, server, func(c *pgx.Conn) error {
		template, err := theTemplate(ctx, c, server)
		if err != nil {
			return err
		}
		_, err = c.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template)
		return err
	})
	return name, err
}

// theTemplate is the database with the tables of these migrations. Whoever misses it makes it, while the others wait; it
// gets its name when it is whole.
func theTemplate(ctx context.Context, c *pgx.Conn, server string) (string, error) {
	sum, err := store.PostgreSQL.Migrations()
	if err != nil {
		return "", err
	}
	name := templatePrefix + hex.EncodeToString(sum[:8])
	if there, err := isThere(ctx, c, name); err != nil || there {
		return name, err
	}
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", templatePrefix); err != nil {
		return "", err
	}
	defer func() { _, _ = c.Exec(ctx, "SELECT pg_advisory_unlock_all()") }() // closing the connection does it too
	if there, err := isThere(ctx, c, name); err != nil || there {
		return name, err
	}
	if err := sweepTemplates(ctx, c); err != nil {
		return "", err
	}
	making := templatePrefix + "making_" + random()
	if _, err := c.Exec(ctx, "CREATE DATABASE "+making); err != nil {
		return "", err
	}
	at, err := onServer(server, making)
	if err != nil {
		return "", err
	}
	if err := migrated(ctx, store.Options{URL: at, Schema: templateSchema}); err != nil {
		return "", errors.Join(err, dropDatabase(ctx, c, making))
	}
	_, err = c.Exec(ctx, "ALTER DATABASE "+making+" RENAME TO "+name)
	return name, err
}

func isThere(ctx context.Context, c *pgx.Conn, name string) (there bool, err error) {
	err = c.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there)
	return there, err
}

// sweepTemplates drops the oldest templates, and what a process left that died while making one: nobody else makes any now.
func sweepTemplates(ctx context.Context, c *pgx.Conn) error {
	rows, err := c.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY starts_with(datname, $1 || 'making_'), oid DESC OFFSET $2", templatePrefix, templatesMax-1)
	if err != nil {
		return err
	}
	old, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, name := range old {
		err = errors.Join(err, dropDatabase(ctx, c, name))
	}
	return err
}

func dropDatabase(ctx context.Context, c *pgx.Conn, name string) error {
	_, err := c.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	return err
}

// onMaintenance connects to the database that the address names, in which no book of a template lives.
func onMaintenance(ctx context.Context, server string, do func(c *pgx.Conn) error) (err error) {
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { err = errors.Join(err, c.Close(ctx)) }()
	return do(c)
}

// onServer is the address of another database of a server.
func onServer(server, database string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + database
	return u.String(), nil
}
