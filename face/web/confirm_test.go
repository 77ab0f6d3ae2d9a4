package web_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"regexp"
	"testing"

	"anlan/public/training"
	"anlan/record/access"
	"anlan/store"
)

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// again sends the form that the page which asks for proof has kept, with what shows who it is.
func (v visitor) again(page answer, path string, want int, pairs ...string) answer {
	v.Helper()
	kept := page.between(v, `<form class="card signin" method="post" action="`+path+`"`, "</form>")
	for _, m := range hiddenField.FindAllStringSubmatch(kept, -1) {
		pairs = append(pairs, m[1], html.UnescapeString(m[2]))
	}
	return v.post(path, want, pairs...)
}

// fills posts a form of the kind that records have.
func (v visitor) fills(path string, want int, file string, pairs ...string) answer {
	v.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		must(v.T, form.WriteField(pairs[i], pairs[i+1]))
	}
	if file != "" {
		w, err := form.CreateFormFile(file, "签到表.txt")
		must(v.T, err)
		_, err = w.Write([]byte("签到"))
		must(v.T, err)
	}
	must(v.T, form.Close())
	r, err := http.NewRequestWithContext(v.Context(), "POST", v.server.URL+path, &body)
	must(v.T, err)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r, want)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestDangerousActsAskOnceMoreWhoItIs: each of them, a while after signing in, writes nothing, keeps what was filled in, and goes on when it is
// known who sits there; from then on the next asks nothing for a while.
func TestDangerousActsAskOnceMoreWhoItIs(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	admin := s.person("guanli", "430600", access.Administrator)
	other := s.person("lijun", "430600", access.Section)
	users := admin.get("/records/login_user", 200)
	made := "/records/login_user/" + regexp.MustCompile(`/records/login_user/([0-9a-f-]{36})">lijun`).FindStringSubmatch(users.body)[1]
	c := &training.Training{Number: "PX-1", Title: "示例培训", BeganOn: day(t, "2023-05-06"), Audience: "officer"}
	c.Unit = "430600"
	s.apply(create("training", c))
	for _, x := range []struct {
		path   string
		files  bool
		fields []string
		done   int
	}{
		{"/records/login_user/new", true, []string{"key", "a", "unit", "430600", "login", "wangfang", "full_name", "“王”<示例>&", "role", "section"}, 303},
		{"/records/role/new", true, []string{"key", "b", "unit", "430600", "code", "hr", "label_zh", "人事科", "label_en", "personnel", "clearance", "personal", "right.0.about", "people", "right.0.actions", "read create edit"}, 303},
		{"/records/delegation/new", true, []string{"key", "c", "unit", "430600", "delegator", "lijun", "delegate", "guanli", "from_on", "2024-01-31", "last_on", "2024-02-02", "why", "出差"}, 303},
		{"/records/webhook/new", true, []string{"key", "d", "unit", "430600", "name", "county", "url", "https://county.example.gov.cn/hook", "target", "hazard", "clearance", "internal"}, 303},
		{made + "/edit", true, []string{"key", "e", "version", "1", "reason", "人员调整", "unit", "430600", "login", "lijun", "full_name", "示例lijun", "role", "finance"}, 303},
		{made + "/step", false, []string{"key", "f", "action", "suspend", "version", "2", "reason", "离岗"}, 303},
		{"/account/tokens", false, []string{"name", "sync", "scope", "read", "days", "30"}, 200},
		{"/account/second-factor", false, []string{"", ""}, 200},
		{"/webhooks/secret", false, []string{"name", "county"}, 200},
	} {
		s.later()
		admin.get("/today", 200) // which is not dangerous
		sent := func(want int) answer {
			if x.files {
				return admin.fills(x.path, want, "", x.fields...)
			}
			return admin.post(x.path, want, x.fields...)
		}
		page := sent(403)
		page.has(t, "再次确认是您本人", "填好的内容都留着", "!动态口令程序", "!whsec_", "!anlan_Q")
		admin.again(page, x.path, 403, "confirm.password", "不是这个密码吧").has(t, "登录名或密码不对")
		got := admin.again(page, x.path, x.done, "confirm.password", password)
		if x.done == 303 && got.Header.Get("Location") == "" {
			t.Errorf("%s: went nowhere", x.path)
		}
	}
	admin.get("/records/login_user", 200).has(t, "wangfang", "“王”&lt;示例&gt;&amp;")
	admin.get(made, 200).has(t, "规划财务")
	other.get("/today", 303) // suspended

	// Who may not do it is told so, and not asked for a password in vain.
	s.person("keshi", "430600", access.Section)
	section := s.person("keshi2", "430600", access.Section)
	s.later()
	section.fills("/records/login_user/new", 403, "", "key", "z", "unit", "430600", "login", "x9", "full_name", "谁", "role", "section").has(t, "无权", "!confirm.password")

	// A form with a file cannot be kept, and is sent again from the page that it came from.
	admin.fills("/records/login_user/new", 403, "photo", "key", "y", "unit", "430600", "login", "x8", "full_name", "谁", "role", "section").has(t, "再提交一次", `action="/account/confirm"`, "!x8")

	// What was shown holds for a while, in this session only.
	second := s.anybody()
	second.post("/sign-in", 303, "name", "guanli", "password", password)
	s.later()
	admin.post("/account/confirm", 303, "confirm.password", password, "next", "/records/login_user")
	admin.post("/account/tokens", 200, "name", "again", "scope", "read", "days", "30")
	second.post("/account/tokens", 403, "name", "third", "scope", "read", "days", "30")
	if to := admin.post("/account/confirm", 303, "next", "https://elsewhere.example.com/").Header.Get("Location"); to != "/" {
		t.Errorf("goes on to %s", to)
	}
	// Whoever guesses is slowed as when signing in.
	for range 5 {
		second.post("/account/tokens", 403, "name", "third", "scope", "read", "days", "30", "confirm.password", "不是这个密码吧")
	}
	second.post("/account/tokens", 403, "name", "third", "scope", "read", "days", "30", "confirm.password", password).has(t, "失败次数太多")
	s.anybody().post("/account/tokens", 403, "name", "x", "scope", "read", "days", "30", "confirm.password", password)
}

// TestManyDangerousActsAtOnceAskOnce: users that are imported, and many that are suspended together.
func TestManyDangerousActsAtOnceAskOnce(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	admin := s.person("guanli", "430600", access.Administrator)
	s.later()
	draft := admin.begun("login_user", "users.csv", "登录名,姓名,角色,所属单位\nzhaoyi,示例甲,section,430600\nqianer,示例乙,section,430600\n")
	admin.post(draft+"/columns", 303, "row", "1", "column.0", "login", "column.1", "full_name", "column.2", "role", "column.3", "unit")
	admin.get(draft, 200).has(t, "导入 2 条", "!再次确认") // to look at what would happen is not dangerous
	page := admin.post(draft+"/write", 403)
	page.has(t, "再次确认是您本人")
	if n := s.count("login_user"); n != 1 {
		t.Errorf("%d users before anybody has shown who it is", n)
	}
	admin.again(page, draft+"/write", 303, "confirm.password", password)
	if n := s.count("login_user"); n != 3 {
		t.Errorf("%d users after the import", n)
	}
	s.later()
	list := admin.get("/records/login_user", 200)
	form := []string{"action", "suspend", "key", "k", "reason", "机构撤并"}
	for _, m := range regexp.MustCompile(`/records/login_user/([0-9a-f-]{36})">(zhaoyi|qianer)`).FindAllStringSubmatch(list.body, -1) {
		form = append(form, "record", m[1]+":1")
	}
	page = admin.post("/records/login_user/bulk", 403, form...)
	page.has(t, "再次确认是您本人", "!没有办成")
	admin.again(page, "/records/login_user/bulk", 200, "confirm.password", password).has(t, "办成2条，没有办成0条")
}
