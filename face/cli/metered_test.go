package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"anlan/resource/staff"

	"anlan/ground/classification"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
)

// lines is a log that is read while it is written.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// What must be in no log and no metric: a person's name, telephone and identity number.
const (
	whose    = "示例王小明"
	mobile   = "13812345678"
	identity = "430602199003074219"
)

// ask asks for anything, and wants nothing in particular.
func (s *served) ask(method, path string, form url.Values) int {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Referer", s.URL+"/records/staff?q="+whose)
	r.Header.Set("User-Agent", whose)
	r.AddCookie(&http.Cookie{Name: "anlan", Value: s.cookie})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	return resp.StatusCode
}

func (s *served) collected() string {
	s.Helper()
	resp, err := http.Get(s.metrics.URL + "/metrics")
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		s.Fatalf("/metrics: %d %v", resp.StatusCode, err)
	}
	return string(body)
}

// personal asks at every door for somebody: by path, by query, by form, signed in and by a token, in order and not.
func (s *served) personal(id string) {
	q := url.Values{"where": {"name = " + whose}, "q": {whose}, "mobile": {mobile}}.Encode()
	for _, path := range []string{"/records/staff?" + q, "/records/staff/" + id, "/records/staff/" + id + "/edit", "/records/staff/" + id + "/proof", "/records/" + whose, "/records/staff/" + whose,
		"/api/v1/records/staff?" + q, "/api/v1/records/staff/" + id, "/api/v1/records/staff/" + identity, "/api/v1/" + whose, "/" + whose + "?token=" + s.token, "/users/" + id, "/findings?unit=" + whose,
		"/sign-in?next=/records/staff?" + url.QueryEscape(q), "/static/" + identity, "/reports/" + whose + "/2023", "/public/reports/" + mobile, "/import/staff/" + identity, "/choose/staff?q=" + whose} {
		s.ask("GET", path, nil)
	}
	form := url.Values{"name": {whose}, "password": {"岳阳楼在洞庭湖东岸上"}, "id_number": {identity}, "mobile": {mobile}, "key": {mobile}, "reason": {whose}}
	for _, path := range []string{"/sign-in", "/records/staff/new", "/records/staff/" + id + "/edit", "/records/staff/" + id + "/comments", "/records/staff/" + id + "/step", "/api/v1/records/staff", "/language", "/account/tokens"} {
		s.ask("POST", path, form)
	}
	s.ask("BREW", "/"+whose, nil)
	s.ask("PUT", "/api/v1/records/staff/"+id, form)
}

func (s *served) saysNothingPersonal(what, text, id string) {
	s.Helper()
	for _, x := range []string{whose, url.QueryEscape(whose), url.PathEscape(whose), mobile, identity, "199003074219", s.token, s.cookie, "岳阳楼在洞庭湖东岸上", "name=", "where=", id} {
		if at := strings.Index(text, x); at >= 0 {
			s.Errorf("%s says %q: …%s…", what, x, text[max(0, at-120):min(len(text), at+120)])
		}
	}
}

func (s *served) somebody() string {
	s.Helper()
	m := &staff.Member{Number: "RY-0001", Name: whose, Establishment: classification.Administrative, InPostFrom: period.MustDay(2020, 1, 1)}
	m.Unit = "430600"
	done, err := s.app.Book.Apply(s.Context(), access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}, []book.Change{{Kind: "staff", Action: access.Create, Record: m}})
	if err != nil {
		s.Fatal(err)
	}
	return done[0].ID.String()
}

// TestLogAndMetricsSayNothingOfAnybody asks for a person at every door, then again without a database, so that everything fails.
func TestLogAndMetricsSayNothingOfAnybody(t *testing.T) {
	t.Parallel()
	s := servedBook(t)
	id := s.somebody()
	s.personal(id)
	if before := s.collected(); !strings.Contains(before, "anlan_database_up 1\n") {
		t.Errorf("the database is not up:\n%s", before)
	}
	s.app.DB.Close()
	s.personal(id)
	text := s.collected()
	s.saysNothingPersonal("/metrics", text, id)
	s.saysNothingPersonal("the log", s.log.String(), id)
	if !strings.Contains(text, "anlan_database_up 0\n") || strings.Contains(text, "anlan_journal_entries ") {
		t.Errorf("without a database it says:\n%s", text)
	}
	failed := 0
	for line := range strings.Lines(s.log.String()) {
		var entry struct{ Msg, Route string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if entry.Msg == "request failed" {
			failed++
			if entry.Route == "" {
				t.Errorf("no route in %s", line)
			}
		}
	}
	if failed < 20 {
		t.Errorf("only %d requests failed: the log was hardly tried", failed)
	}
}

// TestSeriesAreAsManyAsRoutes asks for a thousand addresses that nobody serves.
func TestSeriesAreAsManyAsRoutes(t *testing.T) {
	t.Parallel()
	s := servedBook(t)
	s.get("/records/hazard", false)
	s.ask("POST", "/records/hazard/new", url.Values{"number": {"YH-900"}, "title": {"疏散通道堵塞"}, "grade": {"major"}, "found_on": {"2023-05-06"}, "unit": {"430600"}, "place": {"430602"}, "key": {"k1"}})
	series := func() (n int) {
		for line := range strings.Lines(s.collected()) {
			if strings.HasPrefix(line, "anlan_requests_total{") {
				n++
			}
		}
		return n
	}
	s.ask("GET", "/none/0", nil)
	s.ask("GET", "/api/none/0", nil)
	s.ask("BREW", "/", nil)
	before := series()
	for n := range 500 {
		s.ask("GET", fmt.Sprintf("/none/%d", n), nil)
		s.ask("GET", fmt.Sprintf("/api/none/%d?x=%d", n, n), nil)
		s.ask(fmt.Sprintf("BREW%d", n), "/", nil)
	}
	if after := series(); after != before {
		t.Errorf("%d series before, %d after", before, after)
	}
	text := s.collected()
	for _, want := range []string{
		`anlan_requests_total{method="GET",route="/records/{kind}",status="200"} 1`,
		`anlan_request_seconds_count{method="GET",route="/records/{kind}"} 1`,
		`anlan_commit_requests_count 1`, `anlan_commit_changes_total 1`, "anlan_commit_waiting 0", "anlan_sessions_open 1", "anlan_outbox_events 0", "anlan_webhook_letters_waiting 0",
		"anlan_journal_sealed_entries 0", "anlan_database_connections_max", `anlan_build_info{version="test"} 1`, "go_goroutines", "anlan_requests_under_way 0",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
	for _, path := range []string{"/", "/metric", "/debug/pprof/", "/records/hazard"} {
		resp, err := http.Get(s.metrics.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 404 {
			t.Errorf("the address of the metrics answers %s with %d", path, resp.StatusCode)
		}
	}
	if status := s.ask("GET", "/metrics", nil); status != 404 {
		t.Errorf("the pages answer /metrics with %d", status)
	}
	if !slices.ContainsFunc(strings.Split(s.log.String(), "\n"), func(line string) bool {
		return strings.Contains(line, `"msg":"request","method":"GET","route":"/records/{kind}","status":200,"bytes":`)
	}) {
		t.Error("the log has no line of the list")
	}
}
