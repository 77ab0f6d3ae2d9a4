package document

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// sheetLook is how a cell of a workbook looks.
type sheetLook struct {
	font   int    // of sheetFonts
	align  string // horizontal
	border bool
	format string // of its number; empty for text
	height int    // of its row in points, where more than its lines ask for
}

// The looks of a sheet.
var (
	titleLook   = sheetLook{font: 1, align: "center", height: 36}
	annexLook   = sheetLook{font: 2, align: "left"}
	captionLook = sheetLook{font: 2, align: "center"}
	unitLook    = sheetLook{align: "right"}
	textLook    = sheetLook{align: "left"}
	markLook    = sheetLook{font: 2, align: "center"}
	headLook    = sheetLook{font: 2, align: "center", border: true}
	cellLook    = sheetLook{align: "left", border: true}
	middleLook  = sheetLook{align: "center", border: true}
	numberLook  = sheetLook{align: "right", border: true}
)

// sheetFonts are the fonts by index, sizes in points.
var sheetFonts = []struct {
	name string
	size int
}{{fontPage, 11}, {fontTitle, 18}, {fontHei, 11}}

// points is the height of a row of so many lines.
func (l sheetLook) points(lines int) int { return min(max(lines*linePoints+4, l.height), rowPointsMax) }

// looksUsed are the looks of a workbook in the order in which they were met; 0 is the default of the format.
type looksUsed []sheetLook

func (u *looksUsed) of(l sheetLook) int {
	l.height = 0
	i := slices.Index(*u, l)
	if i < 0 {
		i = len(*u)
		*u = append(*u, l)
	}
	return i + 1
}

const firstFormat = 164 // the first number that a workbook may give to a format of its own

func (u looksUsed) xml() string {
	var b strings.Builder
	var formats []string
	for _, l := range u {
		if l.format != "" && !slices.Contains(formats, l.format) {
			formats = append(formats, l.format)
		}
	}
	b.WriteString(xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	if len(formats) > 0 {
		fmt.Fprintf(&b, `<numFmts count="%d">`, len(formats))
		for i, f := range formats {
			fmt.Fprintf(&b, `<numFmt numFmtId="%d" formatCode="%s"/>`, firstFormat+i, escape(f))
		}
		b.WriteString(`</numFmts>`)
	}
	fmt.Fprintf(&b, `<fonts count="%d">`, len(sheetFonts))
	for _, f := range sheetFonts {
		fmt.Fprintf(&b, `<font><sz val="%d"/><name val="%s"/><family val="3"/><charset val="134"/></font>`, f.size, f.name)
	}
	const line = ` style="thin"><color auto="1"/></`
	b.WriteString(`</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
		`<border><left` + line + `left><right` + line + `right><top` + line + `top><bottom` + line + `bottom><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`)
	fmt.Fprintf(&b, `<cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`, len(u)+1)
	for _, l := range u {
		format, border := 0, 0
		if l.format != "" {
			format = firstFormat + slices.Index(formats, l.format)
		}
		if l.border {
			border = 1
		}
		fmt.Fprintf(&b, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="%s" vertical="center" wrapText="1"/></xf>`,
			format, l.font, border, l.align)
	}
	b.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return b.String()
}

// printedNumber is the number within a printed figure.
var printedNumber = regexp.MustCompile(`−?[0-9][0-9,]*(?:\.[0-9]+)?`)

// formatOf is the number format by which a spreadsheet prints the value of a figure as it is printed here; false where no
// format does: 16000余处 of 16424.
func formatOf(f Figure) (string, bool) {
	at := printedNumber.FindStringIndex(f.Text)
	if at == nil {
		return "", false
	}
	digits := f.Text[at[0]:at[1]]
	_, fraction, _ := strings.Cut(digits, ".")
	value, ok := new(big.Rat).SetString(f.Value)
	if !ok || strings.NewReplacer(",", "", "−", "-").Replace(digits) != value.FloatString(len(fraction)) {
		return "", false
	}
	format := "0"
	if strings.Contains(digits, ",") {
		format = "#,##0"
	}
	if fraction != "" {
		format += "." + strings.Repeat("0", len(fraction))
	}
	before, after := f.Text[:at[0]], f.Text[at[1]:]
	if f.Unit == "%" && strings.HasPrefix(after, "%") {
		format, after = format+"%", after[1:]
	}
	return quotedFormat(before) + format + quotedFormat(after), true
}

// quotedFormat is literal text of a number format.
func quotedFormat(s string) string {
	if s == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(s, `"`, "") + `"`
}

// significantMax is how many digits a spreadsheet keeps of a number.
const significantMax = 15

// cellValue is the exact value of a figure, as far as a spreadsheet keeps it; percentages are fractions there.
func cellValue(f Figure) string {
	v, ok := f.Exact, true
	if v == nil {
		if v, ok = new(big.Rat).SetString(f.Value); !ok {
			return f.Value
		}
	}
	if f.Unit == "%" {
		v = new(big.Rat).Quo(v, big.NewRat(100, 1))
	}
	whole := new(big.Int).Quo(new(big.Int).Abs(v.Num()), v.Denom()).String()
	decimals := significantMax - len(whole)
	if whole == "0" {
		decimals = significantMax
	}
	s := v.FloatString(max(decimals, 0))
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// figureName is a figure within a formula.
var figureName = regexp.MustCompile(`\{([A-Za-z0-9.-]+)\}`)

// main is xl/workbook.xml. Names that several sheets have in common stand once for each.
func (b *workbook) main() string {
	var s strings.Builder
	s.WriteString(xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relationNS + `"><sheets>`)
	for i, x := range b.sheets {
		fmt.Fprintf(&s, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, escape(x.name), i+1)
	}
	s.WriteString(`</sheets><definedNames>` + strings.Join(b.names, "") + `</definedNames></workbook>`)
	return s.String()
}

func workbookTypes(sheets int) string {
	var b strings.Builder
	const kind = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	over := func(part, kind string) {
		b.WriteString(`<Override PartName="/` + part + `" ContentType="` + kind + `"/>`)
	}
	over("xl/workbook.xml", kind+"sheet.main+xml")
	over("xl/styles.xml", kind+"styles+xml")
	for i := range sheets {
		over(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), kind+"worksheet+xml")
	}
	over("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	over("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml")
	b.WriteString(`</Types>`)
	return b.String()
}

var workbookRelations = strings.Replace(packageRelations, "word/document.xml", "xl/workbook.xml", 1)

func sheetRelations(sheets int) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := range sheets {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1, relationNS)
	}
	fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, sheets+1, relationNS)
	return b.String()
}
