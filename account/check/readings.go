package check

import (
	"strings"

	"anlan/ground/lang"
)

// Quotients that are taken for others by mistake, of two operands.
var (
	inverse    = quotient("b ÷ a", []int8{0, 1}, []int8{1, 0})
	complement = quotient("(b − a) ÷ b", []int8{-1, 1}, []int8{0, 1})
	relative   = growth
)

// turned is the note that a ratio of a to b comes out exactly when it is turned round, or as the part that is left, or as a change.
func turned(c claim, a, b lang.Text) []Note {
	for _, t := range []struct {
		form   form
		zh, en string
	}{
		{inverse, "分子分母颠倒", "turned round"},
		{complement, "算成了没有完成的部分", "the part that is left"},
		{relative, "算成了变动率", "a rate of change"},
	} {
		try := c
		try.form = t.form
		if try.exactly() {
			zh, en := t.form.formula([]string{a.Zh, b.Zh}), t.form.formula([]string{a.En, b.En})
			return []Note{{"wrong_formula", lang.Of(lang.Zh("按 "+zh+"（"+t.zh+"）正好得到"+c.stated.short()), lang.En(en+" ("+t.en+") gives "+c.stated.short()))}}
		}
	}
	return nil
}

// readings are notes on a contradiction: which mistake gives the printed figure exactly, so that whoever wrote it finds it at once. There is at most
// one, the likeliest; none where no mistake does.
func (c *claim) readings(j judgement) []Note {
	if j.verdict != Contradiction || len(c.notes) > 0 || c.stated.Form().Vague() {
		return nil
	}
	for _, look := range []func(*claim) []Note{(*claim).swapped, (*claim).asPoints, (*claim).turnedRound, (*claim).shifted} {
		if n := look(c); n != nil {
			return n
		}
	}
	return nil
}

// swapped: the rate of change is that of something else in the sentence: 死亡减少12人，下降15.5% where accidents fell by 15.5%.
func (c *claim) swapped() []Note {
	if c.rule != "change" || len(c.operands) != 2 || c.form.linear() {
		return nil
	}
	s := c.stated.sentence
	for _, a := range s.mentions {
		if a.kind != amount || a == c.operands[1] || a.way != c.stated.way || a.Form().Vague() {
			continue
		}
		form := growthBy
		if a.way < 0 {
			form = declineBy
		}
		for _, b := range s.basesOf(a) {
			if b.n.id == c.operands[0].n.id || b.column() == c.operands[0].column() {
				continue
			}
			if other := (claim{form: form, stated: c.stated, operands: []*mention{b.mention, a}}); other.exactly() {
				return []Note{{"wrong_quantity", lang.Of(lang.Zh("“"+c.stated.short()+"”正好是"+name(b.mention)+"（"+b.short()+"，变化"+a.short()+"）的变化率：是否张冠李戴？"),
					lang.En("“"+c.stated.short()+"” is the rate of change of "+name(b.mention)+" ("+b.short()+", by "+a.short()+"): were the two mixed up?"))}}
			}
		}
	}
	return nil
}

// asPoints: a change of two percentages in per cent is their difference, which is percentage points.
func (c *claim) asPoints() []Note {
	if c.rule != "change" || len(c.operands) != 2 || !c.stated.percent() || !c.operands[0].percent() || !c.operands[1].percent() {
		return nil
	}
	try := *c
	if try.form = difference; c.stated.way < 0 {
		try.form = fallen
	}
	if j, ok := try.try(); !ok || j.verdict != Holds {
		return nil
	}
	return []Note{{"points", lang.Of(lang.Zh("两个百分比相差正好"+c.stated.Number()+"，应写“"+c.stated.Number()+"个百分点”"), lang.En("the two percentages differ by "+c.stated.Number()+" percentage points (个百分点), which is not "+c.stated.short()))}}
}

// turnedRound: a ratio of two figures was turned round.
func (c *claim) turnedRound() []Note {
	if c.rule != "rate" && c.rule != "share" || len(c.operands) != 2 || c.form.linear() || len(c.form.over) != 2 || c.form.over[0] != 1 || c.form.over[1] != 0 {
		return nil
	}
	a, b := lang.Text{Zh: c.operands[0].short(), En: c.operands[0].short()}, lang.Text{Zh: c.operands[1].short(), En: c.operands[1].short()}
	return turned(*c, a, b)
}

// shifts are how many places a point is off where units were mixed up, with what is then meant.
var shifts = []struct {
	places int
	zh, en string
}{
	{4, "大了一万倍：是否把元当作了万元，或把万元当作了亿元？", "ten thousand times too large: is the unit 元 for 万元, or 万元 for 亿元?"},
	{-4, "小了一万倍：是否把万元当作了元，或把亿元当作了万元？", "ten thousand times too small: is the unit 万元 for 元, or 亿元 for 万元?"},
	{1, "正好大了十倍：小数点是否错了一位？", "ten times too large: is the point one place off?"},
	{-1, "正好小了十倍：小数点是否错了一位？", "ten times too small: is the point one place off?"},
	{2, "正好大了一百倍：小数点是否错了两位？", "a hundred times too large: is the point two places off?"},
	{-2, "正好小了一百倍：小数点是否错了两位？", "a hundred times too small: is the point two places off?"},
}

// shifted: the digits are right, and the point or the unit is not.
func (c *claim) shifted() []Note {
	j, ok := c.try()
	digits := strings.Trim(strings.ReplaceAll(c.stated.Number(), ".", ""), "0")
	if !ok || len(digits) < 3 {
		return nil
	}
	for _, sh := range shifts {
		moved := numberOf(c.stated.Figure).mul(scaled(1, -sh.places))
		step := scaled(1, -c.stated.Decimals()-sh.places).mul(half)
		if off := moved.sub(j.nominal).abs(); off.cmp(step) <= 0 {
			return []Note{{"shifted", lang.Of(lang.Zh("文中的数"+sh.zh), lang.En("the stated figure is "+sh.en))}}
		}
	}
	return nil
}
