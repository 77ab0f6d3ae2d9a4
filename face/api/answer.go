package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/book"
)

// text is a text in both languages, as answers have it.
type text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

func both(t lang.Text) text { return text{t.Zh, t.En} }

// all is an answer of several things.
type all[T any] struct {
	Items []T `json:"items"`
}

// seen is an answer of several things as of a position.
type seen[T any] struct {
	AsOf  int64 `json:"as_of"`
	Items []T   `json:"items"`
	More  bool  `json:"more,omitempty"` // there are more than were asked for
}

// problem is what went wrong (RFC 9457).
type problem struct {
	Type   string  `json:"type"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail"`
	Errors []wrong `json:"errors"`
}

// wrong is one fault.
type wrong struct {
	Code    string `json:"code"`
	Pointer string `json:"pointer,omitempty"` // into what was sent (RFC 6901)
	Field   string `json:"field,omitempty"`   // that it is about, where nothing was sent
	Zh      string `json:"zh"`
	En      string `json:"en"`
}

// statuses are what the kinds of faults are in HTTP.
var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Denied: http.StatusForbidden, fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict, fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Unable: http.StatusServiceUnavailable,
}

// statusOf is the status of an error; known is false for one that is no fault, or one of the program itself.
func statusOf(err error) (status int, known bool) {
	switch {
	case isA[unauthorized](err):
		return http.StatusUnauthorized, true
	case isA[malformed](err):
		return http.StatusBadRequest, true
	case isA[unsupported](err):
		return http.StatusUnsupportedMediaType, true
	case isA[unconditional](err):
		return http.StatusPreconditionRequired, true
	case isA[notAllowed](err):
		return http.StatusMethodNotAllowed, true
	case errors.Is(err, ErrTooFast):
		return http.StatusTooManyRequests, true
	case errors.Is(err, book.ErrStale):
		return http.StatusPreconditionFailed, true
	}
	kind, ok := fault.KindOf(err)
	status = statuses[kind]
	return status, ok && status != 0
}

// titles name what went wrong by its status.
var titles = map[int]lang.Text{
	400: lang.Of("内容读不懂", "what was sent cannot be read"), 401: lang.Of("没有有效的令牌", "there is no valid token"), 403: lang.Of("无权", "not allowed"),
	404: lang.Of("没有找到", "not found"), 405: lang.Of("地址不能这样用", "the address is not used like that"), 409: lang.Of("与现状冲突", "in conflict with what stands"),
	412: lang.Of("已被别人改过", "changed by somebody else meanwhile"), 413: lang.Of("太大", "too large"), 415: lang.Of("内容类型不对", "content of another type"),
	422: lang.Of("内容不合要求", "what was sent is not in order"), 428: lang.Of("没有说明基于哪一版", "it does not say on which version"),
	429: lang.Of("请求太快", "too many requests"), 500: lang.Of("程序出了错", "the program failed"), 503: lang.Of("现在办不到", "not possible now"),
}

// problemOf is an error as it is answered; what is no fault is known by a number that stands in the log.
func (c *call) problemOf(err error) problem {
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		err = ErrTooMuch.Because(err, tooLarge.Limit)
	}
	status, known := statusOf(err)
	if !known {
		status = http.StatusInternalServerError
		number := reference()
		c.s.log.Error("request failed", "number", number, "route", c.r.Pattern, "error", err.Error())
		err = ErrBroken.With(number)
	}
	p := problem{Title: titles[status].In(c.lang), Status: status, Errors: []wrong{}}
	var faults fault.List
	if internal := faults.Add(err); internal != nil {
		faults = fault.List{ErrBroken.Because(internal, "")}
	}
	p.Type, p.Detail = "urn:anlan:fault:"+faults[0].Code, faults.In(c.lang)
	for _, f := range faults {
		x := wrong{Code: f.Code, Zh: plainly(f, lang.Chinese), En: plainly(f, lang.English)}
		if c.r.Method == http.MethodGet || c.r.Method == http.MethodHead {
			x.Field = strings.TrimPrefix(f.Where.Field, beside)
		} else {
			x.Pointer = pointer(f.Where)
		}
		p.Errors = append(p.Errors, x)
	}
	return p
}

// plainly is a fault without its place.
func plainly(f *fault.Fault, l lang.Lang) string {
	return (&fault.Fault{Declaration: f.Declaration, Args: f.Args}).In(l)
}

// pointer is the place of a fault in what was sent: /content/step/0/what.
func pointer(w fault.Where) string {
	if name, ok := strings.CutPrefix(w.Field, beside); ok {
		return "/" + name
	}
	if slices.Contains([]string{"reason", "decided_at", "state"}, w.Field) {
		return "/" + w.Field
	}
	if w.Field == "" || w.Field == "key" { // the key is a header
		return ""
	}
	parts := strings.Split(w.Field, ".")
	switch {
	case parts[0] == "content":
		return "/content"
	case w.Row > 0 && len(parts) == 2: // step.what of row 1, as it was read
		return "/content/" + parts[0] + "/" + strconv.Itoa(w.Row-1) + "/" + parts[1]
	case len(parts) == 3: // step.1.what, as a check names it
		if n, err := strconv.Atoi(parts[1]); err == nil {
			return "/content/" + parts[0] + "/" + strconv.Itoa(n-1) + "/" + parts[2]
		}
	}
	return "/content/" + strings.Join(parts, "/")
}

// fail answers with what went wrong.
func (c *call) fail(err error) {
	if errors.Is(err, context.Canceled) && c.r.Context().Err() != nil {
		return // whoever asked has gone
	}
	p := c.problemOf(err)
	c.w.Header().Set("Content-Language", string(c.lang))
	if err := c.json(p.Status, "application/problem+json", p); err != nil {
		c.s.log.Error("answer failed", "route", c.r.Pattern, "error", err.Error())
	}
}

// reference is a number by which somebody finds an entry of the log.
func reference() string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

const jsonType = "application/json"

// answer sends a value as JSON.
func (c *call) answer(status int, v any) error { return c.json(status, jsonType, v) }

func (c *call) json(status int, kind string, v any) error {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	return c.send(status, kind, buf.Bytes())
}

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// packFrom is the size from which an answer is worth compressing.
const packFrom = 1 << 10

// send writes an answer, compressed where the program takes it.
func (c *call) send(status int, kind string, body []byte) error {
	h := c.w.Header()
	h.Set("Content-Type", kind)
	if len(body) >= packFrom && strings.Contains(c.r.Header.Get("Accept-Encoding"), "gzip") {
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
	c.w.WriteHeader(status)
	c.w.Write(body) // to one who may have gone
	return nil
}
