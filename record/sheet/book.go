package sheet

import (
	"crypto/sha256"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/reason"
)

// Format is a form of file.
type Format string

// The forms that are read and written.
const (
	XLSX  Format = "xlsx"
	CSV   Format = "csv"
	TSV   Format = "tsv"
	JSONL Format = "jsonl"
)

// FormatOf is the form that the ending of a file's name says; ok is false for none or another.
func FormatOf(name string) (f Format, ok bool) {
	switch f := Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))); f {
	case XLSX, CSV, TSV, JSONL:
		return f, true
	case "xlsm", "xltx":
		return XLSX, true
	case "txt":
		return CSV, true
	}
	return "", false
}

// Info is a sheet of a book.
type Info struct {
	Name   string
	Hidden bool
}

// Book is an opened file of sheets. CSV, TSV and JSONL have one sheet without a name. It is not safe for concurrent use.
type Book struct {
	name    string
	format  Format
	content *io.SectionReader
	close   func() error
	sheets  []source
	system  period.Serials
}

// source is one sheet of whatever format.
type source struct {
	Info
	rows func(yield func(Row, error) bool)
}

// fileMax bounds the bytes of a file; a sheet of a million rows has a tenth of it.
const fileMax = 512 << 20

// Open opens a file. Its content must be what the ending of its name says; a name without a known ending goes by content.
func Open(path string) (*Book, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() { // a pipe would be waited for
		err = errNotAFile
	}
	if err != nil {
		return nil, unopened(err, path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unopened(err, path)
	}
	b, err := Read(filepath.Base(path), file, info.Size())
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	b.close = file.Close
	return b, nil
}

var errNotAFile = errors.New("not a regular file")

func unopened(err error, path string) error {
	why := reason.Of(err)
	if errors.Is(err, errNotAFile) {
		why = lang.Of("不是普通文件", "it is no regular file")
	}
	return fault.At(ErrNoFile.Because(err, why), fault.Where{File: filepath.Base(path)})
}

// Read opens what r holds under the name of a file. r must stay readable until the last row has been read.
func Read(name string, r io.ReaderAt, size int64) (*Book, error) {
	b := &Book{name: name, content: io.NewSectionReader(r, 0, size), close: func() error { return nil }}
	if err := b.open(r, size); err != nil {
		return nil, fault.At(err, fault.Where{File: name})
	}
	return b, nil
}

func (b *Book) open(r io.ReaderAt, size int64) error {
	if size > fileMax {
		return ErrTooLarge.With(theFile, fileMax)
	}
	format, err := sniff(b.name, r, size)
	if err != nil {
		return err
	}
	b.format = format
	switch format {
	case XLSX:
		return b.openWorkbook(r, size)
	case JSONL:
		b.sheets = []source{{rows: jsonRows(r, size)}}
	default:
		rows, err := delimitedRows(r, size, format)
		b.sheets = []source{{rows: rows}}
		return err
	}
	return nil
}

// Close closes the file that Open opened.
func (b *Book) Close() error { return b.close() }

// Name is the name of the file, without its folder.
func (b *Book) Name() string { return b.name }

// Format is the form of the file.
func (b *Book) Format() Format { return b.format }

// SHA256 is the hash of the file's content, read from the same open file as its rows.
func (b *Book) SHA256() (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(b.content, 0, b.content.Size())); err != nil {
		return sum, b.at(ErrNoFile.Because(err, reason.Of(err)))
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// Sheets lists the sheets in their order, hidden ones too.
func (b *Book) Sheets() []Info {
	out := make([]Info, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.Info
	}
	return out
}

// Rows streams the rows of a sheet that have something in them besides blanks, each time from the beginning. The empty name is the only
// sheet, or the only one that is not hidden. The values of merged ranges stand in each of their cells, in rows that have
// something of their own. Faults carry file, sheet and row, and end the stream.
func (b *Book) Rows(sheet string) iter.Seq2[Row, error] {
	s, err := b.find(sheet)
	if err != nil {
		return func(yield func(Row, error) bool) { yield(Row{}, err) }
	}
	return b.rows(s)
}

func (b *Book) rows(s *source) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range s.rows {
			if err != nil {
				yield(row, fault.At(err, fault.Where{File: b.name, Sheet: s.Name, Row: row.Number}))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// find gives the sheet with a name, blanks around it and width aside.
func (b *Book) find(name string) (*source, error) {
	visible := b.visible()
	switch {
	case name == "" && len(visible) == 1:
		return visible[0], nil
	case name == "" && len(visible) > 1:
		return nil, b.at(ErrWhichSheet.With(names(visible)))
	case name == "":
		return nil, b.at(ErrNoSheets.With())
	}
	for i := range b.sheets {
		if fold(b.sheets[i].Name) == fold(name) {
			return &b.sheets[i], nil
		}
	}
	all := make([]*source, len(b.sheets))
	for i := range b.sheets {
		all[i] = &b.sheets[i]
	}
	return nil, b.at(ErrNoSuchSheet.With(name, names(all)))
}

func (b *Book) at(f *fault.Fault) error { return fault.At(f, fault.Where{File: b.name}) }

// visible are the sheets not hidden; all of them when every one is.
func (b *Book) visible() []*source {
	var visible, all []*source
	for i := range b.sheets {
		all = append(all, &b.sheets[i])
		if !b.sheets[i].Hidden {
			visible = append(visible, &b.sheets[i])
		}
	}
	if len(visible) == 0 {
		return all
	}
	return visible
}

func names(sheets []*source) string {
	quoted := make([]string, len(sheets))
	for i, s := range sheets {
		quoted[i] = "“" + s.Name + "”"
	}
	return strings.Join(quoted, "、")
}
