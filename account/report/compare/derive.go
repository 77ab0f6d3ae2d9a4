package compare

import (
	"context"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/account/check"
	"anlan/account/indicator"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// derivations bounds how often what was derived is used to derive more: a change, its rate, and the sum of both.
const derivations = 3

// derive compares figures that the text computes from others: the same arithmetic is done with what the records give for those.
func (c *comparison) derive(ctx context.Context) error {
	for range derivations {
		for _, claim := range c.read.Claims {
			c.changes(claim)
			c.computes(claim)
		}
	}
	return c.changesByWords(ctx)
}

// closed says whether a match needs no derivation any more.
func (m *match) closed() bool { return m.value != nil && m.verdict != Differs || m.derived != "" }

// compared says whether the records give a value for a match.
func (m *match) compared() bool {
	return m.value != nil && (m.verdict == Agrees || m.verdict == ByRounding || m.verdict == Differs)
}

// changes derives amounts and rates of change since last year from the indicator of the level that has changed.
func (c *comparison) changes(claim check.Claim) {
	if c.read.File.Relations[claim.Relation].Rule != "change" || len(claim.Operands) == 0 {
		return
	}
	now, stated := c.byID[claim.Operands[0]], c.byID[claim.Stated]
	if now == nil || now.of == nil || !now.compared() || now.Sense != check.Level || stated == nil || !c.sinceLastYear(stated, now.period) {
		return
	}
	for _, id := range append(claim.Operands[1:], claim.Stated) {
		if m := c.byID[id]; m != nil && !m.closed() {
			c.change(m, now, claim.Operands[1:])
		}
	}
}

// sinceLastYear says whether a sentence of change speaks of the year before a period.
func (c *comparison) sinceLastYear(m *match, p period.Period) bool {
	text := m.Line.Text[m.Opens:m.Closes]
	for _, word := range []string{"上年", "去年", "同比", "同期", strconv.Itoa(p.First().Year()-1) + "年"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// change derives one amount or rate of change, which the text computes from the level now and others.
func (c *comparison) change(m, now *match, others []string) {
	if m.Sense != check.Change && m.Sense != check.Growth {
		return
	}
	i := now.of.Indicator
	a, whyA := c.valueIn(i, now.period, now.Unit())
	b, whyB := c.valueIn(i, now.period.LastYear(), now.Unit())
	m.of, m.period = now.of, now.period
	before := now.period.LastYear()
	if a == nil || b == nil {
		m.verdict, m.why = NotRecorded, whyB
		if a == nil {
			m.why = whyA
		}
		return
	}
	var nothing []indicator.Ask // that states a 0
	if a.Sign() == 0 {
		nothing = c.lacking(i, now.period)
	}
	if b.Sign() == 0 {
		nothing = append(nothing, c.lacking(i, before)...)
	}
	if len(nothing) > 0 {
		m.verdict, m.why = NotRecorded, c.notStated(nothing)
		return
	}
	if m.Sense == check.Growth && b.Sign() <= 0 {
		m.verdict, m.why = NotRecorded, lang.Text{Zh: "记录里" + before.Label().Zh + "的数不大于0，没有变化率", En: "the records give no more than 0 for " + before.String() + ", so there is no rate of change"}
		return
	}
	x := m.changed(a, b, now.Unit())
	if x == nil {
		return
	}
	text := fmt.Sprintf("%s %s − %s", i.Code(), now.period, before)
	if m.Sense == check.Growth {
		text = fmt.Sprintf("%s (%s − %s) ÷ %s", i.Code(), now.period, before, before)
	}
	m.judge(x, text)
	if lacking := c.earlier(append(c.lacking(i, now.period), c.lacking(i, before)...)); m.verdict == Differs && len(lacking) > 0 {
		m.verdict, m.value, m.derived, m.why = NotRecorded, nil, "", c.notStated(lacking)
		return
	}
	m.ways = append(m.ways, c.wayOfChange(m, now, others))
}

// changed is the amount or the rate of a change from b to a, in the unit of a mention; nil where there is none.
func (m *match) changed(a, b *big.Rat, unit figure.Unit) *big.Rat {
	x := new(big.Rat).Sub(a, b)
	if m.Sense == check.Growth {
		if b.Sign() <= 0 {
			return nil
		}
		x.Quo(x, b)
		unit = figure.One
	}
	if m.Way < 0 {
		x.Neg(x)
	}
	x, err := unit.Convert(x, m.Unit())
	if err != nil {
		return nil
	}
	return x
}

// judge gives a derived figure its verdict.
func (m *match) judge(x *big.Rat, derived string) {
	m.value, m.derived, m.why = x, derived, lang.Text{}
	if m.verdict = judged(m.Figure, x); m.verdict == ByRounding {
		m.why = howRounded(m.Figure, x)
	}
}

// computes derives the stated figure of a claim from its operands.
func (c *comparison) computes(claim check.Claim) {
	r := c.read.File.Relations[claim.Relation]
	m := c.byID[claim.Stated]
	holds := r.Verdict == check.Holds || r.Verdict == check.Rounding
	if m == nil || !claim.Computes() || !holds && !slices.Contains(statedRules, r.Rule) {
		return
	}
	var operands []*match
	for _, id := range claim.Operands {
		o := c.byID[id]
		if o == nil || !o.compared() {
			return
		}
		operands = append(operands, o)
	}
	arithmetic := func(of func(*match) *big.Rat) *big.Rat {
		values := make([]*big.Rat, len(operands))
		for k, o := range operands {
			values[k] = new(big.Rat).Mul(of(o), o.Unit().Scale())
		}
		x, ok := claim.Value(values)
		if !ok {
			return nil
		}
		return x.Quo(x, m.Unit().Scale())
	}
	x := arithmetic(recorded)
	if x == nil {
		return
	}
	if m.value == nil {
		if m.of == nil {
			m.of, m.period = operands[0].of, operands[0].period
		}
		m.judge(x, c.formula(r, claim))
	}
	if !slices.ContainsFunc(m.ways, func(w way) bool { return w.claim == claim.Relation+1 }) {
		m.ways = append(m.ways, way{claim.Relation + 1, operands, arithmetic})
	}
	if m.verdict != Differs || slices.ContainsFunc(operands, func(o *match) bool { return o.verdict == Differs }) {
		return
	}
	switch same := m.value != nil && x.Cmp(m.value) == 0; {
	case same && r.Verdict == check.Holds:
		m.verdict, m.why = ByRounding, fromPrinted // its operands agree and, as they are printed, give it exactly
	case !same && holds && m.derived == "" && m.explained == "" && judged(m.Figure, x) != Differs:
		m.explained = c.formula(r, claim)
		m.notes = append(m.notes, c.otherwiseCalled(m, x, r))
	}
}

// otherwiseCalled says that a figure is not what its name says, but what other figures of the text add up to.
func (c *comparison) otherwiseCalled(m *match, x *big.Rat, r check.Relation) lang.Text {
	sum := shown(x, m.Decimals()) + m.Unit().String()
	label := m.of.Label()
	left, _, _ := strings.Cut(r.Formula, " = ")
	named := func(l lang.Lang) string {
		return ids.ReplaceAllStringFunc(left, func(id string) string {
			o := c.byID[id]
			return o.of.Label().In(l) + lang.Text{Zh: "（" + o.period.Label().Zh + "）", En: " (" + o.period.Label().En + ")"}.In(l)
		})
	}
	return lang.Text{
		Zh: "文中的数等于" + named(lang.Chinese) + "，按记录为" + sum + "，与文中相符：它不是" + label.Zh + "，名称是否用错？",
		En: "the figure in the text is " + named(lang.English) + ", by the records " + sum + ", which agrees: it is not the " + label.En + "; is it misnamed?"}
}

// statedRules are those whose claims the text makes itself, so that they may be computed from the records even where the text
// contradicts itself.
var statedRules = []string{"change", "share", "rate", "points"}

var fromPrinted = lang.Of("由文中印出的、与记录相符的数推得", "it follows from printed figures that agree with the records")

var ids = regexp.MustCompile(`f[0-9]+`)

// formula is a claim's arithmetic with codes of indicators and their periods in place of figures.
func (c *comparison) formula(r check.Relation, claim check.Claim) string {
	left, _, _ := strings.Cut(r.Formula, " = ")
	if m := c.byID[left]; m != nil && m.derived != "" {
		return m.derived
	}
	return ids.ReplaceAllStringFunc(left, func(id string) string {
		m := c.byID[id]
		switch {
		case m == nil || m.of == nil:
			return id
		case m.derived != "":
			return "[" + m.derived + "]"
		}
		return m.of.Code() + " " + m.period.String()
	})
}
