package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/bench"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/store"
)

func main() {
	var t trial
	flag.IntVar(&t.records, "records", 50_000, "how many records")
	flag.IntVar(&t.rounds, "rounds", bench.RoundsMin, "how many rounds are kept")
	flag.BoolVar(&t.duckdb, "duckdb", false, "compare with DuckDB too (needs node and npm)")
	flag.StringVar(&t.only, "only", "", "the one database to compare on, sqlite or postgres; empty: on both (5 million records take an hour on each)")
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system (5 million records need 10 GB)")
	held := flag.Bool("held", false, "tell the memory that computing in the book of -dir, or of -schema, holds; the program asks itself so")
	schema := flag.String("schema", "", "for -held")
	flag.Parse()
	err := error(nil)
	if *held {
		err = tellHeld(context.Background(), *dir, *schema)
	} else {
		err = t.run(context.Background(), *dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// writtenMax is the most records that are put in by the write path.
const writtenMax = 100_000

// trial compares on some records.
type trial struct {
	records, rounds int
	duckdb          bool
	only            string // the name of a database; empty: on all that there are
	place           *bench.Place
	duck            *duck // nil: not there
}

func (t *trial) run(ctx context.Context, dir string) (err error) {
	if t.place, err = bench.NewPlace("figures", dir); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.place.Close()) }()
	fmt.Printf("## %d records\n\nBefore: %s.\n\n", t.records, bench.Machine())
	if t.duckdb {
		csv := filepath.Join(t.place.Dir, "cases.csv")
		if err := writeCSV(csv, t.records); err != nil {
			return err
		}
		if t.duck, err = openDuck(ctx, csv); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, t.duck.close()) }()
	}
	on := slices.DeleteFunc(t.place.Dialects(), func(d store.Dialect) bool { return t.only != "" && t.only != d.String() })
	if len(on) == 0 {
		return fmt.Errorf("-only %s: there is no such database here", t.only)
	}
	for _, d := range on {
		if err := t.on(ctx, d); err != nil {
			return fmt.Errorf("%s: %w", d, err)
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// on compares on one database.
func (t *trial) on(ctx context.Context, d store.Dialect) (err error) {
	db, err := t.place.Open(ctx, d, "cases")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.place.Drop(ctx, db, "cases")) }()
	version, err := bench.Version(ctx, db)
	if err != nil {
		return err
	}
	fmt.Printf("### %s\n\n", version)
	r, err := t.fill(ctx, db)
	if err != nil {
		return err
	}
	plain := tables{db}
	if err := r.same(ctx, d.String(), plain); err != nil {
		return err
	}
	peers := r.sides(d.String(), plain)
	if t.duck != nil && d == store.SQLite {
		if err := r.same(ctx, "DuckDB", t.duck); err != nil {
			return err
		}
		peers = append(peers, r.sides("DuckDB", t.duck)...)
	}
	if err := t.sit(ctx, r, peers); err != nil {
		return err
	}
	if t.duck != nil && d == store.SQLite {
		about, err := t.duck.about()
		if err != nil {
			return err
		}
		fmt.Printf("%s.\n\n", about)
	}
	err = db.InTx(ctx, func(tx *store.Tx) error {
		for _, statement := range append(slices.Clone(indexes), "ANALYZE bench_case") {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := t.sit(ctx, r, r.sides(d.String()+", indexed", plain)); err != nil {
		return err
	}
	return askHeld(ctx, t.place.Options(d, "cases"))
}

// askHeld has another process compute ours: this one has filled tables, and holds what that took.
func askHeld(ctx context.Context, o store.Options) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, self, "-held", "-dir", o.Dir, "-schema", o.Schema)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// tellHeld computes ours a few times in a process that does nothing else.
func tellHeld(ctx context.Context, dir, schema string) (err error) {
	o := store.Options{Dir: dir}
	if schema != "" {
		o = store.Options{URL: os.Getenv("ANLAN_TEST_POSTGRES"), Schema: schema}
	}
	db, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := newReport(open(db))
	if err != nil {
		return err
	}
	for range 10 {
		if err := r.of(bureau)(ctx); err != nil {
			return err
		}
	}
	fmt.Printf("Memory held by a process that computes ours: %d MiB.\n\n", bench.Held())
	return nil
}

// fill founds a book and puts the records in.
func (t *trial) fill(ctx context.Context, db *store.DB) (*report, error) {
	b, err := found(ctx, db)
	if err != nil {
		return nil, err
	}
	how, put := "by the write path", writeCases
	if t.records > writtenMax {
		how, put = "directly, without journal entries", fillCases
	}
	took, err := bench.Took(func() error { return put(ctx, b, t.records) })
	if err != nil {
		return nil, err
	}
	fmt.Printf("%d records were put in %s in %s, cells included.\n\n", t.records, how, took)
	return newReport(b)
}

// sit compares in one sitting: ours for the bureau and for one county, and the peers.
func (t *trial) sit(ctx context.Context, r *report, peers []bench.Side) error {
	sides := append([]bench.Side{
		{Name: "**ours**, the bureau with its 200 units", Run: r.of(bureau)},
		{Name: "ours, a county with its 20 units", Run: r.of(county(3))},
	}, peers...)
	table, err := bench.Alternate(ctx, t.rounds, sides...)
	if err != nil {
		return err
	}
	table.Print(os.Stdout)
	return nil
}

// report is the 200 indicators of a book.
type report struct {
	book *book.Book
	set  *indicator.Set
	asks []indicator.Ask // what they ask of the measures
	want []int64         // and the answers
}

func newReport(b *book.Book) (*report, error) {
	file, err := indicator.Parse("trial.indicators", definitions())
	if err != nil {
		return nil, err
	}
	set, err := indicator.Define(app.CatalogueOf(b.Kinds()), file)
	if err != nil {
		return nil, err
	}
	return &report{book: b, set: set}, nil
}

// of computes the report of a unit.
func (r *report) of(u place.Unit) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		_, err := r.compute(ctx, u)
		return err
	}
}

func (r *report) compute(ctx context.Context, u place.Unit) (results []indicator.Result, err error) {
	var questions []indicator.Question
	for _, i := range r.set.Indicators() {
		questions = append(questions, indicator.Question{Indicator: i, Period: year, Unit: u})
	}
	err = r.book.Read(ctx, bench.Actor, 0, func(v *book.View) error {
		results, err = indicator.Eval(ctx, app.Figures{View: v}, questions...)
		return err
	})
	return results, err
}

// same finds what the report asks of the measures, and sees that a peer gives the same numbers in each of its ways.
func (r *report) same(ctx context.Context, name string, p peer) error {
	if r.asks == nil {
		if err := r.answer(ctx); err != nil {
			return err
		}
	}
	single, err := p.ask(ctx, singly(r.asks))
	if err != nil {
		return err
	}
	all, err := p.ask(ctx, grouped())
	if err != nil {
		return err
	}
	for i, n := range inGroups(r.asks, all) {
		if single[i][0] != r.want[i] || n != r.want[i] {
			return fmt.Errorf("%s in %s: ours %d, %s by itself %d, grouped %d", r.asks[i].Measure, r.asks[i].Period, r.want[i], name, single[i][0], n)
		}
	}
	fmt.Printf("All %d figures behind the %d indicators are the same in %s.\n\n", len(r.asks), len(r.set.Indicators()), name)
	return nil
}

// answer asks the measures what the report asks.
func (r *report) answer(ctx context.Context) error {
	results, err := r.compute(ctx, bureau)
	if err != nil {
		return err
	}
	for _, x := range results {
		for _, a := range x.Asks() {
			if !slices.Contains(r.asks, a) {
				r.asks = append(r.asks, a)
			}
		}
	}
	questions := make([]book.Ask, len(r.asks))
	for i, a := range r.asks {
		questions[i] = book.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit}
	}
	return r.book.Read(ctx, bench.Actor, 0, func(v *book.View) error {
		answers, err := v.Balances(questions)
		for _, x := range answers {
			n := x.Count
			if x.Measure.Valued {
				n = x.Value
			}
			r.want = append(r.want, n)
		}
		return err
	})
}

// sides are the ways of a peer.
func (r *report) sides(name string, p peer) []bench.Side {
	queries := singly(r.asks)
	run := func(queries []string) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			_, err := p.ask(ctx, queries)
			return err
		}
	}
	return []bench.Side{
		{Name: fmt.Sprintf("%s, %d queries", name, len(queries)), Run: run(queries), Warm: run(queries[:3])},
		{Name: fmt.Sprintf("%s, %d grouped queries", name, len(grouped())), Run: run(grouped())},
	}
}
