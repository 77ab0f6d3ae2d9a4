package exchange_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/exchange"
	"anlan/record/sheet"
	"anlan/store"
	"anlan/store/storetest"
)

// ledgerRows is the size of the file that goal P8 speaks of.
const ledgerRows = 100_000

// ledger writes a workbook of plants, ten cells a row filled, and gives its path.
func ledger(b *testing.B, rows int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "plants.xlsx")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	err = exchange.Write(plants, f, sheet.XLSX, "zh", func(yield func(any) bool) {
		for i := range rows {
			p := &Plant{Head: record.Head{Unit: "430602", Place: "430602"}, Number: fmt.Sprintf("HZ-2023-%06d", i), Name: fmt.Sprintf("第%d号厂房消防通道堵塞，未按要求设置疏散指示标志", i),
				Class: "b", OpenedOn: period.MustDay(2023, 1, 1).Add(i % 365), Cost: maybe.Some(money.Fen(i)), Workers: maybe.Some(int64(i % 1000)), Licensed: maybe.Some(true), Keeper: "示例人员"}
			if !yield(p) {
				return
			}
		}
	})
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkImport is the whole import against reading the file alone, on the same file; the ratio is goal P8 (at most 3).
// "again" imports a file that changes nothing.
func BenchmarkImport(b *testing.B) {
	path := ledger(b, ledgerRows)
	rate := func(b *testing.B) { b.ReportMetric(float64(b.N*ledgerRows)/b.Elapsed().Seconds(), "rows/s") }
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			book, err := sheet.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			for _, err := range book.Rows("") {
				if err != nil {
					b.Fatal(err)
				}
			}
			if err := book.Close(); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
	for _, mode := range []string{"check", "first", "again"} {
		b.Run(mode, func(b *testing.B) {
			storetest.Bench(b, func(b *testing.B, db *store.DB) {
				w := found(b, db)
				run := func(q exchange.Request) {
					if _, err := exchange.Import(b.Context(), w.book, w.admin, q); err != nil {
						b.Fatal(err)
					}
				}
				q := exchange.Request{Kind: "plant", Path: path, DryRun: mode == "check"}
				if mode == "again" {
					run(q)
				}
				n := 0
				for b.Loop() {
					if n++; n > 1 && mode == "first" {
						b.Fatal("a second first import: run with -benchtime 1x")
					}
					run(q)
				}
				rate(b)
			})
		})
	}
}

func BenchmarkExport(b *testing.B) {
	path := ledger(b, 10_000)
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		w := found(b, db)
		if _, err := exchange.Import(b.Context(), w.book, w.admin, exchange.Request{Kind: "plant", Path: path}); err != nil {
			b.Fatal(err)
		}
		for _, format := range formats {
			b.Run(string(format), func(b *testing.B) {
				var out bytes.Buffer
				for b.Loop() {
					out.Reset()
					out.Write(w.export(w.admin, plants, format))
				}
				b.ReportMetric(float64(b.N*10_000)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	})
}
