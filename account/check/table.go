package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Bounds on what is kept of tables in plain text.
const (
	tablesMax    = 4   // the last ones
	tableCells   = 400 // figures of one
	tableReaches = 30  // lines behind a table in which prose may speak of it
)

// flatTable is a table that somebody flattened into lines of plain text: its rows in their order, cells that were empty
// gone. Where its headings alternate 预算数 and 决算数, the figures of a row are pairs of them.
type flatTable struct {
	table   *reading.Table
	heads   []string // of the last row without figures
	paired  bool
	figures []flatCell
	last    int
}

// flatCell is an amount that fills a cell, and the unit in which its table states amounts.
type flatCell struct {
	n    *number
	unit figure.Unit
}

// in is the figure of a cell, in the unit of the table where it has none of its own.
func (c flatCell) in() figure.Figure {
	if c.n.Figure.Unit() == figure.One && c.unit != figure.One {
		return c.n.Figure.WithUnit(c.unit)
	}
	return c.n.Figure
}

// mention is the amount for a claim.
func (c flatCell) mention(p *paper) *mention {
	s := &sentence{paper: p, line: c.n.line, to: len(c.n.line.Text)}
	return &mention{Figure: c.in(), n: c.n, sentence: s, listSize: 1, words: words{kind: level}, period: timing{year: p.year}}
}

// as is the amount in another unit.
func (c flatCell) as(p *paper, unit figure.Unit) *mention {
	m := c.mention(p)
	m.Figure = m.WithUnit(unit)
	return m
}

// row reads a line of a table in plain text.
func (p *paper) row(l *reading.Line) {
	numbers := p.scan(l)
	p.list(numbers)
	p.tallyCells(l, numbers)
	p.keepForms(l, numbers)
	if len(l.Cells) == 0 {
		return
	}
	p.tableLine(l, numbers)
	unit := p.unitOfTable(l.Cells[0].Table)
	t := p.tableOf(l.Cells[0].Table)
	t.last = int(l.Number)
	p.flatRow = p.flatRow[:0]
	for _, c := range l.Cells {
		if n := filling(c, numbers); n != nil {
			p.flatRow = append(p.flatRow, flatCell{n, unit})
		}
	}
	cells := p.flatRow
	if len(cells) < len(l.Cells)/2 || len(cells) == 0 {
		t.head(l)
		return
	}
	p.judgeExecution(t, cells)
	p.judgeExpensePairs(t, cells)
	if len(t.figures)+len(cells) <= tableCells {
		t.figures = append(t.figures, cells...)
	}
}

// head takes a row without figures for the headings of those that follow; a single cell names a row.
func (t *flatTable) head(l *reading.Line) {
	var heads []string
	for _, c := range l.Cells {
		if text := strings.ReplaceAll(c.Text, " ", ""); text != "" {
			heads = append(heads, text)
		}
	}
	if len(heads) > 1 {
		t.heads, t.paired = heads, pairedHeads(heads)
	}
}

func (p *paper) tableOf(table *reading.Table) *flatTable {
	for _, t := range p.tables {
		if t.table == table {
			return t
		}
	}
	if len(p.tables) == tablesMax {
		p.tables = p.tables[1:]
	}
	t := &flatTable{table: table}
	p.tables = append(p.tables, t)
	return t
}

// pairedHeads says whether headings alternate between budget and final amount.
func pairedHeads(heads []string) bool {
	pairs := 0
	for i := 0; i+1 < len(heads); i += 2 {
		if !strings.Contains(heads[i], "预算数") || !strings.Contains(heads[i+1], "决算数") {
			break
		}
		pairs++
	}
	return pairs >= 2
}

// judgeExecution judges 执行率 in a row under headings that name it: the last percentage of the row, of the two amounts
// before it. Cells between that are whole numbers of points (分值) are passed over from the right, as the headings are.
func (p *paper) judgeExecution(t *flatTable, cells []flatCell) {
	at := -1
	for i, h := range t.heads {
		if strings.HasSuffix(h, "执行率") {
			at = i
		}
	}
	if at < 0 {
		return
	}
	behind := len(t.heads) - 1 - at // headings behind the rate
	k := len(cells) - 1 - behind
	if k < 2 || k >= len(cells) {
		return
	}
	rate := cells[k].mention(p)
	if !rate.percent() {
		return
	}
	between := 0
	for i := at - 1; i >= 0 && !strings.Contains(t.heads[i], "执行"); i-- {
		between++
	}
	executed, budget := k-1-between, k-2-between
	if budget < 0 {
		return
	}
	operands := []*mention{cells[executed].mention(p), cells[budget].mention(p)}
	if operands[0].percent() || operands[1].percent() {
		return
	}
	rate.subject = "执行率"
	p.settle(claim{rule: "rate", what: lang.Of("执行率 = 全年执行数 ÷ 全年预算数", "execution = executed ÷ budget"), form: ratio, stated: rate, operands: operands})
}

// checkTables compares amounts in prose with the cells of a table shortly before it: amounts printed alike are the same.
func checkTables(s *sentence) {
	p := s.paper
	if len(p.tables) == 0 {
		return
	}
	for _, m := range s.mentions {
		if m.kind != level || m.Unit().Dimension() != money || m.Decimals() == 0 || m.Value().IsZero() || m.listSize > 1 {
			continue
		}
		if c := p.cellLike(m); c != nil {
			p.settle(cellClaim(m, c))
		} else {
			p.judgePairOf(s, m)
			p.judgeCellOf(m)
		}
	}
}

// cellLike is the first cell with the digits of a figure in a table shortly before it, in the unit of the figure.
func (p *paper) cellLike(m *mention) *mention {
	for _, t := range p.tables {
		if int(m.n.line.Number)-t.last > tableReaches {
			continue
		}
		for _, c := range t.figures {
			if f := c.in(); (f.Unit() == figure.One || f.Unit() == m.Unit()) && f.Number() == m.Number() {
				return c.as(p, m.Unit())
			}
		}
	}
	return nil
}

// budgetsOf are the budgets that tables of pairs give for a final amount.
func (p *paper) budgetsOf(final *mention) (out []*mention) {
	for _, t := range p.tables {
		if !t.paired || int(final.n.line.Number)-t.last > tableReaches {
			continue
		}
		for i := 0; i+1 < len(t.figures); i += 2 {
			if t.figures[i+1].n.Figure.Number() == final.Number() && t.inUnitOf(final) {
				out = append(out, t.figures[i].as(p, final.Unit()))
			}
		}
	}
	return out
}

// inUnitOf says whether the amounts of a table may be in the unit of a figure.
func (t *flatTable) inUnitOf(m *mention) bool {
	if len(t.figures) == 0 {
		return false
	}
	unit := t.figures[0].in().Unit()
	return unit == figure.One || unit == m.Unit()
}

// judgePairOf finds the cell that an amount in prose should equal, where the table has no such cell. A final amount is
// that of the pair whose budget gives its 完成预算的x%, or whose own quotient it is; a budget is that of the pair whose final
// amount the prose states next.
func (p *paper) judgePairOf(s *sentence, m *mention) {
	if m.place+1 >= len(s.mentions) {
		return
	}
	next := s.mentions[m.place+1]
	final := !m.budgeted() && next.kind == named && next.depth == m.depth && strings.Contains(next.lead, "预算") && !next.Value().IsZero()
	budget := m.budgeted() && next.kind == level && next.edition == "决算" && next.core == m.core
	for _, t := range p.tables {
		if !t.paired || int(m.n.line.Number)-t.last > tableReaches || !t.inUnitOf(m) {
			continue
		}
		for i := 0; i+1 < len(t.figures); i += 2 {
			first, second := t.figures[i].as(p, m.Unit()), t.figures[i+1].as(p, m.Unit())
			mine := claim{form: ratio, stated: next, operands: []*mention{m, first}}
			its := claim{form: ratio, stated: next, operands: []*mention{second, first}}
			switch {
			case final && (mine.holds() || next.Decimals() > 0 && its.holds()):
				p.settle(cellClaim(m, second))
				return
			case budget && second.Number() == next.Number():
				p.settle(cellClaim(m, first))
				return
			}
		}
	}
}

// cellClaim is that a figure in prose is a cell of a table, read in the same unit.
func cellClaim(m, cell *mention) claim {
	return claim{rule: "across", what: lang.Of(lang.Zh(name(m)+"与第"+lineOf(cell)+"行表中数"), lang.En(name(m)+" and the table in line "+lineOf(cell))), form: same, stated: m, operands: []*mention{cell}}
}
