package store_test

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/store"
	"anlan/store/storetest"
)

// set changes a setting of the one connection that writes next, so that a test need not wait ten seconds.
func set(t *testing.T, db *store.DB, statement string) {
	t.Helper()
	inTx(t, db, func(tx *store.Tx) error {
		rows, err := tx.Query(statement)
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		return rows.Close()
	})
}

func TestALockedDatabaseIsBusy(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			o := storetest.Options(t, d)
			holder, other := storetest.OpenAt(t, o), storetest.OpenAt(t, o)
			if err := holder.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			countTable(t, holder)
			set(t, other, map[store.Dialect]string{store.SQLite: "PRAGMA busy_timeout = 20", store.PostgreSQL: "SET lock_timeout = 20"}[d])
			inTx(t, holder, func(tx *store.Tx) error {
				if _, err := tx.Exec(count); err != nil {
					return err
				}
				err := other.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
				if !errors.Is(err, store.ErrBusy) {
					t.Errorf("the other writer got %v, want ErrBusy", err)
				}
				return nil
			})
			inTx(t, other, func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
			if n := counted(t, other); n != 2 {
				t.Errorf("got %d, want 2", n)
			}
		})
	}
}

func TestWaitingForALockEndsWithItsUse(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			o := storetest.Options(t, d)
			holder, other := storetest.OpenAt(t, o), storetest.OpenAt(t, o)
			if err := holder.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			countTable(t, holder)
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error)
			inTx(t, holder, func(tx *store.Tx) error {
				if _, err := tx.Exec(count); err != nil {
					return err
				}
				go func() {
					ended <- other.InTx(ctx, func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
				}()
				cancel()
				if err := <-ended; !errors.Is(err, context.Canceled) {
					t.Errorf("got %v, want context.Canceled", err)
				}
				return nil
			})
			inTx(t, other, func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
		})
	}
}

func TestAFullDisk(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	countTable(t, db)
	set(t, db, "PRAGMA max_page_count = 40")
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("INSERT INTO outbox (position, line, topic, body) VALUES (1, 1, 'x', ?)", make([]byte, 1<<20))
		return err
	})
	if !errors.Is(err, store.ErrDiskFull) {
		t.Errorf("got %v, want ErrDiskFull", err)
	}
	inTx(t, db, func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
	if n := counted(t, db); n != 1 {
		t.Errorf("after the full disk: got %d, want 1", n)
	}
}

func TestADamagedFile(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, store.SQLite)
	db := storetest.OpenAt(t, o)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(o.Dir, store.FileName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole[4096:] {
		whole[4096+i] ^= 0x5a
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = store.Open(t.Context(), o)
	if err == nil {
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := store.Select[int64](tx, "SELECT line FROM outbox")
			return err
		})
		_ = db.Close()
	}
	if !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
}

func TestOpeningWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	text := t.TempDir()
	if err := os.WriteFile(filepath.Join(text, store.FileName), []byte(strings.Repeat("not a database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, store.FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := silent.Addr().String() // where nobody listens any more
	if err := silent.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		o    store.Options
		want error
	}{
		{"a text file", store.Options{Dir: text}, store.ErrNotADatabase},
		{"a file instead of a folder", store.Options{Dir: file}, store.ErrCannotOpen},
		{"a folder instead of a file", store.Options{Dir: folder}, store.ErrCannotOpen},
		{"a server that is not there", store.Options{URL: "postgres://a:geheim@" + nobody + "/x"}, store.ErrCannotOpen},
		{"an address that is none", store.Options{URL: "postgres://a:geheim@:::/x"}, store.ErrCannotOpen},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), c.o)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if err == nil {
				_ = db.Close()
				return
			}
			if zh := fault.In(err, lang.Chinese); strings.Contains(zh, "geheim") {
				t.Errorf("the sentence tells the password: %s", zh)
			}
		})
	}
	if db, err := store.Open(t.Context(), store.Options{}); err == nil {
		_ = db.Close()
		t.Error("opened nothing")
	}
}

func TestTheBookIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := storetest.OpenAt(t, store.Options{Dir: dir})
	countTable(t, db)
	for _, name := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(filepath.Join(dir, store.FileName+name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("book.db%s: mode %v, %v, want 0600", name, info.Mode(), err)
		}
	}
}

func TestADatabaseOfANewerVersion(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		inTx(t, db, func(tx *store.Tx) error {
			applied := map[store.Dialect]string{store.SQLite: "1", store.PostgreSQL: "true"}[db.Dialect()]
			_, err := tx.Exec("INSERT INTO schema_version (version_id, is_applied) VALUES (9999, " + applied + ")")
			return err
		})
		if err := db.Migrate(t.Context()); !errors.Is(err, store.ErrNewerSchema) {
			t.Errorf("got %v, want ErrNewerSchema", err)
		}
		if v, err := db.SchemaVersion(t.Context()); v != 9999 || err != nil {
			t.Errorf("got version %d, %v, want 9999", v, err)
		}
	})
}

// kill ends the connections of a book from outside, as a restart of the server does.
func kill(t *testing.T, o store.Options, pid int64) {
	t.Helper()
	admin := storetest.OpenAt(t, store.Options{URL: o.URL})
	inTx(t, admin, func(tx *store.Tx) error {
		var gone int64
		_, err := tx.QueryRow([]any{&gone}, "SELECT count(*) FROM (SELECT pg_terminate_backend(?, 5000)) k", pid)
		return err
	})
}

func pid(tx *store.Tx) (n int64, err error) {
	_, err = tx.QueryRow([]any{&n}, "SELECT pg_backend_pid()")
	return n, err
}

func TestPostgreSQLGoesAway(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, store.PostgreSQL)
	db := storetest.OpenAt(t, o)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	countTable(t, db)
	t.Run("in the middle of a transaction", func(t *testing.T) {
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(count); err != nil {
				return err
			}
			n, err := pid(tx)
			if err != nil {
				return err
			}
			kill(t, o, n)
			_, err = tx.Exec(count)
			return err
		})
		if !errors.Is(err, store.ErrConnectionLost) {
			t.Errorf("got %v, want ErrConnectionLost", err)
		}
	})
	t.Run("while committing", func(t *testing.T) {
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(count); err != nil {
				return err
			}
			n, err := pid(tx)
			tx.BeforeCommit(func() error { kill(t, o, n); return nil })
			return err
		})
		if !errors.Is(err, store.ErrInDoubt) {
			t.Errorf("got %v, want ErrInDoubt", err)
		}
	})
	t.Run("while nobody uses it", func(t *testing.T) {
		var n int64
		inTx(t, db, func(tx *store.Tx) (err error) { n, err = pid(tx); return err })
		kill(t, o, n)
		inTx(t, db, func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
	})
	if n := counted(t, db); n != 1 {
		t.Errorf("got %d, want 1: only the last was committed", n)
	}
}

func TestADatabaseOfAnotherEncoding(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, store.PostgreSQL)
	address, err := url.Parse(o.URL)
	if err != nil {
		t.Fatal(err)
	}
	admin, err := sql.Open("pgx", o.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+o.Schema+" TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+o.Schema+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	}()
	address.Path = "/" + o.Schema
	if _, err := store.Open(t.Context(), store.Options{URL: address.String()}); !errors.Is(err, store.ErrEncoding) {
		t.Errorf("got %v, want ErrEncoding", err)
	}
}

func TestWhatIsTooLargeForAnIndex(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.PostgreSQL)
	noise := make([]byte, 1<<20)
	for i := range noise {
		noise[i] = byte('0' + i*i%71) // what does not compress to an index entry
	}
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Exec("CREATE TABLE long (name text PRIMARY KEY)"); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO long (name) VALUES (?)", string(noise))
		return err
	})
	if !errors.Is(err, store.ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
}
