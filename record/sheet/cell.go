package sheet

import (
	"strconv"
	"strings"

	"anlan/ground/period"
	"anlan/ground/width"
)

// Kind is what a file says of a cell. CSV says nothing: its cells are Text or Empty.
type Kind uint8

// The kinds of cells.
const (
	Empty      Kind = iota
	Text            // as written, blanks and full-width forms included
	Number          // plain decimal digits: -1234.5; "15.5%" where the cell is shown as percent, "007" where with leading zeros
	Day             // 2023-05-06
	Instant         // 2023-05-06 14:30:00, a day with a time that is not midnight
	Clock           // 14:30:00, a time without a day
	Bool            // TRUE or FALSE
	Broken          // a formula's error value, such as #N/A
	Uncomputed      // a formula whose value is not in the file
	Rounded         // a number longer than the 15 digits that spreadsheets keep: its last digits are lost
	Absent          // of a Table: the sheet has no such column, or the line of JSONL no such member
)

// Cell is one cell. Text is what the field parsers read, in the form that its kind says.
type Cell struct {
	Text    string
	Kind    Kind
	Merged  bool // the value comes from the first cell of a merged range (合并单元格)
	Formula bool // the value is the stored result of a formula
}

// TextCell is a cell of text; of none when s is empty.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Text: s, Kind: Text}
}

// NumberCell is a cell of a number in plain decimal digits, as money.Fen and figures print it; any other text is a cell of text.
func NumberCell(s string) Cell {
	if !isPlainNumber(s) {
		return TextCell(s)
	}
	return Cell{Text: s, Kind: Number}
}

// DayCell is a cell of a day; an empty cell for no day.
func DayCell(d period.Day) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{Text: d.String(), Kind: Day}
}

// BoolCell is a cell of 是 or 否.
func BoolCell(b bool) Cell {
	return Cell{Text: strings.ToUpper(strconv.FormatBool(b)), Kind: Bool}
}

// Err is the fault of a cell that has no value to go on with: Broken, Uncomputed or Rounded.
func (c Cell) Err() error {
	switch c.Kind {
	case Broken:
		return ErrBrokenCell.With(c.Text)
	case Uncomputed:
		return ErrUncomputed.With()
	case Rounded:
		return ErrDigitsLost.With(c.Text)
	}
	return nil
}

// Row is one row that has something in it besides blanks. Cells may be shorter than the sheet is wide and are valid until the next row;
// their texts may be kept.
type Row struct {
	Number int // in the file, from 1
	Cells  []Cell
	// Keys name the cells in a file that does so in each row (JSONL); nil elsewhere.
	Keys []string
	// Example marks the template's own example row (示例), which is no record.
	Example bool
}

// ExampleMark begins the first cell of an example row.
const ExampleMark = "示例："

// blank says whether no cell has anything in it that can be seen.
func (r *Row) blank() bool {
	for i := range r.Cells {
		switch c := &r.Cells[i]; c.Kind {
		case Empty, Absent:
		case Text:
			if width.Trim(c.Text) != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func (r *Row) isExample() bool {
	for _, c := range r.Cells {
		if c.Kind != Empty {
			return c.Kind == Text && (strings.HasPrefix(c.Text, ExampleMark) || strings.HasPrefix(c.Text, "示例:"))
		}
	}
	return false
}

// Bounds of a sheet, those of the file format (ECMA-376-1, 18.3.1.73 and the limits that the programs keep).
const (
	rowsMax    = 1_048_576
	columnsMax = 16_384
	textMax    = 32_767 // UTF-16 code units of one cell
)

// Address is the name of a cell, "C12"; column counts from 0, row from 1.
func Address(column, row int) string { return columnName(column) + strconv.Itoa(row) }

func columnName(column int) string {
	var b [4]byte
	i := len(b)
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		i--
		b[i] = byte('A' + (n-1)%26)
	}
	return string(b[i:])
}

// parseAddress reads "C12" or "$C$12"; ok is false outside the bounds of a sheet.
func parseAddress(s []byte) (column, row int, ok bool) {
	for i, c := range s {
		switch {
		case c >= 'A' && c <= 'Z' && row == 0:
			column = column*26 + int(c-'A') + 1
		case c >= '0' && c <= '9' && column > 0:
			row = row*10 + int(c-'0')
		case c != '$' || i > 0 && row > 0:
			return 0, 0, false
		}
		if column > columnsMax || row > rowsMax {
			return 0, 0, false
		}
	}
	return column - 1, row, column > 0 && row > 0
}
