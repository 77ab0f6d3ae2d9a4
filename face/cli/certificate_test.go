package cli

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/web"
	"anlan/ground/clock"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/storetest"
)

// issued writes a certificate for localhost and its key, changed at an instant.
func issued(t *testing.T, dir string, serial int64, at time.Time) (certificate, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := clock.System{}.Now()
	x := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, x, x, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	certificate, key = filepath.Join(dir, "tls.crt"), filepath.Join(dir, "tls.key")
	for path, block := range map[string]*pem.Block{certificate: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return certificate, key
}

func serial(t *testing.T, p *pair) int64 {
	t.Helper()
	c, err := p.current(nil)
	if err != nil {
		t.Fatal(err)
	}
	x, err := x509.ParseCertificate(c.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	return x.SerialNumber.Int64()
}

// A renewed certificate is taken up while the server runs; one that does not fit its key is not, and the log says so.
func TestARenewedCertificateIsTakenUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := clock.System{}.Now().Add(-time.Hour)
	certificate, key := issued(t, dir, 1, start)
	var said bytes.Buffer
	p, err := pairOf(certificate, key, slog.New(slog.NewTextHandler(&said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if got := serial(t, p); got != 1 {
		t.Fatalf("certificate %d", got)
	}
	issued(t, dir, 2, start.Add(time.Minute))
	if got := serial(t, p); got != 1 {
		t.Errorf("the files are looked at for every connection: certificate %d", got)
	}
	p.looked = time.Time{}
	if got := serial(t, p); got != 2 {
		t.Errorf("after the renewal: certificate %d", got)
	}
	if err := os.WriteFile(key, []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.looked = time.Time{}
	if got := serial(t, p); got != 2 || !strings.Contains(said.String(), "not taken up") {
		t.Errorf("with half a key: certificate %d, said %q", got, said.String())
	}
	if _, err := pairOf(certificate, key, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "tls.key") {
		t.Errorf("started with half a key: %v", err)
	}
}

// The pages come over TLS and HTTP/2, and cookies are for TLS only.
func TestPagesAreServedOverTLS(t *testing.T) {
	t.Parallel()
	so := storetest.Migrated(t, store.SQLite)
	a, err := app.Init(t.Context(), app.Options{Data: filepath.Clean(so.Dir), Clock: clock.System{}}, access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	certificate, key := issued(t, t.TempDir(), 7, clock.System{}.Now())
	p, err := pairOf(certificate, key, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(plain.Addr().String())
	pages, err := web.New(t.Context(), a, a.Users, web.Options{Origin: "https://localhost:" + port, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer pages.Close()
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- pages.Serve(ctx, overTLS(plain, p)) }()
	content, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(content)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	resp, err := client.PostForm("https://localhost:"+port+"/language", map[string][]string{"lang": {"en"}})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	if resp.Proto != "HTTP/2.0" || resp.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s with %v", resp.Proto, resp.Header)
	}
	client.CloseIdleConnections()
	end()
	if err := <-ended; err != nil {
		t.Errorf("served until %v", err)
	}
}
