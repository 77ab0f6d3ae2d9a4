package finding

import (
	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/record"
	"anlan/record/book"
	"anlan/resource/asset"
	"anlan/resource/budgetline"
	"anlan/resource/establishment"
	"anlan/resource/fund"
	"anlan/resource/project"
	"anlan/resource/staff"
	"anlan/resource/stocktake"
	"anlan/resource/voucher"
)

// all gives the records of a kind that the filters keep, as their type.
func all[T any](s *search, k record.Of, filters ...book.Filter) (out []*T, err error) {
	err = s.view.Each(book.Query{Kind: k.Code(), Filters: filters}, func(r any) error { out = append(out, r.(*T)); return nil })
	return out, err
}

// in are the filters that keep the records of the period by a field that is a day.
func (s *search) in(day string) []book.Filter {
	return []book.Filter{{Field: day, Op: ">=", Value: s.period.First().String()}, {Field: day, Op: "<=", Value: s.period.Last().String()}}
}

// vouchers: on the wrong project, beyond the fund or beyond the whole budget.
func (s *search) vouchers() error {
	vouchers, err := all[voucher.Voucher](s, voucher.Kind, s.in("paid_on")...)
	if err != nil || len(vouchers) == 0 {
		return err
	}
	projects, err := all[project.Project](s, project.Workflow)
	if err != nil {
		return err
	}
	funds, err := all[fund.Fund](s, fund.Kind)
	if err != nil {
		return err
	}
	lines, err := all[budgetline.Line](s, budgetline.Kind, s.in("given_on")...)
	if err != nil {
		return err
	}
	plans := make([]voucher.Plan, len(projects))
	for i, p := range projects {
		plans[i] = voucher.Plan{Code: p.Code, Year: int(p.Year), Functions: functions(p), Economics: economics(p)}
	}
	received := map[string]money.Fen{}
	for _, f := range funds {
		received[f.Document] += f.Received.V
	}
	var budget money.Fen
	for _, l := range lines {
		budget += l.Counted
	}
	for _, v := range vouchers {
		one := []*voucher.Voucher{v}
		for _, doubt := range append(voucher.WrongProjects(one, plans), voucher.BeyondBudget(one, budget)...) {
			s.add(doubt, voucher.Kind, v)
		}
	}
	for _, doubt := range voucher.Overspent(vouchers, received) {
		s.add(doubt, nil, nil)
	}
	return nil
}

func functions(p *project.Project) (out []string) {
	for _, u := range p.Uses {
		if u.Function != "" {
			out = append(out, u.Function)
		}
	}
	return out
}

func economics(p *project.Project) (out []classification.Economic) {
	for _, u := range p.Uses {
		if u.Economic != "" {
			out = append(out, u.Economic)
		}
	}
	return out
}

// staff: more in post than posts, at the end of the period.
func (s *search) staff() error {
	approved, err := all[establishment.Establishment](s, establishment.Kind)
	if err != nil || len(approved) == 0 {
		return err
	}
	members, err := all[staff.Member](s, staff.Kind)
	if err != nil {
		return err
	}
	holders := make([]establishment.Holder, len(members))
	for i, m := range members {
		holders[i] = establishment.Holder{Sort: m.Establishment, From: m.InPostFrom, To: m.InPostTo}
	}
	for _, doubt := range establishment.Exceeded(s.period.Last(), approved, holders) {
		s.add(doubt, nil, nil)
	}
	return nil
}

// things: what the stock-takes of the period and the cards say of each other.
func (s *search) things() error {
	takes, err := all[stocktake.StockTake](s, stocktake.Kind, s.in("as_of_on")...)
	if err != nil || len(takes) == 0 {
		return err
	}
	cards, err := all[asset.Asset](s, asset.Kind)
	if err != nil {
		return err
	}
	whole := &stocktake.StockTake{AsOf: takes[0].AsOf}
	for _, t := range takes {
		whole.Number, whole.AsOf = t.Number, t.AsOf
		whole.Lines = append(whole.Lines, t.Lines...)
	}
	books := make([]stocktake.Card, len(cards))
	for i, c := range cards {
		books[i] = stocktake.Card{Number: c.Number, From: c.AcquiredOn, Until: c.DisposedOn}
	}
	for _, doubt := range whole.AgainstBooks(books) {
		s.add(doubt, nil, nil)
	}
	return nil
}
