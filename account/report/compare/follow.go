package compare

import (
	"context"
	"math/big"
	"slices"

	"anlan/account/check"
	"anlan/account/indicator"
	"anlan/ground/lang"
)

// way is how the text computes a figure from others of its figures.
type way struct {
	claim int // the place of its relation, from 1; 0 for a change since last year
	on    []*match
	value func(of func(*match) *big.Rat) *big.Rat // in the unit of the figure; nil where there is none
}

func recorded(m *match) *big.Rat { return m.value }

// wayOfChange is the way in which the text computes a change since last year: from the level now, and that of last year where it
// states it.
func (c *comparison) wayOfChange(m, now *match, others []string) way {
	i, before := now.of.Indicator, now.period.LastYear()
	w := way{on: []*match{now}}
	var base *match
	for _, id := range others {
		if o := c.byID[id]; o != nil && o.of == now.of && o.period == before && o.derived == "" && o.value != nil && o.Unit().Dimension() == now.Unit().Dimension() {
			base = o
			w.on = append(w.on, o)
		}
	}
	w.value = func(of func(*match) *big.Rat) *big.Rat {
		a := of(now)
		b, _ := c.valueIn(i, before, now.Unit())
		if base != nil {
			if x, err := base.Unit().Convert(of(base), now.Unit()); err == nil {
				b = x
			}
		}
		if a == nil || b == nil {
			return nil
		}
		return m.changed(a, b, now.Unit())
	}
	return w
}

// follow finds, for each figure that differs, those from which it only follows: with what the text prints for them in place of what
// the records give, the same arithmetic gives it. One that they do not give is a difference of its own.
func (c *comparison) follow(ctx context.Context) error {
	if err := c.fromMeasures(ctx); err != nil {
		return err
	}
	for k, m := range c.matches {
		for _, w := range m.ways {
			if m.verdict != Differs || len(m.origins) > 0 {
				break
			}
			var wrong []*match
			for _, o := range w.on {
				if o != m && o.verdict == Differs && !o.Form().Vague() && (o.derived == "" || slices.Index(c.matches[:k], o) >= 0) {
					wrong = append(wrong, o)
				}
			}
			if len(wrong) == 0 {
				continue
			}
			x := w.value(func(o *match) *big.Rat {
				if slices.Contains(wrong, o) {
					return o.Rat()
				}
				return o.value
			})
			y := w.value(func(o *match) *big.Rat { return o.Rat() })
			if x != nil && judged(m.Figure, x) != Differs || y != nil && judged(m.Figure, y) != Differs {
				m.comesOf(wrong)
			} else if x != nil {
				m.notOf(wrong, x)
			}
		}
	}
	return nil
}

// comesOf notes the figures from which a figure follows, and those from which these follow.
func (m *match) comesOf(wrong []*match) {
	for _, o := range wrong {
		m.origins = append(append(m.origins, o.ID), o.origins...)
	}
	slices.Sort(m.origins)
	m.origins = slices.Compact(m.origins)
}

// notOf notes that figures which differ do not give this one either.
func (m *match) notOf(wrong []*match, x *big.Rat) {
	stated := wrong[0].String()
	for _, o := range wrong[1:] {
		stated += "、" + o.String()
	}
	value := shown(x, m.Decimals()) + m.Unit().String()
	note := lang.Text{Zh: "按文中的" + stated + "推算为" + value + "，也不是文中的数", En: "from " + stated + " in the text it is " + value + ", which is not the figure either"}
	if !slices.Contains(m.refuted, note) {
		m.refuted = append(m.refuted, note)
	}
}

// printedRecords are records with what the text prints in place of some of their figures.
type printedRecords struct {
	Records
	printed map[indicator.Ask]*big.Rat // in the measure's unit
}

func (p printedRecords) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out, err := p.Records.Values(ctx, asks)
	for k, ask := range asks {
		if x, ok := p.printed[ask]; ok && err == nil {
			out[k] = indicator.Exact(x, indicator.NotCounted)
		}
	}
	return out, err
}

// fromMeasures finds the figures that follow from others which state a measure itself: what rests on the measure is computed again
// with what the text prints for it.
func (c *comparison) fromMeasures(ctx context.Context) error {
	printed, stating := map[indicator.Ask]*big.Rat{}, map[indicator.Ask]*match{}
	for _, m := range c.matches {
		if m.verdict != Differs || m.derived != "" || m.explained != "" || m.Sense != check.Level || m.Form().Vague() {
			continue
		}
		ask, ok := c.results[asked{m.of.Indicator, m.period}].Tree().Measure()
		if !ok || stating[ask] != nil {
			continue
		}
		if of, known := c.Catalogue.Lookup(ask.Measure); known {
			if x, err := m.Unit().Convert(m.Rat(), of.Unit); err == nil {
				printed[ask], stating[ask] = x, m
			}
		}
	}
	if len(printed) == 0 {
		return nil
	}
	again := map[asked]indicator.Result{}
	var questions []indicator.Question
	for _, m := range c.matches {
		if m.verdict != Differs {
			continue
		}
		for _, a := range c.restsOn(m) {
			if _, ok := again[a]; !ok {
				again[a] = indicator.Result{}
				questions = append(questions, indicator.Question{Indicator: a.indicator, Period: a.period, Unit: c.Unit})
			}
		}
	}
	results, err := indicator.Eval(ctx, printedRecords{c.Records, printed}, questions...)
	if err != nil {
		return err
	}
	for _, r := range results {
		again[asked{r.Question().Indicator, r.Question().Period}] = r
	}
	for _, m := range c.matches {
		if m.verdict == Differs {
			c.fromMeasure(m, again, stating)
		}
	}
	return nil
}

// restsOn are the values from which a figure is computed, of an indicator or of its change since last year; none where the text
// computes it otherwise.
func (c *comparison) restsOn(m *match) []asked {
	now := asked{m.of.Indicator, m.period}
	switch {
	case m.Sense == check.Change || m.Sense == check.Growth:
		return []asked{now, {m.of.Indicator, m.period.LastYear()}}
	case m.derived == "":
		return []asked{now}
	}
	return nil
}

func (c *comparison) fromMeasure(m *match, again map[asked]indicator.Result, stating map[indicator.Ask]*match) {
	on := c.restsOn(m)
	var wrong []*match
	var values []*big.Rat
	for _, a := range on {
		r := again[a]
		for _, ask := range r.Asks() {
			if o := stating[ask]; o != nil && o != m && !slices.Contains(wrong, o) {
				wrong = append(wrong, o)
			}
		}
		v := r.Value()
		if v.State() != indicator.Computed {
			return
		}
		values = append(values, v.Rat())
	}
	if len(wrong) == 0 {
		return
	}
	var x *big.Rat
	if len(values) == 2 {
		x = m.changed(values[0], values[1], m.of.Unit())
	} else if y, err := m.of.Unit().Convert(values[0], m.Unit()); err == nil {
		x = y
	}
	switch {
	case x == nil:
	case judged(m.Figure, x) != Differs:
		m.comesOf(wrong)
	case m.derived != "":
		m.notOf(wrong, x)
	}
}
