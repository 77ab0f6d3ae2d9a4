package sheet

import (
	"bufio"
	"io"
	"strings"
)

// delimitedForm writes CSV and TSV: UTF-8 with a byte order mark, by which Excel knows it, and CRLF between rows.
type delimitedForm struct {
	w     *bufio.Writer
	comma byte
	width int
	buf   []byte
}

func newDelimitedForm(w io.Writer, format Format, layout Layout) (*delimitedForm, error) {
	f := &delimitedForm{w: bufio.NewWriter(w), comma: ',', width: len(layout.Fields)}
	if format == TSV {
		f.comma = '\t'
	}
	headings := make([]Cell, len(layout.Fields))
	for i, field := range layout.Fields {
		headings[i] = TextCell(field.Heading)
	}
	if _, err := f.w.Write(utf8Mark); err != nil {
		return nil, err
	}
	return f, f.row(headings)
}

func (f *delimitedForm) row(cells []Cell) error {
	f.buf = f.buf[:0]
	for i := range f.width {
		if i > 0 {
			f.buf = append(f.buf, f.comma)
		}
		if i < len(cells) {
			f.buf = f.appendCell(f.buf, cells[i])
		}
	}
	f.buf = append(f.buf, '\r', '\n')
	_, err := f.w.Write(f.buf)
	return err
}

func (f *delimitedForm) appendCell(b []byte, c Cell) []byte {
	s := c.Text
	if c.Kind == Text {
		s = guard(s)
	}
	if !strings.ContainsAny(s, "\",;|\t\r\n") && s == strings.TrimSpace(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	for _, part := range strings.SplitAfter(s, `"`) {
		b = append(b, part...)
		if strings.HasSuffix(part, `"`) {
			b = append(b, '"')
		}
	}
	return append(b, '"')
}

func (f *delimitedForm) close() error { return f.w.Flush() }

// jsonForm writes one object a line. An empty cell is null, so that a reader can tell it from one that is not spoken of.
type jsonForm struct {
	w      *bufio.Writer
	fields []Field
	buf    []byte
}

func (f *jsonForm) row(cells []Cell) error {
	f.buf = append(f.buf[:0], '{')
	for i, c := range cells {
		if c.Kind == Absent {
			continue
		}
		if len(f.buf) > 1 {
			f.buf = append(f.buf, ',')
		}
		f.buf = append(appendJSON(f.buf, f.fields[i].Key), ':')
		switch {
		case c.Kind == Empty:
			f.buf = append(f.buf, "null"...)
		case c.Kind == Bool:
			f.buf = append(f.buf, strings.ToLower(c.Text)...)
		case c.Kind == Number && isPlainNumber(c.Text):
			f.buf = append(f.buf, c.Text...)
		default:
			f.buf = appendJSON(f.buf, c.Text)
		}
	}
	f.buf = append(f.buf, '}', '\n')
	_, err := f.w.Write(f.buf)
	return err
}

// appendJSON appends a text as a JSON string (RFC 8259, 7): only what must be escaped is.
func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

func (f *jsonForm) close() error { return f.w.Flush() }
