// Package recordtest is a book for tests over kinds of their own: the tables are made from the definitions (record.DDL),
// on both databases, without a migration.
//
//	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
//		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
//		w.Must(recordtest.Create("sample", recordtest.New("YB-1", "430602")))
//		w.Sound()                  // replay and repost find nothing
//	})
//
// Sample is a record with a field of every type; Any draws random ones. Only tests import this package.
package recordtest

import (
	"strings"
	"testing"

	"anlan/record"
	"anlan/store"
)

// types are what the variables of a migration file stand for, as package store has them.
var types = map[store.Dialect]*strings.Replacer{
	store.SQLite: strings.NewReplacer("${TEXT}", "text", "${INT}", "integer", "${BOOL}", "integer",
		"${STRICT}", "STRICT", "${CLUSTERED}", "STRICT, WITHOUT ROWID"),
	store.PostgreSQL: strings.NewReplacer("${TEXT}", `text COLLATE "C"`, "${INT}", "bigint", "${BOOL}", "smallint",
		"${STRICT}", "", "${CLUSTERED}", ""),
}

// Make makes the tables of kinds as they declare them, where no migration has.
func Make(t testing.TB, db *store.DB, kinds ...record.Of) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		made, err := tx.Schema()
		if err != nil {
			return err
		}
		for _, k := range kinds {
			if _, ok := made.Table(k.Code()); ok {
				continue
			}
			ddl := types[tx.Dialect()].Replace(record.DDL(k))
			for statement := range strings.SplitSeq(strings.TrimSuffix(ddl, ";\n"), ";\n") {
				if _, err := tx.Exec(statement); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("make tables: %v", err)
	}
}

// MakeSchema makes the PostgreSQL schema that a database which was not migrated lacks.
func MakeSchema(t testing.TB, db *store.DB, o store.Options) {
	t.Helper()
	if o.Schema == "" {
		return
	}
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		name, err := store.Ident(o.Schema)
		if err == nil {
			_, err = tx.Exec("CREATE SCHEMA " + name)
		}
		return err
	})
	if err != nil {
		t.Fatalf("make schema %s: %v", o.Schema, err)
	}
}
