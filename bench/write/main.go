// Command write measures what the one write path costs (goal P7): hazards that enter four measures, written by book.Apply with
// their journal entries, postings, events and checks, against a bare INSERT of the same rows into a table of the same columns,
// keys and indexes, at batches of 1, 100 and 5,000 in one transaction. Folding is left out: it is done between changes.
//
//	go run ./bench/write
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"anlan/app"
	"anlan/bench"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
)

func main() {
	rounds := flag.Int("rounds", 5, "how many rounds are kept")
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *rounds, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// batches are the sizes compared, each with how many batches make one run.
var batches = []struct{ size, runs int }{{1, 200}, {100, 40}, {5_000, 4}}

func run(ctx context.Context, rounds int, dir string) (err error) {
	place, err := bench.NewPlace("write", dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	for _, d := range place.Dialects() {
		a, err := place.Found(ctx, d, "book")
		if err != nil {
			return err
		}
		version, err := bench.Version(ctx, a.DB)
		if err == nil {
			fmt.Printf("### %s\n\n", version)
			err = compare(ctx, a, rounds)
		}
		if err := errors.Join(err, place.Drop(ctx, a.DB, "book")); err != nil {
			return err
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

func compare(ctx context.Context, a *app.App, rounds int) error {
	if err := bare(ctx, a.DB); err != nil {
		return err
	}
	m := &maker{}
	for _, b := range batches {
		table, err := bench.Alternate(ctx, rounds, m.insert(a.DB, b.size, b.runs), m.apply(a.Book, b.size, b.runs))
		if err != nil {
			return err
		}
		fmt.Printf("%d in a transaction, %d transactions:\n\n", b.size, b.runs)
		table.Work, table.Unit = b.size*b.runs, "records"
		table.Print(os.Stdout)
	}
	return nil
}

// bare makes a second table of hazards, with the same columns, keys and indexes.
func bare(ctx context.Context, db *store.DB) error {
	return db.InTx(ctx, func(tx *store.Tx) error {
		for _, statement := range bench.Tables(db.Dialect(), hazard.Kind) {
			if _, err := tx.Exec(strings.ReplaceAll(statement, "hazard", "bare_hazard")); err != nil {
				return err
			}
		}
		return nil
	})
}

// maker makes hazards, each with a number of its own.
type maker struct{ n int }

func (m *maker) hazard() *hazard.Hazard {
	m.n++
	h := &hazard.Hazard{Number: fmt.Sprintf("YH2023%08d", m.n), Title: "消防通道堵塞，未按要求设置疏散指示标志", Grade: hazard.Major, Enterprise: "示例企业",
		FoundOn: period.MustDay(2023, 1, 1).Add(m.n % 365), Cost: maybe.Some(money.Fen(m.n))}
	h.ListedOn = h.FoundOn.Add(7)
	h.Unit, h.Place = "430602", "430602"
	return h
}

// apply writes by the one write path.
func (m *maker) apply(b *book.Book, size, runs int) bench.Side {
	var changes []book.Change
	return bench.Side{Name: "**ours**: book.Apply",
		Before: func(context.Context) error {
			changes = changes[:0]
			for range size * runs {
				changes = append(changes, book.Change{Kind: "hazard", Action: access.Create, Record: m.hazard()})
			}
			return nil
		},
		Run: func(ctx context.Context) error {
			for batch := range slices.Chunk(changes, size) {
				if _, err := b.Apply(ctx, bench.Actor, batch); err != nil {
					return err
				}
			}
			return nil
		}}
}

// insert writes the bare rows.
func (m *maker) insert(db *store.DB, size, runs int) bench.Side {
	var rows [][]any
	return bench.Side{Name: "bare INSERT",
		Before: func(context.Context) error {
			rows = rows[:0]
			for range size * runs {
				h := m.hazard()
				h.ID, h.Row, h.Began, h.Version, h.State, h.MovedBy = ident.ID{byte(m.n >> 24), byte(m.n >> 16), byte(m.n >> 8), byte(m.n)}, int64(m.n), int64(m.n), 1, record.State("found"), "bench"
				rows = append(rows, hazard.Kind.Values(h, nil))
			}
			return nil
		},
		Run: func(ctx context.Context) error {
			for batch := range slices.Chunk(rows, size) {
				err := db.InTx(ctx, func(tx *store.Tx) error {
					_, err := tx.InsertRows("bare_hazard", hazard.Kind.Columns(), slices.Values(batch))
					return err
				})
				if err != nil {
					return err
				}
			}
			return nil
		}}
}
