package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"anlan/app"
	"anlan/face/web"
	"anlan/ground/clock"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// shot is a page in a window.
type shot struct {
	path          string
	width, height int64
}

// What is taken, from left to right.
var (
	shots = []shot{{"/board?period=2023&group=work_safety", 1440, 900}, {"/figures/work_safety.deaths?period=2023", 390, 900}}
	who   = "lingdao"
)

// again is the password that whoever signs in chooses; the book is the demo's, and is thrown away.
const again = "示例密码只在拍照时用一次"

// gap is left around and between the pages, in pixels.
const gap = 24

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: picture DEMO PRINTED LANGUAGE OUT.png")
		os.Exit(2)
	}
	if err := take(context.Background(), os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func take(ctx context.Context, demo, printed, lang, out string) error {
	text, err := os.ReadFile(printed)
	if err != nil {
		return err
	}
	first := regexp.MustCompile(`(?m)^\s+` + who + `\s+(\S+)`).FindSubmatch(text)
	if first == nil {
		return fmt.Errorf("%s names no password of %s", printed, who)
	}
	base, end, err := serve(ctx, filepath.Join(demo, "data"))
	if err != nil {
		return err
	}
	defer end()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	path, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		if path, err = exec.LookPath("chromium"); err != nil {
			return err
		}
	}
	allocated, closed := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-gpu", true))...)
	defer closed()
	tab, done := chromedp.NewContext(allocated)
	defer done()
	if err := enter(tab, base, lang, string(first[1])); err != nil {
		return err
	}
	var pages []image.Image
	for _, s := range shots {
		content, err := look(tab, base, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
		page, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			return err
		}
		pages = append(pages, page)
	}
	return write(out, pages)
}

// serve serves a book at an address of its own.
func serve(ctx context.Context, data string) (base string, end func(), err error) {
	a, err := app.Open(ctx, app.Options{Data: data, Clock: clock.System{}})
	if err != nil {
		return "", nil, err
	}
	pages, err := web.New(ctx, a, a.Users, web.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return "", nil, errors.Join(err, a.Close())
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		pages.Close()
		return "", nil, errors.Join(err, a.Close())
	}
	server := &http.Server{Handler: pages, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(l)
	return "http://" + l.Addr().String(), func() { server.Close(); pages.Close(); a.Close() }, nil
}

// enter signs in by a first password, and chooses another as it must.
func enter(tab context.Context, base, lang, first string) error {
	if err := chromedp.Do(tab); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, network.SetCookies, network.SetCookiesParams{Cookies: []*network.CookieParam{{Name: "anlan_lang", Value: lang, URL: base}}}); err != nil {
		return err
	}
	field := func(name string) string { return `main [name="` + name + `"]` }
	return chromedp.Do(tab, chromedp.Navigate(base+"/sign-in"), chromedp.SendKeys(field("name"), who), chromedp.SendKeys(field("password"), first), chromedp.Submit(field("name")),
		chromedp.WaitReady(field("old")), chromedp.SendKeys(field("old"), first), chromedp.SendKeys(field("new"), again), chromedp.SendKeys(field("again"), again), chromedp.Submit(field("old")),
		chromedp.WaitReady(`nav a[aria-current="page"][href="/today"]`))
}

func look(tab context.Context, base string, s shot) ([]byte, error) {
	if err := chromedp.Do(tab, chromedp.EmulateViewport(s.width, s.height), chromedp.Navigate(base+s.path)); err != nil {
		return nil, err
	}
	return chromedp.Run(tab, chromedp.CaptureScreenshot())
}

// write lays pages side by side.
func write(out string, pages []image.Image) error {
	width, height := gap, 0
	for _, p := range pages {
		width, height = width+p.Bounds().Dx()+gap, max(height, p.Bounds().Dy())
	}
	whole := image.NewRGBA(image.Rect(0, 0, width, height+2*gap))
	draw.Draw(whole, whole.Bounds(), image.NewUniform(color.Gray{0xd5}), image.Point{}, draw.Src)
	x := gap
	for _, p := range pages {
		draw.Draw(whole, image.Rect(x, gap, x+p.Bounds().Dx(), gap+p.Bounds().Dy()), p, p.Bounds().Min, draw.Src)
		x += p.Bounds().Dx() + gap
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	return errors.Join((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, whole), f.Close())
}
