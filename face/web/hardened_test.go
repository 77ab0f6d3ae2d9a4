package web_test

import (
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

// takesFiles are the routes whose forms may be larger.
var takesFiles = map[string]bool{"POST /settings/schemes": true, "POST /settings/indicators": true, "POST /settings/templates": true, "POST /records/{kind}/new": true, "POST /records/{kind}/{id}/edit": true, "POST /import/{kind}": true, "POST /check": true}

// TestNoFormTakesMoreThanItsBound sends a form larger than any that uploads nothing, by every route that takes one.
func TestNoFormTakesMoreThanItsBound(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	id := s.hazard(1, "430600", "示例隐患").String()
	admin := s.person("guanli", "430600", access.Administrator)
	large := "key=k&reason=" + strings.Repeat("x", 1<<20)
	for pattern := range operations {
		method, path, _ := strings.Cut(pattern, " ")
		if method != http.MethodPost || path == "/sign-out" {
			continue
		}
		v := s.anybody()
		if path != "/sign-in" && path != "/language" {
			v = admin
		}
		path = strings.NewReplacer("{kind}", "hazard", "{id}", id, "{template}", "yearly", "{period}", "2023", "{part}", "1", "{draft}", id).Replace(path)
		r, err := http.NewRequestWithContext(t.Context(), method, s.server.URL+path, strings.NewReader(large))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		resp, err := v.Do(r)
		if err != nil {
			t.Fatalf("%s: %v", pattern, err)
		}
		resp.Body.Close()
		want := http.StatusRequestEntityTooLarge
		if takesFiles[pattern] {
			want = http.StatusUnprocessableEntity // so much is allowed, and it is not in order
		}
		if resp.StatusCode != want {
			t.Errorf("%s, sent more than a megabyte, answers %d, want %d", pattern, resp.StatusCode, want)
		}
	}
}

// TestNoAddressOfOursLeadsElsewhere: whatever stands in back or next, the answer leads to a page of ours.
func TestNoAddressOfOursLeadsElsewhere(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.person("lijun", "430600", access.Section)
	for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, `\\evil.example`, "https:evil.example", "javascript:alert(1)", "/\t/evil.example", "/%0d%0aLocation:https://evil.example", "data:text/html,x", "http://a@evil.example"} {
		for path, form := range map[string][]string{"/language": {"lang", "en", "back", to}, "/sign-in": {"name", "lijun", "password", password, "next", to}} {
			at := s.anybody().post(path, 303, form...).Header.Get("Location")
			u, err := url.Parse(at)
			if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//") || strings.ContainsAny(at, "\\\r\n\t") {
				t.Errorf("%s with %q leads to %q", path, to, at)
			}
		}
	}
}

// TestNoOtherSiteActsHere: what a page of another site sends in the name of whoever is signed in is refused by every route that acts.
func TestNoOtherSiteActsHere(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	admin := s.person("guanli", "430600", access.Administrator)
	for pattern := range operations {
		method, path, _ := strings.Cut(pattern, " ")
		if method != http.MethodPost {
			continue
		}
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			r, err := http.NewRequestWithContext(t.Context(), method, s.server.URL+strings.NewReplacer("{", "", "}", "").Replace(path), strings.NewReader("key=k"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header, value)
			admin.do(r, http.StatusForbidden).has(t, "别的网站")
		}
	}
	admin.get("/today", 200) // it is still signed in
}

// TestNoRouteLeadsElsewhere sends every route, as an administrator, addresses of another site in every way that one could name where to go
// next: whatever it answers, it leads to a page of ours.
func TestNoRouteLeadsElsewhere(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	id := s.hazard(1, "430600", "示例隐患").String()
	const elsewhere = "//evil.example/x"
	form := url.Values{"key": {"k"}, "reason": {"测试"}, "lang": {"en"}, "sort": {elsewhere}, "where": {elsewhere}, "action": {elsewhere}}
	for _, name := range []string{"back", "next", "to", "return", "from", "redirect", "url", "address", "origin"} {
		form.Set(name, elsewhere)
	}
	for pattern := range operations {
		method, path, _ := strings.Cut(pattern, " ")
		if path == "/sign-out" {
			continue
		}
		admin := s.anybody()
		if path != "/sign-in" {
			admin = s.administrator()
		}
		path = strings.NewReplacer("{kind}", "hazard", "{id}", id, "{template}", "yearly", "{period}", "2023", "{part}", "1", "{draft}", id, "{wing}", "safety", "{$}", "").Replace(path)
		r, err := http.NewRequestWithContext(t.Context(), method, s.server.URL+path+"?"+form.Encode(), strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("Referer", "https://evil.example/x")
		r.Header.Set("X-Forwarded-Host", "evil.example")
		resp, err := admin.Do(r)
		if err != nil {
			t.Fatalf("%s: %v", pattern, err)
		}
		resp.Body.Close()
		at := resp.Header.Get("Location")
		if u, err := url.Parse(at); err != nil || u.Host != "" || u.Scheme != "" || strings.HasPrefix(at, "//") || strings.ContainsAny(at, "\\\r\n\t") {
			t.Errorf("%s leads to %q", pattern, at)
		}
	}
}

// TestNoNameInAnAddressLeadsOutOfTheBook puts the way out of a folder where an address names something: nothing is found, and nothing breaks.
func TestNoNameInAnAddressLeadsOutOfTheBook(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.hazard(1, "430600", "示例隐患")
	admin := s.administrator()
	wild := regexp.MustCompile(`\{[a-z]+\}`)
	patterns := append(slices.Collect(maps.Keys(operations)), "GET /static/{name}")
	for _, pattern := range patterns {
		method, path, _ := strings.Cut(pattern, " ")
		if method != http.MethodGet || !wild.MatchString(path) {
			continue
		}
		for _, out := range []string{"..%2f..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows%5cwin.ini", "%2e%2e%2f%2e%2e%2fkeys%2fjournal.key", "..%00", "%2fetc%2fpasswd", "....%2f%2f....%2f%2fbook.db", "-1", "9223372036854775808", "%f0%28%8c%28"} {
			r, err := http.NewRequestWithContext(t.Context(), method, s.server.URL+wild.ReplaceAllString(path, out), nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := admin.Do(r)
			if err != nil {
				t.Fatalf("%s: %v", pattern, err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err != nil || resp.StatusCode < 300 || resp.StatusCode >= 500 || strings.Contains(string(body), "root:") {
				t.Errorf("%s with %s answers %d, %v", pattern, out, resp.StatusCode, err)
			}
		}
	}
}

// administrator is one who has signed in, always the same.
func (s *site) administrator() visitor {
	s.Helper()
	if s.keeper == nil {
		v := s.person("guanli", "430600", access.Administrator)
		s.keeper = v.Client
	}
	return visitor{s, s.keeper}
}
