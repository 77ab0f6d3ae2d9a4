// Command api measures what the door for programs costs (goals P5a and P5b): records entered by JSON over HTTP, signed in by a token, each
// in a request of its own, and pages of a list with two filters, sorted; against the same work asked of the book inside the program.
// Commits wait for the disk, and gather as they do in serve.
//
//	go run ./bench/api
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"anlan/app"
	"anlan/bench"
	"anlan/face/api"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/office/token"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/safety/hazard"
)

func main() {
	rounds := flag.Int("rounds", 5, "how many rounds are kept")
	records := flag.Int("records", 100_000, "how many records the list is of")
	writers := flag.Int("writers", 64, "connections that enter records at once")
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *rounds, *records, *writers, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const (
	entered = 6_000 // records in one run
	pages   = 200   // pages in one run
	readers = 32    // connections that read
	pageOf  = 30
)

func run(ctx context.Context, rounds, records, writers int, dir string) (err error) {
	place, err := bench.NewPlace("api", dir)
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
			err = compare(ctx, a, rounds, records, writers)
		}
		if err := errors.Join(err, place.Drop(ctx, a.DB, "book")); err != nil {
			return err
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// site is a book behind its API.
type site struct {
	app     *app.App
	group   *book.Group
	address string
	token   string
	client  *http.Client
	n       atomic.Int64
}

func compare(ctx context.Context, a *app.App, rounds, records, writers int) (err error) {
	s := &site{app: a, group: book.NewGroup(a.Book), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: writers}}}
	defer s.group.Close()
	if err := s.fill(ctx, records); err != nil {
		return err
	}
	if s.token, err = s.issue(ctx); err != nil {
		return err
	}
	programs, err := api.New(a, api.Options{Write: s.group.Apply, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), PerSecond: 1_000_000})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	served := &http.Server{Handler: programs}
	go served.Serve(l)
	defer served.Close()
	s.address = "http://" + l.Addr().String() + "/api/v1/records/hazard"

	inside := bench.Side{Name: "book.Group.Apply", Run: func(ctx context.Context) error { return atOnce(writers, entered, func() error { return s.apply(ctx) }) }}
	byHTTP := bench.Side{Name: "**ours**: POST of JSON with a token", Run: func(ctx context.Context) error { return atOnce(writers, entered, func() error { return s.post(ctx) }) }}
	if err := print(ctx, fmt.Sprintf("Entered one by one by %d at once, %d in a run (P5b):", writers, entered), rounds, entered, "records", inside, byHTTP); err != nil {
		return err
	}
	for _, counted := range []bool{false, true} {
		inside := bench.Side{Name: "book.View.List", Run: func(ctx context.Context) error {
			return atOnce(readers, pages, func() error { return s.list(ctx, counted) })
		}}
		byHTTP := bench.Side{Name: "**ours**: GET with a token", Run: func(ctx context.Context) error {
			return atOnce(readers, pages, func() error { return s.get(ctx, counted) })
		}}
		how := "not counted"
		if counted {
			how = "counted up to 10,000"
		}
		title := fmt.Sprintf("Pages of %d of a list of more than %d, two filters, sorted, %s, by %d at once (P5a):", pageOf, records, how, readers)
		if err := print(ctx, title, rounds, pages, "pages", inside, byHTTP); err != nil {
			return err
		}
	}
	return nil
}

func print(ctx context.Context, title string, rounds, work int, unit string, sides ...bench.Side) error {
	table, err := bench.Alternate(ctx, rounds, sides...)
	if err != nil {
		return err
	}
	fmt.Println(title + "\n")
	table.Work, table.Unit = work, unit
	table.Print(os.Stdout)
	return nil
}

// atOnce does something so many times by so many at once.
func atOnce(workers, times int, do func() error) error {
	var left atomic.Int64
	left.Store(int64(times))
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for i := range workers {
		wait.Go(func() {
			for left.Add(-1) >= 0 {
				if errs[i] = do(); errs[i] != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (s *site) hazard() *hazard.Hazard {
	n := s.n.Add(1)
	h := &hazard.Hazard{Number: fmt.Sprintf("YH2023%08d", n), Title: "消防通道堵塞，未按要求设置疏散指示标志", Grade: hazard.Ordinary, Enterprise: "示例企业",
		FoundOn: period.MustDay(2023, 1, 1).Add(int(n % 365)), Cost: maybe.Some(money.Fen(n))}
	if n%10 == 0 {
		h.Grade = hazard.Major
	}
	h.ListedOn = h.FoundOn.Add(7)
	h.Unit, h.Place = "430602", "430602"
	return h
}

// fill puts in the records that the list is of.
func (s *site) fill(ctx context.Context, records int) error {
	for left := records; left > 0; left -= 5_000 {
		changes := make([]book.Change, min(left, 5_000))
		for i := range changes {
			changes[i] = book.Change{Kind: "hazard", Action: access.Create, Record: s.hazard()}
		}
		if _, err := s.app.Book.Apply(ctx, bench.Actor, changes); err != nil {
			return err
		}
	}
	return nil
}

// issue gives a token of a user of a section.
func (s *site) issue(ctx context.Context) (string, error) {
	u := &login.User{Login: "sync", Name: "示例", Role: login.Role(access.Section.Code)}
	u.Unit = "430600"
	done, err := s.app.Book.Apply(ctx, bench.Actor, []book.Change{{Kind: "login_user", Action: access.Create, Record: u}})
	if err != nil {
		return "", err
	}
	secret, _, err := s.app.Tokens.Issue(ctx, bench.Actor, done[0].ID, token.Request{Name: "bench", Scope: "write", Ends: s.app.Clock().Now().Add(24 * time.Hour)})
	return secret, err
}

func (s *site) apply(ctx context.Context) error {
	_, err := s.group.Apply(ctx, bench.Actor, []book.Change{{Kind: "hazard", Action: access.Create, Record: s.hazard()}})
	return err
}

func (s *site) post(ctx context.Context) error {
	h := s.hazard()
	body := fmt.Appendf(nil, `{"content": {"number": %q, "title": %q, "grade": %q, "enterprise_name": %q, "found_on": "%s", "listed_on": "%s", "cost": "%s", "unit": "430602", "place": "430602"}}`,
		h.Number, h.Title, h.Grade, h.Enterprise, h.FoundOn, h.ListedOn, h.Cost.V)
	return s.ask(ctx, http.MethodPost, s.address, body, http.StatusCreated)
}

func (s *site) ask(ctx context.Context, method, address string, body []byte, want int) error {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != want {
		err = fmt.Errorf("%s: status %d: %s", method, resp.StatusCode, text)
	}
	return err
}

// filters are those of the list: one record in twenty fits.
var filters = []book.Filter{{Field: "grade", Op: field.OpIs, Value: "major"}, {Field: "found_on", Op: field.OpAtLeast, Value: "2023-07-01"}}

func (s *site) list(ctx context.Context, counted bool) error {
	return s.app.Book.Read(ctx, bench.Actor, 0, func(v *book.View) error {
		q := book.Query{Kind: "hazard", Filters: filters, Sort: "found_on", Down: true, Limit: pageOf}
		found, _, err := v.List(q)
		if err == nil && len(found) != pageOf {
			err = fmt.Errorf("a page of %d", len(found))
		}
		if err == nil && counted {
			_, err = v.CountUpTo(q, 10_001)
		}
		return err
	})
}

func (s *site) get(ctx context.Context, counted bool) error {
	address := s.address + "?where=grade+%3D+major&where=found_on+%3E%3D+2023-07-01&sort=found_on&down=true&limit=30"
	if counted {
		address += "&count=true"
	}
	return s.ask(ctx, http.MethodGet, address, nil, http.StatusOK)
}
