package meter

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Around counts what next answers, and writes a line of the log for each request.
func (m *Meter) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := m.clock.Now()
		m.underWay.Inc()
		a := &answer{ResponseWriter: w}
		defer func() { // also when the handler panics, which net/http answers by closing the connection
			m.underWay.Dec()
			took := m.clock.Now().Sub(began)
			method, route, status := methodOf(r), routeOf(r), strconv.Itoa(a.statusOf())
			m.requests.WithLabelValues(method, route, status).Inc()
			m.took.WithLabelValues(method, route).Observe(took.Seconds())
			m.log.Info("request", "method", method, "route", route, "status", a.statusOf(), "bytes", a.bytes, "ms", took.Milliseconds())
		}()
		next.ServeHTTP(a, r)
		a.whole = true
	})
}

// routeOf is the pattern of the route that answered, without its method.
func routeOf(r *http.Request) string {
	_, path, ok := strings.Cut(r.Pattern, " ")
	switch {
	case ok:
		return path
	case r.Pattern == "":
		return "none"
	}
	return r.Pattern
}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// methodOf is the method of a request; anybody may invent others.
func methodOf(r *http.Request) string {
	if slices.Contains(methods, r.Method) {
		return r.Method
	}
	return "other"
}

// answer remembers what was answered.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
	whole  bool // the handler has returned
}

// statusOf is the status that went out: 200 where the handler said none, 500 where it panicked before it said any.
func (a *answer) statusOf() int {
	switch {
	case a.status != 0:
		return a.status
	case a.whole:
		return http.StatusOK
	}
	return http.StatusInternalServerError
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// ReadFrom leaves a file to the connection, which need not copy it.
func (a *answer) ReadFrom(r io.Reader) (int64, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := io.Copy(a.ResponseWriter, r)
	a.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
