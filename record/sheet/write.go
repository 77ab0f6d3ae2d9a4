package sheet

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"

	"anlan/ground/lang"
)

// Field is a column to be written.
type Field struct {
	Heading  string   // of XLSX, CSV and TSV
	Key      string   // of JSONL
	Kind     Kind     // what most of its cells are; decides their format in XLSX
	Decimals int      // of numbers: how many are shown
	Note     string   // the comment on the heading (XLSX)
	Choices  []string // the drop-down list (XLSX)
	Required bool     // the heading is marked
	Computed bool     // the heading and the example are grey: nobody fills the column in
	Width    int      // of the column in characters; 0: by the heading
}

// Layout is what is written around the rows. Notes, Example and the marks of the fields are for templates, in XLSX only.
type Layout struct {
	Sheet   string
	Fields  []Field
	Example []Cell   // a row that says how to fill in the others, marked with ExampleMark
	Notes   []string // the lines of a second sheet, 填写说明
	// Lang is the language of the marks and of the name of the second sheet.
	Lang lang.Lang
}

// Writer writes a sheet row by row. The same calls give the same bytes: nothing of the clock, the machine or chance goes in.
type Writer struct {
	form   form
	layout Layout
}

// form is the way in which one format is written.
type form interface {
	row(cells []Cell) error
	close() error
}

// NewWriter begins a file in a format and writes its headings.
func NewWriter(w io.Writer, format Format, layout Layout) (*Writer, error) {
	var f form
	var err error
	switch format {
	case XLSX:
		f, err = newWorkbookForm(w, layout)
	case JSONL:
		f = &jsonForm{w: bufio.NewWriter(w), fields: layout.Fields}
	default:
		f, err = newDelimitedForm(w, format, layout)
	}
	return &Writer{f, layout}, err
}

// Row writes a row. Cells may be fewer than the fields. A text that holds NUL or is not UTF-8 is a fault, as is one that is
// longer than a cell of a spreadsheet may be (32,767 characters), or the row after the 1,048,575th of an XLSX file.
func (w *Writer) Row(cells []Cell) error {
	if len(cells) > len(w.layout.Fields) {
		return ErrTooManyCells.With(len(cells), len(w.layout.Fields))
	}
	for i := range cells {
		if err := writable(cells[i].Text); err != nil {
			return err
		}
	}
	return w.form.row(cells)
}

// Close writes what stands behind the rows. It does not close the file below.
func (w *Writer) Close() error { return w.form.close() }

func writable(s string) error {
	switch {
	case strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s):
		return ErrUnwritable.With()
	case len(s) > textMax && utf16Len([]byte(s)) > textMax:
		return ErrCellTooLong.With(textMax)
	}
	return nil
}
