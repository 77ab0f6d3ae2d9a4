package browser

import (
	"testing"
	"time"

	"anlan/face/web"
	"anlan/ground/clock"
	"anlan/store"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// sure opens a site by a name for which browsers give passkeys.
func sure(t *testing.T) *site {
	t.Helper()
	return opening(t, func(s *site, o *web.Options) {
		s.named = true
		o.Origin = s.base()
	})
}

// holds gives the browser of a person a device that keeps passkeys, and asks who holds it where asks says so.
func (p *person) holds(asks bool) webauthn.AuthenticatorID {
	p.Helper()
	_, err := chromedp.Call(p.ctx, webauthn.Enable, webauthn.EnableParams{})
	must(p, err)
	kind := webauthn.VirtualAuthenticatorOptions{Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}
	if !asks {
		kind = webauthn.VirtualAuthenticatorOptions{Protocol: "u2f", Transport: "usb", AutomaticPresenceSimulation: true}
	}
	made, err := chromedp.Call(p.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &kind})
	must(p, err)
	return made.AuthenticatorID
}

// refuses makes the device find that somebody else holds it, or its owner again.
func (p *person) refuses(device webauthn.AuthenticatorID, refuses bool) {
	p.Helper()
	_, err := chromedp.Call(p.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: device, IsUserVerified: !refuses})
	must(p, err)
}

// TestPasskey: somebody makes a passkey, signs in by it without a password, is not let in by a device that somebody else holds, shows by it
// who it is before a dangerous act, and takes it away.
func TestPasskey(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := sure(t)
			p := s.sits(t, l)
			device := p.holds(true)
			p.signIn("keshi")
			p.open("/account")
			p.fill("name", p.t("办公室电脑", "office computer"))
			p.follow(p.t("添加通行密钥", "Add a passkey"))
			p.follow(p.t("在设备上建立", "Make it on the device"))
			if n := ask[int](p, `document.querySelectorAll('.codes li').length`); n != 10 {
				t.Errorf("%d recovery codes", n)
			}
			p.follow(p.t("退出", "Sign out"))

			p.open("/account")
			p.follow(p.t("用通行密钥登录", "Sign in with a passkey"))
			if p.path() != "/account" {
				t.Errorf("signed in, one comes to %s", p.path())
			}
			p.reads("keshi", p.t("最近使用", "last used"))
			p.follow(p.t("退出", "Sign out"))

			p.open("/sign-in")
			p.refuses(device, true)
			p.press(p.t("用通行密钥登录", "Sign in with a passkey"))
			p.until(`!document.querySelector('form.passkey .why').hidden`)
			p.sees()
			p.reads(p.t("设备没有给出通行密钥", "The device gave no passkey"))
			p.refuses(device, false)

			// The password alone is not enough any more.
			p.fill("name", "keshi")
			p.fill("password", password)
			p.followTo(p.t("登录", "Sign in"), 403)
			p.follow(p.t("用通行密钥确认", "Use your passkey"))
			if p.path() != "/today" {
				t.Errorf("signed in, one comes to %s", p.path())
			}

			s.weary(t, "keshi")
			p.open("/account/tokens")
			p.fill("name", "county-sync")
			p.fill("scope", "read")
			p.followTo(p.t("签发", "Issue it"), 403)
			p.reads(p.t("再次确认是您本人", "show once more that it is you"))
			p.follow(p.t("用通行密钥确认", "Use your passkey"))
			p.reads("anlan_", "county-sync")
			p.open("/account")
			p.follow(p.t("停用", "Take away"))
			p.reads(p.t("没有。有了它", "There is none."))
		})
	}
}

// TestSecurityKey: a key that asks nobody who holds it is a second factor after the password, and nothing alone.
func TestSecurityKey(t *testing.T) {
	t.Parallel()
	s := sure(t)
	p := s.sits(t, desk)
	p.holds(false)
	p.signIn("caiwu")
	p.open("/account")
	p.fill("name", "钥匙")
	p.follow("添加通行密钥")
	p.follow("在设备上建立")
	p.reads("只作第二因素")
	p.follow("退出")
	p.open("/sign-in")
	p.fill("name", "caiwu")
	p.fill("password", password)
	p.followTo("登录", 403)
	p.follow("用通行密钥确认")
	if p.path() != "/today" {
		t.Errorf("signed in, one comes to %s", p.path())
	}
}

// weary lets the time pass after which nobody is sure any more who sits at the screen.
func (s *site) weary(t *testing.T, name string) {
	t.Helper()
	must(t, s.app.DB.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE login_session SET proved_at = ? WHERE user_id = (SELECT id FROM login_user WHERE login = ?)`, clock.System{}.Now().Add(-11*time.Minute).UnixMicro(), name)
		return err
	}))
}
