package browser

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/web"
	"anlan/ground/classification"
	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/relief/loss"
	"anlan/resource/staff"
	"anlan/resource/voucher"
	"anlan/safety/accident"
	"anlan/safety/hazard"
)

var admin = access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}

// password is what everybody has chosen; firstPassword is that of 新来的, who has not signed in yet.
const (
	password      = "岳阳楼在洞庭湖东岸上"
	firstPassword = "君山岛上的茶先发芽了"
)

// people are those who sign in; 430626 is a county of the city 430600.
var people = []struct {
	login string
	unit  place.Unit
	role  access.Role
}{
	{"keshi", "430600", access.Section}, {"caiwu", "430600", access.Finance}, {"shenji", "430600", access.Auditor}, {"lingdao", "430600", access.Leader},
	{"bianji", "430600", access.Editor}, {"xiangzhen", "430626", access.Township}, {"pingjiang", "430626", access.Section}, {"guanli", "430600", access.Administrator},
}

const newcomer = "xinlai"

// founded makes the book of which every journey has a copy, once for the whole run.
var founded = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "anlan-browser-")
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "data"), establish(filepath.Join(dir, "data"), filepath.Join(dir, "report"))
})

func establish(data, out string) error {
	ctx := context.Background()
	a, err := app.Init(ctx, app.Options{Data: data, Clock: clock.System{}, Random: rand.NewChaCha8([32]byte{8}), Synthetic: true}, admin, "岳阳市应急管理局", "430600")
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.Book.Apply(ctx, admin, records(period.DayAt(clock.System{}.Now()))); err != nil {
		return err
	}
	if err := listSome(ctx, a); err != nil {
		return err
	}
	if err := a.Book.Fold(ctx); err != nil {
		return err
	}
	for _, p := range people {
		if err := enter(ctx, a, p.login, p.unit, p.role, true); err != nil {
			return err
		}
	}
	if err := enter(ctx, a, newcomer, "430600", access.Section, false); err != nil {
		return err
	}
	_, err = a.Report(ctx, admin, app.ReportRequest{Period: period.Year(2023), Dir: out, Template: "spine"})
	return err
}

// enter enters a user; one who has chosen has a password of its own, another must still choose.
func enter(ctx context.Context, a *app.App, name string, unit place.Unit, role access.Role, chosen bool) error {
	u := &login.User{Login: name, Name: "示例" + name, Role: login.Role(role.Code)}
	u.Unit = unit
	done, err := a.Book.Apply(ctx, admin, []book.Change{{Kind: login.Kind.Code(), Action: access.Create, Record: u}})
	if err != nil {
		return err
	}
	if _, err := a.Users.SetPassword(ctx, admin, done[0].ID, firstPassword); err != nil || !chosen {
		return err
	}
	s, err := a.Users.SignIn(ctx, login.Attempt{Name: name, Password: firstPassword, Address: "127.0.0.1", Agent: "test"})
	if err != nil {
		return err
	}
	return a.Users.ChangePassword(ctx, s, firstPassword, password)
}

// records are what the book holds: what the one-page report of 2023 counts, and hazards of this year with terms around today.
func records(today period.Day) (out []book.Change) {
	add := func(kind string, r any) {
		out = append(out, book.Change{Kind: kind, Action: access.Create, Record: r})
	}
	for n := 1; n <= 60; n++ {
		h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: fmt.Sprintf("示例隐患%02d：配电箱没有接地", n), Grade: hazard.Major, FoundOn: period.MustDay(2023, time.Month(1+n%12), 1+n%28)}
		h.Unit, h.Place = "430626", "430626"
		if n%3 == 0 {
			h.Unit, h.Place = "430602", "430602"
		}
		if n%4 == 0 {
			h.Grade = hazard.Ordinary
		}
		if n <= 8 {
			h.RectifyBy = today.Add(3*n - 12) // some late, some soon
		}
		add("hazard", h)
	}
	for n := 1; n <= 2; n++ {
		a := &accident.Accident{Number: fmt.Sprintf("SG-%05d", n), OccurredOn: period.MustDay(2023, 3, n), Casualties: []accident.Casualty{{Name: fmt.Sprintf("示例人员甲%d", n), Fate: accident.Death}}}
		a.Unit, a.Place = "430626", "430626"
		add("accident", a)
		m := &staff.Member{Number: fmt.Sprintf("RY-%04d", n), Name: fmt.Sprintf("示例人员%04d", n), Establishment: classification.Administrative, InPostFrom: period.MustDay(2020, 1, 1)}
		m.Unit, m.Place = "430600", "430600"
		add("staff", m)
		v := &voucher.Voucher{Number: fmt.Sprintf("JZ-2023-%03d", n), PaidOn: period.MustDay(2023, 5, n), Summary: "示例支出", Budget: classification.GeneralPublic, Function: "2240101",
			Economic: "30201", Category: classification.Basic, Amount: money.Fen(n) * 1_234_56, Payee: "示例收款人"}
		v.Unit, v.Place = "430600", "430600"
		add("voucher", v)
	}
	r := &loss.Report{Event: "ZH-2023-01", Reporter: "430626", BeganOn: period.MustDay(2023, 6, 20)}
	r.Unit, r.Place = "430626", "430626"
	add("loss_report", r)
	return out
}

// listSome puts the first hazards under listed supervision, so that they have terms.
func listSome(ctx context.Context, a *app.App) error {
	var listed []book.Change
	err := a.Book.Read(ctx, admin, 0, func(v *book.View) error {
		for _, n := range []int{1, 2, 3, 5, 6, 7} {
			r, err := v.Find("hazard", fmt.Sprintf("YH-%05d", n))
			if err != nil {
				return err
			}
			listed = append(listed, book.Change{Kind: "hazard", ID: r.(*hazard.Hazard).ID, Action: "list"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = a.Book.Apply(ctx, admin, listed)
	return err
}

// site is a copy of the book behind its pages, reached by a line that can be cut.
type site struct {
	t       *testing.T
	app     *app.App
	pages   *web.Server
	address string // host:port, the same all the time
	named   bool   // browsers open it by the name localhost, and not by the address
	line    *http.Server
	dies    atomic.Bool // the next answer to a form is lost after the book has committed
}

// open serves a copy of the book.
func open(t *testing.T) *site {
	t.Helper()
	return opening(t, nil)
}

// opening serves a copy of the book in another way: set says in which, of a site that has its name.
func opening(t *testing.T, set func(s *site, o *web.Options)) *site {
	t.Helper()
	from, err := founded()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	if err := copied(from, data); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), app.Options{Data: data, Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, app: a, address: l.Addr().String()}
	o := web.Options{Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))}
	if set != nil {
		set(s, &o)
	}
	if s.pages, err = web.New(t.Context(), a, a.Users, o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.pages.Close)
	s.joins(l)
	t.Cleanup(s.cut)
	return s
}

// copied copies a folder, each file with its own permissions: a key that others can read is refused.
func copied(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inner, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		at := filepath.Join(to, inner)
		if d.IsDir() {
			return os.MkdirAll(at, info.Mode().Perm())
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(at, content, info.Mode().Perm())
	})
}

// join opens the line, at the address that it had before.
func (s *site) join() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.joins(l)
}

func (s *site) joins(l net.Listener) {
	s.line = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second}
	go func(line *http.Server) {
		if err := line.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.t.Errorf("served until %v", err)
		}
	}(s.line)
}

// cut breaks the line: whoever asks is refused, as by a phone without a net.
func (s *site) cut() { s.line.Close() }

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && s.dies.CompareAndSwap(true, false) {
		s.pages.ServeHTTP(unheard{http.Header{}}, r)
		panic(http.ErrAbortHandler) // the connection breaks off without an answer
	}
	s.pages.ServeHTTP(w, r)
}

// unheard takes an answer that nobody hears.
type unheard struct{ h http.Header }

func (u unheard) Header() http.Header       { return u.h }
func (unheard) Write(b []byte) (int, error) { return len(b), nil }
func (unheard) WriteHeader(int)             {}

func (s *site) base() string {
	if s.named {
		return "http://" + strings.Replace(s.address, "127.0.0.1", "localhost", 1)
	}
	return "http://" + s.address
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// find gives the record of a kind with a natural key, as an administrator sees it; nil where there is none.
func (s *site) find(kind string, key ...string) (r any) {
	s.t.Helper()
	must(s.t, s.app.Book.Read(s.t.Context(), admin, 0, func(v *book.View) error {
		found, err := v.Find(kind, key...)
		if err == nil {
			r = found
		}
		return nil
	}))
	return r
}

// hazard gives a hazard by its number.
func (s *site) hazard(number string) *hazard.Hazard {
	s.t.Helper()
	h, ok := s.find("hazard", number).(*hazard.Hazard)
	if !ok {
		s.t.Fatalf("no hazard %s", number)
	}
	return h
}

// count counts the records of a kind.
func (s *site) count(kind string) (n int64) {
	s.t.Helper()
	must(s.t, s.app.Book.Read(s.t.Context(), admin, 0, func(v *book.View) (err error) {
		n, err = v.Count(book.Query{Kind: kind, Withdrawn: true})
		return err
	}))
	return n
}

// edit changes a hazard as somebody else would meanwhile.
func (s *site) edit(id ident.ID, change func(*hazard.Hazard)) {
	s.t.Helper()
	var h hazard.Hazard
	must(s.t, s.app.Book.Read(s.t.Context(), admin, 0, func(v *book.View) error {
		r, err := v.Get("hazard", id)
		if err == nil {
			h = *r.(*hazard.Hazard)
		}
		return err
	}))
	change(&h)
	_, err := s.app.Book.Apply(s.t.Context(), admin, []book.Change{{Kind: "hazard", ID: id, Expect: h.Version, Action: access.Edit, Record: &h, Reason: "县局核实"}})
	must(s.t, err)
}
