package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anlan/record/access"
	"anlan/store"
)

// stream is the answer of a page's stream, line by line; it is closed when the stream ends.
func (v visitor) stream(path string) <-chan string {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, v.server.URL+path, nil)
	if err != nil {
		v.Fatal(err)
	}
	resp, err := v.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		v.Fatalf("%s: status %d, %s", path, resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	lines := make(chan string, 10)
	go func() {
		defer resp.Body.Close()
		defer close(lines)
		for in := bufio.NewScanner(resp.Body); in.Scan(); {
			if in.Text() != "" && in.Text() != ":" { // what keeps the line open says nothing
				lines <- in.Text()
			}
		}
	}()
	if first := <-lines; !strings.HasPrefix(first, "retry: ") {
		v.Fatalf("the stream begins with %q", first)
	}
	return lines
}

// told says what a stream says within some seconds; empty: nothing.
func told(t *testing.T, lines <-chan string, within time.Duration) string {
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	select {
	case line := <-lines:
		return line
	case <-ctx.Done():
		return ""
	}
}

// soon is longer than the server waits before it looks, and late than a busy machine needs.
const (
	soon = 7 * time.Second
	late = 40 * time.Second
)

// TestAnOpenPageIsToldOfWhatItsReaderMaySee: of the own county and of the kind that is shown, and of nothing else; and of what came between the
// page and its stream.
func TestAnOpenPageIsToldOfWhatItsReaderMaySee(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.hazard(1, "430602", "示例隐患")
	v := s.person("xianji", "430602", access.Township)
	page := v.get("/records/hazard", 200)
	page.has(t, `data-live="/live?`, "打开以后有变化", "/static/live.js")
	path := strings.ReplaceAll(page.between(t, `data-live="`, `"`), "&amp;", "&")
	ours, all := v.stream(path), v.stream(strings.Replace(path, "kind=hazard", "kind=", 1))
	staffed := v.stream(strings.Replace(path, "kind=hazard", "kind=training", 1))
	s.hazard(2, "430621", "别县的隐患") // written beside the server, as another process does
	s.hazard(3, "430600", "市局的隐患")
	for name, lines := range map[string]<-chan string{"the list": ours, "today": all} {
		if got := told(t, lines, soon); got != "" {
			t.Errorf("%s was told %q of another county", name, got)
		}
	}
	s.hazard(4, "430602", "本县的隐患")
	for name, lines := range map[string]<-chan string{"the list": ours, "today": all} {
		if got := told(t, lines, late); got != "event: changed" {
			t.Errorf("%s was told %q", name, got)
		}
	}
	if got := told(t, staffed, soon); got != "" {
		t.Errorf("the list of another kind was told %q", got)
	}
	if got := told(t, v.stream(path), late); got != "event: changed" { // it has missed the change, and hears of it at once
		t.Errorf("who comes back was told %q", got)
	}
	v.get("/live?since=x", 404)
	v.get(fmt.Sprintf("/live?since=%d&kind=voucher", 1), 403)
	s.anybody().get("/live?since=1", 303)
}

// TestStreamsEndWithTheServer: they hold nobody up, and whoever comes back comes at a time of its own.
func TestStreamsEndWithTheServer(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("lijun", "430600", access.Section)
	var streams []<-chan string
	for range 20 {
		streams = append(streams, v.stream("/live?since=1000000"))
	}
	s.pages.Close()
	for i, lines := range streams {
		if line := told(t, lines, late); line != "" {
			t.Errorf("stream %d says %q", i, line)
		}
		if _, open := <-lines; open {
			t.Errorf("stream %d did not end", i)
		}
	}
}

// TestAStreamKeepsNoSessionAlive: a page that is open and at which nobody sits is signed out like any other.
func TestAStreamKeepsNoSessionAlive(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("lijun", "430600", access.Section)
	for range 2 {
		s.later()
		v.stream("/live?since=1000000")
	}
	s.later()
	v.get("/live?since=1000000", 303)
	v.get("/today", 303)
}

// TestAStreamGetsThroughProxies: one that gathers answers is told not to, and one that closes what is quiet hears something before it would.
func TestAStreamGetsThroughProxies(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("lijun", "430600", access.Section)
	ctx, cancel := context.WithTimeout(t.Context(), late)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.server.URL+"/live?since=1000000", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := v.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	for name, want := range map[string]string{"X-Accel-Buffering": "no", "Cache-Control": "no-store", "Content-Encoding": "", "Content-Length": ""} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for in := bufio.NewScanner(resp.Body); ; {
		if !in.Scan() {
			t.Fatalf("the stream ended without a sign of life: %v", in.Err())
		}
		if in.Text() == ":" {
			return
		}
	}
}
