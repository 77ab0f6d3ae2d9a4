package printed

import "github.com/tetratelabs/wazero/api"

// Kinds of objects and of pieces of a path, and the matrix's length, as PDFium's headers have them.
const (
	pathObject  = 2
	imageObject = 3
	formObject  = 5

	lineTo = 0
	moveTo = 2
)

// Sizes in hundredths of a point.
const (
	ruleThick  = 300 // at most, of a rule
	ruleLong   = 400 // at least
	ruleSlant  = 100 // by which its ends may differ
	paleColour = 250 // of 255: white or nearly
)

// matrix places what is drawn: x' = ax + cy + e, y' = bx + dy + f; a to d in millionths, e and f in hundredths of a point.
type matrix struct{ a, b, c, d, e, f int }

var unmoved = matrix{a: millionths, d: millionths}

// point is a point in hundredths, moved.
func (m matrix) point(x, y int) (int, int) {
	return (m.a*x+m.c*y)/millionths + m.e, (m.b*x+m.d*y)/millionths + m.f
}

// within is the matrix for what m places inside of outer.
func (m matrix) within(outer matrix) matrix {
	in := matrix{
		a: (outer.a*m.a + outer.c*m.b) / millionths, b: (outer.b*m.a + outer.d*m.b) / millionths,
		c: (outer.a*m.c + outer.c*m.d) / millionths, d: (outer.b*m.c + outer.d*m.d) / millionths,
	}
	in.e, in.f = outer.point(m.e, m.f)
	return in
}

// radians is a C float that a call gives, in hundredths.
func (r *reader) radians(bits uint64) int {
	v := api.DecodeF32(bits)
	if !(v > -numberMax && v < numberMax) {
		return 0
	}
	return int(v * hundredths)
}

// object looks at one drawn thing.
func (r *reader) object(o uint64, outer matrix, depth int) {
	if o == 0 || r.failure != nil {
		return
	}
	if r.objects++; r.objects > objectsMax {
		r.Cut = true
		return
	}
	switch r.call("FPDFPageObj_GetType", o) {
	case pathObject:
		r.path(o, r.matrixOf(o).within(outer))
	case imageObject:
		m := r.matrixOf(o).within(outer) // of the unit square
		x, y := r.place(m.point(0, 0))
		u, v := r.place(m.point(hundredths, hundredths))
		r.Pictures = append(r.Pictures, around(x, y, u, v))
	case formObject:
		if depth >= formsMax {
			r.Cut = true
			return
		}
		inner := r.matrixOf(o).within(outer)
		for k := range r.count("FPDFFormObj_CountObjects", o) {
			if r.objects > objectsMax || r.failure != nil {
				return
			}
			r.object(r.call("FPDFFormObj_GetObject", o, uint64(k)), inner, depth+1)
		}
	}
}

// matrixOf is the matrix of an object.
func (r *reader) matrixOf(o uint64) matrix {
	if r.call("FPDFPageObj_GetMatrix", o, r.scratch) == 0 {
		return unmoved
	}
	at := r.scratch
	return matrix{r.real(at, millionths), r.real(at+4, millionths), r.real(at+8, millionths), r.real(at+12, millionths), r.real(at+16, hundredths), r.real(at+20, hundredths)}
}

// path takes the straight lines of a drawn path: those that are stroked, and filled rectangles as thin as a line.
func (r *reader) path(o uint64, m matrix) {
	if r.call("FPDFPath_GetDrawMode", o, r.scratch, r.scratch+4) == 0 {
		return
	}
	fill, _ := r.memory.ReadUint32Le(uint32(r.scratch))
	stroke, _ := r.memory.ReadUint32Le(uint32(r.scratch + 4))
	isStroked := stroke != 0 && r.visible("FPDFPageObj_GetStrokeColor", o)
	isFilled := fill != 0 && r.visible("FPDFPageObj_GetFillColor", o)
	if !isStroked && !isFilled {
		return
	}
	n := r.count("FPDFPath_CountSegments", o)
	if r.objects += n; r.objects > objectsMax {
		r.Cut = true
		return
	}
	var shape outline
	before := len(r.Rules)
	for i := range n {
		s := r.call("FPDFPath_GetPathSegment", o, uint64(i))
		r.call("FPDFPathSegment_GetPoint", s, r.scratch, r.scratch+4)
		x, y := r.place(m.point(r.real(r.scratch, hundredths), r.real(r.scratch+4, hundredths)))
		kind := r.call("FPDFPathSegment_GetType", s)
		if kind == moveTo {
			r.thin(shape, isFilled && !isStroked)
			shape = outline{begun: true, firstX: x, firstY: y, Box: Box{x, y, x, y}}
		} else if isStroked && kind == lineTo {
			r.rule(shape.x, shape.y, x, y)
		}
		shape.to(x, y)
		if isStroked && r.call("FPDFPathSegment_GetClose", s) == 1 {
			r.rule(x, y, shape.firstX, shape.firstY)
		}
	}
	r.thin(shape, isFilled && !isStroked)
	if len(r.Rules) == before {
		r.Drawings++
	}
}

// outline is a part of a path while it is drawn.
type outline struct {
	Box
	begun          bool
	x, y           int
	firstX, firstY int
}

func (s *outline) to(x, y int) {
	s.x, s.y = x, y
	s.Left, s.Top, s.Right, s.Bottom = min(s.Left, x), min(s.Top, y), max(s.Right, x), max(s.Bottom, y)
}

// thin adds a filled outline that is as thin as a line.
func (r *reader) thin(s outline, isFilled bool) {
	w, h := s.Width(), s.Height()
	if s.begun && isFilled && (w <= ruleThick) != (h <= ruleThick) && max(w, h) >= ruleLong {
		r.Rules = append(r.Rules, s.Box)
	}
}

// rule adds a line that is drawn level or upright.
func (r *reader) rule(x, y, u, v int) {
	b := around(x, y, u, v)
	if w, h := b.Width(), b.Height(); w <= ruleSlant && h >= ruleLong || h <= ruleSlant && w >= ruleLong {
		r.Rules = append(r.Rules, b)
	}
}

// visible says whether a colour is neither white nor clear; how names the function that gives it.
func (r *reader) visible(how string, o uint64) bool {
	if r.call(how, o, r.scratch, r.scratch+4, r.scratch+8, r.scratch+12) == 0 {
		return true
	}
	pale := true
	for i := range uint64(3) {
		v, _ := r.memory.ReadUint32Le(uint32(r.scratch + 4*i))
		pale = pale && v >= paleColour
	}
	alpha, _ := r.memory.ReadUint32Le(uint32(r.scratch + 12))
	return !pale && alpha > 255-paleColour
}
