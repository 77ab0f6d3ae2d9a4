package reading

import (
	"sort"
	"unicode/utf8"

	"anlan/account/check/reading/printed"
	"anlan/ground/lang"
)

// Format is how a document is written.
type Format string

// The formats that are read.
const (
	Text     Format = "txt"
	Markdown Format = "md"
	HTML     Format = "html"
	DOCX     Format = "docx"
	XLSX     Format = "xlsx"
	PDF      Format = "pdf"

	// Those that are read by way of LibreOffice, see package office.
	DOC Format = "doc"
	XLS Format = "xls"
	RTF Format = "rtf"
)

// Document is a report as it was read. It is not changed after Open or Read has given it.
type Document struct {
	Name     string // as the caller named it
	SHA256   string // of the source bytes, lower-case hex
	Title    string // as the document shows it, its lines joined; empty where none can be told
	Format   Format
	Encoding string // "UTF-8" or "GB18030"
	Text     string // the extracted text; every Line and Part is a piece of it
	Lines    []Line // Lines[i].Number is i+1
	Tables   []*Table
	Controls []Control // of a DOCX, in the order of the text
	Formulas []Formula // of an XLSX, those that give another result than is shown
	Unread   []Unread
	Pages    int // of a PDF; 0 where the format has none

	starts  []pageStart
	scans   map[int]*printed.Scan // pages of a PDF whose text was read from a picture, by number
	places  []pictured            // of their text, in its order
	printed []printedLine         // of a PDF while it is read: how each line stands on its page
}

// pageStart says that the text from an offset on stands on a page, and where.
type pageStart struct {
	offset, page int
	box          printed.Box
}

// Page is the page, from 1, on which the text at an offset stands; 0 in a document without pages. A paragraph or table may
// stand on several.
func (d *Document) Page(offset int) int {
	i := sort.Search(len(d.starts), func(i int) bool { return d.starts[i].offset > offset })
	if i == 0 {
		return 0
	}
	return d.starts[i-1].page
}

// Kind is what a line is.
type Kind uint8

// The kinds of lines.
const (
	Blank     Kind = iota // nothing but spaces
	Title                 // of the whole document; it may take several lines
	Heading               // Level 1 is 一、, 2 （一）, 3 1., 4 （1）, or the level that HTML, Markdown or Word states
	Paragraph             // prose
	Item                  // of a list, or a paragraph that opens with a number; Level as for Heading, 0 where unnumbered
	Row                   // of a table written in plain text or Markdown: one line, several cells
	TableCell             // a paragraph inside one cell
	Note                  // a footnote or endnote, after the text
	Markup                // no text of the report: the ruler under a Markdown table, front matter, a comment, code
)

var kindNames = [...]string{"blank", "title", "heading", "paragraph", "item", "row", "cell", "note", "markup"}

// String is the kind's name in test output and messages to developers.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Line is one line of the extracted text.
type Line struct {
	Text   string  // without its line end
	Offset int     // of its first byte in Document.Text
	Cells  []*Cell // the cells that the line holds: none outside tables, one for TableCell, several for Row
	Number int32   // from 1
	Kind   Kind
	Level  uint8 // of a Heading or Item, from 1; else 0
	// Wraps says that the paragraph goes on in the next line: it was broken to fit a page.
	Wraps bool
}

// Column is the column, in code points from 1, of the byte at offset at within the line.
func (l Line) Column(at int) int {
	return utf8.RuneCountInString(l.Text[:at]) + 1
}

// Line is the line of number n; the zero Line where there is none.
func (d *Document) Line(n int) Line {
	if n < 1 || n > len(d.Lines) {
		return Line{}
	}
	return d.Lines[n-1]
}

// Position is the line and column, from 1, of an offset in Text. An offset inside a line end belongs to the line before
// it. In a document without lines both are 0.
func (d *Document) Position(offset int) (line, column int) {
	i := sort.Search(len(d.Lines), func(i int) bool { return d.Lines[i].Offset > offset })
	if i == 0 {
		return 0, 0
	}
	l := d.Lines[i-1]
	return i, l.Column(min(offset-l.Offset, len(l.Text)))
}

// Table is a table with its grid.
type Table struct {
	Number        int // from 1, in the order of their first lines
	Rows, Columns int
	Cells         []*Cell // row by row; a merged cell stands once, at its upper left corner
	Within        *Cell   // the cell of the table around this one; nil for most
	// Flat is true where only the order of the pieces in a row is known and their columns may have shifted:
	// a table that was flattened into plain text.
	Flat bool

	grid []*Cell
}

// Cell is a cell of a table, or several merged into one.
type Cell struct {
	Table       *Table
	Row, Column int // of the upper left corner, from 1
	RowSpan     int // at least 1
	ColumnSpan  int // at least 1
	Header      bool
	Loose       bool   // which row or column it belongs to could not be told from where it was printed
	Name        string // of a workbook: "附件1!C5"; else empty
	Text        string // paragraphs joined by line feeds, outer spaces removed
	Parts       []Part // where the text stands; none where the cell is empty
}

// Part is a piece of a line: bytes From to To of its text.
type Part struct{ Line, From, To int }

// At is the cell that covers a place of the grid, or nil. Row and column count from 1.
func (t *Table) At(row, column int) *Cell {
	if row < 1 || column < 1 || row > t.Rows || column > t.Columns {
		return nil
	}
	return t.grid[(row-1)*t.Columns+column-1]
}

// Control is a content control of a Word document that has a tag: the way back from a printed text to what it stands for.
type Control struct {
	Tag  string
	Name string // its title in Word
	Text string // as it stands now, whoever edited it
	Line int    // on which the paragraph begins that holds it; 0 where the control is empty
}

// Unread is something in the document that is not text and was not read.
type Unread struct {
	Line int // of the paragraph that holds it, or of the last one before it; 0 before the first
	Page int // on which it stands; 0 in a document without pages
	// Whole says that it is all of the page.
	Whole bool
	// Hidden says that it was read, though whoever opens the file does not see it.
	Hidden bool
	What   lang.Text
}
