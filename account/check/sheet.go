package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// Bounds on a table that is judged; beyond, it is said to be unchecked.
const (
	sheetRows    = 20_000
	sheetColumns = 80
	sheetLooks   = 8 // lines above a table in which its title and unit stand
)

// sheet is a table as it is judged: its amounts by row and column, with what headings and labels say of them.
type sheet struct {
	paper   *paper
	table   *reading.Table
	title   string      // what the heading above it says, and its own first rows
	unit    figure.Unit // of its amounts; figure.One where none is stated
	rows    []*sheetRow // from its first row, headings too
	columns []sheetColumn
	head    int // how many rows are headings
	sides   []*side
}

// sheetRow is a row of a table. cells has, for each column, the amount there, nil where there is none.
type sheetRow struct {
	cells  []*mention
	texts  []string
	taken  []bool          // something stands there that is no amount, a dash or nothing
	merged []*reading.Cell // with words over several columns
	loose  bool            // which row or column its amounts belong to could not be told
}

// sheetColumn is what a column holds.
type sheetColumn struct {
	heading string
	amounts int  // rows below the headings with an amount
	words   int  // and with words
	digits  int  // and with nothing but digits
	apart   bool // rates, ranks and the like, which nobody adds
}

// tableLine takes a line of a table: the amounts that fill its cells.
func (p *paper) tableLine(l *reading.Line, numbers []*number) {
	if len(l.Cells) == 0 {
		return
	}
	t := l.Cells[0].Table
	if p.sheet == nil || p.sheet.table != t {
		p.endSheet()
		if p.tallyOf(t).closed {
			return // the rest of a table around another
		}
		p.sheet = p.openSheet(t, l)
	}
	sh := p.sheet
	if sh.rows == nil {
		return
	}
	s := &sentence{paper: p, line: l, to: len(l.Text), mentions: make([]*mention, 0, len(numbers))}
	held := make([]mention, len(numbers))
	for _, c := range l.Cells {
		if c.Table != t || c.Row > len(sh.rows) || c.Column > len(sh.columns) {
			continue
		}
		row := sh.rows[c.Row-1]
		row.loose = row.loose || c.Loose
		row.texts[c.Column-1] = compact(c.Text)
		if n := filling(c, numbers); n != nil {
			m := &held[len(s.mentions)]
			m.Figure, m.n, m.sentence, m.place, m.listSize = n.Figure, n, s, len(s.mentions), 1
			m.kind, m.opens, m.period.year = level, n.Offset, p.year
			s.mentions = append(s.mentions, m)
			row.cells[c.Column-1] = m
		} else {
			row.taken[c.Column-1] = !isBlankCell(row.texts[c.Column-1])
			if n := len(row.merged); c.ColumnSpan > 1 && (n == 0 || row.merged[n-1] != c) {
				row.merged = append(row.merged, c)
			}
		}
	}
}

// openSheet begins a table whose first line is l. Its rows are nil where it is too large.
func (p *paper) openSheet(t *reading.Table, l *reading.Line) *sheet {
	sh := &sheet{paper: p, table: t, unit: figure.One}
	if t.Rows > sheetRows || t.Columns > sheetColumns || p.isAround(t) {
		return sh
	}
	sh.lookAbove(int(l.Number))
	sh.columns = make([]sheetColumn, t.Columns)
	sh.rows = make([]*sheetRow, t.Rows)
	cells, texts, taken := make([]*mention, t.Rows*t.Columns), make([]string, t.Rows*t.Columns), make([]bool, t.Rows*t.Columns)
	rows := make([]sheetRow, t.Rows)
	for i := range sh.rows {
		from, to := i*t.Columns, (i+1)*t.Columns
		rows[i] = sheetRow{cells: cells[from:to], texts: texts[from:to], taken: taken[from:to]}
		sh.rows[i] = &rows[i]
	}
	return sh
}

// isAround says whether a table has another in one of its cells: its rows are then those of a layout.
func (p *paper) isAround(t *reading.Table) bool {
	if p.around == nil {
		p.around = map[*reading.Table]bool{}
		for _, inner := range p.doc.Tables {
			if inner.Within != nil {
				p.around[inner.Within.Table] = true
			}
		}
	}
	return p.around[t]
}

// over is the cell of several columns with words that covers column k, from 0; nil where there is none.
func (r *sheetRow) over(k int) *reading.Cell {
	for _, c := range r.merged {
		if c.Column-1 <= k && k < c.Column-1+c.ColumnSpan {
			return c
		}
	}
	return nil
}

// lookAbove finds title and unit in the lines before the first of a table.
func (sh *sheet) lookAbove(first int) {
	doc := sh.paper.doc
	seen := 0
	for i := first - 2; i >= 0 && seen < sheetLooks; i-- {
		l := &doc.Lines[i]
		if l.Kind == reading.Blank {
			continue
		}
		if seen++; len(l.Cells) > 0 || len(l.Text) > 300 {
			return
		}
		text := compact(l.Text)
		if u, ok := unitIn(text); ok && sh.unit == figure.One {
			sh.unit = u
		}
		if isTableNumber(text) {
			continue
		}
		if strings.HasSuffix(text, "表") || l.Kind == reading.Heading || l.Kind == reading.Title {
			sh.title = text
			return
		}
	}
}

// isTableNumber says whether a line only numbers the table below it: 公开05表, 附表3.
func isTableNumber(text string) bool {
	return strings.Trim(text, "公开预算决附件表格第号0123456789一二三四五六七八九十（）()-.：:") == ""
}

// unitIn is the unit of money that a line states for a table: 单位：万元.
func unitIn(text string) (figure.Unit, bool) {
	for _, word := range []string{"单位：", "单位:"} {
		for at := strings.Index(text, word); at >= 0; {
			rest := text[at+len(word):]
			for _, name := range []string{"人民币", "（", "("} {
				rest = strings.TrimPrefix(rest, name)
			}
			for _, name := range []string{"亿元", "万元", "千元", "元"} {
				if strings.HasPrefix(rest, name) {
					return figure.UnitOf(name)
				}
			}
			next := strings.Index(rest, word)
			if next < 0 {
				break
			}
			at += len(word) + next
		}
	}
	return figure.One, false
}

// filling is the amount that is all that a cell says.
func filling(c *reading.Cell, numbers []*number) *number {
	if len(c.Parts) != 1 {
		return nil
	}
	part := c.Parts[0]
	for _, n := range numbers {
		if n.lineNumber() == part.Line && n.from >= part.From && n.from < part.To {
			if n.Class == figure.ClassFigure && n.from == part.From && n.End-n.Offset == part.To-part.From && !n.Figure.Form().Vague() && n.Figure.Form() != figure.Range {
				return n
			}
			return nil
		}
	}
	return nil
}

// compact is a text without spaces and line feeds.
func compact(s string) string {
	if !spaced(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\n', '\t', '　', '\f', '\r', '\u00a0':
			return -1
		}
		return r
	}, s)
}

// spaced says whether a text may hold what compact takes out: bytes below ! or the first of 　 or of U+00A0, which begin other characters too.
func spaced(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == 0xC2 || c == 0xE3 {
			return true
		}
	}
	return false
}

// isBlankCell says whether a cell says that there is no amount.
func isBlankCell(s string) bool {
	return strings.Trim(s, "-—－–/") == "" || s == "无"
}

// endSheet judges the table that was read.
func (p *paper) endSheet() {
	sh := p.sheet
	p.sheet = nil
	if sh == nil {
		return
	}
	p.tallyOf(sh.table).closed = true
	if sh.rows == nil {
		return
	}
	sh.giveScores()
	if l := sh.executionLine(); l != nil {
		p.executed = l
	}
	sh.judgeForms()
	if p.endExpenses(); !sh.table.Flat {
		sh.keepExpenses()
	}
	if !sh.understood() {
		return
	}
	for _, s := range sh.sides {
		s.judgeRows()
		s.judgeLevels()
	}
	sh.judgeBothSides()
	sh.judgeAcross()
	sh.judgeProse()
}
