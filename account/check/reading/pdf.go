package reading

import (
	"context"
	"fmt"
	"slices"

	"anlan/account/check/reading/printed"
	"anlan/ground/lang"
)

// readPDF makes the lines of a PDF from where its characters stand: paragraphs joined over lines and pages, tables by their
// ruled lines or by their columns, without running heads and numbers of pages. Scanned pages are recognised first.
func (r Reader) readPDF(ctx context.Context, d *Document, src string) error {
	var pages []*pdfPage
	var scanned []*printed.Page
	read := printed.Read
	if r.Recognise != nil {
		read = printed.ReadAndDraw
	}
	err := read(src, func(p *printed.Page) error {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if p.Scan != nil {
			scanned = append(scanned, p)
			pages = append(pages, &pdfPage{Page: p})
			return nil
		}
		pages = append(pages, layOut(p))
		return nil
	})
	if err != nil {
		return err
	}
	if len(scanned) > 0 {
		if err := r.recognise(ctx, d, scanned); err != nil {
			return err
		}
		for _, p := range scanned {
			pages[p.Number-1] = layOut(p)
		}
	}
	d.Pages = len(pages)
	withoutHeads(pages)
	apartFromNotes(pages)
	return flow(ctx, d, pages)
}

// layOut puts the characters of a page into the cells of its ruled tables and into lines.
func layOut(page *printed.Page) *pdfPage {
	tables := ruledTables(page.Rules)
	var outside []printed.Glyph
	for _, g := range page.Glyphs {
		x, y := (g.Left+g.Right)/2, middle(g)
		if i := slices.IndexFunc(tables, func(t *ruledTable) bool { return t.holds(x, y) }); i >= 0 {
			tables[i].glyphs = append(tables[i].glyphs, g)
		} else {
			outside = append(outside, g)
		}
	}
	p := &pdfPage{Page: page, lines: linesOf(outside)}
	for _, t := range tables {
		if len(t.glyphs) == 0 {
			continue
		}
		t.fill()
		at := slices.IndexFunc(p.lines, func(l printedLine) bool { return l.base > t.Top+ruleJitter })
		if at < 0 {
			at = len(p.lines)
		}
		p.lines = slices.Insert(p.lines, at, printedLine{Box: t.Box, base: t.Top, kind: Markup, table: t})
	}
	for i := range p.lines {
		p.lines[i].page = page.Number
	}
	p.shortRules = shortRules(page, tables)
	page.Glyphs, page.Rules = nil, nil
	return p
}

// Share of a page, in per cent, that a picture takes.
const pictureShare = 2 // from which it is no ornament

// unreadOf is what of a page was not read.
func unreadOf(p *printed.Page, isEmpty bool) (all []Unread) {
	say := func(isWhole bool, zh lang.Zh, en lang.En, args ...any) {
		what := lang.Of(lang.Zh(fmt.Sprintf(string(zh), args...)), lang.En(fmt.Sprintf(string(en), args...)))
		all = append(all, Unread{Page: p.Number, Whole: isWhole, What: what})
	}
	pictures := 0
	for _, b := range p.Pictures {
		if p.Share(b) >= pictureShare {
			pictures++
		}
	}
	switch {
	case p.Damaged:
		say(true, "第%d页（已损坏，读不出）", "page %d, which is damaged,", p.Number)
	case p.Scan != nil && !isEmpty: // read from the picture
	case p.Scan != nil:
		say(true, "第%d页（扫描件，没有识别出文字）", "page %d, a scanned picture in which no text was recognised,", p.Number)
	case isEmpty && p.IsScanned():
		say(true, "第%d页（扫描件，没有文字层；装有Tesseract简体中文时可以识别）", "page %d, a scanned picture without a layer of text (Tesseract reads such where it is installed for simplified Chinese),", p.Number)
	case isEmpty && (pictures > 0 || p.Drawings > 0):
		say(true, "第%d页（只有图形，没有文字）", "page %d, nothing but drawings,", p.Number)
	case pictures > 0:
		say(false, "第%d页的图片", "a picture on page %d", p.Number)
	}
	if p.Unknown > 0 {
		say(false, "第%d页的%d个字符（字体没有说明是什么字）", "what %[2]d characters on page %[1]d show, of which their font does not say what they are,", p.Number, p.Unknown)
	}
	if p.Turned > 0 {
		say(false, "第%d页的%d个斜排或竖排字符", "what %[2]d characters on page %[1]d show, which are set at an angle,", p.Number, p.Turned)
	}
	if p.Cut {
		say(false, "第%d页超过上限的内容", "what is on page %d beyond the limit", p.Number)
	}
	return all
}
