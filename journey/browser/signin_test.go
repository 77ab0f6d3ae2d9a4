package browser

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"anlan/ground/clock"
)

// TestSignIn: whoever got a first password chooses another, then switches a second factor on, and signs in with it.
func TestSignIn(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.open("/records/hazard")
			if !strings.HasPrefix(p.path(), "/sign-in?next=") {
				t.Fatalf("a stranger came to %s", p.path())
			}
			p.fill("name", newcomer)
			p.fill("password", "不是这个密码")
			p.followTo(p.t("登录", "Sign in"), 403)
			p.reads(p.t("登录名或密码不对", "the login name or the password is wrong"))
			p.fill("password", firstPassword)
			p.follow(p.t("登录", "Sign in"))
			p.reads(p.t("别人替您设的", "Somebody else set this password"))
			p.open("/records/hazard") // nothing else can be done first
			if p.path() != "/account/password" {
				t.Fatalf("with a first password one comes to %s", p.path())
			}
			p.fill("old", firstPassword)
			p.fill("new", password)
			p.fill("again", password+"！")
			p.followTo(p.t("改密码", "Change it"), 422)
			p.reads(p.t("两次输入的新密码不一样", "two different ways"))
			p.fill("old", firstPassword)
			p.fill("new", password)
			p.fill("again", password)
			p.follow(p.t("改密码", "Change it"))

			p.open("/account")
			p.follow(p.t("开启动态口令", "Switch on codes"))
			secret := ask[string](p, `document.querySelector('code.hash').textContent`)
			p.fill("code", digits(t, secret, clock.System{}.Now().Add(-30*time.Second)))
			p.follow(p.t("开启", "Switch it on"))
			if n := ask[int](p, `document.querySelectorAll('.codes li').length`); n != 10 {
				t.Errorf("%d recovery codes", n)
			}
			p.follow(p.t("退出", "Sign out"))
			p.open("/account")
			p.fill("name", newcomer)
			p.fill("password", password)
			p.followTo(p.t("登录", "Sign in"), 403)
			p.fill("password", password)
			p.fill("code", digits(t, secret, clock.System{}.Now()))
			p.follow(p.t("登录", "Sign in"))
			if p.path() != "/account" {
				t.Errorf("signed in, one comes to %s", p.path())
			}
			p.reads(newcomer)
		})
	}
}

// digits are the six digits of a second factor at an instant (RFC 6238).
func digits(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(strings.NewReplacer(" ", "", "=", "").Replace(secret)))
	must(t, err)
	var step [8]byte
	binary.BigEndian.PutUint64(step[:], uint64(at.Unix()/30))
	h := hmac.New(sha1.New, key)
	h.Write(step[:])
	sum := h.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&15:]) & 0x7fffffff
	return fmt.Sprintf("%06d", n%1_000_000)
}
