package reading

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"anlan/ground/lang"
)

// readHTML makes the lines of a page: what a reader sees of the article, a paragraph a line.
func readHTML(d *Document) error {
	root, err := html.Parse(strings.NewReader(d.Text))
	if err != nil { // elements nested beyond 512
		return ErrDamagedHTML.Because(err, lang.Of("元素嵌套过深", "its elements are nested too deeply"))
	}
	p := survey(root)
	r := &htmlReader{b: &builder{d: d}, page: p}
	r.walk(p.article)
	r.flush()
	if r.err != nil {
		return r.err
	}
	if !r.titled {
		d.Title = p.named
	}
	if err := r.b.done(); err != nil {
		return err
	}
	if d.Title == "" {
		d.Title = p.tab
	}
	return nil
}

// htmlReader walks the article and gathers the line that is being filled. Nesting is bounded by the parser.
type htmlReader struct {
	b     *builder
	page  *page
	err   error
	table *tableBuilder // innermost, or nil
	cell  *Cell

	text   strings.Builder
	number string // of a list item, due before its first visible character
	space  bool   // a space is due before the next visible character
	kind   Kind
	level  uint8
	pre    bool
	note   bool // among the notes
	titled bool // the first h1 has been met
}

// flush ends the line.
func (r *htmlReader) flush() {
	if r.note {
		r.kind, r.level = Note, 0
	}
	if r.err == nil && r.text.Len() > 0 {
		_, r.err = r.b.line(r.kind, r.level, r.text.String(), r.cell)
	}
	r.text.Reset()
	r.space, r.kind, r.level = false, Blank, 0
}

func (r *htmlReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil && r.err == nil; c = c.NextSibling {
		r.walk(c)
	}
}

// block reads the children of n as lines of their own.
func (r *htmlReader) block(n *html.Node, kind Kind, level uint8) {
	r.flush()
	r.kind, r.level = kind, level
	r.children(n)
	r.flush()
}

func (r *htmlReader) walk(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.add(n.Data)
		return
	case n.Type != html.ElementNode:
		return
	case r.page.skips(n):
		return
	}
	if role := attr(n, "role"); !r.note && (role == "doc-endnotes" || role == "doc-footnote") {
		r.flush()
		r.note = true
		r.block(n, Note, 0)
		r.note = false
		return
	}
	switch n.DataAtom {
	case atom.Br:
		kind, level := r.kind, r.level
		r.flush()
		if kind == Title || kind == Heading {
			r.kind, r.level = kind, level
		}
	case atom.H1:
		if !r.titled {
			r.titled = true
			r.block(n, Title, 0)
			return
		}
		r.block(n, Heading, 1)
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.block(n, Heading, n.Data[1]-'0')
	case atom.Ul, atom.Ol:
		r.list(n)
	case atom.Li:
		r.block(n, Item, 0)
	case atom.Table:
		r.readTable(n)
	case atom.Pre:
		before := r.pre
		r.pre = true
		r.block(n, Blank, 0)
		r.pre = before
	case atom.Sup:
		r.raised(n)
	case atom.A:
		if !marksNote(n) {
			r.children(n)
		}
	case atom.Img, atom.Svg, atom.Canvas, atom.Iframe, atom.Object, atom.Embed, atom.Video, atom.Audio:
		if decorative(n) {
			return
		}
		r.b.unread(unreadHTML(n.DataAtom))
	default:
		if blocks[n.DataAtom] {
			r.block(n, r.kind, r.level)
			return
		}
		r.children(n)
	}
}

var blocks = func() map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, a := range []atom.Atom{atom.Address, atom.Article, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Header, atom.Hr, atom.Html,
		atom.Legend, atom.Main, atom.P, atom.Section, atom.Summary} {
		m[a] = true
	}
	return m
}()

// add puts text on the line as a browser lays it: runs of spaces become one, none at the ends.
func (r *htmlReader) add(s string) {
	for _, c := range s {
		switch {
		case invisible(c):
		case r.pre && c == '\n':
			r.flush()
		case c == '\n', c == '\r', c == ' ', c == '\t', c == '\f', c == '\u00a0':
			r.space = r.text.Len() > 0
		default:
			if r.space {
				r.text.WriteByte(' ')
			}
			r.text.WriteString(r.number)
			r.space, r.number = false, ""
			r.text.WriteRune(c)
		}
	}
}

// marksNote says whether a link only leads to a note or back from it: to another place of the page, from a number or sign such as
// 1, [2], ③ or ↩. It is no text of the report, and its number no figure; but a page that calls a number a value, in a data
// element, leads from the figure to what is said of it, and the figure is text.
func marksNote(n *html.Node) bool {
	const markRunes = 5
	if n.Parent != nil && n.Parent.DataAtom == atom.Data {
		return false
	}
	text := strings.Trim(strings.TrimSpace(textOf(n, numberMaxBytes)), "[]［］〔〕()（）*＊†‡↩↑^ ")
	return strings.HasPrefix(attr(n, "href"), "#") && utf8.RuneCountInString(text) <= markRunes && strings.Trim(text, "0123456789注①②③④⑤⑥⑦⑧⑨⑩") == ""
}

// raised keeps the exponent of m² apart from the digits before and after it.
func (r *htmlReader) raised(n *html.Node) {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		r.add(superscript(c.Data))
		return
	}
	r.children(n)
}

// superscript raises a text of one or two digits; any other comes back as it is.
func superscript(s string) string {
	if s == "" || len(s) > 2 || strings.Trim(s, "0123456789") != "" {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[c-'0'])
	}
	return b.String()
}

// list reads the items of a list; those of a numbered list get the number that a browser shows, unless the text brings
// its own.
func (r *htmlReader) list(n *html.Node) {
	r.flush()
	format, next := htmlNumbers[attr(n, "type")], 1
	if format == "" {
		format = "decimal"
	}
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		next = v
	}
	for c := n.FirstChild; c != nil && r.err == nil; c = c.NextSibling {
		if c.DataAtom != atom.Li || r.page.skips(c) {
			r.walk(c)
			continue
		}
		if v, err := strconv.Atoi(attr(c, "value")); err == nil {
			next = v
		}
		level, _ := opening(trim(textOf(c, numberMaxBytes)))
		r.flush()
		switch {
		case n.DataAtom == atom.Ul && level == 0:
			r.kind = Item
		case n.DataAtom == atom.Ol && level == 0 && !r.note:
			r.number = numeral(format, next) + "."
		}
		next++
		r.children(c)
		r.flush()
		r.number = ""
	}
}

const numberMaxBytes = 64 // at the start of an item, in which a number of its own must stand

var htmlNumbers = map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// readTable reads a table cell by cell. One that holds other tables only places things on the page.
func (r *htmlReader) readTable(n *html.Node) {
	r.flush()
	if r.table != nil {
		r.table.isLayout = true
	}
	outer, within := r.table, r.cell
	t := r.b.table(within)
	t.isLayout = attr(n, "role") == "presentation" || attr(n, "role") == "none"
	r.table = t
	for c := n.FirstChild; c != nil && r.err == nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			for tr := c.FirstChild; tr != nil && r.err == nil; tr = tr.NextSibling {
				r.readRow(tr, c.DataAtom == atom.Thead)
			}
		case atom.Caption:
			r.cell = within
			r.block(c, Blank, 0)
		}
	}
	r.table, r.cell = outer, within
}

func (r *htmlReader) readRow(tr *html.Node, head bool) {
	if tr.DataAtom != atom.Tr || r.page.skips(tr) {
		return
	}
	r.table.nextRow()
	for c := tr.FirstChild; c != nil && r.err == nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		rows := span(c, "rowspan")
		if attr(c, "rowspan") == "0" {
			rows = rowSpanMax // down to the foot
		}
		if r.cell, r.err = r.table.cell(rows, span(c, "colspan"), head || c.DataAtom == atom.Th); r.err != nil {
			return
		}
		if !r.page.skips(c) {
			r.block(c, Blank, 0)
		}
	}
}

const rowSpanMax = 65534 // as the HTML standard bounds it

// span is the value of rowspan or colspan, from 1.
func span(n *html.Node, key string) int {
	v, err := strconv.Atoi(attr(n, key))
	if err != nil || v < 1 {
		return 1
	}
	if key == "colspan" {
		return min(v, columnsMax)
	}
	return min(v, rowSpanMax)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// textOf is the text below n, up to about bytesMax.
func textOf(n *html.Node, bytesMax int) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
		if b.Len() >= bytesMax {
			break
		}
	}
	return b.String()
}

// decorative says whether a picture is meant to say nothing: it has an empty text, or is a point to count visits.
func decorative(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "alt" && a.Val == "" && n.DataAtom == atom.Img {
			return true
		}
	}
	return attr(n, "width") == "1" || attr(n, "height") == "1" || attr(n, "width") == "0"
}

func unreadHTML(a atom.Atom) lang.Text {
	switch a {
	case atom.Img:
		return lang.Of("图片", "a picture")
	case atom.Svg, atom.Canvas:
		return lang.Of("图形", "a drawing")
	case atom.Video, atom.Audio:
		return lang.Of("音视频", "sound or film")
	}
	return lang.Of("嵌入的其他内容", "embedded content")
}
