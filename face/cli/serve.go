package cli

import (
	"cmp"
	"context"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"

	"anlan/face/api"
	"anlan/face/web"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// serveAddress is where pages are served when nobody says otherwise: on the machine itself only.
const serveAddress = "127.0.0.1:8630"

var serveVerb = verb{
	name: "serve", args: "[--listen ADDRESS] [--origin URL] [--certificate FILE --key FILE] [--proxy NETWORK] [--public-reports]",
	about:   lang.Of("在浏览器里使用账册：登录、查看、登记、办理、公开；程序用它的接口", "use the book in a browser: sign in, read, record, act, publish; programs use its API"),
	example: "anlan serve --listen 0.0.0.0:8630 --origin https://anlan.example.gov.cn",
	run: func(ctx context.Context, e *env) (int, error) {
		listen := e.Text("listen", "ADDRESS", lang.Of("监听地址，默认127.0.0.1:8630，只有本机能连", "the address to listen on; by default 127.0.0.1:8630, which only this machine reaches"))
		origin := e.Text("origin", "URL", lang.Of("浏览器使用的网址，前面有代理或证书时填写，如https://anlan.example.gov.cn", "the address that browsers use, where a proxy or a certificate stands in front, as https://anlan.example.gov.cn"))
		certificate := e.Text("certificate", "FILE", lang.Of("证书（PEM，含中间证书），由本程序提供TLS；换了文件自动启用", "certificate (PEM, with those between), by which this program itself serves TLS; a changed file is taken up by itself"))
		key := e.Text("key", "FILE", lang.Of("证书的私钥（PEM）", "the certificate's private key (PEM)"))
		proxy := e.Text("proxy", "NETWORK", lang.Of("信任的代理，按X-Forwarded-For认访问者的地址，如10.1.0.0/16，多个用逗号分开", "proxies that are believed about who asks (X-Forwarded-For), as 10.1.0.0/16, several by commas"))
		informing := e.Toggle("public-reports", lang.Of("公众不登录就可以在网页上举报，并凭编号和查询码查询办理情况", "the public may report hazards by a page, without signing in, and ask by number and code what became of it"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		proxies, err := networks(*proxy)
		if err != nil {
			return notDone, err
		}
		address := cmp.Or(*listen, serveAddress)
		listens := func() (net.Listener, error) { return listenAt(address) }
		if *certificate != "" || *key != "" {
			if !strings.HasPrefix(*origin, "https://") {
				return notDone, ErrWithoutOrigin.With()
			}
			pair, err := pairOf(*certificate, *key, logging())
			if err != nil {
				return notDone, err
			}
			listens = func() (net.Listener, error) {
				l, err := listenAt(address)
				if err != nil {
					return nil, err
				}
				return overTLS(l, pair), nil
			}
		}
		return e.serve(ctx, web.Options{Origin: *origin, Proxies: proxies, Informing: *informing}, listens)
	},
}

// serve serves the pages of the book and its API where listen says, and sends its webhooks, until ctx ends, which is in order.
func (e *env) serve(ctx context.Context, o web.Options, listen func() (net.Listener, error)) (int, error) {
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	log := logging()
	o.Log = log
	s, err := web.New(ctx, a, a.Users, o)
	if err != nil {
		return notDone, err
	}
	defer s.Close()
	programs, err := api.New(a, api.Options{Write: s.Apply, Log: log})
	if err != nil {
		return notDone, err
	}
	mount(s, programs)
	l, err := listen()
	if err != nil {
		return notDone, err
	}
	e.say(lang.Of("请在浏览器打开 %s（按 Ctrl-C 结束）", "open %s in a browser (Ctrl-C ends it)"), opensAt(o.Origin, l.Addr().String()))
	written := make(chan struct{}, 1)
	s.Wake(written)
	ctx, end := context.WithCancel(ctx)
	var hooks sync.WaitGroup
	hooks.Go(func() { a.Hooks.Run(ctx, written, log) })
	err = s.Serve(ctx, l)
	end()
	hooks.Wait()
	return inOrder, err
}

// logging is the log of a server: lines of JSON on standard error.
func logging() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }

// listenAt listens at an address. Fault: ErrCannotListen.
func listenAt(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, ErrCannotListen.Because(err, address, reason.Of(err))
	}
	return l, nil
}

// ErrCannotListen says that the address cannot be listened on.
var ErrCannotListen = fault.Define("cli.cannot_listen", fault.Unable,
	"不能在“%s”监听：%s", "cannot listen on %q: %s")

// ErrWithoutOrigin says that TLS needs the address that browsers use: cookies and links are made for it.
var ErrWithoutOrigin = fault.Define("cli.without_origin", fault.Invalid,
	"用 --certificate 提供TLS时，请用 --origin 写明浏览器使用的网址，如https://anlan.example.gov.cn",
	"with --certificate, say by --origin which address browsers use, as https://anlan.example.gov.cn")

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
