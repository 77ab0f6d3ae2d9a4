package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/lang"
)

// checkChanges judges 同比减少16起、下降15.5% and its like. A change has up to four figures: the value now, the value
// before, the amount and the rate; two of the first three make the rate, and a rate of a count can be inverted.
func checkChanges(s *sentence) {
	if s.turnsSign() {
		s.notByWords()
		return
	}
	for _, m := range s.mentions {
		switch {
		case m.kind == rate && m.list == m.place:
			s.judgeRates(s.announced(m))
		case m.kind == amount && m.listSize == 1:
			s.judgeAmount(m)
			if m.place > 0 && normal(m.core) == "" { // 增长15.35%，增收25457万元
				if r := s.mentions[m.place-1]; r.kind == rate && r.listSize == 1 && (r.place == 0 || s.mentions[r.place-1].kind != amount) {
					s.judgePair(m, r)
				}
			}
		}
	}
}

// markStarts marks what changes start from, before anything is taken for a whole or a part.
func markStarts(s *sentence) {
	s.fromTo()
	s.comparedWith()
}

// fromTo marks what a change starts from where the text says 由A增加到B.
func (s *sentence) fromTo() {
	for k := 1; k < len(s.mentions); k++ {
		now, old := s.mentions[k], s.mentions[k-1]
		if now.kind != level || now.way == 0 || old.kind != level || !now.sameDimension(old) || normal(now.core) != "" && !now.inherited {
			continue
		}
		lead := strings.TrimSpace(old.lead)
		i := max(strings.LastIndex(lead, "由"), strings.LastIndex(lead, "从"))
		switch {
		case old.origin:
			now.core, now.subject = old.core, old.subject
		case i >= 0 && runes(lead[i:]) <= 16:
			now.core, now.subject = normal(lead[:i]), strings.Trim(subjectHeads.trimHeads(lead[:i]), " 　，,、“”")
		default:
			continue
		}
		old.kind, old.core = before, now.core
		now.from, now.inherited = old, true
	}
}

// comparison is what stands between a value and the one that it is compared with: 检查12次，比2022年10次增长20%.
var comparison = regexp.MustCompile(`^[^，。；;,]{0,6}[，,、 　（(]*(?:同比)?(较|比|与|同|和)(?:(?:19|20)[0-9]{2}年度?(?:末|底|同期)?|上年度?(?:末|同期)?|去年(?:末|底|同期)?|前年(?:同期)?|上一年度?|同期)的?$`)

// comparedWith marks what a change starts from where the text says how much it was then.
func (s *sentence) comparedWith() {
	for k := 1; k+1 < len(s.mentions); k++ {
		now, old, change := s.mentions[k-1], s.mentions[k], s.mentions[k+1]
		if old.kind != level && old.kind != before || now.kind != level || now.listSize > 1 || old.listSize > 1 || !now.sameDimension(old) || now.depth != old.depth || change.kind != rate && change.kind != amount || normal(change.core) != "" && normal(change.core) != "相比" {
			continue
		}
		gap := s.between(k-1, k)
		if len(gap) > comparisonBytes {
			continue
		}
		at := comparison.FindStringSubmatch(gap)
		if at == nil || at[1] != "较" && at[1] != "比" && !strings.HasPrefix(strings.TrimLeft(s.line.Text[old.n.End:], "的 　"), "相比") {
			continue
		}
		old.kind, old.core, now.from = before, now.core, old
		if normal(change.core) == "相比" {
			change.core = ""
		}
	}
}

// comparisonBytes bounds the text between a value and the one that it is compared with.
const comparisonBytes = 90

// turnsSign says whether a sentence tells by words that one of its values is below nothing: 由盈转亏，亏损30万元，上年盈利20万元. What changes and
// rates of such values mean nobody says.
func (s *sentence) turnsSign() bool {
	if !s.says(saysLoss) {
		return false
	}
	text := s.text()
	return signTurns.in(text) || losses.in(text) && gains.in(text)
}

var (
	signTurns = wordsOf("转亏", "扭亏", "转盈", "由正转负", "由负转正", "转负为正", "转正为负")
	losses    = wordsOf("亏损", "赤字", "净流出", "负债净额")
	gains     = wordsOf("盈利", "盈余", "结余", "净流入", "利润")
)

// notByWords lists the changes of a sentence of which one value is below nothing by its words alone.
func (s *sentence) notByWords() {
	for _, m := range s.mentions {
		if m.kind == rate || m.kind == amount {
			s.paper.notCheckable(int(s.line.Number), quote(s, []*number{m.n}), lang.Of("盈亏、结余与赤字相转，变化怎样计算文中没有说明", "a gain turned into a loss, or a loss into a gain: the text does not say how its change is reckoned"))
		}
	}
}

// otherGround says whether a change cannot be judged from the values beside it: it is on another ground, or at other
// prices.
func (s *sentence) otherGround(a, r, base *mention) (lang.Text, bool) {
	for _, m := range []*mention{a, r} {
		if m != nil && otherGrounds.in(m.ground) {
			return lang.Of(lang.Zh("变化按“"+m.ground+"”的口径计算，与文中数值不可直接比较"), lang.En("the change is on another ground (“"+m.ground+"”) than the values in the text")), true
		}
	}
	if s.says(saysComparable) {
		return lang.Of("变化按可比口径或不变价计算，与文中数值不可直接比较", "the change is on a comparable basis or at constant prices, the values are not"), true
	}
	if base != nil && base.Unit().Dimension() == money && (constantPrices.in(base.subject) || constantPrices.in(base.core)) {
		return lang.Of(lang.Zh(quoted(base.subject)+"的增速通常按不变价计算，文中数值为现价"), lang.En("growth of "+quoted(base.subject)+" is stated at constant prices, its values at current ones")), true
	}
	return lang.Text{}, false
}

// judgePair judges an amount of change with its rate; the value now stands somewhere before.
func (s *sentence) judgePair(a, r *mention) {
	form := growthBy
	if a.way < 0 {
		form = declineBy
	}
	if a.way != r.way {
		s.judgeOpposed(a, r)
		return
	}
	claimOf := func(base *mention) claim {
		return claim{rule: "change", what: lang.Of(lang.Zh(name(base)+"的变化"), lang.En("the change of "+name(base))), form: form, stated: r, operands: []*mention{base, a}, padded: s.padded(r), presumed: r.supposed, quiet: r.supposed}
	}
	bases := s.basesOf(a)
	if len(bases) > 0 && s.beyondAll(bases[0], a) {
		return
	}
	if len(bases) == 0 {
		s.paper.notCheckable(int(s.line.Number), quote(s, []*number{a.n, r.n}), lang.Of("变化前后的数值没有给出，变化率无从核算", "neither the value now nor the one before is given, so the rate cannot be recomputed"))
		return
	}
	if i := bestOf(len(bases), func(i int) claim { return claimOf(bases[i].mention) }); i >= 0 {
		s.paper.settle(claimOf(bases[i].mention))
		return
	}
	base := s.likeliest(bases)
	if why, other := s.otherGround(a, r, base.mention); other {
		s.paper.notCheckable(int(s.line.Number), quote(s, []*number{base.mention.n, a.n, r.n}), why)
		return
	}
	if base.sure && !r.supposed && !s.onZero(base.mention, a, r) {
		c := claimOf(base.mention)
		c.notes = wrongBase(c)
		s.paper.settle(c)
	}
}

// judgeOpposed reports an amount and a rate of one change of which one says up and the other down, where the numbers fit each other: 减少4起、
// 上升6.3%.
func (s *sentence) judgeOpposed(a, r *mention) {
	if a.way == 0 || r.way != -a.way || !a.paired(r) || r.supposed || normal(r.core) != "" {
		return
	}
	for _, base := range s.basesOf(a) {
		for _, f := range []form{growthBy, declineBy} {
			if c := (claim{form: f, stated: r, operands: []*mention{base.mention, a}}); c.holds() {
				s.paper.plainOf("direction", Contradiction, s, r, []*mention{a}, lang.Of(
					lang.Zh("“"+worded(a)+"”与“"+worded(r)+"”一升一降，数值却说的是同一个变化，请核对。"),
					lang.En("“"+worded(a)+"” and “"+worded(r)+"” go opposite ways, though their numbers are of one change; check them.")))
				return
			}
		}
	}
}

// worded is a figure with the words before it in its clause.
func worded(m *mention) string { return strings.Trim(m.lead, " 　、，,") + m.short() }

// paired says whether a rate stands right behind its amount, or in the same place of the list right behind the amount's.
func (m *mention) paired(r *mention) bool {
	return m.listSize == r.listSize && r.place == m.place+m.listSize
}

// signedAmounts may be negative.
var signedAmounts = wordsOf("利润", "净", "差", "余")

// bestOf is the first of n claims that holds as printed, else the first that holds by rounding, else −1.
func bestOf(n int, claimOf func(i int) claim) int {
	best := -1
	for i := range n {
		c := claimOf(i)
		switch j, ok := c.try(); {
		case !ok || j.verdict == Contradiction:
		case j.verdict == Holds:
			return i
		case best < 0:
			best = i
		}
	}
	return best
}

// beyondAll reports an increase that is greater than all there is now. Profits and balances may have been negative.
func (s *sentence) beyondAll(now base, a *mention) bool {
	if a.way < 0 || !now.sure || !now.Exact() && signedAmounts.in(now.subject) {
		return false
	}
	if v, ok := order(a.Figure, now.Figure); !ok || v != Contradiction {
		return false
	}
	s.paper.plainOf("change", Contradiction, s, a, []*mention{now.mention}, lang.Of(
		lang.Zh(name(now.mention)+"现为"+now.short()+"，却称增加"+a.short()+"，增加数大于现有数，请核对。"),
		lang.En(name(now.mention)+" is "+now.short()+" now, but is said to have risen by "+a.short()+", more than there is; check the figures.")))
	return true
}

// likeliest is the value that a change of which none fits is of: behind a sentence that tells a whole and its parts (其中), the whole.
func (s *sentence) likeliest(bases []base) base {
	first := bases[0]
	if first.partOf == nil || first.sentence == s {
		return first
	}
	for _, b := range bases {
		if b.mention == first.partOf {
			return b
		}
	}
	return first
}

// base is a value that an amount may have changed to; sure where the words leave no doubt.
type base struct {
	*mention
	sure bool
}

// basesOf are the values that an amount of change may belong to, the likeliest first.
func (s *sentence) basesOf(a *mention) (out []base) {
	core := normal(a.core)
	if a.listSize > 1 {
		s.back(a.list, func(m *mention) bool {
			if m.kind == level && m.listSize == a.listSize && m.sameDimension(a) && (core == "" || like(core, m.core) != unlike) {
				out = append(out, base{m.sentence.mentions[m.list+a.place-a.list], true})
				return false
			}
			return true
		})
		return out
	}
	var others, only *mention
	unique := true
	s.back(a.place, func(m *mention) bool {
		if m.kind != level || m.depth != a.depth || !m.sameDimension(a) || m.listSize > 1 || m.period.year == a.period.year-1 && m.period.explicit {
			return true
		}
		if m.column() == a.column() {
			unique = unique && only == nil
			only = m
		}
		switch {
		case core == "" && a.casualty() == "":
			if len(out) > 0 && m.sentence == out[0].sentence && m.core != out[0].core {
				others = m
			}
			if len(out) == 0 || m.sentence == out[0].sentence {
				out = append(out, base{m, true})
			}
		case a.like(m) != unlike || like(core, m.core) != unlike:
			out = append(out, base{m, true})
		}
		return true
	})
	if core == "" && others != nil { // several things that it may be of
		for i := range out {
			out[i].sure = out[i].sure && i == 0 && adjoining(out[0].mention, a)
		}
	}
	if len(out) == 0 && unique && only != nil && a.counts() { // 道路运输：45起 … 事故起数减少4起
		out = append(out, base{only, true})
	}
	known := s.paper.subjects.get(core)
	for k := len(known) - 1; k >= 0 && core != "" && a.casualty() == ""; k-- {
		if m := known[k]; m.sameDimension(a) && s.near(m) && m.period.year == a.period.year && !m.budgeted() && m.depth == a.depth {
			out = append(out, base{m, len(out) == 0})
		}
	}
	return out
}

// counts says whether the subject of a change names only what is counted (事故起数), so that it may be any thing's.
func (m *mention) counts() bool {
	core := normal(m.core)
	return m.casualty() != "" || core == "事故" || core == "数量" || core == ""
}

// adjoining says whether an amount follows a value with nothing but words of comparison between.
func adjoining(m, a *mention) bool {
	return m.sentence == a.sentence && a.place == m.place+1 || m.sentence == a.sentence.previous && m.place == len(m.sentence.mentions)-1 && a.place == 0
}

// onZero reports a rate of change from nothing, which does not exist: 受伤人数增加3人、上升100% where 3人 is all there is.
func (s *sentence) onZero(now, a, r *mention) bool {
	if a.way < 0 || now.Form().Vague() || a.Form().Vague() || !now.Exact() || !now.Value().Equal(a.Value()) || now.Value().IsZero() {
		return false
	}
	s.paper.plainOf("direction", Contradiction, s, r, []*mention{now, a}, lang.Of(
		lang.Zh(name(now)+"现为"+now.short()+"，增加"+a.short()+"，则上年为0，增长率“"+r.short()+"”没有意义，请核对。"),
		lang.En(name(now)+" is "+now.short()+" now and rose by "+a.short()+", so it was 0 before, and a rate of "+r.short()+" means nothing; check it.")))
	return true
}

// plainOf is plain for a stated figure and its operands.
func (p *paper) plainOf(rule string, v Verdict, s *sentence, stated *mention, operands []*mention, message lang.Text) {
	numbers := []*number{stated.n}
	for _, m := range operands {
		numbers = append(numbers, m.n)
	}
	if p.first(numbers) {
		p.report(Relation{Rule: rule, Verdict: v, Line: numbers[0].lineNumber(), Quote: quote(s, numbers), Stated: stated.Number(), Unit: stated.Unit().String(), Message: message},
			nil, numbers, append([]*mention{stated}, operands...))
	}
}

// monthBefore are the values of a month and the month before that stand right before a change on the month: 11月12起，10月10起，环比上升20%. nil for
// most.
func (s *sentence) monthBefore(r *mention) (now, old *mention) {
	if r.list < 2 || !strings.Contains(r.ground, "环比") && !strings.Contains(r.ground, "上月") {
		return nil, nil
	}
	x, y := s.mentions[r.list-2], s.mentions[r.list-1]
	if !x.plainValue() || !y.plainValue() || !x.sameDimension(y) || x.depth != y.depth || x.period.year != y.period.year || normal(x.core) != normal(y.core) && normal(y.core) != "" && normal(x.core) != "" {
		return nil, nil
	}
	if x.casualty() != y.casualty() && normal(y.core) != "" {
		return nil, nil
	}
	a, errA := strconv.Atoi(x.period.part)
	b, errB := strconv.Atoi(y.period.part)
	switch {
	case errA != nil || errB != nil:
		return nil, nil
	case a == b+1:
		return x, y
	case b == a+1:
		return y, x
	}
	return nil, nil
}

// changed is the claim that a rate is that of the change from one value to another.
func (s *sentence) changed(now, old, r *mention) claim {
	form := growth
	if r.way < 0 {
		form = decline
	}
	return claim{rule: "change", what: lang.Of(lang.Zh(name(now)+"的变化"), lang.En("the change of "+name(now))), form: form, stated: r, operands: []*mention{now, old}, padded: s.padded(r), presumed: r.supposed, quiet: r.supposed}
}

// judgeChanged judges a rate by two values.
func (s *sentence) judgeChanged(now, old, r *mention) {
	c := s.changed(now, old, r)
	if !c.holds() {
		c.notes = wrongBase(c)
	}
	s.paper.settle(c)
}

// judgeBefore judges a rate by the value now and the value before, where the text gives both. It says whether it did.
func (s *sentence) judgeBefore(now, r *mention) bool {
	old := now.from
	if later := s.laterThan(now); later != nil {
		now, old = later, now
	}
	for k := now.place - 1; k >= 0 && old == nil; k-- {
		m := s.mentions[k]
		if m.sameDimension(now) && m.depth == now.depth && (m.kind == before || m.kind == level && m.core == now.core && m.core != "" && m.period.explicit && now.period.explicit && m.period.year == now.period.year-1 && m.period.part == now.period.part) {
			old = m
		}
	}
	if old == nil || now.percent() {
		return false
	}
	c := s.changed(now, old, r)
	if !c.holds() {
		if why, other := s.otherGround(nil, r, now); other {
			s.paper.notCheckable(int(s.line.Number), quote(s, []*number{old.n, now.n, r.n}), why)
			return true
		}
		c.notes = wrongBase(c)
	}
	return s.paper.settle(c) || r.supposed
}

// judgeAmount judges an amount by the values now and before.
func (s *sentence) judgeAmount(a *mention) {
	if a.place == 0 {
		return
	}
	old := s.mentions[a.place-1]
	if old.kind != before || !old.sameDimension(a) {
		if old.from == nil || !old.sameDimension(a) {
			return
		}
		s.judgeDifference(a, old, old.from)
		return
	}
	for k := old.place - 1; k >= 0; k-- {
		if now := s.mentions[k]; now.kind == level && now.sameDimension(a) && now.depth == a.depth {
			s.judgeDifference(a, now, old)
			return
		}
	}
}

func (s *sentence) judgeDifference(a, now, old *mention) {
	form := difference
	if a.way < 0 {
		form = fallen
	}
	c := claim{rule: "change", what: lang.Of(lang.Zh(name(now)+"的增减"), lang.En("the change of "+name(now))), form: form, stated: a, operands: []*mention{now, old}}
	if _, other := s.otherGround(a, nil, nil); other && !c.holds() {
		return
	}
	s.paper.settle(c)
}

// wrongBase is the note that a rate that fails comes out when the value now is taken for the base.
func wrongBase(c claim) []Note {
	try := c
	switch {
	case c.operands[1].kind == amount:
		try.form = amountOverNow
	case c.stated.way < 0:
		try.form = declineOverNow
	default:
		try.form = growthOverNow
	}
	if j, ok := try.try(); !ok || j.verdict != Holds {
		return nil
	}
	return []Note{{"wrong_base", lang.Of("用本期数作分母正好得到文中的变化率，应以上年同期数作分母", "dividing by this period's value gives the stated rate; the base must be the value before")}}
}

// wholesMax bounds the whole numbers that are tried when a rate of a count is inverted; with more, one always fits.
const wholesMax = 8

// judgeInverse judges a rate of change of a count whose value before is not given: it must have been a whole number.
func (s *sentence) judgeInverse(now, r *mention) {
	if !now.Exact() || r.Form().Vague() || now.Value().IsZero() || now.way != 0 || normal(r.core) == "" && !s.adjoins(r) || s.followsLater(now) {
		return
	}
	if _, other := s.otherGround(nil, r, now); other || r.Unit().String() == "倍" || r.Unit().String() == "成" {
		return
	}
	stated, ok := r.bounds()
	if !ok {
		return
	}
	factor := func(x exact) exact { // now over before
		if r.way < 0 {
			return one.sub(x)
		}
		return one.add(x)
	}
	step := r.step()
	a, b := factor(stated.low.sub(step)), factor(stated.high.add(step))
	if a.sign() <= 0 || b.sign() <= 0 {
		return
	}
	n := numberOf(now.Figure)
	from, to := n.quo(a).floor(), n.quo(b).floor()
	if from, to = min(from, to), max(from, to)+1; to-from > wholesMax {
		return
	}
	best, before := judgement{verdict: Contradiction}, int64(0)
	form := growth
	if r.way < 0 {
		form = decline
	}
	mine, _ := now.bounds()
	for p := max(from, 1); p <= to && best.verdict != Holds; p++ {
		old := whole(p)
		j, ok := judge(r.Figure, form, []span{mine, {old, old, old}}, false)
		if ok && (j.verdict == Holds || j.verdict == Rounding && best.verdict == Contradiction) {
			best, before = j, p
		}
	}
	if best.verdict == Contradiction && r.supposed {
		return
	}
	s.reportInverse(now, r, best, n.quo(factor(stated.value)).text(0, 2, 0), before)
}

// followsLater says whether a figure is of an earlier time than one before it in the sentence, so that it is no value now.
func (s *sentence) followsLater(m *mention) bool {
	return slices.ContainsFunc(s.mentions[:m.place], func(x *mention) bool {
		return x.kind == level && x.sameDimension(m) && x.depth == m.depth && m.period.year != 0 && x.period.year > m.period.year
	})
}

// laterThan is the value of the year after a figure right before it in the sentence, of the same thing: 2023年39起，2022年33起，上升18.18%;
// 39起，上年同期33起. The figure is then what the change started from. nil for most.
func (s *sentence) laterThan(m *mention) *mention {
	if m.place == 0 || m.kind != level {
		return nil
	}
	x := s.mentions[m.place-1]
	if x.kind != level || !x.sameDimension(m) || x.depth != m.depth || m.period.year == 0 || x.period.year != m.period.year+1 || x.period.part != m.period.part || x.listSize > 1 || m.listSize > 1 {
		return nil
	}
	if core := normal(m.core); core != normal(x.core) && !strings.HasPrefix(core, "上年") && !strings.HasPrefix(core, "去年") {
		return nil
	}
	return x
}

// adjoins says whether a rate follows a figure, or the last of a list of which it is one, with words of comparison only.
func (s *sentence) adjoins(r *mention) bool {
	first := s.mentions[r.list]
	last := s.mentions[first.place-1]
	return normal(first.core) == "" && !strings.ContainsAny(s.line.Text[last.n.End:first.n.Offset], "；;")
}

// reportInverse reports a rate turned back into the value before: as computed, and the whole number near it that fits.
func (s *sentence) reportInverse(now, r *mention, j judgement, value string, before int64) {
	fits := strconv.FormatInt(before, 10)
	unit := now.Unit().String()
	zh := name(now) + "现为" + now.short() + "，按" + r.short() + "倒推上年为" + value + unit
	en := name(now) + " is " + now.short() + " now; " + r.short() + " back gives " + value + unit
	if j.verdict == Contradiction {
		zh += "，附近没有哪个整数能得出这个变化率，请核对。"
		en += ", and no whole number near it gives that rate; check the figures."
	} else {
		zh += "，取整数" + fits + "可以得出这个变化率。"
		en += "; the whole number " + fits + " gives that rate."
	}
	numbers := []*number{r.n, now.n}
	if !s.paper.first(numbers) {
		return
	}
	s.paper.report(Relation{Rule: "change", Verdict: j.verdict, How: j.how, Line: r.n.lineNumber(), Quote: quote(s, numbers), Stated: r.Number(), Unit: r.Unit().String(),
		Message: lang.Text{Zh: zh, En: en}}, nil, numbers, []*mention{r, now})
}
