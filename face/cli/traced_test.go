package cli

import (
	"context"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"anlan/face/meter"

	words "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collected is what takes traces: OTLP by HTTP, taken apart by the protocol's own definition.
type collected struct {
	*testing.T
	*httptest.Server
	mu      sync.Mutex
	spans   []*words.Span
	service map[string]string
	raw     strings.Builder
	refuses bool
}

func collecting(t *testing.T) *collected {
	c := &collected{T: t, service: map[string]string{}}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent words.TracesData // resource_spans is member 1 of it, as of ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &sent)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.refuses {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		if err != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" || r.Header.Get("Api-Key") != "a b" {
			t.Errorf("%s %s %v: %v", r.Method, r.URL, r.Header, err)
		}
		c.raw.Write(body)
		for _, rs := range sent.ResourceSpans {
			for _, a := range rs.Resource.Attributes {
				c.service[a.Key] = a.Value.GetStringValue()
			}
			for _, ss := range rs.ScopeSpans {
				c.spans = append(c.spans, ss.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// said is what is said of a span.
func said(s *words.Span) map[string]any {
	out := map[string]any{}
	for _, a := range s.Attributes {
		out[a.Key] = a.Value.GetStringValue()
		if a.Value.GetStringValue() == "" {
			out[a.Key] = a.Value.GetIntValue()
		}
	}
	return out
}

// under are the spans of that name somewhere below a span.
func (c *collected) under(above *words.Span, name string) (out []*words.Span) {
	for _, s := range c.spans {
		if !slices.Equal(s.ParentSpanId, above.SpanId) {
			continue
		}
		if s.Name == name {
			out = append(out, s)
		}
		out = append(out, c.under(s, name)...)
	}
	return out
}

// one is the only span of that name that stands alone or below another.
func (c *collected) one(name string, of *words.Span) *words.Span {
	c.Helper()
	found := slices.DeleteFunc(slices.Clone(c.spans), func(s *words.Span) bool { return s.Name != name })
	if of != nil {
		found = c.under(of, name)
	}
	if len(found) != 1 {
		var all []string
		for _, s := range c.spans {
			all = append(all, s.Name)
		}
		c.Fatalf("%d parts are called %s among %v", len(found), name, all)
	}
	return found[0]
}

func (c *collected) says(s *words.Span, want map[string]any) {
	c.Helper()
	got := said(s)
	for k, v := range want {
		if got[k] != v {
			c.Errorf("%s says %v, want %s = %v", s.Name, got, k, v)
		}
	}
}

// TestTracesSayWhatTookHowLongAndNothingOfAnybody: a request, what it asks of the book and each transaction are parts of one trace; the collector
// is told patterns, codes and numbers of things, and nothing that anybody typed.
func TestTracesSayWhatTookHowLongAndNothingOfAnybody(t *testing.T) {
	t.Parallel()
	c := collecting(t)
	traces, err := meter.NewTraces(t.Context(), meter.Collector{URL: c.URL, Headers: "api-key=a%20b", Version: "7"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s := servedAround(t, traces.Around)
	s.get("/records/hazard?q=%E9%80%9A%E9%81%93%E5%A0%B5%E5%A1%9E&where=title+has+"+mobile, false)
	form := map[string][]string{"key": {"k-" + mobile}, "unit": {"430602"}, "number": {"YH-" + mobile}, "title": {whose}, "found_on": {"2023-05-06"}, "grade": {"major"}}
	if status := s.ask("POST", "/records/hazard/new", form); status != 303 {
		t.Fatalf("status %d", status)
	}
	form["title"] = []string{"同一把钥匙，另一内容"}
	if status := s.ask("POST", "/records/hazard/new", form); status != 422 && status != 409 {
		t.Fatalf("status %d", status)
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/public/reports", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := traces.Close(); err != nil {
		t.Fatal(err)
	}
	if c.service["service.name"] != "anlan" || c.service["service.version"] != "7" {
		t.Errorf("it is said to be %v", c.service)
	}
	list := c.one("GET /records/{kind}", nil)
	c.says(list, map[string]any{"http.request.method": "GET", "http.route": "/records/{kind}", "http.response.status_code": int64(200)})
	read := c.under(list, "sql.read")
	if list.Kind != words.Span_SPAN_KIND_SERVER || len(list.ParentSpanId) > 0 || len(read) == 0 {
		t.Errorf("a list: %v with %d transactions", list, len(read))
	}
	for _, x := range read {
		c.says(x, map[string]any{"db.system.name": "sqlite"})
		if x.StartTimeUnixNano < list.StartTimeUnixNano || x.EndTimeUnixNano > list.EndTimeUnixNano || x.EndTimeUnixNano < x.StartTimeUnixNano {
			t.Errorf("a part is outside of its whole: %v of %v", x, list)
		}
	}
	var made, refused *words.Span
	for _, x := range c.spans {
		if x.Name == "POST /records/{kind}/new" {
			if status := said(x)["http.response.status_code"]; status == int64(303) {
				made = x
			} else {
				refused = x
			}
		}
	}
	if made == nil || refused == nil {
		t.Fatal("a form was not traced")
	}
	apply := c.one("book.apply", made)
	c.says(apply, map[string]any{"anlan.kind": "hazard", "anlan.action": "create", "anlan.changes": int64(1)})
	commit := c.one("book.commit", apply)
	c.says(commit, map[string]any{"anlan.requests": int64(1)})
	c.one("sql.write", commit)
	c.says(c.one("book.apply", refused), map[string]any{"error.type": "book.key_reused"})
	if x := c.one("book.apply", refused); x.Status.GetCode() == words.Status_STATUS_CODE_ERROR {
		t.Errorf("what a person is to mend is told as a failure of the program: %v", x)
	}
	public := c.one("GET /public/reports", nil)
	if len(public.ParentSpanId) > 0 || hex.EncodeToString(public.TraceId) == "0af7651916cd43dd8448eb211c80319c" {
		t.Error("a stranger says to which trace a request belongs")
	}
	for _, secret := range []string{whose, mobile, s.token, s.cookie, "lijun", "通道堵塞", "YH-", "430602", "k-"} {
		if strings.Contains(c.raw.String(), secret) {
			t.Errorf("the collector is told %q", secret)
		}
	}
}

// TestACollectorThatIsAwayHoldsNobodyUp: its absence stands in the log once, and ends nothing.
func TestACollectorThatIsAwayHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	c := collecting(t)
	c.refuses = true
	log := &lines{}
	for _, url := range []string{c.URL, "http://127.0.0.1:1"} {
		traces, err := meter.NewTraces(t.Context(), meter.Collector{URL: url}, slog.New(slog.NewTextHandler(log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		handler := traces.Around(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
		for range 5_000 {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), "GET", "/", nil))
			if w.Code != http.StatusNoContent {
				t.Fatal(w.Code)
			}
		}
		if err := traces.Close(); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Count(log.String(), "traces do not reach their collector"); got != 2 {
		t.Errorf("said %d times: %s", got, log)
	}
	for _, wrong := range []string{"127.0.0.1:4318", "ftp://x", "http://"} {
		if _, err := meter.NewTraces(t.Context(), meter.Collector{URL: wrong}, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}
