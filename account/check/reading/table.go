package reading

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// tableBuilder takes the cells of one table as they are met and lays them on its grid.
type tableBuilder struct {
	*Table
	b        *builder
	column   int     // the last column taken in the row that is being filled
	above    []*Cell // by column: the last cell that covered it
	free     []int   // by column: the first row that no cell from above covers
	room     []Cell  // for cells to come
	isLayout bool    // used to place things on a page, with no rows and columns of its own
}

// table begins a table, inside a cell of another or not.
func (b *builder) table(within *Cell) *tableBuilder {
	t := &Table{Number: len(b.d.Tables) + 1, Within: within}
	b.d.Tables = append(b.d.Tables, t)
	tb := &tableBuilder{Table: t, b: b}
	b.tables = append(b.tables, tb)
	return tb
}

func (t *tableBuilder) nextRow() {
	t.Rows++
	t.column = 0
}

// skip leaves columns empty, as a row does that begins further right.
func (t *tableBuilder) skip(columns int) { t.column = min(t.column+max(columns, 0), columnsMax) }

// cell places a cell at the next free column of the row. Spans are cut where they would cover another cell.
func (t *tableBuilder) cell(rowSpan, columnSpan int, header bool) (*Cell, error) {
	if t.b.cells++; t.b.cells > cellsMax {
		return nil, ErrTooLarge.With(lang.Of("表格单元格数", "cells of tables"), cellsMax)
	}
	from := t.column + 1
	for from <= len(t.free) && t.free[from-1] > t.Rows {
		from++
	}
	to := from
	for to < from+columnSpan-1 && to < columnsMax && (to >= len(t.free) || t.free[to] <= t.Rows) {
		to++
	}
	if to > columnsMax {
		return nil, ErrTooLarge.With(lang.Of("表格列数", "columns of a table"), columnsMax)
	}
	c := t.newCell()
	*c = Cell{Table: t.Table, Row: t.Rows, Column: from, RowSpan: max(rowSpan, 1), ColumnSpan: to - from + 1, Header: header}
	for len(t.free) < to {
		t.free, t.above = append(t.free, 0), append(t.above, nil)
	}
	for i := from - 1; i < to; i++ {
		t.free[i], t.above[i] = t.Rows+c.RowSpan, c
	}
	t.column, t.Columns = to, max(t.Columns, to)
	t.Cells = append(t.Cells, c)
	return c, nil
}

// cellBlock is how many cells of a table are made at once.
const cellBlock = 32

// newCell is room for a cell; the cells of a table live as long as it does.
func (t *tableBuilder) newCell() *Cell {
	if len(t.room) == 0 {
		t.room = make([]Cell, cellBlock)
	}
	c := &t.room[0]
	t.room = t.room[1:]
	return c
}

// extend makes the cell above the next column reach down into this row, as a vertically merged cell does, and says
// whether there was one.
func (t *tableBuilder) extend() bool {
	if t.column >= len(t.above) || t.above[t.column] == nil {
		return false
	}
	c := t.above[t.column]
	if c.Column != t.column+1 || c.Row+c.RowSpan != t.Rows {
		return false
	}
	c.RowSpan++
	for i := c.Column - 1; i < c.Column-1+c.ColumnSpan; i++ {
		t.free[i] = t.Rows + 1
	}
	t.column += c.ColumnSpan
	return true
}

// line makes a line of plain text a row, its pieces the cells.
func (t *tableBuilder) line(i int, pieces []Part) error {
	l := &t.b.d.Lines[i]
	l.Kind, l.Level = Row, 0
	t.nextRow()
	for _, p := range pieces {
		c, err := t.cell(1, 1, false)
		if err != nil {
			return err
		}
		l.Cells = append(l.Cells, c)
		body := trim(l.Text[p.From:p.To])
		if body == "" {
			continue
		}
		from := p.From + strings.Index(l.Text[p.From:p.To], body)
		c.Parts = []Part{{Line: i + 1, From: from, To: from + len(body)}}
	}
	return nil
}

// finish cuts row spans at the foot of the table, gives cells their text and lays the grid.
func (t *tableBuilder) finish() error {
	if t.Rows*t.Columns > 4*cellsMax {
		return ErrTooLarge.With(lang.Of("表格行数×列数", "rows × columns of a table"), 4*cellsMax)
	}
	t.grid = make([]*Cell, t.Rows*t.Columns)
	for _, c := range t.Cells {
		c.RowSpan = min(c.RowSpan, t.Rows-c.Row+1)
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
				t.grid[(r-1)*t.Columns+k-1] = c
			}
		}
		c.Text = t.b.d.textOf(c.Parts)
	}
	return nil
}

// textOf joins pieces of lines by line feeds.
func (d *Document) textOf(parts []Part) string {
	if len(parts) == 1 {
		return d.Lines[parts[0].Line-1].Text[parts[0].From:parts[0].To]
	}
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = d.Lines[p.Line-1].Text[p.From:p.To]
	}
	return strings.Join(all, "\n")
}

// dissolve turns a table that is none (a frame around text, a layout) into the paragraphs that it holds.
func (t *tableBuilder) dissolve() {
	d := t.b.d
	for _, c := range t.Cells {
		for _, p := range c.Parts {
			d.Lines[p.Line-1].Cells = nil
			if t.Within != nil {
				d.Lines[p.Line-1].Cells = []*Cell{t.Within}
			}
		}
		if t.Within != nil {
			t.Within.Parts = append(t.Within.Parts, c.Parts...)
		}
	}
	for _, inner := range d.Tables {
		if inner.Within != nil && inner.Within.Table == t.Table {
			inner.Within = t.Within
		}
	}
	d.Tables = slices.DeleteFunc(d.Tables, func(o *Table) bool { return o == t.Table })
}
