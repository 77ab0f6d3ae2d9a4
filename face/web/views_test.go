package web_test

import (
	"net/url"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

func TestAViewIsKeptSharedRenamedAndLetGoByItsOwner(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.hazard(1, "430602", "甲")
	v := s.person("officer", "430602", access.Section)
	form := []string{"where", "grade = major", "columns", "number,title", "sort", "found_on", "down", "1"}
	v.get("/records/hazard", 200).has(t, `action="/records/hazard/views"`, `!class="tabs"`)
	v.post("/records/hazard/views", 303, append(form, "name", "重大，新的在前")...)
	at := "/records/hazard?" + url.Values{"where": {"grade = major"}, "columns": {"number,title"}, "sort": {"found_on"}, "down": {"1"}}.Encode()
	page := v.get(at, 200)
	page.has(t, `aria-current="page" title="">重大，新的在前`)
	id := page.between(t, `action="/views/`, `"`)

	// Nobody else sees it until it is shared; then the unit does, and another county does not. Nobody else changes it.
	colleague, elsewhere, township := s.person("colleague", "430602", access.Section), s.person("elsewhere", "430621", access.Section), s.person("bureau", "430600", access.Section)
	colleague.get("/records/hazard", 200).has(t, "!重大，新的在前")
	v.post("/views/"+id, 303, "name", "重大隐患", "shared", "1")
	v.get("/records/hazard", 200).has(t, ">重大隐患<", "!新的在前")
	colleague.get("/records/hazard", 200).has(t, ">重大隐患<", "officer共享", `!action="/views/`)
	elsewhere.get("/records/hazard", 200).has(t, "!重大隐患<")
	township.get("/records/hazard", 200).has(t, "!officer共享")
	colleague.post("/views/"+id, 404, "name", "我的")
	colleague.get("/records/saved_view", 403)
	colleague.get("/records/saved_view/"+id, 403)

	// Saved under a name that stands, it is that view from now on.
	v.post("/records/hazard/views", 303, "where", "grade = ordinary", "name", "重大隐患")
	if n := s.count("saved_view"); n != 1 {
		t.Errorf("%d views", n)
	}
	v.post("/records/hazard/views", 422, "where", "nonsense", "name", "坏的")
	v.post("/records/hazard/views", 422, "where", "grade = ordinary", "name", strings.Repeat("长", 31))
	s.person("auditor", "430600", access.Auditor).post("/records/hazard/views", 403, "name", "审计")
	v.post("/views/"+id, 303, "drop", "1")
	v.get("/records/hazard", 200).has(t, `!class="tabs"`)
}

func TestACommentStandsWithItsRecordAndReachesWhomItMentions(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	at := "/records/hazard/" + s.hazard(1, "430602", "配电箱没有接地").String()
	v, other, elsewhere := s.person("officer", "430602", access.Section), s.person("wangwei", "430602", access.Township), s.person("elsewhere", "430621", access.Section)
	key := v.get(at, 200).between(t, `name="key" value="`, `"`)
	for range 2 { // sent twice it is said once
		v.post(at+"/comments", 303, "key", key, "says", "@wangwei 请核对排查日期\n<b>急</b>")
	}
	page := v.get(at, 200)
	page.has(t, "请核对排查日期", "&lt;b&gt;急", "改这条评论", "!第2版")
	if n := s.count("comment"); n != 1 {
		t.Errorf("%d comments", n)
	}
	said := page.between(t, `action="/comments/`, `"`)
	v.post(at+"/comments", 422, "key", "k2", "says", "@nobody.here 在吗").has(t, "nobody.here", "没有登录名为", "在吗</textarea>")
	v.post(at+"/comments", 422, "key", "k3", "says", "  ")
	v.get("/today", 200).has(t, "!提到您的")
	other.get("/today", 200).has(t, "提到您的", "请核对排查日期", at)
	elsewhere.get("/today", 200).has(t, "!提到您的")
	elsewhere.post(at+"/comments", 404, "key", "k", "says", "x")
	elsewhere.post("/comments/"+said, 404, "says", "x")

	// One's own is changed until somebody else has answered; whoever is mentioned has then answered.
	v.post("/comments/"+said, 303, "says", "@wangwei 请核对销号日期")
	v.get(at, 200).has(t, "请核对销号日期", "!请核对排查日期", "改过")
	other.post("/comments/"+said, 403, "says", "不是我写的")
	other.post(at+"/comments", 303, "key", "k4", "says", "已核对")
	other.get("/today", 200).has(t, "!提到您的")
	v.get(at, 200).has(t, "已核对", "!改这条评论")
	v.post("/comments/"+said, 409, "says", "另一句话").has(t, "wangwei已经在后面评论过")
	v.get("/records/comment", 403)
	s.person("auditor", "430600", access.Auditor).get(at, 200).has(t, "已核对", "!写一条评论")
}
