package evaluation

import (
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
)

// reader builds a scheme from texts, cell by cell, through the kind's own parsers, and remembers where each stood.
type reader struct {
	scheme Scheme
	places map[string]fault.Where // by the path of the field: "year", "line.3.points"
	faults fault.List
	failed map[string]bool // paths whose text could not be read
	home   fault.Where     // of what has no place of its own
}

func newReader(home fault.Where) *reader {
	return &reader{places: map[string]fault.Where{}, failed: map[string]bool{}, home: home}
}

// headFields and lineFields are the positions of the fields in the kind.
var (
	headFields = positions(SchemeKind.Fields())
	linesField = headFields[lines.Code]
	lineFields = positions(lines.Rows)
)

func positions(specs []*field.Spec) map[string]int {
	out := map[string]int{}
	for i, s := range specs {
		out[s.Code] = i
	}
	return out
}

// head sets a field of the scheme.
func (r *reader) head(code, text string, where fault.Where) error {
	r.places[code] = where
	return r.keep(code, SchemeKind.Parse(&r.scheme, headFields[code], text))
}

// line adds an empty line that stands at where.
func (r *reader) line(where fault.Where) {
	r.scheme.Lines = append(r.scheme.Lines, Line{})
	r.places["line."+strconv.Itoa(len(r.scheme.Lines))] = where
}

// cell sets a field of the last line.
func (r *reader) cell(code, text string, where fault.Where) error {
	n := len(r.scheme.Lines)
	path := "line." + strconv.Itoa(n) + "." + code
	r.places[path] = where
	return r.keep(path, SchemeKind.List(linesField).Parse(&r.scheme, n-1, lineFields[code], text))
}

// keep gathers the fault of a text that could not be read.
func (r *reader) keep(path string, err error) error {
	if err == nil {
		return nil
	}
	r.failed[path] = true
	return r.faults.Add(fault.At(err, r.place(path)))
}

func (r *reader) fail(f *fault.Fault, where fault.Where) {
	f.Where = where
	r.faults = append(r.faults, f)
}

// place is where a path stood: itself, or its line, or the file.
func (r *reader) place(path string) fault.Where {
	for p := path; p != ""; p = p[:max(0, strings.LastIndexByte(p, '.'))] {
		if w, ok := r.places[p]; ok {
			return w
		}
	}
	return r.home
}

// done checks the scheme as the kind does, and answers every fault with its place, in the order of the file. The scheme is given
// beside the faults for Unknown alone.
func (r *reader) done() (*Scheme, error) {
	r.scheme.Unit = "0" // whoever keeps the record gives it its unit
	for _, f := range SchemeKind.Check(&r.scheme, period.Day{}) {
		if !r.failed[f.Where.Field] {
			r.fail(f, r.place(f.Where.Field))
		}
	}
	s := r.scheme
	s.Head, s.places = record.Head{}, r.places
	SortFaults(r.faults)
	return &s, r.faults.Err()
}

// SortFaults puts faults of a scheme into the order of its file.
func SortFaults(l fault.List) {
	slices.SortStableFunc(l, func(a, b *fault.Fault) int { return a.Where.Row + a.Where.Line - b.Where.Row - b.Where.Line })
}
