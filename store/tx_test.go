package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

// countTable is what the transaction tests write to.
func countTable(t testing.TB, db *store.DB) {
	t.Helper()
	inTx(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec("CREATE TABLE counted (id bigint NOT NULL PRIMARY KEY, n bigint NOT NULL)")
		if err != nil {
			return err
		}
		_, err = tx.Exec("INSERT INTO counted (id, n) VALUES (1, 0)")
		return err
	})
}

func counted(t testing.TB, db *store.DB) (n int64) {
	t.Helper()
	read(t, db, func(tx *store.Tx) error {
		_, err := tx.QueryRow([]any{&n}, "SELECT CAST(sum(n) AS bigint) FROM counted")
		return err
	})
	return n
}

const count = "UPDATE counted SET n = n + 1 WHERE id = 1"

func TestATransactionIsWholeOrNothing(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		refused := errors.New("refused")
		step := func(end func(tx *store.Tx) error) func(*store.Tx) error {
			return func(tx *store.Tx) error {
				if _, err := tx.Exec(count); err != nil {
					return err
				}
				return end(tx)
			}
		}
		cancelled, cancel := context.WithCancel(t.Context())
		for _, c := range []struct {
			name string
			do   func(*store.Tx) error
			want string // in the error
		}{
			{"an error of the use rolls back", step(func(*store.Tx) error { return refused }), "refused"},
			{"a failed statement rolls back though its error was dropped", step(func(tx *store.Tx) error {
				_, _ = tx.Exec("INSERT INTO counted (id, n) VALUES (1, 1)")
				return nil
			}), "constraint"},
			{"nothing runs after a failed statement", step(func(tx *store.Tx) error {
				_, first := tx.Exec("INSERT INTO counted (id, n) VALUES (1, 1)")
				if _, err := tx.Exec("INSERT INTO counted (id, n) VALUES (2, 1)"); err != first {
					t.Errorf("the second statement gives %v, want the first error", err)
				}
				return nil
			}), "constraint"},
			{"rows left open roll back", step(func(tx *store.Tx) error {
				_, err := tx.Query("SELECT id FROM counted")
				return err
			}), "still open"},
			{"a check before the commit rolls back", step(func(tx *store.Tx) error {
				tx.BeforeCommit(func() error { return nil })
				tx.BeforeCommit(func() error { return refused })
				return nil
			}), "refused"},
			{"a cancelled use rolls back", step(func(*store.Tx) error { cancel(); return nil }), "canceled"},
			{"a refused value rolls back", step(func(tx *store.Tx) error {
				_, _ = tx.Exec("UPDATE counted SET n = ?", 1.5)
				return nil
			}), "float64"},
		} {
			t.Run(c.name, func(t *testing.T) {
				ctx := t.Context()
				if strings.Contains(c.want, "canceled") {
					ctx = cancelled
				}
				err := db.InTx(ctx, c.do)
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
				if n := counted(t, db); n != 0 {
					t.Errorf("%d written", n)
				}
			})
		}
		t.Run("a panic rolls back and goes on", func(t *testing.T) {
			func() {
				defer func() {
					if got := recover(); got != "boom" {
						t.Errorf("recovered %v", got)
					}
				}()
				_ = db.InTx(t.Context(), step(func(*store.Tx) error { panic("boom") }))
			}()
			if n := counted(t, db); n != 0 {
				t.Errorf("%d written", n)
			}
		})
		t.Run("a panic among rows rolls back and leaves the connection sound", func(t *testing.T) {
			func() {
				defer func() { _ = recover() }()
				_ = db.InTx(t.Context(), step(func(tx *store.Tx) error {
					rows, err := tx.Query("SELECT id FROM counted")
					if err != nil {
						return err
					}
					rows.Next()
					panic("boom")
				}))
			}()
			if n := counted(t, db); n != 0 {
				t.Errorf("%d written", n)
			}
		})
		t.Run("success commits", func(t *testing.T) {
			inTx(t, db, step(func(*store.Tx) error { return nil }))
			if n := counted(t, db); n != 1 {
				t.Errorf("got %d, want 1", n)
			}
		})
	})
}

func TestStatementsThatAreRefused(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		var n int64
		for _, c := range []struct {
			name string
			do   func(*store.Tx) error
			want string
		}{
			{"too few arguments", func(tx *store.Tx) error { _, err := tx.Exec("UPDATE counted SET n = ?"); return err }, "1 placeholders and 0 arguments"},
			{"too many arguments", func(tx *store.Tx) error { _, err := tx.Exec(count, 1); return err }, "0 placeholders and 1 arguments"},
			{"two statements in one", func(tx *store.Tx) error { _, err := tx.Exec(count + "; " + count); return err }, "more than one statement"},
			{"a misspelt column", func(tx *store.Tx) error { _, err := tx.Exec(`UPDATE counted SET m = 1`); return err }, "m"},
			{"a misspelt column in quotes, which is no text", func(tx *store.Tx) error {
				_, err := tx.QueryRow([]any{&n}, `SELECT n FROM counted WHERE n = "m"`)
				return err
			}, "m"},
			{"two rows for one", func(tx *store.Tx) error {
				_, err := tx.QueryRow([]any{&n}, "SELECT 1 AS x UNION ALL SELECT 2")
				return err
			}, "more than one row"},
			{"a statement while rows are open", func(tx *store.Tx) error {
				rows, err := tx.Query("SELECT n FROM counted")
				if err != nil {
					return err
				}
				defer rows.Close()
				rows.Next()
				_, err = tx.Exec(count)
				return err
			}, "still open"},
			{"reading a float", func(tx *store.Tx) error {
				var v any
				_, err := tx.QueryRow([]any{&v}, "SELECT CAST(1 AS double precision) / 3")
				return err
			}, "cast it"},
		} {
			t.Run(c.name, func(t *testing.T) {
				if err := db.InTx(t.Context(), c.do); err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
			})
		}
		t.Run("writing in a Read", func(t *testing.T) {
			err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec(count); return err })
			if !errors.Is(err, store.ErrReadOnly) {
				t.Errorf("got %v, want ErrReadOnly", err)
			}
		})
		t.Run("a transaction that is over", func(t *testing.T) {
			var kept *store.Tx
			inTx(t, db, func(tx *store.Tx) error { kept = tx; return nil })
			if _, err := kept.Exec(count); err == nil {
				t.Error("it still writes")
			}
		})
		t.Run("U+0000", func(t *testing.T) {
			err := db.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec("UPDATE counted SET n = ?", "\x00"); return err })
			if !errors.Is(err, store.ErrBadText) {
				t.Errorf("got %v, want ErrBadText", err)
			}
		})
	})
}

func TestARowThatIsNotThereLeavesTheDestinationAlone(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		read(t, db, func(tx *store.Tx) error {
			n := int64(42)
			found, err := tx.QueryRow([]any{&n}, "SELECT n FROM counted WHERE id = 99")
			if found || n != 42 {
				t.Errorf("got %v, %d, want nothing", found, n)
			}
			return err
		})
	})
}

// TestAReadSeesOneState: what is committed meanwhile stays unseen until the next Read.
func TestAReadSeesOneState(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		see := func(tx *store.Tx) (n int64) {
			if _, err := tx.QueryRow([]any{&n}, "SELECT n FROM counted WHERE id = 1"); err != nil {
				t.Error(err)
			}
			return n
		}
		read(t, db, func(tx *store.Tx) error {
			before := see(tx)
			inTx(t, db, func(w *store.Tx) error { _, err := w.Exec(count); return err })
			if after := see(tx); after != before {
				t.Errorf("the snapshot moved from %d to %d", before, after)
			}
			return nil
		})
		if n := counted(t, db); n != 1 {
			t.Errorf("the next Read sees %d, want 1", n)
		}
	})
}

// TestWritersOfOneRowAreSerial: nobody works on what another has changed meanwhile.
func TestWritersOfOneRowAreSerial(t *testing.T) {
	t.Parallel()
	const writers, times = 8, 10
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range times {
					err := db.InTx(t.Context(), func(tx *store.Tx) error {
						var n int64
						if _, err := tx.QueryRow([]any{&n}, "SELECT n FROM counted WHERE id = 1"+tx.Dialect().ForUpdate()); err != nil {
							return err
						}
						_, err := tx.Exec("UPDATE counted SET n = ? WHERE id = 1", n+1)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := counted(t, db); n != writers*times {
			t.Errorf("got %d, want %d", n, writers*times)
		}
	})
}

// TestMoreStatementsThanAreKept: forgetting prepared statements does no harm.
func TestMoreStatementsThanAreKept(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		read(t, db, func(tx *store.Tx) error {
			for i := range 600 {
				var n int
				if _, err := tx.QueryRow([]any{&n}, fmt.Sprintf("SELECT n + %d FROM counted WHERE id = ?", i), 1); err != nil || n != i {
					return fmt.Errorf("statement %d gives %d: %w", i, n, err)
				}
			}
			return nil
		})
	})
}

func TestClosingWaitsForTransactions(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			o := storetest.Options(t, d)
			db, err := store.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			closed := make(chan error)
			inTx(t, db, func(tx *store.Tx) error {
				go func() { closed <- db.Close() }()
				_, err := tx.Exec("INSERT INTO outbox (position, line, topic, body) VALUES (1, 1, 'x', ?)", []byte{1})
				return err
			})
			if err := <-closed; err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Errorf("closing again: %v", err)
			}
			if err := db.InTx(t.Context(), func(*store.Tx) error { return nil }); err == nil {
				t.Error("a closed database still works")
			}
		})
	}
}

// TestAQueryEndsWithItsUse: a long query is given up when its use is cancelled, and the next use finds all in order.
func TestAQueryEndsWithItsUse(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Read(ctx, func(tx *store.Tx) error {
			rows, err := tx.Query("WITH RECURSIVE up (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up WHERE i < 100000000) SELECT i FROM up")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				cancel()
			}
			return rows.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		inTx(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO outbox (position, line, topic, body) VALUES (1, 1, 'x', ?)", []byte{})
			return err
		})
	})
}
