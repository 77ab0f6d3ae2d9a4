package login_test

import (
	"bytes"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"

	"github.com/descope/virtualwebauthn"
)

const (
	origin = "https://anlan.example.gov.cn"
	domain = "anlan.example.gov.cn"
)

// device is something that makes passkeys and shows them.
type device struct {
	*testing.T
	rp  virtualwebauthn.RelyingParty
	on  virtualwebauthn.Authenticator
	key virtualwebauthn.Credential
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

// newDevice is a device of a user; one that asks nobody who holds it is a plain security key.
func newDevice(t *testing.T, user ident.ID, asks bool) *device {
	return &device{t, virtualwebauthn.RelyingParty{ID: domain, Name: "测试局", Origin: origin},
		virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: user[:], UserNotVerified: !asks}), newKey()}
}

func options(t *testing.T, a login.Asking) string {
	t.Helper()
	b, err := json.Marshal(a.Options)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// makes is what the device answers when it is asked for a new passkey.
func (d *device) makes(a login.Asking) string {
	d.Helper()
	o, err := virtualwebauthn.ParseAttestationOptions(options(d.T, a))
	if err != nil {
		d.Fatal(err)
	}
	return virtualwebauthn.CreateAttestationResponse(d.rp, d.on, d.key, *o)
}

// shows is what the device answers when it is asked for the passkey, whose count goes up.
func (d *device) shows(a login.Asking) string {
	d.Helper()
	o, err := virtualwebauthn.ParseAssertionOptions(options(d.T, a))
	if err != nil {
		d.Fatal(err)
	}
	d.key.Counter++
	return virtualwebauthn.CreateAssertionResponse(d.rp, d.on, d.key, *o)
}

func (d *desk) site() *login.Passkeys {
	d.Helper()
	k, err := d.users.At(login.Site{Origin: origin, Name: "测试局"})
	if err != nil {
		d.Fatal(err)
	}
	return k
}

// register keeps a passkey of whoever is signed in.
func (d *desk) register(k *login.Passkeys, s login.Session, dev *device, name string) []string {
	d.Helper()
	a, err := k.ToRegister(d.Ctx, s)
	if err != nil {
		d.Fatal(err)
	}
	codes, err := k.Register(d.Ctx, s, a.Sealed, dev.makes(a), name)
	if err != nil {
		d.Fatal(err)
	}
	return codes
}

func (d *desk) asked(a login.Asking, err error) login.Asking {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
	return a
}

func TestAPasskeySignsIn(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		k := d.site()
		id := d.enter("lijun", "430602", access.Section)
		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		dev := newDevice(t, id, true)
		codes := d.register(k, s, dev, " 办公室电脑 ")
		if len(codes) != 10 {
			t.Fatalf("%d recovery codes with the first second factor", len(codes))
		}
		in := func(a login.Asking, answer string) (login.Session, error) {
			return k.SignIn(d.Ctx, a.Sealed, answer, "10.0.0.7", "Firefox")
		}
		a := d.asked(k.ToSignIn())
		answer := dev.shows(a)
		got, err := in(a, answer)
		if err != nil {
			t.Fatal(err)
		}
		got = d.resume(got, nil)
		if got.Login != "lijun" || got.Way != login.ByPasskey || !got.SecondFactor || got.Actor.Role != access.Section || got.Actor.Proof != access.Proved {
			t.Errorf("signed in: %+v", got)
		}
		_, err = in(a, answer)
		d.refused(err, login.ErrAskedBefore, "the same answer twice")
		_, err = in(d.asked(k.ToSignIn()), answer)
		d.refused(err, login.ErrWrongPasskey, "an answer to another question")

		a = d.asked(k.ToSignIn())
		answer = dev.shows(a)
		d.later(6 * time.Minute)
		_, err = in(a, answer)
		d.refused(err, login.ErrAskedBefore, "an answer after five minutes")

		elsewhere := *dev
		elsewhere.rp.Origin = "https://anlan.example.com"
		a = d.asked(k.ToSignIn())
		_, err = in(a, elsewhere.shows(a))
		d.refused(err, login.ErrWrongPasskey, "shown on another site")

		plain := *dev
		plain.on.Options.UserNotVerified = true
		a = d.asked(k.ToSignIn())
		_, err = in(a, plain.shows(a))
		d.refused(err, login.ErrWrongPasskey, "nobody was asked who holds it")

		other := newDevice(t, id, true)
		a = d.asked(k.ToSignIn())
		_, err = in(a, other.shows(a))
		d.refused(err, login.ErrUnknownPasskey, "a key that was never kept")
		forged := newDevice(t, id, true)
		forged.key.ID = dev.key.ID
		forged.key.Counter = 100
		a = d.asked(k.ToSignIn())
		_, err = in(a, forged.shows(a))
		d.refused(err, login.ErrWrongPasskey, "another key by the name of one that was")

		copied := *dev
		copied.key.Counter = 0
		a = d.asked(k.ToSignIn())
		_, err = in(a, copied.shows(a))
		d.refused(err, login.ErrPasskeyCopied, "a count that did not go up")

		for _, text := range []string{"", "{}", "null", `{"id":"AA"}`, string(bytes.Repeat([]byte("a"), 20<<10))} {
			_, err = in(d.asked(k.ToSignIn()), text)
			d.refused(err, login.ErrWrongPasskey, "an answer "+fmt.Sprintf("%.20q", text))
			_, err = k.SignIn(d.Ctx, text, dev.shows(a), "10.0.0.7", "Firefox")
			d.refused(err, login.ErrAskedBefore, "a question "+fmt.Sprintf("%.20q", text))
		}
		d.Must(book.Change{Kind: "login_user", ID: id, Expect: d.Get("login_user", id).(*login.User).Version, Action: login.Suspend, Reason: "离岗"})
		a = d.asked(k.ToSignIn())
		dev.key.Counter += 10
		_, err = in(a, dev.shows(a))
		d.refused(err, login.ErrNotInForce, "suspended")
		d.Sound()
	})
}

func TestAPasskeyIsASecondFactorAfterThePassword(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		k := d.site()
		id, stranger := d.enter("lijun", "430602", access.Section), d.enter("wangfang", "430602", access.Section)
		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		dev := newDevice(t, id, false) // a key without a person
		codes := d.register(k, s, dev, "钥匙")
		theirs := newDevice(t, stranger, true)
		d.register(k, d.resume(d.in("wangfang", good, "10.0.0.1", ""), nil), theirs, "手机")

		_, err := d.try("lijun", good, "10.0.0.1", "")
		half, ok := errors.AsType[*login.Half](err)
		if !ok || !half.Passkeys || !errors.Is(err, login.ErrCodeNeeded) {
			t.Fatalf("a password alone: got %v", err)
		}
		a := d.asked(k.ToFinish(d.Ctx, half))
		_, err = k.SignIn(d.Ctx, a.Sealed, theirs.shows(a), "10.0.0.1", "Firefox")
		d.refused(err, login.ErrWrongPasskey, "the passkey of somebody else")
		got, err := k.SignIn(d.Ctx, a.Sealed, dev.shows(a), "10.0.0.1", "Firefox")
		if err != nil || got.Way != login.ByPassword || got.Login != "lijun" {
			t.Fatalf("got %+v, %v", got, err)
		}
		a = d.asked(k.ToSignIn())
		_, err = k.SignIn(d.Ctx, a.Sealed, dev.shows(a), "10.0.0.1", "Firefox")
		d.refused(err, login.ErrWrongPasskey, "a key that asks nobody who holds it, alone")
		_, err = d.try("lijun", good, "10.0.0.1", "123456")
		d.refused(err, login.ErrWrongCode, "a code where there is no authenticator")
		d.in("lijun", good, "10.0.0.1", codes[0])

		list, err := d.users.Passkeys(d.Ctx, s.Actor, id)
		if err != nil || len(list) != 1 || list[0].Name != "钥匙" || list[0].Alone || list[0].Used.IsZero() {
			t.Fatalf("%+v, %v", list, err)
		}
		if _, err := d.users.Passkeys(d.Ctx, s.Actor, stranger); !errors.Is(err, access.ErrMayNot) {
			t.Errorf("the passkeys of somebody else: %v", err)
		}
		d.refused(d.users.RenamePasskey(d.Ctx, s, list[0].ID, " "), login.ErrPasskeyName, "no name")
		if err := d.users.RenamePasskey(d.Ctx, s, list[0].ID, "旧钥匙"); err != nil {
			t.Fatal(err)
		}
		other := d.resume(d.in("wangfang", good, "10.0.0.1", d.renew("wangfang", k, theirs)[0]), nil)
		d.refused(d.users.DropPasskey(d.Ctx, other, list[0].ID), login.ErrNoPasskey, "somebody else takes it away")
		d.refused(d.users.RenamePasskey(d.Ctx, other, list[0].ID, "我的"), login.ErrNoPasskey, "somebody else names it")
		d.later(11 * time.Minute)
		s = d.resume(s, nil)
		d.refused(d.users.DropPasskey(d.Ctx, s, list[0].ID), access.ErrProveAgain, "a session left open takes one away")
		_, err = k.ToRegister(d.Ctx, s)
		d.refused(err, access.ErrProveAgain, "a session left open adds one")
		a = d.asked(k.ToProve(d.Ctx, s))
		d.refused(k.Prove(d.Ctx, other, a.Sealed, dev.shows(a)), login.ErrAskedBefore, "what one was asked proves another")
		a = d.asked(k.ToProve(d.Ctx, s))
		if err := k.Prove(d.Ctx, s, a.Sealed, dev.shows(a)); err != nil {
			t.Fatal(err)
		}
		s = d.resume(s, nil)
		if err := d.users.DropPasskey(d.Ctx, s, list[0].ID); err != nil {
			t.Fatal(err)
		}
		d.in("lijun", good, "10.0.0.1", "") // no second factor is left
		told, err := d.users.Acts(d.Ctx, d.Admin, id)
		if err != nil || told[len(told)-1].Action != "passkey_dropped" || told[len(told)-1].Reason != "旧钥匙" || !login.ActLabel(told[len(told)-1].Action).Whole() {
			t.Errorf("%+v, %v", told, err)
		}
		d.Sound()
	})
}

// renew gives somebody new recovery codes, by its passkey.
func (d *desk) renew(name string, k *login.Passkeys, dev *device) []string {
	d.Helper()
	a := d.asked(k.ToSignIn())
	s, err := k.SignIn(d.Ctx, a.Sealed, dev.shows(a), "10.0.0.1", "Firefox")
	if err != nil || s.Login != name {
		d.Fatalf("%s signs in: %v", name, err)
	}
	codes, err := d.users.RenewRecovery(d.Ctx, d.resume(s, nil))
	if err != nil {
		d.Fatal(err)
	}
	return codes
}

func TestWhatABrowserWasAskedForOneThingIsGoodForNoOther(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		k := d.site()
		id := d.enter("lijun", "430602", access.Section)
		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		dev := newDevice(t, id, true)
		d.register(k, s, dev, "手机")
		a := d.asked(k.ToProve(d.Ctx, s))
		_, err := k.SignIn(d.Ctx, a.Sealed, dev.shows(a), "10.0.0.1", "Firefox")
		d.refused(err, login.ErrAskedBefore, "to prove is not to sign in")
		a = d.asked(k.ToSignIn())
		d.refused(k.Prove(d.Ctx, s, a.Sealed, dev.shows(a)), login.ErrAskedBefore, "to sign in is not to prove")
		second := d.resume(d.in("lijun", good, "10.0.0.1", d.renew("lijun", k, dev)[0]), nil)
		a = d.asked(k.ToRegister(d.Ctx, s))
		_, err = k.Register(d.Ctx, second, a.Sealed, newDevice(t, id, true).makes(a), "别处")
		d.refused(err, login.ErrAskedBefore, "asked in one session, answered in another")
		fresh := newDevice(t, id, true)
		answer := fresh.makes(a)
		if _, err := k.Register(d.Ctx, s, a.Sealed, answer, "平板"); err != nil {
			t.Fatal(err)
		}
		_, err = k.Register(d.Ctx, s, a.Sealed, answer, "平板")
		d.refused(err, login.ErrAskedBefore, "the same twice")
		a = d.asked(k.ToRegister(d.Ctx, s))
		_, err = k.Register(d.Ctx, s, a.Sealed, fresh.makes(a), "平板")
		d.refused(err, login.ErrWrongPasskey, "the same device again")
		for i := 2; i < 10; i++ {
			d.register(k, s, newDevice(t, id, true), fmt.Sprint("第", i))
		}
		_, err = k.ToRegister(d.Ctx, s)
		d.refused(err, login.ErrManyPasskeys, "the eleventh")
		if err := d.users.DropSecondFactor(d.Ctx, d.Admin, id, "都丢了"); err != nil {
			t.Fatal(err)
		}
		a = d.asked(k.ToSignIn())
		_, err = k.SignIn(d.Ctx, a.Sealed, dev.shows(a), "10.0.0.1", "Firefox")
		d.refused(err, login.ErrUnknownPasskey, "after an administrator has taken all away")
		d.in("lijun", good, "10.0.0.1", "")
		d.Sound()
	})
}

func TestOneAnswerSignsInOnceHoweverManyBringIt(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		k := d.site()
		id := d.enter("lijun", "430602", access.Section)
		dev := newDevice(t, id, true)
		d.register(k, d.resume(d.in("lijun", good, "10.0.0.1", ""), nil), dev, "手机")
		a := d.asked(k.ToSignIn())
		answer := dev.shows(a)
		var mu sync.Mutex
		entered := 0
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := k.SignIn(d.Ctx, a.Sealed, answer, "10.0.0.1", "Firefox")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					entered++
				} else if !errors.Is(err, login.ErrAskedBefore) && !errors.Is(err, login.ErrPasskeyCopied) {
					t.Errorf("got %v", err)
				}
			})
		}
		wg.Wait()
		if entered != 1 {
			t.Errorf("%d entered by one answer", entered)
		}
	})
}

func TestPasskeysAreForADomainThatBrowsersTake(t *testing.T) {
	d := open(t, store.SQLite)
	for _, c := range []struct {
		origin, domain string
		good           bool
	}{
		{"https://anlan.example.gov.cn", "", true}, {"https://anlan.example.gov.cn:8443", "", true}, {"https://anlan.example.gov.cn", "example.gov.cn", true},
		{"http://localhost:8630", "", true}, {"http://anlan.example.gov.cn", "", false}, {"https://10.0.0.7", "", false}, {"http://127.0.0.1:8630", "", false},
		{"https://anlan.example.gov.cn", "other.gov.cn", false}, {"https://anlan.example.gov.cn", "ple.gov.cn", false}, {"", "", false}, {"https://[::1]", "", false},
	} {
		_, err := d.users.At(login.Site{Origin: c.origin, Domain: c.domain, Name: "测试局"})
		if c.good != (err == nil) || err != nil && !errors.Is(err, login.ErrNoSite) {
			t.Errorf("%s for %q: %v", c.origin, c.domain, err)
		}
	}
}

// TestSecretsOfAuthenticatorsAreSealed: whoever has the tables alone has no code, and a secret of one user is none of another.
func TestSecretsOfAuthenticatorsAreSealed(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		id, other := d.enter("lijun", "430602", access.Section), d.enter("wangfang", "430602", access.Section)
		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		e, err := d.users.EnrolTOTP(d.Ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(e.Secret)
		if err != nil {
			t.Fatal(err)
		}
		code := func() string { d.later(time.Minute); return login.TOTP(secret, d.Clock.Now().Unix()/30) }
		kept := func() (stored []byte) {
			t.Helper()
			err := d.DB.Read(d.Ctx, func(tx *store.Tx) error {
				_, err := tx.QueryRow([]any{&stored}, `SELECT coalesce(totp_secret, totp_pending) FROM login_credential WHERE user_id = ?`, id.String())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return stored
		}
		if bytes.Contains(kept(), secret) {
			t.Error("a secret that waits stands in clear")
		}
		codes, err := d.users.ConfirmTOTP(d.Ctx, s, code())
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept(), secret) || len(kept()) < len(secret)+28 {
			t.Error("a secret stands in clear")
		}
		put := func(user ident.ID, to []byte) {
			t.Helper()
			err := d.DB.InTx(d.Ctx, func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE login_credential SET totp_secret = ? WHERE user_id = ?`, to, user.String())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		put(other, kept())
		if _, err := d.try("wangfang", good, "10.0.0.1", code()); err == nil {
			t.Error("the secret of one user opens for another")
		}
		put(id, secret) // as an older program has left it
		if err := d.users.Settle(d.Ctx); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept(), secret) {
			t.Error("an old secret was not sealed")
		}
		d.in("lijun", good, "10.0.0.1", code())
		put(id, append([]byte{1}, bytes.Repeat([]byte{7}, 48)...)) // of another machine
		_, err = d.try("lijun", good, "10.0.0.1", code())
		if err == nil {
			t.Error("a secret of another machine is taken")
		}
		d.in("lijun", good, "10.0.0.1", codes[0])
		d.Sound()
	})
}
