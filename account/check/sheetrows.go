package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// Bounds on how the columns of a side are read.
const (
	totalColumns = 40  // of amounts
	totalSample  = 300 // rows by which it is told which columns a total is of
)

// totalHeadings are headings of columns that hold the sum of those behind them.
var totalHeadings = wordsOf("合计", "总计", "小计", "总额", "合 计")

// isTotal says whether the heading of a column calls it a total.
func (s *side) isTotal(k int) bool { return totalHeadings.in(s.sheet.columns[k].heading) }

// judgeRows judges the totals of rows: a column, called so or the first, that is the sum of those behind it up to one that
// is found by what the rows give. Behind a total inside a total (小计) its parts are not added twice.
func (s *side) judgeRows() {
	if len(s.data) < 2 || len(s.data) > totalColumns {
		return
	}
	covered := make([]int, len(s.data)) // of each total, the last column that it covers
	for i := len(s.data) - 2; i >= 0; i-- {
		named := s.isTotal(s.data[i])
		if !named && i > 0 || s.sheet.columns[s.data[i]].apart {
			continue
		}
		best, holds := s.reach(i, covered, named)
		if best == 0 {
			continue
		}
		covered[i] = best
		f, rows := s.rowTotals(s.partsOf(i, best, covered), i, len(s.lines))
		s.nameRows(&f, rows, s.data[i])
		s.excuse(&f, rows)
		f.settle(s.sheet.paper, named && f.confirmed() || holds >= 2*familyHolds && f.confirmed(), named)
	}
}

// reach finds the last column that total i adds: the one with which most rows hold; 0 where none does.
func (s *side) reach(i int, covered []int, named bool) (best, most int) {
	for j := i + 1; j < len(s.data); j++ {
		parts := s.partsOf(i, j, covered)
		f, _ := s.rowTotals(parts, i, totalSample)
		holds, fails := f.tally()
		if !named && f.shown() < familyHolds || holds <= 2*fails {
			continue
		}
		if holds >= most {
			best, most = j, holds
		}
	}
	return best, most
}

// Bounds on the rows and their amounts of which all choices are tried.
const (
	excuseRows    = 20
	excuseColumns = 8
)

// excuse makes a row accuse nobody where some of its other amounts give its total: 合计 | 基本支出 | 人员经费 | 公用经费 |
// 项目支出 has two columns that are parts of a part, and rows without projects do not show it.
func (s *side) excuse(f *family, rows []*line) {
	tried := 0
	for n := range f.claims {
		c := &f.claims[n]
		if !c.judged || c.verdict != Contradiction {
			continue
		}
		others, _ := rows[n].amounts(s.data)
		others = slices.DeleteFunc(others, func(m *mention) bool { return m == c.stated || !m.sameDimension(c.stated) })
		if tried++; tried > excuseRows || len(others) > excuseColumns {
			c.sure = false
			continue
		}
		for choice := 1; choice < 1<<len(others) && c.sure; choice++ {
			x := claim{stated: c.stated}
			for k, m := range others {
				if choice>>k&1 == 1 {
					x.operands = append(x.operands, m)
				}
			}
			x.form = total(len(x.operands))
			c.sure = !x.holds()
		}
	}
}

// partsOf are the columns that total i adds when it reaches to j.
func (s *side) partsOf(i, j int, covered []int) (parts []int) {
	for k := i + 1; k <= j; k++ {
		if s.sheet.columns[s.data[k]].apart {
			continue
		}
		parts = append(parts, s.data[k])
		if covered[k] > 0 {
			k = covered[k]
		}
	}
	return parts
}

// rowTotals are the claims of at most so many rows that a column is the sum of others, and the row of each.
func (s *side) rowTotals(parts []int, i, most int) (f family, rows []*line) {
	k := s.data[i]
	f.claims, rows = make([]familyClaim, 0, min(most, len(s.lines))), make([]*line, 0, min(most, len(s.lines)))
	for _, l := range s.lines {
		if len(f.claims) == most {
			break
		}
		m := l.cells[k]
		if m == nil || l.loose && s.label >= 0 {
			continue
		}
		operands, sure := l.amounts(parts)
		if len(operands) == 0 || !addable(m, operands) {
			continue
		}
		for _, o := range parts {
			sure = sure && !s.beside(l, o)
		}
		f.add(claim{rule: "table", form: total(len(operands)), stated: m, operands: operands}, sure)
		rows = append(rows, l)
	}
	return f, rows
}

// nameRows says what the claims of rowTotals claim, for messages.
func (s *side) nameRows(f *family, rows []*line, total int) {
	heading := s.heading(total)
	for n, l := range rows {
		name := l.label
		if name == "" {
			name = l.code
		}
		f.claims[n].what = lang.Of(lang.Zh("表中“"+name+"”一行的"+heading), lang.En("the row “"+name+"” of the table, "+heading))
	}
}

// amounts are the amounts of a row in some columns; sure is false where something else stands there.
func (l *line) amounts(columns []int) (out []*mention, sure bool) {
	sure = !l.loose
	out = make([]*mention, 0, len(columns))
	for _, k := range columns {
		if m := l.cells[k]; m != nil {
			out = append(out, m)
		} else if l.taken[k] {
			sure = false
		}
	}
	return out, sure
}

// beside says whether amounts of a column that belong to no row stand right above or below a row that has none there: they
// may be its own.
func (s *side) beside(l *line, k int) bool {
	if l.cells[k] != nil {
		return false
	}
	for _, i := range []int{l.row - 1, l.row + 1} {
		if i >= 0 && i < len(s.sheet.rows) && s.sheet.rows[i].loose && s.sheet.rows[i].cells[k] != nil {
			return true
		}
	}
	return false
}

// addable says whether figures can be a sum and its parts.
func addable(m *mention, parts []*mention) bool {
	for _, o := range parts {
		if !o.sameDimension(m) {
			return false
		}
	}
	return true
}

// heading is what a column is called, for messages.
func (s *side) heading(k int) string {
	if h := strings.Trim(s.sheet.columns[k].heading, "：:"); h != "" && runes(h) <= 20 {
		return "“" + h + "”"
	}
	return "合计"
}
