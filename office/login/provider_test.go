package login_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

// provider is an identity provider that does what a test tells it, honest or not. A real one is tried in journey/browser.
type provider struct {
	*testing.T
	*httptest.Server
	key    *rsa.PrivateKey
	signs  *rsa.PrivateKey        // what it signs by
	header map[string]any         // of its tokens, where it is not as it should be
	claims func(m map[string]any) // changes what it says
	asked  url.Values             // what the browser brought
	given  string                 // the code that it gave
	down   bool
}

func newProvider(t *testing.T, now func() time.Time) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{T: t, key: key, signs: key, claims: func(map[string]any) {}}
	answer := func(w http.ResponseWriter, x any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(x); err != nil {
			t.Error(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"end_session_endpoint": p.URL + "/end", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig",
			"n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		if r.PostFormValue("code") != p.given || p.given == "" || base64.RawURLEncoding.EncodeToString(sum[:]) != p.asked.Get("code_challenge") || p.asked.Get("code_challenge_method") != "S256" {
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]any{"error": "invalid_grant"})
			return
		}
		p.given = ""
		claims := map[string]any{"iss": p.URL, "aud": "anlan", "sub": "44030119", "nonce": p.asked.Get("nonce"), "iat": now().Unix(), "exp": now().Add(time.Minute).Unix(), "auth_time": now().Unix()}
		p.claims(claims)
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": p.sign(claims)})
	})
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.down {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *provider) sign(claims map[string]any) string {
	p.Helper()
	header := map[string]any{"alg": "RS256", "kid": "1"}
	maps.Copy(header, p.header)
	part := func(x any) string {
		b, err := json.Marshal(x)
		if err != nil {
			p.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(header) + "." + part(claims)
	if header["alg"] == "none" {
		return text + "."
	}
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, p.signs, crypto.SHA256, sum[:])
	if err != nil {
		p.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(sig)
}

// goes lets a browser be sent to the provider, sign in there, and gives what it comes back with.
func (p *provider) goes(to string) url.Values {
	p.Helper()
	u, err := url.Parse(to)
	if err != nil || !strings.HasPrefix(to, p.URL+"/authorize?") {
		p.Fatalf("sent to %s, %v", to, err)
	}
	p.asked, p.given = u.Query(), rand.Text()
	return url.Values{"state": {p.asked.Get("state")}, "code": {p.given}}
}

// trip is an errand from beginning to end.
type trip struct {
	d *desk
	k *login.Provider
	p *provider
}

func (x trip) makes(what login.Errand, s login.Session) (login.Return, error) {
	x.d.Helper()
	to, sealed, err := x.k.Send(x.d.Ctx, what, s, "/records/hazard")
	if err != nil {
		return login.Return{}, err
	}
	return x.k.Back(x.d.Ctx, s, sealed, x.p.goes(to), "10.0.0.7", "Firefox")
}

func travels(t *testing.T, d *desk) trip {
	t.Helper()
	p := newProvider(t, d.Clock.Now)
	k, err := d.users.By(login.Identity{Issuer: p.URL, Client: "anlan", Secret: "geheim", Name: "统一身份", Redirect: origin + "/sign-in/identity/back"})
	if err != nil {
		t.Fatal(err)
	}
	return trip{d, k, p}
}

func TestAnIdentityProviderSignsInWhoeverIsLinked(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		x := travels(t, d)
		id := d.enter("lijun", "430602", access.Section)
		d.enter("wangfang", "430602", access.Section)
		nobody := login.Session{}
		_, err := x.makes(login.ToSignIn, nobody)
		d.refused(err, login.ErrNotLinked, "an identity that is linked to nobody")
		x.p.claims = func(m map[string]any) {
			m["preferred_username"], m["email"], m["name"] = "lijun", "lijun@example.gov.cn", "示例lijun"
		}
		_, err = x.makes(login.ToSignIn, nobody)
		d.refused(err, login.ErrNotLinked, "a name is no link")
		x.p.claims = func(map[string]any) {}

		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		if got, err := x.makes(login.ToLink, s); err != nil || got.For != login.ToLink {
			t.Fatalf("%+v, %v", got, err)
		}
		if since, err := x.k.Linked(d.Ctx, s.Actor, id); err != nil || since.IsZero() {
			t.Errorf("linked since %v, %v", since, err)
		}
		got, err := x.makes(login.ToSignIn, nobody)
		if err != nil || got.Next != "/records/hazard" || got.In.Way != login.ByProvider {
			t.Fatalf("%+v, %v", got, err)
		}
		in := d.resume(got.In, nil)
		if in.Login != "lijun" || in.Actor.Role != access.Section || in.Actor.Proof != access.Proved || in.MustChange {
			t.Errorf("signed in: %+v", in)
		}
		if x.p.asked.Get("redirect_uri") != origin+"/sign-in/identity/back" || x.p.asked.Get("scope") != "openid" || x.p.asked.Get("response_type") != "code" || len(x.p.asked.Get("nonce")) < 40 {
			t.Errorf("the provider was asked %v", x.p.asked)
		}

		other := d.resume(d.in("wangfang", good, "10.0.0.1", ""), nil)
		_, err = x.makes(login.ToLink, other)
		d.refused(err, login.ErrLinkedToAnother, "the identity of somebody else")
		_, err = x.makes(login.ToLink, s)
		d.refused(err, login.ErrLinkedAlready, "twice")
		x.p.claims = func(m map[string]any) { m["sub"] = "another" }
		_, err = x.makes(login.ToLink, s)
		d.refused(err, login.ErrLinkedAlready, "a second identity")

		// Once more who it is.
		d.later(11 * time.Minute)
		in = d.resume(in, nil)
		d.refused(x.k.Unlink(d.Ctx, in.Actor, id), access.ErrProveAgain, "a session left open unlinks")
		_, err = x.makes(login.ToLink, in)
		d.refused(err, access.ErrProveAgain, "a session left open links")
		_, err = x.makes(login.ToProve, in)
		d.refused(err, login.ErrAnotherIdentity, "another identity proves nothing")
		x.p.claims = func(m map[string]any) { m["auth_time"] = d.Clock.Now().Add(-time.Hour).Unix() }
		_, err = x.makes(login.ToProve, in)
		d.refused(err, login.ErrAnotherIdentity, "shown an hour ago")
		x.p.claims = func(m map[string]any) { delete(m, "auth_time") }
		_, err = x.makes(login.ToProve, in)
		d.refused(err, login.ErrAnotherIdentity, "nobody says when")
		x.p.claims = func(map[string]any) {}
		if _, err = x.makes(login.ToProve, in); err != nil {
			t.Fatal(err)
		}
		if x.p.asked.Get("prompt") != "login" || x.p.asked.Get("max_age") != "0" {
			t.Errorf("asked %v", x.p.asked)
		}
		in = d.resume(in, nil)
		if in.Actor.Proof != access.Proved {
			t.Error("it is not known who it is")
		}
		if _, err := x.k.Linked(d.Ctx, other.Actor, id); err == nil {
			t.Error("somebody else sees it")
		}
		d.refused(x.k.Unlink(d.Ctx, d.resume(d.in("wangfang", good, "10.0.0.1", ""), nil).Actor, id), access.ErrMayNot, "somebody else unlinks")
		if err := x.k.Unlink(d.Ctx, in.Actor, id); err != nil {
			t.Fatal(err)
		}
		d.refused(x.k.Unlink(d.Ctx, d.Admin, id), login.ErrUnlinked, "twice")
		_, err = x.makes(login.ToSignIn, nobody)
		d.refused(err, login.ErrNotLinked, "unlinked")
		other = d.resume(d.in("wangfang", good, "10.0.0.1", ""), nil)
		boss := d.Admin
		boss.Unit, boss.Name = "430600", "guanli"
		d.refused(d.users.Link(d.Ctx, other.Actor, id, x.p.URL, "1"), access.ErrMayNot, "somebody links another")
		d.refused(d.users.Link(d.Ctx, boss, id, x.p.URL, ""), login.ErrBadSubject, "nobody's name")
		d.refused(d.users.Link(d.Ctx, boss, id, "nonsense", "1"), login.ErrBadIssuer, "no provider")
		stale := boss
		stale.Proof = access.Stale
		d.refused(d.users.Link(d.Ctx, stale, id, x.p.URL, "44030119"), access.ErrProveAgain, "a session left open")
		told, err := d.users.Acts(d.Ctx, d.Admin, id)
		if err != nil || len(told) != 4 || told[2].Action != "identity_linked" || told[3].Action != "identity_unlinked" || told[2].Reason != x.p.URL || !login.ActLabel("identity_linked").Whole() || !login.ActLabel("identity_unlinked").Whole() {
			t.Errorf("%+v, %v", told, err)
		}
		newcomer := d.Must(recordtest.Create("login_user", user("zhaoyi", "430602", access.Section)))[0].ID // who has no password
		if err := d.users.Link(d.Ctx, boss, newcomer, x.p.URL, "44030119"); err != nil {
			t.Fatal(err)
		}
		d.refused(d.users.Link(d.Ctx, boss, id, x.p.URL, "44030119"), login.ErrLinkedToAnother, "another's")
		if got, err := x.makes(login.ToSignIn, nobody); err != nil || got.In.Login != "zhaoyi" || d.resume(got.In, nil).MustChange {
			t.Errorf("%+v, %v", got, err)
		}
		if n, err := d.users.Unlink(d.Ctx, boss, newcomer, "调离"); err != nil || n != 1 {
			t.Errorf("%d, %v", n, err)
		}
		d.Sound()
	})
}

// TestNoAnswerOfAProviderIsBelievedThatIsNotItsAnswerToUs holds against everything that goes wrong, or is made to.
func TestNoAnswerOfAProviderIsBelievedThatIsNotItsAnswerToUs(t *testing.T) {
	d := open(t, store.SQLite)
	x := travels(t, d)
	id := d.enter("lijun", "430602", access.Section)
	s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
	if _, err := x.makes(login.ToLink, s); err != nil {
		t.Fatal(err)
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	honest := *x.p
	for name, twist := range map[string]func(){
		"another key":                func() { x.p.signs = stranger },
		"no signature":               func() { x.p.header = map[string]any{"alg": "none"} },
		"another nonce":              func() { x.p.claims = func(m map[string]any) { m["nonce"] = "another" } },
		"no nonce":                   func() { x.p.claims = func(m map[string]any) { delete(m, "nonce") } },
		"for another client":         func() { x.p.claims = func(m map[string]any) { m["aud"] = "mail" } },
		"for two, by another":        func() { x.p.claims = func(m map[string]any) { m["aud"], m["azp"] = []string{"anlan", "mail"}, "mail" } },
		"for two, by nobody":         func() { x.p.claims = func(m map[string]any) { m["aud"] = []string{"anlan", "mail"} } },
		"of another provider":        func() { x.p.claims = func(m map[string]any) { m["iss"] = "https://evil.example.com" } },
		"expired":                    func() { x.p.claims = func(m map[string]any) { m["exp"] = d.Clock.Now().Add(-time.Minute).Unix() } },
		"of nobody":                  func() { x.p.claims = func(m map[string]any) { m["sub"] = "" } },
		"of somebody without an end": func() { x.p.claims = func(m map[string]any) { m["sub"] = strings.Repeat("9", 300) } },
	} {
		twist()
		_, err := x.makes(login.ToSignIn, login.Session{})
		d.refused(err, login.ErrProviderAnswer, name)
		x.p.signs, x.p.header, x.p.claims = honest.signs, honest.header, honest.claims
	}
	back := func(sealed string, said url.Values, want error, why string) {
		t.Helper()
		_, err := x.k.Back(d.Ctx, login.Session{}, sealed, said, "10.0.0.7", "Firefox")
		d.refused(err, want, why)
	}
	send := func(what login.Errand, s login.Session) (string, url.Values) {
		t.Helper()
		to, sealed, err := x.k.Send(d.Ctx, what, s, "/")
		if err != nil {
			t.Fatal(err)
		}
		return sealed, x.p.goes(to)
	}
	sealed, said := send(login.ToSignIn, login.Session{})
	other, _ := send(login.ToSignIn, login.Session{})
	back(other, said, login.ErrAskedBefore, "the answer to somebody else's errand")
	back("", said, login.ErrAskedBefore, "without an errand")
	back(sealed, url.Values{"state": said["state"], "code": {"guessed"}}, login.ErrProviderAnswer, "a code that was not given")
	back(sealed, url.Values{"state": said["state"], "error": {"access_denied"}}, login.ErrProviderRefused, "refused there")
	back(sealed, url.Values{"state": said["state"], "code": said["code"], "iss": {"https://evil.example.com"}}, login.ErrProviderAnswer, "mixed up with another provider")
	sealed, said = send(login.ToSignIn, login.Session{})
	d.later(11 * time.Minute)
	back(sealed, said, login.ErrAskedBefore, "after eleven minutes")
	s = d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
	sealed, said = send(login.ToLink, s)
	back(sealed, said, login.ErrAskedBefore, "to link, by whoever is not signed in")
	sealed, said = send(login.ToSignIn, login.Session{})
	if _, err := x.k.Back(d.Ctx, login.Session{}, sealed, said, "10.0.0.7", "Firefox"); err != nil {
		t.Fatal(err)
	}
	x.p.given = said.Get("code")
	back(sealed, said, login.ErrAskedBefore, "the same twice, though the provider takes its code again")
	d.Must(book.Change{Kind: "login_user", ID: id, Expect: d.Get("login_user", id).(*login.User).Version, Action: login.Suspend, Reason: "离岗"})
	_, err = x.makes(login.ToSignIn, login.Session{})
	d.refused(err, login.ErrNotInForce, "suspended")
	if out := x.k.SignsOut(d.Ctx); out != x.p.URL+"/end?client_id=anlan" {
		t.Errorf("signs out at %q", out)
	}
}

func TestTheProgramGoesOnWithoutItsIdentityProvider(t *testing.T) {
	d := open(t, store.SQLite)
	x := travels(t, d)
	x.p.down = true
	_, err := x.makes(login.ToSignIn, login.Session{})
	d.refused(err, login.ErrProviderAway, "it is down")
	if out := x.k.SignsOut(d.Ctx); out != "" {
		t.Errorf("signs out at %q", out)
	}
	x.p.down = false
	_, err = x.makes(login.ToSignIn, login.Session{})
	d.refused(err, login.ErrProviderAway, "one that did not answer is left alone for a while")
	d.later(5 * time.Second)
	_, err = x.makes(login.ToSignIn, login.Session{})
	d.refused(err, login.ErrNotLinked, "it is there again")
	for _, c := range []login.Identity{{Issuer: "http://sso.example.gov.cn", Client: "anlan"}, {Issuer: "https://sso.example.gov.cn"}, {Issuer: "sso", Client: "anlan"},
		{Issuer: "https://u:p@sso.example.gov.cn", Client: "anlan"}, {Issuer: "https://sso.example.gov.cn?x=1", Client: "anlan"}, {Issuer: "://", Client: "anlan"}} {
		_, err := d.users.By(c)
		d.refused(err, login.ErrBadIssuer, fmt.Sprint(c))
	}
}
