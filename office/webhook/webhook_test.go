package webhook_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/ground/fault"
	"anlan/ground/place"
	"anlan/office/webhook"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

// desk is a book with a hook to a receiver.
type desk struct {
	*recordtest.World
	hooks    *webhook.Hooks
	receiver *receiver
}

// receiver is another system: it keeps what it is sent and answers with a status.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []letter
	then   func()
}

type letter struct {
	id, at, signature string
	body              []byte
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, letter{q.Header.Get("webhook-id"), q.Header.Get("webhook-timestamp"), q.Header.Get("webhook-signature"), body})
	if r.then != nil {
		r.then()
	}
	if r.status == http.StatusFound {
		w.Header().Set("Location", "http://127.0.0.1:1/")
	}
	w.WriteHeader(r.status)
	io.WriteString(w, "so it is\x00\n")
}

// titles are those of the letters that came, in order.
func (r *receiver) titles(t testing.TB) (out []string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, l := range r.got {
		var e struct {
			Type string
			Data struct {
				Content struct{ Title string }
			}
		}
		if err := json.Unmarshal(l.body, &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e.Type+" "+e.Data.Content.Title)
	}
	return out
}

func both(t *testing.T, try func(*desk)) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind, webhook.Workflow)
		r := &receiver{status: 200}
		r.Server = httptest.NewServer(r)
		t.Cleanup(r.Close)
		try(&desk{w, webhook.New(w.Book, w.Clock, rand.Reader, machine), r})
	})
}

// signed says whether a letter is signed by a secret.
func (l letter) signed(d *desk, secret []byte) bool {
	d.Helper()
	seconds, err := strconv.ParseInt(l.at, 10, 64)
	return err == nil && l.id != "" && l.signature == webhook.Sign(secret, l.id, time.Unix(seconds, 0), l.body)
}

func (d *desk) hook(name string, unit place.Unit, alter ...func(*webhook.Hook)) *webhook.Hook {
	d.Helper()
	h := &webhook.Hook{Name: name, URL: d.receiver.URL + "/in?key=hidden", OwnHost: "127.0.0.1", Target: "sample", Clearance: webhook.Internal}
	h.Unit = unit
	for _, a := range alter {
		a(h)
	}
	d.Must(recordtest.Create("webhook", h))
	found, err := d.hooks.Find(d.Ctx, d.Admin, name)
	if err != nil {
		d.Fatal(err)
	}
	return found
}

func (d *desk) secret(h *webhook.Hook) []byte {
	d.Helper()
	s, err := d.hooks.NewSecret(d.Ctx, d.Admin, h)
	if err != nil {
		d.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, "whsec_"))
	if err != nil || len(raw) < 24 {
		d.Fatalf("%q: %v", s, err)
	}
	return raw
}

func (d *desk) sample(number, title string, unit place.Unit) book.Done {
	d.Helper()
	s := recordtest.New(number, unit)
	s.Title, s.Person, s.Phone, s.Source = title, "示例人员", "13800000000", "举报人"
	return d.Must(recordtest.Create("sample", s))[0]
}

// step steps until nothing is left to do now.
func (d *desk) step() (did webhook.Did) {
	d.Helper()
	for {
		x, err := d.hooks.Step(d.Ctx)
		if err != nil {
			d.Fatal(err)
		}
		if x == (webhook.Did{}) {
			return did
		}
		did.Found, did.Sent, did.Failed = did.Found+x.Found, did.Sent+x.Sent, did.Failed+x.Failed
	}
}

func (d *desk) standing(name string) webhook.Standing {
	d.Helper()
	all, err := d.hooks.List(d.Ctx, d.Admin)
	if err != nil {
		d.Fatal(err)
	}
	i := slices.IndexFunc(all, func(s webhook.Standing) bool { return s.Name == name })
	return all[i]
}

func TestWhatHappensIsToldOnceSignedAndWithoutPersons(t *testing.T) {
	both(t, func(d *desk) {
		d.sample("YB-0", "以前", "430602")
		h := d.hook("county", "430600")
		d.sample("YB-1", "没有密钥", "430602")
		secret := d.secret(h)
		made := d.sample("YB-2", "第一条", "430602")
		d.Must(book.Change{Kind: "sample", ID: made.ID, Expect: 1, Action: access.Withdraw, Reason: "重复"})
		if did := d.step(); did.Sent != 2 || did.Failed != 0 {
			d.Errorf("%+v", did)
		}
		if got, want := d.receiver.titles(d), []string{"sample.create 第一条", "sample.withdraw 第一条"}; !slices.Equal(sorted(got), want) {
			d.Errorf("got %q, want %q", got, want)
		}
		for _, l := range d.receiver.got {
			if !l.signed(d, secret) {
				d.Errorf("the signature of %s does not hold", l.id)
			}
			for _, hidden := range []string{"示例人员", "13800000000", "举报人"} {
				if strings.Contains(string(l.body), hidden) {
					d.Errorf("%s leaves the house: %s", hidden, l.body)
				}
			}
		}
		again := webhook.New(d.Book, d.Clock, rand.Reader, machine) // another process
		if did, err := again.Step(d.Ctx); err != nil || did != (webhook.Did{}) {
			d.Errorf("sent twice: %+v %v", did, err)
		}
		d.Sound()
	})
}

func sorted(s []string) []string { slices.Sort(s); return s }

func TestAHookTellsWhatItIsAskedFor(t *testing.T) {
	both(t, func(d *desk) {
		all := d.hook("all", "430600", func(h *webhook.Hook) { h.Target = "" })
		mine := d.hook("mine", "430621")
		edits := d.hook("edits", "430600", func(h *webhook.Hook) { h.Actions = "edit withdraw" })
		open := d.hook("open", "430600", func(h *webhook.Hook) { h.Clearance = webhook.Public })
		for _, h := range []*webhook.Hook{all, mine, edits, open} {
			d.secret(h)
		}
		d.sample("YB-1", "区", "430602")
		d.sample("YB-2", "县", "430621")
		d.step()
		want := []string{"sample.create ", "sample.create ", "sample.create 区", "sample.create 县", "sample.create 县"}
		if got := sorted(d.receiver.titles(d)); !slices.Equal(got, want) {
			d.Errorf("got %q, want %q", got, want)
		}
		if s := d.standing("mine"); s.Waiting != 0 || s.Dead != 0 {
			d.Errorf("%+v", s)
		}
	})
}

func TestWhatIsNotTakenIsSentAgainAndThenIsADeadLetter(t *testing.T) {
	both(t, func(d *desk) {
		h := d.hook("county", "430600")
		d.secret(h)
		d.receiver.status = 500
		d.sample("YB-1", "一", "430602")
		if did := d.step(); did.Failed != 1 {
			d.Errorf("%+v", did)
		}
		d.hooks = webhook.New(d.Book, d.Clock, rand.Reader, machine) // a restart forgets nothing
		now := recordtest.Start
		for range 9 {
			if did := d.step(); did.Failed != 0 {
				d.Errorf("before its time: %+v", did)
			}
			now = now.Add(25 * time.Hour)
			d.Clock.Set(now)
			if did := d.step(); did.Failed != 1 {
				d.Errorf("%+v", did)
			}
		}
		now = now.Add(25 * time.Hour)
		d.Clock.Set(now)
		if did := d.step(); did != (webhook.Did{}) || len(d.receiver.got) != 10 {
			d.Errorf("a dead letter is sent: %+v, %d in all", did, len(d.receiver.got))
		}
		dead, err := d.hooks.Dead(d.Ctx, d.Admin, h)
		if err != nil || len(dead) != 1 || dead[0].Status != 500 || dead[0].Attempts != 10 || dead[0].Why != "500 Internal Server Error so it is" {
			d.Errorf("%+v %v", dead, err)
		}
		if s := d.standing("county"); s.Dead != 1 || s.Waiting != 0 {
			d.Errorf("%+v", s)
		}
		d.receiver.status = 204
		if n, err := d.hooks.Resend(d.Ctx, d.Admin, h, dead[0].Position); err != nil || n != 1 {
			d.Errorf("%d %v", n, err)
		}
		if did := d.step(); did.Sent != 1 {
			d.Errorf("%+v", did)
		}
		if _, err := d.hooks.Resend(d.Ctx, d.Admin, h); !errors.Is(err, webhook.ErrNoLetter) {
			d.Errorf("nothing to send again: got %v", err)
		}
		ids := map[string]bool{}
		for _, l := range d.receiver.got {
			ids[l.id] = true
		}
		if len(ids) != 1 {
			d.Errorf("one change has several ids: %v", ids)
		}
		done, err := d.hooks.Acts(d.Ctx, d.Admin, h)
		if err != nil || len(done) != 2 || !webhook.ActLabel(done[0].Action).Whole() || !webhook.ActLabel(done[1].Action).Whole() {
			d.Errorf("%+v %v", done, err)
		}
	})
}

func TestAPausedHookTellsLater(t *testing.T) {
	both(t, func(d *desk) {
		h := d.hook("county", "430600")
		d.secret(h)
		d.Must(book.Change{Kind: "webhook", ID: h.ID, Expect: 1, Action: "pause", Reason: "对方检修"})
		d.sample("YB-1", "一", "430602")
		if did := d.step(); did != (webhook.Did{}) {
			d.Errorf("%+v", did)
		}
		d.Must(book.Change{Kind: "webhook", ID: h.ID, Expect: 2, Action: "resume"})
		if did := d.step(); did.Sent != 1 {
			d.Errorf("%+v", did)
		}
	})
}

func TestALetterThatWasBrokenOffIsSentAgainUnderItsID(t *testing.T) {
	both(t, func(d *desk) {
		d.secret(d.hook("county", "430600"))
		d.sample("YB-1", "一", "430602")
		ctx, cancel := context.WithCancel(d.Ctx)
		d.receiver.then = cancel // the program ends when the letter has come and before it knows
		for range 2 {
			d.hooks.Step(ctx)
		}
		d.receiver.then = nil
		if did := d.step(); did.Sent != 0 {
			d.Errorf("while it may still be under way: %+v", did)
		}
		d.Clock.Set(recordtest.Start.Add(time.Hour))
		if did := d.step(); did.Sent != 1 {
			d.Errorf("%+v", did)
		}
		if got := d.receiver.got; len(got) != 2 || got[0].id != got[1].id {
			d.Errorf("%d letters", len(got))
		}
	})
}

func TestNoHookLeadsInsideByAccident(t *testing.T) {
	both(t, func(d *desk) {
		tls := httptest.NewTLSServer(d.receiver)
		d.Cleanup(tls.Close)
		h := d.hook("inside", "430600", func(h *webhook.Hook) { h.URL, h.OwnHost = tls.URL, "" })
		d.secret(h)
		redirected := d.hook("redirected", "430600")
		d.secret(redirected)
		d.receiver.status = http.StatusFound
		d.sample("YB-1", "一", "430602")
		if did := d.step(); did.Failed != 2 || len(d.receiver.got) != 1 {
			d.Errorf("%+v, %d letters", did, len(d.receiver.got))
		}
		for range 9 {
			d.Clock.Set(d.Clock.Now().Add(25 * time.Hour))
			d.step()
		}
		dead, err := d.hooks.Dead(d.Ctx, d.Admin, h)
		if err != nil || len(dead) != 1 || !strings.Contains(dead[0].Why, "private network") || strings.Contains(dead[0].Why, "127.0.0.1") {
			d.Errorf("%+v %v", dead, err)
		}
		if dead, err = d.hooks.Dead(d.Ctx, d.Admin, redirected); err != nil || len(dead) != 1 || dead[0].Status != 302 {
			d.Errorf("%+v %v", dead, err)
		}
	})
	for text, want := range map[string][2]bool{
		"8.8.8.8": {true, true}, "2001:4860:4860::8888": {true, true}, "127.0.0.1": {false, true}, "::1": {false, true}, "10.1.2.3": {false, true}, "192.168.1.1": {false, true},
		"172.16.0.1": {false, true}, "100.64.0.1": {false, true}, "fd00::1": {false, true}, "169.254.169.254": {false, false}, "fe80::1": {false, false}, "0.0.0.0": {false, false},
		"::": {false, false}, "224.0.0.1": {false, false}, "255.255.255.255": {false, true},
	} {
		a := netip.MustParseAddr(text)
		if got := [2]bool{webhook.Reachable(a, false), webhook.Reachable(a, true)}; got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

func TestHooksAreRefused(t *testing.T) {
	both(t, func(d *desk) {
		for _, c := range []struct {
			name     string
			url, own string
			target   string
			actor    access.Actor
			want     error
		}{
			{"http_outside", "http://example.com/in", "", "sample", d.Admin, webhook.ErrBadURL},
			{"a_user", "https://a:b@example.com/in", "", "sample", d.Admin, webhook.ErrBadURL},
			{"another_scheme", "file:///etc/passwd", "x", "sample", d.Admin, webhook.ErrBadURL},
			{"no_host", "https://", "", "sample", d.Admin, webhook.ErrBadURL},
			{"another_host_as_its_own", "http://10.0.0.1/", "10.0.0.2", "sample", d.Admin, webhook.ErrOtherHost},
			{"no_such_kind", "https://example.com/", "", "sampel", d.Admin, book.ErrNoKind},
			{"by_a_section", "https://example.com/", "", "sample", access.Actor{Name: "lijun", Role: access.Section, Unit: "430602", Via: "web"}, webhook.ErrNotAdministrator},
		} {
			h := &webhook.Hook{Name: c.name, URL: c.url, OwnHost: c.own, Target: c.target, Clearance: webhook.Internal}
			h.Unit = "430602"
			if _, err := d.Apply(c.actor, recordtest.Create("webhook", h)); !errors.Is(err, c.want) && !denied(err, c.actor) {
				d.Errorf("%s: got %v, want %v", c.name, err, c.want)
			}
		}
		h := d.hook("county", "430600")
		auditor := access.Actor{Name: "审计", Role: access.Auditor, Via: "cli"}
		if _, err := d.hooks.NewSecret(d.Ctx, auditor, h); !errors.Is(err, webhook.ErrNotAdministrator) {
			d.Errorf("a secret for an auditor: got %v", err)
		}
		if _, err := d.hooks.Dead(d.Ctx, auditor, h); !errors.Is(err, webhook.ErrNotAdministrator) {
			d.Errorf("letters for an auditor: got %v", err)
		}
		if _, err := d.hooks.Resend(d.Ctx, auditor, h); !errors.Is(err, webhook.ErrNotAdministrator) {
			d.Errorf("sent again by an auditor: got %v", err)
		}
		if _, err := d.hooks.Find(d.Ctx, auditor, "county"); !errors.Is(err, webhook.ErrNotAdministrator) {
			d.Errorf("found by an auditor: got %v", err)
		}
		if _, err := d.hooks.List(d.Ctx, auditor); !errors.Is(err, webhook.ErrNotAdministrator) {
			d.Errorf("listed by an auditor: got %v", err)
		}
	})
}

// denied says whether an actor who is no administrator was refused, by whatever rule came first.
func denied(err error, a access.Actor) bool {
	kind, known := fault.KindOf(err)
	return known && kind == fault.Denied && a.Role.Code != access.Administrator.Code
}

func TestTheSignatureIsThatOfStandardWebhooks(t *testing.T) {
	t.Parallel()
	secret, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := webhook.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
