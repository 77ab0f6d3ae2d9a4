package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/maybe"
	"anlan/relief/loss"
	"anlan/resource/stocktake"
	"anlan/safety/hazard"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// photo makes a picture as a phone would take it.
func photo(t *testing.T, name string) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 120, 255})
		}
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, m))
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, b.Bytes(), 0o644))
	return path
}

// ready waits until the phone has what it needs without a line.
func (p *person) ready() {
	p.Helper()
	p.until(`navigator.serviceWorker.controller && document.body.dataset.ready`)
}

// stands has the phone say that it is somewhere.
func (p *person) stands(latitude, longitude float64) {
	p.Helper()
	_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "geolocation"}, Setting: browser.PermissionSettingGranted, Origin: p.site.base(),
		BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID})
	must(p, err)
	accuracy := 5.0
	_, err = chromedp.Call(p.ctx, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &latitude, Longitude: &longitude, Accuracy: &accuracy})
	must(p, err)
}

// unreachable lets the console say that the line is cut.
func (p *person) unreachable() { p.excuse(`net::ERR_`) }

// sends presses save, and waits for where that leads: an address that begins so.
func (p *person) sends(to string) {
	p.Helper()
	p.do(p.clicking(`.bottom .primary`))
	p.until(`location.pathname.startsWith('` + to + `') && document.readyState === 'complete' && !location.pathname.endsWith('/new') && !location.pathname.endsWith('/edit')`)
	p.sees()
}

// drawn waits until the outbox shows so many items of a group.
func (p *person) drawn(group string, n int) {
	p.Helper()
	p.until(fmt.Sprintf(`document.querySelectorAll('[data-group=%s] .items li').length === %d`, group, n))
}

// TestTownshipOfficerWithoutALine: signed in while there was a line, the officer files a hazard with a photo, a first report of losses, an
// evacuation and a stock-take without one; when the line returns each is sent once, and has its receipt.
func TestTownshipOfficerWithoutALine(t *testing.T) {
	for _, l := range []look{phone, {"zh", 390, 844, true}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.stands(28.701, 113.593)
			p.signIn("xiangzhen")
			p.reads("YH-00001")
			p.ready()

			p.unreachable()
			s.cut()
			p.open("/today")
			p.reads("YH-00001", p.t("没有网络：这是", "No line: this is"))
			p.open("/figures")
			p.reads(p.t("这一页没有留在这台设备上", "This page is not kept on this device"))

			p.open("/records/hazard/new")
			p.fill("number", "PJ-0001")
			p.fill("title", "示例山塘坝体渗水")
			p.fill("grade", "major")
			p.fill("found_on", "2024-06-01")
			p.attach("attachment", photo(t, "渗水点.png"))
			p.press(p.t("填入现在的位置", "Where I am now"))
			p.until(`document.querySelector('[name=coordinates]').value === '28.701000,113.593000'`)
			p.press(p.t("再加几行", "more rows"))
			p.sends("/outbox")
			p.drawn("waiting", 1)
			p.reads("PJ-0001", p.t("没有网络，有网络时自动寄出", "no line; it is sent when there is one"), p.t("寄件箱 (1)", "outbox (1)"))

			p.open("/records/loss_report/new")
			p.fill("event_no", "ZH-2024-01")
			p.fill("reporter", "430626")
			p.fill("began_on", "2024-06-01")
			p.fill("issue.0.edition", "first")
			p.fill("issue.0.as_of_on", "2024-06-01")
			p.fill("issue.0.affected", "120")
			p.sends("/outbox")
			p.open("/records/evacuation/new")
			p.fill("number", "ZY-2024-01")
			p.fill("cause", "flash_flood")
			p.fill("area", "示例村三组")
			p.fill("ordered_on", "2024-06-01")
			p.fill("due_people", "36")
			p.sends("/outbox")
			p.open("/records/stock_take/new")
			p.fill("number", "PD-2024-01")
			p.fill("name", "示例乡镇盘点")
			p.fill("as_of_on", "2024-06-01")
			p.press(p.t("再加几行", "more rows"))
			for n := range 3 {
				p.fill(fmt.Sprintf("line.%d.asset_number", n), fmt.Sprintf("ZC%05d", n))
				p.fill(fmt.Sprintf("line.%d.thing", n), fmt.Sprintf("示例抽水泵%d", n))
			}
			p.sends("/outbox")
			p.drawn("waiting", 4)

			// What is not finished is kept too, with its photo.
			p.open("/records/hazard/new")
			p.fill("title", "只写了一半")
			p.attach("attachment", photo(t, "一半.png"))
			p.until(`outbox.all().then(all => all.some(x => x.state === 'draft' && x.fields.some(([n, v]) => n === 'attachment' && v.size > 0)))`)
			p.open("/outbox")
			p.drawn("draft", 1)
			p.goes(200, p.clicking(`[data-group=draft] a.button`))
			p.until(`document.querySelector('[name=title]').value === '只写了一半' && document.querySelector('.chosen')?.innerText.includes('一半.png')`)

			s.join()
			p.open("/outbox")
			p.drawn("sent", 4)
			p.drawn("draft", 1)
			p.reads(p.t("回执：", "receipt: "), "PJ-0001", "ZH-2024-01", "ZY-2024-01", "PD-2024-01")
			p.sees()
			h := s.hazard("PJ-0001")
			if len(h.Files) != 1 || h.Files[0].Name != "渗水点.png" || h.Coordinates != "28.701000,113.593000" || h.Unit != "430626" {
				t.Errorf("the hazard came with %v of %s", h.Files, h.Unit)
			}
			if r, ok := s.find("loss_report", "ZH-2024-01", "430626").(*loss.Report); !ok || r.Affected != maybe.Some[int64](120) {
				t.Errorf("the report of losses is %+v", r)
			}
			if k, ok := s.find("stock_take", "PD-2024-01").(*stocktake.StockTake); !ok || len(k.Lines) != 3 {
				t.Errorf("the stock-take is %+v", k)
			}
			p.goes(200, p.clicking(`[data-group=sent] a[href*="/hazard/"]`))
			p.until(`document.querySelector('.files img')?.naturalWidth === 320`)
			if n := s.count("hazard"); n != 61 {
				t.Errorf("%d hazards", n)
			}

			// Signing out clears what was kept, and not what was not sent.
			p.excuse(`a dialog: `)
			p.do(p.clicking(`form[action="/sign-out"] button`))
			p.until(`location.pathname === '/sign-in' && document.readyState === 'complete'`)
			p.until(`caches.has('kept').then(x => !x)`)
			p.until(`outbox.all('xiangzhen').then(x => x.filter(y => y.state === 'draft').length === 1)`)
			s.cut()
			if r := ask[string](p, `fetch('/today').then(r => 'came', () => 'refused')`, awaited); r != "refused" {
				t.Errorf("signed out and without a line, the page of today %s", r)
			}
		})
	}
}

// TestNothingIsSentTwice: a server that dies after the commit and before its answer has one record, and gives the receipt when it is asked again; and
// so has one that is sent the same form twice at once.
func TestNothingIsSentTwice(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, look{"zh", 390, 844, true})
	p.signIn("xiangzhen")
	p.ready()
	p.unreachable()
	p.open("/records/hazard/new")
	p.fill("number", "PJ-0002")
	p.fill("title", "示例桥梁限载标志缺失")
	p.fill("grade", "ordinary")
	p.fill("found_on", "2024-06-01")
	s.dies.Store(true)
	p.do(p.clicking(`.bottom .primary`))
	p.until(`!location.pathname.endsWith('/new') && document.readyState === 'complete'`)
	if s.dies.Load() {
		t.Fatal("nothing was sent")
	}
	p.open("/outbox")
	p.drawn("sent", 1)
	p.reads("PJ-0002", "回执：")
	at := ask[string](p, `document.querySelector('[data-group=sent] a').getAttribute('href')`)
	if want := "/records/hazard/" + s.hazard("PJ-0002").ID.String(); at != want || s.count("hazard") != 61 {
		t.Errorf("the receipt is of %s, want %s; %d hazards", at, want, s.count("hazard"))
	}

	two := ask[[]string](p, `(() => {
  const send = () => {
    const body = new FormData();
    for (const [k, v] of Object.entries({ key: 'twice', unit: '430626', number: 'PJ-0003', title: '示例两次', grade: 'ordinary', found_on: '2024-06-01', by: 'xiangzhen', filled: '2024-06-01T08:00:00Z' })) body.append(k, v);
    return fetch('/records/hazard/new', { method: 'POST', body, headers: { Accept: 'application/json' } }).then(async r => r.status + ' ' + (await r.json()).to);
  };
  return Promise.all([send(), send()]);
})()`, awaited)
	if len(two) != 2 || two[0] != two[1] || !strings.HasPrefix(two[0], "201 /records/hazard/") || s.count("hazard") != 62 {
		t.Errorf("sent twice at once: %v; %d hazards", two, s.count("hazard"))
	}
}

// TestAConflictIsDecidedByThePerson: what was changed without a line, and by somebody else meanwhile, is shown side by side.
func TestAConflictIsDecidedByThePerson(t *testing.T) {
	for _, l := range []look{phone, {"zh", 390, 844, true}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("xiangzhen")
			p.ready()
			h := s.hazard("YH-00004")
			at := "/records/hazard/" + h.ID.String()
			p.open(at + "/edit")
			p.unreachable()
			s.cut()
			p.open(at + "/edit")
			p.fill("title", "渗水点扩大到三处")
			p.fill("enterprise_name", "示例水库管理所")
			p.fill("reason", "现场复查")
			p.sends("/outbox")
			s.edit(h.ID, func(x *hazard.Hazard) { x.Title, x.Criterion = "渗水点两处", "示例标准第三条" })
			s.join()
			p.excuse(`status of 409`)
			p.open("/outbox")
			p.drawn("refused", 1)
			p.do(p.clicking(`[data-group=refused] a.button`))
			p.until(`document.querySelector('.theirs')`)
			p.sees()
			p.reads("测试管理员", "渗水点两处", p.t("用现在的，不用我填的", "take what stands, not mine"))
			if got := p.value("title") + p.value("criterion") + p.value("enterprise_name") + p.value("reason"); got != "渗水点扩大到三处示例标准第三条示例水库管理所现场复查" {
				t.Errorf("the form holds %s", got)
			}
			if n := ask[int](p, `document.querySelectorAll('.theirs').length * 10 + document.querySelectorAll('.changed').length`); n != 11 {
				t.Errorf("to decide on and changed: %d", n)
			}
			want := "渗水点扩大到三处"
			if l.lang == "zh" { // this one takes what stands
				p.do(p.clicking(`.take input`))
				want = "渗水点两处"
			}
			p.sends("/records/hazard/")
			now := s.hazard("YH-00004")
			if now.Title != want || now.Criterion != "示例标准第三条" || now.Enterprise != "示例水库管理所" || now.Version != 3 {
				t.Errorf("it became %s, %s, %s at version %d", now.Title, now.Criterion, now.Enterprise, now.Version)
			}
			p.open("/outbox")
			p.drawn("sent", 1)
		})
	}
}

// TestWhatWaitsIsOfWhoeverFilledItIn: somebody else on the same device neither sees it nor sends it.
func TestWhatWaitsIsOfWhoeverFilledItIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, look{"zh", 390, 844, true})
	p.signIn("xiangzhen")
	p.ready()
	p.unreachable()
	s.cut()
	p.open("/records/hazard/new")
	p.fill("number", "PJ-0004")
	p.fill("title", "示例")
	p.fill("grade", "ordinary")
	p.fill("found_on", "2024-06-01")
	p.sends("/outbox")
	s.join()
	p.excuse(`a dialog: `, `status of 403`)
	p.do(p.clicking(`form[action="/sign-out"] button`))
	p.until(`location.pathname === '/sign-in' && document.readyState === 'complete'`)
	p.signIn("pingjiang")
	p.open("/outbox")
	p.until(`document.querySelector('#outbox[data-drawn]')`)
	p.reads("没有要寄的", "!PJ-0004")
	p.do(chromedp.Evaluate[chromedp.Void](`outbox.sendAll()`)) // as the worker would, which does not know who is signed in
	p.until(`outbox.all().then(x => x[0].why === 'sign-in')`)
	if s.find("hazard", "PJ-0004") != nil {
		t.Error("it was sent under somebody else's name")
	}
	p.follow("退出")
	p.signIn("xiangzhen")
	p.open("/outbox")
	p.drawn("sent", 1)
	if s.find("hazard", "PJ-0004") == nil {
		t.Error("whoever filled it in has not sent it")
	}
}
