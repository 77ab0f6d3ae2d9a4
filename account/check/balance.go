package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// openingWords and closingWords say of a balance when it stood; where none does, what is said before income and expenditure opens the year.
var (
	openingWords = wordsOf("年初", "上年", "期初", "以前年度", "去年")
	closingWords = wordsOf("年末", "期末", "年底", "当年结", "本年结")
)

// account is the amounts of one sentence that a balance is made of.
type account struct {
	opening, budget, added, income, expense, closing *mention
}

// accountOf finds the amounts of money of a sentence by their words: 上年结转, 年初预算, 追加, 收入, 支出, 年末结余.
func (s *sentence) accountOf() (a account) {
	set := func(at **mention, m *mention) {
		if *at == nil {
			*at = m
		}
	}
	for _, m := range s.mentions {
		if m.kind != level || m.depth > 0 || m.listSize > 1 || m.Unit().Dimension() != money || m.Form().Vague() {
			continue
		}
		budget := strings.Contains(m.lead, "预算")
		switch {
		case strings.Contains(m.lead, "结转") || strings.Contains(m.lead, "结余") || strings.Contains(m.lead, "余额"):
			switch opens, closes := openingWords.in(m.lead), closingWords.in(m.lead); {
			case opens == closes && a.expense == nil && a.income == nil, opens && !closes:
				set(&a.opening, m)
			default:
				set(&a.closing, m)
			}
		case strings.Contains(m.lead, "追加") || strings.Contains(m.lead, "调增"):
			set(&a.added, m)
		case budget && strings.Contains(m.lead, "初"):
			set(&a.budget, m)
		case budget:
		case strings.Contains(m.lead, "收入"):
			set(&a.income, m)
		case strings.Contains(m.lead, "支出"):
			set(&a.expense, m)
		}
	}
	return a
}

// checkBalance judges that income is what was carried over, budgeted and added, and that what is left is what came in less
// what went out. Whether income is read with or without what was carried over is tried both ways, and said. Money
// has other ways (结余分配, 财政收回), so that a balance that fails is a question unless one wrong digit explains it.
func checkBalance(s *sentence) {
	if len(s.mentions) < 3 {
		return
	}
	if s.says(saysStock) {
		s.judgeStock()
	}
	if !s.says(saysCarried) {
		return
	}
	a := s.accountOf()
	p := s.paper
	if a.income != nil && a.opening != nil && a.budget != nil && a.added != nil {
		c := claim{rule: "balance", what: lang.Of("收入 = 上年结转 + 年初预算 + 追加", "income = carried over + budget + added"), form: total(3),
			stated: a.income, operands: []*mention{a.opening, a.budget, a.added}, presumed: true}
		if !p.settle(c) {
			p.doubt(c)
		}
	}
	if a.closing != nil && a.income != nil && a.expense != nil {
		s.judgeClosing(a)
	}
}

func (s *sentence) judgeClosing(a account) {
	with := claim{rule: "balance", what: lang.Of("年末结转结余 = 收入 − 支出", "closing balance = income − expenditure"), form: difference, stated: a.closing,
		operands: []*mention{a.income, a.expense}, presumed: true}
	if a.opening == nil {
		if !s.paper.settle(with) {
			s.paper.doubt(with)
		}
		return
	}
	with.notes = []Note{{"income_includes_carry_over", lang.Of("收入按包括上年结转理解", "income is read as including what was carried over")}}
	without := claim{rule: "balance", what: lang.Of("年末结转结余 = 上年结转 + 收入 − 支出", "closing balance = carried over + income − expenditure"), form: signed([]int8{1, 1, -1}),
		stated: a.closing, operands: []*mention{a.opening, a.income, a.expense}, presumed: true}
	switch {
	case without.holds():
		s.paper.settle(without)
	case with.holds():
		s.paper.settle(with)
	case !s.paper.settle(with) && !s.paper.settle(without):
		s.paper.doubt(without)
	}
}

// budgetLines is how far apart income and expenditure of one budget stand.
const budgetLines = 4

// checkBudgets judges that the income of a budget is its expenditure (收支平衡: 收入预算100万元 … 支出预算100万元), which a budget is by law
// (预算法第十二条). What was carried over may have been told apart, so that a difference is reported only where one slip explains it and
// neither speaks of it.
func checkBudgets(s *sentence) {
	for _, m := range s.mentions {
		if m.kind != level || m.depth > 0 || m.listSize > 1 || m.Unit().Dimension() != money || m.Form().Vague() || m.core != "支出" || !strings.HasSuffix(m.subject, "支出预算") || s.says(saysCarried) {
			continue
		}
		known := s.paper.subjects.get("收入")
		if len(known) == 0 {
			continue
		}
		o := known[len(known)-1]
		if strings.HasSuffix(o.subject, "收入预算") && o.depth == 0 && o.partOf == nil && o.sameDimension(m) && o.period.year == m.period.year && o.period.part == m.period.part &&
			int(m.n.line.Number-o.n.line.Number) <= budgetLines && !o.sentence.says(saysCarried) && !s.paper.carriedSince(o) {
			s.paper.settle(claim{rule: "balance", what: lang.Of("收入预算 = 支出预算", "income = expenditure of the budget"), form: same, stated: m, operands: []*mention{o}, presumed: true})
		}
	}
}

// carriedSince says whether an amount that was carried over stands behind a figure.
func (p *paper) carriedSince(m *mention) bool {
	return slices.ContainsFunc(p.recent, func(x *mention) bool { return x.n.id > m.n.id && x.sentence.says(saysCarried) })
}

// stockWords are the words of the four figures of a stock: what was there, came in, went out, is left.
var stockWords = [4]*lexicon{
	wordsOf("期初", "年初库存", "年初结存", "上年末", "上期末", "原有"),
	wordsOf("入库", "购入", "新增", "调入", "接收", "增加"),
	wordsOf("出库", "发放", "调出", "消耗", "报废", "核销", "减少"),
	wordsOf("期末", "年末库存", "年末结存", "现有", "库存", "结存"),
}

// judgeStock judges 期初 + 入库 − 出库 = 期末 where a sentence gives just these four in this order.
func (s *sentence) judgeStock() {
	var four []*mention
	for _, m := range s.mentions {
		if m.kind != level && m.kind != amount || m.depth > 0 || m.Form().Vague() {
			continue
		}
		if len(four) < 4 && stockWords[len(four)].in(m.lead) && (len(four) == 0 || m.sameDimension(four[0])) {
			four = append(four, m)
		}
	}
	if len(four) == 4 && four[3].kind == level && four[0].Unit().Dimension() != money {
		s.paper.settle(claim{rule: "balance", what: lang.Of("期末 = 期初 + 增加 − 减少", "closing = opening + in − out"), form: signed([]int8{1, 1, -1}), stated: four[3], operands: four[:3]})
	}
}
