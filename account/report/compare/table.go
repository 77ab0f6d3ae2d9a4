package compare

import (
	"regexp"
	"strings"
	"unicode"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// unitLines is how many lines before a table may state the unit of measure of its figures.
const unitLines = 3

var (
	inBrackets = regexp.MustCompile(`[（(]([^（）()]{1,12})[）)]`)
	unitStated = regexp.MustCompile(`单位[：:]\s*([^\s，。；、（）()|]{1,12})`)
)

// inTable gives a mention in a table the words of its row and column, and the unit that stands in them or above the table. The
// columns of a table that was flattened into plain text may have shifted, so there the row alone speaks.
func (c *comparison) inTable(m *check.Mention) {
	if m.Cell == nil {
		return
	}
	row, outer := c.rowWords(m.Cell)
	column := ""
	if !m.Cell.Table.Flat {
		column = c.columnWords(m.Cell)
	}
	if fold(m.Said) == "" {
		m.Said, m.Lent = withoutUnit(withoutMark(row)+column), outer
	} else {
		m.Lent = row
	}
	if words := row + column; strings.Contains(words, "上年") || strings.Contains(words, "去年") {
		m.Year--
	}
	if m.Unit() == figure.One {
		if u, ok := c.tableUnit(m.Cell.Table, row, column); ok {
			m.Figure = m.WithUnit(u)
		}
	}
}

// rowWords are the words to the left of a cell: those nearest to it, and those further left that they belong to.
func (c *comparison) rowWords(cell *reading.Cell) (nearest, outer string) {
	var last *reading.Cell
	for column := cell.Column - 1; column >= 1; column-- {
		at := cell.Table.At(cell.Row, column)
		if at == nil || at == last || !worded(at.Text) || stating(at.Text) {
			continue
		}
		if last == nil {
			nearest = at.Text
		} else {
			outer = at.Text + outer
		}
		last = at
	}
	return nearest, outer
}

// columnWords are the words of the heading rows above a cell, the uppermost first.
func (c *comparison) columnWords(cell *reading.Cell) string {
	words := ""
	var last *reading.Cell
	for row := cell.Row - 1; row >= 1; row-- {
		at := cell.Table.At(row, cell.Column)
		if at == nil || at == last || !worded(at.Text) || stating(at.Text) || !headingRow(cell.Table, row) {
			continue
		}
		words, last = at.Text+words, at
	}
	return words
}

// headingRow says whether a row of a table states no figure.
func headingRow(t *reading.Table, row int) bool {
	for column := 1; column <= t.Columns; column++ {
		if at := t.At(row, column); at != nil && stating(at.Text) {
			return false
		}
	}
	return true
}

// worded says whether a cell has words in it, and not only a dash for nothing.
func worded(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// withoutUnit takes units of measure in brackets out of the words of a row or column: 编制数（人）.
func withoutUnit(words string) string {
	return inBrackets.ReplaceAllStringFunc(words, func(found string) string {
		if _, ok := unitOf(strings.Trim(found, "（()）")); ok {
			return ""
		}
		return found
	})
}

// unitOf reads the unit that stands in brackets, with 单位： before it or not.
func unitOf(words string) (figure.Unit, bool) {
	if u, ok := unitIn(words); ok {
		return u, true
	}
	u, ok := figure.UnitOf(strings.TrimSpace(words))
	return u, ok && u != figure.One
}

// stating says whether a text has a figure in it.
func stating(text string) bool {
	for s := figure.NewScanner(text); ; {
		t, ok := s.Next()
		if !ok {
			return false
		}
		if t.Class == figure.ClassFigure {
			return true
		}
	}
}

// tableUnit is the unit of measure in the words of a row or column, else that of the whole table.
func (c *comparison) tableUnit(t *reading.Table, words ...string) (figure.Unit, bool) {
	for _, w := range words {
		for _, found := range inBrackets.FindAllStringSubmatch(w, -1) {
			if u, ok := unitOf(found[1]); ok {
				return u, true
			}
		}
	}
	for _, cell := range t.Cells {
		if u, ok := unitIn(cell.Text); ok {
			return u, true
		}
	}
	first := 0
	for _, cell := range t.Cells {
		if len(cell.Parts) > 0 {
			first = cell.Parts[0].Line
			break
		}
	}
	for line := first - 1; line >= 1 && line >= first-unitLines; line-- {
		if u, ok := unitIn(c.doc.Line(line).Text); ok {
			return u, true
		}
	}
	return figure.One, false
}

// unitIn is the unit that words state of all figures: 单位：万元.
func unitIn(words string) (figure.Unit, bool) {
	found := unitStated.FindStringSubmatch(words)
	if found == nil {
		return figure.One, false
	}
	u, ok := figure.UnitOf(found[1])
	return u, ok && u != figure.One
}
