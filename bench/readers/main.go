// Command readers measures what the public reads: a published report with its figures, asked for by many at once over HTTP without signing in; as the
// server keeps it until something is written, and as it has to be made anew for each reader.
//
//	go run ./bench/readers
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"anlan/app"
	"anlan/app/demo"
	"anlan/bench"
	"anlan/face/web"
	"anlan/ground/clock"
	"anlan/ground/lang"
)

func main() {
	asked := flag.Int("asked", 10_000, "how often each page is asked for")
	readers := flag.Int("readers", 64, "connections that ask at once")
	dir := flag.String("dir", "", "folder for the book; empty: that of the system")
	flag.Parse()
	if err := run(context.Background(), *asked, *readers, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, asked, readers int, dir string) (err error) {
	place, err := bench.NewPlace("readers", dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	shown := filepath.Join(place.Dir, "demo")
	if err := demo.Run(ctx, demo.Options{Dir: shown, Lang: lang.Chinese, Out: io.Discard}); err != nil {
		return err
	}
	a, err := app.Open(ctx, app.Options{Data: filepath.Join(shown, "data")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	pages, err := web.New(ctx, a, a.Users, web.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return err
	}
	defer pages.Close()
	served := httptest.NewServer(pages)
	defer served.Close()
	r := &reading{client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers, DisableCompression: true}}, at: served.URL, readers: readers}
	report, err := r.find("/public/reports", `/public/reports/[0-9]+`)
	if err != nil {
		return err
	}
	figure, err := r.find(report, report+`/figures/[^"]+`)
	if err != nil {
		return err
	}
	fmt.Printf("Before: %s.\n\nThe report of the demonstration, %d readers at once on connections that stay, client and server on one machine; compressed:\n\n", bench.Machine(), readers)
	fmt.Print("| page | KB | | asked | a second | half within | 99 in 100 within |\n|---|---|---|---|---|---|---|\n")
	for _, x := range []struct{ name, path string }{{"list of reports", "/public/reports"}, {"a report with its figures", report}, {"a figure", figure}, {"the report itself", report + "/files/report.html"}} {
		for _, anew := range []bool{false, true} {
			n, how := asked, "**kept**"
			if anew {
				n, how = max(asked/20, readers), "made for each"
			}
			if err := r.measure(x.name, x.path, how, n, anew); err != nil {
				return err
			}
		}
	}
	fmt.Printf("\nAfter: %s.\n", bench.Machine())
	return nil
}

// reading is a site that is read.
type reading struct {
	client  *http.Client
	at      string
	readers int
}

// find gives the first address on a page that fits.
func (r *reading) find(path, pattern string) (string, error) {
	body, err := r.get(path, "")
	if err != nil {
		return "", err
	}
	found := regexp.MustCompile(pattern).Find(body)
	if found == nil {
		return "", fmt.Errorf("%s has no %s", path, pattern)
	}
	return string(found), nil
}

func (r *reading) get(path, encoding string) ([]byte, error) {
	q, err := http.NewRequest(http.MethodGet, r.at+path, nil)
	if err != nil {
		return nil, err
	}
	if encoding != "" {
		q.Header.Set("Accept-Encoding", encoding)
	}
	w, err := r.client.Do(q)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(w.Body)
	if err := errors.Join(err, w.Body.Close()); err != nil {
		return nil, err
	}
	if w.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, w.Status)
	}
	return body, nil
}

// measure asks for a page n times and prints a line; anew gives every reader an address of its own, of which nothing is kept.
func (r *reading) measure(name, path, how string, n int, anew bool) error {
	var next atomic.Int64
	took := make([]time.Duration, n)
	failed := make(chan error, r.readers)
	size := 0
	var all sync.WaitGroup
	whole, err := bench.Took(func() error {
		for range r.readers {
			all.Go(func() {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					to := path
					if anew {
						to += "?reader=" + strconv.Itoa(i)
					}
					began := clock.System{}.Now()
					body, err := r.get(to, "gzip")
					if err != nil {
						failed <- err
						return
					}
					took[i] = clock.System{}.Now().Sub(began)
					if i == 0 {
						size = len(body)
					}
				}
			})
		}
		all.Wait()
		select {
		case err := <-failed:
			return err
		default:
			return nil
		}
	})
	if err != nil {
		return err
	}
	slices.Sort(took)
	fmt.Printf("| %s | %.1f | %s | %d | %.0f | %.1f ms | %.1f ms |\n", name, float64(size)/1024, how, n, float64(n)/whole.Seconds(), ms(took[n/2]), ms(took[n*99/100]))
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
