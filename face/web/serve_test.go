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
	resp, err := http.Get("http://" + l.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("healthz: %d", resp.StatusCode)
	}
	end()
	if err := <-ended; err != nil {
		t.Errorf("served until %v", err)
	}
}
