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
		f := s.rowTotals(s.partsOf(i, best, covered), i)
		s.excuse(&f)
		f.settle(s.sheet.paper, named && f.confirmed() || holds >= 2*familyHolds && f.confirmed(), named)
	}
}

// reach finds the last column that total i adds: the one with which most rows hold; 0 where none does.
func (s *side) reach(i int, covered []int, named bool) (best, most int) {
	for j := i + 1; j < len(s.data); j++ {
		parts := s.partsOf(i, j, covered)
		var of outcome
		left := min(len(s.lines), totalSample)
		s.eachRowTotal(parts, i, func(c *familyClaim) bool {
			c.weigh()
			of.add(c)
			left--
			return left > 0 && of.holds+left > 2*of.fails // else those that hold stay too few
		})
		if !named && of.shown < familyHolds || of.holds <= 2*of.fails {
			continue
		}
		if of.holds >= most {
			best, most = j, of.holds
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
func (s *side) excuse(f *family) {
	tried := 0
	for n := range f.claims {
		c := &f.claims[n]
		if !c.judged || c.verdict != Contradiction {
			continue
		}
		others, _ := c.of.amounts(s.data, nil)
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

// rowTotals are the claims of the rows that a column is the sum of others.
func (s *side) rowTotals(parts []int, i int) (f family) {
	f.rule, f.what = "table", s.rowWhat
	f.claims = make([]familyClaim, 0, len(s.lines))
	s.eachRowTotal(parts, i, func(c *familyClaim) bool {
		c.operands = slices.Clone(c.operands)
		f.add(*c)
		return true
	})
	return f
}

// rowWhat is what is claimed of a total of a row.
func (s *side) rowWhat(c *familyClaim) lang.Text {
	name := c.of.label
	if name == "" {
		name = c.of.code
	}
	return lang.Of(lang.Zh("表中“"+name+"”一行的"+s.heading(c.column)), lang.En("the row “"+name+"” of the table, "+s.heading(c.column)))
}

// eachRowTotal calls yield with the claim of each row that a column is the sum of others, as long as it says to go on. The claim and
// its operands are yield's only while it runs.
func (s *side) eachRowTotal(parts []int, i int, yield func(c *familyClaim) bool) {
	var c familyClaim
	k := s.data[i]
	operands := make([]*mention, 0, len(parts))
	for _, l := range s.lines {
		m := l.cells[k]
		if m == nil || l.loose && s.label >= 0 {
			continue
		}
		var sure bool
		if operands, sure = l.amounts(parts, operands[:0]); len(operands) == 0 || !addable(m, operands) {
			continue
		}
		for _, o := range parts {
			sure = sure && !s.beside(l, o)
		}
		c = familyClaim{form: total(len(operands)), stated: m, operands: operands, of: l, column: k, sure: sure}
		if !yield(&c) {
			return
		}
	}
}

// amounts adds the amounts of a row in some columns to a list; sure is false where something else stands there.
func (l *line) amounts(columns []int, to []*mention) (all []*mention, sure bool) {
	sure = !l.loose
	for _, k := range columns {
		if m := l.cells[k]; m != nil {
			to = append(to, m)
		} else if l.taken[k] {
			sure = false
		}
	}
	return to, sure
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
