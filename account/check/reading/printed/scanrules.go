package printed

import (
	"image"
)

// How ruled lines look in a drawing, in points at scanDPI.
const (
	drawnLength = 140 // at least; the strokes of a title's characters are shorter
	drawnGap    = 2   // within which a line that broke off goes on
	drawnThick  = 16  // at most, of a level line
	drawnLean   = 30  // a line that leans may be as thick as its length by this
)

// stroke is dark points beside each other, across the direction in which at counts.
type stroke struct{ at, from, to int }

// drawnRules are the ruled lines of a drawing, level ones and upright ones.
func drawnRules(drawn *image.Paletted, s *Scan) (rules []Box) {
	at := func(x, y int) uint8 { return drawn.Pix[y*drawn.Stride+x] }
	scale := func(n int) int { return max(n*s.DPI/scanDPI, 1) }
	level := strokes(s.Height, s.Width, scale(drawnLength), func(row, i int) uint8 { return at(i, row) })
	for _, b := range bars(level, scale(drawnThick)) {
		rules = append(rules, Box{s.Place(b.Left), s.Place(b.Top), s.Place(b.Right), s.Place(b.Bottom)})
	}
	upright := strokes(s.Width, s.Height, scale(drawnLength), func(column, i int) uint8 { return at(column, i) })
	for _, b := range bars(upright, scale(drawnThick)) {
		rules = append(rules, Box{s.Place(b.Top), s.Place(b.Left), s.Place(b.Bottom), s.Place(b.Right)})
	}
	return rules
}

// strokes are the runs of ink of a length at least, row by row.
func strokes(rows, length, least int, at func(row, i int) uint8) (all []stroke) {
	for row := range rows {
		from, last := -1, -1 // of the run
		end := func() {
			if from >= 0 && last+1-from >= least {
				all = append(all, stroke{row, from, last + 1})
			}
			from = -1
		}
		for i := range length {
			switch {
			case at(row, i) == paper:
				if from >= 0 && i-last > drawnGap {
					end()
				}
			default:
				if from < 0 {
					from = i
				}
				last = i
			}
		}
		end()
	}
	return all
}

// bars puts strokes of neighbouring rows together, and leaves out what is thicker than a line. Left and Right of a bar count
// along its strokes, Top and Bottom across.
func bars(all []stroke, thick int) (out []Box) {
	var open []Box
	for _, s := range all {
		b := Box{s.from, s.at, s.to, s.at + 1}
		rest := open[:0]
		for _, o := range open {
			switch {
			case o.Bottom+drawnGap < s.at:
				out = append(out, o)
			case o.Left <= b.Right+drawnGap && b.Left <= o.Right+drawnGap && o.Bottom >= b.Top-drawnGap:
				b = Box{min(o.Left, b.Left), min(o.Top, b.Top), max(o.Right, b.Right), max(o.Bottom, b.Bottom)}
			default:
				rest = append(rest, o)
			}
		}
		open = append(rest, b)
	}
	out = append(out, open...)
	kept := out[:0]
	for _, b := range out {
		if b.Height() <= max(thick, b.Width()/drawnLean) {
			kept = append(kept, b)
		}
	}
	return kept
}
