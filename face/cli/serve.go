package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"sync"

	"anlan/app/scanner"
	"anlan/face/api"
	"anlan/face/meter"
	"anlan/face/web"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/office/login"

	"github.com/coreos/go-systemd/v22/daemon"
)

// serveAddress is where pages are served when nobody says otherwise: on the machine itself only.
const serveAddress = "127.0.0.1:8630"

var serveVerb = verb{
	name: "serve", args: "[--listen ADDRESS] [--origin URL] [--passkey-domain DOMAIN] [--oidc-issuer URL --oidc-client ID --oidc-secret FILE --oidc-name NAME] [--certificate FILE --key FILE] [--acme DIRECTORY --acme-terms --acme-contact MAIL --acme-root FILE --acme-account ID --acme-secret FILE --acme-http ADDRESS] [--proxy NETWORK] [--scanner ADDRESS] [--metrics ADDRESS] [--traces URL] [--log LEVEL] [--public-reports]",
	about:   lang.Of("在浏览器里使用账册：登录、查看、登记、办理、公开；程序用它的接口", "use the book in a browser: sign in, read, record, act, publish; programs use its API"),
	example: "anlan serve --listen 0.0.0.0:8630 --origin https://anlan.example.gov.cn",
	run: func(ctx context.Context, e *env) (int, error) {
		listen := e.Text("listen", "ADDRESS", lang.Of("监听地址，默认127.0.0.1:8630，只有本机能连", "the address to listen on; by default 127.0.0.1:8630, which only this machine reaches"))
		origin := e.Text("origin", "URL", lang.Of("浏览器使用的网址，前面有代理或证书时填写，如https://anlan.example.gov.cn", "the address that browsers use, where a proxy or a certificate stands in front, as https://anlan.example.gov.cn"))
		domain := e.Text("passkey-domain", "DOMAIN", lang.Of("通行密钥所属的域，默认是--origin的主机名，也可以是它的上级域名，如example.gov.cn；改了以后原有的通行密钥都不能再用", "the domain for which passkeys hold: by default the host of --origin, or one above it, as example.gov.cn; who changes it loses the passkeys there are"))
		issuer := e.Text("oidc-issuer", "URL", lang.Of("统一身份认证平台（OpenID Connect）的网址，如https://sso.example.gov.cn；在平台登记的回调地址是--origin加/sign-in/identity/back", "an identity provider (OpenID Connect) by which people may sign in too, as https://sso.example.gov.cn; it is told to send people back to --origin with /sign-in/identity/back"))
		client := e.Text("oidc-client", "ID", lang.Of("本程序在平台的客户端标识", "by which the provider knows this program"))
		secret := e.Text("oidc-secret", "FILE", lang.Of("客户端密钥所在的文件；不填为公开客户端", "the file with the client's secret; without it a public client"))
		called := e.Text("oidc-name", "NAME", lang.Of("登录页上平台的名称，默认是它的主机名", "what the page to sign in calls the provider; by default its host"))
		certificate := e.Text("certificate", "FILE", lang.Of("证书（PEM，含中间证书），由本程序提供TLS；换了文件自动启用", "certificate (PEM, with those between), by which this program itself serves TLS; a changed file is taken up by itself"))
		key := e.Text("key", "FILE", lang.Of("证书的私钥（PEM）", "the certificate's private key (PEM)"))
		by := authority{}
		acme := func(name, value string, into *string, about lang.Text) {
			e.Declare("acme"+name, value, about, func(v string) error { *into = v; return nil })
		}
		acme("", "DIRECTORY", &by.directory, lang.Of("签发机构的ACME目录网址，如https://acme.example.gov.cn/directory：证书由本程序自动申请、自动更换，存放在数据目录", "the ACME directory of an authority, as https://acme.example.gov.cn/directory: the program gets its certificate there and renews it, and keeps it in the data folder"))
		terms := e.Toggle("acme-terms", lang.Of("已阅读并接受签发机构的服务条款", "the terms of the authority were read and are accepted"))
		acme("-contact", "MAIL", &by.contact, lang.Of("告诉签发机构的联系邮箱", "an address of mail that the authority is told"))
		acme("-root", "FILE", &by.root, lang.Of("认签发机构自己的网址用的根证书（PEM），默认用系统的", "root certificates (PEM) by which the authority's own address is known; by default those of the system"))
		acme("-account", "ID", &by.account, lang.Of("在签发机构已有的账户编号（EAB），机构要求时填写", "the account that one has at the authority (external account binding), where it asks for one"))
		acme("-secret", "FILE", &by.secret, lang.Of("上述账户的密钥所在的文件（base64url）", "the file with the key of that account (base64url)"))
		acme("-http", "ADDRESS", &by.http, lang.Of("另在这个地址用HTTP回答签发机构的查验，其余转到--origin，如0.0.0.0:80；不填时只用TLS（tls-alpn-01），那要求443端口直通本程序", "answer the authority by plain HTTP at this address too and send all else to --origin, as 0.0.0.0:80; without it by TLS alone (tls-alpn-01), for which port 443 leads to this program"))
		proxy := e.Text("proxy", "NETWORK", lang.Of("信任的代理，按X-Forwarded-For认访问者的地址，如10.1.0.0/16，多个用逗号分开", "proxies that are believed about who asks (X-Forwarded-For), as 10.1.0.0/16, several by commas"))
		scans := e.Text("scanner", "ADDRESS", lang.Of("上传的文件先经病毒扫描（ClamAV的clamd）再接收，如unix:/run/clamav/clamd.ctl或tcp:127.0.0.1:3310；扫描用不了时一律不接收", "a virus scanner (clamd of ClamAV) looks at what is uploaded before it is taken, as unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310; while it is away nothing is taken"))
		metrics := e.Text("metrics", "ADDRESS", lang.Of("另在这个地址提供运行指标（Prometheus，/metrics），如127.0.0.1:8631；不填则不提供", "serve figures of the program (Prometheus, /metrics) at this address too, as 127.0.0.1:8631; without it there are none"))
		traces := e.Text("traces", "URL", lang.Of("把每个请求的链路追踪（OpenTelemetry，OTLP/HTTP）送到这个网址，如http://127.0.0.1:4318；不填时看环境变量OTEL_EXPORTER_OTLP_ENDPOINT，都没有则不追踪", "send traces of each request (OpenTelemetry, OTLP/HTTP) there, as http://127.0.0.1:4318; without it OTEL_EXPORTER_OTLP_ENDPOINT of the environment says where, and without both there are none"))
		level := "info"
		e.Choice("log", lang.Of("日志从哪一级记起：info（默认，每个请求一行）、warn（将要出问题的）、error（要有人处理的）",
			"from which level the log is written: info (the default, a line for each request), warn (what will become a failure), error (what somebody must see to)"), &level, "info", "warn", "error")
		informing := e.Toggle("public-reports", lang.Of("公众不登录就可以在网页上举报，并凭编号和查询码查询办理情况", "the public may report hazards by a page, without signing in, and ask by number and code what became of it"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		identity, err := identityOf(login.Identity{Issuer: *issuer, Client: *client, Name: *called}, *secret)
		if err != nil {
			return notDone, err
		}
		log := logging(level)
		proxies, err := networks(*proxy)
		if err != nil {
			return notDone, err
		}
		looks := scanner.Scanner{}
		if *scans != "" {
			if looks, err = scanner.At(*scans, log); err != nil {
				return notDone, err
			}
		}
		o := service{pages: web.Options{Origin: *origin, PasskeyDomain: *domain, Identity: identity, Proxies: proxies, Scanner: looks, Informing: *informing}, metrics: *metrics, log: log}
		o.traces = meter.Collector{URL: cmp.Or(*traces, os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT")), Headers: os.Getenv("OTEL_EXPORTER_OTLP_HEADERS"), Version: programVersion()}
		address := cmp.Or(*listen, serveAddress)
		o.listen = func() (net.Listener, error) { return listenOrInherit(address) }
		by.terms = *terms
		switch own := *certificate != "" || *key != ""; {
		case own && by.directory != "":
			return notDone, ErrTwoCertificates.With()
		case own:
			if !strings.HasPrefix(*origin, "https://") {
				return notDone, ErrWithoutOrigin.With()
			}
			pair, err := pairOf(*certificate, *key, log)
			if err != nil {
				return notDone, err
			}
			o.listen = func() (net.Listener, error) {
				l, err := listenOrInherit(address)
				if err != nil {
					return nil, err
				}
				return overTLS(l, pair), nil
			}
		case by.directory != "":
			if o.issued, err = issuingBy(ctx, by, *origin, e.data, log); err != nil {
				return notDone, err
			}
			o.plain = by.http
			o.listen = func() (net.Listener, error) {
				l, err := listenOrInherit(address)
				if err != nil {
					return nil, err
				}
				return o.issued.over(l), nil
			}
		case by != (authority{}):
			return notDone, e.Missing("acme")
		}
		return e.serve(ctx, o)
	},
}

// secretBytesMax bounds a file with a secret.
const secretBytesMax = 4 << 10

// ErrSecretFile says that the secret of a client cannot be read.
var ErrSecretFile = fault.Define("cli.secret_file", fault.Invalid,
	"不能使用密钥文件“%s”：%s；应是一行文字，只有运行本程序的用户能读", "the secret file %q cannot be used: %s; expected one line that only the user of this program may read")

// identityOf adds the secret of a client of an identity provider, from its file. Fault: ErrSecretFile.
func identityOf(at login.Identity, file string) (login.Identity, error) {
	if file == "" {
		return at, nil
	}
	var err error
	at.Secret, err = secretIn(file)
	return at, err
}

// secretIn reads a secret from its file. Fault: ErrSecretFile.
func secretIn(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", ErrSecretFile.Because(err, file, reason.Of(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", ErrSecretFile.Because(err, file, reason.Of(err))
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return "", ErrSecretFile.With(file, lang.Text{Zh: fmt.Sprintf("权限是%04o", mode), En: fmt.Sprintf("its permissions are %04o", mode)})
	}
	text, err := io.ReadAll(io.LimitReader(f, secretBytesMax+1))
	if err != nil {
		return "", ErrSecretFile.Because(err, file, reason.Of(err))
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" || len(text) > secretBytesMax || strings.ContainsAny(secret, "\r\n") {
		return "", ErrSecretFile.With(file, lang.Of("不是一行文字", "it is not one line"))
	}
	return secret, nil
}

// service is how a book is served.
type service struct {
	pages   web.Options
	listen  func() (net.Listener, error)
	metrics string          // address of the figures of the program; empty: there are none
	issued  *issuing        // the certificate that an authority issues; nil: there is none
	plain   string          // where the authority may ask by plain HTTP; empty: nowhere
	traces  meter.Collector // without an address there are none
	log     *slog.Logger
}

// serve serves the pages of the book and its API where listen says, and sends its webhooks, until ctx ends, which is in order.
func (e *env) serve(ctx context.Context, o service) (int, error) {
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	m := meter.New(a, programVersion(), o.log)
	o.pages.Log, o.pages.Around, o.pages.Gathered = o.log, m.Around, m.Gathered
	if o.traces.URL != "" {
		traces, err := meter.NewTraces(ctx, o.traces, o.log)
		if err != nil {
			return notDone, err
		}
		defer func() {
			if err := traces.Close(); err != nil {
				o.log.Warn("the last traces are lost", "part", "meter", "error", err.Error())
			}
		}()
		o.pages.Around = func(next http.Handler) http.Handler { return traces.Around(m.Around(next)) }
	}
	s, err := web.New(ctx, a, a.Users, o.pages)
	if err != nil {
		return notDone, err
	}
	defer s.Close()
	m.Waits(s.Waiting)
	programs, err := api.New(a, api.Options{Write: s.Apply, Log: o.log, Scanner: o.pages.Scanner})
	if err != nil {
		return notDone, err
	}
	mount(s, programs)
	l, err := o.listen()
	if err != nil {
		return notDone, err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	var beside sync.WaitGroup
	defer beside.Wait()
	defer end()
	if o.metrics != "" {
		figures, err := listenAt(o.metrics)
		if err != nil {
			return notDone, errors.Join(err, l.Close())
		}
		beside.Go(func() {
			if err := m.Serve(ctx, figures); err != nil {
				o.log.Error("metrics are served no more", "part", "meter", "error", err.Error())
			}
		})
	}
	if o.plain != "" {
		asked, err := listenAt(o.plain)
		if err != nil {
			return notDone, errors.Join(err, l.Close())
		}
		h := web.Bounded(o.issued.plain(o.pages.Origin), o.log)
		beside.Go(func() {
			stop := context.AfterFunc(ctx, func() { h.Close() })
			defer stop()
			if err := h.Serve(asked); !errors.Is(err, http.ErrServerClosed) {
				o.log.Error("plain HTTP is answered no more", "part", "acme", "error", err.Error())
			}
		})
	}
	if o.pages.Scanner.Present() {
		beside.Go(func() {
			if version, err := o.pages.Scanner.Version(ctx); err != nil && ctx.Err() == nil {
				o.log.Error("the virus scanner does not answer, and what is uploaded is refused", "part", "scanner", "error", err.Error())
			} else if err == nil {
				o.log.Info("virus scanner", "part", "scanner", "version", version)
			}
		})
	}
	if o.issued != nil {
		beside.Go(func() { o.issued.run(ctx) })
	}
	e.say(lang.Of("请在浏览器打开 %s（按 Ctrl-C 结束）", "open %s in a browser (Ctrl-C ends it)"), opensAt(o.pages.Origin, l.Addr().String()))
	written := make(chan struct{}, 1)
	s.Wake(written)
	beside.Go(func() { a.Hooks.Run(ctx, written, o.log) })
	tell(o.log, daemon.SdNotifyReady)
	stop := context.AfterFunc(ctx, func() { tell(o.log, daemon.SdNotifyStopping) })
	defer stop()
	err = s.Serve(ctx, l)
	end()
	beside.Wait()
	return inOrder, err
}

// logging is the log of a server, from a level on: lines of JSON on standard error.
func logging(level string) *slog.Logger {
	return meter.Log(os.Stderr, map[string]slog.Level{"info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}[level])
}

// ErrWithoutOrigin says that TLS needs the address that browsers use: cookies and links are made for it.
var ErrWithoutOrigin = fault.Define("cli.without_origin", fault.Invalid,
	"用 --certificate 或 --acme 提供TLS时，请用 --origin 写明浏览器使用的网址，如https://anlan.example.gov.cn",
	"with --certificate or --acme, say by --origin which address browsers use, as https://anlan.example.gov.cn")

// ErrBadNetwork says that what --proxy names is no network.
var ErrBadNetwork = fault.Define("cli.bad_network", fault.Invalid,
	"--proxy 的“%s”不是地址或网段，应形如10.1.0.7或10.1.0.0/16", "%q of --proxy is no address or network; expected the form 10.1.0.7 or 10.1.0.0/16")

// networks reads addresses and networks by commas. Fault: ErrBadNetwork.
func networks(text string) (out []netip.Prefix, err error) {
	for x := range strings.SplitSeq(text, ",") {
		x = strings.TrimSpace(x)
		if x == "" {
			continue
		}
		if a, err := netip.ParseAddr(x); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(x)
		if err != nil {
			return nil, ErrBadNetwork.Because(err, x)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// opensAt is what a browser opens.
func opensAt(origin, address string) string {
	if origin != "" {
		return origin
	}
	return "http://" + address
}

// mount puts the API beside the pages.
func mount(pages *web.Server, programs *api.Server) {
	pages.Mount("/api", programs)
	pages.Mount("/api/", programs)
}
