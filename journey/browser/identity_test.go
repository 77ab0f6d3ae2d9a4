package browser

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/face/web"
	"anlan/office/login"
)

// theProvider is the example server of zitadel/oidc, an OpenID provider that others certify theirs by; built once, by the tools of tools/go.mod.
var theProvider = sync.OnceValues(func() (string, error) {
	dir, err := founded()
	if err != nil {
		return "", err
	}
	out := filepath.Join(filepath.Dir(dir), "provider")
	c := exec.Command("go", "build", "-modfile=../../tools/go.mod", "-o", out, "github.com/zitadel/oidc/v3/example/server")
	if c.Env = append(os.Environ(), "GOWORK=off"); !slices.Contains(strings.Split(os.Getenv("ANLAN_REQUIRE"), ","), "generator") {
		c.Env = append(c.Env, "GOPROXY=off") // what is not on the machine is not fetched for it
	}
	if said, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return out, nil
})

// provider starts an identity provider that sends people back to an address, and gives its own.
func provider(t *testing.T, back string) string {
	t.Helper()
	program, err := theProvider()
	if err != nil {
		lacking(t, "generator", "no identity provider could be built to sign in by: "+err.Error())
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	must(t, err)
	must(t, l.Close())
	c := exec.CommandContext(t.Context(), program)
	c.Env = []string{"PORT=" + port, "REDIRECT_URI=" + back}
	said, err := c.StderrPipe()
	must(t, err)
	must(t, c.Start())
	t.Cleanup(func() { _ = c.Wait() }) // it is killed when the test ends
	heard := bufio.NewScanner(said)
	for heard.Scan() && !strings.Contains(heard.Text(), "server listening") {
	}
	go func() {
		for heard.Scan() {
		}
	}()
	issuer := "http://localhost:" + port + "/"
	wait, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		r, err := http.NewRequestWithContext(wait, http.MethodGet, issuer+".well-known/openid-configuration", nil)
		must(t, err)
		if resp, err := http.DefaultClient.Do(r); err == nil {
			must(t, resp.Body.Close())
			return issuer
		}
		select {
		case <-tick.C:
		case <-wait.Done():
			t.Fatal("the identity provider does not answer")
		}
	}
}

// there waits until the browser is at the provider, and signs in there.
func (p *person) there(issuer, name string) {
	p.Helper()
	p.until(`location.href.startsWith(` + fmt.Sprintf("%q", issuer+"login") + `) && !!document.querySelector('#password')`)
	p.fill("username", name)
	p.fill("password", "verysecure")
	p.press("Login")
}

// returns waits until the browser is back at a page of ours.
func (p *person) returns(path string) {
	p.Helper()
	p.until(`location.href === ` + fmt.Sprintf("%q", p.site.base()+path) + ` && document.readyState === 'complete'`)
	p.sees()
}

// TestIdentityProvider: somebody links its identity, signs in by it, shows by it who it is, signs out of both, and an identity that is linked to
// nobody lets nobody in.
func TestIdentityProvider(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			issuer := ""
			s := opening(t, func(s *site, o *web.Options) {
				s.named = true
				o.Origin = s.base()
				issuer = provider(t, o.Origin+"/sign-in/identity/back")
				o.Identity = login.Identity{Issuer: issuer, Client: "web", Secret: "secret", Name: "省统一身份"}
			})
			p := s.sits(t, l)
			at, err := url.Parse(issuer)
			must(t, err)
			p.excuse("asks elsewhere: http://"+at.Host+"/", "network error: .*status of 403") // which this journey is about

			p.open("/sign-in")
			p.press(p.t("用省统一身份登录", "Sign in by 省统一身份"))
			p.there(issuer, "test-user@localhost")
			p.until(`location.pathname === '/sign-in/identity/back' && document.readyState === 'complete'`)
			p.reads(p.t("还没有关联本系统的用户", "is linked to no user here"))
			p.sees()

			p.signIn("keshi")
			p.open("/account")
			p.press(p.t("关联我的身份", "Link my identity"))
			p.there(issuer, "test-user@localhost")
			p.returns("/account")
			p.reads(p.t("起可以用它登录", "you may sign in by it"))
			p.follow(p.t("退出", "Sign out"))

			p.open("/records/hazard")
			p.press(p.t("用省统一身份登录", "Sign in by 省统一身份"))
			p.there(issuer, "test-user@localhost")
			p.returns("/records/hazard")
			p.reads("keshi")

			// A dangerous act a while later.
			s.weary(t, "keshi")
			p.open("/account/tokens")
			p.fill("name", "county-sync")
			p.fill("scope", "read")
			p.followTo(p.t("签发", "Issue it"), 403)
			p.press(p.t("到省统一身份确认", "Confirm at 省统一身份"))
			p.there(issuer, "test-user@localhost")
			p.returns("/account/tokens")
			p.fill("name", "county-sync")
			p.fill("scope", "read")
			p.follow(p.t("签发", "Issue it"))
			p.reads("anlan_")

			p.open("/records/hazard")
			p.until(`caches.has('kept')`)
			p.press(p.t("退出", "Sign out"))
			p.until(`location.href === ` + fmt.Sprintf("%q", issuer+"logged-out"))
			p.open("/public/reports")
			p.until(`caches.has('kept').then(x => !x)`) // what the device kept went with signing out
			p.open("/sign-in")
			if p.path() != "/sign-in" { // nobody is signed in
				t.Errorf("signed out, one is at %s", p.path())
			}

			// Somebody else's identity is not this one.
			p.press(p.t("用省统一身份登录", "Sign in by 省统一身份"))
			p.there(issuer, "test-user2")
			p.until(`location.pathname === '/sign-in/identity/back' && document.readyState === 'complete'`)
			p.reads(p.t("还没有关联本系统的用户", "is linked to no user here"))
		})
	}
}
