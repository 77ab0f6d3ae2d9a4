package report_test

import (
	"context"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
)

// figuresOnly is a book of records: no citations, no evaluations, nothing withheld, nothing unexplained.
type figuresOnly struct{ indicator.Source }

func (figuresOnly) Provenance(indicator.Result) (source, edition string) { return "records", "" }

func (figuresOnly) Unverified(context.Context, indicator.Result) ([]string, error) { return nil, nil }

func (figuresOnly) Withheld(context.Context, indicator.Question) (string, error) { return "", nil }

func (figuresOnly) AllWithheld(context.Context) ([]indicator.Question, error) { return nil, nil }

func (figuresOnly) Bearers(indicator.Result) []record.Of { return nil }

func (figuresOnly) Claim(context.Context, string) (report.Claim, bool, error) {
	return report.Claim{}, false, nil
}

func (figuresOnly) Evaluation(context.Context, report.Evaluated, period.Period, place.Unit) (report.Evaluation, bool, error) {
	return report.Evaluation{}, false, nil
}

func (figuresOnly) Projects(context.Context, period.Period, place.Unit) ([]report.Project, error) {
	return nil, nil
}

func (figuresOnly) Listed(context.Context, string, period.Period, place.Unit) (report.Listed, error) {
	return report.Listed{}, nil
}

func (figuresOnly) Rests(context.Context, period.Period, place.Unit) ([]report.Rest, error) {
	return nil, nil
}
