package sheet

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/width"
)

// Column says where an expected column stands in a sheet.
type Column struct {
	Index   int    // from 0; -1 where the sheet does not have it
	Heading string // as it stands in the sheet
	Unit    string // the unit of measure in its heading, as 万元 in 整改投入（万元）
}

// Extra is a column of a sheet that nobody expects. It is not read; whoever imports says so.
type Extra struct {
	Cell, Heading string
}

// Table is a sheet under expected headings.
type Table struct {
	Sheet   string
	Row     int      // of the headings; 0 in a file without (JSONL)
	Above   []string // the lines above the headings: title, unit, who filled it in
	Unit    string   // the unit of measure in those lines (单位：万元); it holds for what is measured so and names no own
	Columns []Column // in the order of the expected headings
	Extras  []Extra

	book   *Book
	source *source
	wanted []Heading
	byName map[string]int // folded name → expected heading
}

// headingRowsMax bounds how far down the headings are looked for, in rows with something in them.
const headingRowsMax = 50

// Table finds the headings in a sheet, below whatever lines stand above them. The sheet may be named; the empty name is the
// one sheet, not hidden, that has the headings. In a heading of several rows, merged cells among them, the lowest counts.
// All faults are answered at once: each missing column that must be there, each that stands twice.
func (b *Book) Table(sheet string, headings []Heading) (*Table, error) {
	if sheet != "" {
		s, err := b.find(sheet)
		if err != nil {
			return nil, err
		}
		t, err := b.look(s, headings)
		if err != nil {
			return nil, err
		}
		if t == nil {
			return nil, fault.At(ErrNoHeading.With(expected(headings)), fault.Where{File: b.name, Sheet: s.Name})
		}
		return t.checked()
	}
	var found []*Table
	var sheets []*source
	for _, s := range b.visible() {
		t, err := b.look(s, headings)
		if err != nil {
			return nil, err
		}
		if t != nil {
			found, sheets = append(found, t), append(sheets, s)
		}
	}
	switch {
	case len(b.sheets) == 0:
		return nil, b.at(ErrNoSheets.With())
	case len(found) == 0:
		return nil, b.at(ErrNoHeading.With(expected(headings)))
	case len(found) > 1:
		return nil, b.at(ErrWhichSheet.With(names(sheets)))
	}
	return found[0].checked()
}

func expected(headings []Heading) string {
	var out []string
	for _, h := range headings {
		if h.Required {
			out = append(out, h.Names[0])
		}
	}
	if len(out) == 0 {
		for _, h := range headings {
			out = append(out, h.Names[0])
		}
	}
	return strings.Join(out, "、")
}

// look finds the row that has the most of the headings, at least two and half as many as must be there; nil when none has.
func (b *Book) look(s *source, headings []Heading) (*Table, error) {
	t := &Table{Sheet: s.Name, book: b, source: s, wanted: headings, byName: byName(headings)}
	required := 0
	for _, h := range headings {
		if h.Required {
			required++
		}
	}
	if b.format == JSONL {
		t.Columns = make([]Column, len(headings))
		for i, h := range headings {
			t.Columns[i] = Column{Index: i, Heading: h.Names[0]}
		}
		return t, nil
	}
	best, bestRow := max(min(2, len(headings)), (required+1)/2), Row{} // one name alone may stand in any line
	looked := 0
	var lines []line
	for row, err := range b.rows(s) {
		if err != nil {
			return nil, err
		}
		lines = append(lines, line{row.Number, lineOf(row)})
		n := t.matches(row)
		if n > best || n == best && (bestRow.Number == 0 || bestRow.Number == row.Number-1 && sameCells(bestRow, row)) {
			best, bestRow = n, Row{Number: row.Number, Cells: slices.Clone(row.Cells)}
		}
		if looked++; looked == headingRowsMax {
			break
		}
	}
	if bestRow.Number == 0 {
		return nil, nil
	}
	t.take(bestRow, lines)
	return t, nil
}

// byName finds expected headings by their names.
func byName(headings []Heading) map[string]int {
	out := map[string]int{}
	for i, h := range headings {
		for _, name := range h.Names {
			out[decoration.Replace(fold(name))] = i
		}
	}
	return out
}

// line is a row above the headings.
type line struct {
	row  int
	text string
}

// lineOf joins the different texts of a row.
func lineOf(row Row) string {
	var out []string
	for _, c := range row.Cells {
		if text := width.Trim(c.Text); text != "" && !c.Merged {
			out = append(out, text)
		}
	}
	return strings.Join(out, " ")
}

// matches counts the expected headings in a row.
func (t *Table) matches(row Row) (n int) {
	seen := make([]bool, len(t.wanted))
	for _, c := range row.Cells {
		if i, _, ok := t.heading(c); ok && !seen[i] {
			seen[i] = true
			n++
		}
	}
	return n
}

// heading says which expected heading a cell is, and the unit it gives.
func (t *Table) heading(c Cell) (i int, unit string, ok bool) {
	if c.Kind != Text {
		return 0, "", false
	}
	whole, bare, unit := headingForms(c.Text)
	if i, ok := t.byName[whole]; ok {
		return i, "", true
	}
	i, ok = t.byName[bare]
	return i, unit, ok
}

// sameCells says whether two rows are one heading over both, merged cell by cell.
func sameCells(a, b Row) bool {
	return slices.EqualFunc(a.Cells, b.Cells, func(x, y Cell) bool { return x.Text == y.Text && (y.Merged || y.Kind == Empty) })
}

// take makes a row the heading of the table.
func (t *Table) take(row Row, lines []line) {
	t.lead(row.Number, lines)
	t.Columns = make([]Column, len(t.wanted))
	for i := range t.Columns {
		t.Columns[i].Index = -1
	}
	for column, c := range row.Cells {
		i, unit, ok := t.heading(c)
		switch {
		case c.Kind == Empty:
		case !ok || t.Columns[i].Index >= 0:
			t.Extras = append(t.Extras, Extra{Address(column, row.Number), width.Trim(c.Text)})
		default:
			t.Columns[i] = Column{column, width.Trim(c.Text), unit}
		}
	}
}

// lead keeps the lines above the headings, and the unit of measure that one of them gives.
func (t *Table) lead(row int, lines []line) {
	t.Row = row
	for _, l := range lines {
		if l.row >= row {
			break
		}
		t.Above = append(t.Above, l.text)
		if u := unitOfLine(l.text); u != "" {
			t.Unit = u
		}
	}
}

// checked gives the table, or the faults of its headings.
func (t *Table) checked() (*Table, error) {
	var faults fault.List
	var strangers []Extra
	for _, e := range t.Extras {
		if i, _, ok := t.heading(TextCell(e.Heading)); ok {
			first := Address(t.Columns[i].Index, t.Row)
			faults = append(faults, ErrHeadingTwice.With(t.wanted[i].Names[0], first, e.Cell))
			continue
		}
		strangers = append(strangers, e)
	}
	t.Extras = strangers
	for i, h := range t.wanted {
		if !h.Required || t.Columns[i].Index >= 0 {
			continue
		}
		if near := t.nearest(h); near != "" {
			faults = append(faults, ErrMissingColumnNear.With(h.Names[0], near))
		} else {
			faults = append(faults, ErrMissingColumn.With(h.Names[0]))
		}
	}
	if err := faults.Err(); err != nil {
		return nil, fault.At(err, fault.Where{File: t.book.name, Sheet: t.Sheet, Row: t.Row})
	}
	return t, nil
}

// nearest is the stranger among the headings that looks most like an expected one; "" when none does.
func (t *Table) nearest(h Heading) (near string) {
	best := 499 // at least half of the characters are shared
	for _, e := range t.Extras {
		for _, name := range h.Names {
			if n := likeness(name, e.Heading); n > best {
				best, near = n, e.Heading
			}
		}
	}
	return near
}

// likeness is how many characters two names share, in thousandths of all their characters.
func likeness(a, b string) int {
	x, y := []rune(fold(a)), []rune(fold(b))
	all, shared := len(x)+len(y), 0
	for _, c := range x {
		if i := slices.Index(y, c); i >= 0 {
			y = slices.Delete(y, i, i+1)
			shared++
		}
	}
	return 2000 * shared / max(all, 1)
}

// Rows streams the rows below the headings, their cells in the order of the expected headings, Absent where the sheet has
// no such column. Rows with nothing but blanks in the expected columns are passed over, and so is a row of column letters (甲 乙 1 2)
// directly below the headings. Faults carry file, sheet, row and column, and end the stream.
func (t *Table) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		cells := make([]Cell, len(t.Columns))
		first := true
		for row, err := range t.book.rows(t.source) {
			if err != nil {
				yield(row, err)
				return
			}
			if row.Number <= t.Row {
				continue
			}
			letters := first && t.Row > 0 && isColumnLetters(row)
			first = false
			if letters {
				continue
			}
			if err := t.arrange(row, cells); err != nil {
				yield(Row{Number: row.Number}, fault.At(err, t.Where(row.Number, -1)))
				return
			}
			out := Row{Number: row.Number, Cells: cells, Example: row.Example}
			if !out.blank() && !yield(out, nil) {
				return
			}
		}
	}
}

// arrange puts the cells of a row in the order of the expected headings.
func (t *Table) arrange(row Row, cells []Cell) error {
	if row.Keys == nil {
		for i, c := range t.Columns {
			switch {
			case c.Index < 0:
				cells[i] = Cell{Kind: Absent}
			case c.Index < len(row.Cells):
				cells[i] = row.Cells[c.Index]
			default:
				cells[i] = Cell{}
			}
		}
		return nil
	}
	for i := range cells {
		cells[i] = Cell{Kind: Absent}
	}
	given := make([]bool, len(cells))
	for k, key := range row.Keys {
		i, ok := t.byName[decoration.Replace(fold(key))]
		switch {
		case !ok:
			return ErrUnknownKey.With(key, t.nearestName(key))
		case given[i]:
			return ErrKeyTwice.With(t.wanted[i].Names[0])
		}
		given[i], cells[i] = true, row.Cells[k]
	}
	return nil
}

// nearestName is the expected name that looks most like a key.
func (t *Table) nearestName(key string) (near string) {
	best := -1
	for _, h := range t.wanted {
		for _, name := range h.Names {
			if n := likeness(name, key); n > best {
				best, near = n, name
			}
		}
	}
	return near
}

// isColumnLetters says whether a row is the one by which statistical forms name their columns: 甲 乙 丙 1 2 3.
func isColumnLetters(row Row) bool {
	letters, numbers := 0, 0
	for _, c := range row.Cells {
		text := width.Trim(c.Text)
		switch {
		case c.Kind == Empty:
		case strings.Contains("甲乙丙丁戊", text) && utf8.RuneCountInString(text) == 1:
			letters++
		case text == strconv.Itoa(numbers+1):
			numbers++
		default:
			return false
		}
	}
	return letters > 0
}

// Where is the place of a cell for faults: the row of the file, and the column as an index of the expected headings; -1
// for the whole row.
func (t *Table) Where(row, column int) fault.Where {
	w := fault.Where{File: t.book.name, Sheet: t.Sheet, Row: row}
	if column >= 0 && column < len(t.Columns) {
		c := t.Columns[column]
		w.Column = c.Heading
		switch {
		case c.Index < 0:
			w.Column = t.wanted[column].Names[0]
		case t.Row > 0:
			w.Cell = Address(c.Index, row)
		}
	}
	return w
}

// Day reads a number as the serial of a day, by the book's way of counting, where the format of the cell does not say that
// it is one. Numbers below 10,000 (18 May 1927) are not taken for days: they are years and counts.
func (b *Book) Day(c Cell) (period.Day, bool) {
	if c.Kind != Number || !allDigits(c.Text) || len(c.Text) > 7 {
		return period.Day{}, false
	}
	n := int64(0)
	for _, d := range []byte(c.Text) {
		n = n*10 + int64(d-'0')
	}
	d, err := period.FromSerial(n, b.system)
	return d, err == nil && n >= serialsFrom
}
