package browser

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	tab "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// chromium is the one browser of the run; each journey has a profile of its own in it.
var chromium struct {
	sync.Once
	ctx context.Context
	end context.CancelFunc
	err error
}

func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() {
		fmt.Println("journeys in a browser are left to go test without -short")
		return
	}
	status := m.Run()
	if chromium.end != nil {
		chromium.end()
	}
	if dir, err := founded(); err == nil {
		os.RemoveAll(filepath.Dir(dir))
	}
	os.Exit(status)
}

// lacking skips a test for want of a program, or fails where it is required.
func lacking(t testing.TB, name, why string) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("ANLAN_REQUIRE"), ","), name) {
		t.Fatalf("required: %s", why)
	}
	t.Skipf("SKIPPED: %s", why)
}

func started(t *testing.T) context.Context {
	t.Helper()
	// The shell of Chromium has no interface of its own, and does the same with half the work.
	path, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		path, err = exec.LookPath("chromium")
	}
	if err != nil {
		lacking(t, "chromium", "Chromium is not installed; no journey was made in a browser")
	}
	chromium.Do(func() {
		dir, err := founded()
		if err != nil {
			chromium.err = err
			return
		}
		camera, err := film(filepath.Dir(dir))
		if err != nil {
			chromium.err = err
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-gpu", true),
			chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-file-for-fake-video-capture", camera))
		allocated, _ := chromedp.NewExecAllocator(context.Background(), options...)
		chromium.ctx, chromium.end = chromedp.NewContext(allocated)
		chromium.err = chromedp.Do(chromium.ctx)
	})
	must(t, chromium.err)
	return chromium.ctx
}

// look is how somebody looks at pages: at a desk or on a phone, in a language.
type look struct {
	lang          string // zh or en
	width, height int64
	phone         bool
}

var (
	desk  = look{"zh", 1440, 900, false}
	phone = look{"en", 390, 844, true}
)

func (l look) String() string { return fmt.Sprintf("%s-%d", l.lang, l.width) }

// looks are all of them.
var looks = []look{desk, phone, {"en", 1440, 900, false}, {"zh", 390, 844, true}}

// person is somebody at a browser.
type person struct {
	*testing.T
	look
	site *site
	ctx  context.Context
	name string // of the pictures
	bare bool   // runs no script

	mu       sync.Mutex
	troubles []string
	excused  []*regexp.Regexp // what the console may say: the test has brought it about
	steps    int
}

// longest bounds a journey; what waits for longer waits for nothing.
const longest = 180 * time.Second

// sits gives somebody a browser of its own.
func (s *site) sits(t *testing.T, l look) *person {
	t.Helper()
	parent := started(t)
	whole, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	must(t, chromedp.Do(whole))
	ctx, end := context.WithTimeout(whole, longest)
	t.Cleanup(end)
	p := &person{T: t, look: l, site: s, ctx: ctx, name: strings.ReplaceAll(t.Name(), "/", "-")}
	must(t, chromedp.Listen(whole, p.hears))
	_, err := chromedp.Call(ctx, network.SetCookies, network.SetCookiesParams{Cookies: []*network.CookieParam{{Name: "anlan_lang", Value: l.lang, URL: s.base()}}})
	must(t, err)
	p.window(l.width, l.height, l.phone)
	t.Cleanup(p.settled)
	return p
}

// window sets how large the window is.
func (p *person) window(width, height int64, phone bool) {
	p.Helper()
	options := []chromedp.EmulateViewportOption{}
	if phone {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p.do(chromedp.EmulateViewport(width, height, options...))
}

// hears notes what must not be: it is called for every event of the tab.
func (p *person) hears(event any) {
	said := ""
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			said = "console." + string(e.Type)
			for _, a := range e.Args {
				said += " " + string(a.Value) + a.Description
			}
		}
	case *runtime.EventExceptionThrown:
		said = "uncaught: " + e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			said += " " + x.Description
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			said = fmt.Sprintf("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, p.site.base()+"/") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			said = "asks elsewhere: " + u
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 500 {
			said = fmt.Sprintf("status %d: %s", e.Response.Status, e.Response.URL)
		}
	case *tab.EventJavascriptDialogOpening:
		if e.Type != "beforeunload" {
			said = "a dialog: " + e.Message
		}
		go chromedp.Call(p.ctx, tab.HandleJavaScriptDialog, tab.HandleJavaScriptDialogParams{Accept: true})
	}
	if said == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, x := range p.excused {
		if x.MatchString(said) {
			return
		}
	}
	p.troubles = append(p.troubles, said)
}

// excuse lets the console say what the journey itself brings about.
func (p *person) excuse(patterns ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, x := range patterns {
		p.excused = append(p.excused, regexp.MustCompile(x))
	}
}

// settled fails the journey for what was heard.
func (p *person) settled() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, x := range p.troubles {
		p.Errorf("%s: %s", p.look, x)
	}
	p.troubles = nil
}

func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.fatal("%v", err)
	}
}

// fatal ends a journey, with a picture of where it was.
func (p *person) fatal(format string, args ...any) {
	p.Helper()
	wait, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), 5*time.Second)
	defer cancel()
	if b, err := chromedp.Run(wait, chromedp.CaptureScreenshot()); err == nil {
		p.keep("failed", b)
	}
	at, _ := chromedp.Run(wait, chromedp.Location())
	text, _ := chromedp.Run(wait, chromedp.Evaluate[string](`document.body.innerText.slice(0, 2000)`))
	p.settled()
	p.Fatalf("%s at %s: %s\n%s", p.look, at, fmt.Sprintf(format, args...), text)
}

// ask evaluates an expression in the page.
func ask[T any](p *person, expression string, options ...chromedp.EvaluateOption) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		p.fatal("%s: %v", expression, err)
	}
	return v
}

// until waits until an expression, or what it promises, is true in the page, or in one that comes after it meanwhile.
func (p *person) until(expression string) { p.Helper(); p.within(45*time.Second, expression) }

// within waits for no longer than that.
func (p *person) within(most time.Duration, expression string) {
	p.Helper()
	wait, cancel := context.WithTimeout(p.ctx, most)
	defer cancel()
	for {
		_, err := chromedp.Run(wait, chromedp.Poll[bool]("Promise.resolve("+expression+").then(x => !!x)", chromedp.WithPollingInterval(30*time.Millisecond)))
		if err == nil {
			return
		}
		if wait.Err() != nil || !strings.Contains(err.Error(), "navigated") && !strings.Contains(err.Error(), "context") {
			p.fatal("waited for %s: %v", expression, err)
		}
	}
}

// goes does what leads to another page, waits for it, and wants its status.
func (p *person) goes(status int64, step chromedp.Action[chromedp.Void]) {
	p.Helper()
	if status >= 400 {
		p.excuse(fmt.Sprintf("network error: .*status of %d", status))
	}
	wait, cancel := context.WithTimeout(p.ctx, 60*time.Second)
	defer cancel()
	r, err := chromedp.RunResponse(wait, step)
	if err != nil {
		p.fatal("no page came: %v", err)
	}
	if r == nil || r.Status != status {
		p.fatal("status %+v, want %d", r, status)
	}
	p.sees()
}

// open opens an address of the site.
func (p *person) open(path string) { p.Helper(); p.opens(path, 200) }

func (p *person) opens(path string, status int64) {
	p.Helper()
	p.goes(status, chromedp.Navigate(p.site.base()+path))
}

// path is where the person is.
func (p *person) path() string {
	p.Helper()
	at, err := chromedp.Run(p.ctx, chromedp.Location())
	must(p, err)
	u, err := url.Parse(at)
	must(p, err)
	return u.RequestURI()
}

// found is a script that gives the first visible link, button or summary with a text, before all in the content, scrolled to where it
// can be pressed.
const found = `(text => {
  for (const exact of [true, false]) for (const where of ['main ', '']) for (const e of document.querySelectorAll(where + ':is(a, button, summary)')) {
    const said = e.innerText.replace(/\s+/g, ' ').trim();
    if ((exact ? said === text : said.includes(text)) && e.getClientRects().length) {
      e.scrollIntoView({ block: 'center', behavior: 'instant' });
      const r = e.getClientRects()[0];
      return [r.left + r.width / 2, r.top + r.height / 2];
    }
  }
  return null;
})`

// press presses what has a text on it.
func (p *person) press(text string) {
	p.Helper()
	p.do(p.pressing(text))
}

func (p *person) pressing(text string) chromedp.Action[chromedp.Void] {
	p.Helper()
	at := ask[[]float64](p, found+"("+strconv.Quote(text)+")")
	if len(at) != 2 {
		p.fatal("nothing to press says %q", text)
	}
	return chromedp.MouseClickXY(at[0], at[1])
}

// clicking clicks on the first that a selector finds.
func (p *person) clicking(selector string) chromedp.Action[chromedp.Void] {
	p.Helper()
	at := ask[[]float64](p, `(e => {
  if (!e) return null;
  e.scrollIntoView({ block: 'center', behavior: 'instant' });
  const r = e.getClientRects()[0];
  return r ? [r.left + r.width / 2, r.top + r.height / 2] : null;
})([...document.querySelectorAll(`+strconv.Quote(selector)+`)].find(e => e.getClientRects().length))`)
	if len(at) != 2 {
		p.fatal("nothing to click on is %s", selector)
	}
	return chromedp.MouseClickXY(at[0], at[1])
}

// awaited has ask wait for what a promise gives.
var awaited = chromedp.EvalAwaitPromise

// follow presses what leads to another page.
func (p *person) follow(text string) { p.Helper(); p.goes(200, p.pressing(text)) }

// followTo presses what leads to another page, which answers with a status.
func (p *person) followTo(text string, status int64) { p.Helper(); p.goes(status, p.pressing(text)) }

// fill types into a field of a form, found by its name; a choice is chosen and a day is set.
func (p *person) fill(name, value string) {
	p.Helper()
	what := ask[string](p, `((name, value) => {
  const e = document.querySelector('main [name="' + name + '"]:not([type=hidden])') || document.querySelector('[name="' + name + '"]:not([type=hidden])');
  if (!e) return 'none';
  if (e.tagName !== 'SELECT' && e.type !== 'date') { e.scrollIntoView({ block: 'center', behavior: 'instant' }); e.focus(); e.select(); return 'type'; }
  e.value = value;
  e.dispatchEvent(new Event('input', { bubbles: true }));
  e.dispatchEvent(new Event('change', { bubbles: true }));
  return e.value === value ? 'set' : 'refused';
})(`+strconv.Quote(name)+`, `+strconv.Quote(value)+`)`)
	switch {
	case what == "type" && value == "":
		p.do(chromedp.KeyEvent("\b"))
	case what == "type":
		p.types(value)
	case what != "set":
		p.fatal("field %s: %s", name, what)
	}
}

// value is what stands in a field.
func (p *person) value(name string) string {
	p.Helper()
	return ask[string](p, `document.querySelector('main [name="`+name+`"]').value`)
}

// key presses keys one after the other; \r is Enter, \t Tab.
func (p *person) key(keys string) { p.Helper(); p.do(chromedp.KeyEvent(keys)) }

// types types a text where the focus is.
func (p *person) types(text string) {
	p.Helper()
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
	must(p, err)
}

func (p *person) keying(keys string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(keys) }

// blurred takes the focus away.
var blurred = chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`)

// text is what can be read on the page.
func (p *person) text() string {
	p.Helper()
	return ask[string](p, `document.body.innerText`)
}

// reads fails where a text cannot be read on the page, or one with ! before it can.
func (p *person) reads(texts ...string) {
	p.Helper()
	page := p.text()
	for _, x := range texts {
		x, not := strings.CutPrefix(x, "!")
		if strings.Contains(page, x) == not {
			p.fatal("%q can be read: %v", x, not)
		}
	}
}

// t is a text in the language of the person.
func (p *person) t(zh, en string) string {
	if p.lang == "en" {
		return en
	}
	return zh
}

// signIn signs in as somebody and comes to the page of today.
func (p *person) signIn(name string) {
	p.Helper()
	p.open("/sign-in")
	p.fill("name", name)
	p.fill("password", password)
	p.follow(p.t("登录", "Sign in"))
	if p.path() != "/today" {
		p.fatal("signed in, %s came to %s", name, p.path())
	}
}

// sees looks at the page as it stands: that it is not wider than the window, that axe finds nothing; and takes a picture of it.
func (p *person) sees() {
	p.Helper()
	p.narrow()
	if !p.bare {
		p.axe("")
	}
	b, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	must(p, err)
	p.keep(strings.Trim(strings.NewReplacer("/", "-").Replace(strings.SplitN(p.path(), "?", 2)[0]), "-"), b)
}

// narrow fails the journey for a page that is wider than its window.
func (p *person) narrow() {
	p.Helper()
	if wide := ask[int64](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		p.Errorf("%s %s: %d px wider than its window", p.look, p.path(), wide)
	}
}

// keep keeps a picture where ANLAN_PICTURES says, else with what the test leaves behind.
func (p *person) keep(what string, picture []byte) {
	p.Helper()
	dir := os.Getenv("ANLAN_PICTURES")
	if dir == "" {
		dir = p.ArtifactDir()
	}
	must(p, os.MkdirAll(dir, 0o755))
	p.steps++
	must(p, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%02d-%.40s.png", p.name, p.steps, what)), picture, 0o644))
}

// media sets what a page asks its surroundings: a dark theme, less motion.
func (p *person) media(features ...string) {
	p.Helper()
	m := emulation.SetEmulatedMediaParams{}
	for i := 0; i+1 < len(features); i += 2 {
		m.Features = append(m.Features, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, m)
	must(p, err)
}

// scriptless switches script off, for every page from here on.
func (p *person) scriptless() {
	p.Helper()
	p.bare = true
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(p, err)
}

// attach puts files into a field of files.
func (p *person) attach(name string, paths ...string) {
	p.Helper()
	p.do(chromedp.SetUploadFiles(chromedp.CSS(`input[type=file][name="`+name+`"]`), paths))
}
