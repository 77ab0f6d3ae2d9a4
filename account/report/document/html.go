package document

import (
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed style.css
var styleSheet string

// RenderHTML writes the report as one page that needs nothing else: no script, no font and no picture from outside. Its
// faults are those of Check and the errors of w.
//
// Each figure is a data element "fig-" + id with its exact value, and leads to its entry in the list after the report,
// which says what it is, from how many records it comes and how to get it again; the entry leads back.
func (d *Document) RenderHTML(w io.Writer) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := &pageWriter{}
	p.page(d)
	_, err := io.WriteString(w, p.String())
	return err
}

// pageWriter writes the page.
type pageWriter struct {
	strings.Builder
	numbers  numbers
	headings int
	notes    []Note
}

func (p *pageWriter) page(d *Document) {
	p.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	p.WriteString("<title>" + escape(d.OneLineTitle()) + "</title>\n")
	p.meta("author", d.Author)
	if d.Closing == "" {
		p.meta("anlan.book", d.Basis.Book)
		p.meta("anlan.epoch", strconv.Itoa(max(d.Basis.Epoch, 1)))
		p.meta("anlan.position", strconv.FormatInt(d.Basis.Position, 10))
		p.meta("anlan.root", d.Basis.Root)
	}
	p.meta("anlan.synthetic", strconv.FormatBool(d.Synthetic))
	p.WriteString("<style>\n" + styleSheet + "</style>\n</head>\n<body>\n")
	switch {
	case d.Draft && d.Synthetic:
		p.WriteString(`<header class="banner both"><strong>` + draftMark + `</strong>，没有公开；<strong>` + syntheticMark + "</strong>，不反映任何真实情况</header>\n")
	case d.Draft:
		p.WriteString(`<header class="banner draft"><strong>` + draftMark + "</strong>，没有公开</header>\n")
	case d.Synthetic:
		p.WriteString(`<header class="banner synthetic"><strong>` + syntheticMark + "</strong>，不反映任何真实情况</header>\n")
	}
	p.WriteString("<main>\n<article>\n<h1>" + strings.ReplaceAll(escape(d.Title), "\n", "<br>") + "</h1>\n")
	if d.Correction != "" {
		p.WriteString(`<p class="correction">` + escape(d.Correction) + "</p>\n")
	}
	for _, b := range d.Blocks {
		p.block(b)
	}
	p.WriteString(`<p class="basis">` + escape(d.basisLine()) + "</p>\n")
	p.endnotes()
	p.WriteString("</article>\n</main>\n")
	p.figureList(d)
	p.WriteString("</body>\n</html>\n")
}

func (p *pageWriter) meta(name, content string) {
	if content != "" {
		p.WriteString(`<meta name="` + name + `" content="` + escape(content) + "\">\n")
	}
}

func (p *pageWriter) block(b Block) {
	switch b := b.(type) {
	case Heading:
		p.headings++
		fmt.Fprintf(p, `<h%d id="section-%d">`, b.Level+1, p.headings)
		p.inlines(p.numbers.before(b.Level, b.Text))
		fmt.Fprintf(p, "</h%d>\n", b.Level+1)
	case Item:
		p.paragraph(p.numbers.before(b.Level, b.Text))
	case Paragraph:
		p.paragraph(Inlines(b))
	case Table:
		p.table(b)
	case AttachmentList:
		p.WriteString("<div class=\"attachments\">")
		for _, s := range b.lines() {
			p.WriteString("<p>" + escape(s) + "</p>\n")
		}
		p.WriteString("</div>\n")
	case PageBreak:
		p.WriteString("<hr class=\"new-page\">\n")
	case Signature:
		p.WriteString(`<div class="signature"><p>` + escape(b.Unit) + "</p>\n<p>" + escape(b.Date) + "</p></div>\n")
	}
}

func (p *pageWriter) paragraph(in Inlines) {
	p.WriteString("<p>")
	p.inlines(in)
	p.WriteString("</p>\n")
}

func (p *pageWriter) inlines(in Inlines) {
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			p.WriteString(escape(string(x)))
		case Bold:
			p.WriteString("<strong>")
			p.inlines(Inlines(x))
			p.WriteString("</strong>")
		case Figure:
			p.figure(x)
		case Note:
			p.notes = append(p.notes, x)
			n := len(p.notes)
			fmt.Fprintf(p, `<sup><a role="doc-noteref" id="noteref-%d" href="#note-%d">%d</a></sup>`, n, n, n)
		}
	}
}

func (p *pageWriter) figure(f Figure) {
	fmt.Fprintf(p, `<data class="figure" id="fig-%[1]s" value="%[2]s"><a href="#about-%[1]s" title="%[3]s">%[4]s</a></data>`, f.ID, escape(f.Value), escape(f.Name+"："+f.summary()), escape(f.Text))
}

// summary says in a line what the figure is.
func (f Figure) summary() string {
	value := f.Value + f.Unit
	switch {
	case f.Withheld != "":
		value = "不予公开（" + f.Withheld + "）"
	case f.Value == "":
		value = f.Text
	}
	parts := []string{value}
	for _, s := range []string{f.Period, f.UnitCode, f.Source, f.Edition} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if f.Unverified != "" {
		parts = append(parts, f.Unverified+"尚未核对原文")
	}
	if f.Records > 0 {
		parts = append(parts, "出自"+strconv.Itoa(f.Records)+"条记录")
	}
	return strings.Join(parts, "，")
}

func (p *pageWriter) table(t Table) {
	label := "表格"
	if t.Caption != "" {
		label = t.Caption
	}
	p.WriteString(`<div class="sheet" role="region" tabindex="0" aria-label="` + escape(label) + "\">\n<table>\n")
	if t.Caption != "" || t.Unit != "" {
		p.WriteString("<caption>")
		if t.Caption != "" {
			p.WriteString(`<div class="name">` + escape(t.Caption) + "</div>")
		}
		if t.Unit != "" {
			p.WriteString(`<div class="unit">` + escape(t.Unit) + "</div>")
		}
		p.WriteString("</caption>\n")
	}
	row := 0
	for _, c := range t.cells() {
		p.rowsUpTo(&row, c.row, len(t.Header))
		p.cell(c, t.Columns[c.column-1].Number)
	}
	p.rowsUpTo(&row, len(t.Header)+len(t.Rows), len(t.Header))
	p.WriteString("</tr>\n</tbody>\n</table>\n</div>\n")
}

// rowsUpTo closes and opens rows, and the groups of header and body, until row to is open.
func (p *pageWriter) rowsUpTo(row *int, to, header int) {
	for *row < to {
		if *row > 0 {
			p.WriteString("</tr>\n")
		}
		switch {
		case *row == 0 && header > 0:
			p.WriteString("<thead>\n")
		case *row == header && header > 0:
			p.WriteString("</thead>\n<tbody>\n")
		case *row == 0:
			p.WriteString("<tbody>\n")
		}
		p.WriteString("<tr>")
		*row++
	}
}

func (p *pageWriter) cell(c placedCell, isNumber bool) {
	tag := "td"
	if c.header {
		tag = "th"
	}
	p.WriteString("<" + tag)
	if c.header && c.ColumnSpan > 1 {
		p.WriteString(` scope="colgroup"`)
	} else if c.header {
		p.WriteString(` scope="col"`)
	} else if set := c.setting(isNumber); set == asNumber {
		p.WriteString(` class="number"`)
	} else if set == asMiddle {
		p.WriteString(` class="middle"`)
	}
	if c.RowSpan > 1 {
		fmt.Fprintf(p, ` rowspan="%d"`, c.RowSpan)
	}
	if c.ColumnSpan > 1 {
		fmt.Fprintf(p, ` colspan="%d"`, c.ColumnSpan)
	}
	p.WriteString(">")
	p.inlines(c.Text)
	p.WriteString("</" + tag + ">")
}

func (p *pageWriter) endnotes() {
	if len(p.notes) == 0 {
		return
	}
	p.WriteString("<section role=\"doc-endnotes\" aria-label=\"注释\">\n<ol>\n")
	for i, note := range p.notes {
		fmt.Fprintf(p, `<li id="note-%d">`, i+1)
		p.inlines(Inlines(note))
		fmt.Fprintf(p, "<a role=\"doc-backlink\" href=\"#noteref-%d\" aria-label=\"回到正文\">↩</a></li>\n", i+1)
	}
	p.WriteString("</ol>\n</section>\n")
}

// figureList says of each figure what it is and how to get it again.
func (p *pageWriter) figureList(d *Document) {
	figures := d.Figures()
	if len(figures) == 0 {
		return
	}
	fmt.Fprintf(p, "<aside class=\"figures\" aria-labelledby=\"figures\">\n<h2 id=\"figures\">文中数据（%d项）</h2>\n<p>每项数据的含义、来源和重新计算的方法。正文中的数据可点开到这里。</p>\n<dl>\n", len(figures))
	for _, f := range figures {
		fmt.Fprintf(p, `<div class="entry" id="about-%[1]s"><dt><a href="#fig-%[1]s">%[2]s</a></dt><dd class="printed">%[3]s</dd><dd>%[4]s</dd>`, f.ID, escape(f.Name), escape(f.Text), escape(f.meaning()))
		if f.Recompute != "" {
			p.WriteString("<dd><code>" + escape(f.Recompute) + "</code></dd>")
		}
		p.WriteString("</div>\n")
	}
	p.WriteString("</dl>\n</aside>\n")
}

// meaning says what the figure is, from which indicator, and where it stands.
func (f Placed) meaning() string {
	s := f.summary()
	if f.Code != "" {
		s += "；指标 " + f.Code
	}
	if f.Section != "" {
		s += "；见“" + f.Section + "”"
	}
	return s
}

// About is the text of the entry of a figure in the list of the page.
func (f Placed) About() string { return f.Name + f.Text + f.meaning() + f.Recompute }
