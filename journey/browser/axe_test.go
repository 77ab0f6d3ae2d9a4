package browser

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeAt is where npm puts axe-core.
const axeAt = "../../tools/browser/node_modules/axe-core/axe.min.js"

var axeScript = sync.OnceValues(func() (string, error) {
	b, err := os.ReadFile(filepath.FromSlash(axeAt))
	return string(b), err
})

// judged are the pages that axe has judged in this run, by address without its values, title and look: the same page is judged once.
var judged sync.Map

// axe fails the journey for what axe-core finds on the page, in a theme.
func (p *person) axe(theme string) {
	p.Helper()
	script, err := axeScript()
	if errors.Is(err, fs.ErrNotExist) {
		return // TestAxeIsThere says so
	}
	must(p, err)
	title := ask[string](p, `document.title + ' ' + document.querySelectorAll('[role=alert]').length`)
	page, _, _ := strings.Cut(p.path(), "?")
	if _, again := judged.LoadOrStore(page+" "+title+" "+p.look.String()+theme, true); again {
		return
	}
	found := ask[[]string](p, script+`;axe.run(document, { resultTypes: ['violations'] }).then(r =>
  r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).slice(0, 3).join(' | ')))`, chromedp.EvalAwaitPromise)
	for _, f := range found {
		p.Errorf("%s %s %s: axe: %s", p.look, theme, p.path(), f)
	}
}

// TestAxeIsThere says when the pages were not judged by axe.
func TestAxeIsThere(t *testing.T) {
	if _, err := axeScript(); err != nil {
		lacking(t, "axe", "axe-core is not there, so that no page was judged by it; run npm ci in tools/browser")
	}
}
