package browser

import (
	"strings"
	"testing"
)

// TestKeyboardAlone: from signing in to a record that was changed, without a mouse.
func TestKeyboardAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, desk)
	p.open("/sign-in")
	p.key("\t") // past the way to the content
	if at := ask[string](p, `document.activeElement.getAttribute('href')`); at != "#content" {
		t.Errorf("the first stop of Tab is %s", at)
	}
	p.key("\r\t") // into the content, and to the first field
	if at := ask[string](p, `document.activeElement.name`); at != "name" {
		t.Fatalf("skipping to the content and Tab come to %s", at)
	}
	p.key("keshi\t")
	p.types(password)
	p.goes(200, p.keying("\r"))

	p.open("/records/hazard?sort=number")
	p.key("jj")
	p.reads("YH-00002")
	if row := ask[string](p, `document.querySelector('tr[aria-selected=true]').innerText`); !strings.Contains(row, "YH-00002") {
		t.Errorf("j twice marks %s", row)
	}
	p.key("k")
	p.goes(200, p.keying("\r"))
	p.reads("YH-00001", "经过")
	p.goes(200, p.keying("e"))
	if !strings.HasSuffix(p.path(), "/edit") {
		t.Errorf("e leads to %s", p.path())
	}
	p.open("/records/hazard")
	p.key("f")
	if at := ask[string](p, `document.activeElement.name`); at != "value" {
		t.Errorf("f goes to %s", at)
	}
	p.fill("value", "")
	p.key("e?n") // typed into a field, keys are letters
	if got := p.value("value"); got != "e?n" {
		t.Errorf("typed into a field, the keys became %q", got)
	}
	p.do(blurred)
	p.key("?")
	p.until(`document.querySelector('dialog[open]')`)
	p.reads("打开", "筛选", "登记")
	p.sees()
	p.key("\x1b")
	p.until(`!document.querySelector('dialog[open]')`)
	p.goes(200, p.keying("n"))
	if p.path() != "/records/hazard/new" {
		t.Errorf("n leads to %s", p.path())
	}
	// Where the focus is can be seen, everywhere.
	p.open("/records/hazard")
	for range 30 {
		p.key("\t")
		if !ask[bool](p, `(e => e === document.body || getComputedStyle(e).outlineStyle !== 'none' || e.matches(':not(:focus-visible)'))(document.activeElement)`) {
			t.Fatalf("the focus cannot be seen on %s", ask[string](p, `document.activeElement.outerHTML`))
		}
	}
}

// pages are those that everybody reads most, of each template one.
func (s *site) paths(t *testing.T) []string {
	t.Helper()
	record := "/records/hazard/" + s.hazard("YH-00001").ID.String()
	return []string{"/today", "/wings/safety", "/records/hazard", "/records/hazard?view=calendar&by=found_on&month=2023-05", "/records/hazard?view=board", "/records/hazard?view=map", "/records/hazard/withdrawn", record, record + "/edit", record + "/proof", "/records/hazard/new", "/records/stock_take/new", "/outbox", "/offline",
		"/figures?period=2023", "/figures/work_safety.deaths?period=2023", "/figures/work_safety.deaths/records?period=2023", "/findings?period=2023", "/money?period=2023", "/board?period=2023", "/board?period=2023&by=month", "/settings", "/settings/schemes", "/settings/schemes/hunan@2023",
		"/settings/schemes/compare?a=department@2023&b=hunan@2023", "/settings/templates", "/settings/templates/department", "/settings/indicators", "/settings/indicators/work_safety.deaths", "/settings/fields?kind=hazard", "/settings/codes", "/checkup", "/account", "/account/password",
		"/public/reports", "/records/hazard?where=nonsense"}
}

// TestEveryPage looks at every page in every look: light and dark, at 200%, with less motion.
func TestEveryPage(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("guanli")
			for _, path := range s.paths(t) {
				status := int64(200)
				if strings.Contains(path, "nonsense") {
					status = 422
				}
				p.opens(path, status)
				if l != desk {
					continue
				}
				p.media("prefers-color-scheme", "dark", "prefers-reduced-motion", "reduce")
				if moving := ask[[]string](p, `[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || s.transitionDuration !== '0s'; }).map(e => e.tagName)`); len(moving) > 0 {
					t.Errorf("%s moves although less motion is wished: %v", path, moving)
				}
				p.axe("dark")
				p.media()
				p.window(720, 450, false) // what a window of 1440 by 900 has at 200%
				p.narrow()
				p.window(l.width, l.height, l.phone)
			}
		})
	}
}

// TestWithoutScript: signing in, a list, a form with a mistake, a step, where the browser runs no script at all.
func TestWithoutScript(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.scriptless()
			p.signIn("keshi")
			p.open("/records/hazard")
			p.fill("field", "number")
			p.fill("value", "YH-00004")
			p.follow(p.t("筛选", "Filter"))
			p.reads("YH-00004", "!YH-00005")
			p.open("/records/hazard/new")
			p.fill("number", "YH-90002")
			p.fill("title", "示例消防通道堵塞")
			p.fill("grade", "major")
			p.followTo(p.t("保存", "Save"), 422)
			p.fill("found_on", "2024-01-30")
			p.follow(p.t("保存", "Save"))
			p.reads("示例消防通道堵塞")
			p.press(p.t("挂牌", "list"))
			p.fill("reason", "重大隐患")
			p.goes(200, p.clicking(`form:has([value=list]) button`))
			p.reads(p.t("挂牌督办", "listed"), "重大隐患")
			p.open("/outbox")
			p.reads(p.t("这个浏览器不运行脚本", "This browser runs no script"))
		})
	}
}
