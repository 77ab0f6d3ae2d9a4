// Command tamper cheats: it founds a small book, publishes a report of it, keeps outside what others would keep (a checkpoint,
// the public key, a backup), and then alters book, journal, keys, backups and report in some sixty ways, each for real, on
// SQLite and on PostgreSQL. After each it asks the shipped verifiers what they find, prints which of them caught it, with
// which findings, and as what (edited, inserted, removed, reordered, rolled back, rewritten, forked, another key), and puts
// everything back. Its tests make the same drills and say what must be found.
//
//	go run ./bench/tamper
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
	"anlan/ground/fault"
	"anlan/store"
)

func main() {
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string) (err error) {
	place, err := bench.NewPlace("tamper", dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	fmt.Printf("%s.\n\n", bench.Machine())
	wrong := 0
	for _, d := range place.Dialects() {
		n, err := drillAll(ctx, place, d)
		if err != nil {
			return err
		}
		wrong += n
	}
	if wrong > 0 {
		return fmt.Errorf("%d drills were not told as they must be", wrong)
	}
	return nil
}

// drillAll makes all drills on one database and prints the table; wrong counts those that were not told as they must be.
func drillAll(ctx context.Context, place *bench.Place, d store.Dialect) (wrong int, err error) {
	s, err := found(ctx, place, d)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.close(), place.Drop(ctx, s.keeper, "book")) }()
	version, err := bench.Version(ctx, s.app.DB)
	if err != nil {
		return 0, err
	}
	fmt.Printf("### %s\n\n", version)
	fmt.Println("| what is done | `journal verify` | `journal verify KEPT` | another command | told as | findings |")
	fmt.Println("|---|---|---|---|---|---|")
	outside := 0
	for _, x := range drills {
		o, err := s.drill(ctx, x)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", x.name, err)
		}
		if x.outside {
			outside++
		}
		complaint := x.judge(o)
		if complaint != "" {
			wrong++
			fmt.Fprintf(os.Stderr, "%s: %s: %s\n", d, x.name, complaint)
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %s |\n", x.name, caught(o.inside, x.watch == folder || x.watch == copied), caught(o.kept, x.watch == folder || x.watch == copied),
			other(x, o), told(o), codes(o.all()))
	}
	fmt.Printf("\n%d drills, %d not told as they must be; %d of them only by what was kept outside.\n\n", len(drills), wrong, outside)
	return wrong, nil
}

func caught(found fault.List, notAsked bool) string {
	switch {
	case notAsked:
		return "–"
	case len(found) == 0:
		return "nothing"
	}
	return "caught"
}

func other(x drill, o outcome) string {
	if x.watch == none || len(o.other) == 0 {
		return strings.Join(o.doctor, ", ")
	}
	return strings.Join(append([]string{string(x.watch)}, o.doctor...), ", ")
}

// told are the conclusions, in words.
func told(o outcome) string {
	var out []string
	for _, c := range app.Conclude(o.all()) {
		words := string(c.Sort)
		if at := c.Places(); at != "" {
			words += " at " + at
		}
		out = append(out, words)
	}
	for _, b := range o.setBack {
		out = append(out, fmt.Sprintf("clock set back by %s at %d", b.Behind, b.Position))
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, "; ")
}

// codes are those of the findings, each once.
func codes(found fault.List) string {
	var out []string
	for _, f := range found {
		if c := "`" + f.Code + "`"; !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	const most = 4
	if len(out) > most {
		out = append(out[:most], "…")
	}
	return strings.Join(out, " ")
}
