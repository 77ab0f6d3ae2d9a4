package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"anlan/ground/lang"
	"anlan/ground/period"
)

// workbookForm writes an XLSX file: the parts that the layout decides first, then the sheet as its rows come. Texts stand
// in their cells and not in a shared table, which would have to be held until the end.
type workbookForm struct {
	zip    *zip.Writer
	sheet  *bufio.Writer
	layout Layout
	styles styles
	number int
	buf    []byte
}

// partTime is the time of every part: the least that the archive format can say.
var partTime = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Names of the sheets that stand beside the rows.
var (
	notesSheet   = lang.Of("填写说明", "Notes")
	choicesSheet = lang.Of("选项", "Choices")
)

func newWorkbookForm(w io.Writer, layout Layout) (*workbookForm, error) {
	layout.Sheet = sheetName(layout.Sheet)
	f := &workbookForm{zip: zip.NewWriter(w), layout: layout, styles: newStyles(layout.Fields)}
	for _, p := range f.parts() {
		part, err := f.create(p.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(part, xmlHead+p.content); err != nil {
			return nil, err
		}
	}
	part, err := f.create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	f.sheet = bufio.NewWriterSize(part, 64<<10)
	if _, err := f.sheet.WriteString(xmlHead + f.sheetHead()); err != nil {
		return nil, err
	}
	return f, f.headings()
}

// sheetName is a name that programs accept for a sheet: at most 31 characters, without the signs of references.
func sheetName(s string) string {
	name := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s))
	if name = name[:min(len(name), 31)]; strings.TrimSpace(string(name)) == "" {
		return "Sheet1"
	}
	return string(name)
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func (f *workbookForm) create(name string) (io.Writer, error) {
	return f.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: partTime})
}

func (f *workbookForm) headings() error {
	cells := make([]Cell, len(f.layout.Fields))
	for i, field := range f.layout.Fields {
		cells[i] = TextCell(field.Heading)
		if field.Required {
			cells[i].Text += "*"
		}
	}
	looks := func(_ Cell, i int) int {
		if f.layout.Fields[i].Computed {
			return styleComputed
		}
		return styleHeading
	}
	if err := f.write(cells, looks); err != nil || f.layout.Example == nil {
		return err
	}
	example := append([]Cell(nil), f.layout.Example...)
	for i, c := range example {
		if c.Kind == Empty && i > 0 {
			continue
		}
		example[i].Kind = Text
		if i == 0 {
			example[i].Text = ExampleMark + c.Text
		}
	}
	return f.write(example, func(Cell, int) int { return styleExample })
}

func (f *workbookForm) row(cells []Cell) error { return f.write(cells, f.styles.of) }

// write writes a row; style says how a cell of a column looks.
func (f *workbookForm) write(cells []Cell, style func(c Cell, column int) int) error {
	if f.number++; f.number > rowsMax {
		return ErrTooLarge.With(theRows, rowsMax)
	}
	b := append(f.buf[:0], `<row r="`...)
	b = strconv.AppendInt(b, int64(f.number), 10)
	if f.number == 1 {
		b = append(b, `" ht="24" customHeight="1`...)
	}
	b = append(b, `">`...)
	for i, c := range cells {
		if c.Kind == Empty || c.Kind == Absent {
			continue
		}
		b = append(b, `<c r="`...)
		b = append(b, columnName(i)...)
		b = strconv.AppendInt(b, int64(f.number), 10)
		if s := style(c, i); s != styleGeneral {
			b = append(b, `" s="`...)
			b = strconv.AppendInt(b, int64(s), 10)
		}
		b = appendValue(b, c)
	}
	f.buf = append(b, "</row>"...)
	_, err := f.sheet.Write(f.buf)
	return err
}

// appendValue appends the rest of a cell behind its opening attributes: its type and value.
func appendValue(b []byte, c Cell) []byte {
	switch c.Kind {
	case Number:
		if isPlainNumber(c.Text) && significant(c.Text) <= significantMax && len(c.Text) <= significantMax {
			return append(append(append(b, `"><v>`...), c.Text...), `</v></c>`...)
		}
	case Bool:
		v := byte('0')
		if c.Text == "TRUE" {
			v = '1'
		}
		return append(append(b, `" t="b"><v>`...), v, '<', '/', 'v', '>', '<', '/', 'c', '>')
	case Day:
		if n, ok := serialOf(c.Text); ok {
			return append(strconv.AppendInt(append(b, `"><v>`...), n, 10), `</v></c>`...)
		}
	}
	b = append(b, `" t="inlineStr"><is><t xml:space="preserve">`...)
	return append(appendXML(b, c.Text), `</t></is></c>`...)
}

// serialOf is the serial of a day. Programs disagree about the days before 1 March 1900 (one of them never was), so these
// are written as text.
func serialOf(iso string) (int64, bool) {
	d, err := period.ISODay(iso)
	if err != nil {
		return 0, false
	}
	n, ok := period.Serial(d, period.Serials1900)
	return n, ok && n > 60
}

// appendXML appends a text as markup. What XML cannot hold, or would change, stands as _xHHHH_ (ECMA-376-1, 22.9.2.19).
func appendXML(b []byte, s string) []byte {
	for i, c := range s {
		switch {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c < ' ' && c != '\n' && c != '\t', c == 0xfffe, c == 0xffff:
			b = fmt.Appendf(b, "_x%04X_", c)
		case c == '_':
			if _, ok := escaped(s[i:]); ok {
				b = append(b, "_x005F"...)
			}
			b = append(b, '_')
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return b
}

func escapeXML(s string) string { return string(appendXML(nil, s)) }

// close writes what stands behind the rows.
func (f *workbookForm) close() error {
	if _, err := f.sheet.WriteString(f.sheetTail()); err != nil {
		return err
	}
	if err := f.sheet.Flush(); err != nil {
		return err
	}
	return f.zip.Close()
}

// sheetHead is the sheet down to its first row: the heading stays in view, the columns have widths and formats, and a
// printed page is as wide as the table.
func (f *workbookForm) sheetHead() string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18" customHeight="1"/>`)
	if len(f.layout.Fields) > 0 {
		b.WriteString("<cols>")
		for i, field := range f.layout.Fields {
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" style="%d" customWidth="1"/>`, i+1, i+1, field.width(), f.styles.of(Cell{Kind: field.Kind}, i))
		}
		b.WriteString("</cols>")
	}
	b.WriteString("<sheetData>")
	return b.String()
}

// width is the width of the column in characters of the standard font, of which a Chinese one takes two.
func (f Field) width() int {
	n := f.Width
	if n == 0 {
		n = 4
		for _, c := range f.Heading {
			n++
			if c > 0x2e7f {
				n++
			}
		}
		n = max(n, 12)
	}
	return min(n, 80)
}

// sheetTail is what stands behind the rows: the drop-down lists, the page (A4, landscape) and the comments.
func (f *workbookForm) sheetTail() string {
	var b strings.Builder
	b.WriteString("</sheetData>")
	if lists := f.lists(); len(lists) > 0 {
		fmt.Fprintf(&b, `<dataValidations count="%d">`, len(lists))
		for i, column := range lists {
			name, from := columnName(column), columnName(i)
			fmt.Fprintf(&b, `<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="%s2:%s%d"><formula1>'%s'!$%s$1:$%s$%d</formula1></dataValidation>`,
				name, name, rowsMax, choicesSheet.In(f.layout.Lang), from, from, len(f.layout.Fields[column].Choices))
		}
		b.WriteString("</dataValidations>")
	}
	b.WriteString(`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`)
	if f.commented() {
		b.WriteString(`<legacyDrawing r:id="rId2"/>`)
	}
	b.WriteString("</worksheet>")
	return b.String()
}

// lists are the columns that have a drop-down list, in order.
func (f *workbookForm) lists() (columns []int) {
	for i, field := range f.layout.Fields {
		if len(field.Choices) > 0 {
			columns = append(columns, i)
		}
	}
	return columns
}

func (f *workbookForm) commented() bool {
	for _, field := range f.layout.Fields {
		if field.Note != "" {
			return true
		}
	}
	return false
}
