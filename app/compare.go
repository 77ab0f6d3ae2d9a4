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

// Compare sets each figure of a published report beside what the records of a view give for a unit, with all below it. The commands
// of the result begin with open ("anlan --data DIR"), and name the position asOf where it is not empty.
func (a *App) Compare(ctx context.Context, v *book.View, doc *reading.Document, p period.Period, u place.Unit, open, asOf string) (*compare.Report, error) {
	if err := Begun(v, p); err != nil {
		return nil, err
	}
	set, err := a.Indicators(v)
	if err != nil {
		return nil, err
	}
	catalogue, err := a.Catalogue(v)
	if err != nil {
		return nil, err
	}
	return compare.Compare(ctx, doc, compare.Terms{
		Set: set, Catalogue: catalogue, Records: comparedRecords{Figures{View: v}}, Period: p, Unit: u, Bureau: place.Unit(v.Head.Place), Open: open, AsOf: asOf})
}

// comparedRecords are the figures of a view with what must be known of the records behind them.
type comparedRecords struct{ Figures }

// Stated says of each figure whether a record, a return or a document states it.
func (r comparedRecords) Stated(ctx context.Context, asks []indicator.Ask) ([]bool, error) {
	counted := r.Figures
	counted.Counted = true
	quantities, err := counted.Values(ctx, asks)
	if err != nil {
		return nil, err
	}
	out := make([]bool, len(asks))
	for i, q := range quantities {
		out[i] = q.Records() > 0 || len(q.Origin().Sources) > 0
	}
	return out, nil
}

// unverified is what is said of a figure behind which a value stands that nobody has compared with its document.
var unverified = lang.Of("未核实", "unverified")

// Marks says of each figure whether a record behind it is marked as not verified.
func (r comparedRecords) Marks(_ context.Context, asks []indicator.Ask) ([]lang.Text, error) {
	out := make([]lang.Text, len(asks))
	for i, ask := range asks {
		is, err := r.unverified(ask)
		if err != nil {
			return nil, err
		}
		if is {
			out[i] = unverified
		}
	}
	return out, nil
}
