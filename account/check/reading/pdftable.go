package reading

import (
	"slices"
	"strings"

	"anlan/account/check/reading/printed"
)

// ruled writes a ruled table: as the next rows of the one before where that ended its page and this one begins the next with
// the same columns.
func (f *pdfFlow) ruled(l *printedLine) error {
	t := l.table
	t.splitRows()
	from := 0
	if f.table != nil && sameColumns(f.grid, t) {
		from = f.repeatedRows(t)
	} else {
		f.table = f.b.table(nil)
	}
	f.grid = t
	next := 0
	for row := from; row < len(t.ys)-1; row++ {
		f.table.nextRow()
		for next < len(t.cells) && t.cells[next].row < row {
			next++
		}
		for ; next < len(t.cells) && t.cells[next].row == row; next++ {
			if err := f.cell(&t.cells[next], l.page); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell writes a cell; its lines become one paragraph, but where that would run two numbers together.
func (f *pdfFlow) cell(c *ruledCell, page int) error {
	cell, err := f.table.cell(c.rows, c.columns, false)
	if err != nil {
		return err
	}
	for _, text := range c.paragraphs() {
		if err := f.write(Blank, text, cell, []pageStart{{0, page, c.printedBox()}}); err != nil {
			return err
		}
	}
	return nil
}

// printedBox is where the lines of a cell stand.
func (c *ruledCell) printedBox() (b printed.Box) {
	for i := range c.lines {
		if l := &c.lines[i]; i == 0 {
			b = l.Box
		} else {
			b = b.With(l.Box)
		}
	}
	return b
}

// cellSlack is how much of a cell, in hundredths of a full character, a line leaves free that fills it.
const cellSlack = 170

// paragraphs joins the lines of a cell. A number at the end of a line and one at the start of the next are one only where
// the line was full.
func (c *ruledCell) paragraphs() (out []string) {
	for i := range c.lines {
		l := &c.lines[i]
		text := cellText(l)
		if i == 0 {
			out = append(out, text)
			continue
		}
		before, last := &c.lines[i-1], out[len(out)-1]
		end, start := lastRune(last), firstRune(text)
		isFull := 100*(c.width-before.Width()) < cellSlack*before.em
		numbers := (digit(end) || strings.ContainsRune("%.,", end)) && (digit(start) || strings.ContainsRune("-.,", start))
		switch {
		case numbers && (!isFull || kindOfPiece(last) == amount && kindOfPiece(text) == amount):
			out = append(out, text)
		case !isFull && endsSentence(before.text):
			out = append(out, text)
		case !isWide(end) && !isWide(start) && !numbers:
			out[len(out)-1] = last + " " + text
		default:
			out[len(out)-1] = last + text
		}
	}
	return out
}

// cellText is a line of a cell; letters that are set apart to fill it (合    计) are one word.
func cellText(l *printedLine) string {
	if len(l.parts) > 1 {
		isSpaced := true
		for _, p := range l.parts {
			isSpaced = isSpaced && p.to-p.from == len("合")
		}
		if isSpaced {
			return strings.ReplaceAll(l.text, " ", "")
		}
	}
	return l.text
}

// sameColumns says whether a table has the columns of the one before it.
func sameColumns(a, b *ruledTable) bool {
	if len(a.xs) != len(b.xs) {
		return false
	}
	for i := range a.xs {
		if off := a.xs[i] - b.xs[i] - a.xs[0] + b.xs[0]; off > ruleJitter || off < -ruleJitter {
			return false
		}
	}
	return true
}

// repeatedRows counts the rows at the head of t that repeat those of the table that it continues.
func (f *pdfFlow) repeatedRows(t *ruledTable) int {
	rows := 0
	for row := range min(len(t.ys)-1, f.table.Rows) {
		var here, above []string
		for i := range t.cells {
			if c := &t.cells[i]; c.row == row {
				here = append(here, strings.Join(c.paragraphs(), ""))
			}
		}
		for _, c := range f.table.Cells {
			if c.Row == row+1 {
				above = append(above, f.b.textOf(c))
			}
		}
		if !slices.Equal(here, above) || hasAmounts(here) {
			break
		}
		rows++
	}
	for i := range t.cells { // a cell that reaches below the heading is no heading
		if c := &t.cells[i]; c.row < rows && c.row+c.rows > rows {
			return 0
		}
	}
	return rows
}

func hasAmounts(cells []string) bool {
	return slices.ContainsFunc(cells, func(s string) bool { return kindOfPiece(s) == amount })
}

// textOf is the text of a cell while the document is built.
func (b *builder) textOf(c *Cell) string {
	all := b.text.String()
	var out strings.Builder
	for _, p := range c.Parts {
		at := b.d.Lines[p.Line-1].Offset
		out.WriteString(all[at+p.From : at+p.To])
	}
	return out.String()
}

// splitRows makes several rows of one in which amounts stand below each other: the lines between the rows are not drawn.
// Words go to the amount that they stand nearest to.
func (t *ruledTable) splitRows() {
	for row := len(t.ys) - 2; row >= 0; row-- {
		if bases := t.amountBases(row); len(bases) > 1 {
			t.split(row, bases)
		}
	}
}

// amountBases are the heights at which amounts stand in a row, where a cell has several.
func (t *ruledTable) amountBases(row int) []int {
	var bases []int
	several := false
	for i := range t.cells {
		c := &t.cells[i]
		if c.row != row || c.rows > 1 {
			continue
		}
		n := 0
		for k := range c.lines {
			if kind := kindOfPiece(c.lines[k].text); kind == amount || kind == integer {
				bases = append(bases, c.lines[k].base)
				n++
			}
		}
		if several = several || n > 1 && n == len(c.lines); n > 0 && n < len(c.lines) {
			return nil // numbers among words
		}
	}
	if !several {
		return nil
	}
	slices.Sort(bases)
	return slices.CompactFunc(bases, func(a, b int) bool { return max(a-b, b-a) < fallbackEm/2 })
}

// split makes rows of the lines of a row by the heights of its amounts.
func (t *ruledTable) split(row int, bases []int) {
	more := len(bases) - 1
	var out []ruledCell
	for i := range t.cells {
		c := t.cells[i]
		switch {
		case c.row > row:
			c.row += more
		case c.row == row && c.rows == 1:
			rows := make([]ruledCell, len(bases))
			for k := range rows {
				rows[k] = ruledCell{row: row + k, column: c.column, rows: 1, columns: c.columns, width: c.width}
			}
			for _, l := range c.lines {
				k := nearest(bases, l.base)
				rows[k].lines = append(rows[k].lines, l)
			}
			out = append(out, rows...)
			continue
		case c.row+c.rows > row:
			c.rows += more
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b ruledCell) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.column - b.column
	})
	t.cells = out
	places := make([]int, 0, len(t.ys)+more)
	places = append(places, t.ys[:row+1]...)
	for k := 1; k < len(bases); k++ {
		places = append(places, (bases[k-1]+bases[k])/2)
	}
	t.ys = append(places, t.ys[row+1:]...)
}
