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
	x := new(big.Rat).Sub(a, b)
	text := fmt.Sprintf("%s %s − %s", i.Code(), now.period, before)
	if m.Sense == check.Growth {
		if b.Sign() <= 0 {
			m.verdict, m.why = NotRecorded, lang.Text{Zh: "记录里" + before.Label().Zh + "的数不大于0，没有变化率", En: "the records give no more than 0 for " + before.String() + ", so there is no rate of change"}
			return
		}
		x.Quo(x, b)
		text = fmt.Sprintf("%s (%s − %s) ÷ %s", i.Code(), now.period, before, before)
	}
	if m.Way < 0 {
		x.Neg(x)
	}
	unit := now.Unit()
	if m.Sense == check.Growth {
		unit = figure.One
	}
	if x, err := unit.Convert(x, m.Unit()); err == nil {
		m.judge(x, text, c.matchesOf(now, others))
	}
}

// matchesOf are a match and those with some ids.
func (c *comparison) matchesOf(first *match, ids []string) []*match {
	all := []*match{first}
	for _, id := range ids {
		if m := c.byID[id]; m != nil && m != first {
			all = append(all, m)
		}
	}
	return all
}

// judge gives a derived figure its verdict. on are the figures of the text from which the text computes it.
func (m *match) judge(x *big.Rat, derived string, on []*match) {
	m.value, m.derived, m.why = x, derived, lang.Text{}
	m.verdict = judged(m.Figure, x)
	m.on(on)
}

// on looks, for a derived figure that differs, at the figures it was computed from: it only follows from those that differ.
func (m *match) on(on []*match) {
	for _, o := range on {
		if m.verdict == Differs && o.verdict == Differs {
			m.origins = append(m.origins, o.ID)
			m.origins = append(m.origins, o.origins...)
		}
	}
	slices.Sort(m.origins)
	m.origins = slices.Compact(m.origins)
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
	if m.verdict == Differs && holds && !slices.ContainsFunc(operands, func(o *match) bool { return o.verdict == Differs }) {
		m.verdict, m.why, m.origins = ByRounding, fromPrinted, nil // the printed operands agree, and give the figure
		return
	}
	if m.closed() {
		return
	}
	values := make([]*big.Rat, len(operands))
	for k, o := range operands {
		values[k] = new(big.Rat).Mul(o.value, o.Unit().Scale())
	}
	x, ok := claim.Value(values)
	if !ok {
		return
	}
	x.Quo(x, m.Unit().Scale())
	if m.of == nil {
		m.of, m.period = operands[0].of, operands[0].period
	}
	m.judge(x, c.formula(r, claim), operands)
	if m.verdict == Differs && holds && len(m.origins) == 0 {
		m.verdict, m.why = ByRounding, fromPrinted
	}
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
