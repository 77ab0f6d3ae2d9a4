// Command live measures pages that are told of changes (server-sent events): so many of them watch one process, each over a connection of its own,
// while a record is entered; how long after the commit each is told, what a page that watches costs in memory, and whether those that never read
// hold up the others.
//
//	ulimit -n 12000; go run ./bench/live
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"anlan/app"
	"anlan/bench"
	"anlan/face/web"
	"anlan/ground/clock"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
)

func main() {
	viewers := flag.Int("viewers", 5_000, "pages that watch at once")
	deaf := flag.Int("deaf", 500, "how many more watch and never read")
	rounds := flag.Int("rounds", 5, "how many rounds are kept")
	serving := flag.String("serve", "", "the folder of the process that is watched; for the program itself")
	flag.Parse()
	var err error
	if *serving != "" {
		err = serve(context.Background(), *serving, os.Stdin, os.Stdout)
	} else {
		err = run(context.Background(), *viewers, *deaf, *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const (
	password   = "岳阳楼在洞庭湖东岸上"
	dialing    = 64 // connections that are made at once
	answerMost = time.Minute
)

// serve is the process that is watched. It says where it is and with which cookie, and enters a record for each line that it reads.
func serve(ctx context.Context, dir string, in io.Reader, out io.Writer) (err error) {
	a, err := app.Init(ctx, app.Options{Data: dir}, bench.Actor, "岳阳市应急管理局", "430600")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	pages, err := web.New(ctx, a, a.Users, web.Options{Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	defer pages.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- pages.Serve(ctx, l) }()
	defer func() { cancel(); err = errors.Join(err, <-served) }()
	cookie, err := signIn(ctx, a, "http://"+l.Addr().String())
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\t%s\n", l.Addr(), cookie)
	lines := bufio.NewScanner(in)
	for n := 0; lines.Scan(); n++ {
		if lines.Text() == "held" {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			fmt.Fprintf(out, "%d %d\n", m.HeapAlloc+m.StackInuse, bench.Held())
			continue
		}
		h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: "消防通道堵塞", Grade: hazard.Ordinary, FoundOn: period.MustDay(2023, 5, 6)}
		h.Unit, h.Place = "430602", "430602"
		done, err := pages.Apply(ctx, bench.Actor, []book.Change{{Kind: hazard.Kind.Code(), Action: access.Create, Record: h}})
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%d %d\n", done[0].Position, clock.System{}.Now().UnixNano())
	}
	return lines.Err()
}

// signIn makes somebody who sees the records that are entered, and gives the cookie of a session.
func signIn(ctx context.Context, a *app.App, at string) (string, error) {
	u := &login.User{Login: "lijun", Name: "示例", Role: login.Role(access.Section.Code)}
	u.Unit = "430600"
	done, err := a.Book.Apply(ctx, bench.Actor, []book.Change{{Kind: login.Kind.Code(), Action: access.Create, Record: u}})
	if err != nil {
		return "", err
	}
	first, err := a.Users.SetPassword(ctx, bench.Actor, done[0].ID, "")
	if err != nil {
		return "", err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	client := &http.Client{Jar: jar}
	for _, step := range []struct {
		path string
		form url.Values
	}{{"/sign-in", url.Values{"name": {u.Login}, "password": {first}}}, {"/account/password", url.Values{"old": {first}, "new": {password}, "again": {password}}}} {
		resp, err := client.PostForm(at+step.path, step.form)
		if err != nil {
			return "", err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return "", fmt.Errorf("%s: status %d", step.path, resp.StatusCode)
		}
	}
	where, err := url.Parse(at)
	if err != nil {
		return "", err
	}
	var cookies []string
	for _, c := range jar.Cookies(where) {
		cookies = append(cookies, c.String())
	}
	return strings.Join(cookies, "; "), nil
}

// served is the process that is watched, as the one that watches sees it.
type served struct {
	address, cookie string
	in              io.Writer
	out             *bufio.Reader
}

// asks has it do something, and reads what it says.
func (s *served) asks(what string, say ...any) error {
	if _, err := fmt.Fprintln(s.in, what); err != nil {
		return err
	}
	line, err := s.out.ReadString('\n')
	if err == nil {
		_, err = fmt.Sscan(line, say...)
	}
	return err
}

func run(ctx context.Context, viewers, deaf, rounds int) (err error) {
	place, err := bench.NewPlace("live", "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	other := exec.CommandContext(ctx, self, "-serve", place.Options(store.SQLite, "book").Dir)
	other.Stderr = os.Stderr
	in, err := other.StdinPipe()
	if err != nil {
		return err
	}
	out, err := other.StdoutPipe()
	if err != nil {
		return err
	}
	if err := other.Start(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close(), other.Wait()) }()
	s := &served{in: in, out: bufio.NewReader(out)}
	first, err := s.out.ReadString('\n')
	if err != nil {
		return err
	}
	s.address, s.cookie, _ = strings.Cut(strings.TrimSpace(first), "\t")
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	fmt.Println("| round | watch | never read | joined in s | KiB a page | process at most MiB | told half within ms | 99 in 100 | all |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for round := range rounds + 1 {
		for _, deaf := range []int{0, deaf} {
			line, err := s.round(ctx, viewers, deaf)
			if err != nil {
				return err
			}
			if round > 0 { // the first warms up
				fmt.Printf("| %d %s\n", round, line)
			}
		}
	}
	fmt.Printf("\nAfter: %s.\n", bench.Machine())
	return nil
}

// round has pages watch, enters a record, and says how long it took until each was told.
func (s *served) round(ctx context.Context, viewers, deaf int) (string, error) {
	var at, committed int64
	if err := s.asks("enter", &at, &committed); err != nil {
		return "", err
	}
	var before, after, most int64
	if err := s.asks("held", &before, &most); err != nil {
		return "", err
	}
	pages := make([]*page, viewers+deaf)
	defer func() {
		for _, p := range pages {
			if p != nil {
				p.conn.Close()
			}
		}
	}()
	joined, err := bench.Took(func() error { return s.joinAll(ctx, pages, viewers, at) })
	if err != nil {
		return "", err
	}
	if err := s.asks("held", &after, &most); err != nil {
		return "", err
	}
	told := make([]time.Time, viewers)
	errs := make([]error, viewers)
	var wait sync.WaitGroup
	for i, p := range pages[:viewers] {
		wait.Go(func() { told[i], errs[i] = p.told() })
	}
	if err := s.asks("enter", &at, &committed); err != nil {
		return "", err
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return "", err
	}
	took := make([]float64, viewers)
	for i, t := range told {
		took[i] = float64(t.UnixNano()-committed) / 1e6
	}
	slices.Sort(took)
	percent := func(n int) float64 { return took[(viewers-1)*n/100] }
	return fmt.Sprintf("| %d | %d | %.1f | %.0f | %d | %.0f | %.0f | %.0f |", viewers+deaf, deaf, joined.Seconds(), float64(after-before)/1024/float64(viewers+deaf), most, percent(50), percent(99), percent(100)), nil
}

// page is an open page that watches.
type page struct {
	conn net.Conn
	in   *bufio.Reader
}

// joinAll has all of them watch from a position on. The last ones, after the first reading, never read: not even that they were let in.
func (s *served) joinAll(ctx context.Context, pages []*page, reading int, since int64) error {
	request := fmt.Appendf(nil, "GET /live?since=%d&kind=hazard HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", since, s.address, s.cookie)
	errs := make([]error, dialing)
	var wait sync.WaitGroup
	for w := range dialing {
		wait.Go(func() {
			for i := w; i < len(pages) && errs[w] == nil; i += dialing {
				pages[i], errs[w] = s.join(ctx, request, i < reading)
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (s *served) join(ctx context.Context, request []byte, reads bool) (*page, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", s.address)
	if err != nil {
		return nil, err
	}
	p := &page{conn: c, in: bufio.NewReaderSize(c, 1<<10)}
	if _, err := c.Write(request); err != nil || !reads {
		return p, err
	}
	if err := c.SetReadDeadline(clock.System{}.Now().Add(answerMost)); err != nil {
		return p, err
	}
	status, err := p.in.ReadString('\n')
	if err != nil || !strings.HasPrefix(status, "HTTP/1.1 200") {
		return p, fmt.Errorf("a page was answered %q: %w", status, errors.Join(err, errNotTaken))
	}
	return p, p.until("retry: ")
}

var errNotTaken = errors.New("it does not watch")

// until reads up to a line that begins so.
func (p *page) until(what string) error {
	for {
		line, err := p.in.ReadSlice('\n')
		if err != nil {
			return fmt.Errorf("while waiting for %q: %w", what, err)
		}
		if bytes.HasPrefix(line, []byte(what)) {
			return nil
		}
	}
}

// told waits until the page is told that something has changed.
func (p *page) told() (time.Time, error) {
	if err := p.conn.SetReadDeadline(clock.System{}.Now().Add(answerMost)); err != nil {
		return time.Time{}, err
	}
	err := p.until("event: changed")
	return clock.System{}.Now(), err
}
