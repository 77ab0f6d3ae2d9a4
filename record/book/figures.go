package book

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/measure"
	"anlan/record/posting"
)

// Ask is a question to a measure.
type Ask struct {
	Measure string
	Period  period.Period
	Unit    place.Unit // the unit with all under it; empty: the whole book
	Place   place.Code // instead of Unit: the place with all in it
}

// ErrNoMeasure says that no kind declares the measure.
var ErrNoMeasure = fault.Define("book.no_measure", fault.NotFound,
	"没有统计项“%s”，最接近的是“%s”", "there is no measure %q; the nearest is %q")

// ErrNotFilled says that a measure's books have not been opened since it was declared or changed.
var ErrNotFilled = fault.Define("book.not_filled", fault.Conflict,
	"统计项“%s”的台账尚未建立，请先运行 anlan migrate", "the account of measure %q has not been opened; run anlan migrate first")

// Measure finds a measure, its kind, and its index in the kind.
func (b *Book) Measure(code string) (record.Of, int, error) {
	var known []string
	for _, k := range b.order {
		for i, s := range k.MeasureSpecs() {
			if s.Code == code {
				return k, i, nil
			}
			known = append(known, s.Code)
		}
	}
	return nil, 0, ErrNoMeasure.With(code, nearest(code, known))
}

// question turns an Ask into one for the postings.
func (v *View) question(a Ask) (posting.Question, *measure.Spec, error) {
	k, i, err := v.book.Measure(a.Measure)
	if err != nil {
		return posting.Question{}, nil, err
	}
	s := k.MeasureSpecs()[i]
	account, ok := v.accounts.Current(a.Measure)
	if !ok {
		return posting.Question{}, nil, ErrNotFilled.With(a.Measure)
	}
	q := posting.Question{Account: account, Shape: s.Shape, Axis: posting.ByUnit, First: a.Period.First(), Last: a.Period.Last(), AsOf: v.AsOf}
	switch {
	case a.Place != "":
		places, err := v.book.trees.Places(v.tx, v.AsOf)
		if err != nil {
			return q, nil, err
		}
		if !places.Has(a.Place) {
			return q, nil, ErrNoSuchPlace.With(string(a.Place))
		}
		q.Axis, q.Nodes = posting.ByPlace, posting.Nodes(places.Under(a.Place))
	case a.Unit != "":
		if !v.scope.tree.Has(a.Unit) {
			return q, nil, ErrNoSuchUnit.With(string(a.Unit))
		}
		if err := v.scope.allow(a.Unit, v.actor); err != nil {
			return q, nil, err
		}
		q.Nodes = posting.Nodes(v.scope.tree.Under(a.Unit))
	default:
		if !v.scope.all {
			return v.question(Ask{a.Measure, a.Period, v.actor.Unit, ""})
		}
	}
	return q, s, nil
}

// Balance is the figure of a measure, before scaling, by its postings.
func (v *View) Balance(a Ask) (posting.Balance, *measure.Spec, error) {
	q, s, err := v.question(a)
	if err != nil {
		return posting.Balance{}, nil, err
	}
	x, err := posting.Ask(v.tx, q)
	return x, s, err
}

// Behind says how many records stand behind a balance.
func (v *View) Behind(a Ask) (int64, error) {
	q, _, err := v.question(a)
	if err != nil {
		return 0, err
	}
	return posting.CountRecords(v.tx, q)
}

// Records lists the records behind a balance, in order of birth after a row number, at most limit: what each contributes,
// which adds up to the balance.
func (v *View) Records(a Ask, after int64, limit int) ([]posting.Item, error) {
	q, _, err := v.question(a)
	if err != nil {
		return nil, err
	}
	return posting.Records(v.tx, q, after, limit)
}

// BalanceBySQL asks the records themselves instead of the postings. It reads the whole table: for comparison and doubt.
func (v *View) BalanceBySQL(a Ask) (posting.Balance, error) {
	k, i, err := v.book.Measure(a.Measure)
	if err != nil {
		return posting.Balance{}, err
	}
	s := measure.Slice{First: a.Period.First(), Last: a.Period.Last(), AsOf: int64(v.AsOf)}
	if a.Unit != "" {
		s.Units = v.scope.tree.Under(a.Unit)
	}
	query, args := k.MeasureSQL(i, s)
	var x posting.Balance
	_, err = v.tx.QueryRow([]any{&x.Count, &x.Value}, query, args...)
	return x, err
}

// MeasureOf finds a measure with its kind.
func (v *View) MeasureOf(code string) (record.Of, *measure.Spec, error) {
	k, i, err := v.book.Measure(code)
	if err != nil {
		return nil, nil, err
	}
	return k, k.MeasureSpecs()[i], nil
}
