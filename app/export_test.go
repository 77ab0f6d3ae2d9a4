package app

import (
	"context"
	"io/fs"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/record/access"
)

// IndicatorsIn reads indicator files as the shipped ones are read.
func (a *App) IndicatorsIn(folder fs.FS) (*indicator.Set, error) { return a.indicatorsIn(folder) }

// BuildFrom builds a report from the text of a template.
func (a *App) BuildFrom(ctx context.Context, actor access.Actor, q ReportRequest, text string) (*report.Built, error) {
	t, err := report.Parse(DefaultTemplate+templateEnding, text)
	if err != nil {
		return nil, err
	}
	return a.build(ctx, actor, q, t)
}
