package cli

import (
	"context"
	"errors"
	"math/big"
	"strconv"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
)

// behindRecord is a record behind a figure. record is nil when the actor may not see it.
type behindRecord struct {
	ask    indicator.Ask
	label  lang.Text // of the measure or item that is asked for
	unit   string    // of measure
	kind   record.Of
	adds   string // to the measure, in its unit: "+1", "-12500.50"
	record any
}

// recordsAtOnce is how many records are read at a time while listing those behind a figure.
const recordsAtOnce = 500

// behind gives what stands behind a result, measure by measure, source by source: records in order of birth, and the returns,
// lines of accounts, printed and cited figures that are the figure in their place.
func behind(ctx context.Context, figures app.Figures, r indicator.Result, do func(behindRecord) error) error {
	asks, v := r.Asks(), figures.View
	sources, err := figures.Sources()
	if err != nil {
		return err
	}
	answers, err := figures.Answers(ctx, sources, asks)
	if err != nil {
		return err
	}
	items, err := source.Items(v.Tx(), v.At())
	if err != nil {
		return err
	}
	for i, ask := range asks {
		b := behindRecord{ask: ask, label: items[ask.Measure].Label, unit: items[ask.Measure].Unit.String()}
		_, s, err := v.MeasureOf(ask.Measure)
		switch {
		case err == nil:
			b.label, b.unit = s.Label, s.Unit
		case !errors.Is(err, book.ErrNoMeasure):
			return err
		}
		for _, p := range answers[i].Parts {
			detail := items[p.Code].Detail
			if detail == nil && p.Source == source.Records {
				err = behindMeasure(v, b, p, do)
			} else {
				err = app.Statements(v, p, detail, func(x app.Statement) error {
					b.kind, b.record, b.adds = x.Kind, x.Record, signedText(x.Amount)
					if x.Booked {
						b.adds = adds(new(big.Rat).Mul(x.Amount, big.NewRat(100, 1)).Num().Int64(), 100)
					}
					return do(b)
				})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// behindMeasure gives the records of a measure; those of a unit whose own source counts in their place are taken away.
func behindMeasure(v *book.View, b behindRecord, p source.Part, do func(behindRecord) error) error {
	k, s, err := v.MeasureOf(p.Code)
	if err != nil {
		return err
	}
	b.kind = k
	question := book.Ask{Measure: p.Code, Period: p.Period, Unit: p.Unit}
	for after, more := int64(0), true; more; {
		items, err := v.Records(question, after, recordsAtOnce)
		if err != nil {
			return err
		}
		for _, x := range items {
			after = x.Record
			n, scale := x.Count, int64(1)
			if s.Valued {
				n, scale = x.Value, s.Scale
			}
			if p.Less {
				n = -n
			}
			b.adds = adds(n, scale)
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

// signedText is a stated value, signed and exact.
func signedText(v *big.Rat) string {
	if v.Sign() >= 0 {
		return "+" + figure.DecimalText(v)
	}
	return figure.DecimalText(v)
}
