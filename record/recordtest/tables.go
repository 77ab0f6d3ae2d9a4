// Package recordtest makes kinds usable in tests without a migration: their tables are made from their definition
// (record.DDL), on both databases.
//
//	db := storetest.Open(t, d)
//	recordtest.Make(t, db, k)      // the tables of k, beside those that the migrations made
//
// Only tests import this package.
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

// Make makes the tables of kinds as they declare them.
func Make(t testing.TB, db *store.DB, kinds ...record.Of) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		for _, k := range kinds {
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
