package compare

import (
	"context"
	"strings"

	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// lookForStated asks of each measure that is 0 whether anything states that. Where nothing does, the book may not go back so far, or
// not hold the kind: such a 0 accuses nobody.
func (c *comparison) lookForStated(ctx context.Context, results []indicator.Result) error {
	var asks []indicator.Ask
	for _, r := range results {
		asks = append(asks, c.zeros(r.Tree())...)
	}
	if len(asks) == 0 {
		return nil
	}
	stated, err := c.Records.Stated(ctx, asks)
	if err != nil {
		return err
	}
	for i, ask := range asks {
		c.unstated[ask] = !stated[i]
	}
	return nil
}

// zeros are the measures under a part that are 0 and were not asked about.
func (c *comparison) zeros(p *indicator.Part) (asks []indicator.Ask) {
	if p.Ask != (indicator.Ask{}) && p.Value.State() == indicator.Computed && p.Value.Rat().Sign() == 0 {
		if _, known := c.unstated[p.Ask]; !known {
			c.unstated[p.Ask] = false
			asks = append(asks, p.Ask)
		}
	}
	for _, of := range p.Of {
		asks = append(asks, c.zeros(of)...)
	}
	return asks
}

// lacking are the measures behind a value that nothing states.
func (c *comparison) lacking(i *indicator.Indicator, p period.Period) (asks []indicator.Ask) {
	r, ok := c.results[asked{i, p}]
	if !ok {
		return nil
	}
	for _, ask := range r.Asks() {
		if c.unstated[ask] {
			asks = append(asks, ask)
		}
	}
	return asks
}

// earlier are those of a time before the one that is compared.
func (c *comparison) earlier(asks []indicator.Ask) (out []indicator.Ask) {
	for _, ask := range asks {
		if ask.Period.Last().Before(c.Period.First()) {
			out = append(out, ask)
		}
	}
	return out
}

// notStated says that the records have nothing of some measures: 记录里没有行政执法立案（2022年）.
func (c *comparison) notStated(asks []indicator.Ask) lang.Text {
	var zh, en []string
	for _, ask := range asks {
		label := lang.Text{Zh: ask.Measure, En: ask.Measure}
		if m, ok := c.Catalogue.Lookup(ask.Measure); ok {
			label = m.Label
		}
		at := ask.Period.Label()
		zh, en = append(zh, "“"+label.Zh+"”（"+at.Zh+"）"), append(en, label.En+" ("+at.En+")")
	}
	return lang.Text{Zh: "账册里没有" + strings.Join(zh, "、") + "的记录", En: "the book has no record of " + strings.Join(en, ", ")}
}
