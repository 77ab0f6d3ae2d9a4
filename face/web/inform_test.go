package web_test

import (
	"encoding/xml"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anlan/app"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/public/publicreport"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

var tale = []string{"subject", "hazard", "place", "430621", "target", "示例烟花厂", "content", "夜里在居民楼下堆放烟花，没有人看守", "reporter", "示例举报人", "phone", "13800000000"}

func key(p answer, t testing.TB) string { return p.between(t, `name="key" value="`, `"`) }

func TestThePublicTellsOfAHazardAndAsksWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.anybody()
	page := v.get("/public/inform", 200)
	page.has(t, "12350", "岳阳县", "重大事故隐患", "可以不留姓名")
	form := append([]string{"key", key(page, t)}, tale...)
	got := v.post("/public/inform", 200, form...)
	number, code := got.between(t, "<code>W20240131-", "</code>"), strings.Split(got.body, "<code>")[2][:11]
	number = "W20240131-" + number
	got.has(t, "只在这里显示一次")
	if got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the receipt is kept: %q", got.Header.Get("Cache-Control"))
	}
	v.post("/public/inform", 200, form...).has(t, number, code) // sent twice, it is one report
	s.clock.Set(s.clock.Now().Add(17 * time.Hour))
	v.post("/public/inform", 200, form...).has(t, number, code) // also on the next day
	changed := append([]string{}, form...)
	changed[9] = "夜里在居民楼下堆放烟花，今天又来了一车"
	v.post("/public/inform", 422, changed...).has(t, "已用于另一项改动") // and never another one

	var r *publicreport.Report
	count := 0
	err := s.app.Book.Read(t.Context(), s.admin, 0, func(view *book.View) error {
		return view.Each(book.Query{Kind: "public_report"}, func(x any) error { r, count = x.(*publicreport.Report), count+1; return nil })
	})
	if err != nil || count != 1 || r.Number != number || r.Channel != "web" || r.Place != "430621" || r.Unit != "430600" || r.Reporter != "示例举报人" || r.State != publicreport.StateReceived {
		t.Fatalf("%d reports, %+v, %v", count, r, err)
	}

	// What became of it is for the receipt alone, and shows nothing of what was told.
	v.post("/public/inform/state", 200, "number", " "+strings.ToLower(number), "code", strings.ToLower(code)).has(t, "已接报", "2024-01-31", "!烟花", "!示例举报人", "!13800000000")
	v.post("/public/inform/state", 404, "number", number, "code", "AAAAA-AAAAA").has(t, "查询码不对", number)
	v.post("/public/inform/state", 404, "number", "W20240131-AAAAAA", "code", code).has(t, "没有这个举报编号")
	s.apply(book.Change{Kind: "public_report", ID: r.ID, Expect: 1, Action: "accept"})
	v.post("/public/inform/state", 200, "number", number, "code", code).has(t, "已受理")

	// The journal keeps no address, and what was told only as a commitment.
	err = s.app.Book.Read(t.Context(), s.admin, 0, func(view *book.View) error {
		return view.Acts("public_report", r.ID, func(w book.WasDone) error {
			if w.Action == string(access.Create) && (w.Name != "公众" || w.Address != "" || w.Via != "public") {
				t.Errorf("%+v", w)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.bodies(func(body string) {
		for _, secret := range []string{"示例举报人", "13800000000", "示例烟花厂", "堆放烟花"} {
			if strings.Contains(body, secret) {
				t.Errorf("the journal says %s", secret)
			}
		}
	})
}

// bodies reads every entry of the journal.
func (s *site) bodies(see func(body string)) {
	err := s.app.Book.Read(s.Context(), s.admin, 0, func(view *book.View) error {
		head, err := journal.HeadOf(view.Tx())
		for at := journal.Position(1); err == nil && at <= head.Size; at++ {
			var e journal.Stored
			if e, err = journal.EntryAt(view.Tx(), at); err == nil {
				see(string(e.Body))
			}
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}

func TestWhatThePublicSendsIsHeldToTheForm(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.anybody()
	k := key(v.get("/public/inform", 200), t)
	with := func(changes ...string) []string {
		out := append([]string{"key", k}, tale...)
		for i := 0; i < len(changes); i += 2 {
			for j := 0; j < len(out); j += 2 {
				if out[j] == changes[i] {
					out[j+1] = changes[i+1]
				}
			}
		}
		return out
	}
	v.post("/public/inform", 422, with("content", "太短")...).has(t, "至少10个字", "示例烟花厂")
	v.post("/public/inform", 422, with("subject", "")...).has(t, "举报类别")
	v.post("/public/inform", 422, with("phone", "<script>alert(1)</script>")...).has(t, "!<script>alert", "举报人电话")
	v.post("/public/inform", 422, with("place", "990000")...).has(t, "不在本市所辖")
	v.post("/public/inform", 422, append(with(), "website", "http://spam.example")...)
	v.post("/public/inform", 200, with()...)
	v.post("/public/inform", 413, with()...).has(t, "太频繁") // the sixth from this address
	// Fields that the form does not have are not looked at, and another site cannot send it.
	other := s.anybody()
	r, err := http.NewRequestWithContext(t.Context(), "POST", s.server.URL+"/public/inform", strings.NewReader("key="+k))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	other.do(r, 403)
}

func TestAnInformantReadsNothing(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	receipt, err := s.app.Inform(t.Context(), s.app.Book.Apply, "430600", app.Information{Subject: "hazard", Content: "某处有重大事故隐患无人过问", Key: "k"})
	if err != nil || receipt.Number == "" {
		t.Fatal(err)
	}
	for _, role := range []access.Role{access.Informant, access.Asker} {
		actor := access.Actor{Name: "公众", Role: role, Unit: "430600", Via: "public"}
		if _, err := s.app.Book.Apply(t.Context(), actor, []book.Change{{Kind: "hazard", Action: access.Create}}); err == nil {
			t.Errorf("%s creates hazards", role.Code)
		}
		err := s.app.Book.Read(t.Context(), actor, 0, func(view *book.View) error {
			return view.Each(book.Query{Kind: "public_report"}, func(x any) error {
				if r := x.(*publicreport.Report); role.Code != access.Asker.Code || r.Content != "" || r.ID == (ident.ID{}) {
					t.Errorf("%s reads %+v", role.Code, r)
				}
				return nil
			})
		})
		if (err == nil) != (role.Code == access.Asker.Code) {
			t.Errorf("%s: %v", role.Code, err)
		}
	}
}

func TestAFeedOfWhatWasPublished(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	v := s.anybody()
	var empty, feed struct {
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
			Links []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	got := v.get("/public/feed.atom", 200)
	if err := xml.Unmarshal([]byte(got.body), &empty); err != nil || len(empty.Entries) != 0 || empty.Updated == "" || !strings.HasPrefix(empty.ID, "urn:uuid:") {
		t.Fatalf("%v in %s", err, got.body)
	}
	if _, err := s.app.Report(t.Context(), s.admin, app.ReportRequest{Period: period.Year(2023), Dir: filepath.Join(t.TempDir(), "report"), Template: "spine"}); err != nil {
		t.Fatal(err)
	}
	got = v.get("/public/feed.atom", 200)
	if err := xml.Unmarshal([]byte(got.body), &feed); err != nil || len(feed.Entries) != 1 || feed.ID != empty.ID || feed.Updated < empty.Updated {
		t.Fatalf("%v in %s", err, got.body)
	}
	if e := feed.Entries[0]; !strings.HasPrefix(e.ID, feed.ID+":publication:") || len(e.Links) != 1 || !strings.HasPrefix(e.Links[0].Href, s.server.URL+"/public/reports/") {
		t.Errorf("%+v", e)
	} else {
		v.get(strings.TrimPrefix(e.Links[0].Href, s.server.URL), 200).has(t, e.Title)
	}
	if ct := got.Header.Get("Content-Type"); ct != "application/atom+xml; charset=utf-8" {
		t.Error(ct)
	}
	v.get("/public/reports", 200).has(t, `href="/public/feed.atom"`)
}
