package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"anlan/office/webhook"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

func TestATokenIsIssuedOnThePageShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("lijun", "430602", access.Section)
	v.get("/account/tokens", 200).has(t, "还没有令牌")
	s.later()
	v.post("/account/tokens", 403, "name", "sync", "scope", "read", "days", "30").has(t, "再次确认是您本人", "!anlan_", `value="sync"`)
	v.post("/account/tokens", 403, "name", "sync", "scope", "read", "days", "30", "confirm.password", "不是这个密码吧").has(t, "密码不对", "!anlan_", `value="sync"`)
	v.post("/account/tokens", 422, "name", "Sync", "scope", "read:hazrd", "days", "900", "confirm.password", password).has(t, "不能作令牌名称", "最接近的是“hazard”", "一年以内", "!anlan_")
	page := v.post("/account/tokens", 200, "name", "sync", "scope", "read:hazard", "days", "30")
	secret := "anlan_" + page.between(t, "anlan_", "<")
	if b, err := s.app.Tokens.Resume(t.Context(), secret, "10.0.0.7"); err != nil || b.Actor.Name != "lijun" || b.Scope.String() != "read:hazard" {
		t.Errorf("%+v %v", b, err)
	}
	v.get("/account/tokens", 200).has(t, "sync", "read:hazard", "10.0.0.7", "!"+secret)
	v.post("/account/tokens/revoke", 303, "name", "sync")
	v.get("/account/tokens", 200).has(t, "已撤销")
	v.post("/account/tokens/revoke", 404, "name", "sync")
	if _, err := s.app.Tokens.Resume(t.Context(), secret, ""); err == nil {
		t.Error("a revoked token still holds")
	}
	s.anybody().get("/account/tokens", 303)
}

func TestDeadLettersAreSeenAndSentAgainOnThePage(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	got := 0
	status := http.StatusGone
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { got++; w.WriteHeader(status) }))
	t.Cleanup(receiver.Close)
	h := &webhook.Hook{Name: "county", URL: receiver.URL, OwnHost: "127.0.0.1", Target: "hazard", Clearance: webhook.Internal}
	h.Unit = "430600"
	s.apply(book.Change{Kind: "webhook", Action: access.Create, Record: h})
	v := s.person("boss", "430600", access.Administrator)
	v.get("/webhooks", 200).has(t, "county", "所以不发送")
	v.post("/webhooks/secret", 200, "name", "county").has(t, "whsec_")
	v.get("/webhooks", 200).has(t, "!whsec_", "!所以不发送")
	s.hazard(1, "430602", "一")
	for range 12 {
		if _, err := s.app.Hooks.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.clock.Set(s.clock.Now().AddDate(0, 0, 2))
	}
	v = visitor{s, s.person("boss2", "430600", access.Administrator).Client} // the first session has long been over
	v.get("/webhooks", 200).has(t, "410 Gone", "全部重发")
	status = http.StatusOK
	v.post("/webhooks/resend", 303, "name", "county")
	if _, err := s.app.Hooks.Step(t.Context()); err != nil || got != 11 {
		t.Errorf("%d letters came, %v", got, err)
	}
	v.get("/webhooks", 200).has(t, "!410 Gone")
	v.post("/webhooks/resend", 404, "name", "county")
	s.person("lijun", "430602", access.Section).get("/webhooks", 403)
}

// TestNobodyNamesAFileOfTheMachineInAnAddress: what --as-of takes at the machine, a checkpoint in a file, an address does not.
func TestNobodyNamesAFileOfTheMachineInAnAddress(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("lijun", "430600", access.Section)
	for _, path := range []string{"/records/hazard?as-of=", "/figures?period=2023&as-of=", "/records/hazard/export?as-of="} {
		v.get(path+"/dev/zero", 422).has(t, "不是日志位置")
		v.get(path+"1", 200)
	}
}
