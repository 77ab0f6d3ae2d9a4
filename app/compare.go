package app

import (
	"context"

	"anlan/account/check/reading"
	"anlan/account/indicator"
	"anlan/account/report/compare"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

// Compare sets each figure of a published report beside what the records of a view give for a unit, with all below it.
func (a *App) Compare(ctx context.Context, v *book.View, doc *reading.Document, p period.Period, u place.Unit) (*compare.Report, error) {
	if err := Begun(v, p); err != nil {
		return nil, err
	}
	set, err := a.Indicators()
	if err != nil {
		return nil, err
	}
	catalogue, err := a.Catalogue()
	if err != nil {
		return nil, err
	}
	return compare.Compare(ctx, doc, compare.Terms{
		Set: set, Catalogue: catalogue, Records: comparedRecords{Figures{View: v}}, Period: p, Unit: u, Bureau: place.Unit(v.Head.Place)})
}

// comparedRecords are the figures of a view with what must be known of the records behind them.
type comparedRecords struct{ Figures }

// Marks says of each figure whether a record behind it is marked as not verified.
func (r comparedRecords) Marks(_ context.Context, asks []indicator.Ask) ([]lang.Text, error) {
	return make([]lang.Text, len(asks)), nil
}
