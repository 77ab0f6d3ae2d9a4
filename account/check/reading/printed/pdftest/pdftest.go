// Package pdftest writes small PDF files for tests: text and lines where the test says, in Chinese without an embedded font.
// Places are points from the upper left corner of the page. It serves the tests of the readers of PDF.
package pdftest

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Page is a page that is being drawn; 595 by 842 points where no size is given.
type Page struct {
	Width, Height int
	Turn          int // degrees clockwise in which it is shown
	content       strings.Builder
}

func (p *Page) size() (width, height int) {
	if p.Width == 0 {
		return 595, 842
	}
	return p.Width, p.Height
}

// Text writes a line that begins at x and stands on y. Chinese takes the size as its width, digits and letters half of it.
func (p *Page) Text(x, y, size int, text string) *Page { return p.Angled(x, y, size, "1 0 0 1", text) }

// Angled is Text with the first four numbers of its matrix.
func (p *Page) Angled(x, y, size int, matrix, text string) *Page {
	_, height := p.size()
	var hex strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&hex, "%04X", u)
	}
	fmt.Fprintf(&p.content, "BT /F %d Tf %s %d %d Tm <%s> Tj ET\n", size, matrix, x, height-y, hex.String())
	return p
}

// Line draws a line.
func (p *Page) Line(x, y, u, v int) *Page {
	_, height := p.size()
	fmt.Fprintf(&p.content, "%d %d m %d %d l S\n", x, height-y, u, height-v)
	return p
}

// Grid draws lines at all xs and ys, each from the first to the last of the others.
func (p *Page) Grid(xs, ys []int) *Page {
	for _, x := range xs {
		p.Line(x, ys[0], x, ys[len(ys)-1])
	}
	for _, y := range ys {
		p.Line(xs[0], y, xs[len(xs)-1], y)
	}
	return p
}

// Fill draws a filled rectangle.
func (p *Page) Fill(x, y, width, height int) *Page {
	_, h := p.size()
	fmt.Fprintf(&p.content, "%d %d %d %d re f\n", x, h-y-height, width, height)
	return p
}

// Picture draws a grey picture.
func (p *Page) Picture(x, y, width, height int) *Page {
	_, h := p.size()
	fmt.Fprintf(&p.content, "q %d 0 0 %d %d %d cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n", width, height, x, h-y-height)
	return p
}

// Scanned is a PDF as a scanner makes it: pages of 595 by 842 points that are nothing but a grey picture each, of bytes row by row.
func Scanned(width, height int, pictures ...[]byte) string {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	var kids strings.Builder
	for _, gray := range pictures {
		n := len(objects)
		fmt.Fprintf(&kids, "%d 0 R ", n+1)
		const content = "q 595 0 0 842 0 0 cm /I Do Q"
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>", n+3, n+2),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
			fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n%s\nendstream", width, height, len(gray), gray))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pictures))
	return file(objects, "")
}

// File is a PDF of pages. extra goes into its trailer.
func File(extra string, pages ...*Page) string {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "",
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"}
	var kids strings.Builder
	for _, p := range pages {
		width, height := p.size()
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", width, height, p.Turn, len(objects)+2),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", p.content.Len(), p.content.String()))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages))
	return file(objects, extra)
}

// file is a PDF of objects, the first its catalogue.
func file(objects []string, extra string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, extra, start)
	return b.String()
}

// Locked makes File's trailer that of a file with a password that nobody knows.
const Locked = "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt<</Filter/Standard/V 1/R 2/P -4" +
	"/O<0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef>/U<fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210>>>"
