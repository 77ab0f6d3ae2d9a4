package finding

import (
	"cmp"
	"slices"

	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
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

// in are the filters that keep the records of a period by a field that is a day.
func in(p period.Period, day string) []book.Filter {
	return []book.Filter{{Field: day, Op: ">=", Value: p.First().String()}, {Field: day, Op: "<=", Value: p.Last().String()}}
}

// approvals: projects of the year whose targets nobody has approved, or that were entered as approved, so that nobody here has
// declared and another approved them.
func (s *search) approvals() error {
	year := s.period.Last().String()[:4]
	projects, err := all[project.Project](s, project.Workflow, book.Filter{Field: "year", Op: field.OpIs, Value: year})
	if err != nil {
		return err
	}
	approved := record.StateLabel(project.Workflow, project.Approved)
	for _, p := range projects {
		if doubt := p.Unapproved(); doubt != nil {
			s.add(doubt, project.Workflow, p)
			continue
		}
		versions, err := s.view.History(project.Workflow.Code(), p.ID)
		if err != nil {
			return err
		}
		if first := versions[0]; first.Action == access.Register {
			s.add(project.ErrNotSeenApproved.With(p.Named(), first.Actor, approved, p.Document), project.Workflow, p)
		}
	}
	return nil
}

// vouchers: on the wrong project, beyond the fund, before it came, or beyond the whole budget.
func (s *search) vouchers() error {
	vouchers, err := all[voucher.Voucher](s, voucher.Kind, in(s.period, "paid_on")...)
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
	lines, err := all[budgetline.Line](s, budgetline.Kind, in(period.Span(period.Year(s.period.First().Year()).First(), period.Year(s.period.Last().Year()).Last()), "given_on")...)
	if err != nil {
		return err
	}
	plans := make([]voucher.Plan, len(projects))
	for i, p := range projects {
		plans[i] = voucher.Plan{Code: p.Code, Name: p.Name, Year: int(p.Year), Functions: functions(p), Economics: economics(p)}
	}
	known := map[string]bool{}
	for _, f := range funds {
		known[f.Document] = true
	}
	var budget money.Fen
	for _, l := range lines {
		budget += l.Counted
	}
	for _, v := range vouchers {
		one := []*voucher.Voucher{v}
		for _, doubt := range slices.Concat(voucher.WrongProjects(one, plans), voucher.UnknownFunds(one, known), voucher.BeyondBudget(one, budget)) {
			s.add(doubt, voucher.Kind, v)
		}
	}
	for _, f := range funds {
		for _, doubt := range voucher.OfGrant(vouchers, voucher.Grant{Document: f.Document, Received: f.Received.V, ReceivedOn: f.ReceivedOn}) {
			s.add(doubt, fund.Kind, f)
		}
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

// things: differences of stock-takes that nobody has resolved, and what the stock-takes of the period and the cards say of each
// other. Each leads to the card that it is about, or to the stock-take where there is none.
func (s *search) things() error {
	takes, err := all[stocktake.StockTake](s, stocktake.Kind)
	if err != nil || len(takes) == 0 {
		return err
	}
	cards, err := all[asset.Asset](s, asset.Kind)
	if err != nil {
		return err
	}
	byNumber := map[string]*asset.Asset{}
	books := make([]stocktake.Card, len(cards))
	for i, c := range cards {
		books[i] = stocktake.Card{Number: c.Number, From: c.AcquiredOn, Until: c.DisposedOn}
		byNumber[c.Number] = c
	}
	add := func(d stocktake.Doubt, take *stocktake.StockTake) {
		if card := byNumber[d.Card]; card != nil {
			s.add(d.Fault, asset.Kind, card, wayTo(stocktake.Kind, take))
			return
		}
		s.add(d.Fault, stocktake.Kind, take)
	}
	for _, t := range takes {
		for _, d := range t.Unresolved() {
			add(d, t)
		}
	}
	takes = slices.DeleteFunc(takes, func(t *stocktake.StockTake) bool { return !s.period.Contains(t.AsOf) })
	if len(takes) == 0 {
		return nil
	}
	whole, of := &stocktake.StockTake{}, map[string]*stocktake.StockTake{} // of a card: the stock-take whose lines have it
	for _, t := range takes {
		whole.Number, whole.AsOf = t.Number, t.AsOf
		whole.Lines = append(whole.Lines, t.Lines...)
		for _, l := range t.Lines {
			of[l.Card] = t
		}
	}
	for _, d := range whole.AgainstBooks(books) {
		add(d, cmp.Or(of[d.Card], takes[len(takes)-1]))
	}
	return nil
}
