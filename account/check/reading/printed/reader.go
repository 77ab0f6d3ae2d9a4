package printed

import "unicode/utf16"

// reader takes one page apart.
type reader struct {
	*engine
	*Page
	scratch uint64 // memory of the engine for the answers of one call
	box     struct{ left, top, right, bottom int }
	turn    int // quarter turns clockwise in which the page is shown
	objects int
	scans   *int // pages drawn of the document, where they are asked for; else nil
}

const scratchBytes = 64

// page reads page i, from 0.
func (r *reader) page(doc uint64, i int) {
	page := r.call("FPDF_LoadPage", doc, uint64(i))
	if page == 0 {
		r.Damaged = true
		return
	}
	defer r.call("FPDF_ClosePage", page)
	if r.call("FPDF_GetPageBoundingBox", page, r.scratch) == 0 {
		r.Damaged = true
		return
	}
	r.box.left, r.box.top, r.box.right, r.box.bottom = r.real(r.scratch, hundredths), r.real(r.scratch+4, hundredths), r.real(r.scratch+8, hundredths), r.real(r.scratch+12, hundredths)
	r.turn = int(r.call("FPDFPage_GetRotation", page)) & 3
	r.Width, r.Height = r.box.right-r.box.left, r.box.top-r.box.bottom
	if r.turn&1 == 1 {
		r.Width, r.Height = r.Height, r.Width
	}
	if text := r.call("FPDFText_LoadPage", page); text != 0 {
		r.glyphs(text)
		r.call("FPDFText_ClosePage", text)
	} else {
		r.Damaged = true
	}
	for k := range r.count("FPDFPage_CountObjects", page) {
		r.object(r.call("FPDFPage_GetObject", page, uint64(k)), unmoved, 0)
	}
	if r.scans != nil && *r.scans < scansMax && r.IsScanned() {
		*r.scans++
		r.scan(page)
	}
}

// place is a point of the page, in hundredths from its lower left corner and unturned, where a reader sees it.
func (r *reader) place(x, y int) (int, int) {
	b := &r.box
	switch r.turn {
	case 1:
		return y - b.bottom, x - b.left
	case 2:
		return b.right - x, y - b.bottom
	case 3:
		return b.top - y, b.right - x
	}
	return x - b.left, b.top - y
}

// glyphs reads the characters in the order in which the file draws them.
func (r *reader) glyphs(text uint64) {
	n := r.count("FPDFText_CountChars", text)
	if n > glyphsMax {
		n, r.Cut = glyphsMax, true
	}
	r.Glyphs = make([]Glyph, 0, n)
	spaced := false
	for i := 0; i < n && r.failure == nil; i++ {
		at := uint64(i)
		c := rune(uint32(r.call("FPDFText_GetUnicode", text, at)))
		if utf16.IsSurrogate(c) && i+1 < n {
			if pair := utf16.DecodeRune(c, rune(uint32(r.call("FPDFText_GetUnicode", text, at+1)))); pair != '\ufffd' {
				c = pair
				i++
			}
		}
		switch {
		case c == ' ', c == '\u00a0', c == '　', c == '\t', c == '\r', c == '\n':
			spaced = true
			continue
		case c == 2, c == '\ufffe': // a hyphen that PDFium takes for one at the end of a line
			c = '-'
		}
		if r.turned(text, at) {
			r.Turned++
			continue
		}
		if c < ' ' || c > '\U0010ffff' || c == '\ufffd' || r.call("FPDFText_HasUnicodeMapError", text, at) == 1 {
			c = '\ufffd'
			r.Unknown++
		}
		r.call("FPDFText_GetLooseCharBox", text, at, r.scratch)
		left, top := r.place(r.real(r.scratch, hundredths), r.real(r.scratch+4, hundredths))
		right, bottom := r.place(r.real(r.scratch+8, hundredths), r.real(r.scratch+12, hundredths))
		r.call("FPDFText_GetCharOrigin", text, at, r.scratch, r.scratch+8)
		_, base := r.place(r.double(r.scratch, hundredths), r.double(r.scratch+8, hundredths))
		r.Glyphs = append(r.Glyphs, Glyph{Box: around(left, top, right, bottom), Base: base, Rune: c, Spaced: spaced})
		spaced = false
	}
}

// quarter is a right angle in hundredths of a radian.
const quarter = 157

// turned says whether a character stands at an angle to the page as it is shown. PDFium counts angles clockwise.
func (r *reader) turned(text, at uint64) bool {
	const slack = 20
	angle := r.radians(r.call("FPDFText_GetCharAngle", text, at))
	off := (angle + r.turn*quarter) % (4 * quarter)
	if off < 0 {
		off += 4 * quarter
	}
	return off > slack && off < 4*quarter-slack
}
