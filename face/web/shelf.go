package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"anlan/ground/clock"
	"anlan/store/journal"

	"golang.org/x/sync/singleflight"
)

// Bounds of what is kept for those who read without signing in.
const (
	shelfTime     = 10 * time.Second // a page may speak of the time of day
	shelfBytes    = 32 << 20
	shelfOneBytes = 2 << 20
	shelfAnswers  = 1_000
)

// onShelf are the addresses whose answers are one for all who do not sign in.
var onShelf = map[string]bool{
	"GET /public/reports": true, "GET /public/feed.atom": true, "GET /public/notices": true, "GET /public/notices.atom": true, "GET /public/notices/{id}": true,
	"GET /public/reports/{n}": true, "GET /public/reports/{n}/figures/{id}": true, "GET /public/reports/{n}/files/{name}": true,
}

// shelf keeps answers for the public as long as nothing is written in the book, whoever writes it, so that many who read at once have it asked
// once.
type shelf struct {
	clock   clock.Clock
	asking  singleflight.Group
	mu      sync.Mutex
	bytes   int
	answers map[string]*shelved
}

// shelved is an answer as it was given.
type shelved struct {
	status int
	header http.Header
	body   []byte
	tag    string
	at     time.Time
	head   journal.Position // of the book before it was asked
}

// fresh says whether an answer may still be given.
func (a *shelved) fresh(now time.Time, head journal.Position) bool {
	age := now.Sub(a.at)
	return age >= 0 && age < shelfTime && a.head == head
}

// shared answers from the shelf whoever shows no session, and asks next once for all who want the same at the same time.
func (s *Server) shared(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie(s.sessionCookie()); err == nil || r.Method != http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		head, err := s.app.Book.Head(r.Context())
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		packed := strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
		key := strings.Join([]string{r.Host, r.URL.RequestURI(), string(languageOf(r)), strconv.FormatBool(packed)}, "\n")
		s.shelf.answer(key, head.Size, r, next).give(w, r)
	})
}

// answer is what next says to a request, asked once by all who want the same of the same book.
func (f *shelf) answer(key string, head journal.Position, r *http.Request, next http.Handler) *shelved {
	if a := f.take(key, head); a != nil {
		return a
	}
	made, _, _ := f.asking.Do(strconv.FormatInt(int64(head), 10)+"\n"+key, func() (any, error) {
		if a := f.take(key, head); a != nil { // somebody was quicker
			return a, nil
		}
		var kept keeping
		next.ServeHTTP(&kept, r.WithContext(context.WithoutCancel(r.Context()))) // others wait for it too
		a := kept.answer(f.clock.Now(), head)
		f.put(key, a)
		return a, nil
	})
	return made.(*shelved)
}

// take is the answer of a key, nil where none is fresh.
func (f *shelf) take(key string, head journal.Position) *shelved {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.answers[key]; a != nil && a.fresh(f.clock.Now(), head) {
		return a
	}
	return nil
}

// put keeps an answer that went well; where the shelf is full, those go that are not fresh any more, else nothing is kept.
func (f *shelf) put(key string, a *shelved) {
	if a.status != http.StatusOK || len(a.body) > shelfOneBytes || len(a.header["Set-Cookie"]) > 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.answers == nil {
		f.answers = map[string]*shelved{}
	}
	f.drop(key)
	if f.bytes+len(a.body) > shelfBytes || len(f.answers) >= shelfAnswers {
		now := f.clock.Now()
		for key, old := range f.answers {
			if !old.fresh(now, a.head) {
				f.drop(key)
			}
		}
	}
	if f.bytes+len(a.body) <= shelfBytes && len(f.answers) < shelfAnswers {
		f.answers[key] = a
		f.bytes += len(a.body)
	}
}

func (f *shelf) drop(key string) {
	if a := f.answers[key]; a != nil {
		f.bytes -= len(a.body)
		delete(f.answers, key)
	}
}

// keeping takes an answer down.
type keeping struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (k *keeping) Header() http.Header {
	if k.header == nil {
		k.header = http.Header{}
	}
	return k.header
}

func (k *keeping) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
	}
}

func (k *keeping) Write(b []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(b)
}

func (k *keeping) answer(at time.Time, head journal.Position) *shelved {
	k.WriteHeader(http.StatusOK)
	a := &shelved{status: k.status, header: k.Header(), body: k.body.Bytes(), at: at, head: head}
	if a.status == http.StatusOK {
		sum := sha256.Sum256(a.body)
		a.tag = `"` + hex.EncodeToString(sum[:16]) + `"`
	}
	return a
}

// give writes an answer, or only that it is the one that the reader has.
func (a *shelved) give(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	maps.Copy(h, a.header)
	if a.tag != "" {
		h.Set("ETag", a.tag)
		if tagged(r.Header.Get("If-None-Match"), a.tag) {
			for _, name := range []string{"Content-Length", "Content-Type", "Content-Encoding"} {
				h.Del(name)
			}
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.WriteHeader(a.status)
	w.Write(a.body) // to one who may have gone
}

// tagged says whether a list of tags (RFC 9110, If-None-Match) names one.
func tagged(list, tag string) bool {
	for t := range strings.SplitSeq(list, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}
