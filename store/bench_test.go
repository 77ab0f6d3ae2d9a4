package store_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

// benchTable is a row as the write path has it: a key, two short texts, a number, a content of 300 bytes.
const benchTable = `CREATE TABLE bench (
	position bigint NOT NULL PRIMARY KEY, kind text NOT NULL, record_id text NOT NULL, amount_fen bigint, body %s NOT NULL)`

var benchColumns = []string{"position", "kind", "record_id", "amount_fen", "body"}

func benchDB(b *testing.B, db *store.DB) {
	b.Helper()
	blob := "blob"
	if db.Dialect() == store.PostgreSQL {
		blob = "bytea"
	}
	inTx(b, db, func(tx *store.Tx) error {
		_, err := tx.Exec(fmt.Sprintf(benchTable, blob))
		return err
	})
}

func inTx(t testing.TB, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if err := db.InTx(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if err := db.Read(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkInsertRows writes batches of rows, one transaction each, by InsertRows and by one Exec a row.
func BenchmarkInsertRows(b *testing.B) {
	body := bytes.Repeat([]byte("x"), 300)
	for _, size := range []int{1, 10, 30, 60, 100, 1000, 5000} {
		for _, way := range []string{"exec", "rows"} {
			b.Run(fmt.Sprintf("%s/%d", way, size), func(b *testing.B) {
				storetest.Bench(b, func(b *testing.B, db *store.DB) {
					benchDB(b, db)
					next := int64(0)
					for b.Loop() {
						inTx(b, db, func(tx *store.Tx) error {
							if way == "rows" {
								_, err := tx.InsertRows("bench", benchColumns, func(yield func([]any) bool) {
									row := make([]any, 5)
									for range size {
										next++
										row[0], row[1], row[2], row[3], row[4] = next, "hazard", "0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04", next*100, body
										if !yield(row) {
											return
										}
									}
								})
								return err
							}
							for range size {
								next++
								_, err := tx.Exec("INSERT INTO bench (position, kind, record_id, amount_fen, body) VALUES (?, ?, ?, ?, ?)",
									next, "hazard", "0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04", next*100, body)
								if err != nil {
									return err
								}
							}
							return nil
						})
					}
					b.ReportMetric(float64(next)/b.Elapsed().Seconds(), "rows/s")
				})
			})
		}
	}
}
