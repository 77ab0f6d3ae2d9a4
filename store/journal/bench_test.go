package journal_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"golang.org/x/mod/sumdb/tlog"
)

// entryBody is the content that performance goals are stated for: 300 bytes.
var entryBody = bytes.Repeat([]byte("0123456789"), 30)

func appendBench(tx *store.Tx, n int) error {
	w, err := journal.Lock(tx)
	if err != nil {
		return err
	}
	w.Stamp(start)
	for range n {
		if _, err := w.Append(journal.Entry{Kind: "hazard", Record: bookID, Version: 1, Action: "create", Body: entryBody}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// BenchmarkAppend is P6a: entries of 300 bytes, so many in a transaction, durable by the settings of the store. The
// PostgreSQL of tests runs without fsync; what it says of single entries is no claim.
func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 100, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			storetest.Bench(b, func(b *testing.B, db *store.DB) {
				newBook(b, db)
				for b.Loop() {
					inTx(b, db, func(tx *store.Tx) error { return appendBench(tx, n) })
				}
				b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "entries/s")
			})
		})
	}
}

// largeBook has 200,000 entries of 300 bytes.
func largeBook(b *testing.B, db *store.DB) {
	b.Helper()
	newBook(b, db)
	for range largeEntries / 20_000 {
		inTx(b, db, func(tx *store.Tx) error { return appendBench(tx, 20_000) })
	}
}

const largeEntries = 200_000

// BenchmarkVerifyTree is P6b: the whole journal, read, recomputed and compared.
func BenchmarkVerifyTree(b *testing.B) {
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		largeBook(b, db)
		for b.Loop() {
			if v := verify(b, db); !v.Sound() || v.Entries != largeEntries {
				b.Fatal(v.Findings)
			}
		}
		b.ReportMetric(float64(b.N*largeEntries)/b.Elapsed().Seconds(), "entries/s")
	})
}

// BenchmarkProveInclusion makes proofs from the tables, one transaction each.
func BenchmarkProveInclusion(b *testing.B) {
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		largeBook(b, db)
		p := journal.Position(0)
		for b.Loop() {
			p = (p+7919)%largeEntries + 1
			read(b, db, func(tx *store.Tx) error {
				_, err := journal.ProveInclusion(tx, p, largeEntries)
				return err
			})
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "proofs/s")
	})
}

// memoryTree is a tree of a million equal leaves, whose perfect subtrees of one height are all the same hash.
func memoryTree() tlog.HashReaderFunc {
	var once sync.Once
	var levels [64]tlog.Hash
	return func(indexes []int64) ([]tlog.Hash, error) {
		once.Do(func() {
			levels[0] = tlog.RecordHash(entryBody)
			for i := 1; i < len(levels); i++ {
				levels[i] = tlog.NodeHash(levels[i-1], levels[i-1])
			}
		})
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			level, _ := tlog.SplitStoredHashIndex(x)
			out[i] = levels[level]
		}
		return out, nil
	}
}

// BenchmarkVerifyInclusion is P6b: checking proofs in a tree of a million, one core.
func BenchmarkVerifyInclusion(b *testing.B) {
	const size = 1_000_000
	tree := memoryTree()
	root, err := tlog.TreeHash(size, tree)
	if err != nil {
		b.Fatal(err)
	}
	path, err := tlog.ProveRecord(size, 654_321, tree)
	if err != nil {
		b.Fatal(err)
	}
	p := journal.Inclusion{Position: 654_322, Size: size}
	for _, h := range path {
		p.Path = append(p.Path, journal.Hash(h))
	}
	for b.Loop() {
		if err := p.Verify(journal.Hash(root), entryBody); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "proofs/s")
}
