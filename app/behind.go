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
	"anlan/resource/carryover"
	"anlan/resource/project"
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
// cited figures; of money in detail the lines, vouchers, budget lines or balances booked on it, of targets their projects. d is the detail that the item of
// the figure is, nil for any other.
func Statements(v *book.View, p source.Part, d *source.Detail, do func(Statement) error) error {
	switch form, _, _ := strings.Cut(p.Code, "."); {
	case form == source.TargetsForm:
		return targetsCounted(v, p, d, do)
	case d != nil:
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

// statedInDetail gives the lines of the accounts that name a project or an economic class, or the vouchers, budget lines and balances
// booked on it.
func statedInDetail(v *book.View, p source.Part, d *source.Detail, do func(Statement) error) error {
	within := func(name string) []book.Filter {
		of := is("project_code", d.Project)
		if d.Purse != "" {
			of = book.Filter{Field: "project_code", Op: field.OpIn, Value: strings.Join(d.Within, ",")}
		}
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
	each := func(kind record.Of, filters []book.Filter, take func(r any) (place.Unit, classification.Budget, money.Fen)) error {
		return v.Each(book.Query{Kind: kind.Code(), Filters: filters}, func(r any) error {
			u, b, amount := take(r)
			if d.Purse != "" && source.PurseOf(b) != d.Purse {
				return nil
			}
			return booked(kind, r, u, amount)
		})
	}
	lines := func(stages ...book.Filter) error {
		return each(budgetline.Kind, append(within("given_on"), stages...), func(r any) (place.Unit, classification.Budget, money.Fen) {
			l := r.(*budgetline.Line)
			return l.Unit, l.Budget, l.Counted
		})
	}
	balances := func() error {
		filters := append(within("from_on")[:1], book.Filter{Field: "from_on", Op: field.OpBelow, Value: p.Period.First().String()})
		return each(carryover.Kind, filters, func(r any) (place.Unit, classification.Budget, money.Fen) {
			x := r.(*carryover.Balance)
			amount := x.Amount
			if !x.Until.IsZero() && !p.Period.Last().Before(x.Until) {
				amount = 0 // settled
			}
			if d.Amount == source.PaidOfCarried {
				amount = -amount
			}
			return x.Unit, x.Budget, amount
		})
	}
	stage := func(op field.Op, s budgetline.Stage) book.Filter {
		return book.Filter{Field: "stage", Op: op, Value: string(s)}
	}
	switch d.Amount {
	case source.InitialBudget:
		return lines(stage(field.OpIs, budgetline.Initial))
	case source.Given:
		return lines(stage(field.OpNot, budgetline.CarriedIn))
	case source.CarriedIn:
		return lines(stage(field.OpIs, budgetline.CarriedIn))
	case source.Left:
		return balances()
	case source.PaidOfCarried:
		if err := lines(stage(field.OpIs, budgetline.CarriedIn)); err != nil {
			return err
		}
		return balances()
	}
	return each(voucher.Kind, within("paid_on"), func(r any) (place.Unit, classification.Budget, money.Fen) {
		x := r.(*voucher.Voucher)
		return x.Unit, x.Budget, x.Amount
	})
}

// targetsCounted gives the projects whose targets an amount of targets counts, each with how many.
func targetsCounted(v *book.View, p source.Part, d *source.Detail, do func(Statement) error) error {
	units, err := v.UnitTree()
	if err != nil {
		return err
	}
	under := units.Under(p.Unit)
	var counted []*project.Project
	codes := map[int64][]string{} // by year
	days := []book.Filter{{Field: "counted_on", Op: field.OpAtLeast, Value: p.Period.First().String()}, {Field: "counted_on", Op: field.OpAtMost, Value: p.Period.Last().String()}}
	err = v.Each(book.Query{Kind: project.Kind.Code(), Filters: days}, func(r any) error {
		x := r.(*project.Project)
		if len(x.Targets) > 0 && slices.ContainsFunc(under, func(h place.Held[place.Unit]) bool { return h.Node == x.Unit }) {
			counted, codes[x.Year] = append(counted, x), append(codes[x.Year], x.Code)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, x := range counted {
		var n int64
		for _, t := range x.Targets {
			if source.CountsTarget(d.Amount, t.Reached.V, t.Reached.OK) {
				n++
			}
		}
		if n == 0 || source.Parted(x.Code, codes[x.Year]) {
			continue
		}
		if err := do(Statement{project.Kind, x, big.NewRat(n, 1), false}); err != nil {
			return err
		}
	}
	return nil
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
