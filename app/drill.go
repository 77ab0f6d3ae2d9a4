package app

import (
	"context"
	"errors"
	"math/big"
	"strconv"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/census"
)

// Drilled is a record behind a figure. Record is nil where the actor may not see it.
type Drilled struct {
	Ask    indicator.Ask
	Label  lang.Text // of the measure or item that is asked for
	Unit   string    // of the measure
	Kind   record.Of
	Adds   string // to the measure, in its unit: "+1", "-12500.50"
	Record any
	Set    *census.Set // the records behind the ask as a set, which a report proves; nil where they are more than placesMost
	Place  int64       // of the record in it, from 1; 0 where there is no set, or the actor may not see the record
}

// placesMost bounds the records of which a drill-down says where they stand: the whole set is read for it.
const placesMost = 20_000

// recordsAtOnce is how many records are read at a time while listing those behind a figure.
const recordsAtOnce = 500

// Drill gives what stands behind a result, measure by measure, source by source: records in order of birth, and the returns,
// lines of accounts, printed and cited figures that are the figure in their place.
func (figures Figures) Drill(ctx context.Context, r indicator.Result, do func(Drilled) error) error {
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
		b := Drilled{Ask: ask, Label: items[ask.Measure].Label, Unit: items[ask.Measure].Unit.String()}
		_, s, err := v.MeasureOf(ask.Measure)
		switch {
		case err == nil:
			b.Label, b.Unit = s.Label, s.Unit
		case !errors.Is(err, book.ErrNoMeasure):
			return err
		}
		tree, err := figures.setOf(items, ask, answers[i].Parts)
		if err != nil {
			return err
		}
		placed := do
		if tree != nil {
			set, err := tree.Set()
			if err != nil {
				return err
			}
			placed = func(b Drilled) error {
				if b.Set = &set; b.Record != nil {
					b.Place = tree.Index(b.Kind.Head(b.Record).ID)
				}
				return do(b)
			}
		}
		for _, p := range answers[i].Parts {
			detail := items[p.Code].Detail
			if detail == nil && p.Source == source.Records {
				err = behindMeasure(v, b, p, placed)
			} else {
				err = Statements(v, p, detail, func(x Statement) error {
					b.Kind, b.Record, b.Adds = x.Kind, x.Record, signedText(x.Amount)
					if x.Booked {
						b.Adds = adds(new(big.Rat).Mul(x.Amount, big.NewRat(100, 1)).Num().Int64(), 100)
					}
					return placed(b)
				})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// setOf is the set of records behind an ask, as a report proves it; nil where they are too many.
func (figures Figures) setOf(items map[string]source.Item, ask indicator.Ask, parts []source.Part) (*census.Tree, error) {
	c := &counter{view: figures.View, items: items}
	for _, p := range parts {
		if p.Source != source.Records || items[p.Code].Detail != nil {
			continue
		}
		n, err := figures.View.Behind(book.Ask{Measure: p.Code, Period: p.Period, Unit: p.Unit})
		if err != nil || n > placesMost {
			return nil, err
		}
	}
	members, err := c.members(ask, parts)
	if err != nil {
		return nil, err
	}
	return census.Of(members)
}

// behindMeasure gives the records of a measure; those of a unit whose own source counts in their place are taken away.
func behindMeasure(v *book.View, b Drilled, p source.Part, do func(Drilled) error) error {
	k, s, err := v.MeasureOf(p.Code)
	if err != nil {
		return err
	}
	b.Kind = k
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
			b.Adds = adds(n, scale)
			b.Record, err = v.Row(k.Code(), x.Record)
			if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
				b.Record, err = nil, nil
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
