package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"anlan/ground/fault"
	"anlan/record/book"
	"anlan/store/journal"
)

// Bounds of pages that are told of changes.
const (
	watchersMost = 10_000           // streams of one process
	watchEvery   = time.Second      // what was written within it is told together
	lookEvery    = 5 * time.Second  // other processes of the same book write too, and wake nobody here
	beatEvery    = 20 * time.Second // so that no proxy takes a quiet stream for a dead one
	streamFor    = 4 * time.Minute  // then the page asks anew, with the rights of its reader as of then
	returnMost   = 20 * time.Second // within which those whose stream ended come back, each after a time of its own
)

// ErrTooManyWatch says that no more pages can be told of changes.
var ErrTooManyWatch = fault.Define("web.too_many_watch", fault.Unable,
	"正在等待变化提示的页面已有%d个，暂时不再增加；页面内容不受影响", "%d pages are waiting to be told of changes, and no more are taken for now; the pages themselves are not affected")

// watch tells open pages that something in their sight has changed: one looks, for all. Nobody waits for a page: what it has not taken is one
// word, and whoever missed more has still only to look again.
type watch struct {
	book     *book.Book
	log      *slog.Logger
	woken    chan struct{}
	ending   chan struct{}
	ended    chan struct{}
	end      sync.Once
	mu       sync.Mutex
	watchers map[*watcher]bool
}

// watcher is an open page.
type watcher struct {
	sight book.Sight
	since journal.Position // that it shows
	told  chan struct{}    // holds one
}

// newWatch begins to look at what is entered from now on. close ends it.
func newWatch(ctx context.Context, b *book.Book, log *slog.Logger) (*watch, error) {
	head, err := b.Head(ctx)
	if err != nil {
		return nil, err
	}
	w := &watch{book: b, log: log, woken: make(chan struct{}, 1), ending: make(chan struct{}), ended: make(chan struct{}), watchers: map[*watcher]bool{}}
	go w.run(head.Size)
	return w, nil
}

func (w *watch) close() {
	w.end.Do(func() { close(w.ending) })
	<-w.ended
}

// run looks after each write, and now and then, until the watch is closed.
func (w *watch) run(at journal.Position) {
	defer close(w.ended)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for w.waits(ctx, lookEvery, w.woken) {
		var err error
		if at, err = w.step(ctx, at); err != nil {
			w.log.Error("pages were not told of changes", "error", err.Error())
		}
		if !w.waits(ctx, watchEvery, nil) { // what comes meanwhile is told together
			return
		}
	}
}

// waits lets some time go by, or less when somebody wakes it; false says that the watch is closed.
func (w *watch) waits(ctx context.Context, most time.Duration, woken <-chan struct{}) bool {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	select {
	case <-w.ending:
		return false
	case <-woken:
	case <-ctx.Done():
	}
	return true
}

// step tells every page in whose sight something was entered after a position, and says up to where it has looked. A page looks for itself once
// it has joined, so that nothing falls between.
func (w *watch) step(ctx context.Context, at journal.Position) (journal.Position, error) {
	head, err := w.book.Head(ctx)
	if err != nil || head.Size == at {
		return at, err
	}
	if w.count() == 0 { // asked after the head was read: who joins now sees what it has
		return head.Size, nil
	}
	changed, err := w.book.ChangedSince(ctx, at)
	if err != nil {
		return at, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for x := range w.watchers {
		if x.sight.Sees(changed, x.since) {
			x.tell()
		}
	}
	return changed.Through, nil
}

// tell waits for nobody: whoever has one word to take needs no second.
func (x *watcher) tell() {
	select {
	case x.told <- struct{}{}:
	default:
	}
}

func (w *watch) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.watchers)
}

// join takes a page in; leave lets it go. Fault: ErrTooManyWatch.
func (w *watch) join(sight book.Sight, since journal.Position) (x *watcher, leave func(), err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.watchers) >= watchersMost {
		return nil, nil, ErrTooManyWatch.With(watchersMost)
	}
	x = &watcher{sight, since, make(chan struct{}, 1)}
	w.watchers[x] = true
	return x, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.watchers, x)
	}, nil
}

// live is the stream of an open page (server-sent events): it says once that something in the sight of its reader was entered after the position
// that the page shows, and ends. It says no more than that, so that nothing is told but what the page would show.
func (s *Server) live(v *visit) error {
	q := v.r.URL.Query()
	since, err := strconv.ParseInt(q.Get("since"), 10, 64)
	if err != nil || since < 0 {
		return ErrNoPage.With(v.r.URL.Path)
	}
	var sight book.Sight
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) { sight, err = view.Sight(q.Get("kind")); return err })
	if err != nil {
		return err
	}
	x, leave, err := s.watch.join(sight, journal.Position(since))
	if err != nil {
		return err
	}
	defer leave()
	changed, err := s.app.Book.ChangedSince(v.r.Context(), x.since) // after joining, so that nothing falls between
	if err != nil {
		return err
	}
	if sight.Sees(changed, x.since) {
		x.tell()
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	if err := v.word(fmt.Sprintf("retry: %d\n\n", (returnMost/10 + rand.N(returnMost)).Milliseconds())); err != nil {
		return nil // whoever asked has gone
	}
	s.follow(v, x)
	return nil
}

// follow waits for what the page is told. A page that has gone, or does not take what is sent, ends it.
func (s *Server) follow(v *visit, x *watcher) {
	over, cancel := context.WithTimeout(v.r.Context(), streamFor-rand.N(streamFor/8))
	defer cancel()
	for over.Err() == nil {
		beat, cancel := context.WithTimeout(over, beatEvery)
		select {
		case <-s.watch.ending:
			cancel()
			return
		case <-x.told:
			cancel()
			if err := v.word("event: changed\ndata: \n\n"); err != nil {
				s.log.Debug("a page had gone before it was told", "error", err.Error())
			}
			return // and the page asks no more
		case <-beat.Done():
			cancel()
			if v.word(":\n\n") != nil {
				return
			}
		}
	}
}

// word sends something on a stream at once.
func (v *visit) word(text string) error {
	_, err := v.w.Write([]byte(text))
	return errors.Join(err, http.NewResponseController(v.w).Flush())
}

// watching lets a page be told of changes of a kind, or of every kind when it is empty, unless it shows the past.
func (v *visit) watching(p *page, kind string) {
	if p.AsOf != "" {
		return
	}
	p.Live = link("/live", "since", strconv.FormatInt(v.size, 10), "kind", kind)
}
