package reading

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/png"
	"runtime"
	"sort"
	"sync"

	"anlan/account/check/reading/printed"
)

// pictured says that the text from an offset on was read from a picture, and where it stands on its page.
type pictured struct {
	offset, page int
	box          printed.Box
}

// recognise gives scanned pages their characters, as many pages at a time as there are cores.
func (r Reader) recognise(ctx context.Context, d *Document, scanned []*printed.Page) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan *printed.Page)
	var wait sync.WaitGroup
	for range min(runtime.NumCPU(), len(scanned)) {
		wait.Go(func() {
			for p := range next {
				glyphs, err := r.Recognise(ctx, p.Scan)
				if err != nil {
					stop(err)
					continue
				}
				p.Glyphs = glyphs
			}
		})
	}
	for _, p := range scanned {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	wait.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	d.scans = make(map[int]*printed.Scan, len(scanned))
	for _, p := range scanned {
		if len(p.Glyphs) > 0 {
			d.scans[p.Number] = p.Scan
		}
	}
	return nil
}

// Pictured says whether the text at an offset was read from a picture: every character of it may be another.
func (d *Document) Pictured(offset int) bool { return d.scans[d.Page(offset)] != nil }

// PagesPictured is how many pages were read from a picture.
func (d *Document) PagesPictured() int { return len(d.scans) }

// cropEdge is how much of the page around a text its crop shows, in hundredths of a point.
const cropEdge = 400

// Crop is the piece of the scanned page on which the line or cell at an offset stands, as a PNG; nil where the text was not read from
// a picture.
func (d *Document) Crop(offset int) []byte {
	i := sort.Search(len(d.places), func(i int) bool { return d.places[i].offset > offset })
	if i == 0 || !d.Pictured(offset) {
		return nil
	}
	at := d.places[i-1]
	scan := d.scans[at.page]
	if scan == nil {
		return nil
	}
	page, err := png.Decode(bytes.NewReader(scan.PNG))
	if err != nil { // we wrote it
		return nil
	}
	b := image.Rect(scan.Point(at.box.Left-cropEdge), scan.Point(at.box.Top-cropEdge), scan.Point(at.box.Right+cropEdge), scan.Point(at.box.Bottom+cropEdge)).Intersect(page.Bounds())
	source, ok := page.(*image.Paletted)
	if !ok || b.Empty() {
		return nil
	}
	piece := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), source.Palette)
	draw.Draw(piece, piece.Bounds(), source, b.Min, draw.Src)
	var out bytes.Buffer
	if png.Encode(&out, piece) != nil {
		return nil
	}
	return out.Bytes()
}
