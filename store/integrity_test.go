package store_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

func TestASoundDatabaseHasNothingToTell(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		if found, err := db.Integrity(t.Context()); len(found) > 0 || err != nil {
			t.Errorf("got %v, %v", found, err)
		}
	})
}

// TestAnIndexThatDisagrees alters a value in the index and not in the table, with the disk's pencil.
func TestAnIndexThatDisagrees(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, store.SQLite)
	db := storetest.OpenAt(t, o)
	inTx(t, db, func(tx *store.Tx) error {
		for _, s := range []string{"CREATE TABLE crew (id integer PRIMARY KEY, name text)", "CREATE INDEX crew_name ON crew (name)"} {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		for i := range 100 {
			if _, err := tx.Exec("INSERT INTO crew (id, name) VALUES (?, ?)", i, fmt.Sprintf("member-%03d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(o.Dir, store.FileName)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	i := bytes.LastIndex(b, []byte("member-042"))
	if i < 0 || i == bytes.Index(b, []byte("member-042")) {
		t.Fatal("the name does not stand in table and index")
	}
	b[i+9] = '3'
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := storetest.OpenAt(t, o).Integrity(t.Context())
	if err != nil || len(found) == 0 || !found.Is(store.ErrDamaged) || !strings.Contains(found.Error(), "crew_name") {
		t.Errorf("got %v, %v", found, err)
	}
}

// TestAnIndexThatLeadsPastRows has an index of PostgreSQL miss a row that was written while it was switched off.
func TestAnIndexThatLeadsPastRows(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.PostgreSQL)
	crew := func(statements ...string) {
		t.Helper()
		inTx(t, db, func(tx *store.Tx) error {
			for _, s := range statements {
				if _, err := tx.Exec(s); err != nil {
					return err
				}
			}
			return nil
		})
	}
	crew("CREATE TABLE crew (id bigint PRIMARY KEY, name text)", "CREATE INDEX crew_name ON crew (name)", "INSERT INTO crew (id, name) VALUES (1, 'first')",
		"UPDATE pg_index SET indisready = false WHERE indexrelid = 'crew_name'::regclass")
	found, err := db.Integrity(t.Context())
	if err != nil || len(found) != 1 || !strings.Contains(found.Error(), "crew_name") {
		t.Errorf("an index that is switched off: got %v, %v", found, err)
	}
	crew("INSERT INTO crew (id, name) VALUES (2, 'second')")
	crew("UPDATE pg_index SET indisready = true WHERE indexrelid = 'crew_name'::regclass", "CREATE EXTENSION amcheck")
	found, err = db.Integrity(t.Context())
	if err != nil || len(found) != 1 || !found.Is(store.ErrDamaged) || !strings.Contains(found.Error(), "crew_name") {
		t.Errorf("an index without a row: got %v, %v", found, err)
	}
}

func TestARowThatRefersToNothing(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, store.SQLite)
	db := storetest.OpenAt(t, o)
	plain, err := sql.Open("sqlite", filepath.Join(o.Dir, store.FileName)) // a tool that does not ask for foreign keys
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	for _, s := range []string{
		"CREATE TABLE ship (id integer PRIMARY KEY)",
		"CREATE TABLE sailor (id integer PRIMARY KEY, ship_id integer REFERENCES ship (id))",
		"INSERT INTO sailor (id, ship_id) VALUES (1, 9)",
	} {
		if _, err := plain.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	found, err := db.Integrity(t.Context())
	if err != nil || len(found) != 1 || !strings.Contains(found.Error(), "row 1 of sailor") {
		t.Errorf("got %v, %v", found, err)
	}
}
