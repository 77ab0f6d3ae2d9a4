package cli

import (
	"errors"
	"math/big"
	"strconv"

	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/measure"
)

// behindRecord is a record behind a figure. record is nil when the actor may not see it.
type behindRecord struct {
	ask     indicator.Ask
	measure *measure.Spec
	kind    record.Of
	adds    string // to the measure, in its unit: "+1", "-12500.50"
	record  any
}

// recordsAtOnce is how many records are read at a time while listing those behind a figure.
const recordsAtOnce = 500

// behind gives the records behind a result, measure by measure, in order of birth.
func behind(v *book.View, r indicator.Result, do func(behindRecord) error) error {
	for _, ask := range r.Asks() {
		k, s, err := v.MeasureOf(ask.Measure)
		if errors.Is(err, book.ErrNoMeasure) {
			continue // its figure comes from returns or documents, which the explanation names
		}
		if err != nil {
			return err
		}
		question := book.Ask{Measure: ask.Measure, Period: ask.Period, Unit: ask.Unit}
		for after, more := int64(0), true; more; {
			items, err := v.Records(question, after, recordsAtOnce)
			if err != nil {
				return err
			}
			for _, x := range items {
				after = x.Record
				b := behindRecord{ask: ask, measure: s, kind: k, adds: adds(x.Count, 1)}
				if s.Valued {
					b.adds = adds(x.Value, s.Scale)
				}
				b.record, err = v.Row(k.Code(), x.Record)
				if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
					b.record, err = nil, nil
				}
				if err != nil {
					return err
				}
				if err := do(b); err != nil {
					return err
				}
			}
			more = len(items) == recordsAtOnce
		}
	}
	return nil
}

// adds is n over a scale that is a power of ten, signed and exact.
func adds(n, scale int64) string {
	text := big.NewRat(n, scale).FloatString(len(strconv.FormatInt(scale, 10)) - 1)
	if n >= 0 {
		text = "+" + text
	}
	return text
}
