package cli

import (
	"context"

	"anlan/app"
	doubts "anlan/app/finding"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/book"
)

var findingsVerb = verb{
	name: "findings", args: "--period P [--as-of N] [--format json]",
	about: lang.Of("查找账册里不相符的地方：报表合计、编号年份、列错项目、账实不符等，逐条指向记录",
		"find what does not fit in the book: totals of returns, years of numbers, wrong projects, cards without things, each with its record"),
	example: "anlan findings --period 2023",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, span := e.asOf(), e.period()
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		if *span == (period.Period{}) {
			return notDone, e.Missing("period")
		}
		var found []doubts.Finding
		status, err := e.view(ctx, asOf, func(a *app.App, v *book.View) (err error) {
			found, err = doubts.Search(ctx, a, v, *span)
			return err
		})
		if err != nil {
			return status, err
		}
		return e.found(found)
	},
}

// found writes findings; one is enough for the status that says so.
func (e *env) found(found []doubts.Finding) (int, error) {
	status := inOrder
	if len(found) > 0 {
		status = notInOrder
	}
	if e.format == "json" {
		type way struct {
			Kind   string `json:"kind,omitempty"`
			Key    string `json:"key,omitempty"`
			Record string `json:"id,omitempty"`
		}
		type line struct {
			Code string    `json:"code"`
			Text lang.Text `json:"text"`
			way
			Others []way `json:"others,omitempty"`
		}
		lines := make([]line, len(found))
		for i, f := range found {
			lines[i] = line{Code: f.Doubt.Code, Text: lang.Text{Zh: f.Doubt.In(lang.Chinese), En: f.Doubt.In(lang.English)}}
			if f.Kind != "" {
				lines[i].way = way{f.Kind, f.Key, f.ID.String()}
			}
			for _, w := range f.Others {
				lines[i].Others = append(lines[i].Others, way{w.Kind, w.Key, w.ID.String()})
			}
		}
		return status, writeJSON(e.out, lines)
	}
	for _, f := range found {
		e.print(lang.Of("? %s", "? %s"), f.Doubt.In(e.lang))
		for _, w := range append([]doubts.Way{f.Way}, f.Others...) {
			if w.Kind != "" {
				e.print(lang.Of("  %s %s  anlan history %s", "  %s %s  anlan history %s"), w.Label.In(e.lang), w.Key, w.ID)
			}
		}
	}
	e.print(lang.Of("共%d处", "%d in all"), len(found))
	return status, nil
}
