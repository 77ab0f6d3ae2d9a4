package document

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// wordWriter writes word/document.xml.
type wordWriter struct {
	strings.Builder
	numbers numbers
	notes   []Note
	figures int
	newPage bool // the next paragraph begins a page
	closing bool // what is written stays on the page of what follows
	text    int  // width of the text, in twips
}

func (w *wordWriter) document(d *Document) {
	w.text = textWidth
	if d.Landscape {
		w.text = landscapeWidth
	}
	w.WriteString(xmlHead + `<w:document ` + wordNS + ` xmlns:r="` + relationNS + `"><w:body>`)
	if d.Annex != "" {
		w.paragraph("Annex", text(d.Annex))
		w.paragraph("Annex", nil) // the title stands on the third line, GB/T 9704-2012, 7.3.4
	}
	for _, t := range strings.Split(d.Title, "\n") {
		w.paragraph("Title", text(t))
	}
	if d.Annex == "" {
		w.paragraph("", nil) // an empty line, GB/T 9704-2012, 7.3.2
	}
	if d.Correction != "" {
		w.paragraph("Correction", text(d.Correction))
	}
	closing := d.closingFrom()
	for i, b := range d.Blocks {
		w.closing = i >= closing
		w.block(b)
	}
	w.closing = false
	w.open("Basis", "")
	if d.ofBook() {
		w.control("数据依据", BasisTag, d.basisLine(), false)
	} else {
		w.run(d.basisLine(), false)
	}
	w.WriteString(`</w:p>`)
	w.section(d)
	w.WriteString(`</w:body></w:document>`)
}

// section is the page of GB/T 9704-2012, 5: lengths in twips, 1440 to the inch.
func (w *wordWriter) section(d *Document) {
	w.WriteString(`<w:sectPr>`)
	if d.banner() != "" {
		w.WriteString(`<w:headerReference w:type="default" r:id="` + headerID + `"/><w:headerReference w:type="even" r:id="` + headerID + `"/>`)
	}
	w.WriteString(`<w:footerReference w:type="default" r:id="` + oddFooterID + `"/><w:footerReference w:type="even" r:id="` + evenFooterID + `"/>`)
	const margins = `<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`
	if d.Landscape {
		fmt.Fprintf(w, `<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, pageHeight, pageWidth)
		fmt.Fprintf(w, margins, marginLeft, marginTop, marginRight, marginBottom, landscapeHeader, landscapeFooter)
	} else {
		fmt.Fprintf(w, `<w:pgSz w:w="%d" w:h="%d"/>`, pageWidth, pageHeight)
		fmt.Fprintf(w, margins, marginTop, marginRight, marginBottom, marginLeft, headerDistance, footerDistance)
	}
	// type "lines": with linesAndChars LibreOffice spreads a line over some 20 characters instead of 28.
	fmt.Fprintf(w, `<w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`, lineHeight)
}

func (w *wordWriter) block(b Block) {
	switch b := b.(type) {
	case Heading:
		w.paragraph("Heading"+strconv.Itoa(b.Level), w.numbers.before(b.Level, b.Text))
	case Item:
		w.paragraph("", w.numbers.before(b.Level, b.Text))
	case Paragraph:
		w.paragraph("", Inlines(b))
	case Table:
		w.table(b)
	case AttachmentList:
		w.attachments(b)
	case PageBreak:
		w.newPage = true // a break of its own would leave an empty line at the top of the page
	case Signature:
		w.signature(b)
	}
}

// paragraph writes a paragraph in a style; "" is the body.
func (w *wordWriter) paragraph(style string, in Inlines) {
	w.open(style, "")
	w.inlines(in, false)
	w.WriteString(`</w:p>`)
}

// open begins a paragraph; spacing is what it has of its own after the style.
func (w *wordWriter) open(style, spacing string) {
	form := ""
	if style != "" {
		form += `<w:pStyle w:val="` + style + `"/>`
	}
	if w.closing {
		form += `<w:keepNext/>`
	}
	if w.newPage {
		form += `<w:pageBreakBefore/>`
		w.newPage = false
	}
	if w.closing {
		form += `<w:widowControl/>`
	}
	w.WriteString(`<w:p>`)
	if form += spacing; form != "" {
		w.WriteString(`<w:pPr>` + form + `</w:pPr>`)
	}
}

func (w *wordWriter) inlines(in Inlines, bold bool) {
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			w.run(string(x), bold)
		case Bold:
			w.inlines(Inlines(x), true)
		case Figure:
			w.figure(x, bold)
		case Note:
			w.notes = append(w.notes, x)
			fmt.Fprintf(w, `<w:r><w:rPr><w:rStyle w:val="NoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, len(w.notes))
		}
	}
}

// run writes characters of one look. The hint makes Word take quotation marks, dashes and dots from the Chinese font.
func (w *wordWriter) run(s string, bold bool) {
	if s == "" {
		return
	}
	w.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>`)
	if bold {
		w.WriteString(`<w:b/>`)
	}
	w.WriteString(`</w:rPr><w:t xml:space="preserve">` + escape(s) + `</w:t></w:r>`)
}

// figure writes a figure as a content control: it can be edited like any text, and still says what it is. It is not
// marked as plain text (w:text), inside which LibreOffice drops bold.
func (w *wordWriter) figure(f Figure, bold bool) { w.control(f.Name, f.ID, f.Text, bold) }

// control writes a content control. It says its tag a second time as the name of its placeholder: LibreOffice before 7.5 keeps that
// and drops the tag.
func (w *wordWriter) control(name, tag, text string, bold bool) {
	w.figures++
	fmt.Fprintf(w, `<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/><w:placeholder><w:docPart w:val="%s"/></w:placeholder></w:sdtPr><w:sdtContent>`,
		escape(name), escape(tag), w.figures, PlaceholderPrefix+escape(tag))
	w.run(text, bold)
	w.WriteString(`</w:sdtContent></w:sdt>`)
}

// attachments stand one line below the text, indented by two characters; numbers stand below each other, and so do names
// of more than a line (GB/T 9704-2012, 7.3.4).
func (w *wordWriter) attachments(a AttachmentList) {
	const character = bodySize*10 + bodySpacing
	const names = 6 // characters before a name: two of indent, 附件：, and its number
	for i, s := range a.lines() {
		before, hanging := 0, 1
		if i == 0 {
			before, hanging = lineHeight, 4
		}
		w.open("", fmt.Sprintf(`<w:spacing w:before="%d"/><w:ind w:leftChars="%d" w:left="%d" w:hangingChars="%d" w:hanging="%d"/>`,
			before, names*100, names*character, hanging*100, hanging*character))
		w.run(s, false)
		w.WriteString(`</w:p>`)
	}
}

// signature stands at the right, the unit centred over the date, which ends four characters before the edge
// (GB/T 9704-2012, 7.3.5). Widths are counted in Chinese characters.
func (w *wordWriter) signature(s Signature) {
	const dateRight = 4
	over := (width(s.Unit) - width(s.Date)) / 2
	w.signatureLine(s.Unit, max(dateRight*2-over, 0), signatureGap)
	w.signatureLine(s.Date, dateRight*2, 0)
}

// signatureLine writes one line of it, right half-characters from the edge.
func (w *wordWriter) signatureLine(s string, right, before int) {
	w.open("Signature", fmt.Sprintf(`<w:spacing w:before="%d"/><w:ind w:rightChars="%d" w:right="%d"/>`, before, right*50, right*bodySize*10/2))
	w.run(s, false)
	w.WriteString(`</w:p>`)
}

// width is the width of a text in half-characters: 2 for a Chinese character, 1 for a letter or digit.
func width(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > unicode.MaxLatin1 {
			n++
		}
	}
	return n
}

func (w *wordWriter) table(t Table) {
	if t.Caption != "" {
		w.paragraph("TableCaption", text(t.Caption))
	}
	if t.Unit != "" {
		w.paragraph("TableUnit", text(t.Unit))
	}
	if w.newPage {
		w.paragraph("TableGap", nil)
	}
	widths := columnWidths(t.Columns, w.text)
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, w.text)
	for _, n := range widths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, n)
	}
	w.WriteString(`</w:tblGrid>`)
	w.rows(t, widths)
	w.WriteString(`</w:tbl>`)
	w.paragraph("TableGap", nil) // without it two tables in a row would become one
}

// rows writes the rows; a cell that reaches down is written again in each row below, empty and merged.
func (w *wordWriter) rows(t Table, widths []int) {
	cells := t.cells()
	at := make([]*placedCell, (len(t.Header)+len(t.Rows))*len(widths))
	for i := range cells {
		c := &cells[i]
		for r := c.row; r < c.row+c.RowSpan; r++ {
			at[(r-1)*len(widths)+c.column-1] = c
		}
	}
	for r := 1; r <= len(at)/len(widths); r++ {
		w.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if r <= len(t.Header) {
			w.WriteString(`<w:tblHeader/>`)
		}
		w.WriteString(`</w:trPr>`)
		for _, c := range at[(r-1)*len(widths) : r*len(widths)] {
			if c != nil {
				w.cell(*c, c.row == r, t.Columns[c.column-1].Number, widths)
			}
		}
		w.WriteString(`</w:tr>`)
	}
}

func (w *wordWriter) cell(c placedCell, first, isNumber bool, widths []int) {
	total := 0
	for _, n := range widths[c.column-1 : c.column-1+c.ColumnSpan] {
		total += n
	}
	fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, total)
	if c.ColumnSpan > 1 {
		fmt.Fprintf(w, `<w:gridSpan w:val="%d"/>`, c.ColumnSpan)
	}
	switch {
	case c.RowSpan > 1 && first:
		w.WriteString(`<w:vMerge w:val="restart"/>`)
	case !first:
		w.WriteString(`<w:vMerge/>`)
	}
	w.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	style := "TableText"
	switch {
	case c.header:
		style = "TableHead"
	case c.setting(isNumber) == asNumber:
		style = "TableNumber"
	case c.setting(isNumber) == asMiddle:
		style = "TableMiddle"
	}
	if !first {
		c.Text = nil
	}
	w.paragraph(style, c.Text)
	w.WriteString(`</w:tc>`)
}

// columnWidths shares a width among the columns, to the last unit.
func columnWidths(columns []Column, width int) []int {
	all, sum, done := 0, 0, 0
	for _, c := range columns {
		all += c.Width
	}
	out := make([]int, len(columns))
	for i, c := range columns {
		sum += c.Width
		out[i] = width*sum/all - done
		done += out[i]
	}
	return out
}

// footnotes is word/footnotes.xml: the two separators that Word asks for, and the notes.
func (w *wordWriter) footnotes() string {
	n := &wordWriter{figures: w.figures}
	n.WriteString(xmlHead + `<w:footnotes ` + wordNS + `>` +
		`<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, note := range w.notes {
		fmt.Fprintf(n, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:rPr><w:rStyle w:val="NoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>`, i+1)
		n.inlines(Inlines(note), false)
		n.WriteString(`</w:p></w:footnote>`)
	}
	n.WriteString(`</w:footnotes>`)
	return n.String()
}
