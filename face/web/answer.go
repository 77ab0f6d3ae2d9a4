package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"anlan/ground/fault"
	"anlan/office/login"

	"github.com/a-h/templ"
)

// sessionCookie holds the token of a session; over TLS its name makes browsers refuse one that another host set.
func (s *Server) sessionCookie() string {
	if s.secure() {
		return "__Host-anlan"
	}
	return "anlan"
}

// serve answers the requests of a route.
func (s *Server) serve(x route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visit(w, r, x.who == watching)
		if err == nil {
			err = s.admitted(v, x)
		}
		if err != nil {
			s.fail(v, err)
		}
	})
}

// admitted lets a visitor in who may ask, and sends one who has to sign in, or to change a password first, there.
func (s *Server) admitted(v *visit, x route) error {
	limit := x.body
	if limit == 0 {
		limit = formBytesMax
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, limit)
	if x.who == anyone {
		return s.given(v, x)
	}
	v.w.Header().Set("Cache-Control", "no-store")
	switch {
	case !v.signedIn() && v.r.Method == http.MethodGet:
		return v.redirect(link("/sign-in", "next", v.r.URL.RequestURI()))
	case !v.signedIn():
		return login.ErrNoSession.With()
	case v.session.MustChange && x.who != changing:
		return v.redirect("/account/password")
	}
	return s.given(v, x)
}

// given reads a form whole before anybody acts by it: one that is too large or broken off is refused, and not taken for an empty one. Forms
// with files are read by whoever takes the files.
func (s *Server) given(v *visit, x route) error {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if v.r.Method != http.MethodPost || err != nil || kind != "application/x-www-form-urlencoded" {
		return x.do(s, v)
	}
	if err := v.r.ParseForm(); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return err
		}
		return ErrNotFromAPage.Because(err)
	}
	if err := s.confirm(v); err != nil {
		return err
	}
	return x.do(s, v)
}

// formBytesMax bounds what a page sends that uploads nothing.
const formBytesMax = 1 << 20

// visit finds out who asks. byItself says that a page does, and nobody at it.
func (s *Server) visit(w http.ResponseWriter, r *http.Request, byItself bool) (*visit, error) {
	v := &visit{s: s, w: w, r: r, lang: languageOf(r)}
	head, err := s.app.Book.Head(r.Context())
	if err != nil {
		return v, err
	}
	v.bureau, v.top, v.size = head.Unit, headUnit(head), int64(head.Size)
	c, err := r.Cookie(s.sessionCookie())
	if err != nil {
		return v, nil
	}
	resume := s.people.Resume
	if byItself {
		resume = s.people.Look
	}
	v.session, err = resume(r.Context(), c.Value, address(r))
	if kind, known := fault.KindOf(err); known && kind == fault.Denied {
		s.forget(w)
		v.session, v.ended, err = login.Session{}, err, nil
	}
	return v, err
}

// forget takes the cookie of a session back.
func (s *Server) forget(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: s.sessionCookie(), Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

// statuses are what the kinds of faults are in HTTP.
var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Denied: http.StatusForbidden, fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict, fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Unable: http.StatusServiceUnavailable,
}

// fail answers with what went wrong: a fault in its words, anything else by a number that stands in the log.
func (s *Server) fail(v *visit, err error) {
	if errors.Is(err, context.Canceled) && v.r.Context().Err() != nil {
		return // whoever asked has gone
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		err = ErrTooMuch.Because(err, (tooLarge.Limit+(1<<20)-1)>>20)
	}
	if isUnsure(err) && v.signedIn() && !wantsJSON(v.r) {
		if err = s.askAgain(v, err); err == nil {
			return
		}
	}
	kind, known := fault.KindOf(err)
	status := statuses[kind]
	if !known || status == 0 {
		status = http.StatusInternalServerError
		number := reference()
		s.log.Error("request failed", "number", number, "route", v.r.Pattern, "error", err.Error())
		err = ErrBroken.With(number)
	}
	if wantsJSON(v.r) {
		if err := v.decline(status, err); err != nil {
			s.log.Error("answer of a fault failed", "error", err.Error())
		}
		return
	}
	v.status = status
	if err := v.show(v.page(v.t("没有办成", "That did not work")), failure(v.page(v.t("没有办成", "That did not work")), status, lines(fault.In(err, v.lang)))); err != nil {
		s.log.Error("page of a fault failed", "error", err.Error())
	}
}

// refuse is fail before anybody knows who asks.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	v, broken := s.visit(w, r, false)
	if broken != nil {
		err = broken
	}
	s.fail(v, err)
}

func lines(s string) []string { return strings.Split(strings.TrimRight(s, "\n"), "\n") }

// reference is a number by which somebody finds an entry of the log.
func reference() string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// show writes a page: whole, so that a template that fails leaves none half written.
func (v *visit) show(p page, content templ.Component) error {
	var buf bytes.Buffer
	if err := layout(p).Render(templ.WithChildren(v.r.Context(), content), &buf); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.tag())
	h.Add("Vary", "Cookie, Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	return v.send(buf.Bytes())
}

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// packFrom is the size from which an answer is worth compressing.
const packFrom = 1 << 10

// send writes an answer, compressed where the browser takes it.
func (v *visit) send(body []byte) error {
	h := v.w.Header()
	if len(body) >= packFrom && strings.Contains(v.r.Header.Get("Accept-Encoding"), "gzip") {
		var packed bytes.Buffer
		z := packers.Get().(*gzip.Writer)
		z.Reset(&packed)
		_, err := z.Write(body)
		err = errors.Join(err, z.Close())
		packers.Put(z)
		if err != nil {
			return err
		}
		body = packed.Bytes()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if v.status != 0 {
		v.w.WriteHeader(v.status)
	}
	v.w.Write(body) // to one who may have gone
	return nil
}

// fragment answers with a part of a page, for the script that asked.
func (v *visit) fragment(content templ.Component) error {
	var buf bytes.Buffer
	if err := content.Render(v.r.Context(), &buf); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	return v.send(buf.Bytes())
}
