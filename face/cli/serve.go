package cli

import (
	"context"
	"log/slog"
	"net"
	"os"
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
	name: "serve", args: "[--listen ADDRESS] [--origin URL]",
	about:   lang.Of("在浏览器里使用账册：登录、查看、登记、办理、公开；程序用它的接口", "use the book in a browser: sign in, read, record, act, publish; programs use its API"),
	example: "anlan serve --listen 0.0.0.0:8630 --origin https://anlan.example.gov.cn",
	run: func(ctx context.Context, e *env) (int, error) {
		listen := e.Text("listen", "ADDRESS", lang.Of("监听地址，默认127.0.0.1:8630，只有本机能连", "the address to listen on; by default 127.0.0.1:8630, which only this machine reaches"))
		origin := e.Text("origin", "URL", lang.Of("浏览器使用的网址，前面有代理或证书时填写，如https://anlan.example.gov.cn", "the address that browsers use, where a proxy or a certificate stands in front, as https://anlan.example.gov.cn"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		address := *listen
		if address == "" {
			address = serveAddress
		}
		return e.serve(ctx, *origin, func() (net.Listener, error) { return listenAt(address) })
	},
}

// serve serves the pages of the book and its API where listen says, and sends its webhooks, until ctx ends, which is in order.
func (e *env) serve(ctx context.Context, origin string, listen func() (net.Listener, error)) (int, error) {
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	s, err := web.New(ctx, a, a.Users, web.Options{Origin: origin, Log: log})
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
	e.say(lang.Of("请在浏览器打开 %s（按 Ctrl-C 结束）", "open %s in a browser (Ctrl-C ends it)"), opensAt(origin, l.Addr().String()))
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
