package marked

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/lang"
)

//go:embed style.css
var styleSheet string

//go:embed script.js
var script string

// Bounds of a page, beyond which a browser is no help.
const (
	linesMax    = 30_000
	bytesMax    = 4 << 20 // of text
	findingsMax = 4_000   // of each kind
)

// Write writes a report with its verdicts as one page in language l. The file must be the result for the document. A document
// beyond the bounds of a page is shown up to them; its findings all stand beside it.
func Write(w io.Writer, doc *reading.Document, f *check.File, l lang.Lang) error {
	p := newPage(doc, f, l)
	title := f.Title
	if title == "" {
		title = f.File
	}
	p.head(title)
	p.put(`<a class="skip" href="#findings">`, p.say(lang.Of("跳到疑点", "to the findings")), "</a>\n", `<header class="top"><h1>`, p.text(title), "</h1>\n<p>", p.text(f.File), " · SHA-256 ", html.EscapeString(f.SHA256), "</p>\n")
	p.counts(f.Summary)
	p.put("</header>\n", `<div class="page">`, "\n", `<main class="text" id="text">`, "\n")
	p.document()
	p.put("</main>\n")
	p.findings()
	p.put("</div>\n<script>", script, "</script>\n</body>\n</html>\n")
	_, err := io.WriteString(w, p.String())
	return err
}

// page is one that is being written.
type page struct {
	strings.Builder
	lang    lang.Lang
	doc     *reading.Document
	file    *check.File
	figures map[string]*check.Figure // those that relations name, by id
	of      map[string][]int         // the relations of a figure, by id
	on      map[int][]*check.Figure  // the figures of a line
	placed  map[string]bool          // figures that stand on the page
	tables  map[*reading.Table]bool  // those that have been written
	inside  map[*reading.Cell][]*reading.Table
	written int
}

func newPage(doc *reading.Document, f *check.File, l lang.Lang) *page {
	p := &page{lang: l, doc: doc, file: f, figures: map[string]*check.Figure{}, of: map[string][]int{}, on: map[int][]*check.Figure{},
		placed: map[string]bool{}, tables: map[*reading.Table]bool{}, inside: map[*reading.Cell][]*reading.Table{}}
	for i := range f.Relations {
		for _, id := range f.Relations[i].Figures {
			p.of[id] = append(p.of[id], i)
		}
	}
	for i := range f.Figures {
		g := &f.Figures[i]
		if p.of[g.ID] != nil {
			p.figures[g.ID] = g
			p.on[g.Line] = append(p.on[g.Line], g)
		}
	}
	for _, t := range doc.Tables {
		if t.Within != nil {
			p.inside[t.Within] = append(p.inside[t.Within], t)
		}
	}
	return p
}

func (p *page) put(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// say is words of ours.
func (p *page) say(t lang.Text, args ...any) string {
	return html.EscapeString(fmt.Sprintf(t.In(p.lang), args...))
}

// text is words of the document.
func (p *page) text(s string) string { return html.EscapeString(check.Visible(s)) }

// head writes what stands before the body. The policy forbids all that the page does not bring itself.
func (p *page) head(title string) {
	language := "zh-CN"
	if p.lang == lang.English {
		language = "en"
	}
	p.put("<!DOCTYPE html>\n<html lang=\"", language, "\">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '`, hashOf(styleSheet), `'; script-src '`, hashOf(script), `'; img-src data:; base-uri 'none'; form-action 'none'">`,
		"\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>", p.text(title), "</title>\n<style>", styleSheet, "</style>\n</head>\n<body>\n")
}

// hashOf names a source in a content security policy.
func hashOf(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// verdicts with their names, as the list shows them: what must be looked at first.
var verdicts = []struct {
	check.Verdict
	name lang.Text
}{
	{check.Contradiction, lang.Of("矛盾", "contradictions")},
	{check.Incomplete, lang.Of("不完整", "incomplete")},
	{check.Noted, lang.Of("提示", "notes")},
	{check.Rounding, lang.Of("舍入所致", "by rounding")},
	{check.Holds, lang.Of("相符", "hold")},
}

func (p *page) counts(s check.Summary) {
	p.put(`<ul class="counts"><li>`, p.say(lang.Of("数据 %d 个，%d 个进入勾稽关系", "%d figures, %d in relations"), s.Figures, s.Covered), "</li>")
	for i, n := range []int{s.Contradictions, s.Incomplete, s.Notes, s.Rounding, s.Holds} {
		v := verdicts[i]
		p.put(`<li><span class="sign `, string(v.Verdict), `">`, v.Mark(), "</span>", p.say(v.name), " <b>", fmt.Sprint(n), "</b></li>")
	}
	p.put(`<li><span class="sign">?</span>`, p.say(lang.Of("无法核对", "not checkable")), " <b>", fmt.Sprint(s.NotCheckable), "</b></li></ul>\n")
}

// worst is the verdict of a figure: that of its relations which a reader must look at first.
func (p *page) worst(id string) check.Verdict {
	for _, v := range verdicts {
		for _, i := range p.of[id] {
			if p.file.Relations[i].Verdict == v.Verdict {
				return v.Verdict
			}
		}
	}
	return check.Holds
}

// piece writes bytes from to to of a line, with its figures as links to what is said of them.
func (p *page) piece(l *reading.Line, from, to int) {
	for _, g := range p.on[int(l.Number)] {
		at := g.Offset - l.Offset
		if at < from || at >= to || p.placed[g.ID] {
			continue
		}
		end := min(at+len(g.Text), to)
		if !strings.HasPrefix(l.Text[at:], g.Text) { // it goes on in the next line
			end = min(len(l.Text), to)
		}
		p.put(p.text(l.Text[from:at]))
		p.figure(g, l.Text[at:end])
		from = end
	}
	p.put(p.text(l.Text[from:to]))
}

func (p *page) figure(g *check.Figure, text string) {
	p.placed[g.ID] = true
	v := p.worst(g.ID)
	var ids []string
	first := ""
	for _, i := range p.of[g.ID] {
		r := &p.file.Relations[i]
		ids = append(ids, r.ID)
		if first == "" && r.Verdict == v {
			first = r.ID
		}
	}
	p.put(`<a class="f `, string(v), `" id="`, g.ID, `" href="#`, first, `" data-r="`, strings.Join(ids, " "), `">`, p.text(text), "<i>", v.Mark(), "</i></a>")
}
