package report

import (
	"context"
	"fmt"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Subject is what a report is about.
type Subject struct {
	Bureau    string // its name
	Unit      place.Unit
	Period    period.Period
	Basis     document.Basis
	Synthetic bool
}

// Built is a report before it is written.
type Built struct {
	Subject  Subject
	Document document.Document
	Results  []indicator.Result // of the figures, in order of declaration
}

// Build computes the figures of the template and sets them into its prose.
func (t *Template) Build(ctx context.Context, set *indicator.Set, source indicator.Source, s Subject) (*Built, error) {
	questions := make([]indicator.Question, len(t.order))
	for i, id := range t.order {
		r := t.figures[id]
		ind, err := set.Indicator(r.indicator)
		if err != nil {
			return nil, err
		}
		questions[i] = indicator.Question{Indicator: ind, Period: s.Period, Unit: s.Unit}
	}
	counted := &counting{source: source, records: map[indicator.Ask]int{}}
	results, err := indicator.Eval(ctx, counted, questions...)
	if err != nil {
		return nil, err
	}
	printed := map[string]document.Inlines{}
	for i, id := range t.order {
		printed[id] = t.figures[id].form.print(results[i], figureOf(id, results[i], s, counted))
	}
	d := document.Document{Title: t.expand(t.title, s), Author: s.Bureau, Basis: s.Basis, Synthetic: s.Synthetic}
	placed := map[string]bool{}
	for _, b := range t.blocks {
		var in document.Inlines
		for _, p := range b.parts {
			switch {
			case p.name == "":
				in = append(in, document.Text(p.text))
			case settings[p.name]:
				in = append(in, document.Text(t.expand("{"+p.name+"}", s)))
			default:
				in = append(in, again(printed[p.name], p.name, placed)...)
			}
		}
		if b.level > 0 {
			d.Blocks = append(d.Blocks, document.Heading{Level: b.level, Text: in})
		} else {
			d.Blocks = append(d.Blocks, document.Paragraph(in))
		}
	}
	return &Built{s, d, results}, nil
}

// again gives the inlines of a figure; when it is printed a second time its id gets a number, because an id stands once.
func again(in document.Inlines, id string, placed map[string]bool) document.Inlines {
	if !placed[id] {
		placed[id] = true
		return in
	}
	n := 2
	for placed[fmt.Sprintf("%s.%d", id, n)] {
		n++
	}
	next := fmt.Sprintf("%s.%d", id, n)
	placed[next] = true
	out := append(document.Inlines(nil), in...)
	for i, x := range out {
		if f, ok := x.(document.Figure); ok {
			f.ID = next
			out[i] = f
		}
	}
	return out
}

func (t *Template) expand(text string, s Subject) string {
	y, m, d := s.Period.Last().Date()
	return strings.NewReplacer("{period}", s.Period.Label().Zh, "{bureau}", s.Bureau,
		"{last-day}", fmt.Sprintf("%d年%d月%d日", y, m, d)).Replace(text)
}

// figureOf is a result as figures.json and the documents carry it.
func figureOf(id string, r indicator.Result, s Subject, c *counting) document.Figure {
	q := r.Question()
	records := 0
	for _, a := range r.Asks() {
		records += c.records[a]
	}
	return document.Figure{
		ID: id, Name: q.Indicator.Label().In(lang.Chinese), Text: r.Text().Zh, Value: r.Decimal(), Unit: q.Indicator.Unit().String(),
		Code: q.Indicator.Code(), Period: q.Period.String(), UnitCode: string(q.Unit), Source: "records", Records: records,
		Recompute: fmt.Sprintf("anlan indicator %s --period %s --unit %s --as-of %d", q.Indicator.Code(), q.Period, q.Unit, s.Basis.Position),
	}
}

// counting remembers how many records stand behind each measure that was asked for.
type counting struct {
	source  indicator.Source
	records map[indicator.Ask]int
}

func (c *counting) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	answers, err := c.source.Values(ctx, asks)
	for i, q := range answers {
		c.records[asks[i]] = q.Records()
	}
	return answers, err
}
