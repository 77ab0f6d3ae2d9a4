package web

import (
	"context"
	"net/http"
	"time"
)

// alive says that the program answers; it asks nobody else.
func alive(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") }

// readyWait is how long the book may take to answer whoever shares out the requests.
const readyWait = 2 * time.Second

// ready says whether requests are to be sent here: the book can be read. A server that ends takes no
// connection any more.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWait)
	defer cancel()
	if _, err := s.app.Book.Head(ctx); err != nil {
		s.log.Error("not ready", "error", err.Error())
		plain(w, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	plain(w, http.StatusOK, "ok\n")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // whoever asked may have gone
}
