package api

import (
	"context"
	"log/slog"
	"net/http"

	"anlan/app"
	"anlan/app/scanner"
	"anlan/record/access"
	"anlan/record/book"
)

// Options say what the API is joined to.
type Options struct {
	// Write makes changes, together with those of others (book.Group).
	Write func(ctx context.Context, actor access.Actor, changes []book.Change) ([]book.Done, error)
	Log   *slog.Logger
	// Scanner looks at files that are sent before they are kept; the zero value is none.
	Scanner scanner.Scanner
	// PerSecond is how many requests one token may make in a second, for a while twice as many; 0: the usual.
	PerSecond int
}

// Server answers requests of programs. It may be asked by any number of goroutines.
type Server struct {
	app      *app.App
	write    func(ctx context.Context, actor access.Actor, changes []book.Change) ([]book.Done, error)
	log      *slog.Logger
	scanner  scanner.Scanner
	limits   *limits
	mux      *http.ServeMux
	document []byte
	tag      string // of the document
	reader   []byte
}

// Prefix is where all addresses of the API begin.
const Prefix = "/api/v1"

// New joins the API of a book.
func New(a *app.App, o Options) (*Server, error) {
	s := &Server{app: a, write: o.Write, log: o.Log, scanner: o.Scanner, limits: newLimits(o.PerSecond), mux: http.NewServeMux()}
	document := Document(a.Book.Kinds())
	var err error
	if s.document, s.tag, err = written(document); err != nil {
		return nil, err
	}
	if s.reader, err = page(document); err != nil {
		return nil, err
	}
	for _, o := range operations {
		s.mux.Handle(o.Method+" "+Prefix+o.Path, s.serve(o))
	}
	s.mux.Handle("GET "+Prefix+"/openapi.json", s.plain((*Server).sendDocument))
	s.mux.Handle("GET /api", s.plain((*Server).sendReader))
	s.mux.Handle("GET /api/{$}", s.plain((*Server).sendReader))
	s.mux.Handle("/", s.plain((*Server).nothing))
	return s, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// plain answers what needs no token.
func (s *Server) plain(do func(*Server, *call) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{s: s, w: w, r: r, lang: languageOf(r)}
		if err := do(s, c); err != nil {
			c.fail(err)
		}
	})
}
