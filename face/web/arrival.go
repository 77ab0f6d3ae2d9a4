package web

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// arrivals are connections that were taken and on which no request has begun. net/http drops a request that it reads after its shutdown
// has begun, though whoever asked was let in: so a server that ends takes no more connections first, and shuts down when these are served.
type arrivals struct {
	mu      sync.Mutex
	waiting map[net.Conn]bool
	changed chan struct{} // holds one
}

func newArrivals() *arrivals {
	return &arrivals{waiting: map[net.Conn]bool{}, changed: make(chan struct{}, 1)}
}

type arrivalKey struct{}

// onto has a server say who arrives, and answer by h.
func (a *arrivals) onto(s *http.Server, h http.Handler) {
	s.ConnContext = func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, arrivalKey{}, c) }
	s.ConnState = func(c net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			a.mu.Lock()
			a.waiting[c] = true
			a.mu.Unlock()
		case http.StateClosed, http.StateHijacked:
			a.served(c)
		}
	}
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.served(r.Context().Value(arrivalKey{}).(net.Conn))
		h.ServeHTTP(w, r)
	})
}

func (a *arrivals) served(c net.Conn) {
	a.mu.Lock()
	delete(a.waiting, c)
	a.mu.Unlock()
	select {
	case a.changed <- struct{}{}:
	default:
	}
}

// wait waits until each has been served, or ctx ends: some browsers connect and ask nothing.
func (a *arrivals) wait(ctx context.Context) {
	for {
		a.mu.Lock()
		n := len(a.waiting)
		a.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-a.changed:
		case <-ctx.Done():
			return
		}
	}
}
