package reading

import "encoding/xml"

// table reads a table row by row.
func (r *docxReader) table(e *element) error {
	t := r.b.table(r.cell)
	outer := r.cell
	var rows func(s xml.StartElement) error
	rows = func(s xml.StartElement) error {
		switch tag(s) {
		case "w:tr":
			return r.row(e, t)
		case "w:sdt":
			return r.control(e, rows)
		case "w:customXml", "w:ins", "w:moveTo":
			return e.children(rows)
		}
		return e.skip()
	}
	err := e.children(rows)
	r.cell = outer
	return err
}

func (r *docxReader) row(e *element, t *tableBuilder) error {
	header, begun := false, false
	begin := func() {
		if !begun {
			begun = true
			t.nextRow()
		}
	}
	deleted := false
	var cells func(s xml.StartElement) error
	cells = func(s xml.StartElement) error {
		switch tag(s) {
		case "w:trPr":
			return e.children(func(s xml.StartElement) error {
				switch tag(s) {
				case "w:tblHeader":
					header = on(s)
				case "w:del":
					deleted = true
				case "w:gridBefore":
					begin()
					t.skip(number(s, "val", 0))
				}
				return e.skip()
			})
		case "w:tc":
			if deleted {
				return e.skip()
			}
			begin()
			return r.readCell(e, t, header)
		case "w:sdt":
			return r.control(e, cells)
		case "w:customXml", "w:ins", "w:moveTo":
			return e.children(cells)
		}
		return e.skip()
	}
	return e.children(cells)
}

// readCell reads a cell; its properties come first, as the schema has it.
func (r *docxReader) readCell(e *element, t *tableBuilder, header bool) error {
	span, merge, deleted := 1, "", false
	placed := false
	place := func() (err error) {
		if placed {
			return nil
		}
		placed = true
		if merge == "continue" && t.extend() {
			r.cell = t.above[t.column-1]
			return nil
		}
		r.cell, err = t.cell(1, span, header)
		return err
	}
	before := r.carry
	r.carry = ""
	err := e.children(func(s xml.StartElement) error {
		if tag(s) == "w:tcPr" {
			return e.children(func(s xml.StartElement) error {
				switch tag(s) {
				case "w:gridSpan":
					span = min(max(number(s, "val", 1), 1), columnsMax)
				case "w:vMerge":
					if merge = attribute(s, "val"); merge == "" {
						merge = "continue"
					}
				case "w:cellDel":
					deleted = true
				}
				return e.skip()
			})
		}
		if deleted {
			return e.skip()
		}
		if err := place(); err != nil {
			return err
		}
		return r.block(e, s)
	})
	if err == nil && !deleted {
		err = place()
	}
	if err == nil && r.carry != "" {
		_, err = r.b.line(Blank, 0, r.carry, r.cell)
	}
	r.carry = before
	return err
}
