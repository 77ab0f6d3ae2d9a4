package document

import (
	"math/big"
	"strings"

	"anlan/ground/fault"
)

// Document is a report, finished but for its form.
type Document struct {
	Annex  string // "附件1", above the title at the left (GB/T 9704-2012, 7.3.4); empty where the document stands alone
	Title  string // a line feed breaks the line where the words allow it
	Author string // the unit that issues it; may be empty
	// Correction says which publication of the same report this one replaces (更正说明), below the title; empty: none.
	Correction string
	Blocks     []Block
	Basis      Basis
	Origin     Origin // of a report: what it can be made anew from
	Closing    string // of a document that no book gave: what is printed at the end in the place of the basis, which must be absent
	Synthetic  bool   // made of invented records: every page says so
	Draft      bool   // not published: every page says so
	Landscape  bool   // pages lie on their side, for wide tables

	// Where the title and each block were written, for the places of faults; what nobody says is placed by the printed line.
	TitleAt  fault.Where
	BlocksAt []fault.Where
}

// blockAt is where block i was written.
func (d *Document) blockAt(i int) fault.Where {
	if i < len(d.BlocksAt) {
		return d.BlocksAt[i]
	}
	return fault.Where{}
}

// OneLineTitle is the title without its breaks.
func (d *Document) OneLineTitle() string { return strings.ReplaceAll(d.Title, "\n", "") }

// Basis is the state of the book from which all figures are computed (数据截至). It is printed at the end.
type Basis struct {
	Book     string
	Epoch    int   // from 1; 0 is taken as 1, the only one most books ever have
	Position int64 // of the journal, from 1
	Root     string
}

// ofBook says whether a book gave the figures, so that they can be put in anew.
func (d *Document) ofBook() bool { return d.Closing == "" }

// Origin is what a report was made from beside its book.
type Origin struct {
	Template string // the name of one that comes with the program, or of the office's file
	Period   string // as the command line writes it
}

// Block is a Heading, Item, Paragraph, Table, AttachmentList, PageBreak or Signature.
type Block interface{ block() }

// Heading is a heading of one of the four official levels; its number is given when it is printed.
type Heading struct {
	Level int // 1 一、 2 （一） 3 1. 4 （1）
	Text  Inlines
}

// Item is a paragraph of prose that opens with the next number of a level, in one sequence with the headings.
type Item struct {
	Level int
	Text  Inlines
}

// Paragraph is a paragraph of prose.
type Paragraph Inlines

// Table is a table over the width of the text.
type Table struct {
	Caption string // above it, in the middle; may be empty
	Unit    string // "单位：万元", above it at the right; may be empty
	Columns []Column
	Header  []Row // repeated at the top of each page
	Rows    []Row
}

// Column is a column of a table.
type Column struct {
	Width  int  // its share of the whole, in any unit common to the table; at least 1
	Number bool // holds figures: they are set at the right, other words in the middle
}

// Row is the cells of a row from the left, without the places that cells from above reach down to.
type Row []Cell

// Cell is a cell; spans of 0 are 1.
type Cell struct {
	Text       Inlines
	RowSpan    int
	ColumnSpan int
	// Formula is how a spreadsheet computes the one figure of the cell, without "=", the figures of other cells as {id}; empty
	// for a plain value. Word and the page print the figure.
	Formula string
	At      fault.Where // where it was written; unsaid, the place is the table's
}

// AttachmentList names the attachments (附件说明) below the text, with the numbers that GB/T 9704-2012, 7.3.4 gives them.
type AttachmentList []string

// PageBreak ends the page.
type PageBreak struct{}

// Signature is the issuing unit above the date of the document (署名、成文日期).
type Signature struct {
	Unit string
	Date string // "2024年3月15日"
}

func (Heading) block()        {}
func (Item) block()           {}
func (Paragraph) block()      {}
func (Table) block()          {}
func (AttachmentList) block() {}
func (PageBreak) block()      {}
func (Signature) block()      {}

// Inline is a Text, Bold, Figure or Note.
type Inline interface{ inline() }

// Inlines is a line of text with what it holds.
type Inlines []Inline

// Text is plain text.
type Text string

// Bold is set in bold; it holds text and figures.
type Bold Inlines

// Note is a footnote, referred to at this place; it holds no other note.
type Note Inlines

func (Text) inline()   {}
func (Bold) inline()   {}
func (Figure) inline() {}
func (Note) inline()   {}

// Figure is a number of the report with what it stands for. Its fields are those of figures.json.
type Figure struct {
	ID       string `json:"id"`                  // letters, digits, dot, hyphen; at most 64; unique; the same next year
	Name     string `json:"name"`                // of what it says, for people: at most 64 characters
	Text     string `json:"text"`                // as printed
	Value    string `json:"value,omitempty"`     // exact; empty where it is withheld or there is none
	Unit     string `json:"unit,omitempty"`      // of measure
	Code     string `json:"code,omitempty"`      // of the indicator
	Period   string `json:"period,omitempty"`    // as the command line writes it
	UnitCode string `json:"unit_code,omitempty"` // of the organisation
	Source   string `json:"source,omitempty"`
	Edition  string `json:"edition,omitempty"`
	Withheld string `json:"withheld,omitempty"` // on what ground and by whom it is not published; empty where it is
	// Unverified names what stands behind it that nobody has compared with its document (尚未核对原文).
	Unverified string `json:"unverified,omitempty"`
	Records    int    `json:"records"`             // how many stand behind it
	Recompute  string `json:"recompute,omitempty"` // the command that gives it again

	// Lead is the word that its form puts before it by its sign: 增长, 下降, 持平（, 减少, 增加; empty for most.
	Lead  string   `json:"lead,omitempty"`
	Exact *big.Rat `json:"-"` // Value before it was rounded, in Unit, for spreadsheets; nil where there is none
}

// Placed is a figure with the place where it is printed.
type Placed struct {
	Figure
	File      string `json:"file,omitempty"`    // of an attachment, without its ending: "attachment-1"; empty in the report itself
	Section   string `json:"section,omitempty"` // the headings above it, outermost first, joined by " › "
	Paragraph int    `json:"paragraph"`         // the line, as Lines counts from 1 and package reading finds it
	Cell      string `json:"cell,omitempty"`    // in a table: "B3"
}

// closingFrom is the first of the blocks that belong on one page with the line on the basis, so that this never stands there alone:
// the signature, the names of the attachments, and the last text above them. A table ends a page of its own accord.
func (d *Document) closingFrom() int {
	for i := len(d.Blocks) - 1; i >= 0; i-- {
		switch d.Blocks[i].(type) {
		case Signature, AttachmentList:
		case Table, PageBreak:
			return i + 1
		default:
			return i
		}
	}
	return 0
}
