// Package storetest opens books for tests: on both databases, each test in a world of its own.
//
//	func TestHazardIsFoundByItsSerial(t *testing.T) {
//		t.Parallel()
//		storetest.Run(t, func(t *testing.T, db *store.DB) { … })   // subtests sqlite and postgres
//	}
//
// SQLite lives in a folder of the test, PostgreSQL in a schema or database that is dropped at its end. The server is named
// by ANLAN_TEST_POSTGRES (postgres://…), as somebody who may make databases; without it PostgreSQL is skipped, loudly, unless
// ANLAN_REQUIRE contains "postgres", when it fails instead. With -keep the book of a test is left for looking, and the test says where.
// Only tests import this package.
package storetest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"flag"
	"os"
	"strings"
	"testing"

	"anlan/store"
)

var keep = flag.Bool("keep", false, "leave the databases of tests for looking")

// Dialects are the databases that Run walks through.
var Dialects = []store.Dialect{store.SQLite, store.PostgreSQL}

// Run runs a test on both databases, migrated, in parallel.
func Run(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, d := range Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, d))
		})
	}
}

// Bench runs a benchmark on both databases, migrated, one after the other.
func Bench(b *testing.B, bench func(b *testing.B, db *store.DB)) {
	b.Helper()
	for _, d := range Dialects {
		b.Run(d.String(), func(b *testing.B) { bench(b, Open(b, d)) })
	}
}

// Open is an empty migrated book that is gone when the test ends.
func Open(t testing.TB, d store.Dialect) *store.DB {
	t.Helper()
	return OpenAt(t, Migrated(t, d))
}

// OpenAt opens the book of these options, closed when the test ends. It does not migrate.
func OpenAt(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

// Options are those of a place where no book is yet.
func Options(t testing.TB, d store.Dialect) store.Options {
	t.Helper()
	if d == store.SQLite && *keep {
		dir, err := os.MkdirTemp("", "anlan-")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("kept: %s", dir)
		return store.Options{Dir: dir}
	}
	if d == store.SQLite {
		return store.Options{Dir: t.TempDir()}
	}
	o := store.Options{URL: PostgresURL(t), Schema: "t_" + random()}
	if *keep {
		t.Logf("kept: schema %s", o.Schema)
		return o
	}
	t.Cleanup(func() { Drop(t, o) })
	return o
}

// PostgresURL is the server for tests. Without one the test is skipped, or fails when it is required.
func PostgresURL(t testing.TB) string {
	t.Helper()
	url := os.Getenv("ANLAN_TEST_POSTGRES")
	if url != "" {
		return url
	}
	if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "postgres") {
		t.Fatal("ANLAN_REQUIRE wants postgres, but ANLAN_TEST_POSTGRES names no server")
	}
	t.Skip("SKIPPED: PostgreSQL is not tested; set ANLAN_TEST_POSTGRES=postgres://… to test it")
	return ""
}

// Drop takes the PostgreSQL schema of a test away, when its book is closed. Options does it by itself; a test that makes
// further schemas calls it in its cleanup.
func Drop(t testing.TB, o store.Options) {
	ctx := context.Background() // t.Context is over when cleaning up
	db, err := store.Open(ctx, store.Options{URL: o.URL})
	if err != nil {
		t.Errorf("open to drop %s: %v", o.Schema, err)
		return
	}
	err = db.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("DROP SCHEMA IF EXISTS " + o.Schema + " CASCADE")
		return err
	})
	if err != nil {
		t.Errorf("drop %s: %v", o.Schema, err)
	}
	if err := db.Close(); err != nil {
		t.Errorf("close after dropping %s: %v", o.Schema, err)
	}
}

func random() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
