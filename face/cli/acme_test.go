package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/app"
	"anlan/ground/clock"
)

// made is a folder that goes when the tests end.
var made string

// thePebble is a folder with Pebble, the authority by which ACME clients are tried, and its server of names, by the tools of tools/go.mod.
var thePebble = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "anlan-pebble.")
	if err != nil {
		return "", err
	}
	made = dir
	const all = "github.com/letsencrypt/pebble/v2/cmd/"
	c := exec.Command("go", "build", "-modfile=../../tools/go.mod", "-o", dir+"/", all+"pebble", all+"pebble-challtestsrv")
	if c.Env = append(os.Environ(), "GOWORK=off"); !slices.Contains(strings.Split(os.Getenv("ANLAN_REQUIRE"), ","), "generator") {
		c.Env = append(c.Env, "GOPROXY=off") // what is not on the machine is not fetched for it
	}
	if said, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	status := m.Run()
	if made != "" {
		os.RemoveAll(made)
	}
	os.Exit(status)
}

// pebble is a running authority, known by a certificate of its own.
type pebble struct {
	*testing.T
	directory, root string
	manage          string      // where it says what its root is
	served, plain   string      // the ports at which it asks: by TLS, and by plain HTTP
	secret          string      // the file with the key of the account that it asks for
	end             func()      // ends it
	own             *tls.Config // by which it is spoken to
}

// ports are free ones of the machine.
func ports(t *testing.T, n int) (out []string) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, port, err := net.SplitHostPort(l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, port)
	}
	return out
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// started starts an authority whose certificates live for some seconds. With deaf it asks by TLS where nobody answers.
func started(t *testing.T, seconds int, deaf bool) *pebble {
	t.Helper()
	programs, err := thePebble()
	if err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "generator") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: no authority could be built to issue certificates: %v", err)
	}
	dir := t.TempDir()
	certificate, key := issued(t, dir, 1, clock.System{}.Now())
	text, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	free := ports(t, 6)
	p := &pebble{T: t, directory: "https://localhost:" + free[0] + "/dir", root: certificate, manage: "https://localhost:" + free[1], served: free[2], plain: free[3], own: &tls.Config{RootCAs: x509.NewCertPool()}}
	p.own.RootCAs.AppendCertsFromPEM(text)
	const secret = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"
	p.secret = write(t, filepath.Join(dir, "account.secret"), secret+"\n")
	asks := p.served
	if deaf {
		asks = free[5]
	}
	settings := fmt.Sprintf(`{"pebble": {"listenAddress": "127.0.0.1:%s", "managementListenAddress": "127.0.0.1:%s", "certificate": %q, "privateKey": %q, "tlsPort": %s, "httpPort": %s, "keyAlgorithm": "ecdsa",
		"externalAccountBindingRequired": true, "externalAccountMACKeys": {"anlan": %q}, "retryAfter": {"authz": 1, "order": 1}, "profiles": {"default": {"description": "short", "validityPeriod": %d}}}}`,
		free[0], free[1], certificate, key, asks, p.plain, secret, seconds)
	ctx, end := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for _, c := range []*exec.Cmd{
		exec.CommandContext(ctx, filepath.Join(programs, "pebble-challtestsrv"), "-defaultIPv6", "", "-dnsserver", "127.0.0.1:"+free[4], "-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", ""),
		exec.CommandContext(ctx, filepath.Join(programs, "pebble"), "-config", write(t, filepath.Join(dir, "pebble.json"), settings), "-dnsserver", "127.0.0.1:"+free[4]),
	} {
		c.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		running.Go(func() { _ = c.Wait() }) // it is killed when the test ends
	}
	p.end = func() { end(); running.Wait() }
	t.Cleanup(p.end)
	p.until("the authority answers", func() bool { _, err := p.ask(p.manage+"/roots/0", p.own); return err == nil })
	return p
}

// until asks again and again.
func (p *pebble) until(what string, done func() bool) {
	p.Helper()
	wait, cancel := context.WithTimeout(p.Context(), time.Minute)
	defer cancel()
	for !done() {
		if wait.Err() != nil {
			p.Fatalf("waited a minute until %s", what)
		}
		moment, over := context.WithTimeout(wait, 20*time.Millisecond)
		<-moment.Done()
		over()
	}
}

// ask reads an address, wherever its name leads: all of them are this machine.
func (p *pebble) ask(address string, config *tls.Config) (*http.Response, error) {
	transport := &http.Transport{TLSClientConfig: config, DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	}}
	client := &http.Client{Transport: transport, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(text))
	return resp, err
}

// trusting is how a browser speaks to what the authority has issued for.
func (p *pebble) trusting() *tls.Config {
	p.Helper()
	resp, err := p.ask(p.manage+"/roots/0", p.own)
	if err != nil {
		p.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		p.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		p.Fatalf("no root in %s", text)
	}
	return &tls.Config{RootCAs: pool}
}

// serve serves a book by the command line until the test, or what it gives, ends it.
func (p *pebble) serve(data string, more ...string) (ended func()) {
	p.Helper()
	ctx, end := context.WithCancel(p.Context())
	said, status := "", make(chan int, 1)
	go func() {
		_, errs, got := typed(ctx, append([]string{"serve", "--data", data, "--lang", "en", "--log", "error", "--listen", "127.0.0.1:" + p.served, "--origin", "https://anlan.test:" + p.served,
			"--acme", p.directory, "--acme-terms", "--acme-root", p.root, "--acme-account", "anlan", "--acme-secret", p.secret}, more...)...)
		said = errs
		status <- got
	}()
	ended = sync.OnceFunc(func() {
		end()
		if got := <-status; got != inOrder {
			p.Errorf("serve ended with %d: %s", got, said)
		}
	})
	p.Cleanup(ended)
	return ended
}

// TestAnAuthorityIssuesAndRenews: the program gets its certificate from a real authority (Pebble) by the port that it serves at, keeps it
// where nobody else reads it, and renews it while it serves.
func TestAnAuthorityIssuesAndRenews(t *testing.T) {
	t.Parallel()
	p := started(t, 12, false)
	data := founded(t)
	ended := p.serve(data)
	browser := p.trusting()
	serials := map[string]bool{}
	p.until("a second certificate is served", func() bool {
		resp, err := p.ask("https://anlan.test:"+p.served+"/healthz", browser)
		if err == nil && resp.StatusCode == 200 {
			serials[resp.TLS.PeerCertificates[0].SerialNumber.String()] = true
		}
		return len(serials) > 1
	})
	if _, err := p.ask("https://other.test:"+p.served+"/healthz", browser); err == nil {
		t.Error("a certificate was given for a name that is not ours")
	}
	files := 0
	err := filepath.WalkDir(app.CertificateFolder(data), func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			t.Errorf("%s is open to others: %v", path, info.Mode())
		}
		if !d.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files != 2 {
		t.Errorf("%d files are kept, of an account and a certificate: %v", files, err)
	}
	ended()
}

// TestAnAuthorityAsksByPlainHTTP: where the authority does not come by TLS it asks by plain HTTP; everybody else is sent on, to the site and
// nowhere else. What was issued is there after a restart, also when the authority is away.
func TestAnAuthorityAsksByPlainHTTP(t *testing.T) {
	t.Parallel()
	p := started(t, 90*24*3600, true)
	data := founded(t)
	plain := []string{"--acme-http", "127.0.0.1:" + p.plain, "--acme-contact", "it@anlan.test"}
	ended := p.serve(data, plain...)
	browser := p.trusting()
	var first *x509.Certificate
	served := func() bool {
		resp, err := p.ask("https://anlan.test:"+p.served+"/healthz", browser)
		if err != nil {
			return false
		}
		first = resp.TLS.PeerCertificates[0]
		return true
	}
	p.until("a certificate is served", served)
	for asked, want := range map[string]string{"/records/hazard?a=b": "/records/hazard?a=b", "//elsewhere.test/x": "/elsewhere.test/x"} {
		resp, err := p.ask("http://elsewhere.test:"+p.plain+asked, nil)
		if err != nil || resp.StatusCode != http.StatusFound || resp.Header.Get("Location") != "https://anlan.test:"+p.served+want {
			t.Errorf("%s by plain HTTP: %v, %v", asked, resp, err)
		}
	}
	ended()
	p.end()
	p.serve(data, plain...)
	before := first.SerialNumber
	p.until("the certificate is served again", served)
	if first.SerialNumber.Cmp(before) != 0 {
		t.Error("after a restart another certificate is served")
	}
	checks := func(at string) string {
		t.Helper()
		out, _, _ := typed(t.Context(), "doctor", "--data", data, "--lang", "en")
		_, after, found := strings.Cut(out, at)
		line, _, _ := strings.Cut(after, "\n")
		if !found {
			t.Fatalf("doctor says nothing of %s:\n%s", at, out)
		}
		return line
	}
	if got := checks("✓ issued certificate: "); !strings.HasPrefix(got, "anlan.test until 20") {
		t.Errorf("doctor says %q", got)
	}
	files, err := filepath.Glob(filepath.Join(app.CertificateFolder(data), "*", "anlan.test"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Chmod(files[0], 0o644); err != nil {
		t.Fatal(err)
	}
	if got := checks("✗ issued certificate: "); runtime.GOOS != "windows" && !strings.Contains(got, "is open to others") {
		t.Errorf("doctor says %q", got)
	}
}

// TestTermsOfAnAuthorityAreAcceptedInSoManyWords: nobody's terms are accepted by default, and the refusal says where they are.
func TestTermsOfAnAuthorityAreAcceptedInSoManyWords(t *testing.T) {
	t.Parallel()
	p := started(t, 3600, false)
	data := founded(t)
	_, errs, status := typed(t.Context(), "serve", "--data", data, "--lang", "en", "--origin", "https://anlan.test", "--acme", p.directory, "--acme-root", p.root)
	if status != notDone || !strings.Contains(errs, "read the terms of the authority") || !strings.Contains(errs, "data:text/plain,Do%20what%20thou%20wilt") {
		t.Errorf("%d: %s", status, errs)
	}
	if _, err := os.Stat(app.CertificateFolder(data)); !os.IsNotExist(err) {
		t.Errorf("something was kept: %v", err)
	}
}
