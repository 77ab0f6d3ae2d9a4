package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// flows, funds and portions are what the headings of budgets and final accounts tell amounts apart by.
var (
	funds    = []string{"一般公共预算", "政府性基金", "国有资本经营", "财政专户"} // each a part of 财政拨款, or beside it
	extents  = []string{"本级", "下属", "所属", "汇总"}
	portions = []string{"人员", "公用", "项目支出", "基本支出"}
	// otherTimes are in headings of columns of another year or stage than the table's own.
	otherTimes = wordsOf("上年", "去年", "年初", "调整", "追加", "结转", "执行数", "增减")
	wholeWords = wordsOf("合计", "总计", "预算数", "决算数", "金额", "小计")
)

// quantity says what the amounts of a column are, as far as its headings tell: of which flow and fund and which portion.
// ok is false where they tell it not, or tell more than one thing.
type quantity struct{ flow, fund, portion, extent string }

// quantityOf reads the headings of a column of a side.
func (s *side) quantityOf(k int) (q quantity, ok bool) {
	heading, title := s.sheet.columns[k].heading, s.sheet.title
	if otherTimes.in(heading) || s.sheet.columns[k].apart || strings.Contains(title, "决算") && strings.Contains(heading, "预算数") {
		return q, false
	}
	if y, _ := yearIn(title); title == "" || y != 0 && y != s.sheet.paper.year {
		return q, false
	}
	q.flow = s.flow()
	q.extent, _ = onlyOf(extents, title)
	if q.fund, ok = fundIn(heading); !ok {
		return q, false
	}
	if q.fund == "" {
		if q.fund, ok = fundIn(title); !ok {
			return q, false
		}
	}
	if q.portion, ok = onlyOf(portions, heading); !ok {
		if q.portion, ok = onlyOf(portions[:2], heading); !ok || q.portion == "" { // 基本支出, divided into 人员经费 and 公用经费
			return q, false
		}
	}
	whole := q.portion == "" && (wholeWords.in(heading) || s.sheet.columns[k].heading == "" && len(s.data) == 1 || q.fund != "" && strings.HasPrefix(heading, q.fund))
	if whole && strings.Contains(title, "基本支出") {
		q.portion = "基本支出"
	}
	return q, q.flow != "" && (whole || q.portion != "")
}

// fundIn is the fund that a heading names; ok is false where it names several.
func fundIn(text string) (fund string, ok bool) {
	if fund, ok = onlyOf(funds, text); ok && fund == "" && strings.Contains(text, "财政拨款") {
		fund = "财政拨款"
	}
	return fund, ok
}

// onlyOf is the one word of a list that a text holds; ok is false where it holds several.
func onlyOf(list []string, text string) (word string, ok bool) {
	for _, w := range list {
		if !strings.Contains(text, w) {
			continue
		}
		if word != "" {
			return "", false
		}
		word = w
	}
	return word, true
}

// flow is whether a side is of income or expenditure, empty where it does not say.
func (s *side) flow() string {
	for _, text := range []string{s.titles, s.sheet.title} {
		in, out := strings.Contains(text, "收入"), strings.Contains(text, "支出")
		switch {
		case in && !out:
			return "收入"
		case out && !in:
			return "支出"
		}
	}
	for _, l := range s.lines {
		if l.total == grandTotal {
			if w, _ := onlyOf([]string{"收入", "支出"}, l.label); w != "" {
				return w
			}
		}
	}
	return ""
}

// items are the names under which other tables give the amount of a row.
func (l *line) items() []string {
	switch {
	case l.total == grandTotal || l.total == yearTotal:
		return []string{"合计"}
	case len(l.code) == 3 && l.label != "":
		return []string{l.code, l.label}
	case l.code != "":
		return []string{l.code}
	case l.rank == 1 && runes(l.label) >= 4:
		return []string{l.label}
	}
	return nil
}

// given is an amount of a table that later tables are held against.
type given struct {
	*mention
	table, column int
	total         totalKind
}

// judgeBothSides judges that income and expenditure of a table of both have one total (收入总计 = 支出总计).
func (sh *sheet) judgeBothSides() {
	for i := 0; i+1 < len(sh.sides); i++ {
		left, right := sh.sides[i], sh.sides[i+1]
		a, b := left.grand(), right.grand()
		if left.flow() != "收入" || right.flow() != "支出" || a == nil || b == nil {
			continue
		}
		income, expenditure := a.cells[left.data[0]], b.cells[right.data[0]]
		if income == nil || expenditure == nil || a.loose || b.loose || !income.sameDimension(expenditure) {
			continue
		}
		sh.paper.settle(claim{rule: "balance", what: lang.Of("表中收入总计 = 支出总计", "total income = total expenditure of the table"),
			form: same, stated: expenditure, operands: []*mention{income}, presumed: true})
	}
}

// grand is the last row that is called 总计.
func (s *side) grand() *line {
	for i := len(s.lines) - 1; i >= 0; i-- {
		if s.lines[i].total == grandTotal {
			return s.lines[i]
		}
	}
	return nil
}

// judgeAcross judges amounts that earlier tables give too: where both columns are of one flow, fund and portion, their
// common rows are a family; where they may differ by their fund, what is equal is reported.
func (sh *sheet) judgeAcross() {
	p := sh.paper
	families := map[[3]int]*family{}
	var order []*family
	now := p.across[:0]
	for _, s := range sh.sides {
		for _, k := range s.data {
			q, ok := s.quantityOf(k)
			if !ok {
				continue
			}
			of, anyFund := q.key(q.fund), q.key("*")
			for _, l := range s.lines {
				m := l.cells[k]
				if m == nil || l.loose || m.Value().IsZero() {
					continue
				}
				for n, item := range l.items() {
					exact, near := amountOf{of, item}, amountOf{anyFund, item}
					switch o, other := p.given.get(exact), p.given.get(near); {
					case o != nil && o.total == l.total && o.sameDimension(m):
						id := [3]int{k, o.table, o.column}
						f := families[id]
						if f == nil {
							f = &family{rule: "across", claims: make([]familyClaim, 0, len(s.lines)), what: func(c *familyClaim) lang.Text { return acrossWhat(c.stated, c.operands[0]) }}
							families[id] = f
							order = append(order, f)
						}
						f.add(familyClaim{form: same, stated: m, operands: []*mention{o.mention}, sure: true})
					case n == 0 && other != nil && (l.total != noTotal || len(l.code) == 3 || l.rank == 1) && other.sameDimension(m):
						now = append(now, kept{m: m, equals: other.mention})
					}
					now = append(now, kept{m: m, exact: exact, near: near, column: k, total: l.total})
				}
			}
		}
	}
	for _, f := range order {
		f.settle(p, f.confirmed(), false)
	}
	givens := make([]given, 0, len(now))
	for i := range now {
		x := &now[i]
		if x.equals != nil {
			c := claim{rule: "across", form: same, stated: x.m, operands: []*mention{x.equals}, presumed: true, quiet: true}
			if j, ok := c.try(); ok && j.verdict != Contradiction {
				if p.lists(j.verdict) {
					c.what = acrossWhat(x.m, x.equals)
				}
				p.settleAs(c, j)
			}
			continue
		}
		givens = append(givens, given{x.m, sh.table.Number, x.column, x.total})
		g := &givens[len(givens)-1]
		if p.given.get(x.exact) == nil {
			p.given.put(x.exact, g)
		}
		p.given.put(x.near, g)
	}
	clear(now)
	p.across = now
}

// kept is what is done with an amount once its table was read: it is said to equal one of an earlier table, or is remembered.
type kept struct {
	m, equals   *mention
	exact, near amountOf
	column      int
	total       totalKind
}

// amountOf finds an amount of a table by what it is.
type amountOf struct {
	quantityKey
	item string
}

// quantityKey is a quantity as its places in the lists of words, from 1; 0 where it has none.
type quantityKey struct{ flow, fund, portion, extent uint8 }

// key is by what the amounts of a quantity are found; another fund, or any (*), may be asked for.
func (q quantity) key(fund string) quantityKey {
	place := func(list []string, word string) uint8 { return uint8(slices.Index(list, word) + 1) }
	return quantityKey{place(directions, q.flow), place(allFunds, fund), place(portions, q.portion), place(extents, q.extent)}
}

var (
	directions = []string{"收入", "支出"}
	allFunds   = append([]string{"财政拨款", "*"}, funds...)
)

// acrossWhat is what is claimed of an amount of a table that equals one of an earlier table.
func acrossWhat(m, o *mention) lang.Text {
	return lang.Of(lang.Zh(quoted(m.subject)+"与第"+lineOf(o)+"行表中数"), lang.En(quoted(m.subject)+" and the table in line "+lineOf(o)))
}

// amountAt is an amount of money as so many steps of a power of ten 元, for finding it again in another unit.
type amountAt struct {
	step  int
	count int64
}

// amountAt is the amount that a figure states; ok is false for what is no plain amount of money.
func (m *mention) amountAt() (a amountAt, ok bool) {
	scale, decimal := m.Unit().PowerOfTen()
	coef, decimals, small := coefficient(m.Figure)
	if !decimal || !small || m.Unit().Dimension() != money || m.Form().Vague() || coef == 0 {
		return a, false
	}
	return amountAt{scale - decimals, coef}, true
}

// roundedTo is the amount at a coarser step, half up; ok is false at a finer one.
func (a amountAt) roundedTo(step int) (amountAt, bool) {
	if step < a.step || step-a.step >= len(tens) {
		return a, false
	}
	unit := tens[step-a.step]
	count := a.count / unit
	if rest := a.count % unit; rest >= unit-rest && unit > 1 {
		count++
	}
	return amountAt{step, count}, count > 0
}

// digits is how many digits the amount has without zeros at its end.
func (a amountAt) digits() int {
	n, count := 0, a.count
	for count != 0 && count%10 == 0 {
		count /= 10
	}
	for ; count != 0; count /= 10 {
		n++
	}
	return n
}
