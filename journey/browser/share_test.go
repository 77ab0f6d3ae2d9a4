package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPicturesSharedFromTheGalleryBeginAHazard: without a line, and by way of the page of the outbox for one who has to sign in first.
func TestPicturesSharedFromTheGalleryBeginAHazard(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, look{"zh", 390, 844, true})
	p.signIn("xiangzhen")
	p.ready()
	p.unreachable()
	s.cut()
	// share posts what a phone posts when pictures are shared to the program.
	share := func(name string) {
		t.Helper()
		p.do(chromedp.Evaluate[chromedp.Void](`document.body.insertAdjacentHTML('beforeend', '<form id="phone" method="post" enctype="multipart/form-data" action="/share"><input name="title" value="示例山塘"><input type="file" name="pictures" multiple></form>')`))
		p.attach("pictures", photo(t, name))
		p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('phone').submit()`))
		p.until(`location.pathname === '/records/hazard/new' && location.hash.startsWith('#item=') && document.querySelector('.chosen')?.innerText.includes('` + name + `')`)
	}
	share("裂缝.png")
	if got := p.value("title"); got != "示例山塘" {
		t.Errorf("the title is %q", got)
	}
	p.fill("number", "PJ-0101")
	p.fill("title", "示例山塘坝体裂缝")
	p.fill("grade", "major")
	p.fill("found_on", "2024-06-01")
	p.sends("/outbox")
	p.drawn("waiting", 1)
	ask[bool](p, `outbox.put({ key: 'shared-x', owner: '', kind: 'hazard', label: '', title: '', to: '/records/hazard/new', fields: [['attachment', new File(['x'], 'x.png', { type: 'image/png' })]], filled: new Date().toISOString(), state: 'shared', why: '', said: [] }).then(() => true)`, awaited)
	p.open("/outbox")
	p.drawn("shared", 1)
	p.reads("1张图片", "分享来的图片")
	p.sees()
	p.do(p.clicking(`[data-group=shared] a.button`))
	p.until(`location.hash.startsWith('#item=') && document.querySelector('.chosen')?.innerText.includes('x.png')`)
	s.join()
	p.open("/outbox")
	p.drawn("sent", 1)
	p.drawn("draft", 1)
	h := s.hazard("PJ-0101")
	if len(h.Files) != 1 || h.Files[0].Name != "裂缝.png" || h.Title != "示例山塘坝体裂缝" {
		t.Errorf("it came as %s with %v", h.Title, h.Files)
	}
}
