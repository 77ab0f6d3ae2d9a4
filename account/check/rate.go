package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

var money = dimensionOf("元")

// ratioName is a rate with a name of its own: what its name ends in, and by which words its two figures are known.
type ratioName struct {
	tail     string
	of, over *lexicon
}

// ratioNames stand in the order in which they are tried; a longer name stands before a shorter one.
var ratioNames = []ratioName{
	{"在职人员控制率", wordsOf("在职"), wordsOf("编制")},
	{"人员控制率", wordsOf("在职", "实有"), wordsOf("编制")},
	{"控制率", wordsOf("实际", "决算", "支出", "执行"), wordsOf("预算")},
	{"到位率", wordsOf("到位"), wordsOf("预算", "下达", "计划", "应", "安排", "投入")},
	{"支出率", wordsOf("支出", "支付", "使用"), wordsOf("到位", "预算", "下达", "安排", "资金")},
	{"支付率", wordsOf("支付", "支出"), wordsOf("到位", "预算", "下达", "安排", "资金")},
	{"使用率", wordsOf("使用", "支出"), wordsOf("到位", "预算", "下达", "安排", "资金", "总")},
	{"拨付率", wordsOf("拨付"), wordsOf("到位", "预算", "下达", "安排", "资金")},
	{"执行率", wordsOf("执行", "支出", "决算"), wordsOf("预算", "到位", "下达", "指标")},
	{"预算完成率", wordsOf("支出", "决算", "完成"), wordsOf("预算", "收入")},
	{"完成率", wordsOf("完成", "实际"), wordsOf("计划", "目标", "任务", "预算", "应")},
	{"整改率", wordsOf("整改", "销号"), wordsOf("排查", "发现", "隐患", "问题")},
	{"办结率", wordsOf("办结"), wordsOf("受理", "接到", "收到", "交办")},
	{"结案率", wordsOf("结案"), wordsOf("立案", "受理")},
	{"合格率", wordsOf("合格"), wordsOf("抽检", "抽查", "检查", "检测", "监测", "参加")},
	{"及格率", wordsOf("及格"), wordsOf("参加")},
	{"覆盖率", wordsOf("覆盖"), wordsOf("共有", "总", "应")},
	{"参保率", wordsOf("参保"), wordsOf("应", "总")},
	{"使用合格率", wordsOf("合格"), wordsOf("使用")},
}

// checkRates judges rates with a name: 在职人员控制率92% by 在职92人 and 编制100人, 完成预算的39.86% by final accounts and
// budget. The figures are looked for in the sentence, then in those before it in the line. Official formulas are tried
// first, and the message says which one gives the figure.
func checkRates(s *sentence) {
	for _, m := range s.mentions {
		if m.kind != named || m.listSize > 1 || m.Form().Vague() {
			continue
		}
		core := strings.TrimRight(m.core, "“”\"的")
		switch {
		case strings.Contains(m.lead, "完成") && !strings.HasSuffix(core, "率"):
			s.judgeOfBudget(m)
		case strings.HasSuffix(core, "率"):
			s.judgeNamed(m, core)
		}
	}
}

func (s *sentence) judgeNamed(m *mention, core string) {
	var settled bool
	var tried []claim
	official := officialRateOf(core)
	if official == nil {
		official = officialRateOf(strings.TrimRight(m.subject, "为是达到"))
	}
	if official != nil {
		settled, tried = s.judgeOfficial(m, official)
	}
	told := s.paper.file.Summary.Relations
	for _, r := range ratioNames {
		if !strings.HasSuffix(core, r.tail) && !strings.HasSuffix(m.subject, r.tail) {
			continue
		}
		s.judgeRatio(m, r, settled, len(tried) > 0)
		break
	}
	if official != nil && !settled && told == s.paper.file.Summary.Relations {
		s.doubtOfficial(m, official, tried)
	}
}

// judgeRatio judges a named rate by the nearest figures whose words fit; of several that fit, one that gives the rate. settled: an official formula
// gives it; known: the amounts of one are known.
func (s *sentence) judgeRatio(m *mention, r ratioName, settled, known bool) {
	of, over := s.operandsOf(m, r)
	if len(of) == 0 && len(over) == 0 {
		of, over = s.operandsBehind(m, r)
	}
	if len(of) == 0 || len(over) == 0 {
		if settled || known {
			return
		}
		s.paper.notCheckable(int(s.line.Number), quote(s, []*number{m.n}), lang.Of(lang.Zh(quoted(m.subject)+"所依的数值没有一并给出"), lang.En("the figures behind "+quoted(m.subject)+" are not given beside it")))
		return
	}
	claimOf := func(a, b *mention) claim {
		return claim{rule: "rate", what: lang.Of(lang.Zh(name(m)), lang.En(m.subject)), form: ratio, stated: m, operands: []*mention{a, b}, padded: s.padded(m)}
	}
	var likeliest *claim
	for _, a := range of {
		for _, b := range over {
			if a == b || !a.sameDimension(b) || a.n.id == b.n.id {
				continue
			}
			c := claimOf(a, b)
			if c.holds() {
				s.paper.settle(c)
				return
			}
			if likeliest == nil {
				likeliest = &c
			}
		}
	}
	if likeliest != nil && !settled && s.plainly(likeliest, r) {
		s.paper.settle(*likeliest)
	}
}

// operandsBehind are the two figures that stand right behind a rate and make it, where nothing before it can: 预算执行率为90%，预算100万元，支出90万元.
// A third figure of their kind in the sentence leaves it open which are meant.
func (s *sentence) operandsBehind(m *mention, r ratioName) (of, over []*mention) {
	behind := s.mentions[m.place+1:]
	if len(behind) < 2 || behind[0].kind != level || behind[1].kind != level || !behind[0].sameDimension(behind[1]) {
		return nil, nil
	}
	for i, o := range behind {
		plain := o.kind == level && !o.percent() && o.listSize == 1 && !o.Form().Vague() && o.depth == behind[0].depth && o.partOf == nil && sameTime(o.period, m.period)
		if i >= 2 && o.sameDimension(behind[0]) || i < 2 && !plain {
			return nil, nil
		}
	}
	for i, o := range behind[:2] {
		other := behind[1-i]
		if r.over.in(o.lead) && !r.of.in(o.lead) && r.of.in(other.lead) && !r.over.in(other.lead) && m.speaksOf(o.core, r.over) {
			return []*mention{other}, []*mention{o}
		}
	}
	return nil, nil
}

// speaksOf says whether a rate is of all that a subject is, not of a part of it: beside the words of the rate itself the subject has only
// words that its name has too.
func (m *mention) speaksOf(core string, words *lexicon) bool {
	for {
		_, w := words.find(core)
		if w == "" {
			break
		}
		core = strings.Replace(core, w, "", 1)
	}
	return strings.Contains(m.subject, core)
}

// plainly says whether a claim that fails leaves no doubt which figures are meant: both stand in the line of the rate,
// of one time, and their words are those of the name.
func (s *sentence) plainly(c *claim, r ratioName) bool {
	if strings.Contains(c.operands[0].tail, "全部") && strings.Contains(c.operands[0].tail, "到位") { // so that it must be 100%
		return true
	}
	for i, m := range c.operands {
		words := []*lexicon{r.of, r.over}[i]
		if m.n.line != s.line || !words.in(m.lead+m.tail) || m.period.year != c.operands[0].period.year || m.period.part != c.operands[0].period.part {
			return false
		}
	}
	return true
}

// adjustedWords stand before what a budget was adjusted to, where it is not called a budget again: 预算100万元，调整后150万元.
var adjustedWords = wordsOf("调整后", "调整为", "调整至", "追加后", "追加至")

// ratioOperands bounds the figures that are tried on each side of a rate.
const ratioOperands = 4

// operandsOf are the figures that may stand over and under the line of a rate, nearest first.
func (s *sentence) operandsOf(m *mention, r ratioName) (of, over []*mention) {
	s.back(m.place, func(o *mention) bool {
		if o.kind != level || o.percent() || o.listSize > 1 || o.Form().Vague() || o.depth > m.depth {
			return true
		}
		words := o.lead + o.tail
		plan := strings.Contains(o.lead, "预算") && !strings.Contains(o.lead, "预算执行") && !strings.Contains(o.lead, "预算完成")
		if r.of.in(words) && !(plan && !strings.Contains(words, "到位")) && len(of) < ratioOperands {
			of = append(of, o)
		}
		if (r.over.in(words) || r.over.in("预算") && adjustedWords.in(o.lead)) && len(over) < ratioOperands {
			over = append(over, o)
		}
		return len(of) < ratioOperands || len(over) < ratioOperands
	})
	for _, o := range of { // the same amount as it was announced before
		if strings.Contains(o.tail, "到位") || len(over) == 0 {
			if twin := s.paper.sameAmount(o); twin != nil && twin.n.id != o.n.id && len(over) < ratioOperands+1 {
				over = append(over, twin)
			}
		}
	}
	return of, over
}

// judgeOfBudget judges 完成预算的39.86%: of the final amount before it, over the budget of the same subject, in prose or in
// a table of budgets and final amounts.
func (s *sentence) judgeOfBudget(m *mention) {
	var final *mention
	for k := m.place - 1; k >= 0 && final == nil; k-- {
		if o := s.mentions[k]; o.kind == level && !o.percent() && o.depth == m.depth {
			final = o
		}
	}
	if final == nil || final.budgeted() || final.Form().Vague() {
		return
	}
	var budgets []*mention
	s.back(final.place, func(o *mention) bool {
		if o.kind == level && o.sameDimension(final) && o.budgeted() && like(o.core, final.core) == equal {
			budgets = append(budgets, o)
		}
		return len(budgets) < ratioOperands
	})
	budgets = append(budgets, s.paper.budgetsOf(final)...)
	claimOf := func(b *mention) claim {
		return claim{rule: "rate", what: lang.Of(lang.Zh(name(final)+"占预算的比例"), lang.En(name(final)+" over its budget")), form: ratio, stated: m, operands: []*mention{final, b}, padded: s.padded(m)}
	}
	near, stage := s.budgetsNear(final), stageOf(m.lead)
	for _, b := range slices.Concat(ofStage(budgets, stage), ofStage(near, stage), budgets) {
		if c := claimOf(b); c.holds() {
			s.paper.settle(c)
			return
		}
	}
	if stage != "" && len(ofStage(near, stage)) > 0 {
		budgets = ofStage(near, stage)
	}
	switch {
	case len(budgets) > 0 && stage == "" && len(near) > 1 && !sameValue(near[0], near[1]):
		s.paper.notCheckable(int(s.line.Number), quote(s, []*number{final.n, m.n}), lang.Of(lang.Zh(name(final)+"有几个预算数，没有说明按哪一个计算"), lang.En("there are several budgets of "+name(final)+", and it is not said which is meant")))
	case len(budgets) > 0:
		s.paper.settle(claimOf(budgets[0]))
	case !m.Value().IsZero():
		s.paper.notCheckable(int(s.line.Number), quote(s, []*number{final.n, m.n}), lang.Of(lang.Zh(name(final)+"的预算数没有给出"), lang.En("the budget of "+name(final)+" is not given")))
	}
}

// budgetsNear are the budgets that stand before a final amount in its sentence, of one unit with it, the nearest first.
func (s *sentence) budgetsNear(final *mention) (out []*mention) {
	for k := final.place - 1; k >= 0 && len(out) < ratioOperands; k-- {
		if o := s.mentions[k]; o.kind == level && o.budgeted() && o.sameDimension(final) && o.depth == final.depth && o.listSize <= 1 {
			out = append(out, o)
		}
	}
	return out
}

// stageOf is the stage of a budget that words name: 年初, or 调整, as it was in the end; empty where they name none.
func stageOf(words string) string {
	switch {
	case strings.Contains(words, "年初") && !strings.Contains(words, "调整"):
		return "年初"
	case strings.Contains(words, "调整") || strings.Contains(words, "全年预算"):
		return "调整"
	}
	return ""
}

// ofStage are the budgets of a stage; all where none is named. One that says nothing is the first.
func ofStage(budgets []*mention, stage string) (out []*mention) {
	for _, b := range budgets {
		if s := stageOf(b.lead); stage == "" || s == stage || s == "" && stage == "年初" {
			out = append(out, b)
		}
	}
	return out
}
