package marked

import (
	"fmt"
	"strconv"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// document writes the text with its tables.
func (p *page) document() {
	lines := p.doc.Lines
	for i := 0; i < len(lines); i++ {
		l := &lines[i]
		if i >= linesMax || p.written > bytesMax {
			p.put(`<p class="note">`, p.say(lang.Of("文件太长，本页只显示前%d行；其余部分的核对结果见疑点列表", "the document is too long: this page shows its first %d lines; what was found in the rest stands in the list"), i), "</p>\n")
			return
		}
		p.written += len(l.Text)
		switch {
		case l.Kind == reading.Blank || l.Kind == reading.Markup:
		case len(l.Cells) > 0:
			p.tableLine(l)
		default:
			tag := p.open(l)
			p.piece(l, 0, len(l.Text))
			for lines[i].Wraps && i+1 < len(lines) {
				i++
				p.piece(&lines[i], 0, len(lines[i].Text))
			}
			p.put("</", tag, ">\n")
		}
	}
}

// open opens the element of a line and gives its name.
func (p *page) open(l *reading.Line) string {
	tag, class := "p", ""
	switch l.Kind {
	case reading.Title:
		class = "title"
	case reading.Heading:
		tag = "h" + strconv.Itoa(min(int(l.Level)+1, 5))
	case reading.Item:
		class = "item"
	case reading.Note:
		class = "note"
	}
	p.put("<", tag)
	if class != "" {
		p.put(` class="`, class, `"`)
	}
	p.put(` data-line="`, strconv.Itoa(int(l.Number)), `">`)
	return tag
}

// tableLine writes the table of a line, whole where its first line stands; a table of which only the order of the pieces is
// known, line by line.
func (p *page) tableLine(l *reading.Line) {
	t := l.Cells[0].Table
	if t.Flat {
		p.put(`<p class="row" data-line="`, strconv.Itoa(int(l.Number)), `">`)
		p.piece(l, 0, len(l.Text))
		p.put("</p>\n")
		return
	}
	for t.Within != nil {
		t = t.Within.Table
	}
	p.table(t)
}

func (p *page) table(t *reading.Table) {
	if p.tables[t] {
		return
	}
	p.tables[t] = true
	p.put(`<div class="grid"><table>`, "\n")
	row := 0
	for _, c := range t.Cells {
		if c.Row != row {
			if row > 0 {
				p.put("</tr>\n")
			}
			p.put("<tr>")
			row = c.Row
		}
		p.cell(c)
	}
	if row > 0 {
		p.put("</tr>\n")
	}
	p.put("</table></div>\n")
}

func (p *page) cell(c *reading.Cell) {
	tag := "td"
	if c.Header {
		tag = "th"
	}
	p.put("<", tag)
	if c.RowSpan > 1 {
		fmt.Fprintf(p, ` rowspan="%d"`, c.RowSpan)
	}
	if c.ColumnSpan > 1 {
		fmt.Fprintf(p, ` colspan="%d"`, c.ColumnSpan)
	}
	p.put(">")
	for i, part := range c.Parts {
		if i > 0 {
			p.put("<br>")
		}
		if part.Line >= 1 && part.Line <= len(p.doc.Lines) {
			l := &p.doc.Lines[part.Line-1]
			p.piece(l, part.From, min(part.To, len(l.Text)))
		}
	}
	for _, t := range p.inside[c] {
		p.table(t)
	}
	p.put("</", tag, ">")
}
