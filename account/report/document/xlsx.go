package document

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// RenderXLSX writes the document as a workbook (ISO/IEC 29500 Transitional): a sheet for each table, or for several of the
// same columns that follow each other, the text before a table above it, what follows the last below it. Figures are numbers with number formats, or formulas where a cell has one; what
// has no value, or is printed vaguer than it is, is text. Each figure has a name of the workbook: fig.in_post for in-post.
// Its faults are those of Check and the errors of w. Parts are stored, as in RenderDOCX, and for the same reason.
func (d *Document) RenderXLSX(w io.Writer) error {
	if err := d.Check(); err != nil {
		return err
	}
	b := &workbook{d: d, sheets: d.sheets(), at: map[string]place{}}
	b.locate()
	var parts []part
	for i, s := range b.sheets {
		b.sheet(i, s)
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), b.String()})
		b.Reset()
	}
	head := []part{
		{"[Content_Types].xml", workbookTypes(len(b.sheets))},
		{"_rels/.rels", workbookRelations},
		{"docProps/core.xml", coreProperties(d)},
		{"docProps/custom.xml", customProperties(d)},
		{"xl/workbook.xml", b.main()},
		{"xl/_rels/workbook.xml.rels", sheetRelations(len(b.sheets))},
		{"xl/styles.xml", b.looks.xml()},
	}
	return store(w, append(head, parts...))
}

// sheetText is what one sheet holds.
type sheetText struct {
	name   string
	tables []sheetTable
	below  []sheetLine
}

// sheetTable is a table with the lines above it.
type sheetTable struct {
	above []sheetLine
	Table
}

// head is how many rows stand above the last table, and how many are its header: what is repeated on the pages after it began.
func (s sheetText) head() (above, header int) {
	for _, t := range s.tables {
		above += header + len(t.above)
		header = len(t.Header) + len(t.Rows)
	}
	return above, len(s.tables[len(s.tables)-1].Header)
}

func (s sheetText) columns() []Column { return s.tables[0].Columns }

func (s sheetText) last() Table { return s.tables[len(s.tables)-1].Table }

// sheetLine is a line over the width of a sheet.
type sheetLine struct {
	text string
	look sheetLook
}

// sheets shares the blocks among sheets.
func (d *Document) sheets() []sheetText {
	var out []sheetText
	var above []sheetLine
	add := func(l sheetLook, texts ...string) {
		for _, t := range texts {
			if t != "" {
				above = append(above, sheetLine{t, l})
			}
		}
	}
	add(markLook, d.banner())
	add(annexLook, d.Annex)
	add(titleLook, d.OneLineTitle())
	var n numbers
	notes := 0
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Heading:
			add(textLook, n.before(b.Level, b.Text).String())
		case Item:
			add(textLook, n.before(b.Level, b.Text).String())
		case Paragraph:
			add(textLook, Inlines(b).String())
		case AttachmentList:
			add(textLook, b.lines()...)
		case Signature:
			add(unitLook, b.Unit, b.Date)
		case Table:
			add(captionLook, b.Caption)
			add(unitLook, b.Unit)
			t := sheetTable{above, b}
			if last := len(out) - 1; last >= 0 && slices.Equal(out[last].columns(), b.Columns) && !d.longer(out[last].last()) {
				out[last].tables = append(out[last].tables, t)
			} else {
				out = append(out, sheetText{tables: []sheetTable{t}})
			}
			above = nil
			for _, note := range b.notes() {
				notes++
				add(textLook, "注"+strconv.Itoa(notes)+"："+note)
			}
		}
	}
	add(textLook, d.basisLine())
	if len(out) == 0 {
		out = []sheetText{{tables: []sheetTable{{Table: Table{Columns: []Column{{Width: 1}}}}}}}
	}
	out[len(out)-1].below = above
	for i := range out {
		out[i].name = "报告"
		if d.Annex != "" {
			out[i].name = d.Annex
		}
		if len(out) > 1 {
			out[i].name += "-" + strconv.Itoa(i+1)
		}
	}
	return out
}

// notes are the texts of the notes of a table, in the order of its cells.
func (t Table) notes() (out []string) {
	for _, c := range t.cells() {
		for _, x := range c.Text {
			if n, ok := x.(Note); ok {
				out = append(out, Inlines(n).String())
			}
		}
	}
	return out
}

// workbook writes the sheets of a document.
type workbook struct {
	strings.Builder // of the sheet that is being written
	d               *Document
	sheets          []sheetText
	looks           looksUsed
	at              map[string]place // of figures that have a cell of their own
	names           []string         // defined names, as markup
	row             int              // written last
	merged          []string
	notes           int // met so far
}

// place is a cell of the workbook.
type place struct {
	sheet   int
	address string
}

// locate finds the places of figures before anything is written, because formulas may look ahead.
func (b *workbook) locate() {
	for i, s := range b.sheets {
		row := 0
		for _, t := range s.tables {
			row += len(t.above)
			for _, c := range t.cells() {
				if f := c.Text.number(); f != nil && !c.header {
					b.at[f.ID] = place{i, CellAddress(c.column, row+c.row)}
				}
			}
			row += len(t.Header) + len(t.Rows)
		}
	}
}

// formula puts addresses in the place of figures.
func (b *workbook) formula(s string, index int) string {
	return figureName.ReplaceAllStringFunc(s, func(name string) string {
		p := b.at[strings.Trim(name, "{}")]
		if p.sheet == index {
			return p.address
		}
		return "'" + b.sheets[p.sheet].name + "'!" + p.address
	})
}

// sheetCharacters is the width of a sheet in characters of its standard font: about that of the paper, upright and on its
// side.
const (
	sheetCharacters     = 90
	sheetCharactersWide = 130
	linePoints          = 16 // height of a line, in points
)

// sheet writes a sheet.
func (b *workbook) sheet(index int, s sheetText) {
	b.row, b.merged = 0, nil
	total := b.d.sheetCharacters()
	starts, shrunk := b.d.breaks(s)
	widths := columnWidths(s.columns(), total)
	b.WriteString(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relationNS + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
		`<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>`)
	for i, n := range widths {
		fmt.Fprintf(b, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, i+1, n)
	}
	b.WriteString(`</cols><sheetData>`)
	for _, t := range s.tables {
		b.lines(t.above, len(widths), total)
		b.table(index, t.Table, widths, starts)
	}
	b.lines(s.below, len(widths), total)
	b.WriteString(`</sheetData>`)
	if len(b.merged) > 0 {
		fmt.Fprintf(b, `<mergeCells count="%d">`, len(b.merged))
		for _, m := range b.merged {
			b.WriteString(`<mergeCell ref="` + m + `"/>`)
		}
		b.WriteString(`</mergeCells>`)
	}
	b.page(shrunk)
	b.breaksBefore(starts)
	b.WriteString(`</worksheet>`)
	b.define("_xlnm.Print_Area", index, fmt.Sprintf("$A$1:%s", absolute(len(widths), b.row)), true)
	if above, n := s.head(); n > 0 {
		b.define("_xlnm.Print_Titles", index, fmt.Sprintf("$%d:$%d", above+1, above+n), true)
	}
}

// page is the paper: A4, as wide as the sheet, numbered; sizes in inches. Shrunk, the sheet is one page.
func (b *workbook) page(shrunk bool) {
	high := 0
	if shrunk {
		high = 1
	}
	orientation := "portrait"
	if b.d.Landscape {
		orientation = "landscape"
	}
	b.WriteString(`<printOptions horizontalCentered="1"/><pageMargins left="0.6" right="0.6" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="` + orientation + `" fitToWidth="1" fitToHeight="` + strconv.Itoa(high) + `"/><headerFooter>`)
	if banner := b.d.banner(); banner != "" {
		b.WriteString(`<oddHeader>&amp;C` + banner + `</oddHeader>`)
	}
	b.WriteString(`<oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter>`)
}

// breaksBefore begins pages with rows; the format names the row above each.
func (b *workbook) breaksBefore(starts []int) {
	if len(starts) == 0 {
		return
	}
	fmt.Fprintf(b, `<rowBreaks count="%d" manualBreakCount="%[1]d">`, len(starts))
	for _, row := range starts {
		fmt.Fprintf(b, `<brk id="%d" max="16383" man="1"/>`, row-1)
	}
	b.WriteString(`</rowBreaks>`)
}

// lines writes lines over the width of the sheet.
func (b *workbook) lines(lines []sheetLine, columns, characters int) {
	for _, l := range lines {
		b.row++
		high := l.look.points(linesOf(l.text, characters))
		b.openRow(high)
		b.text(CellAddress(1, b.row), l.text, b.looks.of(l.look))
		b.WriteString(`</row>`)
		if columns > 1 {
			b.merged = append(b.merged, CellAddress(1, b.row)+":"+CellAddress(columns, b.row))
		}
	}
}

func (b *workbook) openRow(points int) {
	fmt.Fprintf(b, `<row r="%d" ht="%d" customHeight="1">`, b.row, points)
}

func (b *workbook) text(address, s string, look int) {
	if s == "" {
		fmt.Fprintf(b, `<c r="%s" s="%d"/>`, address, look)
		return
	}
	fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, address, look, escape(s))
}

// table writes the grid: a merged cell has its look in each place that it covers, so that its border is whole.
// Rows of the sheet with which a page begins part it.
func (b *workbook) table(index int, t Table, widths, starts []int) {
	var cells []placedCell
	for _, c := range t.cells() {
		cells = append(cells, c.pieces(b.row, starts)...)
	}
	rows := len(t.Header) + len(t.Rows)
	at := make([]*placedCell, rows*len(widths))
	for i := range cells {
		c := &cells[i]
		for r := c.row; r < c.row+c.RowSpan; r++ {
			for k := c.column; k < c.column+c.ColumnSpan; k++ {
				at[(r-1)*len(widths)+k-1] = c
			}
		}
	}
	base := b.row
	heights := b.d.heights(t)
	for r := range rows {
		b.row++
		b.openRow(heights[r])
		for k := range widths {
			c := at[r*len(widths)+k]
			b.cell(index, *c, c.row == r+1 && c.column == k+1, t.Columns[c.column-1].Number, CellAddress(k+1, b.row))
		}
		b.WriteString(`</row>`)
	}
	for _, c := range cells {
		if c.RowSpan > 1 || c.ColumnSpan > 1 {
			b.merged = append(b.merged, CellAddress(c.column, base+c.row)+":"+CellAddress(c.column+c.ColumnSpan-1, base+c.row+c.RowSpan-1))
		}
	}
}

// rowHeights are heights in points that hold the text of each cell; a cell over several rows makes the last of them higher.
func rowHeights(cells []placedCell, rows int, widths []int) []int {
	out := slices.Repeat([]int{linePoints + 4}, rows)
	for _, tall := range []bool{false, true} {
		for _, c := range cells {
			if c.RowSpan > 1 != tall {
				continue
			}
			characters, have := 0, 0
			for _, n := range widths[c.column-1 : c.column-1+c.ColumnSpan] {
				characters += n
			}
			for r := c.row; r < c.row+c.RowSpan; r++ {
				have += out[r-1]
			}
			if need := linesOf(c.Text.noted(), characters)*linePoints + 4; need > have {
				out[c.row+c.RowSpan-2] += need - have
			}
		}
	}
	for i := range out {
		out[i] = min(out[i], rowPointsMax)
	}
	return out
}

// rowPointsMax is how high a row of a workbook may be.
const rowPointsMax = 409

// linesOf is how many lines a text takes in a width of characters; a Chinese one is as wide as two.
func linesOf(s string, characters int) int {
	return max(1, (width(s)+max(characters-2, 1)-1)/max(characters-2, 1))
}

// cell writes one place of the grid.
func (b *workbook) cell(index int, c placedCell, first, isNumber bool, address string) {
	look := cellLook
	switch {
	case c.header:
		look = headLook
	case c.setting(isNumber) == asNumber:
		look = numberLook
	case c.setting(isNumber) == asMiddle:
		look = middleLook
	}
	f := c.Text.number()
	if f != nil && !c.header {
		if format, ok := formatOf(*f); ok {
			look.format = format
			if c.setting(isNumber) == asText {
				look.align = "center"
			}
		} else {
			f = nil
		}
	}
	if !first {
		b.text(address, "", b.looks.of(look))
		return
	}
	for _, fig := range c.Text.all() {
		b.define(CellOf(fig.ID), index, absoluteOf(address), false)
	}
	if f == nil || c.header {
		b.text(address, c.Text.String()+b.marks(c.Text), b.looks.of(look))
		return
	}
	look.format += quotedFormat(b.marks(c.Text))
	fmt.Fprintf(b, `<c r="%s" s="%d">`, address, b.looks.of(look))
	if c.Formula != "" {
		b.WriteString(`<f>` + escape(b.formula(c.Formula, index)) + `</f>`)
	}
	b.WriteString(`<v>` + cellValue(*f) + `</v></c>`)
}

// noted is the text of a cell with room for the marks of its notes.
func (in Inlines) noted() string {
	s := in.String()
	for _, x := range in {
		if _, ok := x.(Note); ok {
			s += "［注00］"
		}
	}
	return s
}

// marks are the numbers of the notes of a cell.
func (b *workbook) marks(in Inlines) (s string) {
	for _, x := range in {
		if _, ok := x.(Note); ok {
			b.notes++
			s += "［注" + strconv.Itoa(b.notes) + "］"
		}
	}
	return s
}

// all lists the figures of a line.
func (in Inlines) all() (out []Figure) {
	for f := range in.figures() {
		out = append(out, f)
	}
	return out
}

// figureNamePrefix keeps the names of figures apart from addresses of cells: a1 is one, fig.a1 is none.
const figureNamePrefix = "fig."

// define keeps a name of the workbook.
func (b *workbook) define(name string, index int, ref string, local bool) {
	scope := ""
	if local {
		scope = fmt.Sprintf(` localSheetId="%d"`, index)
	}
	b.names = append(b.names, fmt.Sprintf(`<definedName name="%s"%s>'%s'!%s</definedName>`, escape(name), scope, escape(b.sheets[index].name), ref))
}

// absolute is a place that stays when it is copied: $B$3.
func absolute(column, row int) string { return absoluteOf(CellAddress(column, row)) }

func absoluteOf(address string) string {
	i := strings.IndexAny(address, "0123456789")
	return "$" + address[:i] + "$" + address[i:]
}
