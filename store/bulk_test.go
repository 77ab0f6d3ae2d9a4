package store_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

var outboxColumns = []string{"position", "line", "topic", "body"}

// lines gives n rows and reuses one slice for all of them.
func lines(from, n int) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		row := make([]any, 4)
		for i := from; i < from+n; i++ {
			row[0], row[1], row[2], row[3] = int64(i), int64(0), fmt.Sprint("topic ", i), []byte{byte(i)}
			if !yield(row) {
				return
			}
		}
	}
}

// TestInsertRowsWritesEachRow walks over the numbers of rows at which the way of writing changes.
func TestInsertRowsWritesEachRow(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		next := 1
		for _, n := range []int{0, 1, 2, 31, 32, 33, 63, 64, 65, 128, 1000} {
			inTx(t, db, func(tx *store.Tx) error {
				got, err := tx.InsertRows("outbox", outboxColumns, lines(next, n))
				if err == nil && got != int64(n) {
					t.Errorf("got %d, want %d", got, n)
				}
				return err
			})
			read(t, db, func(tx *store.Tx) error {
				var rows, right int64
				_, err := tx.QueryRow([]any{&rows, &right}, `SELECT count(*), count(CASE WHEN topic = 'topic ' || CAST(position AS text) THEN 1 END)
					FROM outbox WHERE position >= ?`, next)
				if rows != int64(n) || right != rows {
					t.Errorf("%d rows stand there and %d are right, want %d", rows, right, n)
				}
				return err
			})
			next += n
		}
	})
}

func TestInsertRowsTellsNothingFromEmpty(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		for _, n := range []int{1, 100} {
			inTx(t, db, func(tx *store.Tx) error {
				_, err := tx.InsertRows("journal_secret", []string{"position", "path", "salt", "value"}, func(yield func([]any) bool) {
					for i := range n {
						value := []any{nil, []byte(nil), []byte{}}[i%3]
						if !yield([]any{int64(1000*n + i), "p", []byte{1}, value}) {
							return
						}
					}
				})
				return err
			})
		}
		read(t, db, func(tx *store.Tx) error {
			var null, empty int
			_, err := tx.QueryRow([]any{&null, &empty}, "SELECT count(CASE WHEN value IS NULL THEN 1 END), count(CASE WHEN length(value) = 0 THEN 1 END) FROM journal_secret")
			if null != 1+67 || empty != 33 {
				t.Errorf("%d are NULL and %d empty, want 68 and 33", null, empty)
			}
			return err
		})
	})
}

func TestInsertRowsRefuses(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		one := func(row ...any) iter.Seq[[]any] {
			return func(yield func([]any) bool) {
				for r := range lines(1, 100) {
					if !yield(r) {
						return
					}
				}
				yield(row)
			}
		}
		for _, c := range []struct {
			name    string
			table   string
			columns []string
			rows    iter.Seq[[]any]
			want    string
			is      error
		}{
			{"a row that is too short", "outbox", outboxColumns, one(int64(1)), "row 101: store: 4 columns and 1 values", nil},
			{"a value of another type", "outbox", outboxColumns, one(int64(200), 0, "x", []byte{}), "row 101", nil},
			{"U+0000", "outbox", outboxColumns, one(int64(200), int64(0), "\x00", []byte{}), "row 101", store.ErrBadText},
			{"the same key twice", "outbox", outboxColumns, one(int64(5), int64(0), "x", []byte{}), "outbox_key", store.ErrUnique},
			{"NULL where it must not be", "outbox", outboxColumns, one(int64(200), int64(0), nil, []byte{}), "topic", store.ErrNotNull},
			{"a table's name that is none", `outbox"; DROP`, outboxColumns, lines(1, 1), "cannot be a name", nil},
			{"a column's name that is none", "outbox", []string{"a b"}, func(yield func([]any) bool) { yield([]any{nil}) }, "cannot be a name", nil},
			{"a table that is not there", "nowhere", outboxColumns, lines(1, 100), "nowhere", nil},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.InTx(t.Context(), func(tx *store.Tx) error {
					_, err := tx.InsertRows(c.table, c.columns, c.rows)
					if _, again := tx.Exec("DELETE FROM outbox"); again != err {
						t.Errorf("after the refusal a statement gives %v", again)
					}
					return nil
				})
				if err == nil || !strings.Contains(err.Error(), c.want) || c.is != nil && !errors.Is(err, c.is) {
					t.Errorf("got %v, want %q", err, c.want)
				}
			})
		}
		read(t, db, func(tx *store.Tx) error {
			var n int64
			_, err := tx.QueryRow([]any{&n}, "SELECT count(*) FROM outbox")
			if n != 0 {
				t.Errorf("%d rows were written by refused inserts", n)
			}
			return err
		})
	})
}
