package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"anlan/app"
	"anlan/app/scanner"
	"anlan/ground/fault"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
)

// Options say how the pages are reached.
type Options struct {
	// Origin is the address that browsers use, as https://anlan.example.gov.cn, where a proxy or a certificate stands in front;
	// empty: plain HTTP on the machine itself.
	Origin string
	// Proxies are the addresses of proxies that are believed when they say for whom they ask (X-Forwarded-For).
	Proxies []netip.Prefix
	// PasskeyDomain is the domain for which passkeys hold, the host of Origin or one above it; empty: the host. Without an origin that browsers
	// give passkeys to there are none.
	PasskeyDomain string
	// Identity is an identity provider by which people may sign in too; the zero value is none.
	Identity login.Identity
	// Informing lets the public tell of hazards and illegal acts without signing in (举报).
	Informing bool
	// Scanner looks at files that are sent before they are kept; the zero value is none.
	Scanner scanner.Scanner
	Log     *slog.Logger
	// Around stands around all that is answered, and finds in the request, once it is answered, the pattern of its route. Zero: nothing.
	Around func(http.Handler) http.Handler
	// Gathered is told of each transaction that holds what many wrote (book.Group). Zero: nobody is.
	Gathered func(book.Gathering)
}

// Server answers requests for pages. It may be asked by any number of goroutines.
type Server struct {
	app       *app.App
	people    *login.Users
	passkeys  *login.Passkeys // nil: browsers give none to this address
	provider  *login.Provider // by which people sign in too; nil: there is none
	origin    *url.URL        // nil: plain HTTP
	proxies   []netip.Prefix
	log       *slog.Logger
	handler   http.Handler
	doors     *http.ServeMux // the pages, and what Mount has put beside them
	synthetic bool
	group     *book.Group   // many who write at once share a transaction
	stirred   chan struct{} // something was written, and is to be folded
	watch     *watch        // tells open pages of changes
	sealing   [32]byte      // key of the seals of files that forms keep
	scanner   scanner.Scanner
	informing *informing // nil: the public has no form
	shelf     shelf      // answers for the public
	wakes     []chan<- struct{}
	long      chan struct{} // holds one for each long work that is under way
}

// ErrBadOrigin says that the address that browsers are to use is none.
var ErrBadOrigin = fault.Define("web.bad_origin", fault.Invalid,
	"“%s”不是网址，应形如 https://anlan.example.gov.cn", "%q is no address of a site; expected the form https://anlan.example.gov.cn")

//go:embed static
var static embed.FS

// fetched is what others wrote for browsers, where it was there when the program was built (extra/README.md).
//
//go:embed extra
var fetched embed.FS

// readerOfCodes are the scripts by which browsers read codes that cannot by themselves.
var readerOfCodes = []string{"/static/extra/qr/decode.js", "/static/extra/qr/index.js"}

// hasReaderOfCodes says whether they are there.
func hasReaderOfCodes() bool {
	_, err := fs.Stat(fetched, "extra/qr/decode.js")
	return err == nil
}

// New joins the pages of a book; Close ends it. Fault: ErrBadOrigin.
func New(ctx context.Context, a *app.App, people *login.Users, o Options) (*Server, error) {
	s := &Server{app: a, people: people, proxies: o.Proxies, log: o.Log, scanner: o.Scanner, stirred: make(chan struct{}, 1), long: make(chan struct{}, longMost)}
	s.shelf.clock = a.Clock()
	rand.Read(s.sealing[:]) // never fails
	if o.Informing {
		s.informing = newInforming()
	}
	reader := access.Actor{Name: publicName, Role: access.Reader, Via: via}
	err := a.Book.Read(ctx, reader, 0, func(view *book.View) (err error) { s.synthetic, err = view.Synthetic(); return err })
	if err != nil {
		return nil, err
	}
	protection := http.NewCrossOriginProtection()
	if o.Origin != "" {
		u, err := url.Parse(o.Origin)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
			return nil, ErrBadOrigin.With(o.Origin)
		}
		s.origin = u
		if err := protection.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			return nil, ErrBadOrigin.Because(err, o.Origin)
		}
	}
	if err := s.takePasskeys(ctx, o.PasskeyDomain); err != nil {
		return nil, err
	}
	if err := s.takeProvider(o.Identity); err != nil {
		return nil, err
	}
	if err := people.Settle(ctx); err != nil {
		return nil, err
	}
	if err := a.Hooks.Settle(ctx); err != nil {
		return nil, err
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, ErrOtherSite.With())
	}))
	mux := http.NewServeMux()
	files, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	others, err := fs.Sub(fetched, "extra")
	if err != nil {
		return nil, err
	}
	packed, err := packedFiles()
	if err != nil {
		return nil, err
	}
	mux.Handle("GET /static/", http.StripPrefix("/static/", s.kept(files, packed.own)))
	mux.Handle("GET /static/extra/", http.StripPrefix("/static/extra/", s.kept(others, packed.others)))
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", s.ready)
	for _, x := range routes {
		h := s.serve(x)
		if onShelf[x.pattern] {
			h = s.shared(h)
		}
		mux.Handle(x.pattern, h)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, ErrNoPage.With(r.URL.Path)) })
	s.doors = http.NewServeMux()
	s.doors.Handle("/", protection.Handler(mux))
	s.handler = s.guarded(s.doors)
	if o.Around != nil {
		s.handler = o.Around(s.handler)
	}
	var tell []func(book.Gathering)
	if o.Gathered != nil {
		tell = append(tell, o.Gathered)
	}
	s.group = book.NewGroup(a.Book, tell...)
	if s.watch, err = newWatch(ctx, a.Book, o.Log); err != nil {
		s.group.Close()
		return nil, err
	}
	return s, nil
}

// Mount lets another handler answer the addresses of a pattern, beside the pages. It is called before anything is served; the handler
// itself finds out who asks, by something that browsers do not send by themselves.
func (s *Server) Mount(pattern string, h http.Handler) { s.doors.Handle(pattern, h) }

// Apply makes changes together with those that come from pages (book.Group).
func (s *Server) Apply(ctx context.Context, actor access.Actor, changes []book.Change) ([]book.Done, error) {
	done, err := s.group.Apply(ctx, actor, changes)
	if err == nil {
		s.stir()
	}
	return done, err
}

// Waiting is how many who write wait for their transaction.
func (s *Server) Waiting() int { return s.group.Waiting() }

// Close ends what New began, once nothing is served any more.
func (s *Server) Close() {
	s.watch.close()
	s.group.Close()
}

// Faults of requests.
var (
	ErrOtherSite = fault.Define("web.other_site", fault.Denied,
		"这个请求来自别的网站，没有执行；请从本系统的页面操作", "this request comes from another site and was not carried out; act from a page of this one")
	ErrNoPage = fault.Define("web.no_page", fault.NotFound,
		"没有“%s”这个页面", "there is no page %q")
	ErrTooMuch = fault.Define("web.too_much", fault.TooLarge,
		"提交的内容超过%d MB，没有接收", "what was sent is more than %d MB and was not taken")
	ErrBroken = fault.Define("web.broken", fault.Unable,
		"程序出了错，什么都没有写入；请把编号 %s 告诉管理员", "the program failed and wrote nothing; please tell the administrator the number %s")
)

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.handler.ServeHTTP(w, forwarded(r, s.proxies))
}

// secure says whether browsers come by TLS, so that cookies may ask for it.
func (s *Server) secure() bool { return s.origin != nil && s.origin.Scheme == "https" }

// policy lets a page load what this server has, and nothing else run or frame it.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// guarded puts on every answer what browsers should hold to.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), publickey-credentials-create=(self), publickey-credentials-get=(self)")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// packing is the scripts and styles that come with the program as they go over the line, by path.
type packing struct{ own, others map[string][]byte }

// packedFiles packs them once.
var packedFiles = sync.OnceValues(func() (out packing, err error) {
	if out.own, err = packedOf(static, "static"); err != nil {
		return out, err
	}
	out.others, err = packedOf(fetched, "extra")
	return out, err
})

func packedOf(files embed.FS, root string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
		if ext := path.Ext(name); err != nil || ext != ".js" && ext != ".css" && ext != ".svg" {
			return err
		}
		content, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err = z.Write(content)
		err = errors.Join(err, z.Close())
		out[strings.TrimPrefix(name, root+"/")] = b.Bytes()
		return err
	})
	return out, err
}

// kept lets browsers keep files that come with the program for a day, and sends them packed to those that take it.
func (s *Server) kept(files fs.FS, packed map[string][]byte) http.Handler {
	plain := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") || !fs.ValidPath(r.URL.Path) {
			s.refuse(w, r, ErrNoPage.With(r.URL.Path))
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "public, max-age=86400")
		b, ok := packed[r.URL.Path]
		if !ok {
			plain.ServeHTTP(w, r)
			return
		}
		h.Set("Vary", "Accept-Encoding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			plain.ServeHTTP(w, r)
			return
		}
		h.Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(b)))
		w.Write(b) // to one who may have gone
	})
}

// Bounds of a connection: a slow one may not hold what others need.
const (
	headerWait   = 10 * time.Second
	bodyWait     = 5 * time.Minute // a photo over a bad line
	answerWait   = 5 * time.Minute
	idleWait     = 2 * time.Minute
	headersBytes = 64 << 10
	arrivalWait  = time.Second // for whoever has connected and asked nothing yet, when the server ends
	shutdownWait = 20 * time.Second
)

// Bounded is a server of a handler in which no connection holds what others need.
func Bounded(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: headerWait, ReadTimeout: bodyWait, WriteTimeout: answerWait, IdleTimeout: idleWait, MaxHeaderBytes: headersBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
}

// Serve answers on l until ctx ends; whoever has been let in is then answered, and what has begun is let finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := Bounded(s, s.log)
	arriving := newArrivals()
	arriving.onto(h, s)
	folded := make(chan struct{})
	go func() { s.fold(ctx); close(folded) }()
	stop := context.AfterFunc(ctx, func() { l.Close(); s.watch.close() }) // streams are open for ever, and end now
	defer stop()
	if err := h.Serve(l); ctx.Err() == nil {
		return err
	}
	after := context.WithoutCancel(ctx)
	arrived, cancel := context.WithTimeout(after, arrivalWait)
	defer cancel()
	arriving.wait(arrived)
	wait, cancel := context.WithTimeout(after, shutdownWait)
	defer cancel()
	err := h.Shutdown(wait)
	if errors.Is(err, net.ErrClosed) { // the listener, by us
		err = nil
	}
	<-folded
	return err
}

// fold folds what was posted after each write, until ctx ends: what is written meanwhile is folded together. Figures are exact
// before and after, and cheaper after.
func (s *Server) fold(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.stirred:
		}
		if err := s.app.Book.Fold(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("folding failed", "error", err.Error())
		}
	}
}

// Wake lets somebody else know, too, when something was written. It is called before anything is served; the channel holds one.
func (s *Server) Wake(c chan<- struct{}) { s.wakes = append(s.wakes, c) }

// stir says that something was written.
func (s *Server) stir() {
	for _, c := range append([]chan<- struct{}{s.stirred, s.watch.woken}, s.wakes...) {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
