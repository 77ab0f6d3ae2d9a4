package app

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"anlan/account/source"
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/budgetline"
	"anlan/resource/voucher"
)

// Statement is a record that states a part of a figure, with what it adds.
type Statement struct {
	Kind   record.Of
	Record any
	Amount *big.Rat // in the unit of the figure
	Booked bool     // money as accounts and vouchers have it, to the fen
}

// Statements gives the records of a source beside records that state a part of a figure: returns, lines of accounts, printed and
// cited figures; and of money in detail the lines, vouchers or budget lines booked on it. d is the detail that the item of
// the figure is, nil for any other.
func Statements(v *book.View, p source.Part, d *source.Detail, do func(Statement) error) error {
	if d != nil {
		return statedInDetail(v, p, d, do)
	}
	_, code, _ := strings.Cut(p.Code, ".")
	form := strings.TrimSuffix(p.Code, "."+code)
	var kind record.Of
	var filters []book.Filter
	switch p.Source {
	case source.Final:
		return accountsLines(v, p, do, is("item", code))
	case source.Returns:
		kind = source.ReturnKind
		filters = []book.Filter{is("form", form), is("reporter", string(p.Unit)), is("last_on", p.Period.Last().String()), is("edition", string(p.Edition))}
	case source.Published:
		kind = source.PublishedKind
		filters = []book.Filter{is("measure", p.Code), is("subject", string(p.Unit)), is("period", p.Period.String()), is("basis", string(p.Basis))}
	case source.CitedSort:
		kind = source.CitedKind
		filters = []book.Filter{is("code", code), is("period", p.Period.String()), is("subject", string(p.Unit))}
	}
	return v.Each(book.Query{Kind: kind.Code(), Filters: filters}, func(r any) error { return do(Statement{kind, r, p.Value, false}) })
}

func is(name, value string) book.Filter {
	return book.Filter{Field: name, Op: field.OpIs, Value: value}
}

// statedInDetail gives the lines of the accounts that name a project or an economic class, or the vouchers or budget lines booked on it.
func statedInDetail(v *book.View, p source.Part, d *source.Detail, do func(Statement) error) error {
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
			return accountsLines(v, p, do, is("economic_class", d.Class), is("table_no", string(source.Public06)))
		}
		return accountsLines(v, p, do, is("project", d.Project))
	}
	units, err := v.UnitTree()
	if err != nil {
		return err
	}
	under := units.Under(p.Unit)
	booked := func(kind record.Of, r any, u place.Unit, amount money.Fen) error {
		if !slices.ContainsFunc(under, func(h place.Held[place.Unit]) bool { return h.Node == u }) {
			return nil
		}
		return do(Statement{kind, r, big.NewRat(int64(amount), 100), true})
	}
	if d.Budget {
		return v.Each(book.Query{Kind: budgetline.Kind.Code(), Filters: append(within("given_on"), is("stage", string(budgetline.Initial)))}, func(r any) error {
			l := r.(*budgetline.Line)
			return booked(budgetline.Kind, l, l.Unit, l.Counted)
		})
	}
	return v.Each(book.Query{Kind: voucher.Kind.Code(), Filters: within("paid_on")}, func(r any) error {
		x := r.(*voucher.Voucher)
		return booked(voucher.Kind, x, x.Unit, x.Amount)
	})
}

// accountsLines gives the lines of the final accounts that add up to an item, or that name a project or an economic class. Where
// several tables state it, they are those of the first that comes to the figure.
func accountsLines(v *book.View, p source.Part, do func(Statement) error, of ...book.Filter) error {
	var tables []source.Table
	lines, sums := map[source.Table][]*source.FinalLine{}, map[source.Table]money.Fen{}
	err := v.Each(book.Query{Kind: source.FinalKind.Code(), Filters: append(of, is("entity", string(p.Unit)), is("year", fmt.Sprint(p.Period.Last().Year())),
		is("edition", string(p.Edition)))}, func(r any) error {
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
			if err := do(Statement{source.FinalKind, l, big.NewRat(int64(l.Amount), 100), true}); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}
