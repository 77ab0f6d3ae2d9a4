package web_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"anlan/app"
	"anlan/face/web"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/storetest"
)

func TestTheDayOfASectionOfficer(t *testing.T) {
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t, d)
			v := s.person("lijun", "430600", access.Section)
			form := v.get("/records/hazard/new", 200)
			form.has(t, "隐患编号", "必填", `name="unit" value="430600"`)
			key := form.between(t, `name="key" value="`, `"`)

			// What is wrong stands at its field, what was typed is kept, and nothing is written.
			wrong := v.post("/records/hazard/new", 422, "key", key, "unit", "430600", "number", "YH-1", "title", "配电箱没有接地", "found_on", "明天", "grade", "major")
			wrong.has(t, "配电箱没有接地", "明天", `aria-invalid="true"`)
			v.get("/records/hazard", 200).has(t, "共0条", "!YH-1")

			made := v.post("/records/hazard/new", 303, "key", key, "unit", "430600", "number", "YH-1", "title", "配电箱没有接地", "found_on", "2024-01-30", "grade", "major")
			at := made.Header.Get("Location")
			again := v.post("/records/hazard/new", 303, "key", key, "unit", "430600", "number", "YH-1", "title", "配电箱没有接地", "found_on", "2024-01-30", "grade", "major")
			if again.Header.Get("Location") != at {
				t.Errorf("sent twice, it went to %s and to %s", at, again.Header.Get("Location"))
			}
			v.get("/records/hazard", 200).has(t, "共1条", "YH-1", "配电箱没有接地")
			v.get("/records/hazard?where=title+has+接地", 200).has(t, "YH-1", "隐患描述")
			v.get("/records/hazard?where=title+has+接水", 200).has(t, "!YH-1", "没有符合筛选条件的记录")
			v.get("/records/hazard?where=nonsense+%3D+1", 422).has(t, "nonsense")

			page := v.get(at, 200)
			page.has(t, "作废", "第1版 登记", "lijun（web）")
			step := page.between(t, `name="action" value="list"`, "</form>")
			if !strings.Contains(step, `name="version" value="1"`) {
				t.Errorf("the step does not say which version was seen: %s", step)
			}
			v.post(at+"/step", 303, "action", "list", "version", "1", "key", "once")
			v.get(at, 200).has(t, "第2版 挂牌", "期限")
			v.post(at+"/step", 409, "action", "list", "version", "1", "key", "twice").has(t, "没有写入")

			edited := v.get(at+"/edit", 200)
			edited.has(t, `name="version" value="2"`)
			v.post(at+"/edit", 303, "key", "edit", "version", "2", "unit", "430600", "number", "YH-1", "title", "配电箱没有接地线", "found_on", "2024-01-30", "grade", "major", "listed_on", "2024-01-31", "reason", "写清楚些")
			v.get(at, 200).has(t, "<del>配电箱没有接地</del>", "<ins>配电箱没有接地线</ins>", "写清楚些")
			v.get(at+"?as-of=1", 404)
		})
	}
}

func TestWhoMayNotSeesAndChangesNothing(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	mine, theirs := s.hazard(1, "430602", "示例楼区隐患"), s.hazard(2, "430621", "示例县隐患")
	county := s.person("louqu", "430602", access.Section)
	auditor := s.person("shenji", "430600", access.Auditor)
	nobody := s.anybody()

	county.get("/records/hazard", 200).has(t, "YH-00001", "!YH-00002", "共1条")
	county.get("/records/hazard/"+mine.String(), 200)
	county.get("/records/hazard/"+theirs.String(), 404).has(t, "!示例县隐患")
	county.get("/records/hazard/"+theirs.String()+"/edit", 404).has(t, "!示例县隐患")
	county.post("/records/hazard/"+theirs.String()+"/step", 404, "action", "list", "version", "1", "key", "a").has(t, "!示例县隐患")
	county.get("/figures?period=2023&unit=430621", 403)
	county.post("/records/hazard/new", 403, "key", "b", "unit", "430621", "number", "YH-9", "title", "越界", "found_on", "2023-01-30", "grade", "major")

	auditor.get("/records/hazard", 200).has(t, "YH-00001", "YH-00002", "!登记</a>")
	auditor.get("/records/hazard/new", 403)
	auditor.get("/records/hazard/"+mine.String(), 200).has(t, "!/edit", "!name=\"action\"")
	auditor.post("/records/hazard/"+mine.String()+"/step", 403, "action", "list", "version", "1", "key", "c")

	for _, path := range []string{"/today", "/records/hazard", "/records/hazard/" + mine.String(), "/figures", "/account", "/findings", "/wings/safety", "/choose/unit"} {
		if to := nobody.get(path, 303).Header.Get("Location"); !strings.HasPrefix(to, "/sign-in?next=") {
			t.Errorf("%s leads a stranger to %s", path, to)
		}
	}
	nobody.post("/records/hazard/new", 403)
	nobody.get("/records/nonsense", 303)
	county.get("/records/nonsense", 404)
	county.get("/records/login_user", 403).has(t, "!shenji")
}

func TestPersonsThatAreOfferedInAFormWereReadAndTheJournalSaysSo(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	v := s.person("renshi", "430600", access.Section)
	entries := func() int64 {
		h, err := s.app.Book.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return int64(h.Size)
	}
	before := entries()
	v.get("/choose/unit?q=4306", 200)
	if n := entries(); n != before {
		t.Errorf("looking for a unit made %d entries", n-before)
	}
	v.get("/choose/unit?q=yyl", 200).has(t, "岳阳楼区", "· yyl")
	v.get("/choose/place?q=pingjiang", 200).has(t, "430626", "!430602")
	v.get("/choose/unit?q=zzzz", 200).has(t, "!option")
	v.get("/choose/staff?q=RY", 200).has(t, "RY-0001")
	if n := entries(); n != before+1 {
		t.Errorf("looking for a person made %d entries, want 1", n-before)
	}
}

func TestAFigureOpensDownToItsRecords(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	v := s.person("caiwu", "430600", access.Section)
	v.get("/figures?period=2023", 200).has(t, "/figures/work_safety.deaths?", "1人")
	f := v.get("/figures/work_safety.deaths?period=2023", 200)
	f.has(t, "1人", "死亡人数", "/figures/work_safety.deaths/records?", "anlan indicator work_safety.deaths --period 2023")
	v.get("/figures/work_safety.deaths/records?period=2023", 200).has(t, "SG-00001", "+1")
	v.get("/figures/work_safety.deaths?period=2019", 200).has(t, "无记录")
	v.get("/figures/work_safety.deaths?period=2099", 422)
	v.get("/figures/work_safety.deaths?period=abc", 422)
	v.get("/figures/no.such?period=2023", 404)
}

func TestThePublicReadsWhatWasPublishedAsItWas(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	year := period.Year(2023)
	out := filepath.Join(t.TempDir(), "report")
	made, err := s.app.Report(t.Context(), s.admin, app.ReportRequest{Period: year, Dir: out, Template: "spine"})
	if err != nil {
		t.Fatal(err)
	}
	v := s.anybody()
	list := v.get("/public/reports", 200)
	list.has(t, made.Document.OneLineTitle(), "2023年")
	at := "/public/reports/" + list.between(t, `href="/public/reports/`, `"`)
	page := v.get(at, 200)
	page.has(t, "读报告", "report.docx", "figures.json", "怎样核验")
	body := v.get(at+"/files/report.html", 200)
	if policy := body.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'sha256-") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy of a published page: %s", policy)
	}
	figure := v.get(at+"/figures/"+page.between(t, at+"/figures/", `"`), 200)
	figure.has(t, "在账册上重新计算", "anlan verify", "!现在的数")
	archive := v.get(at+"/files/all.zip", 200)
	for _, name := range []string{"report.docx", "figures.json", "checkpoint", "proof.json", "key.pub"} {
		archive.has(t, name)
	}
	v.get(at+"/files/nonsense", 404)
	v.get(at+"/files/..%2f..%2fkey", 404)
	v.get("/public/reports/1", 404)
	v.get("/public/reports/x", 404)
	v.get("/records/publication", 303)
}

func TestSigningInIsAskedForAndKept(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.person("wangli", "430600", access.Section)
	v := s.anybody()
	v.post("/sign-in", 403, "name", "wangli", "password", "wrong", "next", "/figures").has(t, "登录名或密码不对", `value="/figures"`)
	to := v.post("/sign-in", 303, "name", "wangli", "password", password, "next", "//evil.example/x").Header.Get("Location")
	if to != "/today" {
		t.Errorf("a link to elsewhere led to %s", to)
	}
	c := v.get("/today", 200)
	c.has(t, "示例wangli", "业务科室")
	for k, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"} {
		if got := c.Header.Get(k); got != want {
			t.Errorf("%s: %q, want %q", k, got, want)
		}
	}
	if p := c.Header.Get("Content-Security-Policy"); strings.Contains(p, "unsafe") || !strings.Contains(p, "default-src 'none'") {
		t.Errorf("policy: %s", p)
	}
	v.post("/language", 303, "lang", "en", "back", "/today")
	v.get("/today", 200).has(t, "Sign out", "Overdue", "!已逾期")
	v.post("/sign-out", 303)
	v.get("/today", 303)
}

func TestARequestFromAnotherSiteIsNotCarriedOut(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("wangli", "430600", access.Section)
	r, err := http.NewRequestWithContext(t.Context(), "POST", s.server.URL+"/sign-out", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	v.do(r, 403).has(t, "来自别的网站")
	v.get("/today", 200)
}

func TestEveryTextOfARecordIsTextOnThePage(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	id := s.hazard(1, "430600", `<script>alert(1)</script>"'>&`)
	v := s.person("wangli", "430600", access.Section)
	for _, path := range []string{"/records/hazard", "/records/hazard/" + id.String(), "/records/hazard/" + id.String() + "/edit", "/today"} {
		v.get(path, 200).has(t, "!<script>alert")
	}
	v.get("/records/hazard?where=title+has+%3Cscript%3Ealert", 200).has(t, "!<script>alert")
}

func TestAPasswordThatSomebodyElseSetIsChangedFirst(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	u := &login.User{Login: "xinren", Name: "示例新人", Role: login.Role(access.Section.Code)}
	u.Unit = "430600"
	first, err := s.app.Users.SetPassword(t.Context(), s.admin, s.apply(create("login_user", u))[0].ID, "")
	if err != nil {
		t.Fatal(err)
	}
	v := s.anybody()
	if to := v.post("/sign-in", 303, "name", "xinren", "password", first).Header.Get("Location"); to != "/account/password" {
		t.Fatalf("led to %s", to)
	}
	for _, path := range []string{"/today", "/records/hazard", "/account"} {
		if to := v.get(path, 303).Header.Get("Location"); to != "/account/password" {
			t.Errorf("%s led to %s", path, to)
		}
	}
	v.post("/account/password", 422, "old", first, "new", password, "again", "别的").has(t, "不一样")
	v.post("/account/password", 303, "old", first, "new", password, "again", password)
	v.get("/today", 200)
}

func TestAnOriginIsTheAddressOfASite(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	for origin, ok := range map[string]bool{"https://anlan.example.gov.cn": true, "anlan.example": false, "https://a.example/path": false, "ftp://a.example": false} {
		pages, err := web.New(t.Context(), s.app, s.app.Users, web.Options{Origin: origin})
		if err == nil {
			pages.Close()
		}
		if (err == nil) != ok {
			t.Errorf("origin %q: %v", origin, err)
		}
	}
}
