package web_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"

	"anlan/face/web"
	"anlan/store"
)

func TestServingEndsWhenItsContextDoes(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	pages, err := web.New(t.Context(), s.app, s.app.Users, web.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer pages.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- pages.Serve(ctx, l) }()
	ask := func(path string) int {
		resp, err := http.Get("http://" + l.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if status := ask(path); status != 200 {
			t.Errorf("%s: %d", path, status)
		}
	}
	s.app.DB.Close() // as when the database has gone
	if healthy, ready := ask("/healthz"), ask("/readyz"); healthy != 200 || ready != 503 {
		t.Errorf("without the database: healthz %d, readyz %d", healthy, ready)
	}
	end()
	if err := <-ended; err != nil {
		t.Errorf("served until %v", err)
	}
}
