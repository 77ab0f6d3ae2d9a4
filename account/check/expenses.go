package check

import (
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// expense is one of the amounts of the form of the three public expenses (“三公”经费): their total; travel abroad; vehicles, purchased
// and run; hospitality; and the running of offices, which stands beside them and is not among them.
type expense int

const (
	expensesTotal expense = iota
	abroad
	vehicles
	vehiclesBought
	vehiclesRun
	hospitality
	officeRunning
	expenses // how many there are
)

// expenseOf is the expense that a subject names; ok is false for every other.
func expenseOf(subject string) (e expense, ok bool) {
	has := func(word string) bool { return strings.Contains(subject, word) }
	switch {
	case has("机关运行"):
		return officeRunning, !has("三公")
	case has("出国"):
		return abroad, true
	case has("接待"):
		return hospitality, true
	case has("用车") && has("购置") && has("运行"):
		return vehicles, true
	case has("用车") && has("购置"):
		return vehiclesBought, true
	case has("用车") && has("运行"):
		return vehiclesRun, true
	case has("三公"):
		return expensesTotal, true
	}
	return 0, false
}

// expenseForm is the last table of the three public expenses of one year and stage, and the amounts that the prose behind it gives. Nothing
// is written there for what was not spent, so that its amounts are told by their number and order.
type expenseForm struct {
	table   *reading.Table
	cells   []*mention
	running bool // it has a column for the running of offices
	year    int16
	edition string
	last    int // its last line
	named   [expenses]*mention
	order   []expense // of those named that are not 0, as the prose gives them
}

// besideExpenses are in headings of columns that the form does not have.
var besideExpenses = wordsOf("会议", "培训", "上年", "去年", "增减", "批次", "人数", "数量", "执行率", "完成率", "其他", "科目")

// keepExpenses keeps a table of the three public expenses whose amounts all stand in one row.
func (sh *sheet) keepExpenses() {
	var cells []*mention
	said := sh.title
	for _, r := range sh.rows {
		before := len(cells)
		for k, m := range r.cells {
			if m == nil {
				said += r.texts[k]
			} else {
				cells = append(cells, m)
			}
		}
		if before > 0 && len(cells) > before {
			return
		}
	}
	for _, w := range []string{"三公", "出国", "用车", "接待"} {
		if !strings.Contains(said, w) || besideExpenses.in(said) {
			return
		}
	}
	f := &expenseForm{table: sh.table, cells: cells, running: strings.Contains(said, "机关运行")}
	f.year, _ = yearIn(sh.title)
	f.edition, _ = onlyOf([]string{"预算", "决算"}, strings.ReplaceAll(sh.title, "一般公共预算", ""))
	if f.year == 0 || f.edition == "" || len(cells) < 3 || len(cells) > int(expenses) {
		return
	}
	for i, m := range cells {
		of := *m
		if of.Figure = of.WithUnit(sh.unit); of.Unit().Dimension() != money {
			return
		}
		cells[i], f.last = &of, m.n.lineNumber()
	}
	sh.paper.expenses = f
}

// checkExpenses takes what the prose says of the expenses of a table before it: the first amount of each.
func checkExpenses(s *sentence) {
	f := s.paper.expenses
	if f == nil {
		return
	}
	if int(s.line.Number)-f.last > tableReaches {
		s.paper.endExpenses()
		return
	}
	for _, m := range s.mentions {
		e, ok := expenseOf(m.subject)
		if !ok || e == officeRunning && !f.running || f.named[e] != nil || m.kind != level || m.depth > 0 || m.listSize > 1 || m.Form().Vague() || m.Unit().Dimension() != money ||
			m.period.year != f.year || m.period.part != "" || m.edition != "" && m.edition != f.edition {
			continue
		}
		f.named[e] = m
		if !m.Value().IsZero() {
			f.order = append(f.order, e)
		}
	}
}

// endExpenses holds the prose against the table: where it names as many amounts as stand there, its total among them, and all but one are the
// same, the one that is left is meant for the amount that is left there.
func (p *paper) endExpenses() {
	f := p.expenses
	p.expenses = nil
	if f == nil || len(f.order) != len(f.cells) || f.order[0] != expensesTotal {
		return
	}
	p.tallyOf(f.table).judged = true
	var stray []claim
	for i, e := range f.order {
		if c := cellClaim(f.named[e], f.cells[i]); !c.holds() {
			stray = append(stray, c)
		}
	}
	if len(stray) == 1 {
		p.settle(stray[0])
	}
}

// expenseColumns are the places of the amounts in a form of the three public expenses, in the two orders that are printed.
var expenseColumns = [2][]expense{
	{expensesTotal, abroad, vehicles, vehiclesBought, vehiclesRun, hospitality},
	{expensesTotal, abroad, hospitality, vehicles, vehiclesBought, vehiclesRun},
}

// judgeExpensePairs judges a row of budgets and final amounts of the three public expenses in a table whose empty cells are gone: which they
// are is told by what adds up in one of the two, and holds for the other.
func (p *paper) judgeExpensePairs(t *flatTable, cells []flatCell) {
	if !t.paired || len(cells) < 6 || len(cells)%2 > 0 || len(cells)/2 > len(expenseColumns[0]) {
		return
	}
	columns := expenseColumnsOf(t.table)
	if columns == nil {
		return
	}
	var read [2][]*mention // budgets and final amounts
	for i, c := range cells {
		read[i%2] = append(read[i%2], c.mention(p))
	}
	for mine, theirs := range [2]int{1, 0} {
		var meant, meantTheirs []claim
		for _, places := range placings(len(columns)-1, len(read[mine])-1) {
			claims, fits := expenseClaims(columns, places, read[mine])
			switch {
			case !fits || len(claims[0].operands) < 2 || !claims[0].closes():
			case meant == nil:
				meant = claims
				meantTheirs, _ = expenseClaims(columns, places, read[theirs])
			case !sameOperands(meant, claims):
				return
			}
		}
		if meant != nil {
			for _, c := range append(meant, meantTheirs...) {
				p.settle(c)
			}
			return
		}
	}
}

// expenseColumnsOf are the places of a table by its headings; nil where they are not those of the form.
func expenseColumnsOf(t *reading.Table) []expense {
	var b strings.Builder
	for _, c := range t.Cells {
		b.WriteString(compact(c.Text))
	}
	said := b.String()
	for _, w := range []string{"三公", "合计", "出国", "小计", "购置费", "运行"} {
		if !strings.Contains(said, w) {
			return nil
		}
	}
	cars, guests := strings.Index(said, "用车"), strings.Index(said, "接待")
	switch {
	case cars < 0 || guests < 0:
		return nil
	case guests < cars:
		return expenseColumns[1]
	}
	return expenseColumns[0]
}

// placings are the choices of n of the places 1 to all, each in its order.
func placings(all, n int) (out [][]int) {
	for choice := range 1 << all {
		var places []int
		for k := range all {
			if choice>>k&1 == 1 {
				places = append(places, k+1)
			}
		}
		if len(places) == n {
			out = append(out, places)
		}
	}
	return out
}

// expenseClaims are what a form claims of amounts in some of its places: the total of what is spent on travel, vehicles and hospitality, and
// that vehicles are bought and run. fits is false where one does not hold.
func expenseClaims(columns []expense, places []int, amounts []*mention) (claims []claim, fits bool) {
	var at [expenses]*mention
	at[expensesTotal] = amounts[0]
	for i, k := range places {
		at[columns[k]] = amounts[i+1]
	}
	fits = true
	add := func(what lang.Text, whole *mention, parts ...*mention) {
		var operands []*mention
		for _, m := range parts {
			if m != nil {
				operands = append(operands, m)
			}
		}
		if whole == nil || len(operands) == 0 {
			fits = fits && whole == nil && len(operands) == 0
			return
		}
		c := claim{rule: "table", what: what, form: total(len(operands)), stated: whole, operands: operands}
		claims, fits = append(claims, c), fits && c.holds()
	}
	add(lang.Of("表中“三公”经费合计", "the total of the three public expenses in the table"), at[expensesTotal], at[abroad], at[vehicles], at[hospitality])
	add(lang.Of("表中公务用车购置及运行费小计", "the subtotal of vehicles in the table"), at[vehicles], at[vehiclesBought], at[vehiclesRun])
	return claims, fits && len(claims) > 0 && claims[0].stated == amounts[0]
}

// sameOperands says whether two readings claim the same.
func sameOperands(a, b []claim) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if len(a[i].operands) != len(b[i].operands) || a[i].stated != b[i].stated {
			return false
		}
		for k := range a[i].operands {
			if a[i].operands[k] != b[i].operands[k] {
				return false
			}
		}
	}
	return true
}
