package compare

import (
	"context"
	"slices"
	"strings"

	"anlan/account/check"
)

// otherBases are words by which a change is not one of the recorded values since last year.
var otherBases = []string{"预算", "计划", "目标", "环比", "可比", "同口径", "不变价", "剔除", "扣除", "年初", "上月", "年均", "分别", "各"}

// changesByWords derives the changes that no claim of the text explains: from the indicator that their own words name, or from the
// figure right before them.
func (c *comparison) changesByWords(ctx context.Context) error {
	var wanted []asked
	for k, m := range c.matches {
		if m.of != nil || m.Sense != check.Change && m.Sense != check.Growth || !c.sinceLastYear(m, c.Period) || c.otherBase(m) {
			continue
		}
		if m.Changed == "" {
			if now := c.rightBefore(k); now != nil {
				c.change(m, now, nil)
			}
			continue
		}
		if i := c.named(m); i != nil {
			m.base = i
			wanted = append(wanted, asked{i.Indicator, c.Period}, asked{i.Indicator, c.Period.LastYear()})
		}
	}
	if err := c.fetch(ctx, wanted); err != nil {
		return err
	}
	for _, m := range c.matches {
		if m.base != nil && m.of == nil {
			c.change(m, &match{Mention: &check.Mention{Figure: m.WithUnit(m.base.Unit())}, of: m.base, period: c.Period}, nil)
		}
	}
	return nil
}

// otherBase says whether a change is on another ground, of another kind of value, or one of several in their order.
func (c *comparison) otherBase(m *match) bool {
	clause := m.Line.Text[m.Opens:m.From]
	if i := strings.LastIndexAny(clause, "，；。"); i >= 0 {
		clause = clause[i:]
	}
	return m.Year != c.Period.First().Year() || m.Part != "" || foreignScopes[m.Scope] || slices.ContainsFunc(otherBases, func(w string) bool { return strings.Contains(clause, w) })
}

// rightBefore is the figure right before a change in its sentence, when that is a level which has an indicator; between a level and
// the rate of its change its amount may stand.
func (c *comparison) rightBefore(k int) *match {
	m := c.matches[k]
	for n := k - 1; n >= 0 && n >= k-2; n-- {
		before := c.matches[n]
		switch {
		case before.Line != m.Line || before.Opens != m.Opens:
			return nil
		case before.Sense == check.Change && m.Sense == check.Growth && before.of != nil:
		case before.Sense == check.Level && before.of != nil && before.compared() && before.derived == "" && before.period == c.Period &&
			(m.Sense == check.Growth || before.Unit().Dimension() == m.Unit().Dimension()):
			return before
		default:
			return nil
		}
	}
	return nil
}

// named is the one indicator that the words of a change name fully; nil where there is none, or more than one.
func (c *comparison) named(m *match) (found *known) {
	own := withoutExpenditure(trimTails(fold(m.Changed)))
	around := surroundings{own: []string{own, fold(m.Of) + own}, fate: slices.ContainsFunc(fates, func(f string) bool { return strings.Contains(own, f) }),
		narrowed: ofAPart(m.Line.Text[m.Opens:m.From])}
	for i := range c.known {
		k := &c.known[i]
		if around.narrowed || m.Sense == check.Change && k.Unit().Dimension() != m.Unit().Dimension() || around.fate && !k.covers(m.Of, own) {
			continue
		}
		if !slices.ContainsFunc(k.wordings, func(w wording) bool { return w.met(&around) == fully }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = k
	}
	return found
}
