package document

import "slices"

// Points of a sheet that are free for rows on A4 between the margins that page gives it, upright and on its side. A sheet is printed
// as wide as the paper and never larger than it is, so that a page holds these at least.
const (
	pagePoints     = 755
	pagePointsWide = 509
)

// A sheet that is longer than a page by no more than three tenths is printed smaller, on one: its letters are of 8 points or more.
const shrunkMost, shrunkOf = 13, 10

// What a page break costs: between tables nothing, within a table rowBreak and for each merged cell that it parts cellBreak;
// breakNever is for a page that has no other place for one. A last page that is two thirds empty costs endAlone: rather than put
// the total there, a table is parted between groups of its rows.
const (
	rowBreak   = 1
	cellBreak  = 2
	endAlone   = 3
	breakNever = 1000
)

// sheetRow is a row of a sheet with what a page break before it would cost.
type sheetRow struct {
	points, cost int
}

func (d *Document) pagePoints() int {
	if d.Landscape {
		return pagePointsWide
	}
	return pagePoints
}

func (d *Document) sheetCharacters() int {
	if d.Landscape {
		return sheetCharactersWide
	}
	return sheetCharacters
}

// heights are those of the rows of a table on its sheet.
func (d *Document) heights(t Table) []int {
	return rowHeights(t.cells(), len(t.Header)+len(t.Rows), columnWidths(t.Columns, d.sheetCharacters()))
}

// longer says whether a table needs more than a page. It ends its sheet, for a sheet repeats the head of one table.
func (d *Document) longer(t Table) bool { return sum(d.heights(t)) > d.pagePoints() }

func sum(points []int) (n int) {
	for _, p := range points {
		n += p
	}
	return n
}

// rows lists the rows of a sheet. The lines above a table stay with it, its head with its first row, and what closes the sheet with
// the last row; only the last table may be parted, because it is the one whose head is repeated.
func (d *Document) rows(s sheetText) (out []sheetRow) {
	lines := func(lines []sheetLine, first int) {
		for _, l := range lines {
			out = append(out, sheetRow{l.look.points(linesOf(l.text, d.sheetCharacters())), first})
			first = breakNever
		}
	}
	for i, t := range s.tables {
		last := i == len(s.tables)-1
		before := 0
		if d.longer(t.Table) {
			before = rowBreak + 1 // rather after some of its rows, where no merged cell is parted
		}
		lines(t.above, before)
		if len(t.above) > 0 {
			before = breakNever
		}
		parted := t.parted()
		for r, points := range d.heights(t.Table) {
			cost := rowBreak + cellBreak*parted[r]
			switch {
			case r == 0:
				cost = before
			case !last || r <= len(t.Header):
				cost = breakNever
			}
			out = append(out, sheetRow{points, cost})
		}
	}
	lines(s.below, breakNever)
	return out
}

// parted counts, for each row of a table, the merged cells that a break before it would part.
func (t Table) parted() []int {
	out := make([]int, len(t.Header)+len(t.Rows))
	for _, c := range t.cells() {
		for r := c.row + 1; r < c.row+c.RowSpan; r++ {
			out[r-1]++
		}
	}
	return out
}

// breaks gives the rows of a sheet, from 1, with which a page begins, the first page aside; shrunk says that the sheet is to be
// printed on one page.
func (d *Document) breaks(s sheetText) (starts []int, shrunk bool) {
	rows := d.rows(s)
	total := 0
	for _, r := range rows {
		total += r.points
	}
	room := d.pagePoints()
	if total <= room {
		return nil, false
	}
	if total*shrunkOf <= room*shrunkMost {
		return nil, true
	}
	last := s.tables[len(s.tables)-1]
	repeated := sum(d.heights(last.Table)[:len(last.Header)])
	above, _ := s.head()
	// From the end: what the pages from a row on cost at best, and where the first of them ends.
	cost, ends := make([]int, len(rows)+1), make([]int, len(rows))
	for from := len(rows) - 1; from >= 0; from-- {
		left := room
		if from > above {
			left -= repeated
		}
		for end := from + 1; end <= len(rows); end++ {
			left -= rows[end-1].points
			if left < 0 && end > from+1 {
				break
			}
			c := cost[end]
			switch {
			case end < len(rows):
				c += rows[end].cost
			case left > room*2/3:
				c += endAlone
			}
			if ends[from] == 0 || c <= cost[from] {
				cost[from], ends[from] = c, end
			}
		}
	}
	for from := ends[0]; from < len(rows); from = ends[from] {
		starts = append(starts, from+1)
	}
	return starts, false
}

// pieces parts a merged cell where a page begins, so that each page says what its rows belong to. One that holds a figure or a note
// stays whole: it is said once.
func (c placedCell) pieces(base int, starts []int) []placedCell {
	if c.header || c.Text.once() {
		return []placedCell{c}
	}
	out := []placedCell{c}
	for r := c.row + 1; r < c.row+c.RowSpan; r++ {
		if slices.Contains(starts, base+r) {
			p := &out[len(out)-1]
			rest := *p
			rest.row, rest.RowSpan = r, p.row+p.RowSpan-r
			p.RowSpan = r - p.row
			out = append(out, rest)
		}
	}
	return out
}

// once says whether a line holds what may stand in a workbook only once.
func (in Inlines) once() bool {
	return len(in.all()) > 0 || slices.ContainsFunc(in, func(x Inline) bool { _, ok := x.(Note); return ok })
}
