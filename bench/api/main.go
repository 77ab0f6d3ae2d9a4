// Command api measures what the doors cost (goals P5a and P5b): records entered by JSON over HTTP, signed in by a token, each
// in a request of its own, and pages of a list with two filters, sorted, as JSON and as the page that people see; against the same work asked
// of the book inside the program, and of PocketBase. Commits wait for the disk, and gather as they do in serve.
//
//	go run ./bench/api
//	go run ./bench/api -records 1000000 -pocketbase
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"anlan/app"
	"anlan/bench"
	"anlan/face/api"
	"anlan/face/web"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/office/token"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/safety/hazard"
	"anlan/store"
)

func main() {
	rounds := flag.Int("rounds", 5, "how many rounds are kept")
	records := flag.Int("records", 100_000, "how many records the list is of")
	writers := flag.Int("writers", 64, "connections that enter records at once")
	beside := flag.Bool("pocketbase", false, "ask PocketBase too, which is built from its Go module (on SQLite)")
	dir := flag.String("dir", "", "folder for the databases; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *rounds, *records, *writers, *beside, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const (
	entered     = 6_000 // records in one run
	pagesAtOnce = 300   // pages in one run
	readers     = 32    // connections that read
	pageOf      = 30
	password    = "岳阳楼在洞庭湖东岸上"
)

func run(ctx context.Context, rounds, records, writers int, beside bool, dir string) (err error) {
	place, err := bench.NewPlace("api", dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	program := ""
	if beside {
		if program, err = build(ctx, place.Dir); err != nil {
			return err
		}
	}
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	for _, d := range place.Dialects() {
		a, err := place.Found(ctx, d, "book")
		if err != nil {
			return err
		}
		version, err := bench.Version(ctx, a.DB)
		if err == nil {
			fmt.Printf("### %s\n\n", version)
			if d != store.SQLite {
				program = ""
			}
			err = compare(ctx, a, rounds, records, writers, program, place.Dir)
		}
		if err := errors.Join(err, place.Drop(ctx, a.DB, "book")); err != nil {
			return err
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// door is an address over HTTP, with what is sent along.
type door struct {
	client  *http.Client
	address string
	header  http.Header
}

// site is a book behind its API and its pages.
type site struct {
	app    *app.App
	apply  func(context.Context, access.Actor, []book.Change) ([]book.Done, error)
	api    door
	pages  door
	client *http.Client
	n      atomic.Int64
}

func compare(ctx context.Context, a *app.App, rounds, records, writers int, program, dir string) (err error) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	pages, err := web.New(ctx, a, a.Users, web.Options{Log: log})
	if err != nil {
		return err
	}
	defer pages.Close()
	programs, err := api.New(a, api.Options{Write: pages.Apply, Log: log, PerSecond: 1_000_000})
	if err != nil {
		return err
	}
	pages.Mount(api.Prefix+"/", programs)
	served := httptest.NewServer(pages)
	defer served.Close()
	s := &site{app: a, apply: pages.Apply, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: writers}}}
	if err := s.fill(ctx, records); err != nil {
		return err
	}
	if err := s.signIn(ctx, served.URL); err != nil {
		return err
	}
	writing := []side{{"book.Group.Apply", s.write}, {"**ours**: POST of JSON with a token", s.post}}
	reading := func(counted bool) []side {
		return []side{{"book.View.List", func(ctx context.Context) error { return s.list(ctx, counted) }}, {"**ours**: GET with a token", func(ctx context.Context) error { return s.get(ctx, counted) }}}
	}
	var other *peer
	if program != "" {
		if other, err = begin(ctx, program, dir, records, s.client); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, other.close()) }()
		writing = append(writing, side{"PocketBase: POST with a token (its commits do not wait for the disk)", func(ctx context.Context) error { return other.post(ctx, s) }})
	}
	for _, counted := range []bool{false, true} {
		sides, how := reading(counted), "not counted"
		if counted {
			how = "counted (ours up to 10,000)"
			sides = append(sides, side{"**ours**: the HTML page of 50, with a session", s.see})
		}
		if other != nil {
			sides = append(sides, side{"PocketBase: GET with a token", func(ctx context.Context) error { return other.get(ctx, counted) }})
		}
		title := fmt.Sprintf("Pages of %d of a list of %d, two filters, sorted, %s, by %d at once (P5a):", pageOf, records, how, readers)
		if err := print(ctx, title, rounds, pagesAtOnce, "pages", readers, sides...); err != nil {
			return err
		}
	}
	if err := s.weigh(ctx); err != nil {
		return err
	}
	return print(ctx, fmt.Sprintf("Entered one by one by %d at once, %d in a run (P5b):", writers, entered), rounds, entered, "records", writers, writing...)
}

// side is a way of doing one piece of the work.
type side struct {
	name string
	do   func(context.Context) error
}

// print compares ways of doing a piece of work so many times by so many at once, and says how long the slowest in a hundred took.
func print(ctx context.Context, title string, rounds, work int, unit string, workers int, ways ...side) error {
	var sides []bench.Side
	took := make([]waits, len(ways))
	for i, x := range ways {
		sides = append(sides, bench.Side{Name: x.name, Run: func(ctx context.Context) error { return atOnce(workers, work, took[i].timed(ctx, x.do)) }})
	}
	table, err := bench.Alternate(ctx, rounds, sides...)
	if err != nil {
		return err
	}
	fmt.Println(title + "\n")
	table.Work, table.Unit = work, unit
	table.Print(os.Stdout)
	for i, x := range ways {
		fmt.Printf("- one in a hundred of %s takes longer than %s, half longer than %s\n", x.name, took[i].longest(99), took[i].longest(50))
	}
	fmt.Println()
	return nil
}

// waits are how long each piece of work took.
type waits struct {
	mu  sync.Mutex
	all []time.Duration
}

func (w *waits) timed(ctx context.Context, do func(context.Context) error) func() error {
	return func() error {
		took, err := bench.Took(func() error { return do(ctx) })
		w.mu.Lock()
		defer w.mu.Unlock()
		w.all = append(w.all, took)
		return err
	}
}

// longest is what so many in a hundred did not exceed.
func (w *waits) longest(percent int) time.Duration {
	slices.Sort(w.all)
	return w.all[(len(w.all)-1)*percent/100]
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
	if n/365%10 == 0 { // on every day one in ten
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

// signIn makes a user of a section, who has a token and a session.
func (s *site) signIn(ctx context.Context, at string) error {
	u := &login.User{Login: "sync", Name: "示例", Role: login.Role(access.Section.Code)}
	u.Unit = "430600"
	done, err := s.app.Book.Apply(ctx, bench.Actor, []book.Change{{Kind: "login_user", Action: access.Create, Record: u}})
	if err != nil {
		return err
	}
	secret, _, err := s.app.Tokens.Issue(ctx, bench.Actor, done[0].ID, token.Request{Name: "bench", Scope: "write", Ends: s.app.Clock().Now().Add(24 * time.Hour)})
	if err != nil {
		return err
	}
	s.api = door{s.client, at + api.Prefix + "/records/hazard", http.Header{"Authorization": {"Bearer " + secret}, "Content-Type": {"application/json"}}}
	first, err := s.app.Users.SetPassword(ctx, bench.Actor, done[0].ID, "")
	if err != nil {
		return err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	s.pages = door{&http.Client{Transport: s.client.Transport, Jar: jar}, at, http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"}}}
	if err := s.pages.ask(ctx, http.MethodPost, "/sign-in", []byte(url.Values{"name": {u.Login}, "password": {first}}.Encode()), http.StatusOK); err != nil {
		return err
	}
	return s.pages.ask(ctx, http.MethodPost, "/account/password", []byte(url.Values{"old": {first}, "new": {password}, "again": {password}}.Encode()), http.StatusOK)
}

func (s *site) write(ctx context.Context) error {
	_, err := s.apply(ctx, bench.Actor, []book.Change{{Kind: "hazard", Action: access.Create, Record: s.hazard()}})
	return err
}

func (s *site) post(ctx context.Context) error {
	h := s.hazard()
	body := fmt.Appendf(nil, `{"content": {"number": %q, "title": %q, "grade": %q, "enterprise_name": %q, "found_on": "%s", "listed_on": "%s", "cost": "%s", "unit": "430602", "place": "430602"}}`,
		h.Number, h.Title, h.Grade, h.Enterprise, h.FoundOn, h.ListedOn, h.Cost.V)
	return s.api.ask(ctx, http.MethodPost, "", body, http.StatusCreated)
}

func (d door) ask(ctx context.Context, method, path string, body []byte, want int) error {
	r, err := http.NewRequestWithContext(ctx, method, d.address+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header = d.header.Clone()
	resp, err := d.client.Do(r)
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

const asked = "?where=grade+%3D+major&where=found_on+%3E%3D+2023-07-01&sort=found_on"

func (s *site) get(ctx context.Context, counted bool) error {
	query := asked + "&down=true&limit=30"
	if counted {
		query += "&count=true"
	}
	return s.api.ask(ctx, http.MethodGet, query, nil, http.StatusOK)
}

// see is the page that people see.
func (s *site) see(ctx context.Context) error {
	return s.pages.ask(ctx, http.MethodGet, "/records/hazard"+asked+"&down=1", nil, http.StatusOK)
}

// weigh says how much of the page goes over the line, and how long it takes when nobody else asks.
func (s *site) weigh(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.pages.address+"/records/hazard"+asked+"&down=1", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := s.pages.client.Do(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return err
	}
	var alone waits
	for range 100 {
		if err := alone.timed(ctx, s.see)(); err != nil {
			return err
		}
	}
	fmt.Printf("The HTML page of 50: %d bytes compressed; asked alone, half of a hundred took longer than %s, one longer than %s.\n\n", len(body), alone.longest(50), alone.longest(99))
	return nil
}
