package api_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"anlan/app/scanner"
	"anlan/app/scanner/scannertest"
	"anlan/face/api"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/storetest"
)

const newHazard = `{"content": {"number": %q, "title": "疏散通道堵塞", "grade": "major", "found_on": "2023-05-06", "place": "430602", "unit": "430602", "cost": "12500.00",
	"step": [{"step_on": "2023-05-08", "what": "清理"}]}, "reason": "检查发现"}`

func both(t *testing.T, try func(*office)) {
	t.Helper()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			try(open(t, d))
		})
	}
}

func TestARecordIsEnteredReadChangedMovedAndWithdrawn(t *testing.T) {
	t.Parallel()
	both(t, func(s *office) {
		p := s.program(s.person("lijun", "430600", access.Section), "write:hazard")
		made := p.ask("POST", "/api/v1/records/hazard", fmt.Sprintf(newHazard, "YH-1"), nil, 201)
		d := made.done()
		at := "/api/v1/records/hazard/" + d.ID
		if got := made.Header.Get("Location"); got != at {
			s.Errorf("location %q, want %q", got, at)
		}
		read := p.get(at, 200).has(`"cost":"12500.00"`, `"step":[{"step_on":"2023-05-08","what":"清理"}]`, `"state":"found"`, `"version":1`, "!listed_on", "!null")
		if got := read.Header.Get("ETag"); got != `"1"` {
			s.Errorf("etag %s", got)
		}
		p.ask("PATCH", at, `{"content": {"title": "改"}}`, nil, 428).has("api.no_match")
		p.ask("PATCH", at, `{"content": {"cost": null, "title": "安全出口锁闭"}}`, headers{"If-Match", `"1"`}, 200).has(`"version":2`)
		p.get(at, 200).has("安全出口锁闭", "!12500", "清理")
		p.ask("PATCH", at, `{"content": {"title": "晚了"}}`, headers{"If-Match", `"1"`}, 412).has("book.stale", `"zh"`, `"en"`)
		p.ask("POST", at+"/steps/list", `{"content": {"listed_on": "2023-05-20", "listed_by": "city", "order_no": "岳安督〔2023〕1号", "rectify_by_on": "2023-08-01"}}`, headers{"If-Match", `"2"`}, 200).has(`"version":3`)
		p.get(at, 200).has(`"state":"listed"`, `"due_on":"2023-08-01"`)
		p.ask("POST", at+"/steps/lst", `{}`, headers{"If-Match", `"3"`}, 404).has("api.no_step", "list")
		p.ask("DELETE", at, `{}`, headers{"If-Match", `"3"`}, 422).has("record.no_reason")
		p.ask("DELETE", at, `{"reason": "重复登记"}`, headers{"If-Match", `"3"`}, 200)
		p.get("/api/v1/records/hazard", 200).has(`"items":[]`)
		p.get("/api/v1/records/hazard?withdrawn=true", 200).has(`"state":"withdrawn"`)
		p.get(at+"/history", 200).has(`"action":"list"`, `"via":"api:p`, `"actor":"lijun"`, "重复登记", "检查发现")
		p.get(at+"?as_of="+fmt.Sprint(d.Position), 200).has(`"cost":"12500.00"`, `"version":1`)
	})
}

func TestEveryFaultIsAnsweredAtOnceWithItsPlace(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	p := s.program(s.person("lijun", "430600", access.Section), "write")
	for _, c := range []struct {
		name, body string
		status     int
		want       []string
	}{
		{"several", `{"content": {"number": "YH-1", "grade": "huge", "found_on": "2023-02-30", "cost": 3, "titel": "x"}}`, 422,
			[]string{`"pointer":"/content/grade"`, `"pointer":"/content/found_on"`, `"pointer":"/content/cost"`, `"pointer":"/content/titel"`, "最接近的是“title”", "content.form", `{"code":"field.missing","pointer":"/content/title"`}},
		{"missing", `{"content": {"number": "YH-1"}}`, 422, []string{`"pointer":"/content/title"`, `"pointer":"/content/grade"`, "field.missing"}},
		{"in a row", `{"content": {"number": "YH-1", "title": "x", "grade": "major", "found_on": "2023-05-06", "step": [{"step_on": "2023-05-08", "what": "清理"}, {"step_on": "no", "wat": "x"}]}}`, 422,
			[]string{`"pointer":"/content/step/1/step_on"`, `"pointer":"/content/step/1/wat"`}},
		{"in a row, by a rule", `{"content": {"number": "YH-1", "title": "x", "grade": "major", "found_on": "2023-05-06", "step": [{"step_on": "2099-05-08"}]}}`, 422,
			[]string{`"pointer":"/content/step/0/step_on"`, `"pointer":"/content/step/0/what"`}},
		{"no JSON", `{"content": `, 400, []string{"content.not_json"}},
		{"twice", `{"content": {}, "content": {}}`, 400, []string{"content.twice"}},
		{"another member", `{"contents": {}}`, 422, []string{`"pointer":"/contents"`, "content"}},
		{"another unit", `{"content": {"unit": "999999", "number": "YH-1", "title": "x", "grade": "major", "found_on": "2023-05-06"}}`, 422, []string{`"pointer":"/content/unit"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := p.ask("POST", "/api/v1/records/hazard", c.body, nil, c.status).has(c.want...)
			if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("content type %q", got)
			}
		})
	}
	p.ask("POST", "/api/v1/records/hazard", `number=1`, headers{"Content-Type", "application/x-www-form-urlencoded"}, 415).has("api.not_json")
	p.ask("POST", "/api/v1/records/hazard", `{"reason": "`+strings.Repeat("x", 2<<20)+`"}`, nil, 413).has("api.too_much")
	p.get("/api/v1/records/hazrd", 404).has("book.no_kind", "hazard")
	p.get("/api/v1/records/hazard?wher=x", 422).has("api.no_parameter", "where")
	p.get("/api/v1/records/hazard?where=grade+~+x", 422).has("book.bad_filter")
	p.get("/api/v1/records/hazard?fields=titel", 422).has("content.no_member", "title")
	p.get("/api/v1/records/hazard?as_of=/etc/passwd", 422).has("app.bad_position")
	p.get("/api/v1/nothing", 404).has("api.no_address")
	if got := p.ask("PUT", "/api/v1/records/hazard", `{}`, nil, 405).Header.Get("Allow"); got != "GET, POST" {
		t.Errorf("allow: %q", got)
	}
	if got := p.ask("GET", "/api/v1/records/hazrd", "", headers{"Accept-Language", "en-US,en"}, 404).has(`"title":"not found"`); got.Header.Get("Content-Language") != "en" {
		t.Errorf("language %q", got.Header.Get("Content-Language"))
	}
}

func TestTheSameKeyIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	both(t, func(s *office) {
		p := s.program(s.person("lijun", "430600", access.Section), "write")
		key := headers{"Idempotency-Key", "3f1b"}
		a := p.ask("POST", "/api/v1/records/hazard", fmt.Sprintf(newHazard, "YH-1"), key, 201).done()
		b := p.ask("POST", "/api/v1/records/hazard", fmt.Sprintf(newHazard, "YH-1"), key, 201).done()
		if a.ID != b.ID || a.Same || !b.Same {
			s.Errorf("%+v then %+v", a, b)
		}
		p.ask("POST", "/api/v1/records/hazard", fmt.Sprintf(newHazard, "YH-2"), key, 409).has("book.key_reused")
		at := "/api/v1/records/hazard/" + a.ID
		change := headers{"Idempotency-Key", "77", "If-Match", `"1"`}
		p.ask("PATCH", at, `{"content": {"title": "一"}}`, change, 200).has(`"version":2`)
		p.ask("PATCH", at, `{"content": {"cost": "1.00"}}`, headers{"If-Match", `"2"`}, 200).has(`"version":3`)
		p.ask("PATCH", at, `{"content": {"title": "一"}}`, change, 200).has(`"version":2`, `"same":true`)
		p.get(at, 200).has(`"version":3`)
	})
}

func TestManyAreEnteredEachForItself(t *testing.T) {
	t.Parallel()
	both(t, func(s *office) {
		s.hazard(7, "430602", "已有")
		p := s.program(s.person("lijun", "430600", access.Section), "write")
		item := func(number, grade string) string {
			return fmt.Sprintf(`{"content": {"number": %q, "title": "x", "grade": %q, "found_on": "2023-05-06", "unit": "430602"}}`, number, grade)
		}
		body := `{"items": [` + strings.Join([]string{item("YH-1", "major"), item("YH-2", "huge"), item("YH-00007", "major"), item("YH-3", "major"), item("YH-1", "major"), `{"contents": {}}`, item("YH-4", "major")}, ",") + `]}`
		var out struct {
			Items []struct {
				Status  int
				Done    *done
				Problem *struct {
					Errors []struct{ Code, Pointer string }
				}
			}
		}
		key := headers{"Idempotency-Key", "bulk"}
		p.ask("POST", "/api/v1/records/hazard/bulk", body, key, 200).into(&out)
		var got []string
		for _, x := range out.Items {
			line := fmt.Sprint(x.Status)
			if x.Problem != nil {
				line += " " + x.Problem.Errors[0].Code + " " + x.Problem.Errors[0].Pointer
			}
			got = append(got, line)
		}
		want := "201|422 field.unknown_code /items/1/content/grade|409 book.duplicate /items/2|201|409 book.duplicate /items/4|422 content.no_member /items/5/contents|201"
		if strings.Join(got, "|") != want {
			s.Errorf("got\n%s\nwant\n%s", strings.Join(got, "|"), want)
		}
		if a, b := out.Items[0].Done.Position, out.Items[3].Done.Position; a >= b {
			s.Errorf("the order was lost: %d then %d", a, b)
		}
		p.ask("POST", "/api/v1/records/hazard/bulk", body, key, 200).has(`"same":true`)
		p.get("/api/v1/records/hazard?count=true", 200).has(`"count":4`)
	})
}

func TestAListIsPagedFilteredAndThinned(t *testing.T) {
	t.Parallel()
	both(t, func(s *office) {
		for n := range 7 {
			s.hazard(n+1, "430602", fmt.Sprintf("隐患%d", n%3))
		}
		p := s.program(s.person("lijun", "430600", access.Section), "read")
		seen := 0
		for path := "/api/v1/records/hazard?sort=title&down=true&limit=3&fields=title"; path != ""; {
			var page struct {
				Items []struct{ Content map[string]any }
				Next  string
			}
			a := p.get(path, 200)
			a.into(&page)
			for _, x := range page.Items {
				if len(x.Content) != 1 {
					s.Errorf("more than was asked for: %v", x.Content)
				}
			}
			seen += len(page.Items)
			path = ""
			if link := a.Header.Get("Link"); link != "" {
				path, _, _ = strings.Cut(strings.TrimPrefix(link, "<"), ">")
			}
		}
		if seen != 7 {
			s.Errorf("%d in all pages, want 7", seen)
		}
		p.get("/api/v1/records/hazard?where=title+%3D+隐患1&count=true&limit=1", 200).has(`"count":2`, `"next"`)
		p.get("/api/v1/records/hazard?key=YH-00003", 200).has("YH-00003", "!YH-00004")
		p.get("/api/v1/records/hazard?key=YH-99", 200).has(`"items":[]`)
		p.get("/api/v1/records/hazard?sort=title&after=1.i5", 422).has("book.bad_place")
	})
}

func TestATokenIsNoMoreThanItsUserAndItsScope(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	mine, theirs := s.hazard(1, "430602", "本区"), s.hazard(2, "430621", "外县")
	user := s.person("lijun", "430602", access.Section)
	p := s.program(user, "write:safety")
	p.get("/api/v1/records/hazard", 200).has("本区", "!外县")
	p.get("/api/v1/records/hazard/"+theirs.String(), 404)
	p.ask("PATCH", "/api/v1/records/hazard/"+theirs.String(), `{"content": {"title": "x"}}`, headers{"If-Match", `"1"`}, 404)
	p.get("/api/v1/records/voucher", 403).has("api.out_of_scope", "write:safety")
	p.get("/api/v1/figures?period=2023", 403)
	p.get("/api/v1/journal/checkpoint", 403)
	p.get("/api/v1/kinds", 200).has(`"code":"accident"`, "!voucher")
	reads := s.program(user, "read")
	reads.ask("PATCH", "/api/v1/records/hazard/"+mine.String(), `{"content": {"title": "x"}}`, headers{"If-Match", `"1"`}, 403).has("api.out_of_scope")
	leads := s.program(s.person("leader", "430602", access.Leader), "write")
	leads.ask("PATCH", "/api/v1/records/hazard/"+mine.String(), `{"content": {"title": "x"}}`, headers{"If-Match", `"1"`}, 403).has("access.may_not")
	leads.ask("POST", "/api/v1/records/import_run", `{"content": {}}`, nil, 403)

	nobody := program{s, ""}
	a := nobody.get("/api/v1/records/hazard", 401).has("token.none")
	if a.Header.Get("WWW-Authenticate") == "" {
		t.Error("no challenge")
	}
	program{s, p.token + "x"}.get("/api/v1/records/hazard", 401)
	list, err := s.app.Tokens.List(s.Context(), s.admin, user)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		if err := s.app.Tokens.Revoke(s.Context(), s.admin, user, x.Name); err != nil {
			t.Fatal(err)
		}
	}
	p.get("/api/v1/records/hazard", 401).has("token.over")
	s.clock.Set(start.AddDate(0, 7, 0))
	leads.get("/api/v1/records/hazard", 401).has("token.over")
	for _, secret := range []string{p.token, leads.token, strings.TrimPrefix(p.token, "anlan_")} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("a secret stands in the log")
		}
	}
}

func TestATokenMayAskSoOften(t *testing.T) {
	t.Parallel()
	s := openWith(t, store.SQLite, api.Options{PerSecond: 2})
	s.clock.Set(start)
	p := s.program(s.person("lijun", "430600", access.Section), "read")
	for range 4 {
		if got := p.get("/api/v1/kinds", 200).Header.Get("RateLimit"); !strings.HasPrefix(got, `"token";r=`) {
			t.Errorf("RateLimit %q", got)
		}
	}
	a := p.get("/api/v1/kinds", 429).has("api.too_fast")
	if a.Header.Get("Retry-After") != "1" || a.Header.Get("RateLimit-Policy") != `"token";q=4;w=2` {
		t.Errorf("headers %v", a.Header)
	}
	s.clock.Set(start.AddDate(0, 0, 1))
	p.get("/api/v1/kinds", 200)
}

func TestAFileIsPutOnARecordAndGotBack(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	id := s.hazard(1, "430602", "x")
	p := s.program(s.person("lijun", "430600", access.Section), "write")
	at := "/api/v1/records/hazard/" + id.String()
	p.ask("POST", at+"/files/attachment?name=%E7%85%A7%E7%89%87.txt", "照片的内容", headers{"If-Match", `"1"`, "Content-Type", "application/octet-stream"}, 201).has(`"version":2`)
	var got struct {
		Content struct {
			Attachment []struct{ Name, SHA256 string }
		}
	}
	p.get(at, 200).into(&got)
	file := got.Content.Attachment[0]
	a := p.get(at+"/files/attachment/"+file.SHA256, 200).has("照片的内容")
	if file.Name != "照片.txt" || a.Header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("%+v %v", file, a.Header)
	}
	p.get(at+"/files/attachment/"+strings.Repeat("0", 64), 404).has("api.no_file")
	p.get(at+"/files/atachment/"+file.SHA256, 422).has("attachment")
	other := s.hazard(2, "430602", "y")
	p.ask("PATCH", "/api/v1/records/hazard/"+other.String(), `{"content": {"attachment": [{"sha256": "`+file.SHA256+`"}]}}`, headers{"If-Match", `"1"`}, 422).has("content.other_file")
	p.ask("PATCH", at, `{"content": {"attachment": []}}`, headers{"If-Match", `"2"`}, 200)
	p.get(at, 200).has("!attachment")
}

// TestAVirusDoesNotComeInByTheAPI: a real clamd looks at a file before it is kept.
func TestAVirusDoesNotComeInByTheAPI(t *testing.T) {
	t.Parallel()
	address, stop := scannertest.Clamd(t)
	looks, err := scanner.At(address, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s := openWith(t, store.SQLite, api.Options{Scanner: looks})
	p := s.program(s.person("lijun", "430600", access.Section), "write")
	at := "/api/v1/records/hazard/" + s.hazard(1, "430602", "x").String()
	sent := headers{"If-Match", `"1"`, "Content-Type", "application/octet-stream"}
	p.ask("POST", at+"/files/attachment?name=a.txt", scannertest.Virus, sent, 422).has("scanner.found", scannertest.Name)
	p.ask("POST", at+"/files/attachment?name=a.txt", "照片的内容", sent, 201)
	stop()
	p.ask("POST", at+"/files/attachment?name=b.txt", "照片的内容", headers{"If-Match", `"2"`, "Content-Type", "application/octet-stream"}, 503).has("scanner.away")
	if err := s.app.Blobs.Each(t.Context(), func(r blob.Ref) error {
		if r.Size != int64(len("照片的内容")) {
			t.Errorf("%d bytes are kept", r.Size)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
