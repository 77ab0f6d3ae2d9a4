package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/resource/stocktake"
)

// onPhone are the kinds whose forms are filled in where there may be no line: what a phone keeps of them is their lists, blank forms,
// and the records that were looked at.
var onPhone = []string{"hazard", "loss_report", "evacuation", "stock_take"}

// keptOnPhone are the addresses that a phone fetches after somebody has signed in, so that they can be opened without a line.
func (v *visit) keptOnPhone() string {
	keep := []string{"/today", "/outbox", "/offline"}
	for _, kind := range onPhone {
		if v.actor().May(access.Read, kind) {
			keep = append(keep, "/records/"+kind)
		}
		if v.actor().May(access.Create, kind) {
			keep = append(keep, "/records/"+kind+"/new")
		}
	}
	if v.actor().May(access.Create, stocktake.Kind.Code()) && v.mayScan(stocktake.Kind.Code()) {
		keep = append(keep, "/cards")
		if hasReaderOfCodes() {
			keep = append(keep, readerOfCodes...)
		}
	}
	return strings.Join(keep, " ")
}

// worker sends the script that a browser keeps running beside the pages (service worker). Its version is that of all static files, so
// that a browser fetches them anew when one has changed.
func (s *Server) worker(v *visit) error {
	script, err := static.ReadFile("static/worker.js")
	if err != nil {
		return err
	}
	h := sha256.New()
	for _, from := range []struct {
		files embed.FS
		root  string
	}{{static, "static"}, {fetched, "extra"}} {
		if err := fs.WalkDir(from.files, from.root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := from.files.ReadFile(path)
			h.Write(content)
			return err
		}); err != nil {
			return err
		}
	}
	v.w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-cache")
	return v.send([]byte("const version = '" + hex.EncodeToString(h.Sum(nil))[:16] + "';\n" + string(script)))
}

// webManifest is what a phone asks to install the pages as a program of its own.
type webManifest struct {
	Name       string      `json:"name"`
	ShortName  string      `json:"short_name"`
	ID         string      `json:"id"`
	StartURL   string      `json:"start_url"`
	Scope      string      `json:"scope"`
	Display    string      `json:"display"`
	Lang       string      `json:"lang"`
	Background string      `json:"background_color"`
	Theme      string      `json:"theme_color"`
	Icons      []webIcon   `json:"icons"`
	Shortcuts  []shortcut  `json:"shortcuts"`
	Share      shareTarget `json:"share_target"`
}

// shareTarget has a phone offer the pages where pictures are shared to another program.
type shareTarget struct {
	Action  string      `json:"action"`
	Method  string      `json:"method"`
	Enctype string      `json:"enctype"`
	Params  shareParams `json:"params"`
}

type shareParams struct {
	Title string      `json:"title"`
	Files []shareFile `json:"files"`
}

type shareFile struct {
	Name   string   `json:"name"`
	Accept []string `json:"accept"`
}

type webIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

type shortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

func (s *Server) manifest(v *visit) error {
	p := page{Lang: v.lang}
	m := webManifest{Name: v.t("安澜", "Anlan") + " · " + v.bureau, ShortName: v.t("安澜", "Anlan"), ID: "/", StartURL: "/today", Scope: "/", Display: "standalone",
		Lang: p.tag(), Background: "#f4f6f8", Theme: "#0b5e6b",
		Icons:     []webIcon{{"/static/icon-192.png", "192x192", "image/png", "any"}, {"/static/icon-512.png", "512x512", "image/png", "any"}, {"/static/icon-full.png", "512x512", "image/png", "maskable"}},
		Shortcuts: []shortcut{{v.t("登记隐患", "Add a hazard"), "/records/hazard/new"}, {v.t("寄件箱", "Outbox"), "/outbox"}},
		Share:     shareTarget{"/share", "POST", "multipart/form-data", shareParams{"title", []shareFile{{"pictures", []string{"image/*"}}}}}}
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/manifest+json")
	v.w.Header().Set("Cache-Control", "no-cache")
	return v.send(b)
}

// ErrShareNotKept says that pictures that were shared reached the server, which has no form to put them into.
var ErrShareNotKept = fault.Define("web.share_not_kept", fault.Unable,
	"这台设备没有接住分享来的图片，图片没有保存：请打开“登记隐患”，在附件里选", "this device did not take what was shared, and nothing was kept: open the form of a hazard and choose the pictures there")

// share is asked only where the script beside the pages (worker.js) does not run, or could not keep what was shared: it takes pictures on the device
// itself, so that they begin a form without a line too.
func (s *Server) share(*visit) error { return ErrShareNotKept.With() }

// outbox is the page of what was filled in on this device: what waits, what was sent, with a receipt each. The server knows nothing of
// it: the script of the page fills it in from what the device keeps.
func (s *Server) outbox(v *visit) error {
	p := v.page(v.t("寄件箱", "Outbox"))
	p.Wing, p.Narrow = "outbox", true
	p.Lead = v.t("在这台设备上填写的：等着寄出的，和寄出后的回执", "What was filled in on this device: what waits to be sent, and the receipts of what was")
	var forms []anchor
	for _, code := range onPhone {
		k, err := s.app.Book.Kind(code)
		if err != nil {
			return err
		}
		if v.actor().May(access.Create, code) {
			forms = append(forms, anchor{Text: k.Label().In(v.lang), To: "/records/" + code + "/new"})
		}
	}
	return v.show(p, outboxPage(p, forms))
}

// offline is what a phone shows of a page that it does not keep, while there is no line.
func (s *Server) offline(v *visit) error {
	p := v.page(v.t("没有网络", "No line"))
	p.Narrow = true
	return v.show(p, offlinePage(p))
}

// wantsJSON says whether a script of ours asks, which shows by itself what became of a form.
func wantsJSON(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// receipt is what whoever sent a form from an outbox keeps of it.
type receipt struct {
	To       string `json:"to"`
	Record   string `json:"record"`
	Version  int64  `json:"version"`
	Position int64  `json:"position"`
	At       string `json:"at"`
}

// refusal is why a form was not taken.
type refusal struct {
	Codes []string `json:"codes"`
	Said  []string `json:"said"`
}

// acknowledge answers with the receipt of a change: the same for the same form sent again.
func (s *Server) acknowledge(v *visit, k record.Of, done book.Done) error {
	r := receipt{To: "/records/" + k.Code() + "/" + done.ID.String(), Version: done.Version, Position: int64(done.Position)}
	err := s.app.Book.Read(v.r.Context(), v.actor(), done.Position, func(view *book.View) error {
		_, x, err := find(view, k.Code(), done.ID.String())
		if err == nil {
			r.Record = titleOf(k, x)
		}
		return err
	})
	if err != nil {
		return err
	}
	if r.At, err = s.recordedAt(v, done.Position); err != nil {
		return err
	}
	return v.sendJSON(http.StatusCreated, r)
}

// decline answers a script with what is wrong.
func (v *visit) decline(status int, err error) error {
	var faults fault.List
	if internal := faults.Add(err); internal != nil {
		return internal
	}
	r := refusal{Said: lines(fault.In(err, v.lang))}
	for _, f := range faults {
		r.Codes = append(r.Codes, f.Code)
	}
	return v.sendJSON(status, r)
}

func (v *visit) sendJSON(status int, x any) error {
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Cache-Control", "no-store")
	v.status = status
	return v.send(b)
}

// ErrAnotherFilledIn says that what waits in an outbox is somebody else's: it goes out under the name of whoever filled it in.
var ErrAnotherFilledIn = fault.Define("web.another_filled_in", fault.Denied,
	"这份表格是%s填的，现在登录的是%s：请本人登录后寄出", "this form was filled in by %s, and %s is signed in: whoever filled it in signs in and sends it")

// filledIn takes what a device says beside the form: who filled it in, and when. A clock that stands ahead of ours by more than the book
// allows is not believed.
func (v *visit) filledIn(c *book.Change) error {
	if by := v.r.PostForm.Get("by"); by != "" && by != v.session.Login {
		return ErrAnotherFilledIn.With(by, v.session.Login)
	}
	at, err := time.Parse(time.RFC3339, v.r.PostForm.Get("filled"))
	if err == nil && at.Year() >= 2020 && at.Before(v.s.app.Clock().Now().Add(aheadMost)) {
		c.DecidedAt = at.UTC()
	}
	return nil
}

// aheadMost is how far the clock of a device may stand before ours.
const aheadMost = 23 * time.Hour

// sentFrom says whether a form of a kind goes by the outbox where the browser has one.
func sentFrom(kind string) bool { return slices.Contains(onPhone, kind) }
