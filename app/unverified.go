package app

import (
	"slices"

	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/record/book"
	"anlan/record/field"
)

// verifiedField is the code of the field by which a kind says that somebody compared a value with its document (社会经济数据).
const verifiedField = "verified"

// markedRecords bounds the records behind one figure that are looked at for the mark: values that are cited come one a year.
const markedRecords = 50

// unverified says whether a record behind what is asked for is marked as not verified. Kinds without such a field are not looked at.
func (f Figures) unverified(ask indicator.Ask) (bool, error) {
	k, _, err := f.View.MeasureOf(ask.Measure)
	if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
		return false, nil // of a form, not of a kind
	}
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(k.Fields(), func(s *field.Spec) bool { return s.Code == verifiedField && s.Type == field.TypeYesNo })
	if at < 0 {
		return false, nil
	}
	behind, err := f.View.Records(book.Ask{Measure: ask.Measure, Period: ask.Period, Unit: ask.Unit}, 0, markedRecords)
	if err != nil {
		return false, err
	}
	for _, x := range behind {
		record, err := f.View.Row(k.Code(), x.Record)
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			continue // not for this actor to see
		}
		if err != nil {
			return false, err
		}
		if k.Text(record, at) != "true" {
			return true, nil
		}
	}
	return false, nil
}
