package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"anlan/app"
	"anlan/record"
	"anlan/record/access"
	"anlan/store"
)

// Place is where the databases and files of a comparison are: a folder that is gone afterwards, and a schema in the
// PostgreSQL that ANLAN_TEST_POSTGRES names. Without that server the comparison is made on SQLite alone, and says so.
type Place struct {
	Dir    string
	server string
	schema string
}

// NewPlace makes a place for a program. in is the folder in which its own is made; empty is that of the system.
func NewPlace(program, in string) (*Place, error) {
	dir, err := os.MkdirTemp(in, "anlan-bench-"+program+"-")
	if err != nil {
		return nil, err
	}
	return &Place{Dir: dir, server: os.Getenv("ANLAN_TEST_POSTGRES"), schema: fmt.Sprintf("bench_%s_%d", program, os.Getpid())}, nil
}

// Dialects are the databases that there are.
func (p *Place) Dialects() []store.Dialect {
	if p.server == "" {
		fmt.Println("PostgreSQL is left out: ANLAN_TEST_POSTGRES names no server")
		return []store.Dialect{store.SQLite}
	}
	return []store.Dialect{store.SQLite, store.PostgreSQL}
}

// Options are those of an empty database with a name of its own.
func (p *Place) Options(d store.Dialect, name string) store.Options {
	if d == store.SQLite {
		return store.Options{Dir: filepath.Join(p.Dir, name)}
	}
	return store.Options{URL: p.server, Schema: p.schema + "_" + name}
}

// Open opens an empty database, migrated. Whoever opens it closes it, or has it dropped.
func (p *Place) Open(ctx context.Context, d store.Dialect, name string) (*store.DB, error) {
	db, err := store.Open(ctx, p.Options(d, name))
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Found founds the book of a bureau, with the kinds, places and units that come with the program.
func (p *Place) Found(ctx context.Context, d store.Dialect, name string) (*app.App, error) {
	o := p.Options(d, name)
	return app.Init(ctx, app.Options{Data: filepath.Join(p.Dir, name), DB: o.URL, Schema: o.Schema}, Actor, "岳阳市应急管理局", "430600")
}

// Actor is who acts in comparisons.
var Actor = access.Actor{Name: "bench", Role: access.Administrator, Via: "bench"}

// Tables are the statements that make the tables of a kind, which a migration would make.
func Tables(d store.Dialect, k record.Of) []string {
	types := strings.NewReplacer("${TEXT}", "text", "${INT}", "integer", "${BOOL}", "integer", "${STRICT}", "STRICT")
	if d == store.PostgreSQL {
		types = strings.NewReplacer("${TEXT}", `text COLLATE "C"`, "${INT}", "bigint", "${BOOL}", "smallint", "${STRICT}", "")
	}
	return strings.Split(strings.TrimSuffix(types.Replace(record.DDL(k)), ";\n"), ";\n")
}

// Drop closes a database and takes it away.
func (p *Place) Drop(ctx context.Context, db *store.DB, name string) error {
	o := p.Options(db.Dialect(), name)
	if db.Dialect() == store.SQLite {
		return errors.Join(db.Close(), os.RemoveAll(o.Dir))
	}
	err := db.InTx(ctx, func(tx *store.Tx) error {
		schema, err := store.Ident(o.Schema)
		if err == nil {
			_, err = tx.Exec("DROP SCHEMA " + schema + " CASCADE")
		}
		return err
	})
	return errors.Join(err, db.Close())
}

// Version is what the database says of itself, and whether a commit waits for the disk.
func Version(ctx context.Context, db *store.DB) (v string, err error) {
	query := "SELECT 'SQLite ' || sqlite_version() || ', synchronous FULL'"
	if db.Dialect() == store.PostgreSQL {
		query = "SELECT split_part(version(), ' (', 1) || ', fsync ' || current_setting('fsync')"
	}
	err = db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.QueryRow([]any{&v}, query)
		return err
	})
	return v, err
}

// Close takes the folder away.
func (p *Place) Close() error { return os.RemoveAll(p.Dir) }
