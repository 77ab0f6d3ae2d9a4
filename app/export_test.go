package app

import (
	"context"
	"io/fs"

	"anlan/account/indicator"
	"anlan/account/report"
	owntemplate "anlan/account/report/own"
	"anlan/record/access"
	"anlan/record/book"
)

// IndicatorsIn reads indicator files as the shipped ones are read.
func (a *App) IndicatorsIn(ctx context.Context, actor access.Actor, folder fs.FS) (set *indicator.Set, err error) {
	files, err := readIndicators(folder)
	if err != nil {
		return nil, err
	}
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		c, err := a.Catalogue(v)
		if err == nil {
			set, err = indicator.Define(c, files...)
		}
		return err
	})
	return set, err
}

// ProjectTold is what a project's records tell an evaluation.
var ProjectTold = projectTold

// BuildFrom builds a report from the text of a template.
func (a *App) BuildFrom(ctx context.Context, actor access.Actor, q ReportRequest, text string) (*report.Built, error) {
	t, err := report.Parse(DefaultTemplate+owntemplate.TemplateEnding, text)
	if err != nil {
		return nil, err
	}
	return a.build(ctx, actor, q, t)
}
