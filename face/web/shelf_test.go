package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/store/journal"
)

// TestManyWhoReadAtOnceAskOnce: one answer is made for all who want the same, until something is written.
func TestManyWhoReadAtOnceAskOnce(t *testing.T) {
	t.Parallel()
	f := shelf{clock: clock.NewStepped(time.Unix(0, 0), 0)}
	asked := 0
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("X-Kept", "yes")
		w.Write([]byte(strings.Repeat("answer", asked)))
	})
	r := httptest.NewRequest(http.MethodGet, "/public/reports", nil)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if a := f.answer("a", 7, r, next); string(a.body) != "answer" || a.header.Get("X-Kept") != "yes" {
				t.Errorf("got %q, %v", a.body, a.header)
			}
		})
	}
	all.Wait()
	if asked != 1 {
		t.Errorf("fifty readers asked %d times", asked)
	}
	f.answer("b", 7, r, next)
	f.answer("a", 8, r, next)
	if asked != 3 {
		t.Errorf("asked %d times, want once more for another address, and for another state of the book", asked)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if a := f.answer("c", 8, r.WithContext(gone), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Context().Err() != nil {
			t.Error("whoever asked first has gone, and the others get nothing")
		}
	})); a.status != http.StatusOK {
		t.Errorf("got %d", a.status)
	}
}

func TestWhatTheShelfHolds(t *testing.T) {
	t.Parallel()
	a := &shelved{head: 7}
	for _, c := range []struct {
		age  time.Duration
		head journal.Position
		want bool
	}{{0, 7, true}, {shelfTime - 1, 7, true}, {shelfTime, 7, false}, {-1, 7, false}, {0, 8, false}} {
		if got := a.fresh(a.at.Add(c.age), c.head); got != c.want {
			t.Errorf("%v old, at %d: %v", c.age, c.head, got)
		}
	}
	f := shelf{clock: clock.NewStepped(time.Unix(0, 0), 0)}
	f.put("gone", &shelved{status: http.StatusNotFound})
	f.put("large", &shelved{status: http.StatusOK, body: make([]byte, shelfOneBytes+1)})
	f.put("signed", &shelved{status: http.StatusOK, header: http.Header{"Set-Cookie": {"x"}}})
	if len(f.answers) != 0 || f.bytes != 0 {
		t.Errorf("kept %d answers, %d bytes", len(f.answers), f.bytes)
	}
	for i := range 3 * shelfBytes / shelfOneBytes {
		f.put(strings.Repeat("k", i+1), &shelved{status: http.StatusOK, body: make([]byte, shelfOneBytes)})
	}
	if f.bytes > shelfBytes || len(f.answers) > shelfBytes/shelfOneBytes {
		t.Errorf("holds %d bytes in %d answers", f.bytes, len(f.answers))
	}
}
