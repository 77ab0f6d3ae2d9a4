// Command import measures the import of a workbook of 100,000 hazards (goal P8), every cell checked and every record written
// by the one write path, against reading all cells of the same file alone; and the same file a second time, when nothing
// changes. Memory held is told of each.
//
//	go run ./bench/import
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"anlan/app"
	"anlan/bench"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/exchange"
	"anlan/record/sheet"
	"anlan/safety/hazard"
	"anlan/store"
)

func main() {
	rounds := flag.Int("rounds", bench.RoundsMin, "how many rounds are kept")
	rows := flag.Int("rows", 100_000, "how many rows the workbook has")
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *rounds, *rows, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds, rows int, dir string) (err error) {
	place, err := bench.NewPlace("import", dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	path := filepath.Join(place.Dir, "hazards.xlsx")
	if err := workbook(path, rows); err != nil {
		return err
	}
	for _, d := range place.Dialects() {
		if err := (&trial{place: place, dialect: d, path: path, rows: rows}).run(ctx, rounds); err != nil {
			return err
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// workbook writes a ledger of hazards.
func workbook(path string, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return exchange.Write(hazard.Workflow, f, sheet.XLSX, lang.Chinese, func(yield func(any) bool) {
		for n := range rows {
			h := &hazard.Hazard{Number: fmt.Sprintf("YH2023%06d", n), Title: fmt.Sprintf("第%d号厂房消防通道堵塞，未按要求设置疏散指示标志", n), Grade: hazard.Major,
				Enterprise: "示例企业", FoundOn: period.MustDay(2023, 1, 1).Add(n % 365), Cost: maybe.Some(money.Fen(n))}
			h.ListedOn, h.RectifyBy = h.FoundOn.Add(7), h.FoundOn.Add(97)
			h.Unit, h.Place, h.State = "430602", "430602", hazard.StateFound
			if !yield(h) {
				return
			}
		}
	})
}

// trial imports into books of one database.
type trial struct {
	place   *bench.Place
	dialect store.Dialect
	path    string
	rows    int
	app     *app.App // the book of the last import
	held    [3]int   // memory: reading, first import, second
}

func (t *trial) run(ctx context.Context, rounds int) (err error) {
	defer func() { err = errors.Join(err, t.drop(ctx)) }()
	forget := func(context.Context) error { bench.Forget(); return nil }
	remember := func(i int, run func(context.Context) error) func(context.Context) error {
		return func(ctx context.Context) error {
			err := run(ctx)
			t.held[i] = max(t.held[i], bench.Held())
			return err
		}
	}
	table, err := bench.Alternate(ctx, rounds,
		bench.Side{Name: "reading the file alone", Before: forget, Run: remember(0, t.read)},
		bench.Side{Name: "**ours**: import into an empty book", Before: t.found, Run: remember(1, t.importAll)},
		bench.Side{Name: "ours: import again, nothing changes", Before: forget, Run: remember(2, t.importAll)},
	)
	if err != nil {
		return err
	}
	version, err := bench.Version(ctx, t.app.DB)
	if err != nil {
		return err
	}
	info, err := os.Stat(t.path)
	if err != nil {
		return err
	}
	fmt.Printf("### %s\n\nA workbook of %d rows, %.1f MB:\n\n", version, t.rows, float64(info.Size())/1e6)
	table.Work, table.Unit = t.rows, "rows"
	table.Print(os.Stdout)
	fmt.Printf("Memory held: reading %d MiB, import %d MiB, import again %d MiB.\n\n", t.held[0], t.held[1], t.held[2])
	return nil
}

// read goes through all cells.
func (t *trial) read(context.Context) (err error) {
	book, err := sheet.Open(t.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	n := 0
	for _, err := range book.Rows("") {
		if err != nil {
			return err
		}
		n++
	}
	if n <= t.rows {
		return fmt.Errorf("only %d rows read", n)
	}
	return nil
}

// found makes an empty book in place of the last.
func (t *trial) found(ctx context.Context) error {
	err := t.drop(ctx)
	if err == nil {
		t.app, err = t.place.Found(ctx, t.dialect, "book")
	}
	bench.Forget()
	return err
}

func (t *trial) drop(ctx context.Context) error {
	if t.app == nil {
		return nil
	}
	db := t.app.DB
	t.app = nil
	return errors.Join(t.place.Drop(ctx, db, "book"), os.RemoveAll(filepath.Join(t.place.Dir, "book")))
}

func (t *trial) importAll(ctx context.Context) error {
	out, err := exchange.Import(ctx, t.app.Book, bench.Actor, exchange.Request{Kind: "hazard", Path: t.path})
	if err == nil && out.New+out.Same != t.rows {
		err = fmt.Errorf("%d rows were new and %d the same, of %d", out.New, out.Same, t.rows)
	}
	return err
}
