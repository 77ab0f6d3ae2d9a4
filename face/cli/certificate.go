package cli

import (
	"crypto/tls"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/reason"
)

// ErrBadCertificate says that a certificate and its key cannot be used.
var ErrBadCertificate = fault.Define("cli.bad_certificate", fault.Invalid,
	"证书“%s”和私钥“%s”不能用：%s", "certificate %q and key %q cannot be used: %s")

// pair is a certificate with its key, read again when a file changes: an authority renews it while the program runs.
type pair struct {
	certificate, key string
	log              *slog.Logger

	mu     sync.Mutex
	loaded *tls.Certificate
	of     [2]time.Time // when the files were changed that are loaded
	looked time.Time
}

// pairOf reads a certificate. Fault: ErrBadCertificate.
func pairOf(certificate, key string, log *slog.Logger) (*pair, error) {
	p := &pair{certificate: certificate, key: key, log: log}
	if err := p.load(); err != nil {
		return nil, ErrBadCertificate.Because(err, certificate, key, reason.Of(err))
	}
	return p, nil
}

func (p *pair) changed() (at [2]time.Time, err error) {
	for n, path := range []string{p.certificate, p.key} {
		info, err := os.Stat(path)
		if err != nil {
			return at, err
		}
		at[n] = info.ModTime()
	}
	return at, nil
}

func (p *pair) load() error {
	at, err := p.changed()
	if err != nil {
		return err
	}
	c, err := tls.LoadX509KeyPair(p.certificate, p.key)
	if err != nil {
		return err
	}
	p.loaded, p.of = &c, at
	return nil
}

// lookEvery is how often the files are looked at, at most.
const lookEvery = 10 * time.Second

// current gives the certificate for a connection. While new files do not fit together, the old one stays: both are seldom put there in
// one moment.
func (p *pair) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := clock.System{}.Now()
	if now.Sub(p.looked) >= lookEvery {
		p.looked = now
		at, err := p.changed()
		if err == nil && at != p.of {
			err = p.load()
		}
		if err != nil {
			p.log.Warn("a changed certificate is not taken up", "error", err.Error())
		}
	}
	return p.loaded, nil
}

// overTLS takes connections of l by TLS 1.2 or newer, with HTTP/2.
func overTLS(l net.Listener, p *pair) net.Listener {
	return tls.NewListener(l, &tls.Config{GetCertificate: p.current, NextProtos: []string{"h2", "http/1.1"}, MinVersion: tls.VersionTLS12})
}
