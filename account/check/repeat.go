package check

import (
	"strconv"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// amountDigits is how many digits make an amount unmistakable: two equal ones are one amount, whatever it is called.
const amountDigits = 5

// repeatLines is how many lines apart a quantity is still taken for one that was given before.
const repeatLines = 2_000

// checkRepeats judges the same quantity given twice. That two figures are one quantity is sure where their subject, scope,
// time and edition are the same and the subject is a name; it is supposed where they are equal and have many digits, or
// where their subjects are related. What is only supposed is reported when it holds.
func checkRepeats(s *sentence) {
	for _, m := range s.mentions {
		switch m.kind {
		case level, named:
			key, manyDigits := m.printed()
			if m.listSize == 1 {
				s.judgeRepeat(m, key, manyDigits)
			}
			if manyDigits && s.paper.amounts.get(key) == nil {
				s.paper.amounts.put(key, m)
			}
		case amount:
			s.judgeRepeatedAmount(m)
		case rate:
			s.judgeRepeatedRate(m)
		}
	}
}

// judgeRepeatedAmount reports a change of many digits that another sentence gives too. Two changes may be two things, so
// that only equal ones are one.
func (s *sentence) judgeRepeatedAmount(m *mention) {
	key, ok := m.printed()
	if !ok || m.Form().Vague() || m.listSize > 1 {
		return
	}
	key.way = m.way
	if o := s.paper.amounts.get(key); o == nil {
		s.paper.amounts.put(key, m)
	} else if o.sentence != s && s.near(o) {
		s.repeats(m, o, true)
	}
}

// Lengths of time are no quantities that a report gives twice.
var months, seconds = dimensionOf("年"), dimensionOf("天")

func dimensionOf(unit string) figure.Dimension {
	u, _ := figure.UnitOf(unit)
	return u.Dimension()
}

// printed is by what an amount of many digits is found again: its unit and what is printed of it, and of a change which way it went.
type printed struct {
	unit   figure.Unit
	number string
	way    int // 0 for what is no change
}

// printed is the amount as it is found again; ok is false where it has too few digits.
func (m *mention) printed() (key printed, ok bool) {
	if m.Form() != figure.Range {
		if coef, _, small := coefficient(m.Figure); small && coef < least && coef > -least/10 {
			return key, false // too few digits, zeros or not
		}
	}
	number := m.Number()
	digits := 0
	for _, c := range []byte(strings.Trim(number, "0.")) {
		if c != '.' {
			digits++
		}
	}
	return printed{unit: m.Unit(), number: number}, digits >= amountDigits
}

// sameAmount is the amount of as many digits that was given before; nil where there is none.
func (p *paper) sameAmount(m *mention) *mention {
	if key, ok := m.printed(); ok {
		return p.amounts.get(key)
	}
	return nil
}

// least is the least whole number of amountDigits digits.
const least = 10_000

func (s *sentence) judgeRepeat(m *mention, key printed, manyDigits bool) {
	if m.Form().Vague() || m.kind == level && m.way != 0 || m.Value().IsZero() || m.Unit().Dimension() == months || m.Unit().Dimension() == seconds {
		return
	}
	if manyDigits {
		if o := s.paper.amounts.get(key); o != nil && o.n.line != m.n.line && s.near(o) {
			s.repeats(m, o, true)
			return
		}
		if o := s.otherUnit(m, key); o != nil {
			s.repeats(m, o, false)
			return
		}
	}
	var other *mention
	for _, core := range s.paper.cores(m) {
		known := s.paper.subjects.get(core)
		for k := len(known) - 1; k >= 0; k-- {
			o := known[k]
			if o.n.line == m.n.line || !sameQuantity(m, o) {
				continue
			}
			if sameValue(m, o) {
				s.repeats(m, o, true)
				return
			}
			if other == nil && (surelySame(m, o) || oneStaff(m, o) || s.paper.between.asks(m, o)) {
				other = o
			}
		}
	}
	if other != nil {
		s.repeats(m, other, false)
	}
}

// moneyUnits are those that are taken for one another.
var moneyUnits = [...]figure.Unit{unitOf("元"), unitOf("万元"), unitOf("亿元")}

// otherUnit is the same amount of the same thing with another unit: 总支出1234.56万元 and 总支出1234.56亿元. So many digits are not alike by chance.
func (s *sentence) otherUnit(m *mention, key printed) *mention {
	if m.Unit().Dimension() != money || m.depth > 0 || generic(m.core) || m.inherited {
		return nil
	}
	for _, unit := range moneyUnits {
		if unit == m.Unit() {
			continue
		}
		key.unit = unit
		if o := s.paper.amounts.get(key); o != nil && o.n.line != m.n.line && s.near(o) && o.core == m.core && !o.inherited && o.kind == level && sameQuantity(m, o) && powerOfTen(m, o) {
			return o
		}
	}
	return nil
}

// cores are the subjects under which a figure may have been given before: its own, and for a longer one its last part,
// which is what typing errors leave whole (给类生产安全事故).
func (p *paper) cores(m *mention) []string {
	if m.core == "" || generic(m.core) {
		return nil
	}
	out := []string{m.core}
	for i := range m.core {
		if tail := m.core[i:]; i > 0 && runes(tail) >= 6 {
			out = append(out, tail)
		}
	}
	return out[:min(len(out), 8)]
}

// sameQuantity says whether two figures can be one quantity.
func sameQuantity(m, o *mention) bool {
	if m.kind != o.kind || m.way != o.way || m.scope != o.scope && m.scope != "" && o.scope != "" || m.edition != o.edition && m.edition != "" && o.edition != "" ||
		!sameTime(m.period, o.period) || m.period.atEnd && o.period.starts || m.period.starts && o.period.atEnd {
		return false
	}
	unit := m.Unit() == o.Unit() || m.Unit() == figure.One || o.Unit() == figure.One || m.sameDimension(o) && m.Unit().Dimension() == money
	if !unit {
		return false
	}
	casualty := m.casualty()
	return casualty == o.casualty() && (casualty == "" || like(m.of, o.of) != unlike)
}

// sameValue says whether two figures are one value, the finer rounded to the digits of the coarser.
func sameValue(m, o *mention) bool {
	if m.Unit() == o.Unit() || m.Unit() == figure.One || o.Unit() == figure.One {
		if m.Decimals() == o.Decimals() {
			return m.Value().Equal(o.Value())
		}
		if m.Decimals() > o.Decimals() {
			m, o = o, m
		}
		return statesExactly(m.Figure, numberOf(o.Figure))
	}
	c := claim{form: same, stated: m, operands: []*mention{o}}
	if m.step().cmp(o.step()) < 0 {
		c.stated, c.operands[0] = o, m
	}
	j, ok := c.try()
	return ok && j.verdict == Holds
}

// surelySame says whether nothing in the text lets two figures be two quantities: their subjects, scopes, times and
// editions are stated alike, the subject is a name and no common noun, and the line of each says its year, so that what
// was done is not taken for what is planned. A supplement in parentheses (含后期补录11起) is one wherever it is repeated.
func surelySame(m, o *mention) bool {
	if m.scope != o.scope || m.edition != o.edition || m.depth != o.depth || m.inherited || o.inherited ||
		m.Unit() != o.Unit() && m.Unit() != figure.One && o.Unit() != figure.One {
		return false
	}
	if m.depth > 0 {
		return m.subject == o.subject && strings.HasPrefix(m.lead, "含") && strings.HasPrefix(o.lead, "含") && runes(m.core) >= 6
	}
	if m.partOf != nil || o.partOf != nil || !m.period.stated || !o.period.stated || m.period.year != o.period.year {
		return false
	}
	if m.casualty() != "" {
		return m.of != "" && o.of != "" && runes(shorter(m.of, o.of)) >= 4 && m.scope != ""
	}
	return runes(shorter(m.core, o.core)) >= 6 && m.scope != ""
}

// staffing are the two numbers that say together how an office is staffed.
var staffing = wordsOf("编制", "在职", "在编")

// oneStaff says whether two figures are the posts, or the people in them, of one office at one time, because the other of the two numbers
// stands beside each of them and is the same: 编制100人，实有在职92人 and 编制数100人，在职人员92人.
func oneStaff(m, o *mention) bool {
	if m.core != o.core || m.edition != o.edition || m.depth > 0 || o.depth > 0 || !staffing.in(m.core) || m.Unit() != o.Unit() || m.period.year != o.period.year {
		return false
	}
	if !m.ofOwnOffice() || !o.ofOwnOffice() {
		return false
	}
	for _, x := range m.sentence.staff(m) {
		for _, y := range m.sentence.paper.subjects.get(x.core) {
			if y.n.line == o.n.line && y.depth == 0 && x.ofOwnOffice() && y.ofOwnOffice() && sameTime(x.period, y.period) && x.Unit() == y.Unit() && x.Value().Equal(y.Value()) {
				return true
			}
		}
	}
	return false
}

// ofOwnOffice says whether a figure is of the office that reports, as far as its words tell: they name none, or it.
func (m *mention) ofOwnOffice() bool {
	said := m.subject
	if at, w := reporting.find(said); w != "" {
		if said = said[at+len(w):]; strings.HasPrefix(said, "及") || strings.HasPrefix(said, "和") { // 我局及二级单位
			return true
		}
	}
	at, w := officeWords.find(said)
	return w == "" || strings.HasSuffix(m.sentence.paper.file.Organisation, subjectHeads.trimHeads(said[:at+len(w)]))
}

// reporting are words for the office that reports.
var reporting = wordsOf("我局", "我单位", "本单位", "本部门", "本局")

// staff are the numbers of posts and of people of the line up to the sentence, or in it, that stand beside one of them.
func (s *sentence) staff(beside *mention) (all []*mention) {
	for at := s; at != nil; at = at.previous {
		for _, m := range at.mentions {
			if m.kind == level && m.depth == 0 && m.core != beside.core && staffing.in(m.core) && !m.Form().Vague() && m.listSize == 1 && sameTime(m.period, beside.period) {
				all = append(all, m)
			}
		}
	}
	return all
}

func shorter(a, b string) string {
	if len(b) < len(a) {
		return b
	}
	return a
}

// repeats reports a figure given again.
func (s *sentence) repeats(m, o *mention, agree bool) {
	if int(m.n.line.Number-o.n.line.Number) > repeatLines {
		return
	}
	stated := *m
	if stated.Unit() == figure.One && o.Unit() != figure.One {
		stated.Figure = stated.WithUnit(o.Unit())
	}
	stated.spanned = nil
	operand := *o
	operand.spanned = nil
	if operand.Unit() == figure.One {
		operand.Figure = operand.WithUnit(stated.Unit())
	}
	c := claim{rule: "repeat", what: lang.Of(lang.Zh(name(m)+"在第"+lineOf(o)+"行已给出"), lang.En(name(m)+" was given in line "+lineOf(o))), form: same, stated: &stated, operands: []*mention{&operand}}
	if !agree && powerOfTen(m, o) {
		c.rule = "unit"
	}
	s.paper.settle(c)
}

// judgeRepeatedRate judges a rate of change given again for a thing that is the same as before.
func (s *sentence) judgeRepeatedRate(r *mention) {
	of := s.thingOf(r)
	if of == nil || r.Form().Vague() {
		return
	}
	for _, core := range s.paper.cores(of) {
		known := s.paper.subjects.get(core)
		for k := len(known) - 1; k >= 0; k-- {
			o := known[k]
			if o.n.line == r.n.line || o.rate == nil || !sameQuantity(of, o) || o.rate.way != r.way {
				continue
			}
			same := sameValue(r, o.rate)
			if same || surelySame(of, o) && sameValue(of, o) && sameGround(r, o.rate) {
				s.repeats(r, o.rate, same)
				return
			}
		}
	}
}

// sameGround says whether two changes are compared with the same time.
func sameGround(a, b *mention) bool {
	return !otherGrounds.in(a.ground) && !otherGrounds.in(b.ground)
}

// thingOf is the value whose change a rate states: the level that stands in its place before it, or that its amount is of.
func (s *sentence) thingOf(r *mention) *mention {
	n := r.listSize
	at := r.place - n
	if at < 0 {
		return nil
	}
	m := s.mentions[at]
	if m.kind == amount {
		bases := s.basesOf(m)
		if len(bases) == 0 {
			return nil
		}
		m = bases[0].mention
	}
	if m.kind != level || normal(r.core) != "" {
		return nil
	}
	if m.rate == nil {
		m.rate = r
	}
	return m
}

func lineOf(m *mention) string { return strconv.Itoa(m.n.lineNumber()) }

// powerOfTen says whether two figures have the same digits and differ by a power of ten, as when 元 is taken for 万元.
func powerOfTen(m, o *mention) bool {
	digits := func(f figure.Figure) string { return strings.Trim(strings.ReplaceAll(f.Number(), ".", ""), "0") }
	return digits(m.Figure) == digits(o.Figure) && len(digits(m.Figure)) >= 3
}
