package app

import (
	"context"
	"slices"

	"anlan/account/check/reading"
	"anlan/account/indicator"
	"anlan/account/report/compare"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/field"
)

// Compare sets each figure of a published report beside what the records of a view give for a unit, with all below it.
func (a *App) Compare(ctx context.Context, v *book.View, doc *reading.Document, p period.Period, u place.Unit) (*compare.Report, error) {
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
		Set: set, Catalogue: catalogue, Records: comparedRecords{Figures{View: v}}, Period: p, Unit: u, Bureau: place.Unit(v.Head.Place)})
}

// comparedRecords are the figures of a view with what must be known of the records behind them.
type comparedRecords struct{ Figures }

// verifiedField is the code of the field by which a kind says that somebody compared a value with its document (社会经济数据).
const verifiedField = "verified"

// markedRecords bounds the records behind one figure that are looked at for the mark: values that are cited come one a year.
const markedRecords = 50

// unverified is what is said of a figure behind which a value stands that nobody has compared with its document.
var unverified = lang.Of("未核实", "unverified")

// Marks says of each figure whether a record behind it is marked as not verified. Kinds without such a field are not looked at.
func (r comparedRecords) Marks(_ context.Context, asks []indicator.Ask) ([]lang.Text, error) {
	out := make([]lang.Text, len(asks))
	for i, ask := range asks {
		k, _, err := r.View.MeasureOf(ask.Measure)
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			continue // of a form, not of a kind
		}
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(k.Fields(), func(s *field.Spec) bool { return s.Code == verifiedField && s.Type == field.TypeYesNo })
		if at < 0 {
			continue
		}
		behind, err := r.View.Records(book.Ask{Measure: ask.Measure, Period: ask.Period, Unit: ask.Unit}, 0, markedRecords)
		if err != nil {
			return nil, err
		}
		for _, x := range behind {
			record, err := r.View.Row(k.Code(), x.Record)
			if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
				continue // not for this actor to see
			}
			if err != nil {
				return nil, err
			}
			if k.Text(record, at) != "true" {
				out[i] = unverified
			}
		}
	}
	return out, nil
}
