package main

import (
	"testing"

	"anlan/bench"
	"anlan/store"
)

// filled is a small book, filled by the write path or directly.
func filled(tb testing.TB, d store.Dialect, n int, direct bool) *report {
	tb.Helper()
	ctx := tb.Context()
	place, err := bench.NewPlace("figures", tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	db, err := place.Open(ctx, d, "cases")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	b, err := found(ctx, db)
	if err == nil {
		if direct {
			err = fillCases(ctx, b, n)
		} else {
			err = writeCases(ctx, b, n)
		}
	}
	if err != nil {
		tb.Fatal(err)
	}
	r, err := newReport(b)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func Test_figures_are_those_of_plain_SQL_however_the_records_were_put_in(t *testing.T) {
	t.Parallel()
	for name, direct := range map[string]bool{"by the write path": false, "directly": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := filled(t, store.SQLite, 2_000, direct)
			if err := r.same(t.Context(), "sqlite", tables{r.book.DB()}); err != nil {
				t.Error(err)
			}
			if len(r.set.Indicators()) != 200 || len(kind.MeasureSpecs()) != 200 {
				t.Errorf("%d indicators over %d measures", len(r.set.Indicators()), len(kind.MeasureSpecs()))
			}
		})
	}
}

func Benchmark_report(b *testing.B) {
	r := filled(b, store.SQLite, 5_000, true)
	for b.Loop() {
		if err := r.of(bureau)(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
