package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// tally is a table of which cells were read as figures, and whether a claim of one of them was judged.
type tally struct {
	table  *reading.Table
	judged bool
	closed bool // all of its lines were read
}

// tallyCells notes the table of a line whose cells hold figures.
func (p *paper) tallyCells(l *reading.Line, numbers []*number) {
	for _, n := range numbers {
		if n.Class == figure.ClassFigure && len(l.Cells) > 0 {
			p.tallyOf(l.Cells[0].Table)
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
		if known := p.tallies[t]; known == nil || known.judged {
			continue
		}
		line, quote := headOf(t)
		p.notCheckable(line, quote, lang.Of("表内的合计、比率在这一版中不核对", "totals and rates inside tables are not checked at this level"))
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
