package check

import (
	"strconv"
	"strings"

	"anlan/ground/figure"
)

// side is the part of a table that has labels of its own: one in most tables, income and expenditure in a table of both.
type side struct {
	sheet  *sheet
	label  int   // its column of words; −1 where it has none
	codes  []int // its columns of codes
	data   []int // its columns of amounts
	lines  []*line
	titles string // what stands above its labels and first amounts
}

// line is a row of a side.
type line struct {
	*sheetRow
	row   int // in the sheet
	label string
	code  string
	total totalKind
	rank  int // of the numbering before its label: 1 for 一、, 2 （一）, 3 1., 4 （1）; 0 for none
}

// apartWords are in the headings of columns that nobody adds.
var apartWords = wordsOf("率", "%", "％", "比重", "占比", "增减", "增长", "增幅", "人均", "排名", "单价", "平均", "标准", "指数", "备注")

// understood tells headings, columns and sides apart; false where the table has no amounts in columns.
func (sh *sheet) understood() bool {
	if sh.table.Flat && !sh.even() {
		return false
	}
	sh.countHead()
	if sh.head == len(sh.rows) {
		return false
	}
	sh.describeColumns()
	sh.divide()
	for _, s := range sh.sides {
		s.readLines()
	}
	sh.giveUnits()
	return len(sh.sides) > 0
}

// even says whether all rows of a flattened table have cells in all columns, so that none can have shifted.
func (sh *sheet) even() bool {
	count := map[int]int{}
	for _, c := range sh.table.Cells {
		count[c.Row] += c.ColumnSpan
	}
	for _, n := range count {
		if n != sh.table.Columns {
			return false
		}
	}
	return true
}

// countHead finds the rows of headings: those before the first with an amount that is no number of a column or code.
func (sh *sheet) countHead() {
	for i, r := range sh.rows {
		if amounts, digits := 0, 0; !r.isNumbering() {
			for k, m := range r.cells {
				switch {
				case m == nil:
				case isDigits(r.texts[k]) && len(r.texts[k]) <= 3:
					digits++
				default:
					amounts++
				}
			}
			if amounts > 0 || digits > 0 && r.isNamed() {
				sh.head = i
				return
			}
		}
	}
	sh.head = len(sh.rows)
}

// isNumbering says whether a row numbers the columns: 栏次 1 2 3.
func (r *sheetRow) isNumbering() bool {
	n := 0
	for k, m := range r.cells {
		if m == nil {
			if strings.Trim(r.texts[k], "项目栏行次—-") != "" {
				return false
			}
			continue
		}
		if n++; r.texts[k] != strconv.Itoa(n) {
			return false
		}
	}
	return n >= 2
}

// isNamed says whether a row has words.
func (r *sheetRow) isNamed() bool {
	for k, t := range r.texts {
		if r.cells[k] == nil && t != "" && !isDigits(t) {
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// describeColumns gives columns their headings and counts what they hold.
func (sh *sheet) describeColumns() {
	for _, c := range sh.table.Cells {
		if c.Row > sh.head || c.Text == "" {
			continue
		}
		for k := c.Column - 1; k < min(c.Column-1+c.ColumnSpan, len(sh.columns)); k++ {
			sh.columns[k].heading += compact(c.Text)
		}
		if u, ok := unitIn(compact(c.Text)); ok {
			sh.unit = u
		}
	}
	for _, r := range sh.rows[sh.head:] {
		for k := range sh.columns {
			switch c := &sh.columns[k]; {
			case isDigits(r.texts[k]):
				c.digits++
				c.amounts++
			case r.cells[k] != nil:
				c.amounts++
			case r.taken[k] && r.over(k) == nil: // 合计 over the columns of codes makes none of them one of words
				c.words++
			}
		}
	}
	for k := range sh.columns {
		c := &sh.columns[k]
		c.apart = apartWords.in(c.heading) || sh.counts(k)
		for _, r := range sh.rows[sh.head:] {
			if m := r.cells[k]; m != nil && m.percent() {
				c.apart = true
			}
		}
	}
}

// counts says whether a column numbers the rows: 1, 2, 3.
func (sh *sheet) counts(k int) bool {
	first, n := 0, 0
	for _, r := range sh.rows[sh.head:] {
		if r.texts[k] == "" || r.over(k) != nil {
			continue
		}
		v, err := strconv.Atoi(r.texts[k])
		if n == 0 {
			first = v
		}
		if err != nil || v != first+n {
			return false
		}
		n++
	}
	return n >= 3
}

// divide finds the sides: a column of words, the codes right before it and the amounts behind it.
func (sh *sheet) divide() {
	var now *side
	var codes []int // columns that are codes if words follow
	if sh.noWords() {
		now = &side{sheet: sh, label: -1}
		sh.sides = append(sh.sides, now)
	}
	for k, c := range sh.columns {
		switch {
		case c.words > c.amounts:
			now = &side{sheet: sh, label: k, codes: codes}
			sh.sides = append(sh.sides, now)
			codes = nil
		case c.amounts == 0 || sh.counts(k):
		case c.digits == c.amounts && c.words == 0 && sh.isCode(k):
			codes = append(codes, k)
		case now != nil:
			now.data = append(append(now.data, codes...), k)
			codes = nil
		}
	}
	kept := sh.sides[:0]
	for _, s := range sh.sides {
		if s == now {
			s.data = append(s.data, codes...)
		}
		if len(s.data) > 0 {
			kept = append(kept, s)
		}
	}
	sh.sides = kept
}

func (sh *sheet) noWords() bool {
	for _, c := range sh.columns {
		if c.words > 0 {
			return false
		}
	}
	return true
}

// isCode says whether a column of digits holds codes: they begin classes with three digits or are parts of two, and a
// column of words or codes follows.
func (sh *sheet) isCode(k int) bool {
	if k+1 >= len(sh.columns) {
		return false
	}
	if next := sh.columns[k+1]; next.words <= next.amounts && next.digits < next.amounts {
		return false
	}
	for _, r := range sh.rows[sh.head:] {
		if r.over(k) != nil {
			continue
		}
		switch len(r.texts[k]) {
		case 0, 2, 3, 5, 7:
		default:
			return false
		}
	}
	return true
}

// readLines gives each row of a side its label, code and rank.
func (s *side) readLines() {
	for _, k := range append(append([]int(nil), s.codes...), s.label, s.data[0]) {
		if k >= 0 {
			s.titles += s.sheet.columns[k].heading
		}
	}
	rows := s.sheet.rows[s.sheet.head:]
	held := make([]line, len(rows))
	s.lines = make([]*line, 0, len(rows))
	for i, r := range rows {
		l := &held[i]
		l.sheetRow, l.row = r, s.sheet.head+i
		for _, k := range s.codes {
			if r.over(k) == nil {
				l.code += r.texts[k]
			}
		}
		if s.label >= 0 {
			l.label = r.texts[s.label]
			if c := r.over(s.label); c != nil {
				l.label = compact(c.Text)
			}
		}
		if n := len(l.label) - len(strings.TrimLeft(l.label, "0123456789")); l.code == "" && (n == 3 || n == 5 || n == 7) {
			l.code, l.label = l.label[:n], l.label[n:]
		}
		if !isClassCode(l.code) {
			l.code = ""
		}
		l.total = totalOf(l.label)
		l.rank, l.label = rankOf(l.label)
		if r.isNumbering() || s.empty(l) && !s.holdsAmounts(r) {
			continue
		}
		s.lines = append(s.lines, l)
	}
}

func (s *side) empty(l *line) bool { return l.label == "" && l.code == "" && s.label >= 0 }

// holdsAmounts says whether a row has an amount of this side.
func (s *side) holdsAmounts(r *sheetRow) bool {
	for _, k := range s.data {
		if r.cells[k] != nil {
			return true
		}
	}
	return false
}

// isClassCode says whether digits are a code of the classifications of revenue and expenditure: 类 has three digits, 款
// and 项 two more each (财政部《政府收支分类科目》).
func isClassCode(s string) bool { return len(s) == 3 || len(s) == 5 || len(s) == 7 }

// rankOf takes the number off the head of a label.
func rankOf(label string) (rank int, name string) {
	name = trimListMark(strings.TrimPrefix(strings.TrimPrefix(label, "其中："), "其中:"))
	opens := strings.HasPrefix(label, "（") || strings.HasPrefix(label, "(")
	digit := strings.TrimLeft(label, "（(")
	switch {
	case name != label && strings.HasPrefix(label, "其中"):
		return partRank, name
	case name == label:
		return 0, label
	case opens && digit[0] >= '0' && digit[0] <= '9':
		return 4, name
	case opens:
		return 2, name
	case digit[0] >= '0' && digit[0] <= '9':
		return 3, name
	}
	return 1, name
}

const partRank = 9 // of a row that begins with 其中

// totalKind is what a row adds up.
type totalKind uint8

const (
	noTotal    totalKind = iota
	subTotal             // 小计
	yearTotal            // 本年收入合计, 合计
	grandTotal           // 总计
)

func totalOf(label string) totalKind {
	switch {
	case strings.HasSuffix(label, "总计"):
		return grandTotal
	case strings.HasSuffix(label, "小计"):
		return subTotal
	case strings.HasSuffix(label, "合计"), strings.HasSuffix(label, "共计"):
		return yearTotal
	}
	return noTotal
}

// giveUnits reads the amounts in the unit of the table, and says of each what it is of.
func (sh *sheet) giveUnits() {
	for _, s := range sh.sides {
		for _, k := range s.data {
			column := &sh.columns[k]
			unit := figure.One
			if !column.apart {
				if unit = sh.unit; unit == figure.One {
					unit, _ = countedIn(column.heading)
				}
			}
			heading := ""
			if h := column.heading; len(s.data) > 1 && h != "" && runes(h) <= 20 {
				heading = "（" + h + "）"
			}
			for _, l := range s.lines {
				m := l.cells[k]
				if m == nil {
					continue
				}
				if m.Unit() == figure.One && unit != figure.One {
					m.Figure = m.WithUnit(unit)
				}
				m.subject = l.label
				if m.subject == "" {
					m.subject = l.code
				}
				m.subject += heading
				if m.opens > 0 {
					m.opens = labelStart(m, l, s)
				}
			}
		}
	}
}

// labelStart is where the label of a row stands in the line of an amount, so that a quotation begins with it.
func labelStart(m *mention, l *line, s *side) int {
	if s.label >= 0 && l.texts[s.label] != "" {
		if i := strings.Index(m.n.line.Text, l.label); i >= 0 && i < m.n.Offset {
			return i
		}
	}
	return m.n.Offset
}

// countHeadings end the headings of columns of counts, with what is counted: such numbers are whole and never rounded.
var countHeadings = []struct {
	words *lexicon
	unit  figure.Unit
}{
	{wordsOf("起数"), unitOf("起")}, {wordsOf("人数"), unitOf("人")}, {wordsOf("户数"), unitOf("户")}, {wordsOf("次数"), unitOf("次")}, {wordsOf("件数"), unitOf("件")}, {wordsOf("个数"), unitOf("个")},
}

// countedIn is what a column counts by its heading.
func countedIn(heading string) (figure.Unit, bool) {
	for _, c := range countHeadings {
		if c.words.endsIn(heading) {
			return c.unit, true
		}
	}
	return figure.One, false
}
