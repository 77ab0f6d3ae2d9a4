// Command journal measures the journal (goals P6a and P6b) with entries of 300 bytes: appending one by one and 1,000 in a
// transaction against putting the same bytes into a bare table; verifying the whole journal against hashing the same bodies
// in memory; making inclusion proofs; and checking them against hashing as much as a proof makes one hash.
//
//	go run ./bench/journal
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"math/bits"
	"os"
	"strconv"
	"time"

	"anlan/bench"
	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/journal"
)

func main() {
	rounds := flag.Int("rounds", 5, "how many rounds are kept")
	entries := flag.Int("entries", 200_000, "how many entries are verified")
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *rounds, *entries, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds, entries int, dir string) (err error) {
	place, err := bench.NewPlace("journal", dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	for _, d := range place.Dialects() {
		db, err := place.Open(ctx, d, "journal")
		if err != nil {
			return err
		}
		t := &trial{db: db, rounds: rounds, entries: entries}
		if err := errors.Join(t.run(ctx), place.Drop(ctx, db, "journal")); err != nil {
			return err
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// trial compares on one database.
type trial struct {
	db              *store.DB
	rounds, entries int
	key             *journal.Key
	written         int // bare rows
}

// at is when everything here happens.
var at = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

// body is the content of entry n: 300 bytes.
func body(n int) []byte {
	return append(bytes.Repeat([]byte("0123456789"), 29), fmt.Sprintf("%010d", n)...)
}

func (t *trial) run(ctx context.Context) error {
	version, err := bench.Version(ctx, t.db)
	if err != nil {
		return err
	}
	fmt.Printf("### %s\n\n", version)
	err = t.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("CREATE TABLE bare_entry (position bigint PRIMARY KEY, body " + map[store.Dialect]string{store.SQLite: "blob", store.PostgreSQL: "bytea"}[tx.Dialect()] + ")"); err != nil {
			return err
		}
		return journal.Found(tx, ident.ID{1}, at)
	})
	if err != nil {
		return err
	}
	head, err := t.head(ctx)
	if err != nil {
		return err
	}
	if t.key, err = journal.NewKey(rand.Reader, head.Origin()); err != nil {
		return err
	}
	for _, compare := range []func(context.Context) error{t.appending, t.verifying, t.proving} {
		if err := compare(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (t *trial) head(ctx context.Context) (h journal.Head, err error) {
	err = t.db.Read(ctx, func(tx *store.Tx) error { h, err = journal.HeadOf(tx); return err })
	return h, err
}

// appending compares with a bare table.
func (t *trial) appending(ctx context.Context) error {
	for _, b := range []struct{ size, runs int }{{1, 300}, {1_000, 20}} {
		repeat := func(do func(tx *store.Tx, size int) error) func(context.Context) error {
			return func(ctx context.Context) error {
				for range b.runs {
					if err := t.db.InTx(ctx, func(tx *store.Tx) error { return do(tx, b.size) }); err != nil {
						return err
					}
				}
				return nil
			}
		}
		table, err := bench.Alternate(ctx, t.rounds, bench.Side{Name: "bare table", Run: repeat(t.bare)}, bench.Side{Name: "**ours**: journal", Run: repeat(t.append)})
		if err != nil {
			return err
		}
		fmt.Printf("Appending %d in a transaction, %d transactions:\n\n", b.size, b.runs)
		table.Work, table.Unit = b.size*b.runs, "entries"
		table.Print(os.Stdout)
	}
	return nil
}

func (t *trial) append(tx *store.Tx, n int) error {
	w, err := journal.Lock(tx)
	if err != nil {
		return err
	}
	w.Stamp(at)
	size := int(w.Head().Size)
	for i := range n {
		if _, err := w.Append(journal.Entry{Kind: "hazard", Record: ident.ID{2}, Version: 1, Action: "create", Body: body(size + i)}); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (t *trial) bare(tx *store.Tx, n int) error {
	_, err := tx.InsertRows("bare_entry", []string{"position", "body"}, func(yield func([]any) bool) {
		for range n {
			t.written++
			if !yield([]any{int64(t.written), body(t.written)}) {
				return
			}
		}
	})
	return err
}

// verifying compares with hashing the same bodies, which no verification can do without.
func (t *trial) verifying(ctx context.Context) error {
	head, err := t.head(ctx)
	if err != nil {
		return err
	}
	for left := t.entries - int(head.Size); left > 0; left -= 20_000 {
		if err := t.db.InTx(ctx, func(tx *store.Tx) error { return t.append(tx, min(left, 20_000)) }); err != nil {
			return err
		}
	}
	if head, err = t.head(ctx); err != nil {
		return err
	}
	n := int(head.Size)
	hash := func(context.Context) error {
		for i := range n {
			_ = journal.LeafHash(body(i))
		}
		return nil
	}
	verify := func(ctx context.Context) error {
		return t.db.Read(ctx, func(tx *store.Tx) error {
			v, err := journal.VerifyTree(tx, t.key.Public())
			if err == nil && !v.Sound() {
				err = v.Findings[0]
			}
			return err
		})
	}
	bench.Forget()
	if err := verify(ctx); err != nil {
		return err
	}
	held := bench.Held()
	table, err := bench.Alternate(ctx, t.rounds, bench.Side{Name: "making and hashing the bodies alone", Run: hash}, bench.Side{Name: "**ours**: journal verify", Run: verify})
	if err != nil {
		return err
	}
	fmt.Printf("Verifying %d entries, %d MiB held:\n\n", n, held)
	table.Work, table.Unit = n, "entries"
	table.Print(os.Stdout)
	return nil
}

// proofs is how many proofs one run makes or checks.
const proofs = 2_000

// proving makes proofs from the tables, and compares checking them with hashing alone.
func (t *trial) proving(ctx context.Context) error {
	head, err := t.head(ctx)
	if err != nil {
		return err
	}
	made := make([]journal.Inclusion, proofs)
	where := func(i int) journal.Position { return journal.Position(i*7919)%head.Size + 1 }
	prove := func(ctx context.Context) error {
		return t.db.Read(ctx, func(tx *store.Tx) (err error) {
			for i := range made {
				if made[i], err = journal.ProveInclusion(tx, where(i), head.Size); err != nil {
					return err
				}
			}
			return nil
		})
	}
	read := func(ctx context.Context) error {
		return t.db.Read(ctx, func(tx *store.Tx) error {
			for i := range made {
				if _, err := journal.EntryAt(tx, where(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	table, err := bench.Alternate(ctx, t.rounds, bench.Side{Name: "reading the entries alone", Run: read}, bench.Side{Name: "**ours**: making proofs", Run: prove})
	if err != nil {
		return err
	}
	fmt.Printf("Making %d inclusion proofs in a tree of %d:\n\n", proofs, head.Size)
	table.Work, table.Unit = proofs, "proofs"
	table.Print(os.Stdout)

	bodies := make([][]byte, proofs)
	for i := range bodies {
		bodies[i] = body(int(where(i)) - 1)
	}
	check := func(context.Context) error {
		for i, p := range made {
			if err := p.Verify(head.Root, bodies[i]); err != nil {
				return fmt.Errorf("entry %s: %w", strconv.Itoa(int(p.Position)), err)
			}
		}
		return nil
	}
	levels := bits.Len64(uint64(head.Size))
	hash := func(context.Context) error {
		var node [65]byte
		for i := range made {
			sum := sha256.Sum256(bodies[i])
			for range levels {
				copy(node[1:], sum[:])
				sum = sha256.Sum256(node[:])
			}
		}
		return nil
	}
	table, err = bench.Alternate(ctx, t.rounds, bench.Side{Name: fmt.Sprintf("hashing a body and %d nodes alone", levels), Run: hash}, bench.Side{Name: "**ours**: checking proofs", Run: check})
	if err != nil {
		return err
	}
	fmt.Printf("Checking %d inclusion proofs, no database:\n\n", proofs)
	table.Work, table.Unit = proofs, "proofs"
	table.Print(os.Stdout)
	return nil
}
