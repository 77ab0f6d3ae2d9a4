package check

import (
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// basis is a quantity by which official rates divide, and which reports of an office seldom print: the gross product of 亿元GDP死亡率.
// A rate and what it counts imply it as an interval (隐含分母).
type basis struct {
	name    lang.Text
	said    *lexicon    // how tables of reference and reports call it
	per     *lexicon    // how the names of rates call it
	counts  *lexicon    // what such a rate counts the deaths of
	unit    figure.Unit // per which it counts, where the rate's own unit does not say
	shown   figure.Unit // in which it is given
	average bool        // a stock: the rate divides by the mean of a year, which lies between two year-ends
}

var bases = []*basis{
	{name: lang.Of("地区生产总值", "gross regional product"), said: wordsOf("地区生产总值", "国内生产总值", "生产总值", "GDP"),
		per:    wordsOf("亿元GDP", "亿元地区生产总值", "亿元国内生产总值", "亿元生产总值", "单位GDP", "单位地区生产总值"),
		counts: wordsOf("事故", "安全"), unit: unitOf("亿元"), shown: unitOf("亿元")},
	{name: lang.Of("人口", "population"), said: wordsOf("常住人口", "总人口"), per: wordsOf("十万人口", "10万人口"),
		counts: wordsOf("事故", "安全", "火灾", "交通"), unit: unitOf("10万人"), shown: unitOf("万人"), average: true},
	{name: lang.Of("煤炭产量", "output of coal"), said: wordsOf("原煤产量", "煤炭产量"), per: wordsOf("百万吨死亡率"), counts: wordsOf("煤"), unit: unitOf("100万吨"), shown: unitOf("万吨")},
	{name: lang.Of("机动车保有量", "motor vehicles"), said: wordsOf("机动车保有量", "汽车保有量", "车辆保有量"), per: wordsOf("万车死亡率"), counts: wordsOf("交通", "道路"),
		unit: unitOf("万辆"), shown: unitOf("万辆"), average: true},
}

// unitOf is a unit of the list in package figure.
func unitOf(word string) figure.Unit {
	u, _ := figure.UnitOf(word)
	return u
}

// BasisNames are the other names by which the reports that never print a quantity still speak of it, in the names of their rates: for
// 地区生产总值 亿元GDP. Empty for a quantity by which no rate divides.
func BasisNames(item string) []string {
	for _, b := range bases {
		if b.said.endsIn(item) {
			return b.per.words()
		}
	}
	return nil
}

// perRate is a rate per a basis, with the year of which it is.
type perRate struct {
	*mention
	basis *basis
	name  string
}

// headcount is what such rates may count: printed of its year, or made of this year's count and its change.
type headcount struct {
	of       *mention // whose words say what is counted
	operands []*mention
	form     form
	year     int16
}

// Bounds on what is kept of a run for implied denominators.
const (
	ratesMax  = 100
	countsMax = 400
)

// quotients is what is known of rates, of what they count and of what they divide by.
type quotients struct {
	rates  []perRate
	counts []headcount
	over   [][]*mention // by the place of the basis in bases
	wholes []impliedWhole
}

// keepQuotients keeps rates per a basis, counts of deaths and accidents, and the bases themselves.
func keepQuotients(s *sentence) {
	q := &s.paper.quotients
	for _, m := range s.mentions {
		if m.Form().Vague() || m.period.part != "" || m.period.year == 0 || m.listSize > 1 {
			continue
		}
		switch {
		case m.kind == level && m.isHeadcount():
			q.count(headcount{m, []*mention{m}, same, m.period.year})
		case m.kind == amount && m.isHeadcount():
			s.countBefore(m)
		case m.kind == level || m.kind == named:
			if b, name := s.basisOf(m); b != nil {
				if len(q.rates) < ratesMax {
					q.rates = append(q.rates, perRate{m, b, name})
				}
				continue
			}
			s.keepBasis(m)
		}
	}
}

func (q *quotients) count(c headcount) {
	if len(q.counts) < countsMax {
		q.counts = append(q.counts, c)
	}
}

var accidents = dimensionOf("起")

// isHeadcount says whether a figure is of deaths or of accidents.
func (m *mention) isHeadcount() bool {
	return m.depth == 0 && (m.casualty() == "死亡" || m.Unit().Dimension() == accidents) && !strings.HasPrefix(m.tail, "口") // 十万人口死亡率
}

// countBefore keeps the count of the year before, where this year's and its change are given: 死亡97人，减少12人.
func (s *sentence) countBefore(a *mention) {
	for _, b := range s.basesOf(a) {
		if !b.sure || b.column() != a.column() || b.way != 0 || b.listSize > 1 || b.Form().Vague() {
			continue
		}
		signs := []int8{1, -1}
		if a.way < 0 {
			signs[1] = 1
		}
		s.paper.quotients.count(headcount{b.mention, []*mention{b.mention, a}, signed(signs), b.period.year - 1})
		return
	}
}

// basisOf is the basis of a rate by its own name, or by that of the one of the same unit before it; nil of what is no such rate.
func (s *sentence) basisOf(m *mention) (*basis, string) {
	if m.percent() {
		return nil, ""
	}
	for k := m.place; k >= 0; k-- {
		o := s.mentions[k]
		if o.Unit() != m.Unit() || o != m && normal(strings.Trim(m.core, "为的至到")) != "" && m.core != o.core {
			continue
		}
		said := s.line.Text[back(s.line.Text, s.from, o.opens, perRunes):o.n.Offset] // 十万人 of 十万人口死亡率 is read as a figure
		for _, b := range bases {
			if at, w := b.per.find(said); w != "" && strings.Contains(said[at:], "率") && b.measures(m.Unit()) {
				return b, said[at : at+strings.Index(said[at:], "率")+len("率")]
			}
		}
	}
	return nil, ""
}

// perRunes are looked at before the words of a rate for what it divides by.
const perRunes = 4

// measures says whether a unit is one in which rates per the basis are given: 人/亿元, or none.
func (b *basis) measures(u figure.Unit) bool {
	return u == figure.One || u.Dimension() == unitOf("人").Div(b.unit).Dimension() || u.Dimension() == people
}

// keepBasis keeps a figure that is a basis.
func (s *sentence) keepBasis(m *mention) {
	if m.kind != level || m.depth > 0 || m.partOf != nil {
		return
	}
	q := &s.paper.quotients
	for i, b := range bases {
		if m.Unit().Dimension() == b.unit.Dimension() && b.said.endsIn(m.core) && runes(m.core) <= basisRunes {
			if q.over == nil {
				q.over = make([][]*mention, len(bases))
			}
			if len(q.over[i]) < countsMax {
				q.over[i] = append(q.over[i], m)
			}
		}
	}
}

// basisRunes bounds the name of a basis: longer ones are of a part of it (第三产业增加值占地区生产总值).
const basisRunes = 14

// judgeQuotients holds what rates imply against what is known of their bases, and against each other, when all was read.
func (p *paper) judgeQuotients() {
	q := &p.quotients
	var whole []implied
	for _, r := range q.rates {
		n, ok := q.numerator(r)
		if !ok {
			continue
		}
		i := implied{rate: r, number: n}
		if !i.solve() {
			continue
		}
		if !p.judgeByBasis(i) {
			whole = append(whole, i)
		}
	}
	for k, i := range whole {
		for _, o := range whole[:k] {
			p.judgeImplied(i, o)
		}
	}
}

// numerator is what a rate counts: the deaths of its year that stand before it in its sentence; else those of what its name says, of several
// the most, which the others are parts of.
func (q *quotients) numerator(r perRate) (best headcount, ok bool) {
	for _, c := range q.counts {
		if c.year != r.period.year || c.of.casualty() != "死亡" || c.of.n.doc != r.n.doc || r.scope != "" && c.of.scope != "" && r.scope != c.of.scope {
			continue
		}
		if !r.basis.counts.in(c.of.of+c.of.core) && !r.basis.counts.in(r.name) || c.of.of != "" && !r.basis.counts.in(c.of.of) {
			continue
		}
		if c.of.sentence == r.sentence && c.of.place < r.place && len(c.operands) == 1 {
			best, ok = c, true
			continue
		}
		if ok && best.of.sentence == r.sentence && best.of.place < r.place {
			continue
		}
		more := 1
		if ok {
			more = c.value().cmp(best.value())
		}
		if more > 0 || more == 0 && c.of.sentence == r.sentence {
			best, ok = c, true
		}
	}
	return best, ok
}

// value is the count as printed.
func (c headcount) value() exact {
	values := make([]exact, len(c.operands))
	for i, m := range c.operands {
		s, _ := m.bounds()
		values[i] = s.value
	}
	v, _ := c.form.eval(values)
	return v
}

// said is the count as the text has it: 97人, 97人 + 12人.
func (c headcount) said() string {
	texts := make([]string, len(c.operands))
	for i, m := range c.operands {
		texts[i] = m.short()
	}
	return c.form.formula(texts)
}

// sum is the same with its value where it is made of two.
func (c headcount) sum() string {
	if len(c.operands) == 1 {
		return c.said()
	}
	return c.value().text(0, 0, 0) + c.of.Unit().String() + "（" + c.said() + "）"
}

// implied is the basis that a rate and its count imply, in the unit in which it is given.
type implied struct {
	rate      perRate
	number    headcount
	low, high exact
}

// perUnit is the rate with the unit that its name says, where none is printed.
func (r perRate) perUnit() *mention {
	m := *r.mention
	if m.Unit() == figure.One || m.Unit().Dimension() == people {
		m.Figure, m.spanned = m.WithUnit(unitOf("人").Div(r.basis.unit)), nil
	}
	return &m
}

func (i *implied) solve() bool {
	rate, ok := i.rate.perUnit().bounds()
	if !ok || rate.low.sign() <= 0 {
		return false
	}
	n, scale := i.number.value(), scaleOf(i.rate.basis.shown)
	i.low, i.high = n.quo(rate.high).quo(scale), n.quo(rate.low).quo(scale)
	return n.sign() > 0
}

// span is what is implied, for a message.
func (i *implied) span() string {
	u := i.rate.basis.shown.String()
	return i.low.text(0, 2, -1) + u + "至" + i.high.text(0, 2, 1) + u
}

func (i *implied) spanEn() string {
	u := i.rate.basis.shown.String()
	return i.low.text(0, 2, -1) + " to " + i.high.text(0, 2, 1) + u
}

// judgeByBasis holds a rate against its count and its basis, where that is known from the text or a table of reference. It says whether it is.
// That a rate does not fit is a question: it may count a part only, and a gross product is revised.
func (p *paper) judgeByBasis(i implied) bool {
	known, ok := p.quotients.known(i.rate)
	if !ok {
		return false
	}
	if i.rate.basis.average {
		if len(known) > 1 {
			p.judgeByMean(i, known)
		}
		return true
	}
	c := i.claim(i.number, known[0])
	switch j, ok := c.try(); {
	case !ok:
	case j.verdict != Contradiction:
		p.settleAs(c, j)
	default:
		p.noteBasis(i, known, &finding{claim: c, judgement: j})
	}
	return true
}

// judgeByMean holds a rate by the mean of a year against the two year-ends between which it lies.
func (p *paper) judgeByMean(i implied, ends []*mention) {
	a, okA := ends[0].bounds()
	b, okB := ends[1].bounds()
	if !okA || !okB {
		return
	}
	if b.low.cmp(a.low) < 0 {
		a, b = b, a
	}
	scale := scaleOf(i.rate.basis.shown)
	if i.high.cmp(a.low.quo(scale)) < 0 || b.high.quo(scale).cmp(i.low) < 0 {
		p.noteBasis(i, ends, nil)
		return
	}
	operands := append(slices.Clip(i.number.operands), ends...)
	numbers := append([]*number{i.rate.n}, numbersOf(operands)...)
	if !p.first(numbers) {
		return
	}
	message := lang.Of(
		lang.Zh(i.title().Zh+"："+i.number.sum()+" ÷ "+i.rate.short()+"，年平均"+i.rate.basis.name.Zh+"应在"+i.span()+"之间，与两个年末数"+ends[1].short()+"、"+ends[0].short()+"相符。"),
		lang.En(i.title().En+": "+i.number.sum()+" ÷ "+i.rate.short()+" needs a mean "+i.rate.basis.name.En+" of "+i.spanEn()+", which the two year-ends "+ends[1].short()+" and "+ends[0].short()+" allow."))
	p.reportPlain(p.ruleOfBasis(), Holds, i.rate.mention, numbers, operands, nil, message, nil)
}

// ruleOfBasis is facts where a table of reference is read with the reports.
func (p *paper) ruleOfBasis() string {
	if p.between != nil {
		return "facts"
	}
	return "rate"
}

// known are the figures that give a rate's basis: one, or the two year-ends between which the mean of the year lies.
func (q *quotients) known(r perRate) ([]*mention, bool) {
	at := slices.Index(bases, r.basis)
	if at < 0 || q.over == nil {
		return nil, false
	}
	of := func(year int16) (only *mention, unique bool) {
		unique = true
		for _, m := range q.over[at] {
			if m.period.year != year || r.scope != "" && m.scope != "" && r.scope != m.scope {
				continue
			}
			unique = unique && (only == nil || sameValue(only, m))
			if only == nil {
				only = m
			}
		}
		return only, unique && only != nil
	}
	now, ok := of(r.period.year)
	if !ok {
		return nil, false
	}
	if r.basis.average {
		if before, ok := of(r.period.year - 1); ok {
			return []*mention{now, before}, true
		}
	}
	return []*mention{now}, true
}

// claim is that a count over a basis gives the rate.
func (i *implied) claim(n headcount, over *mention) claim {
	c := claim{rule: i.rate.sentence.paper.ruleOfBasis(), what: i.title(), form: ratio, stated: i.rate.perUnit(), operands: append(slices.Clip(n.operands), over)}
	if len(n.operands) == 2 {
		second, sign := n.form.over[1], "+"
		if second < 0 {
			sign = "−"
		}
		c.form = quotient("(a "+sign+" b) ÷ c", []int8{1, second, 0}, []int8{0, 0, 1})
	}
	return c
}

// title names a rate with its year.
func (i *implied) title() lang.Text {
	year := i.rate.period.String()
	return lang.Text{Zh: year + "年的" + i.rate.name, En: i.rate.name + " of " + year}
}

// noteBasis asks about a rate that its count and its basis do not give, and says which other printed count does. f is the arithmetic where the
// basis is one figure.
func (p *paper) noteBasis(i implied, known []*mention, f *finding) {
	operands := append(slices.Clip(i.number.operands), known...)
	basis, rate := known[0].short(), i.rate.short()
	if i.rate.Unit() == figure.One {
		rate += i.rate.perUnit().Unit().String()
	}
	notes := []Note{{OtherReading, lang.Of(lang.Zh("不算错的可能：该率只统计其中一部分；"+i.rate.basis.name.Zh+"是初步数或经过修订，或者范围不同。请说明分子、分母各是哪一个数"),
		lang.En("readings under which it is right: the rate counts only a part; the "+i.rate.basis.name.En+" is a first or a revised figure, or of another area. Say which numbers were divided"))}}
	if other, ok := p.otherNumerator(i, known); ok {
		operands = append(operands, other.operands...)
		notes = append([]Note{{"wrong_numerator", lang.Of(
			lang.Zh("用"+other.name()+other.sum()+"作分子，除以"+basis+"，正好得到"+rate+"：是否把"+other.name()+"数当作了死亡人数？"),
			lang.En(other.sum()+" ("+other.name()+") over "+basis+" gives "+rate+": was it taken for the deaths?"))}}, notes...)
	}
	numbers := append([]*number{i.rate.n}, numbersOf(operands)...)
	if !p.first(numbers) {
		return
	}
	gives := lang.Text{}
	if len(known) > 1 {
		basis = known[1].short() + "、" + basis
	} else if f != nil {
		x := f.nominal.text(0, f.stated.Decimals()+1, 0) + f.stated.Unit().String()
		gives = lang.Text{Zh: "；按它计算应为" + x + "，文中为" + rate, En: "; with that the rate would be " + x + ", and the text says " + rate}
	}
	message := lang.Of(
		lang.Zh(i.title().Zh+"："+i.number.sum()+" ÷ "+rate+"，分母（"+i.rate.basis.name.Zh+"）应在"+i.span()+"之间，而已知为"+basis+"，不在其中"+gives.Zh+"。"),
		lang.En(i.title().En+": "+i.number.sum()+" ÷ "+rate+" needs a "+i.rate.basis.name.En+" of "+i.spanEn()+", but it is "+basis+gives.En+"."))
	p.reportPlain(p.ruleOfBasis(), Noted, i.rate.mention, numbers, operands, f, message, notes)
}

// reportPlain reports a relation with a message of its own; f is its arithmetic, or nil: its operands are the first of those named.
func (p *paper) reportPlain(rule string, v Verdict, stated *mention, numbers []*number, operands []*mention, f *finding, message lang.Text, notes []Note) {
	if p.between != nil {
		message = placed(numbers, message)
	}
	r := Relation{Rule: rule, Verdict: v, Line: stated.n.lineNumber(), Quote: quote(stated.sentence, numbers), Stated: stated.Number(), Unit: stated.Unit().String(), Notes: notes, Message: message}
	if f != nil {
		r.Unit = f.stated.Unit().String()
		r.Formula = f.form.formula(idsOf(numbers[1:1+len(f.operands)])) + " = " + numbers[0].name()
		r.Expected = &Bounds{f.show(f.low, -1), f.show(f.high, 1)}
	}
	p.report(r, nil, numbers, append([]*mention{stated}, operands...))
}

// otherNumerator is another count of the year that over the same basis gives the rate: accidents, where deaths are meant.
func (p *paper) otherNumerator(i implied, known []*mention) (other headcount, ok bool) {
	for _, c := range p.quotients.counts {
		if c.year != i.rate.period.year || c.of.n.doc != i.rate.n.doc || c.of.casualty() == "死亡" || c.value().cmp(i.number.value()) == 0 || c.of.scope != i.number.of.scope {
			continue
		}
		if ok && c.of.sentence != i.rate.sentence {
			continue
		}
		if over := i.claim(headcount{c.of, c.asPeople(), c.form, c.year}, known[0]); over.holds() {
			other, ok = c, true
		}
	}
	return other, ok
}

// asPeople are the operands of a count as if they counted people.
func (c headcount) asPeople() []*mention {
	out := make([]*mention, len(c.operands))
	for i, m := range c.operands {
		as := *m
		as.Figure, as.spanned = m.WithUnit(unitOf("人")), nil
		out[i] = &as
	}
	return out
}

// name is what a count is of, for a message: 事故.
func (c headcount) name() string {
	if c.of.Unit().Dimension() == accidents {
		return "事故"
	}
	return name(c.of)
}

func numbersOf(mentions []*mention) []*number {
	out := make([]*number, len(mentions))
	for i, m := range mentions {
		out[i] = m.n
	}
	return out
}

// judgeImplied asks about two rates of one year whose counts imply two bases that cannot be one.
func (p *paper) judgeImplied(a, b implied) {
	if a.rate.basis != b.rate.basis || a.rate.period != b.rate.period && a.rate.period.year != b.rate.period.year || a.rate.scope != b.rate.scope || a.rate.n.doc != b.rate.n.doc && p.between == nil {
		return
	}
	if a.low.cmp(b.high) <= 0 && b.low.cmp(a.high) <= 0 {
		return
	}
	numbers := append([]*number{a.rate.n}, numbersOf(a.number.operands)...)
	numbers = append(append(numbers, b.rate.n), numbersOf(b.number.operands)...)
	if !p.first(numbers) {
		return
	}
	message := lang.Of(
		lang.Zh(a.title().Zh+"：由"+a.number.sum()+" ÷ "+a.rate.short()+"，"+a.rate.basis.name.Zh+"在"+a.span()+"之间；第"+lineOf(b.rate.mention)+"行由"+b.number.sum()+" ÷ "+b.rate.short()+"，却在"+b.span()+"之间。同一年同一地区的分母应是一个数，请核对两处的分子和比率。"),
		lang.En(a.title().En+": "+a.number.sum()+" ÷ "+a.rate.short()+" needs a "+a.rate.basis.name.En+" of "+a.spanEn()+", but "+b.number.sum()+" ÷ "+b.rate.short()+" in line "+lineOf(b.rate.mention)+" one of "+b.spanEn()+". It must be one number; check both rates and what they count."))
	operands := append(append(slices.Clip(a.number.operands), b.rate.mention), b.number.operands...)
	p.reportPlain("rate", Noted, a.rate.mention, numbers, operands, nil, message, []Note{{OtherReading, lang.Of(
		"不算错的可能：两处的统计范围、时期不同，或者比率只统计其中一部分", "readings under which it is right: the two are of other areas or times, or count only a part")}})
}

// impliedWhole is a part with its share of a whole that has no figure.
type impliedWhole struct {
	part, share *mention
	low, high   exact
}

// wholeNouns end the names of wholes that are amounts of one thing, whoever has a share in them; of 全省 or 同行业 each figure has its own.
var wholeNouns = wordsOf("支出", "收入", "预算", "资金", "经费", "总额", "总量", "总数", "总人口", "总面积", "投资", "总产值", "生产总值", "人数", "起数")

// keepWhole asks about two shares of a whole without a figure, where what they imply of it cannot be one amount: 甲项30万元，占项目支出的3%；乙项
// 50万元，占项目支出的6%.
func (s *sentence) keepWhole(m, part *mention) {
	whole := wholeName(m.whole)
	if runes(whole) < 4 || !wholeNouns.endsIn(whole) || unnamedWholes.is(whole) || part.Form().Vague() || m.Form().Vague() || m.listSize > 1 {
		return
	}
	value, ok := part.bounds()
	of, okShare := m.bounds()
	if !ok || !okShare || of.low.sign() <= 0 || value.low.sign() <= 0 {
		return
	}
	now := impliedWhole{part, m, value.low.quo(of.high), value.high.quo(of.low)}
	q := &s.paper.quotients
	for k := len(q.wholes) - 1; k >= 0; k-- {
		o := q.wholes[k]
		if o.share.n.doc != m.n.doc || wholeName(o.share.whole) != whole || o.share.whole != m.whole || o.part.period != part.period || o.part.Unit() != part.Unit() || o.part.edition != part.edition || !s.near(o.part) {
			continue
		}
		if o.low.cmp(now.high) > 0 || now.low.cmp(o.high) > 0 {
			s.paper.noteWholes(now, o)
		}
		break
	}
	if len(q.wholes) < countsMax {
		q.wholes = append(q.wholes, now)
	}
}

func (p *paper) noteWholes(now, before impliedWhole) {
	numbers := numbersOf([]*mention{now.share, now.part, before.share, before.part})
	if !p.first(numbers) {
		return
	}
	span := func(w impliedWhole) (low, high string) {
		scale, u := scaleOf(w.part.Unit()), w.part.Unit().String()
		return w.low.quo(scale).text(0, w.part.Decimals(), -1) + u, w.high.quo(scale).text(0, w.part.Decimals(), 1) + u
	}
	low, high := span(now)
	lowBefore, highBefore := span(before)
	whole := strings.Trim(now.share.whole, "的 ")
	message := lang.Of(
		lang.Zh("“"+whole+"”的总数：由"+now.part.short()+"占"+now.share.short()+"，应在"+low+"至"+high+"之间；第"+lineOf(before.part)+"行由"+before.part.short()+"占"+before.share.short()+"，却应在"+lowBefore+"至"+highBefore+"之间。若是同一个总数，两处占比有一处不符。"),
		lang.En("the whole of “"+whole+"”: "+now.part.short()+" being "+now.share.short()+" of it needs "+low+" to "+high+", but "+before.part.short()+" being "+before.share.short()+" (line "+lineOf(before.part)+") needs "+lowBefore+" to "+highBefore+". If it is one whole, one of the shares is wrong."))
	p.reportPlain("share", Noted, now.share, numbers, []*mention{now.part, before.share, before.part}, nil, message, []Note{{OtherReading, lang.Of(
		"不算错的可能：两处的总数口径不同（全部与其中一部分、预算与决算）", "readings under which it is right: the two are shares of different wholes (all or a part, budget or final accounts)")}})
}
