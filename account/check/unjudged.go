package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// tally is a table of which cells were read as figures, and whether a claim of one of them was judged.
type tally struct {
	table   *reading.Table
	figures bool // cells hold some
	judged  bool
	closed  bool // all of its lines were read
}

// tallyCells notes the table of a line whose cells hold figures.
func (p *paper) tallyCells(l *reading.Line, numbers []*number) {
	for _, n := range numbers {
		if n.Class == figure.ClassFigure && len(l.Cells) > 0 {
			p.tallyOf(l.Cells[0].Table).figures = true
			return
		}
	}
}

func (p *paper) tallyOf(t *reading.Table) *tally {
	if known := p.tallies[t]; known != nil {
		return known
	}
	if p.tallies == nil {
		p.tallies = map[*reading.Table]*tally{}
	}
	known := &tally{table: t}
	p.tallies[t] = known
	return known
}

// unjudgedTables says of every table with figures of which none was judged that it was not. A sentence in a cell is prose;
// what it states does not make its cell one of figures.
func (p *paper) unjudgedTables() {
	for _, t := range p.doc.Tables {
		if known := p.tallies[t]; known == nil || !known.figures || known.judged {
			continue
		}
		line, quote := headOf(t)
		p.notCheckable(line, quote, lang.Of("表中没有读出可以核对的合计、分级或比率，表内数据没有核对", "no total, level or rate that can be checked was made out in this table; its figures were not checked"))
	}
}

// headOf is the first line of a table and what the cells of its first row that say something say, at most quoteRunesMax.
func headOf(t *reading.Table) (line int, quote string) {
	row, left := 0, quoteRunesMax
	var cells []string
	for _, c := range t.Cells {
		if len(c.Parts) == 0 {
			continue
		}
		if row == 0 {
			row, line = c.Row, c.Parts[0].Line
		}
		if c.Row != row || left <= 0 {
			break
		}
		text := []rune(strings.Join(strings.Fields(c.Text), ""))
		if len(text) > left {
			text = append(text[:left], '…')
		}
		left -= len(text)
		cells = append(cells, string(text))
	}
	return line, strings.Join(cells, " | ")
}
