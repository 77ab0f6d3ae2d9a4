package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/api"
	"anlan/face/meter"
	"anlan/face/web"
	"anlan/ground/clock"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/office/token"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/storetest"
)

// served is a book as serve serves it, pages and API beside each other, with hazards of all sorts.
type served struct {
	*testing.T
	*httptest.Server
	token, cookie string
	app           *app.App
	metrics       *httptest.Server
	log           *lines
}

func servedBook(t *testing.T) *served {
	t.Helper()
	return servedAround(t, func(h http.Handler) http.Handler { return h })
}

// servedAround is servedBook with something more around all that is answered.
func servedAround(t *testing.T, around func(http.Handler) http.Handler) *served {
	t.Helper()
	so := storetest.Migrated(t, store.SQLite)
	now := clock.NewStepped(time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC), time.Millisecond)
	admin := access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}
	a, err := app.Init(t.Context(), app.Options{Data: filepath.Clean(so.Dir), Clock: now, Random: rand.NewChaCha8([32]byte{1})}, admin, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	written := &lines{}
	log := meter.Log(written, slog.LevelInfo)
	m := meter.New(a, "test", log)
	pages, err := web.New(t.Context(), a, a.Users, web.Options{Log: log, Around: func(h http.Handler) http.Handler { return around(m.Around(h)) }, Gathered: m.Gathered})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	m.Waits(pages.Waiting)
	programs, err := api.New(a, api.Options{Write: pages.Apply, Log: log, PerSecond: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	mount(pages, programs)
	s := &served{T: t, Server: httptest.NewServer(pages), app: a, metrics: httptest.NewServer(m), log: written}
	t.Cleanup(s.Close)
	t.Cleanup(s.metrics.Close)
	u := &login.User{Login: "lijun", Name: "示例", Role: login.Role(access.Section.Code)}
	u.Unit = "430600"
	changes := []book.Change{{Kind: "login_user", Action: access.Create, Record: u}}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 40 {
		h := &hazard.Hazard{Number: fmt.Sprintf("YH-%03d", n), Title: []string{"通道堵塞", "电线老化", "b_%"}[r.IntN(3)], Grade: hazard.Major, FoundOn: period.MustDay(2023, 1, 1).Add(r.IntN(365))}
		h.Unit, h.Place = "430602", "430602"
		if r.IntN(2) == 0 {
			h.Cost = maybe.Some(money.Fen(r.Int64N(5) * 100))
		}
		changes = append(changes, book.Change{Kind: "hazard", Action: access.Create, Record: h})
	}
	done, err := a.Book.Apply(t.Context(), admin, changes)
	if err != nil {
		t.Fatal(err)
	}
	if s.token, _, err = a.Tokens.Issue(t.Context(), admin, done[0].ID, token.Request{Name: "all", Scope: "read", Ends: now.Now().AddDate(0, 1, 0)}); err != nil {
		t.Fatal(err)
	}
	first, err := a.Users.SetPassword(t.Context(), admin, done[0].ID, "")
	if err != nil {
		t.Fatal(err)
	}
	session, err := a.Users.SignIn(t.Context(), login.Attempt{Name: "lijun", Password: first})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Users.ChangePassword(t.Context(), session, first, "岳阳楼在洞庭湖东岸上"); err != nil {
		t.Fatal(err)
	}
	s.cookie = session.Token
	return s
}

func (s *served) get(path string, programs bool) string {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), "GET", s.URL+path, nil)
	if err != nil {
		s.Fatal(err)
	}
	if programs {
		r.Header.Set("Authorization", "Bearer "+s.token)
	} else {
		r.AddCookie(&http.Cookie{Name: "anlan", Value: s.cookie})
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		s.Fatalf("%s: status %d, %v\n%s", path, resp.StatusCode, err, body)
	}
	return string(body)
}

var rowLink = regexp.MustCompile(`href="/records/hazard/([0-9a-f-]{36})`)

// TestWhatThePagesFilterTheAPIFilters asks both doors the same: the same records in the same order.
func TestWhatThePagesFilterTheAPIFilters(t *testing.T) {
	t.Parallel()
	s := servedBook(t)
	filters := []string{"title = 通道堵塞", "title has _%", "found_on >= 2023-07-01", "found_on < 2023-03-01", "cost absent", "cost > 2.00", "state = found", "number in YH-003,YH-004,YH-020", "grade <> major", "cost <> 0.00"}
	sorts := []string{"", "found_on", "cost", "title", "due_on"}
	r := rand.New(rand.NewPCG(3, 4))
	met := 0
	for range 60 {
		q := url.Values{}
		for range r.IntN(3) {
			q.Add("where", filters[r.IntN(len(filters))])
		}
		if sort := sorts[r.IntN(len(sorts))]; sort != "" {
			q.Set("sort", sort)
		}
		down := r.IntN(2) == 0
		onPage, inAPI := url.Values{}, url.Values{"limit": {"50"}}
		for k, v := range q {
			onPage[k], inAPI[k] = v, v
		}
		if down {
			onPage.Set("down", "1")
			inAPI.Set("down", "true")
		}
		var want []string
		for _, m := range rowLink.FindAllStringSubmatch(s.get("/records/hazard?"+onPage.Encode(), false), -1) {
			if !slices.Contains(want, m[1]) {
				want = append(want, m[1])
			}
		}
		var page struct{ Items []struct{ ID string } }
		if err := json.Unmarshal([]byte(s.get("/api/v1/records/hazard?"+inAPI.Encode(), true)), &page); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range page.Items {
			got = append(got, x.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the API gives %d, the page %d\n%v\n%v", q.Encode(), len(got), len(want), got, want)
		}
		met += len(got)
	}
	if met < 100 {
		t.Errorf("only %d records in all answers", met)
	}
}

func TestTheAPIStandsBesideThePagesAndTakesNoCookie(t *testing.T) {
	t.Parallel()
	s := servedBook(t)
	if page := s.get("/api", false); !strings.Contains(page, "POST /api/v1/records/hazard") || strings.Contains(page, "<script") || strings.Contains(page, "style=") {
		t.Error("the reader page lacks an operation, or has script or style in it")
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/api/v1/records/hazard", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "anlan", Value: s.cookie})
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 401 || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("with a cookie alone: status %d, headers %v", resp.StatusCode, resp.Header)
	}
}
