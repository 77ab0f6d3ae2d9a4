package reading

import (
	"slices"
	"strings"
)

// grid lays the pieces of an aligned table on columns: before each column of amounts, and behind the last, stand the
// columns of its codes and one of words.
type grid struct {
	pages   []sheet
	amounts int
	codes   []int // of each place between amounts, how many codes stand there at most
	words   []bool
	first   []int // of each place, its first column, from 1
	columns int
	named   bool   // rows have words or codes
	labels  []band // of each place, where its words stand on the page that is laid
}

// alignedTable makes a table of lines.
func (b *builder) alignedTable(lines []alignedLine) error {
	pages, amounts := pagesOf(lines)
	g := &grid{pages: pages, amounts: amounts, codes: make([]int, amounts+1), words: make([]bool, amounts+1), first: make([]int, amounts+2)}
	for i := range pages {
		g.survey(&pages[i])
	}
	at := 1
	for s := range g.codes {
		g.first[s] = at
		at += g.codes[s]
		if g.words[s] {
			at++
		}
		if s < amounts {
			at++
		}
	}
	g.columns = at - 1
	if g.columns > columnsMax {
		return nil // no table that a person made
	}
	t := b.table(nil)
	for i := range pages {
		if err := g.lay(t, &pages[i]); err != nil {
			return err
		}
	}
	return t.finish()
}

// amountColumn is the column of amounts number n, from 0.
func (g *grid) amountColumn(n int) int {
	at := g.first[n] + g.codes[n]
	if g.words[n] {
		at++
	}
	return at
}

// placeOf is the place of words or a code in a line: how many columns of amounts lie before it.
func (p *sheet) placeOf(c *piece) int {
	place, at := 0, c.start[p.unit]+c.end[p.unit]
	for i := range p.bands {
		if b := &p.bands[i]; b.centre() < at {
			place = b.column + 1
		}
	}
	return place
}

// headings counts the lines of a page before its first amounts.
func (p *sheet) headings() int {
	for i := range p.lines {
		if p.lines[i].numerics() > 0 {
			return i
		}
	}
	return len(p.lines)
}

// survey notes where codes and words stand between the amounts of a page.
func (g *grid) survey(p *sheet) {
	head := p.headings()
	codes := make([]int, len(g.codes)) // of each place in a line
	for _, l := range p.lines[head:] {
		clear(codes)
		for k := range l.pieces {
			c := &l.pieces[k]
			if c.numeric() {
				continue
			}
			switch s := p.placeOf(c); {
			case c.isCode:
				codes[s]++
				g.codes[s] = max(g.codes[s], codes[s])
				g.named = true
			case c.kind == words:
				g.words[s], g.named = true, true
			}
		}
	}
	if head > 0 && head == len(p.lines) {
		g.words[0] = true
	}
}

// lay makes the lines of a page rows of the table. Amounts without words or codes beside them are loose: which row they
// belong to was lost where its words take several lines.
func (g *grid) lay(t *tableBuilder, p *sheet) error {
	head := p.headings()
	g.findLabels(p, head)
	codes := make([]int, len(g.codes)) // of each place in a line
	var at []int                       // the column of each piece of a line
	for i := range p.lines {
		l := &p.lines[i]
		at = slices.Grow(at[:0], len(l.pieces))[:len(l.pieces)]
		named := false
		clear(codes)
		for k := range l.pieces {
			c := &l.pieces[k]
			switch {
			case i < head && !c.numeric():
				at[k] = g.headingColumn(p, c)
			case c.numeric():
				at[k] = g.amountColumn(p.bands[p.place[i][k]].column)
			default:
				named = true
				s := p.placeOf(c)
				if at[k] = g.first[s] + g.codes[s]; c.isCode && codes[s] < g.codes[s] {
					at[k] = g.first[s] + codes[s]
					codes[s]++
				}
			}
		}
		if err := t.aligned(l, at, p.loose || g.named && !named && i >= head); err != nil {
			return err
		}
	}
	return nil
}

// headingColumn is the column over which a heading stands: that which it covers or comes nearest to, of amounts or words.
func (g *grid) headingColumn(p *sheet, c *piece) int {
	centre, best, near := c.start[p.unit]+c.end[p.unit], 0, 2*headingReach
	weigh := func(b *band, column int) {
		off := centre - b.centre()
		if off < 0 {
			off = -off
		}
		if c.start[p.unit] < b.high && b.low < c.end[p.unit] {
			off /= 4
		}
		if off < near {
			best, near = column, off
		}
	}
	for i := range p.bands {
		weigh(&p.bands[i], g.amountColumn(p.bands[i].column))
	}
	for s := range g.labels {
		if b := &g.labels[s]; b.number > 0 {
			weigh(b, g.first[s]+g.codes[s])
		}
	}
	if best == 0 {
		s := p.placeOf(c)
		best = min(g.first[s]+g.codes[s], g.columns)
	}
	return best
}

// findLabels finds where the words below the headings of a page stand.
func (g *grid) findLabels(p *sheet, head int) {
	g.labels = make([]band, g.amounts+1)
	for _, l := range p.lines[head:] {
		for k := range l.pieces {
			c := &l.pieces[k]
			if c.kind != words {
				continue
			}
			b := &g.labels[p.placeOf(c)]
			if b.number == 0 || c.start[p.unit] < b.low {
				b.low = c.start[p.unit]
			}
			b.high = max(b.high, c.end[p.unit])
			b.sum, b.number = b.sum+c.start[p.unit]+c.end[p.unit], b.number+1
		}
	}
}

// aligned makes a line a row: its pieces, from left to right, stand in the columns at, and those in one column are one cell.
func (t *tableBuilder) aligned(l *alignedLine, at []int, loose bool) error {
	line := &t.b.d.Lines[l.at]
	line.Kind, line.Level = Row, 0
	t.nextRow()
	parts := make([]Part, 0, len(l.pieces)) // of all cells of the row
	line.Cells = make([]*Cell, 0, len(l.pieces))
	var last *Cell
	for k := range l.pieces {
		c := &l.pieces[k]
		part := Part{Line: l.at + 1, From: c.from, To: c.to}
		if body := trim(line.Text[c.from:c.to]); len(body) < c.to-c.from {
			part.From += strings.Index(line.Text[c.from:c.to], body)
			part.To = part.From + len(body)
		}
		if last != nil && at[k] <= last.Column {
			last.Parts = append(last.Parts, part)
			continue
		}
		t.skip(at[k] - 1 - t.column)
		cell, err := t.cell(1, 1, false)
		if err != nil {
			return err
		}
		cell.Loose = loose
		parts = append(parts, part)
		cell.Parts = parts[len(parts)-1 : len(parts) : len(parts)]
		line.Cells = append(line.Cells, cell)
		last = cell
	}
	return nil
}
