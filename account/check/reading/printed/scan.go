package printed

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// Bounds on scanned pages.
const (
	scanDPI       = 300   // at which a page is drawn to be recognised
	scanSideMax   = 5_000 // points of the longer side: A3 at scanDPI; a larger page is drawn more coarsely
	scansMax      = 300   // of a document; a page beyond is drawn no more
	coveringShare = 40    // per cent of a page without characters, from which its pictures make it a scanned one
)

// Scan is how a page looks that is nothing but a picture (扫描件): in black and white, as a PNG.
type Scan struct {
	PNG           []byte
	Width, Height int // of the picture, in points
	DPI           int
}

// Place is where a point of the picture stands on the page.
func (s *Scan) Place(x int) int { return x * inch / s.DPI }

// Point is the point of the picture for a place on the page.
func (s *Scan) Point(place int) int { return place * s.DPI / inch }

const inch = 7_200 // in hundredths of a point

// Covered is how much of the page, in per cent, its pictures take.
func (p *Page) Covered() int {
	all := 0
	for _, b := range p.Pictures {
		all += p.Share(b)
	}
	return min(all, 100)
}

// Share is how much of the page, in per cent, a box takes.
func (p *Page) Share(b Box) int {
	all := p.Width * p.Height
	if all == 0 {
		return 0
	}
	return 100 * max(min(b.Right, p.Width)-max(b.Left, 0), 0) * max(min(b.Bottom, p.Height)-max(b.Top, 0), 0) / all
}

// IsScanned says whether the page is a picture without characters.
func (p *Page) IsScanned() bool {
	return len(p.Glyphs) == 0 && !p.Damaged && p.Covered() >= coveringShare
}

// PDFium's names of what is asked of it.
const (
	grayBitmap      = 1    // FPDFBitmap_Gray
	withAnnotations = 0x01 // FPDF_ANNOT
	inGray          = 0x08 // FPDF_GRAYSCALE
	white           = 0xffff_ffff
)

// scan draws the page, and finds the ruled lines in the drawing.
func (r *reader) scan(page uint64) {
	dpi := scanDPI
	if side := max(r.Width, r.Height) * dpi / inch; side > scanSideMax {
		dpi = max(dpi*scanSideMax/side, 1)
	}
	s := &Scan{Width: r.Width * dpi / inch, Height: r.Height * dpi / inch, DPI: dpi}
	if s.Width < 1 || s.Height < 1 {
		return
	}
	width, height := uint64(s.Width), uint64(s.Height)
	bitmap := r.call("FPDFBitmap_CreateEx", width, height, grayBitmap, 0, 0)
	if bitmap == 0 {
		return
	}
	defer r.call("FPDFBitmap_Destroy", bitmap)
	r.call("FPDFBitmap_FillRect", bitmap, 0, 0, width, height, white)
	r.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, width, height, 0, withAnnotations|inGray)
	at, stride := r.call("FPDFBitmap_GetBuffer", bitmap), r.count("FPDFBitmap_GetStride", bitmap)
	gray, ok := r.memory.Read(uint32(at), uint32(stride*s.Height))
	if !ok || at == 0 || stride < s.Width {
		return
	}
	drawn := blackAndWhite(gray, stride, s.Width, s.Height)
	var b bytes.Buffer
	if (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, drawn) != nil { // a picture in memory: no error can come
		return
	}
	s.PNG = b.Bytes()
	r.Scan = s
	r.Rules = append(r.Rules, drawnRules(drawn, s)...)
}

// The two colours of a drawing.
const (
	paper = 0
	ink   = 1
)

// blackAndWhite parts ink from paper at the grey that parts them best.
func blackAndWhite(gray []byte, stride, width, height int) *image.Paletted {
	var counts [256]int
	for y := range height {
		for _, v := range gray[y*stride:][:width] {
			counts[v]++
		}
	}
	limit := partingGray(&counts, width*height)
	out := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
	for y := range height {
		to := out.Pix[y*out.Stride:][:width]
		for x, v := range gray[y*stride:][:width] {
			if int(v) <= limit {
				to[x] = ink
			}
		}
	}
	return out
}

// partingGray is the grey up to which points are dark: the one for which the two sides differ most (N. Otsu, A Threshold
// Selection Method from Gray-Level Histograms, 1979).
func partingGray(counts *[256]int, all int) int {
	sum := 0
	for v, n := range counts {
		sum += v * n
	}
	best, limit, dark, darkSum := -1, 127, 0, 0
	for v, n := range counts {
		dark, darkSum = dark+n, darkSum+v*n
		light := all - dark
		if dark == 0 || light == 0 {
			continue
		}
		off := (sum-darkSum)/light - darkSum/dark
		// in thousandths of all points, so that the product stays within an int on a large page
		if between := (dark * 1_000 / all) * (light * 1_000 / all) * off * off; between > best {
			best, limit = between, v
		}
	}
	return limit
}
