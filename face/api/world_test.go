package api_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/api"
	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/office/token"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/storetest"
)

// office is a founded book behind its API.
type office struct {
	*testing.T
	app    *app.App
	server *httptest.Server
	clock  *clock.Stepped
	admin  access.Actor
	log    *bytes.Buffer
}

var start = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

func open(t *testing.T, d store.Dialect) *office { return openWith(t, d, api.Options{}) }

func openWith(t *testing.T, d store.Dialect, options api.Options) *office {
	t.Helper()
	so := storetest.Migrated(t, d)
	s := &office{T: t, clock: clock.NewStepped(start, time.Millisecond), admin: access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}, log: &bytes.Buffer{}}
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
	group := book.NewGroup(a.Book)
	t.Cleanup(group.Close)
	options.Write, options.Log, options.PerSecond = group.Apply, slog.New(slog.NewTextHandler(s.log, nil)), cmp.Or(options.PerSecond, 100_000)
	programs, err := api.New(a, options)
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(programs)
	t.Cleanup(s.server.Close)
	return s
}

func (s *office) apply(changes ...book.Change) []book.Done {
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

// hazardOf records a hazard of a unit that is named by its code.
func (s *office) hazardOf(n int, unit, title string) ident.ID {
	return s.hazard(n, place.Unit(unit), title)
}

// hazard records a hazard of a unit.
func (s *office) hazard(n int, unit place.Unit, title string) ident.ID {
	h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: title, Grade: hazard.Major, FoundOn: day(s, "2023-05-06")}
	h.Unit, h.Place = unit, "430602"
	return s.apply(create("hazard", h))[0].ID
}

// person enters a user.
func (s *office) person(name string, unit place.Unit, role access.Role) ident.ID {
	s.Helper()
	u := &login.User{Login: name, Name: "示例" + name, Role: login.Role(role.Code)}
	u.Unit = unit
	return s.apply(create("login_user", u))[0].ID
}

// program is a program with a token.
type program struct {
	*office
	token string
}

// program is one with a token of a user.
func (s *office) program(user ident.ID, scope string) program {
	s.Helper()
	name := fmt.Sprintf("p%d", s.clock.Now().UnixMicro())
	secret, _, err := s.app.Tokens.Issue(s.Context(), s.admin, user, token.Request{Name: name, Scope: scope, Ends: start.AddDate(0, 6, 0)})
	if err != nil {
		s.Fatal(err)
	}
	return program{s, secret}
}

// answer is what came back.
type answer struct {
	*testing.T
	*http.Response
	body string
}

// headers of a request, name and value in turn.
type headers []string

func (p program) ask(method, path, body string, h headers, want int) answer {
	p.Helper()
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	r, err := http.NewRequestWithContext(p.Context(), method, p.server.URL+path, in)
	if err != nil {
		p.Fatal(err)
	}
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(h); i += 2 {
		r.Header.Set(h[i], h[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		p.Fatal(err)
	}
	if resp.StatusCode != want {
		p.Fatalf("%s %s: status %d, want %d\n%s", method, path, resp.StatusCode, want, text)
	}
	return answer{p.T, resp, string(text)}
}

func (p program) get(path string, want int) answer {
	p.Helper()
	return p.ask("GET", path, "", nil, want)
}

// has fails where a text that must be there is not, or one that must not be (with ! before it) is.
func (a answer) has(texts ...string) answer {
	a.Helper()
	for _, x := range texts {
		x, not := strings.CutPrefix(x, "!")
		if strings.Contains(a.body, x) == not {
			a.Errorf("%s %s: contains %q: %v\n%s", a.Request.Method, a.Request.URL, x, not, a.body)
		}
	}
	return a
}

// into reads the answer.
func (a answer) into(v any) {
	a.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		a.Fatalf("%v\n%s", err, a.body)
	}
}

// done is what a change became.
type done struct {
	ID       string
	Version  int64
	Position int64
	Same     bool
}

func (a answer) done() (d done) { a.into(&d); return d }
