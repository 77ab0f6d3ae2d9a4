package compare

import (
	"context"

	"anlan/account/indicator"
	"anlan/ground/lang"
)

// mark asks what a reader must know of the records behind the figures that are compared, and notes it with each.
func (c *comparison) mark(ctx context.Context) error {
	var asks []indicator.Ask
	seen := map[indicator.Ask]bool{}
	for _, m := range c.matches {
		for _, ask := range c.asksOf(m) {
			if !seen[ask] {
				seen[ask] = true
				asks = append(asks, ask)
			}
		}
	}
	if len(asks) == 0 {
		return nil
	}
	marks, err := c.Records.Marks(ctx, asks)
	if err != nil {
		return err
	}
	for i, ask := range asks {
		if marks[i] != (lang.Text{}) {
			c.marks[ask] = marks[i]
		}
	}
	for _, m := range c.matches {
		for _, ask := range c.asksOf(m) {
			if mark, ok := c.marks[ask]; ok {
				m.notes = append(m.notes, c.marked(ask, mark))
			}
		}
	}
	return nil
}

// asksOf are the measures behind what the records give for a match.
func (c *comparison) asksOf(m *match) []indicator.Ask {
	if m.of == nil || !m.compared() {
		return nil
	}
	return c.results[asked{m.of.Indicator, m.period}].Asks()
}

// marked says a remark with the measure and the time that it is about.
func (c *comparison) marked(ask indicator.Ask, mark lang.Text) lang.Text {
	label := lang.Text{Zh: ask.Measure, En: ask.Measure}
	if m, ok := c.Catalogue.Lookup(ask.Measure); ok {
		label = m.Label
	}
	at := ask.Period.Label()
	return lang.Text{Zh: label.Zh + "（" + at.Zh + "）" + mark.Zh, En: label.En + " (" + at.En + ") is " + mark.En}
}
