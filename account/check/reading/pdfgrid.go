package reading

import (
	"cmp"
	"slices"

	"anlan/account/check/reading/printed"
)

// Distances between ruled lines, in hundredths of a point.
const (
	ruleJitter  = 300    // within which two lines are one, and ends meet
	openBorder  = 1_000  // by which lines stick out where the outer border is not drawn
	rulesMax    = 20_000 // of a page, after joining; beyond, it is a picture and no table
	borderShare = 50     // per cent of the side of a cell that is drawn, to part it from the next
)

// ruling is a ruled line: where it stands, and from where to where it goes.
type ruling struct{ at, from, to int }

// ruledTable is a table that ruled lines have shown: the places of its lines, and its cells.
type ruledTable struct {
	printed.Box
	xs, ys []int // of the lines between columns and rows, the outer ones too
	cells  []ruledCell
	glyphs []printed.Glyph
}

// ruledCell is a cell, or several merged: the first row and column that it takes, from 0, and those behind its last.
type ruledCell struct {
	row, column, rows, columns int
	width                      int
	glyphs                     []printed.Glyph
	lines                      []printedLine
}

// ruledTables finds the tables of a page from its ruled lines.
func ruledTables(rules []printed.Box) (tables []*ruledTable) {
	var level, upright []ruling
	for _, r := range rules {
		if r.Width() >= r.Height() {
			level = append(level, ruling{(r.Top + r.Bottom) / 2, r.Left, r.Right})
		} else {
			upright = append(upright, ruling{(r.Left + r.Right) / 2, r.Top, r.Bottom})
		}
	}
	level, upright = joinRulings(level), joinRulings(upright)
	if len(level)+len(upright) > rulesMax {
		return nil
	}
	for _, group := range connected(level, upright) {
		if t := gridOf(group.level, group.upright); t != nil {
			tables = append(tables, t)
		}
	}
	return tables
}

// joinRulings makes one line of pieces that lie on each other or follow each other, and gives lines that stand beside each
// other within ruleJitter the same place.
func joinRulings(all []ruling) (out []ruling) {
	slices.SortFunc(all, func(a, b ruling) int { return cmp.Compare(a.at, b.at) })
	for i := 0; i < len(all); {
		k := i
		for k < len(all) && all[k].at <= all[i].at+ruleJitter {
			k++
		}
		row := all[i:k]
		at := (row[0].at + row[len(row)-1].at) / 2
		slices.SortFunc(row, func(a, b ruling) int { return cmp.Compare(a.from, b.from) })
		first := len(out)
		for _, r := range row {
			if last := len(out) - 1; last >= first && r.from <= out[last].to+ruleJitter {
				out[last].to = max(out[last].to, r.to)
			} else {
				out = append(out, ruling{at, r.from, r.to})
			}
		}
		i = k
	}
	return out
}

// rulings are lines that meet each other.
type rulings struct{ level, upright []ruling }

// connected groups lines that meet, directly or by others.
func connected(level, upright []ruling) []rulings {
	group := make([]int, len(level)+len(upright))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, h := range level {
		// upright lines are sorted by place
		from, _ := slices.BinarySearchFunc(upright, h.from-ruleJitter, func(v ruling, x int) int { return cmp.Compare(v.at, x) })
		for k := from; k < len(upright) && upright[k].at <= h.to+ruleJitter; k++ {
			if v := upright[k]; v.from <= h.at+ruleJitter && v.to >= h.at-ruleJitter {
				group[root(len(level)+k)] = root(i)
			}
		}
	}
	var out []rulings
	place := map[int]int{}
	of := func(i int) *rulings {
		r := root(i)
		at, ok := place[r]
		if !ok {
			at = len(out)
			place[r] = at
			out = append(out, rulings{})
		}
		return &out[at]
	}
	for i, h := range level {
		g := of(i)
		g.level = append(g.level, h)
	}
	for i, v := range upright {
		g := of(len(level) + i)
		g.upright = append(g.upright, v)
	}
	return out
}

// gridOf makes a table of lines that meet; nil where they are a frame, a column of frames or no grid.
func gridOf(level, upright []ruling) *ruledTable {
	if len(level) == 0 || len(upright) == 0 {
		return nil
	}
	t := &ruledTable{xs: placesOf(upright), ys: placesOf(level)}
	left, right := extent(level)
	top, bottom := extent(upright)
	t.xs, t.ys = withBorders(t.xs, left, right), withBorders(t.ys, top, bottom)
	columns, rows := len(t.xs)-1, len(t.ys)-1
	if columns < 2 || rows < 1 || columns*rows < 2 || columns > columnsMax || columns*rows > cellsMax {
		return nil
	}
	t.Box = printed.Box{Left: t.xs[0], Top: t.ys[0], Right: t.xs[columns], Bottom: t.ys[rows]}
	t.merge(level, upright)
	return t
}

// placesOf are the different places of sorted lines.
func placesOf(lines []ruling) (out []int) {
	for _, l := range lines {
		if len(out) == 0 || l.at > out[len(out)-1]+ruleJitter {
			out = append(out, l.at)
		}
	}
	return out
}

// extent is how far lines reach.
func extent(lines []ruling) (from, to int) {
	from, to = lines[0].from, lines[0].to
	for _, l := range lines {
		from, to = min(from, l.from), max(to, l.to)
	}
	return from, to
}

// withBorders adds the outer borders that are not drawn, but which the lines across reach.
func withBorders(places []int, from, to int) []int {
	if places[0]-from > openBorder {
		places = slices.Insert(places, 0, from)
	}
	if to-places[len(places)-1] > openBorder {
		places = append(places, to)
	}
	return places
}

// merge finds which places of the grid are one cell: those with no line between them.
func (t *ruledTable) merge(level, upright []ruling) {
	columns, rows := len(t.xs)-1, len(t.ys)-1
	across := drawn(upright, t.xs, t.ys) // across[i][row]: a line stands at xs[i] beside the row
	below := drawn(level, t.ys, t.xs)
	taken := make([]bool, columns*rows)
	for row := range rows {
		for column := range columns {
			if taken[row*columns+column] {
				continue
			}
			c := ruledCell{row: row, column: column, rows: 1, columns: 1}
			for end := column + 1; end < columns && !across[end][row] && !taken[row*columns+end]; end++ {
				c.columns++
			}
			for end := row + 1; end < rows && c.reaches(end, across, below, taken, columns); end++ {
				c.rows++
			}
			for r := row; r < row+c.rows; r++ {
				for k := column; k < column+c.columns; k++ {
					taken[r*columns+k] = true
				}
			}
			c.width = t.xs[c.column+c.columns] - t.xs[c.column]
			t.cells = append(t.cells, c)
		}
	}
}

// reaches says whether a cell goes on into a row: no line between, and none inside.
func (c *ruledCell) reaches(row int, across, below [][]bool, taken []bool, columns int) bool {
	for k := c.column; k < c.column+c.columns; k++ {
		if below[row][k] || taken[row*columns+k] || k > c.column && across[k][row] {
			return false
		}
	}
	return across[c.column][row] == across[c.column][c.row] && across[c.column+c.columns][row] == across[c.column+c.columns][c.row]
}

// drawn says of each place and each space between the crossing places whether a line is drawn there. The outermost places
// are borders, drawn or not.
func drawn(lines []ruling, places, crossing []int) [][]bool {
	out := make([][]bool, len(places))
	for i := range out {
		out[i] = make([]bool, len(crossing)-1)
		for k := range out[i] {
			out[i][k] = i == 0 || i == len(places)-1
		}
	}
	for _, l := range lines {
		i := nearest(places, l.at)
		for k := range out[i] {
			side := crossing[k+1] - crossing[k]
			if covered := min(l.to, crossing[k+1]) - max(l.from, crossing[k]); 100*covered >= borderShare*side {
				out[i][k] = true
			}
		}
	}
	return out
}

// nearest is the index of the place that is nearest to at.
func nearest(places []int, at int) int {
	i, _ := slices.BinarySearch(places, at)
	if i == len(places) || i > 0 && at-places[i-1] < places[i]-at {
		return i - 1
	}
	return i
}

// holds says whether a point lies in the table.
func (t *ruledTable) holds(x, y int) bool {
	return x >= t.Left && x <= t.Right && y >= t.Top && y <= t.Bottom
}

// fill gives each cell its characters and lines.
func (t *ruledTable) fill() {
	columns := len(t.xs) - 1
	at := make([]*ruledCell, columns*(len(t.ys)-1))
	for i := range t.cells {
		c := &t.cells[i]
		for row := c.row; row < c.row+c.rows; row++ {
			for k := c.column; k < c.column+c.columns; k++ {
				at[row*columns+k] = c
			}
		}
	}
	for _, g := range t.glyphs {
		row, column := between(t.ys, middle(g)), between(t.xs, (g.Left+g.Right)/2)
		c := at[row*columns+column]
		c.glyphs = append(c.glyphs, g)
	}
	t.glyphs = nil
	for i := range t.cells {
		t.overflow(&t.cells[i], at)
	}
	for i := range t.cells {
		c := &t.cells[i]
		c.lines = linesOf(c.glyphs)
		c.glyphs = nil
	}
}

// middle is half the height of a character of full width, from the line that it stands on.
func middle(g printed.Glyph) int { return g.Base - fullWidth(&g)*35/100 }

// between is the index of the space between places in which at lies; what lies outside belongs to the outermost.
func between(places []int, at int) int {
	i, _ := slices.BinarySearch(places, at)
	return min(max(i-1, 0), len(places)-2)
}

// overhang is how much of a character, in hundredths of a full one, lies beyond a border where its text runs over it.
const overhang = 15

// overflow puts text that runs over the right border of a cell into one cell: an amount into that in which it ends, words
// into that in which they begin.
func (t *ruledTable) overflow(c *ruledCell, at []*ruledCell) {
	columns := len(t.xs) - 1
	next := c.column + c.columns
	if next == columns {
		return
	}
	border := t.xs[next]
	var before *ruledCell
	for row := c.row; row < c.row+c.rows; row++ {
		right := at[row*columns+next]
		if right == before {
			continue
		}
		before = right
		for _, g := range append(c.glyphs[:len(c.glyphs):len(c.glyphs)], right.glyphs...) {
			if reach := overhang * fullWidth(&g); 100*(border-g.Left) > reach && 100*(g.Right-border) > reach {
				runOver(c, right, g)
			}
		}
	}
}

// runOver puts the run of characters around g, which lies on the border between two cells, into one of them.
func runOver(left, right *ruledCell, g printed.Glyph) {
	em := fullWidth(&g)
	var row []printed.Glyph
	for _, o := range append(left.glyphs[:len(left.glyphs):len(left.glyphs)], right.glyphs...) {
		if off := o.Base - g.Base; 100*max(off, -off) <= sameBase*em {
			row = append(row, o)
		}
	}
	slices.SortStableFunc(row, func(a, b printed.Glyph) int { return cmp.Compare(a.Left, b.Left) })
	from := slices.Index(row, g)
	to := from + 1
	for from > 0 && 100*(row[from].Left-row[from-1].Right) <= spaceGap*em {
		from--
	}
	for to < len(row) && 100*(row[to].Left-row[to-1].Right) <= spaceGap*em {
		to++
	}
	run := row[from:to]
	text := make([]rune, len(run))
	for i, g := range run {
		text[i] = g.Rune
	}
	give, take := right, left
	if kind := kindOfPiece(string(text)); kind == amount || kind == integer {
		give, take = left, right
	}
	give.glyphs = slices.DeleteFunc(give.glyphs, func(g printed.Glyph) bool {
		moves := slices.Contains(run, g)
		if moves {
			take.glyphs = append(take.glyphs, g)
		}
		return moves
	})
}
