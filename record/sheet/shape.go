package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/width"
)

// Shape is a sheet before it is said which of its columns is which (表样): the row that looks like its headings, a guess for each column, and
// the first rows below.
type Shape struct {
	Sheet    string
	Row      int       // of the headings, as asked for or as guessed
	Headings []Guess   // by column
	First    []Sampled // the rows below the headings, as many as were asked for
}

// Guess is the heading of a column with the expected heading that it may be.
type Guess struct {
	Text   string
	Wanted int  // index of the expected headings; -1: none
	Near   bool // it is not that name, but looks like it
}

// Sampled is a row as it stands in the file.
type Sampled struct {
	Number int
	Cells  []string
}

// Bounds of a shape.
const (
	shownColumnsMax = 200
	nearEnough      = 500 // thousandths of shared characters
	neededMore      = 100 // by which a column that must be there comes before another that looks as much like it
)

// Shape looks at a sheet for a person who says which column is which. row 0 is the row that looks most like the headings, or where none
// does, the first with more than one text. The empty name is the first sheet that is not hidden. Fault: ErrNotTabular for JSONL,
// which names its members in each line.
func (b *Book) Shape(sheet string, row int, headings []Heading, rows int) (*Shape, error) {
	s, err := b.shown(sheet)
	if err != nil {
		return nil, err
	}
	t, err := b.look(s, headings)
	if err != nil {
		return nil, err
	}
	x := &Shape{Sheet: s.Name, Row: row}
	if row == 0 && t != nil {
		x.Row = t.Row
	}
	if t == nil {
		t = &Table{book: b, source: s, wanted: headings, byName: byName(headings)}
	}
	for r, err := range b.rows(s) {
		if err != nil {
			return nil, err
		}
		if x.Row == 0 && ownTexts(r) > 1 {
			x.Row = r.Number
		}
		switch {
		case x.Row == 0 || r.Number < x.Row:
			continue
		case r.Number == x.Row:
			x.Headings = t.guesses(r)
		case len(x.First) < rows:
			x.First = append(x.First, sampled(r))
		}
		if len(x.First) == rows {
			break
		}
	}
	if len(x.Headings) == 0 {
		return nil, fault.At(ErrNoHeading.With(expected(headings)), fault.Where{File: b.name, Sheet: s.Name, Row: row})
	}
	return x, nil
}

// ErrNotTabular says that a file names its values in each line, so that there are no columns to speak of.
var ErrNotTabular = fault.Define("sheet.not_tabular", fault.Invalid,
	"这是JSONL文件，没有表头；请用.xlsx、.csv或.tsv", "this is a JSONL file, which has no heading row; use .xlsx, .csv or .tsv")

// shown is the sheet with a name, or the first that is not hidden.
func (b *Book) shown(name string) (*source, error) {
	if b.format == JSONL {
		return nil, b.at(ErrNotTabular.With())
	}
	visible := b.visible()
	switch {
	case name != "":
		return b.find(name)
	case len(visible) == 0:
		return nil, b.at(ErrNoSheets.With())
	}
	return visible[0], nil
}

// ownTexts counts the cells of a row that hold a text of their own.
func ownTexts(r Row) (n int) {
	for _, c := range r.Cells {
		if c.Kind == Text && !c.Merged && width.Trim(c.Text) != "" {
			n++
		}
	}
	return n
}

// guesses says for each column of a heading row which expected heading it is: by its names first, then whatever looks most like it.
func (t *Table) guesses(r Row) []Guess {
	cells := r.Cells[:min(len(r.Cells), shownColumnsMax)]
	out := make([]Guess, len(cells))
	taken := map[int]bool{}
	for i, c := range cells {
		out[i] = Guess{Text: width.Trim(c.Text), Wanted: -1}
		if w, _, ok := t.heading(c); ok && !taken[w] {
			out[i].Wanted, taken[w] = w, true
		}
	}
	for i, g := range out {
		if g.Wanted >= 0 || g.Text == "" || cells[i].Kind != Text {
			continue
		}
		_, bare, _ := headingForms(g.Text)
		best, at := 0, -1
		for w, h := range t.wanted {
			for _, name := range h.Names {
				n := likeness(name, bare)
				if n < nearEnough || taken[w] {
					continue
				}
				if h.Required {
					n += neededMore
				}
				if n > best {
					best, at = n, w
				}
			}
		}
		if at >= 0 {
			out[i].Wanted, out[i].Near, taken[at] = at, true, true
		}
	}
	for len(out) > 0 && out[len(out)-1].Text == "" {
		out = out[:len(out)-1]
	}
	return out
}

func sampled(r Row) Sampled {
	x := Sampled{Number: r.Number}
	for _, c := range r.Cells[:min(len(r.Cells), shownColumnsMax)] {
		x.Cells = append(x.Cells, c.Text)
	}
	return x
}

// Sum names the shape: files with the same headings in the same columns have the same, whatever stands below.
func (x *Shape) Sum() string {
	var all []string
	for _, g := range x.Headings {
		all = append(all, fold(g.Text))
	}
	sum := sha256.Sum256([]byte(strings.Join(all, "\x00")))
	return hex.EncodeToString(sum[:])
}

// TableAt is the table whose headings stand in a row and whose columns are as somebody has said: columns[i] is the column, from 0, of
// expected heading i, or -1 where the sheet has none. Units and the lines above are found as by Table. All missing columns are answered
// at once.
func (b *Book) TableAt(sheet string, row int, headings []Heading, columns []int) (*Table, error) {
	s, err := b.shown(sheet)
	if err != nil {
		return nil, err
	}
	t := &Table{Sheet: s.Name, book: b, source: s, wanted: headings, byName: byName(headings)}
	var lines []line
	var at Row
	for r, err := range b.rows(s) {
		if err != nil {
			return nil, err
		}
		if r.Number == row {
			at = Row{Number: row, Cells: slices.Clone(r.Cells)}
		}
		if r.Number >= row {
			break
		}
		if len(lines) < headingRowsMax {
			lines = append(lines, line{r.Number, lineOf(r)})
		}
	}
	if at.Number == 0 {
		return nil, fault.At(ErrNoHeading.With(expected(headings)), fault.Where{File: b.name, Sheet: s.Name, Row: row})
	}
	t.lead(row, lines)
	t.Columns = make([]Column, len(headings))
	meant := map[int]bool{}
	for i := range t.Columns {
		t.Columns[i].Index = -1
		if i < len(columns) && columns[i] >= 0 && columns[i] < len(at.Cells) && !meant[columns[i]] {
			text := width.Trim(at.Cells[columns[i]].Text)
			_, _, unit := headingForms(text)
			t.Columns[i] = Column{columns[i], text, unit}
			meant[columns[i]] = true
		}
	}
	for column, c := range at.Cells {
		if !meant[column] && c.Kind != Empty {
			t.Extras = append(t.Extras, Extra{Address(column, row), width.Trim(c.Text)})
		}
	}
	var faults fault.List
	for i, h := range headings {
		if h.Required && t.Columns[i].Index < 0 {
			faults = append(faults, ErrMissingColumn.With(h.Names[0]))
		}
	}
	if err := faults.Err(); err != nil {
		return nil, fault.At(err, fault.Where{File: b.name, Sheet: t.Sheet, Row: row})
	}
	return t, nil
}
