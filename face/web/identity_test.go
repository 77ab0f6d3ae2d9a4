package web_test

import (
	"errors"
	"net/http"
	"testing"

	"anlan/face/web"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/store"
)

// TestAProviderThatIsAwayKeepsNobodyOut: the pages are served without it and say so, and other ways to sign in go on. A real provider is tried in
// journey/browser.
func TestAProviderThatIsAwayKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	s := openWith(t, store.SQLite, web.Options{Origin: here, Identity: login.Identity{Issuer: "http://127.0.0.1:1", Client: "anlan", Name: "省统一身份"}})
	stranger := s.anybody()
	stranger.get("/sign-in", 200).has(t, "用省统一身份登录")
	stranger.post("/sign-in/identity", 503, "next", "/today").has(t, "省统一身份现在连不上")
	stranger.get("/sign-in/identity/back?code=x&state=y", 403).has(t, "已经用过一次", "登录名")
	stranger.get("/sign-in/identity/out", 303)
	v := s.person("lijun", "430600", access.Section)
	v.get("/account", 200).has(t, "关联我的身份")
	v.post("/account/identity", 503)
	v.post("/account/identity/drop", 404).has(t, "没有关联省统一身份的身份")
	s.later()
	v.post("/account/identity", 403).has(t, "再次确认是您本人", "!到省统一身份确认")
	u, err := s.app.Users.Find(t.Context(), s.admin, "lijun")
	must(t, err)
	s.person("guanli", "430600", access.Administrator).post("/users/"+u.ID.String()+"/identity/drop", 404)
	s.person("keshi", "430600", access.Section).post("/users/"+u.ID.String()+"/identity/drop", 403)

	// Nobody is sent away by another site's form.
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.server.URL+"/account/identity", nil)
	must(t, err)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	v.do(r, 403).has(t, "来自别的网站")

	for _, c := range []struct {
		o    web.Options
		want error
	}{
		{web.Options{Identity: login.Identity{Issuer: "https://sso.example.gov.cn", Client: "anlan"}}, web.ErrProviderWithoutOrigin},
		{web.Options{Origin: here, Identity: login.Identity{Issuer: "http://sso.example.gov.cn", Client: "anlan"}}, login.ErrBadIssuer},
	} {
		if _, err := web.New(t.Context(), s.app, s.app.Users, c.o); !errors.Is(err, c.want) {
			t.Errorf("got %v, want %v", err, c.want)
		}
	}
}
