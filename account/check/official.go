package check

import (
	"strings"

	"anlan/ground/lang"
)

// role is what an amount is in the forms of evaluation (绩效评价指标表), by the words before it.
type role uint8

const (
	noRole role = iota
	carriedIn
	startBudget
	added
	income
	spent
	leftOver
	yearBudget // 全年预算数, 调整后预算数
	publicBudget
	publicBudgetBefore
	publicSpent
	publicSpentBefore
	operatingBudget
	operatingSpent
	procurementBudget
	procured
	assets
	assetsUsed
	roles
)

// roleNames name the roles in formulas.
var roleNames = [roles]lang.Text{
	carriedIn: lang.Of("上年结转", "carried over"), startBudget: lang.Of("年初预算", "initial budget"), added: lang.Of("本年追加", "added"), income: lang.Of("收入", "income"),
	spent: lang.Of("决算支出", "spent"), leftOver: lang.Of("年末结余", "left over"), yearBudget: lang.Of("全年预算数", "adjusted budget"),
	publicBudget: lang.Of("本年“三公”经费预算", "this year's 三公 budget"), publicBudgetBefore: lang.Of("上年“三公”经费预算", "last year's 三公 budget"),
	publicSpent: lang.Of("“三公”经费实际支出", "三公 spent"), publicSpentBefore: lang.Of("上年“三公”经费支出", "三公 spent last year"),
	operatingBudget: lang.Of("公用经费预算", "operating budget"), operatingSpent: lang.Of("公用经费实际支出", "operating costs"),
	procurementBudget: lang.Of("政府采购预算", "procurement budget"), procured: lang.Of("实际政府采购金额", "procured"),
	assets: lang.Of("固定资产总额", "fixed assets"), assetsUsed: lang.Of("在用固定资产", "fixed assets in use"),
}

// formula is how a form of evaluation computes a rate (指标公式), with the form that says so.
type formula struct {
	roles  []role
	form   form
	source lang.Text
	since  int16 // the first year of the form
}

// The forms whose formulas are known.
var (
	sharedIndicators = lang.Of("预算绩效评价共性指标体系框架（财预〔2013〕53号）", "the shared indicators of 财预〔2013〕53号")
	hunanForm        = lang.Of("湖南省部门整体支出绩效评价指标表", "the Hunan form for the whole expenditure of a department")
	projectForm      = lang.Of("项目支出绩效自评表（财预〔2020〕10号）", "the project form of 财预〔2020〕10号")
)

// Quotients that several rates share.
var (
	change3 = growth // (now − before) ÷ before
	overSum = quotient("a ÷ (b + c + d)", []int8{1, 0, 0, 0}, []int8{0, 1, 1, 1})
)

// officialRate is a rate that forms of evaluation have, under the names that reports give it, with its formulas.
type officialRate struct {
	name     string
	tails    *lexicon
	formulas []formula
}

// officialRates is the library of official formulas (指标公式库). A longer name stands before one that it ends in.
var officialRates = []*officialRate{
	{"预算完成率", wordsOf("预算完成率"), []formula{
		{[]role{carriedIn, startBudget, added, leftOver}, completion, hunanForm, 2016},
		{[]role{spent, yearBudget}, ratio, sharedIndicators, 2013},
		{[]role{spent, carriedIn, startBudget, added}, overSum, sharedIndicators, 2013},
	}},
	{"预算执行率", wordsOf("预算执行率"), []formula{
		{[]role{spent, yearBudget}, ratio, projectForm, 2020},
		{[]role{spent, carriedIn, startBudget, added}, overSum, projectForm, 2020},
		{[]role{spent, income}, ratio, projectForm, 2020},
	}},
	{"预算调整率", wordsOf("预算调整率"), []formula{{[]role{added, startBudget}, ratio, sharedIndicators, 2013}}},
	{"预算控制率", wordsOf("预算控制率"), []formula{{[]role{added, startBudget}, ratio, hunanForm, 2016}}},
	{"结转结余变动率", wordsOf("结转结余变动率", "结余变动率"), []formula{{[]role{leftOver, carriedIn}, change3, sharedIndicators, 2013}}},
	{"结转结余率", wordsOf("结转结余率", "结余结转率", "结转和结余率"), []formula{
		{[]role{leftOver, yearBudget}, ratio, sharedIndicators, 2013},
		{[]role{leftOver, carriedIn, startBudget, added}, overSum, sharedIndicators, 2013},
		{[]role{leftOver, startBudget}, ratio, sharedIndicators, 2013},
	}},
	{"“三公”经费变动率", wordsOf("三公经费变动率", "三公经费预算变动率", "三公变动率"), []formula{{[]role{publicBudget, publicBudgetBefore}, change3, sharedIndicators, 2013}}},
	{"“三公”经费控制率", wordsOf("三公经费控制率", "三公控制率"), []formula{{[]role{publicSpent, publicBudget}, ratio, sharedIndicators, 2013}}},
	{"公用经费控制率", wordsOf("公用经费控制率"), []formula{{[]role{operatingSpent, operatingBudget}, ratio, sharedIndicators, 2013}}},
	{"政府采购执行率", wordsOf("政府采购执行率", "政府采购预算执行率"), []formula{{[]role{procured, procurementBudget}, ratio, sharedIndicators, 2013}}},
	{"固定资产利用率", wordsOf("固定资产利用率"), []formula{{[]role{assetsUsed, assets}, ratio, sharedIndicators, 2013}}},
}

// officialRateOf is the rate of the library that words end in; nil where they end in none.
func officialRateOf(words string) *officialRate {
	words = withoutQuotes(words)
	for _, r := range officialRates {
		if r.tails.endsIn(words) {
			return r
		}
	}
	return nil
}

func withoutQuotes(s string) string {
	return strings.NewReplacer("“", "", "”", "", "\"", "", "'", "").Replace(s)
}

// words writes a formula with the names of its roles.
func (f formula) words() lang.Text {
	zh, en := make([]string, len(f.roles)), make([]string, len(f.roles))
	for i, r := range f.roles {
		zh[i], en[i] = roleNames[r].Zh, roleNames[r].En
	}
	return lang.Text{Zh: f.form.formula(zh), En: f.form.formula(en)}
}

// known are the amounts of a formula as the ledger has them; ok is false where one is not there.
func (f formula) known(l *ledger) (operands []*mention, ok bool) {
	for _, r := range f.roles {
		m := l.of[r]
		if m == nil {
			return nil, false
		}
		for _, o := range operands {
			if o.n.id == m.n.id {
				return nil, false
			}
		}
		operands = append(operands, m)
	}
	return operands, true
}

// ledger is the amounts of a document by their role, the last that were given (账目).
type ledger struct {
	of     [roles]*mention
	score  *mention // the total of the self-evaluation
	scored []scored // what prose says of its indicators
}

// topics are what amounts with two stages are of.
var topics = []struct {
	words                                *lexicon
	budget, budgetBefore, done, doneThen role
}{
	{wordsOf("三公经费", "“三公”经费"), publicBudget, publicBudgetBefore, publicSpent, publicSpentBefore},
	{wordsOf("公用经费"), operatingBudget, noRole, operatingSpent, noRole},
	{wordsOf("政府采购"), procurementBudget, noRole, procured, noRole},
}

var (
	doneWords  = wordsOf("决算", "实际", "支出", "执行数", "完成", "采购金额", "采购额")
	otherParts = wordsOf("其中", "货物", "工程", "服务", "中小企业", "小微企业", "授予")
)

// keepRoles enters the amounts of a sentence in the ledger.
func keepRoles(s *sentence) {
	if len(s.mentions) == 0 {
		return
	}
	l := &s.paper.ledger
	if len(s.mentions) >= 3 && s.says(saysCarried|saysAdded) {
		if a := s.accountOf(); a.budget != nil && (a.expense != nil || a.added != nil) {
			l.account(s, a)
		}
	}
	for _, m := range s.mentions {
		if m.kind != level || m.depth > 0 || m.listSize > 1 || m.Unit().Dimension() != money || m.Form().Vague() || m.partOf != nil || otherParts.in(m.lead) {
			continue
		}
		if r := m.role(); r != noRole {
			l.of[r] = m
		}
	}
}

// account enters the amounts of one sentence and lets go of those of another.
func (l *ledger) account(s *sentence, a account) {
	for _, r := range []role{carriedIn, startBudget, added, income, spent, leftOver, yearBudget} {
		l.of[r] = nil
	}
	for r, m := range map[role]*mention{carriedIn: a.opening, startBudget: a.budget, added: a.added, income: a.income, spent: a.expense, leftOver: a.closing} {
		l.of[r] = m
	}
	for _, m := range s.mentions {
		if m.kind == level && m.edition == "调整预算" && m.depth == 0 && m.Unit().Dimension() == money && l.of[yearBudget] == nil {
			l.of[yearBudget] = m
		}
	}
}

// role is that of an amount with a topic of its own: “三公”经费预算数.
func (m *mention) role() role {
	year := m.sentence.paper.year
	for _, t := range topics {
		if !t.words.in(m.core) && !t.words.in(m.lead) {
			continue
		}
		then := year != 0 && m.period.year == year-1
		if year == 0 || m.period.year != year && !then || m.period.part != "" {
			return noRole
		}
		switch planned := strings.Contains(m.lead, "预算") && !strings.Contains(m.lead, "预算执行") || strings.Contains(m.lead, "计划"); {
		case planned && then:
			return t.budgetBefore
		case planned:
			return t.budget
		case doneWords.in(m.lead) && then:
			return t.doneThen
		case doneWords.in(m.lead):
			return t.done
		}
		return noRole
	}
	switch {
	case strings.Contains(m.lead, "在用固定资产") || strings.Contains(m.lead, "固定资产在用"):
		return assetsUsed
	case strings.HasSuffix(m.core, "固定资产") || strings.HasSuffix(m.core, "固定资产总额"):
		return assets
	}
	return noRole
}

// judgeOfficial judges a rate of the library by its formulas. The first that gives the figure is told, with the form that has it. It says whether
// one does, and which were tried.
func (s *sentence) judgeOfficial(m *mention, r *officialRate) (settled bool, tried []claim) {
	for _, f := range r.formulas {
		if y := s.paper.year; y != 0 && y < f.since {
			continue
		}
		operands, ok := f.known(&s.paper.ledger)
		if !ok || !operands[0].sameDimension(operands[len(operands)-1]) {
			continue
		}
		said := f.words()
		c := claim{rule: "rate", what: lang.Of(lang.Zh(r.name+"（官方公式）"), lang.En(r.name+" (official formula)")), form: f.form, stated: m, operands: operands, padded: s.padded(m),
			notes: []Note{{"formula", lang.Of(lang.Zh("按"+said.Zh+"计算，见"+f.source.Zh), lang.En("by "+said.En+", as "+f.source.En+" has it"))}}}
		if c.holds() {
			return s.paper.settle(c), nil
		}
		tried = append(tried, c)
	}
	return false, tried
}

// doubtOfficial asks about a rate that none of its formulas gives, and says which other one does. Nothing is asked where its amounts may be
// those of something else: they stand in its own line.
func (s *sentence) doubtOfficial(m *mention, r *officialRate, tried []claim) {
	if len(tried) == 0 {
		return
	}
	for _, c := range tried {
		for _, o := range c.operands {
			if o.n.line != s.line {
				return
			}
		}
	}
	var zh, en []string
	numbers := []*number{m.n}
	var operands []*mention
	for i := range tried {
		c := &tried[i]
		j, ok := c.try()
		if !ok {
			return
		}
		f := &finding{claim: *c, judgement: j}
		left := f.left()
		zh, en = append(zh, left), append(en, left)
		for _, o := range c.operands {
			if !containsNumber(numbers, o.n) {
				numbers, operands = append(numbers, o.n), append(operands, o)
			}
		}
	}
	if !s.paper.first(numbers) {
		return
	}
	notes := append(s.otherFormula(m, r), Note{OtherReading, lang.Of(lang.Zh("不算错的可能：所用的指标表对“"+r.name+"”另有公式，或者分子、分母用的是另一口径。请附上公式和各数"),
		lang.En("readings under which it is right: the form that was used has another formula for “"+r.name+"”, or other amounts are meant. Say which formula and which amounts"))})
	message := lang.Of(
		lang.Zh("“"+r.name+"”没有找到能得出它的公式："+strings.Join(zh, "；")+"，文中为"+m.short()+"。"),
		lang.En("no known formula gives “"+r.name+"”: "+strings.Join(en, "; ")+", but the text says "+m.short()+"."))
	s.paper.reportPlain("rate", Noted, m, numbers, operands, nil, message, notes)
}

func containsNumber(all []*number, n *number) bool {
	for _, x := range all {
		if x.id == n.id {
			return true
		}
	}
	return false
}

// otherFormula is the note that the formula of another rate, or that of this one turned round, gives a rate exactly.
func (s *sentence) otherFormula(m *mention, own *officialRate) []Note {
	for _, r := range officialRates {
		for _, f := range r.formulas {
			operands, ok := f.known(&s.paper.ledger)
			if !ok || !operands[0].sameDimension(operands[len(operands)-1]) {
				continue
			}
			said := f.words()
			if c := (claim{form: f.form, stated: m, operands: operands}); r != own && c.exactly() {
				return []Note{{"wrong_formula", lang.Of(lang.Zh("按“"+r.name+"”的公式 "+said.Zh+" 计算，正好得到"+m.short()+"：是否用错了公式？"),
					lang.En("the formula of “"+r.name+"”, "+said.En+", gives "+m.short()+": was the wrong one used?"))}}
			}
			if len(operands) == 2 && r == own {
				if n := turned(claim{form: f.form, stated: m, operands: operands}, roleNames[f.roles[0]], roleNames[f.roles[1]]); n != nil {
					return n
				}
			}
		}
	}
	return nil
}

// exactly says whether a claim holds as printed, with so many digits that chance hardly explains it.
func (c *claim) exactly() bool {
	j, ok := c.try()
	return ok && j.verdict == Holds && len(strings.Trim(strings.ReplaceAll(c.stated.Number(), ".", ""), "0")) >= 3
}
