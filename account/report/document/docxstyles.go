package document

import (
	"fmt"
	"strings"
)

// The page of GB/T 9704-2012, 5.2: A4, margins 37 above, 26 at the right, 35 below and 28 mm at the left, in twips.
const (
	pageWidth    = 11906
	pageHeight   = 16838
	marginTop    = 2098
	marginRight  = 1474
	marginBottom = 1980 // 34.9 mm: with 35 the 22nd line would not fit, by a fifth of a point
	marginLeft   = 1588
	textWidth    = pageWidth - marginLeft - marginRight

	// On its side the page keeps its binding edge, which is then above.
	landscapeWidth  = pageHeight - marginTop - marginBottom
	landscapeHeader = 794 // 14 mm
	landscapeFooter = 794

	headerDistance = 1134 // 20 mm
	footerDistance = 1304 // so that the rule of "— 1 —" stands 7 mm below the text

	lineHeight   = 580 // 29 points: 22 lines to the page
	titleHeight  = 700
	cellHeight   = 360
	bodySize     = 32 // half-points: 三号, 16 points
	bodySpacing  = -5 // twips: 28 characters of 16 points in 156 mm
	signatureGap = 2 * lineHeight
)

// The fonts that the standard names. Offices have them; elsewhere fontTable and fonts/anlan.conf name their stand-ins.
const (
	fontBody  = "仿宋_GB2312"
	fontTitle = "方正小标宋简体"
	fontHei   = "黑体"
	fontKai   = "楷体_GB2312"
	fontPage  = "宋体"
	fontLatin = "Times New Roman"
)

const fontTable = xmlHead + `<w:fonts ` + wordNS + `>` +
	`<w:font w:name="` + fontBody + `"><w:altName w:val="仿宋"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>` +
	`<w:font w:name="` + fontTitle + `"><w:altName w:val="华文中宋"/><w:charset w:val="86"/><w:family w:val="script"/><w:pitch w:val="fixed"/></w:font>` +
	`<w:font w:name="` + fontHei + `"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>` +
	`<w:font w:name="` + fontKai + `"><w:altName w:val="楷体"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>` +
	`<w:font w:name="` + fontPage + `"><w:altName w:val="SimSun"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>` +
	`</w:fonts>`

// look is a paragraph style; sizes in half-points, the rest in twips.
type look struct {
	id, name string
	font     string // "" is the body's
	size     int    // 0 is the body's
	line     int    // 0 is the body's
	align    string // "" is justified
	indent   bool   // the first line, by two characters
	outline  int    // 1 … 4 for headings
	keepNext bool
	whole    bool // on one page
	before   int
	tight    bool // in tables and notes: off the grid of lines, natural spacing of characters
}

var looks = []look{
	{id: "Title", name: "Title", font: fontTitle, size: 44, line: titleHeight, align: "center", keepNext: true, tight: true},
	{id: "Correction", name: "更正说明", font: fontKai, indent: true, keepNext: true},
	{id: "Annex", name: "附件标识", font: fontHei, align: "left", keepNext: true},
	{id: "Heading1", name: "heading 1", font: fontHei, indent: true, outline: 1, keepNext: true},
	{id: "Heading2", name: "heading 2", font: fontKai, indent: true, outline: 2, keepNext: true},
	{id: "Heading3", name: "heading 3", indent: true, outline: 3, keepNext: true},
	{id: "Heading4", name: "heading 4", indent: true, outline: 4, keepNext: true},
	{id: "Signature", name: "Signature", align: "right", keepNext: true},
	{id: "Basis", name: "数据依据", font: fontKai, size: 21, line: 320, align: "left", before: 240, tight: true, whole: true},
	{id: "TableCaption", name: "caption", font: fontHei, size: 28, line: lineHeight, align: "center", keepNext: true, tight: true},
	{id: "TableUnit", name: "表格单位", size: 24, line: cellHeight, align: "right", keepNext: true, tight: true},
	{id: "TableGap", name: "表格间隔", size: 10, line: 200, tight: true},
	{id: "TableHead", name: "表头", font: fontHei, size: 24, line: cellHeight, align: "center", tight: true},
	{id: "TableText", name: "表格文字", size: 24, line: cellHeight, align: "left", tight: true},
	{id: "TableMiddle", name: "表格居中", size: 24, line: cellHeight, align: "center", tight: true},
	{id: "TableNumber", name: "表格数字", size: 24, line: cellHeight, align: "right", tight: true},
	{id: "Note", name: "footnote text", size: 21, line: 320, tight: true},
	{id: "Header", name: "header", font: fontHei, size: 24, line: 320, align: "center", tight: true},
	{id: "Footer", name: "footer", font: fontPage, size: 28, line: 320, tight: true},
}

func wordStyles() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(fontBody) +
		fmt.Sprintf(`<w:spacing w:val="%d"/><w:kern w:val="0"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`, bodySpacing, bodySize, bodySize) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>` +
		fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, lineHeight) + firstLine + `<w:jc w:val="both"/></w:pPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="NoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, l := range looks {
		l.write(&b)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

var firstLine = fmt.Sprintf(`<w:ind w:firstLineChars="200" w:firstLine="%d"/>`, 2*(bodySize*10+bodySpacing))

const noIndent = `<w:ind w:firstLineChars="0" w:firstLine="0"/>`

func fonts(font string) string {
	return `<w:rFonts w:ascii="` + fontLatin + `" w:hAnsi="` + fontLatin + `" w:eastAsia="` + font + `" w:cs="` + fontLatin + `"/>`
}

// write writes the style; the order of elements is the schema's.
func (l look) write(b *strings.Builder) {
	b.WriteString(`<w:style w:type="paragraph" w:styleId="` + l.id + `"><w:name w:val="` + l.name + `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`)
	if l.keepNext {
		b.WriteString(`<w:keepNext/>`)
	}
	if l.whole {
		b.WriteString(`<w:keepLines/>`)
	}
	if l.tight {
		b.WriteString(`<w:snapToGrid w:val="0"/>`)
	}
	if l.line > 0 || l.before > 0 {
		fmt.Fprintf(b, `<w:spacing w:before="%d" w:line="%d" w:lineRule="exact"/>`, l.before, l.line)
	}
	if !l.indent {
		b.WriteString(noIndent)
	}
	if l.align != "" {
		b.WriteString(`<w:jc w:val="` + l.align + `"/>`)
	}
	if l.outline > 0 {
		fmt.Fprintf(b, `<w:outlineLvl w:val="%d"/>`, l.outline-1)
	}
	b.WriteString(`</w:pPr><w:rPr>`)
	if l.font != "" {
		b.WriteString(fonts(l.font))
	}
	if l.tight {
		b.WriteString(`<w:spacing w:val="0"/>`)
	}
	if l.size > 0 {
		fmt.Fprintf(b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, l.size, l.size)
	}
	b.WriteString(`</w:rPr></w:style>`)
}

func wordSettings(notes bool) string {
	s := xmlHead + `<w:settings ` + wordNS + `><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>`
	if notes {
		s += `<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>`
	}
	return s + `<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`
}

// pageNumber is the footer "— 1 —" of 四号 宋体, one character from the outer edge (GB/T 9704-2012, 7.5).
func pageNumber(side string) string {
	run := func(inner string) string {
		return `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>` + inner + `</w:r>`
	}
	field := run(`<w:fldChar w:fldCharType="begin"/>`) + run(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) +
		run(`<w:fldChar w:fldCharType="separate"/>`) + run(`<w:t>1</w:t>`) + run(`<w:fldChar w:fldCharType="end"/>`)
	return xmlHead + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:` + side + `Chars="100" w:` + side + `="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="` + side + `"/></w:pPr>` +
		run(`<w:t xml:space="preserve">— </w:t>`) + field + run(`<w:t xml:space="preserve"> —</w:t>`) + `</w:p></w:ftr>`
}

// bannerHeader stands on every page of a document that has a banner.
func bannerHeader(banner string) string {
	return xmlHead + `<w:hdr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Header"/><w:pBdr>` +
		`<w:top w:val="single" w:sz="8" w:space="1" w:color="auto"/><w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/></w:pBdr></w:pPr>` +
		`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>` + banner + `</w:t></w:r></w:p></w:hdr>`
}
