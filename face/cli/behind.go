package cli

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/budgetline"
	"anlan/resource/voucher"
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
			switch {
			case detail != nil:
				err = behindDetail(v, b, p, detail, do)
			case p.Source == source.Records:
				err = behindMeasure(v, b, p, do)
			default:
				err = behindStatement(v, b, p, do)
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

// behindStatement gives the records of a source beside records that state a part of a figure.
func behindStatement(v *book.View, b behindRecord, p source.Part, do func(behindRecord) error) error {
	_, code, _ := strings.Cut(p.Code, ".")
	form := strings.TrimSuffix(p.Code, "."+code)
	is := func(name, value string) book.Filter { return book.Filter{Field: name, Op: field.OpIs, Value: value} }
	var filters []book.Filter
	switch p.Source {
	case source.Final:
		return behindAccounts(v, b, p, do, is("item", code))
	case source.Returns:
		b.kind = source.ReturnKind
		filters = []book.Filter{is("form", form), is("reporter", string(p.Unit)), is("last_on", p.Period.Last().String()), is("edition", string(p.Edition))}
	case source.Published:
		b.kind = source.PublishedKind
		filters = []book.Filter{is("measure", p.Code), is("subject", string(p.Unit)), is("period", p.Period.String()), is("basis", string(p.Basis))}
	case source.CitedSort:
		b.kind = source.CitedKind
		filters = []book.Filter{is("code", code), is("period", p.Period.String()), is("subject", string(p.Unit))}
	}
	b.adds = signedText(p.Value)
	return v.Each(book.Query{Kind: b.kind.Code(), Filters: filters}, func(r any) error { b.record = r; return do(b) })
}

// behindDetail gives the lines of the accounts that name a project or an economic class, or the vouchers or budget lines booked on it.
func behindDetail(v *book.View, b behindRecord, p source.Part, d *source.Detail, do func(behindRecord) error) error {
	is := func(name, value string) book.Filter { return book.Filter{Field: name, Op: field.OpIs, Value: value} }
	within := func(name string) []book.Filter {
		of := is("project_code", d.Project)
		if d.Class != "" {
			of = is("economic_code", d.Class)
		}
		filters := []book.Filter{of, {Field: name, Op: field.OpAtLeast, Value: p.Period.First().String()}, {Field: name, Op: field.OpAtMost, Value: p.Period.Last().String()}}
		if d.Class != "" {
			filters = append(filters, is("category", string(classification.Basic)))
		}
		return filters
	}
	if p.Source == source.Final {
		if d.Class != "" {
			return behindAccounts(v, b, p, do, is("economic_class", d.Class), is("table_no", string(source.Public06)))
		}
		return behindAccounts(v, b, p, do, is("project", d.Project))
	}
	units, err := v.UnitTree()
	if err != nil {
		return err
	}
	of := func(u place.Unit) bool {
		return slices.ContainsFunc(units.Under(p.Unit), func(h place.Held[place.Unit]) bool { return h.Node == u })
	}
	if d.Budget {
		b.kind = budgetline.Kind
		return v.Each(book.Query{Kind: b.kind.Code(), Filters: append(within("given_on"), is("stage", string(budgetline.Initial)))}, func(r any) error {
			l := r.(*budgetline.Line)
			if b.adds, b.record = adds(int64(l.Counted), 100), l; !of(l.Unit) {
				return nil
			}
			return do(b)
		})
	}
	b.kind = voucher.Kind
	return v.Each(book.Query{Kind: b.kind.Code(), Filters: within("paid_on")}, func(r any) error {
		x := r.(*voucher.Voucher)
		if b.adds, b.record = adds(int64(x.Amount), 100), x; !of(x.Unit) {
			return nil
		}
		return do(b)
	})
}

// behindAccounts gives the lines of the final accounts that add up to an item, or that name a project or an economic class. Where
// several tables state it, they are those of the first that comes to the figure.
func behindAccounts(v *book.View, b behindRecord, p source.Part, do func(behindRecord) error, of ...book.Filter) error {
	b.kind = source.FinalKind
	var tables []source.Table
	lines, sums := map[source.Table][]*source.FinalLine{}, map[source.Table]money.Fen{}
	err := v.Each(book.Query{Kind: b.kind.Code(), Filters: append(of, book.Filter{Field: "entity", Op: field.OpIs, Value: string(p.Unit)}, book.Filter{Field: "year", Op: field.OpIs, Value: fmt.Sprint(p.Period.Last().Year())},
		book.Filter{Field: "edition", Op: field.OpIs, Value: string(p.Edition)})}, func(r any) error {
		l := r.(*source.FinalLine)
		if lines[l.Table] == nil {
			tables = append(tables, l.Table)
		}
		lines[l.Table] = append(lines[l.Table], l)
		sums[l.Table] += l.Amount
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range tables {
		if big.NewRat(int64(sums[t]), 100).Cmp(p.Value) != 0 {
			continue
		}
		for _, l := range lines[t] {
			b.adds, b.record = adds(int64(l.Amount), 100), l
			if err := do(b); err != nil {
				return err
			}
		}
		return nil
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
