package app

import (
	"context"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/ground/period"
	"anlan/ground/place"
)

// reportSources are what a report is made of, as of the position of a view.
type reportSources struct {
	Figures
	app *App
}

// Provenance is the records of the book, which have one edition.
func (reportSources) Provenance(indicator.Result) (source, edition string) { return "records", "" }

// Withheld is nothing: the book has no record of figures that are not published.
func (reportSources) Withheld(context.Context, indicator.Question) (string, error) { return "", nil }

// Claim finds none: the book has no record of citations.
func (reportSources) Claim(context.Context, string) (report.Claim, bool, error) {
	return report.Claim{}, false, nil
}

// Rests are none: the book has no final accounts.
func (reportSources) Rests(context.Context, period.Period, place.Unit) ([]report.Rest, error) {
	return nil, nil
}
