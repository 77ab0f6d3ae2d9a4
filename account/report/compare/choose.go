package compare

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// outcome is what the records say of a mention if it is of a candidate.
type outcome struct {
	candidate
	verdict Verdict
	sure    bool // of the time
	period  period.Period
	value   *big.Rat
	why     lang.Text
}

var (
	unsureTime = lang.Of("词语符合指标%s，但不能确定是哪一年的数据", "the words are those of the indicator %s, but it cannot be told of which year it is")
)

// choose decides which candidate a mention is of: the one whose words fit fully and are the longest. Only where several fit alike,
// or all nearly, does the value decide, and then it only confirms: what is not certain to be of an indicator never differs from it.
func (c *comparison) choose(m *match) {
	if len(m.candidates) == 0 {
		return
	}
	var sure, rest []outcome
	longest := 0
	for _, k := range m.candidates {
		if k.strength == fully {
			longest = max(longest, k.runes)
		}
	}
	for _, k := range m.candidates {
		switch {
		case k.strength == fully && k.runes == longest:
			sure = append(sure, c.outcome(m, k))
		case k.strength == nearly && k.runes > longest:
			rest = append(rest, c.outcome(m, k))
		}
	}
	if len(rest) == 0 && len(sure) > 0 && alike(sure) {
		c.settle(m, sure[0])
		return
	}
	for _, o := range append(sure, rest...) {
		if (o.verdict == Agrees || o.verdict == ByRounding) && (o.strength == fully || telling(m.Figure)) {
			m.take(o)
			return
		}
	}
	m.verdict, m.why = NotAligned, lang.Text{}
	switch all := append(sure, rest...); {
	case len(all) > 1:
		m.why = withCodes(severalFit, all)
	default:
		m.why = withCodes(wordsLike, all)
	}
}

// outcome judges a mention by a candidate; of several times, the first with which it agrees. Where all of them have one value, the
// time does not matter.
func (c *comparison) outcome(m *match, k candidate) (best outcome) {
	if len(k.moments) == 0 {
		return outcome{candidate: k, verdict: NotAligned, why: k.why}
	}
	same := true
	for n, at := range k.moments {
		o := outcome{candidate: k, sure: at.sure, period: at.period}
		if o.value, o.why = c.valueIn(k.Indicator, at.period, m.Unit()); o.value == nil {
			o.verdict = NotRecorded
		} else {
			if m.turned {
				o.value = new(big.Rat).Neg(o.value)
			}
			c.weigh(m, &o)
		}
		same = same && (n == 0 || o.value != nil && best.value != nil && o.value.Cmp(best.value) == 0)
		if best.verdict == "" || slices.Index(kindness, o.verdict) < slices.Index(kindness, best.verdict) {
			best = o
		}
	}
	best.sure = best.sure || same && best.value != nil
	return best
}

// weigh judges a mention by a value. A value that rests on what nothing states accuses nobody.
func (c *comparison) weigh(m *match, o *outcome) {
	o.verdict = judged(m.Figure, o.value)
	if o.verdict == ByRounding {
		o.why = howRounded(m.Figure, o.value)
	}
	if o.verdict != Differs {
		return
	}
	lacking := c.lacking(o.Indicator, o.period)
	if o.value.Sign() != 0 {
		lacking = c.earlier(lacking)
	}
	if len(lacking) > 0 {
		o.verdict, o.value, o.why = NotRecorded, nil, c.notStated(lacking)
	}
}

// kindness orders what several times say.
var kindness = []Verdict{Agrees, ByRounding, Differs, NotRecorded}

// alike says whether several indicators are one figure under two names.
func alike(all []outcome) bool {
	for _, o := range all[1:] {
		if o.verdict != all[0].verdict || o.period != all[0].period || (o.value == nil) != (all[0].value == nil) || o.value != nil && o.value.Cmp(all[0].value) != 0 {
			return false
		}
	}
	return true
}

// settle takes the only candidate whose words fit.
func (c *comparison) settle(m *match, o outcome) {
	m.take(o)
	if o.verdict == Differs && !o.sure {
		m.take(outcome{verdict: NotAligned, why: withCodes(unsureTime, []outcome{o})})
		return
	}
	if o.verdict == Differs {
		c.otherYear(m, o)
		if lacking := c.lacking(o.Indicator, o.period); len(lacking) > 0 {
			t := c.notStated(lacking)
			m.notes = append(m.notes, lang.Text{Zh: t.Zh + "，按0计", En: t.En + ", and it counts as 0"})
		}
	}
	if c.misdated[m.ID] {
		m.notes = append(m.notes, lang.Text{
			Zh: fmt.Sprintf("文中写作%d年；按上下文应为%s，已按后者比对", m.Year, o.period.Label().Zh),
			En: fmt.Sprintf("the text says %d; by its context it is of %s and was compared as that", m.Year, o.period)})
	}
}

func (m *match) take(o outcome) {
	m.of, m.verdict, m.period, m.value, m.why = o.known, o.verdict, o.period, o.value, o.why
}

// otherYear notes that a figure which differs is the one of the year before, exactly.
func (c *comparison) otherYear(m *match, o outcome) {
	before := o.period.LastYear()
	x, _ := c.valueIn(o.Indicator, before, m.Unit())
	if x != nil && x.Sign() != 0 && telling(m.Figure) && judged(m.Figure, x) == Agrees {
		m.notes = append(m.notes, lang.Text{Zh: "与" + before.Label().Zh + "的数相同：是否用了上年的数？", En: "it is the figure of " + before.String() + ": was last year's taken?"})
	}
}

// telling says whether a figure has digits enough that agreeing with it is hardly chance: three or more.
func telling(f figure.Figure) bool {
	digits := 0
	for _, r := range strings.TrimLeft(f.Number(), "-0.") {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 3
}

// withCodes sets the codes of candidates into a text, at most three.
func withCodes(t lang.Text, all []outcome) lang.Text {
	var codes []string
	for _, o := range all[:min(len(all), 3)] {
		codes = append(codes, o.Code())
	}
	return lang.Text{Zh: fmt.Sprintf(t.Zh, strings.Join(codes, "、")), En: fmt.Sprintf(t.En, strings.Join(codes, ", "))}
}
