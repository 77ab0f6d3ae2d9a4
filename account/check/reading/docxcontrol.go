package reading

import (
	"encoding/xml"
	"strings"
)

const controlMaxBytes = 64 << 10 // of the text that is kept of one control: a figure takes a few

// openControl is a tagged content control whose content is being read.
type openControl struct {
	at   int // in Document.Controls
	text strings.Builder
}

// control reads a content control (w:sdt), whose content may be blocks, rows, cells or runs: inside takes each of them.
func (r *docxReader) control(e *element, inside func(xml.StartElement) error) error {
	open := len(r.inside)
	err := e.children(func(s xml.StartElement) error {
		switch tag(s) {
		case "w:sdtPr":
			return r.openControl(e)
		case "w:sdtContent":
			return e.children(inside)
		}
		return e.skip()
	})
	for _, c := range r.inside[open:] {
		r.b.d.Controls[c.at].Text = trim(c.text.String())
	}
	r.inside = r.inside[:open]
	return err
}

// openControl reads the properties of a control; one with a tag is open until its content ends.
func (r *docxReader) openControl(e *element) error {
	var c Control
	err := e.children(func(s xml.StartElement) error {
		switch tag(s) {
		case "w:tag":
			c.Tag = attribute(s, "val")
		case "w:alias":
			c.Name = attribute(s, "val")
		}
		return e.skip()
	})
	if err == nil && c.Tag != "" {
		r.inside = append(r.inside, &openControl{at: len(r.b.d.Controls)})
		r.b.d.Controls = append(r.b.d.Controls, c)
	}
	return err
}

// note adds printed characters to the controls around them.
func (r *docxReader) note(s string) {
	for _, c := range r.inside {
		if c.text.Len()+len(s) > controlMaxBytes {
			continue
		}
		c.text.WriteString(s)
		if r.b.d.Controls[c.at].Line == 0 {
			r.unlined = append(r.unlined, c.at)
		}
	}
}

// place gives the controls of a paragraph its line; 0 where the paragraph made none.
func (r *docxReader) place(line int) {
	if line == 0 {
		return
	}
	for _, i := range r.unlined {
		if c := &r.b.d.Controls[i]; c.Line == 0 {
			c.Line = line
		}
	}
	r.unlined = r.unlined[:0]
}
