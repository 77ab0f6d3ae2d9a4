package exchange

import (
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/sheet"
)

// Columns of a bureau's own fields (扩展项) stand after the state, by their labels or codes.

func extraHeadings(xs record.Extras) (out []sheet.Heading) {
	for _, x := range xs {
		out = append(out, sheet.Heading{Names: []string{x.Label.Zh, x.Label.En, x.Code}})
	}
	return out
}

// extraColumn is the index among the expected headings of extra field j.
func (r *run) extraColumn(j int) int { return len(r.fields) + 1 + j }

// extra sets an extra field from the cell of its column.
func (r *run) extra(rec any, j int, text string) error {
	read, err := r.extras[j].Read(text, r.today)
	if err != nil || read == "" {
		return err
	}
	h := r.kind.Head(rec)
	if h.Ext == nil {
		h.Ext = record.Ext{}
	}
	h.Ext[r.extras[j].Code] = read
	return nil
}

// keepExtras takes over the extra values that the row does not speak of.
func (r *run) keepExtras(rec, old any, row sheet.Row) {
	h, before := r.kind.Head(rec), r.kind.Head(old).Ext
	for _, code := range before.Codes() {
		spoken := false
		for j, x := range r.extras {
			spoken = spoken || x.Code == code && row.Cells[r.extraColumn(j)].Kind != sheet.Absent
		}
		if spoken {
			continue
		}
		if h.Ext == nil {
			h.Ext = record.Ext{}
		}
		h.Ext[code] = before[code]
	}
}

// checkExtras gives the faults of the extra fields, each in its column.
func (r *run) checkExtras(rec, old any, row int) {
	var before record.Ext
	if old != nil {
		before = r.kind.Head(old).Ext
	}
	for _, f := range r.extras.Check(r.kind, rec, before, r.today) {
		r.extraFault(f, row)
	}
}

func (r *run) extraFault(f *fault.Fault, row int) {
	column := -1
	for j, x := range r.extras {
		if f.Where.Field == "ext."+x.Code {
			column = r.extraColumn(j)
		}
	}
	r.fault(f, row, column)
}

// extraEdits are the extra fields that a row changes.
func (r *run) extraEdits(old, rec any) (out []Edit) {
	a, b := r.kind.Head(old).Ext, r.kind.Head(rec).Ext
	for _, x := range r.extras {
		if a[x.Code] != b[x.Code] {
			out = append(out, Edit{x.Label, say(&x.Spec, a[x.Code], lang.Chinese), say(&x.Spec, b[x.Code], lang.Chinese), closedTo(&x.Spec)})
		}
	}
	return out
}

// extraLayout are the columns of extra fields in a sheet that is written.
func extraLayout(xs record.Extras, l lang.Lang) (out []sheet.Field) {
	for _, x := range xs {
		out = append(out, sheet.Field{Heading: x.Label.In(l), Key: x.Code, Kind: kindOf(&x.Spec), Decimals: decimals(&x.Spec)})
	}
	return out
}

// extraCells are the extra values of a record as an export writes them.
func (w *writer) extraCells(ext record.Ext) {
	for _, x := range w.extras {
		text := ext[x.Code]
		switch {
		case text == "":
			w.cells = append(w.cells, sheet.Cell{})
		case w.plain:
			w.cells = append(w.cells, sheet.TextCell(text))
		case x.Type == field.TypeMoney || x.Type == field.TypeNumber:
			w.cells = append(w.cells, sheet.NumberCell(text))
		default:
			w.cells = append(w.cells, sheet.TextCell(strings.TrimSpace(say(&x.Spec, text, w.lang))))
		}
	}
}
