package web_test

import (
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"testing"

	"anlan/face/web"
	"anlan/ground/ident"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/store"

	"github.com/descope/virtualwebauthn"
)

const here = "http://localhost:8630"

// device makes a passkey and shows it.
type device struct {
	*testing.T
	on  virtualwebauthn.Authenticator
	key virtualwebauthn.Credential
	rp  virtualwebauthn.RelyingParty
}

// newKey is a key as devices make it. The library writes a coordinate that begins with a zero byte one byte short, which is no key: then another.
func newKey() virtualwebauthn.Credential {
	const whole = 77 // bytes of a COSE key of P-256
	for {
		if key := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2); len(key.Key.AttestationData()) == whole {
			return key
		}
	}
}

func newDevice(t *testing.T, user ident.ID) *device {
	return &device{t, virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: user[:]}),
		newKey(), virtualwebauthn.RelyingParty{ID: "localhost", Origin: here}}
}

// asked is what a page asks the device by its script.
func asked(t *testing.T, page answer) (options, sealed string) {
	t.Helper()
	return html.UnescapeString(page.between(t, `data-options="`, `"`)), page.between(t, `sealed" value="`, `"`)
}

func (d *device) makes(options string) string {
	d.Helper()
	o, err := virtualwebauthn.ParseAttestationOptions(options)
	must(d.T, err)
	return virtualwebauthn.CreateAttestationResponse(d.rp, d.on, d.key, *o)
}

func (d *device) shows(options string) string {
	d.Helper()
	o, err := virtualwebauthn.ParseAssertionOptions(options)
	must(d.T, err)
	d.key.Counter++
	return virtualwebauthn.CreateAssertionResponse(d.rp, d.on, d.key, *o)
}

// showsAlone is the answer to the page to sign in, which asks by its script.
func (d *device) showsAlone(v visitor) (sealed, answer string) {
	d.Helper()
	var x struct {
		Options json.RawMessage
		Sealed  string
	}
	must(d.T, json.Unmarshal([]byte(v.get("/sign-in/passkey", 200).body), &x))
	return x.Sealed, d.shows(string(x.Options))
}

// TestAPasskeyOnThePages: made, named, used alone, after the password and to show who it is, and taken away.
func TestAPasskeyOnThePages(t *testing.T) {
	t.Parallel()
	s := openWith(t, store.SQLite, web.Options{Origin: here})
	v := s.person("lijun", "430600", access.Section)
	u, err := s.app.Users.Find(t.Context(), s.admin, "lijun")
	must(t, err)
	d := newDevice(t, u.ID)

	v.get("/account", 200).has(t, "添加通行密钥", "没有。有了它", "!passkey.js")
	s.later()
	page := v.post("/account/passkeys", 403, "name", "办公室电脑")
	page = v.again(page, "/account/passkeys", 200, "confirm.password", password)
	page.has(t, "在设备上建立", "passkey.js", `data-passkey="create"`)
	options, sealed := asked(t, page)
	page = v.post("/account/passkeys/new", 200, "name", "办公室电脑", "sealed", sealed, "answer", d.makes(options))
	recovery := page.between(t, `<ul class="codes"><li><code>`, "<")
	page.has(t, `value="办公室电脑"`)
	v.post("/account/passkeys/new", 403, "name", "又来", "sealed", sealed, "answer", d.makes(options)).has(t, "已经用过一次")

	// Alone.
	alone := s.anybody()
	alone.get("/sign-in", 200).has(t, "用通行密钥登录", "passkey.js", `data-ask="/sign-in/passkey"`)
	sealed, answer := d.showsAlone(alone)
	if to := alone.post("/sign-in/passkey", 303, "sealed", sealed, "answer", answer, "next", "/records/hazard").Header.Get("Location"); to != "/records/hazard" {
		t.Errorf("signed in, one comes to %s", to)
	}
	alone.get("/account", 200).has(t, "通行密钥", "最近使用")
	s.anybody().post("/sign-in/passkey", 403, "sealed", sealed, "answer", answer).has(t, "已经用过一次")

	// After the password.
	second := s.anybody()
	page = second.post("/sign-in", 403, "name", "lijun", "password", password, "next", "/account")
	page.has(t, "用通行密钥确认", `name="code"`)
	options, sealed = asked(t, page)
	if to := second.post("/sign-in/passkey", 303, "sealed", sealed, "answer", d.shows(options), "next", "/account").Header.Get("Location"); to != "/account" {
		t.Errorf("signed in, one comes to %s", to)
	}
	second.get("/account", 200)
	third := s.anybody()
	third.post("/sign-in", 303, "name", "lijun", "password", password, "code", recovery)

	// To show who it is.
	s.later()
	page = v.post("/account/tokens", 403, "name", "sync", "scope", "read", "days", "30")
	options, sealed = asked(t, page)
	v.post("/account/tokens", 200, "name", "sync", "scope", "read", "days", "30", "confirm.sealed", sealed, "confirm.answer", d.shows(options)).has(t, "anlan_")
	second.post("/account/tokens", 403, "name", "other", "scope", "read", "days", "30", "confirm.sealed", sealed, "confirm.answer", d.shows(options))

	// Named otherwise, and taken away, by its owner alone.
	id := v.get("/account", 200).between(t, `type="hidden" name="id" value="`, `"`)
	stranger := s.person("wangfang", "430600", access.Section)
	stranger.post("/account/passkeys/rename", 404, "id", id, "name", "我的")
	stranger.post("/account/passkeys/drop", 404, "id", id)
	v.post("/account/passkeys/rename", 303, "id", id, "name", "家里的电脑")
	v.get("/account", 200).has(t, `value="家里的电脑"`)
	admin := s.person("guanli", "430600", access.Administrator)
	admin.get("/users/"+u.ID.String(), 200).has(t, "家里的电脑", "添加通行密钥")
	v.post("/account/recovery", 200).has(t, `class="codes"`, "!"+recovery)
	v.post("/account/passkeys/drop", 303, "id", id)
	v.get("/account", 200).has(t, "没有。有了它", "!换一组恢复码")
	sealed, answer = d.showsAlone(s.anybody())
	s.anybody().post("/sign-in/passkey", 403, "sealed", sealed, "answer", answer).has(t, "没有登记这个通行密钥")
	s.anybody().post("/sign-in", 303, "name", "lijun", "password", password)
}

// TestThePasskeyDomainHasToBeOursWhereItIsNamed: and without an origin that browsers take there are no passkeys, and all else works.
func TestThePasskeyDomainHasToBeOursWhereItIsNamed(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	for _, c := range []struct {
		origin, domain string
		want           error
	}{
		{"https://anlan.example.gov.cn", "example.gov.cn", nil}, {"https://anlan.example.gov.cn", "example.com", login.ErrNoSite}, {"", "example.com", login.ErrNoSite},
	} {
		pages, err := web.New(t.Context(), s.app, s.app.Users, web.Options{Origin: c.origin, PasskeyDomain: c.domain})
		if !errors.Is(err, c.want) {
			t.Errorf("%s for %q: got %v, want %v", c.origin, c.domain, err, c.want)
		}
		if err == nil {
			pages.Close()
		}
	}
	s.anybody().get("/sign-in", 200).has(t, "!通行密钥", "!passkey.js")
	s.anybody().get("/sign-in/passkey", http.StatusNotFound)
	s.person("lijun", "430600", access.Section).get("/account", 200).has(t, "这个地址不能用通行密钥", "!添加通行密钥")
}
