package web_test

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/web"
	"anlan/ground/classification"
	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/resource/staff"
	"anlan/safety/accident"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/storetest"
)

// site is a founded book behind its pages, with some people and records.
type site struct {
	*testing.T
	app    *app.App
	server *httptest.Server
	clock  *clock.Stepped
	admin  access.Actor
	pages  *web.Server
	keeper *http.Client // of an administrator; nil: nobody has asked for one
}

var start = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

const password = "岳阳楼在洞庭湖东岸上"

func open(t *testing.T, d store.Dialect) *site {
	t.Helper()
	return openWith(t, d, web.Options{Informing: true})
}

// openWith opens a site that is reached in another way.
func openWith(t *testing.T, d store.Dialect, options web.Options) *site {
	t.Helper()
	so := storetest.Migrated(t, d)
	s := &site{T: t, clock: clock.NewStepped(start, time.Millisecond), admin: access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}}
	o := app.Options{Data: so.Dir, DB: so.URL, Schema: so.Schema, Clock: s.clock, Random: rand.NewChaCha8([32]byte{1})}
	if o.Data == "" {
		o.Data = filepath.Join(t.TempDir(), "data")
	}
	a, err := app.Init(t.Context(), o, s.admin, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	s.app = a
	options.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	pages, err := web.New(t.Context(), a, a.Users, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	s.pages = pages
	s.server = httptest.NewServer(pages)
	t.Cleanup(s.server.Close)
	return s
}

func (s *site) apply(changes ...book.Change) []book.Done {
	s.Helper()
	done, err := s.app.Book.Apply(s.Context(), s.admin, changes)
	if err != nil {
		s.Fatal(err)
	}
	return done
}

func create(kind string, r any) book.Change {
	return book.Change{Kind: kind, Action: access.Create, Record: r}
}

func day(t testing.TB, text string) period.Day {
	d, err := period.ISODay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// hazard records a major hazard of a unit.
func (s *site) hazard(n int, unit place.Unit, title string) ident.ID {
	h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: title, Grade: hazard.Major, FoundOn: day(s, "2023-05-06")}
	h.Unit, h.Place = unit, "430602"
	return s.apply(create("hazard", h))[0].ID
}

// year records what the one-page report of 2023 counts.
func (s *site) year() {
	s.hazard(1, "430600", "示例隐患")
	a := &accident.Accident{Number: "SG-00001", OccurredOn: day(s, "2023-03-02"), Casualties: []accident.Casualty{{Name: "示例人员甲", Fate: accident.Death}}}
	a.Unit, a.Place = "430600", "430621"
	m := &staff.Member{Number: "RY-0001", Name: "示例人员0001", Establishment: classification.Administrative, InPostFrom: day(s, "2020-01-01")}
	m.Unit = "430600"
	s.apply(create("accident", a), create("staff", m))
}

// visitor is a browser of somebody, without script.
type visitor struct {
	*site
	*http.Client
}

// anybody is a browser of nobody in particular.
func (s *site) anybody() visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	return visitor{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// person is somebody who has signed in and has chosen a password.
func (s *site) person(name string, unit place.Unit, role access.Role) visitor {
	s.Helper()
	u := &login.User{Login: name, Name: "示例" + name, Role: login.Role(role.Code)}
	u.Unit = unit
	id := s.apply(create("login_user", u))[0].ID
	first, err := s.app.Users.SetPassword(s.Context(), s.admin, id, "")
	if err != nil {
		s.Fatal(err)
	}
	v := s.anybody()
	v.post("/sign-in", 303, "name", name, "password", first)
	v.post("/account/password", 303, "old", first, "new", password, "again", password)
	return v
}

// later moves the clock on, by so much that nobody is sure any more who sits at the screen.
func (s *site) later() { s.clock.Set(s.clock.Now().Add(11 * time.Minute)) }

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

func (v visitor) do(r *http.Request, want int) answer {
	v.Helper()
	resp, err := v.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.Fatal(err)
	}
	if resp.StatusCode != want {
		v.Fatalf("%s %s: status %d, want %d\n%s", r.Method, r.URL, resp.StatusCode, want, body)
	}
	return answer{resp, string(body)}
}

func (v visitor) get(path string, want int) answer {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), "GET", v.server.URL+path, nil)
	if err != nil {
		v.Fatal(err)
	}
	return v.do(r, want)
}

func (v visitor) post(path string, want int, pairs ...string) answer {
	v.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequestWithContext(v.Context(), "POST", v.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r, want)
}

// has fails where a text that must be there is not, or one that must not be (with ! before it) is.
func (a answer) has(t testing.TB, texts ...string) {
	t.Helper()
	for _, x := range texts {
		x, not := strings.CutPrefix(x, "!")
		if strings.Contains(a.body, x) == not {
			t.Errorf("%s: contains %q: %v\n%s", a.Request.URL, x, not, a.body)
		}
	}
}

// between is what stands in a page after one text and before another.
func (a answer) between(t testing.TB, before, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(a.body, before)
	value, _, closed := strings.Cut(rest, after)
	if !ok || !closed {
		t.Fatalf("%s: nothing between %q and %q\n%s", a.Request.URL, before, after, a.body)
	}
	return value
}
