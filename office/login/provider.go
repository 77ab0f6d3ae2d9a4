package login

import (
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Identity says by which identity provider (统一身份认证平台, OpenID Connect) people may sign in too.
type Identity struct {
	Issuer   string // address of the provider, as it says it itself: https://sso.example.gov.cn
	Client   string // by which the provider knows this program
	Secret   string // empty: a public client
	Name     string // what people call the provider
	Redirect string // address of ours to which the provider sends people back
}

// Provider is an identity provider. It is asked when somebody first needs it: the program starts without it.
type Provider struct {
	users *Users
	at    Identity
	http  *http.Client
	mu    sync.Mutex
	found *found    // nil: not asked yet, or it did not answer
	again time.Time // before which one that did not answer is not asked again
}

// found is what a provider says of itself.
type found struct {
	verifier *oidc.IDTokenVerifier
	flow     oauth2.Config
	end      string // where people sign out of it; empty: nowhere
}

// Faults of signing in by an identity provider.
var (
	ErrBadIssuer = fault.Define("login.bad_issuer", fault.Invalid,
		"身份平台的网址“%s”不能用：应是https的网址，并写明客户端标识", "the address %q of an identity provider cannot be used: expected one by https, with the name of a client")
	ErrProviderAway = fault.Define("login.provider_away", fault.Unable,
		"%s现在连不上，请用别的方式登录，或稍后再试", "%s cannot be reached now; sign in in another way, or try again later")
	ErrProviderRefused = fault.Define("login.provider_refused", fault.Denied,
		"%s没有让您登录（%s）", "%s has not let you sign in (%s)")
	ErrProviderAnswer = fault.Define("login.provider_answer", fault.Denied,
		"%s的答复没有通过验证，没有登录", "what %s answered could not be verified; nobody was signed in")
	ErrNotLinked = fault.Define("login.not_linked", fault.Denied,
		"您在%s的身份还没有关联本系统的用户：请先用密码登录，在“我的帐号”里关联", "your identity at %s is linked to no user here: sign in by your password first, and link it on the page of your account")
	ErrLinkedToAnother = fault.Define("login.linked_to_another", fault.Conflict,
		"这个身份已经关联了别的用户", "that identity is linked to another user")
	ErrLinkedAlready = fault.Define("login.linked_already", fault.Conflict,
		"已经关联了%s的一个身份，要换请先解除", "an identity at %s is linked already; to take another, unlink it first")
	ErrAnotherIdentity = fault.Define("login.another_identity", fault.Denied,
		"在%s确认的不是您关联的身份，或不是刚刚登录的", "what was shown at %s is not the identity that is linked to you, or was not shown just now")
)

const (
	providerWait     = 10 * time.Second
	providerRests    = 5 * time.Second
	providerBytesMax = 1 << 20
	errandLasts      = 10 * time.Minute
	subjectBytesMax  = 255             // OpenID Connect Core, section 2
	authBehind       = 2 * time.Minute // how far the clock of the provider may stand behind ours
)

// By gives an identity provider. Fault: ErrBadIssuer.
func (u *Users) By(at Identity) (*Provider, error) {
	issuer, err := url.Parse(at.Issuer)
	if err != nil {
		return nil, ErrBadIssuer.Because(err, at.Issuer)
	}
	here := issuer.Scheme == "http" && (issuer.Hostname() == "localhost" || issuer.Hostname() == "127.0.0.1")
	if issuer.Scheme != "https" && !here || issuer.Host == "" || issuer.User != nil || issuer.RawQuery != "" || at.Client == "" {
		return nil, ErrBadIssuer.With(at.Issuer)
	}
	at.Name = cmp.Or(at.Name, issuer.Host)
	return &Provider{users: u, at: at, http: &http.Client{Timeout: providerWait, Transport: bounded{http.DefaultTransport}}}, nil
}

// Name is what people call the provider.
func (p *Provider) Name() string { return p.at.Name }

// bounded lets no provider send more than can be kept.
type bounded struct{ through http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.through.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, providerBytesMax), resp.Body}
	}
	return resp, err
}

// ask asks the provider what it says of itself, once. Fault: ErrProviderAway.
func (p *Provider) ask(ctx context.Context) (*found, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	if p.users.clock.Now().Before(p.again) { // nobody waits behind another for what does not answer
		return nil, ErrProviderAway.With(p.at.Name)
	}
	said, err := oidc.NewProvider(oidc.ClientContext(ctx, p.http), p.at.Issuer)
	if err != nil && ctx.Err() == nil {
		p.again = p.users.clock.Now().Add(providerRests)
	}
	if err != nil {
		return nil, ErrProviderAway.Because(err, p.at.Name)
	}
	var more struct {
		End string `json:"end_session_endpoint"`
	}
	if err := said.Claims(&more); err != nil {
		return nil, ErrProviderAway.Because(err, p.at.Name)
	}
	p.found = &found{verifier: said.Verifier(&oidc.Config{ClientID: p.at.Client, Now: p.users.clock.Now}), end: more.End,
		flow: oauth2.Config{ClientID: p.at.Client, ClientSecret: p.at.Secret, RedirectURL: p.at.Redirect, Endpoint: said.Endpoint(), Scopes: []string{oidc.ScopeOpenID}}}
	return p.found, nil
}

// SignsOut is where somebody ends the session with the provider too; empty where the provider has no such place or is away.
func (p *Provider) SignsOut(ctx context.Context) string {
	f, err := p.ask(ctx)
	if err != nil || f.end == "" {
		return ""
	}
	at, err := url.Parse(f.end)
	if err != nil || at.Scheme != "https" && at.Scheme != "http" {
		return ""
	}
	q := at.Query()
	q.Set("client_id", p.at.Client)
	at.RawQuery = q.Encode()
	return at.String()
}

// Errand is for what somebody is sent to the provider.
type Errand string

// The errands.
const (
	ToSignIn Errand = "sign in"
	ToLink   Errand = "link"  // the identity to the user who is signed in
	ToProve  Errand = "prove" // once more who is at the screen
)

// errand is what is kept, sealed, by the browser of somebody who was sent to the provider.
type errand struct {
	For      Errand
	Session  ident.ID // of whoever was signed in
	State    string
	Nonce    string
	Verifier string // of PKCE
	Next     string
	At       time.Time
}

// errandPurpose is the purpose for which it is sealed.
const errandPurpose = "identity provider: errand"

// Send begins an errand: to is where the browser goes, and sealed what it keeps until it comes back. Linking is a dangerous act. Fault: ErrProviderAway.
func (p *Provider) Send(ctx context.Context, what Errand, s Session, next string) (to, sealed string, err error) {
	if what == ToLink {
		if err := s.Actor.Sure(actLabels[identityLinked]); err != nil {
			return "", "", err
		}
	}
	f, err := p.ask(ctx)
	if err != nil {
		return "", "", err
	}
	secret, err := p.users.bytes(2 * tokenBytes)
	if err != nil {
		return "", "", err
	}
	e := errand{For: what, Session: s.ID, State: base64.RawURLEncoding.EncodeToString(secret[:tokenBytes]), Nonce: base64.RawURLEncoding.EncodeToString(secret[tokenBytes:]),
		Verifier: oauth2.GenerateVerifier(), Next: next, At: p.users.clock.Now()}
	if sealed, err = p.users.sealedText(errandPurpose, e); err != nil {
		return "", "", err
	}
	asks := []oauth2.AuthCodeOption{oidc.Nonce(e.Nonce), oauth2.S256ChallengeOption(e.Verifier)}
	if what == ToProve {
		asks = append(asks, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return f.flow.AuthCodeURL(e.State, asks...), sealed, nil
}

// Return is what came of an errand.
type Return struct {
	For  Errand
	Next string
	In   Session // that began, of an errand to sign in
}

// Back ends an errand of whoever comes back from the provider with what it says: s is who is signed in, if anybody. Faults: ErrAskedBefore,
// ErrProviderRefused, ErrProviderAnswer, ErrProviderAway, ErrNotLinked, ErrLinkedToAnother, ErrLinkedAlready, ErrAnotherIdentity, ErrNotInForce.
func (p *Provider) Back(ctx context.Context, s Session, sealed string, said url.Values, address, agent string) (Return, error) {
	var e errand
	if err := p.users.openedText(errandPurpose, sealed, &e); err != nil {
		return Return{}, err
	}
	out := Return{For: e.For, Next: e.Next}
	age := p.users.clock.Now().Sub(e.At)
	if age < 0 || age > errandLasts || subtle.ConstantTimeCompare([]byte(said.Get("state")), []byte(e.State)) != 1 || e.For != ToSignIn && e.Session != s.ID {
		return out, ErrAskedBefore.With()
	}
	token, err := p.token(ctx, e, said)
	if err != nil {
		return out, err
	}
	switch e.For {
	case ToLink:
		return out, p.link(ctx, s, e, token.Subject)
	case ToProve:
		return out, p.prove(ctx, s, e, token)
	}
	out.In, err = p.signIn(ctx, e, token.Subject, address, agent)
	return out, err
}

// token is what the provider says of whoever came back, verified.
func (p *Provider) token(ctx context.Context, e errand, said url.Values) (*oidc.IDToken, error) {
	if by := said.Get("iss"); by != "" && by != p.at.Issuer { // RFC 9207: another provider's answer
		return nil, ErrProviderAnswer.With(p.at.Name)
	}
	if why := said.Get("error"); why != "" {
		return nil, ErrProviderRefused.With(p.at.Name, plain(why, addressBytes))
	}
	f, err := p.ask(ctx)
	if err != nil {
		return nil, err
	}
	ctx = oidc.ClientContext(ctx, p.http)
	got, err := f.flow.Exchange(ctx, said.Get("code"), oauth2.VerifierOption(e.Verifier))
	if _, refused := errors.AsType[*oauth2.RetrieveError](err); refused {
		return nil, ErrProviderAnswer.Because(err, p.at.Name)
	}
	if err != nil {
		return nil, ErrProviderAway.Because(err, p.at.Name)
	}
	raw, _ := got.Extra("id_token").(string)
	t, err := f.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, ErrProviderAnswer.Because(err, p.at.Name)
	}
	var more struct {
		Party string `json:"azp"`
	}
	if err := t.Claims(&more); err != nil {
		return nil, ErrProviderAnswer.Because(err, p.at.Name)
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(t.Nonce), []byte(e.Nonce)) != 1,
		len(t.Audience) > 1 && more.Party != p.at.Client,
		more.Party != "" && more.Party != p.at.Client,
		!slices.Contains(t.Audience, p.at.Client),
		!fitSubject(t.Subject):
		return nil, ErrProviderAnswer.With(p.at.Name)
	}
	return t, nil
}

// holder is the user to whom an identity is linked, by login_subject_key; zero for none.
func holder(tx *store.Tx, issuer, subject string) (user ident.ID, err error) {
	_, err = tx.QueryRow([]any{&user}, `SELECT user_id FROM login_subject WHERE issuer = ? AND subject = ?`, issuer, subject)
	return user, err
}

// linkTo links an identity to a user. Faults: ErrLinkedToAnother, ErrLinkedAlready.
func linkTo(tx *store.Tx, issuer, subject string, user ident.ID, at time.Time) error {
	held, err := holder(tx, issuer, subject)
	if err != nil {
		return err
	}
	if !held.IsZero() && held != user {
		return ErrLinkedToAnother.With()
	}
	_, err = tx.Exec(`INSERT INTO login_subject (issuer, subject, user_id, made_at, used_at) VALUES (?, ?, ?, ?, NULL)`, issuer, subject, user.String(), at.UnixMicro())
	if errors.Is(err, store.ErrUnique) {
		err = ErrLinkedAlready.Because(err, issuer)
	}
	return err
}

// Link links an identity to a user by what a provider calls it, before it has ever signed in. Only an administrator in whose scope the user is
// may, not for itself, and has to know whose the subject is. It is a dangerous act. Faults: ErrBadSubject, ErrLinkedToAnother, ErrLinkedAlready.
func (u *Users) Link(ctx context.Context, actor access.Actor, user ident.ID, issuer, subject string) error {
	who, err := u.Managed(ctx, actor, user)
	if err != nil {
		return err
	}
	if who.is(actor) {
		return ErrOwnRights.With(actor.Name)
	}
	if err := actor.Sure(actLabels[identityLinked]); err != nil {
		return err
	}
	if _, err := u.By(Identity{Issuer: issuer, Client: "any"}); err != nil {
		return err
	}
	if !fitSubject(subject) {
		return ErrBadSubject.With(subjectBytesMax)
	}
	_, err = u.book.Enter(ctx, actor, book.Act{Of: acts, Action: identityLinked, About: user, Reason: issuer}, func(tx *store.Tx, at time.Time) error {
		return linkTo(tx, issuer, subject, user, at)
	})
	return err
}

// ErrBadSubject says that no provider calls anybody so.
var ErrBadSubject = fault.Define("login.bad_subject", fault.Invalid,
	"身份平台给人的编号（sub）应有1到%d个字节", "what an identity provider calls somebody (sub) has 1 to %d bytes")

func fitSubject(s string) bool {
	return s != "" && len(s) <= subjectBytesMax && utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// Unlink takes the identities of a user at all providers away, and says how many they were. Only an administrator in whose scope the user is may. It is a
// dangerous act.
func (u *Users) Unlink(ctx context.Context, actor access.Actor, user ident.ID, reason string) (n int64, err error) {
	if _, err := u.Managed(ctx, actor, user); err != nil {
		return 0, err
	}
	if err := actor.Sure(actLabels[identityUnlinked]); err != nil {
		return 0, err
	}
	_, err = u.book.Enter(ctx, actor, book.Act{Of: acts, Action: identityUnlinked, About: user, Reason: reason}, func(tx *store.Tx, _ time.Time) error {
		n, err = tx.Exec(`DELETE FROM login_subject WHERE user_id = ?`, user.String())
		return err
	})
	return n, err
}

func (p *Provider) signIn(ctx context.Context, e errand, subject, address, agent string) (s Session, err error) {
	address, agent = plain(address, addressBytes), plain(agent, agentBytes)
	now := p.users.clock.Now()
	err = p.users.book.DB().InTx(ctx, func(tx *store.Tx) error {
		if err := answered(tx, e.State, e.At.Add(errandLasts)); err != nil {
			return err
		}
		user, err := holder(tx, p.at.Issuer, subject)
		if err != nil {
			return err
		}
		who, known, err := p.users.person(tx, byID, user.String())
		if err != nil {
			return err
		}
		if !known {
			return ErrNotLinked.With(p.at.Name)
		}
		if err := who.inForce(period.DayAt(now)); err != nil {
			return err
		}
		if err := p.used(tx, subject, now); err != nil {
			return err
		}
		s, err = p.users.begin(tx, &who, ByProvider, address, agent, now)
		return err
	})
	return s, err
}

func (p *Provider) used(tx *store.Tx, subject string, now time.Time) error {
	_, err := tx.Exec(`UPDATE login_subject SET used_at = ? WHERE issuer = ? AND subject = ?`, now.UnixMicro(), p.at.Issuer, subject)
	return err
}

func (p *Provider) link(ctx context.Context, s Session, e errand, subject string) error {
	if s.MustChange {
		return ErrMustChange.With()
	}
	_, err := p.users.book.Enter(ctx, s.Actor, book.Act{Of: acts, Action: identityLinked, About: s.User, Reason: p.at.Issuer}, func(tx *store.Tx, at time.Time) error {
		if err := answered(tx, e.State, e.At.Add(errandLasts)); err != nil {
			return err
		}
		return linkTo(tx, p.at.Issuer, subject, s.User, at)
	})
	return err
}

func (p *Provider) prove(ctx context.Context, s Session, e errand, t *oidc.IDToken) error {
	var more struct {
		At int64 `json:"auth_time"`
	}
	if err := t.Claims(&more); err != nil {
		return ErrProviderAnswer.Because(err, p.at.Name)
	}
	return p.users.book.DB().InTx(ctx, func(tx *store.Tx) error {
		if err := answered(tx, e.State, e.At.Add(errandLasts)); err != nil {
			return err
		}
		user, err := holder(tx, p.at.Issuer, t.Subject)
		if err != nil {
			return err
		}
		if user != s.User || user.IsZero() || time.Unix(more.At, 0).Before(e.At.Add(-authBehind)) {
			return ErrAnotherIdentity.With(p.at.Name)
		}
		if err := p.used(tx, t.Subject, p.users.clock.Now()); err != nil {
			return err
		}
		return p.users.proved(tx, s)
	})
}

// Linked says since when an identity at the provider is linked to a user, to the user itself and to an administrator in whose scope it is; zero:
// none is.
func (p *Provider) Linked(ctx context.Context, actor access.Actor, user ident.ID) (since time.Time, err error) {
	if _, err := p.users.ownOrManaged(ctx, actor, user); err != nil {
		return since, err
	}
	err = p.users.book.DB().Read(ctx, func(tx *store.Tx) error {
		var made int64
		linked, err := tx.QueryRow([]any{&made}, `SELECT made_at FROM login_subject WHERE user_id = ? AND issuer = ?`, user.String(), p.at.Issuer) // by login_subject_user
		if linked {
			since = instant(made)
		}
		return err
	})
	return since, err
}

// Unlink takes the identity of a user away, so that it no longer signs in by it: the user itself does, or an administrator in whose scope it is.
// It is a dangerous act. Fault: ErrUnlinked.
func (p *Provider) Unlink(ctx context.Context, actor access.Actor, user ident.ID) error {
	if _, err := p.users.ownOrManaged(ctx, actor, user); err != nil {
		return err
	}
	if err := actor.Sure(actLabels[identityUnlinked]); err != nil {
		return err
	}
	_, err := p.users.book.Enter(ctx, actor, book.Act{Of: acts, Action: identityUnlinked, About: user, Reason: p.at.Issuer}, func(tx *store.Tx, _ time.Time) error {
		n, err := tx.Exec(`DELETE FROM login_subject WHERE user_id = ? AND issuer = ?`, user.String(), p.at.Issuer)
		if err == nil && n == 0 {
			err = ErrUnlinked.With(p.at.Name)
		}
		return err
	})
	return err
}

// ErrUnlinked says that there is nothing to unlink.
var ErrUnlinked = fault.Define("login.unlinked", fault.NotFound,
	"没有关联%s的身份", "no identity at %s is linked")
