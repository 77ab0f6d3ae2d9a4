package sheet

import (
	"fmt"
	"strings"
)

// Namespaces of ECMA-376, transitional, which every program reads.
const (
	mainNS   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packNS   = "http://schemas.openxmlformats.org/package/2006/relationships"
	typesNS  = "http://schemas.openxmlformats.org/package/2006/content-types"
	mainType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// part is a file inside the workbook that the layout alone decides.
type part struct{ name, content string }

// parts are those parts, in the order in which they are stored.
func (f *workbookForm) parts() []part {
	extra := f.extraSheets()
	var types, sheets, rels strings.Builder
	for i, name := range append([]sheetPart{{name: f.layout.Sheet}}, extra...) {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mainType)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escapeXML(name.name), i+1, name.state, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relNS, i+1)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(extra)+2, relNS)
	if f.commented() {
		types.WriteString(`<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>` +
			`<Override PartName="/xl/comments1.xml" ContentType="` + mainType + `comments+xml"/>`)
	}
	out := []part{
		{"[Content_Types].xml", `<Types xmlns="` + typesNS + `"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + mainType + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + mainType + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packNS + `"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets>` + sheets.String() + `</sheets>` +
			`<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'` + escapeXML(f.layout.Sheet) + `'!$1:$1</definedName></definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packNS + `">` + rels.String() + `</Relationships>`},
		{"xl/styles.xml", f.styles.part()},
	}
	for i, s := range extra {
		out = append(out, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+2), s.content})
	}
	if f.commented() {
		out = append(out, f.comments()...)
	}
	return out
}

// sheetPart is a sheet that stands beside the rows.
type sheetPart struct{ name, state, content string }

// extraSheets are the notes, and the hidden sheet from which the drop-down lists take their values.
func (f *workbookForm) extraSheets() (out []sheetPart) {
	if len(f.layout.Notes) > 0 {
		var b strings.Builder
		b.WriteString(`<worksheet xmlns="` + mainNS + `"><cols><col min="1" max="1" width="100" customWidth="1"/></cols><sheetData>`)
		for i, line := range f.layout.Notes {
			fmt.Fprintf(&b, `<row r="%d">%s</row>`, i+1, textCell(0, i+1, styleNote, line))
		}
		b.WriteString(`</sheetData></worksheet>`)
		out = append(out, sheetPart{notesSheet.In(f.layout.Lang), "", b.String()})
	}
	if lists := f.lists(); len(lists) > 0 {
		out = append(out, sheetPart{choicesSheet.In(f.layout.Lang), ` state="hidden"`, f.choices(lists)})
	}
	return out
}

// choices is a sheet with a list in each column.
func (f *workbookForm) choices(lists []int) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + mainNS + `"><sheetData>`)
	for row := 1; ; row++ {
		var cells strings.Builder
		for i, column := range lists {
			if c := f.layout.Fields[column].Choices; row <= len(c) {
				cells.WriteString(textCell(i, row, styleGeneral, c[row-1]))
			}
		}
		if cells.Len() == 0 {
			b.WriteString(`</sheetData></worksheet>`)
			return b.String()
		}
		fmt.Fprintf(&b, `<row r="%d">%s</row>`, row, cells.String())
	}
}

func textCell(column, row, style int, text string) string {
	return fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, Address(column, row), style, escapeXML(text))
}

// comments are the notes on the headings: their texts, the boxes in which programs show them (VML, which the format still
// asks for), and the pointers from the sheet to both.
func (f *workbookForm) comments() []part {
	var texts, boxes strings.Builder
	for i, field := range f.layout.Fields {
		if field.Note == "" {
			continue
		}
		fmt.Fprintf(&texts, `<comment ref="%s" authorId="0"><text><t xml:space="preserve">%s</t></text></comment>`, Address(i, 1), escapeXML(field.Note))
		fmt.Fprintf(&boxes, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>`+
			`<x:Anchor>%d, 15, 0, 10, %d, 15, 5, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>0</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`, 1025+i, i+1, i+3, i)
	}
	return []part{
		{"xl/comments1.xml", `<comments xmlns="` + mainNS + `"><authors><author></author></authors><commentList>` + texts.String() + `</commentList></comments>`},
		{"xl/drawings/vmlDrawing1.vml", `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
			`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
			`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>` + boxes.String() + `</xml>`},
		{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships xmlns="` + packNS + `"><Relationship Id="rId1" Type="` + relNS + `/comments" Target="../comments1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relNS + `/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>`},
	}
}

// The looks of cells, by their place among the cell formats of the styles part; those of numbers follow, by decimals.
const (
	styleGeneral = iota
	styleHeading
	styleText
	styleDay
	styleExample
	styleNote
	styleComputed
	styleNumber
)

// styles are the looks that a layout needs.
type styles struct {
	kinds    []Kind // of the columns
	decimals []int  // of the columns
	most     int    // decimals of any column
}

// decimalsMax bounds the decimals that are shown.
const decimalsMax = 15

func newStyles(fields []Field) styles {
	s := styles{}
	for _, f := range fields {
		d := min(max(f.Decimals, 0), decimalsMax)
		s.kinds, s.decimals, s.most = append(s.kinds, f.Kind), append(s.decimals, d), max(s.most, d)
	}
	return s
}

// of is the look of a cell of a column: by its own kind, a number with the column's decimals.
func (s styles) of(c Cell, column int) int {
	switch c.Kind {
	case Text, Instant, Clock:
		return styleText
	case Day:
		return styleDay
	case Number:
		if s.kinds[column] == Number {
			return styleNumber + s.decimals[column]
		}
	}
	return styleGeneral
}

// part is the styles part: number formats 164 (days) and 165 and on (numbers with 1, 2, … decimals), three fonts, and the
// cell formats in the order of the constants above.
func (s styles) part() string {
	var formats, numbers strings.Builder
	formats.WriteString(`<numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>`)
	numbers.WriteString(`<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
	for d := 1; d <= s.most; d++ {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="0.%s"/>`, 164+d, strings.Repeat("0", d))
		fmt.Fprintf(&numbers, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, 164+d)
	}
	return `<styleSheet xmlns="` + mainNS + `">` + fmt.Sprintf(`<numFmts count="%d">`, s.most+1) + formats.String() + `</numFmts>` +
		`<fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><i/><sz val="11"/><color rgb="FF7F7F7F"/><name val="宋体"/></font></fonts>` +
		`<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFD9D9D9"/></patternFill></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">`, styleNumber+1+s.most) +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
		`<xf numFmtId="49" fontId="2" fillId="3" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>` +
		numbers.String() + `</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}
