package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anlan/app"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// authority says by which authority (证书签发机构) the program gets its certificate itself, by ACME (RFC 8555).
type authority struct {
	directory string // the address of the authority's directory; empty: there is none
	terms     bool   // whoever runs the program has accepted the terms of the authority
	contact   string // an address of mail that the authority is told; empty: none
	root      string // a file with the certificates by which the authority itself is known; empty: those of the system
	account   string // by which the authority knows its customer (external account binding); empty: it asks for none
	secret    string // the file with the key of that account
	http      string // an address where the authority may ask by plain HTTP; empty: it asks by TLS alone
}

// Faults of authorities.
var (
	ErrTwoCertificates = fault.Define("cli.two_certificates", fault.Invalid,
		"--certificate 和 --acme 只能用一个：证书或由自己提供，或由签发机构签发", "only one of --certificate and --acme: a certificate is one's own, or one that an authority issues")
	ErrBadAuthority = fault.Define("cli.bad_authority", fault.Invalid,
		"签发机构“%s”不能用：%s", "the authority %q cannot be used: %s")
	ErrTerms = fault.Define("cli.terms", fault.Invalid,
		"请先阅读签发机构“%s”的服务条款（%s），接受后加上 --acme-terms", "read the terms of the authority %q (%s), and say by --acme-terms that they are accepted")
)

// Bounds of what is said with an authority.
const (
	authorityWait = 30 * time.Second // for one answer
	termsWait     = 10 * time.Second // for being told where the terms are
	askedAgain    = 15 * time.Minute // after a refusal: authorities count them, some allow five in an hour
	lookedAfter   = 12 * time.Hour   // how often a certificate that is there is looked at
	warnBefore    = 10 * 24 * time.Hour
	handshakeWait = 20 * time.Second // for whoever comes before the first certificate does
)

// issuing is a certificate that an authority issues and renews: two thirds into its time, without a restart.
type issuing struct {
	host    string
	manager *autocert.Manager
	log     *slog.Logger
	had     chan struct{} // closed when there is a certificate
}

// issuingBy prepares the certificate of an origin, kept in the data folder. Until ctx ends the authority is asked. Faults: ErrWithoutOrigin,
// ErrBadAuthority, ErrTerms, ErrSecretFile.
func issuingBy(ctx context.Context, o authority, origin, data string, log *slog.Logger) (*issuing, error) {
	site, err := url.Parse(origin)
	if err != nil || site.Scheme != "https" {
		return nil, ErrWithoutOrigin.With()
	}
	host := strings.ToLower(site.Hostname())
	if net.ParseIP(host) != nil || !strings.Contains(strings.Trim(host, "."), ".") {
		return nil, ErrBadAuthority.With(o.directory, lang.Text{Zh: "不能为“" + host + "”签发，要的是域名", En: "nothing can be issued for " + host + ", which is no name of a domain"})
	}
	directory, err := url.Parse(o.directory)
	if err != nil || directory.Scheme != "https" || directory.Host == "" || directory.User != nil {
		return nil, ErrBadAuthority.With(o.directory, lang.Of("应形如https://acme.example.gov.cn/directory", "expected the form https://acme.example.gov.cn/directory"))
	}
	line, err := o.line(ctx)
	if err != nil {
		return nil, err
	}
	client := &acme.Client{DirectoryURL: o.directory, HTTPClient: line, UserAgent: "anlan"}
	if !o.terms {
		return nil, ErrTerms.With(o.directory, termsOf(ctx, client))
	}
	c := &issuing{host: host, log: log, had: make(chan struct{})}
	sum := sha256.Sum256([]byte(o.directory)) // what one authority has issued is not taken for another's
	folder := filepath.Join(app.CertificateFolder(data), directory.Hostname()+"-"+hex.EncodeToString(sum[:4]))
	c.manager = &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(folder), HostPolicy: autocert.HostWhitelist(host), Client: client, Email: o.contact}
	if c.manager.ExternalAccountBinding, err = o.binding(); err != nil {
		return nil, err
	}
	return c, nil
}

// line is how the authority is spoken to: each connection ends with ctx, also one on which an answer is waited for.
func (o authority) line(ctx context.Context) (*http.Client, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.root != "" {
		text, err := os.ReadFile(o.root)
		if err != nil {
			return nil, ErrBadAuthority.Because(err, o.root, reason.Of(err))
		}
		if config.RootCAs = x509.NewCertPool(); !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, ErrBadAuthority.With(o.root, lang.Of("文件里没有证书（PEM）", "the file holds no certificate (PEM)"))
		}
	}
	dialer := &net.Dialer{Timeout: authorityWait}
	dial := func(asked context.Context, network, address string) (net.Conn, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		conn, err := dialer.DialContext(asked, network, address)
		if err == nil {
			context.AfterFunc(ctx, func() { conn.Close() })
		}
		return conn, err
	}
	return &http.Client{Timeout: authorityWait, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: dial, TLSClientConfig: config, ForceAttemptHTTP2: true, IdleConnTimeout: authorityWait}}, nil
}

// binding is the account that the customer of an authority has there already.
func (o authority) binding() (*acme.ExternalAccountBinding, error) {
	if o.account == "" && o.secret == "" {
		return nil, nil
	}
	if o.account == "" || o.secret == "" {
		return nil, ErrBadAuthority.With(o.directory, lang.Of("--acme-account和--acme-secret要一起写", "--acme-account and --acme-secret go together"))
	}
	text, err := secretIn(o.secret)
	if err != nil {
		return nil, err
	}
	key, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil || len(key) == 0 {
		return nil, ErrSecretFile.With(o.secret, lang.Of("不是base64url写的密钥", "it is no key in base64url"))
	}
	return &acme.ExternalAccountBinding{KID: o.account, Key: key}, nil
}

// termsOf is where the terms of an authority are to be read, or why it did not say.
func termsOf(ctx context.Context, client *acme.Client) lang.Text {
	ctx, cancel := context.WithTimeout(ctx, termsWait)
	defer cancel()
	d, err := client.Discover(ctx)
	if err != nil {
		says := reason.Of(err)
		return lang.Text{Zh: "没有问到：" + says.Zh, En: "it did not say where: " + says.En}
	}
	where := cmp.Or(d.Terms, "-")
	return lang.Text{Zh: where, En: where}
}

// modern is what a client says that takes the one certificate there is: of an elliptic curve, as all browsers do.
func modern(host string) *tls.ClientHelloInfo {
	return &tls.ClientHelloInfo{ServerName: host, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}}
}

// errNotIssued is what a handshake ends with while there is no certificate.
var errNotIssued = errors.New("the authority has issued no certificate yet")

// current gives the certificate for a connection, and the authority's own questions (tls-alpn-01) their answer. A handshake never asks the
// authority: whoever knocks often would use up what it allows.
func (c *issuing) current(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if len(hello.SupportedProtos) == 1 && hello.SupportedProtos[0] == acme.ALPNProto {
		return c.manager.GetCertificate(hello)
	}
	wait, cancel := context.WithTimeout(hello.Context(), handshakeWait)
	defer cancel()
	select {
	case <-c.had:
		return c.manager.GetCertificate(modern(cmp.Or(hello.ServerName, c.host)))
	case <-wait.Done():
		return nil, errNotIssued
	}
}

// over takes connections of l by TLS, as overTLS does.
func (c *issuing) over(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{GetCertificate: c.current, NextProtos: []string{"h2", "http/1.1", acme.ALPNProto}, MinVersion: tls.VersionTLS12})
}

// look asks for the certificate, from the authority where there is none, and says when to look again.
func (c *issuing) look(now time.Time) time.Duration {
	got, err := c.manager.GetCertificate(modern(c.host))
	if err != nil {
		c.log.Error("the authority has issued no certificate", "host", c.host, "error", err.Error())
		return askedAgain
	}
	select {
	case <-c.had:
	default:
		close(c.had)
		c.log.Info("certificate", "host", c.host, "until", got.Leaf.NotAfter)
	}
	if left := got.Leaf.NotAfter.Sub(now); left < min(warnBefore, got.Leaf.NotAfter.Sub(got.Leaf.NotBefore)/4) {
		c.log.Warn("the certificate was not renewed in time", "host", c.host, "until", got.Leaf.NotAfter)
	}
	return lookedAfter
}

// run looks after the certificate until ctx ends.
func (c *issuing) run(ctx context.Context) {
	for ctx.Err() == nil {
		wait, cancel := context.WithTimeout(ctx, c.look(clock.System{}.Now()))
		<-wait.Done()
		cancel()
	}
}

// plain answers by plain HTTP what the authority asks there (http-01), and sends everybody else to the site.
func (c *issuing) plain(origin string) http.Handler {
	answer := c.manager.HTTPHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "HTTPS only", http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, strings.TrimRight(origin, "/")+"/"+strings.TrimLeft(r.URL.RequestURI(), "/"), http.StatusFound)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host, _, err := net.SplitHostPort(r.Host); err == nil {
			r.Host = host // the manager compares names alone
		}
		answer.ServeHTTP(w, r)
	})
}
