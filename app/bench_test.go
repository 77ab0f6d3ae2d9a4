package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/storetest"
)

// bare is a table for the rows of hazards as a program without journal, versions and figures would keep them: the same
// columns, found by row number, id and natural key.
func bare(b *testing.B, w *world) {
	b.Helper()
	err := w.app.DB.InTx(w.ctx, func(tx *store.Tx) error {
		for _, s := range []string{"CREATE TABLE bare AS SELECT * FROM hazard WHERE 1 = 0", "CREATE UNIQUE INDEX bare_row ON bare (row_no)",
			"CREATE UNIQUE INDEX bare_id ON bare (id)", "CREATE UNIQUE INDEX bare_key ON bare (number)"} {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkWritePath sets the one write path beside a bare INSERT of the same rows, in turns in one sitting: judged and
// journalled, with entry, row, versions' index, four postings by two indexes, and event. It reports how many times as long
// it takes.
func BenchmarkWritePath(b *testing.B) {
	for _, d := range storetest.Dialects {
		for _, batch := range []int{1, 100, 5_000} {
			b.Run(fmt.Sprintf("%s/batch=%d", d, batch), func(b *testing.B) {
				w := found(b, d)
				bare(b, w)
				columns := hazard.Kind.Columns()
				var ours, theirs time.Duration
				n := 0
				for b.Loop() {
					changes := make([]book.Change, batch)
					for i := range changes {
						n++
						h := newHazard(n, "430602-01", "2023-05-06")
						h.ListedOn, h.Enterprise = day("2023-05-07"), "岳阳某某有限公司"
						h.Cost.V, h.Cost.OK = 123_456_00, true
						changes[i] = create("hazard", h)
					}
					began := clock.System{}.Now()
					done := w.must(changes...)
					ours += clock.System{}.Now().Sub(began)
					rows := make([][]any, batch)
					for i, c := range changes {
						h := c.Record.(*hazard.Hazard)
						h.ID, h.Row, h.Version, h.State, h.Began = done[i].ID, done[i].Row, 1, hazard.StateFound, done[i].Row
						rows[i] = hazard.Kind.Values(h, nil)
					}
					began = clock.System{}.Now()
					err := w.app.DB.InTx(w.ctx, func(tx *store.Tx) error {
						_, err := tx.InsertRows("bare", columns, slices.Values(rows))
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
					theirs += clock.System{}.Now().Sub(began)
				}
				b.ReportMetric(ours.Seconds()/theirs.Seconds(), "×bare")
				b.ReportMetric(float64(n)/ours.Seconds(), "changes/s")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
