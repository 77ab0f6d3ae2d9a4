package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

// sends sends a form as the script of the outbox does, and gives what it was answered.
func (v visitor) sends(path string, want int, pairs ...string) (said struct {
	To, Record, At    string
	Version, Position int64
	Codes, Said       []string
}) {
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
	r.Header.Set("Accept", "application/json")
	a := v.do(r, want)
	if kind := a.Header.Get("Content-Type"); kind != "application/json" {
		v.Fatalf("%s is answered as %s\n%s", path, kind, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &said); err != nil {
		v.Fatal(err)
	}
	return said
}

func TestWhatAnOutboxSendsHasAReceiptOrAReason(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("xiangzhen", "430626", access.Section)
	form := []string{"key", "k1", "unit", "430626", "number", "PJ-1", "title", "坝体渗水", "grade", "ordinary", "found_on", "2024-01-30", "by", "xiangzhen", "filled", "2024-01-30T23:10:00Z"}
	first := v.sends("/records/hazard/new", 201, form...)
	if first.Record != "PJ-1" && !strings.Contains(first.Record, "PJ-1") || first.Version != 1 || first.Position == 0 || !strings.HasPrefix(first.At, "2024-01-31 09:") {
		t.Errorf("the receipt is %+v", first)
	}
	if again := v.sends("/records/hazard/new", 201, form...); again.To != first.To || again.At != first.At || again.Position != first.Position {
		t.Errorf("sent twice, the receipts are %+v and %+v", first, again)
	}
	v.get("/records/hazard", 200).has(t, "共1条")

	for _, c := range []struct {
		name   string
		status int
		code   string
		pairs  []string
	}{
		{"a value is missing", 422, "field.missing", []string{"key", "k2", "unit", "430626", "number", "PJ-2", "title", "x", "grade", "ordinary", "by", "xiangzhen"}},
		{"somebody else is signed in", 403, "web.another_filled_in", []string{"key", "k3", "unit", "430626", "number", "PJ-3", "title", "x", "grade", "ordinary", "found_on", "2024-01-30", "by", "pingjiang"}},
		{"the unit is another's", 403, "", []string{"key", "k4", "unit", "430602", "number", "PJ-4", "title", "x", "grade", "ordinary", "found_on", "2024-01-30", "by", "xiangzhen"}},
		{"the number is taken", 409, "book.duplicate", []string{"key", "k5", "unit", "430626", "number", "PJ-1", "title", "x", "grade", "ordinary", "found_on", "2024-01-30", "by", "xiangzhen"}},
	} {
		got := v.sends("/records/hazard/new", c.status, c.pairs...)
		if len(got.Said) == 0 || c.code != "" && (len(got.Codes) == 0 || got.Codes[0] != c.code) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := v.sends(first.To+"/edit", 409, append([]string{"version", "7"}, form[2:]...)...); len(got.Codes) != 1 || got.Codes[0] != "book.stale" {
		t.Errorf("on another version: %+v", got)
	}
	if got := s.anybody().sends("/records/hazard/new", 403, form...); len(got.Codes) != 1 || got.Codes[0] != "login.no_session" {
		t.Errorf("signed out: %+v", got)
	}
}

func TestAFormOnAnOlderVersionShowsBothSides(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	one, other := s.person("xiangzhen", "430626", access.Section), s.person("pingjiang", "430626", access.Section)
	at := "/records/hazard/" + s.hazard(1, "430626", "一处渗水").String()
	base := []string{"unit", "430626", "place", "430602", "number", "YH-00001", "grade", "major", "found_on", "2023-05-06", "version", "1"}
	other.post(at+"/edit", 303, append([]string{"key", "a", "title", "两处渗水", "criterion", "第三条", "step.0.step_on", "2024-01-20", "step.0.what", "查看"}, base...)...)
	mine := append([]string{"key", "b", "title", "三处渗水", "order_no", "示例1号", "reason", "复查", "step.0.step_on", "2024-01-21", "step.0.what", "加固"}, base...)
	page := one.post(at+"/edit", 409, mine...)
	page.has(t, "pingjiang在您填写期间改过这条记录，现在是第2版", `name="version" value="2"`, `name="theirs.title"`, `href="#theirs.title"`, `href="#theirs.step"`, "两处渗水", `value="示例1号"`, ">第三条</textarea>", `value="复查"`,
		"别人刚改过", `name="theirs.step"`, "查看", "!theirs.order_no", "!theirs.criterion", "!theirs.grade", "!请重新查看后再改")
	one.get(at, 200).has(t, "两处渗水", "!三处渗水")

	// Decided on each: the title is mine, the rows are theirs.
	decided := append([]string{"key", "b", "title", "三处渗水", "criterion", "第三条", "order_no", "示例1号", "theirs.step", "1", "step.0.step_on", "2024-01-21", "step.0.what", "加固"}, base[:len(base)-1]...)
	one.post(at+"/edit", 303, append(decided, "2")...)
	one.get(at, 200).has(t, "三处渗水", "第三条", "示例1号", "查看", "!加固")
}

func TestAPhoneInstallsThePagesAndKeepsThoseItMay(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("xiangzhen", "430626", access.Section)
	worker := v.get("/worker.js", 200)
	worker.has(t, "const version = '")
	if kind := worker.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/javascript") {
		t.Errorf("the worker is %s", kind)
	}
	var m struct {
		Name  string
		Icons []struct{ Src string }
		Share struct {
			Action, Method, Enctype string
			Params                  struct{ Files []struct{ Name string } }
		} `json:"share_target"`
	}
	if err := json.Unmarshal([]byte(v.get("/manifest.webmanifest", 200).body), &m); err != nil || !strings.Contains(m.Name, "岳阳市应急管理局") {
		t.Errorf("the manifest names %s: %v", m.Name, err)
	}
	if x := m.Share; x.Action != "/share" || x.Method != "POST" || x.Enctype != "multipart/form-data" || len(x.Params.Files) != 1 || x.Params.Files[0].Name != "pictures" {
		t.Errorf("what is shared goes to %+v", x)
	}
	s.anybody().post("/share", 503).has(t, "没有接住分享来的图片")
	for _, i := range m.Icons {
		v.get(i.Src, 200)
	}
	v.get("/today", 200).has(t, `data-login="xiangzhen"`, "/records/hazard/new", "/records/evacuation/new", "/outbox")
	s.person("shenji", "430600", access.Auditor).get("/today", 200).has(t, "/records/hazard", "!/records/hazard/new")
	s.anybody().get("/public/reports", 200).has(t, `data-keep=""`, `data-login=""`)
	s.anybody().get("/outbox", 303)
	s.anybody().get("/offline", 200).has(t, "没有留在这台设备上")
}
