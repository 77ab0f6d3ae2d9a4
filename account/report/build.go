package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/fault"
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
	var unknown fault.List
	for i, id := range t.order {
		r := t.figures[id]
		ind, err := set.Indicator(r.indicator)
		if err != nil {
			if internal := unknown.Add(fault.At(err, r.at)); internal != nil {
				return nil, internal
			}
			continue
		}
		questions[i] = indicator.Question{Indicator: ind, Period: s.Period, Unit: s.Unit}
	}
	if len(unknown) > 0 {
		return nil, unknown
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
	d := document.Document{Title: t.titleOf(s), Author: s.Bureau, Basis: s.Basis, Synthetic: s.Synthetic}
	placed := map[string]bool{}
	for _, b := range t.blocks {
		var in document.Inlines
		for _, p := range b.parts {
			switch {
			case p.name == "":
				in = append(in, document.Text(p.text))
			case slices.Contains(settings, p.name):
				in = append(in, document.Text(s.setting(p.name)))
			default:
				in = append(in, t.again(printed[p.name], p.name, placed)...)
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
// The name of another figure is never given away.
func (t *Template) again(in document.Inlines, id string, placed map[string]bool) document.Inlines {
	if !placed[id] {
		placed[id] = true
		return in
	}
	next := ""
	for n := 2; next == ""; n++ {
		next = fmt.Sprintf("%s.%d", id, n)
		if _, declared := t.figures[next]; declared || placed[next] {
			next = ""
		}
	}
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

func (t *Template) titleOf(s Subject) string {
	var b strings.Builder
	for _, p := range t.title {
		b.WriteString(strings.ReplaceAll(p.text, "|", "\n"))
		if p.name != "" {
			b.WriteString(s.setting(p.name))
		}
	}
	return b.String()
}

// setting is what the prose may say of the report itself.
func (s Subject) setting(name string) string {
	switch name {
	case "period":
		return s.Period.Label().Zh
	case "bureau":
		return s.Bureau
	}
	y, m, d := s.Period.Last().Date()
	return fmt.Sprintf("%d年%d月%d日", y, m, d)
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
