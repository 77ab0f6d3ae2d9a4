package reading

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// How lines of prose follow each other, in hundredths of a full character.
const (
	edgeSlack    = 130 // by which a full line ends before the right edge
	indentFrom   = 120 // right of the left edge, from which a line opens a paragraph
	sizeJitter   = 15  // per cent by which type of one size differs
	leadingTimes = 150 // per cent of the common distance of lines, from which there is space between paragraphs
)

// flow makes the document of laid out pages.
func flow(ctx context.Context, d *Document, pages []*pdfPage) error {
	lines, err := columnsOf(ctx, pages)
	if err != nil {
		return err
	}
	f := &pdfFlow{b: &builder{d: d}, lines: lines, edges: edgesOf(lines, pages)}
	at := 0
	for _, p := range pages {
		for ; at < len(lines.printed) && lines.printed[at].page == p.Number; at++ {
			if err := f.line(at); err != nil {
				return err
			}
		}
		f.endPage(p)
	}
	if err := f.endParagraph(); err != nil {
		return err
	}
	if err := f.notes(pages); err != nil {
		return err
	}
	return f.b.done()
}

// laid are the lines of all pages as a document of their own, in which tables in columns have been found.
type laid struct {
	*Document
	tables []*tableBuilder
}

// columnsOf finds the tables that no ruled lines show.
func columnsOf(ctx context.Context, pages []*pdfPage) (*laid, error) {
	d := &Document{}
	for _, p := range pages {
		for _, l := range p.lines {
			kind := Paragraph
			if l.table != nil {
				kind = Markup
			}
			d.Lines = append(d.Lines, Line{Text: l.text, Kind: kind, Number: int32(len(d.Lines) + 1)})
			d.printed = append(d.printed, l)
		}
	}
	if len(d.Lines) > linesMax {
		return nil, ErrTooLarge.With(linesText, linesMax)
	}
	b := &builder{d: d}
	if err := alignedTables(ctx, b); err != nil {
		return nil, err
	}
	return &laid{d, b.tables}, nil
}

// pdfFlow puts lines together to paragraphs and tables.
type pdfFlow struct {
	b     *builder
	lines *laid
	edges map[int]edges // by page

	paragraph []int         // lines of the one that is being put together
	table     *tableBuilder // ruled, the last thing that was read
	grid      *ruledTable   // of its last page
}

// line takes line number i.
func (f *pdfFlow) line(i int) error {
	l := &f.lines.printed[i]
	switch {
	case l.table != nil:
		if err := f.endParagraph(); err != nil {
			return err
		}
		return f.ruled(l)
	case f.lines.Lines[i].Kind == Row:
		if err := f.endParagraph(); err != nil {
			return err
		}
		f.table = nil
		return f.row(i)
	}
	f.table = nil
	if n := len(f.paragraph); n > 0 && f.goesOn(f.paragraph[n-1], i) {
		f.paragraph = append(f.paragraph, i)
		return nil
	}
	if err := f.endParagraph(); err != nil {
		return err
	}
	f.paragraph = append(f.paragraph, i)
	return nil
}

// endParagraph writes the paragraph that was put together.
func (f *pdfFlow) endParagraph() error {
	if len(f.paragraph) == 0 {
		return nil
	}
	var text strings.Builder
	var starts []pageStart
	for k, i := range f.paragraph {
		l := &f.lines.printed[i]
		if k > 0 && !isWide(lastRune(text.String())) && !isWide(firstRune(l.text)) && !(digit(lastRune(text.String())) && digit(firstRune(l.text))) {
			text.WriteByte(' ')
		}
		if k == 0 || l.page != f.lines.printed[f.paragraph[k-1]].page || f.b.d.scans[l.page] != nil {
			starts = append(starts, pageStart{text.Len(), l.page, l.Box})
		}
		text.WriteString(l.text)
	}
	f.paragraph = f.paragraph[:0]
	return f.write(Blank, text.String(), nil, starts)
}

// write adds a line of extracted text.
func (f *pdfFlow) write(kind Kind, text string, in *Cell, starts []pageStart) error {
	text = strings.Map(visible, text)
	n, err := f.b.line(kind, 0, text, in)
	if err != nil || n == 0 {
		return err
	}
	d := f.b.d
	for _, s := range starts {
		if k := len(d.starts); k == 0 || d.starts[k-1].page != s.page {
			d.starts = append(d.starts, pageStart{d.Lines[n-1].Offset + s.offset, s.page, s.box})
		}
		if d.scans[s.page] != nil {
			d.places = append(d.places, pictured{d.Lines[n-1].Offset + s.offset, s.page, s.box})
		}
	}
	return nil
}

// endPage notes what of a page was not read.
func (f *pdfFlow) endPage(p *pdfPage) {
	for _, u := range unreadOf(p.Page, len(p.lines) == 0) {
		u.Line = len(f.b.d.Lines) + min(len(f.paragraph), 1)
		f.b.d.Unread = append(f.b.d.Unread, u)
	}
}

// row writes a row of a table that stands in columns, and makes the table one of the document.
func (f *pdfFlow) row(i int) error {
	d, l := f.b.d, &f.lines.Lines[i]
	if err := f.write(Row, l.Text, nil, []pageStart{{0, f.lines.printed[i].page, f.lines.printed[i].Box}}); err != nil {
		return err
	}
	n := len(d.Lines)
	d.Lines[n-1].Cells = l.Cells
	for _, c := range l.Cells {
		for k := range c.Parts {
			c.Parts[k].Line = n
		}
		if t := c.Table; len(d.Tables) == 0 || d.Tables[len(d.Tables)-1] != t {
			d.Tables = append(d.Tables, t)
			at := slices.IndexFunc(f.lines.tables, func(b *tableBuilder) bool { return b.Table == t })
			f.lines.tables[at].b = f.b
			f.b.tables = append(f.b.tables, f.lines.tables[at])
		}
	}
	return nil
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
