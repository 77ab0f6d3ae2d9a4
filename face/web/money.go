package web

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/account/source"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/asset"
	"anlan/resource/budgetline"
	"anlan/resource/project"
	"anlan/resource/stocktake"
	"anlan/resource/threepublic"
	"anlan/resource/voucher"
)

// Bounds of the page of the money.
const (
	projectsMost    = 200 // projects of a year
	takesMost       = 200 // stock-takes that are looked through, the newest first
	differencesMost = 50  // open differences that are listed
)

// money is the page of a year's money (预算执行): what was planned, what was spent of it, and what the things are worth. Every
// amount leads to its figure or to the records that it is the sum of.
type money struct {
	Question               question
	Empty                  bool     // neither a budget line nor a voucher, nor accounts
	Begin                  []anchor // how the first one gets in, for whoever may
	Whole                  []moneyRow
	Months                 []monthRow
	Chart                  monthChart
	Accounts               string // how the vouchers and the accounts differ; empty: they agree
	Natures                []moneyRow
	Funds                  []fundRow
	FundsMore, FundsUnpaid bool       // there are more; too many vouchers name one to say what was paid
	Contracts              *contracts // nil: none, or not for the reader
	Projects               []moneyRow
	More                   bool // there are more projects
	Public                 []moneyRow
	Assets                 bool // the reader may see them
	Cards                  amount
	Worth                  amount
	Opened                 amount // how many differences are open
	Open                   []difference
	OpenMore               bool
}

// amount is a number of the page with where it leads; its unit stands in the heading.
type amount struct {
	Text, To string
	None     bool
	exact    *big.Rat // nil: there is none
}

// moneyRow is a budget beside what was spent of it.
type moneyRow struct {
	Label         string
	Part, Sum     bool
	Budget, Spent amount
	Rate          amount
	Before        amount // spent in the year before
	Bar           planBar
}

// monthRow is a month with what was paid in it and up to its end.
type monthRow struct {
	Label       string
	Paid, Until amount
	Rate        string
}

// difference is what a stock-take found and nobody has resolved.
type difference struct{ Text, To string }

// wanIn is how many 元 a 万元 has.
var wanIn = big.NewRat(10_000, 1)

// mayMoney says whether the reader may see the page of the money.
func (v *visit) mayMoney() bool {
	return v.actor().May(access.Read, budgetline.Kind.Code()) && v.actor().May(access.Read, voucher.Kind.Code())
}

// money shows the budget of a year and its execution.
func (s *Server) money(v *visit) error {
	for _, k := range []record.Of{budgetline.Kind, voucher.Kind} {
		if err := v.actor().Allow(access.Read, k.Code(), k.Label()); err != nil {
			return err
		}
	}
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	q.Period = period.Year(q.Period.First().Year()) // a budget is of a year
	m := money{Question: q}
	err = s.look(v, q, func(view *book.View) error {
		a := accountant{s, v, view, q, nil}
		if q.Unit != v.actor().Unit {
			tree, err := view.UnitTree()
			if err != nil {
				return err
			}
			var units []string
			for _, u := range tree.On(q.Unit, q.Period.Last()) {
				units = append(units, string(u))
			}
			a.only = []string{"unit in " + strings.Join(units, ",")}
		}
		for _, part := range []func(*money) error{a.whole, a.natures, a.months, a.projects, a.funds, a.contracts, a.public, a.assets} {
			if err := part(&m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if m.Empty {
		for _, k := range []record.Of{budgetline.Kind, voucher.Kind} {
			switch {
			case v.mayImport(k):
				m.Begin = append(m.Begin, anchor{Text: v.t(lang.Zh("导入"+k.Label().Zh), lang.En("Import: "+k.Label().En)), To: "/import/" + k.Code()})
			case v.actor().May(access.Create, k.Code()):
				m.Begin = append(m.Begin, anchor{Text: v.t(lang.Zh("登记"+k.Label().Zh), lang.En("Add: "+k.Label().En)), To: "/records/" + k.Code() + "/new"})
			}
		}
	}
	in := sectionOf(voucher.Kind.Code())
	p := v.page(v.t(lang.Zh(q.Period.Label().Zh+"预算执行"), lang.En("Budget and execution, "+q.Period.Label().En)))
	p.Wing, p.Crumbs, p.AsOf = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}}, v.asOfWords(q)
	p.Lead = v.t("预算给了多少、花了多少、还在账上的有什么；每个金额都能点开", "what was given, what was spent, and what stands on the books; every amount opens")
	return v.show(p, moneyPage(p, m))
}

// accountant fills the page in from one view of the book.
type accountant struct {
	*Server
	v    *visit
	view *book.View
	q    question
	only []string // filters that keep a list to the unit of the question; none where it is the reader's own
}

// figures are the figures of indicators in a year, each with the way to its page.
func (a accountant) figures(of period.Period, codes ...string) ([]amount, error) {
	q := a.q
	q.Period = of
	results, err := a.evaluate(a.v.r.Context(), app.Figures{View: a.view}, q, codes...)
	if err != nil {
		return nil, err
	}
	out := make([]amount, len(results))
	for i, r := range results {
		x := amount{Text: r.Text().In(a.v.lang), To: q.at("/figures/" + codes[i]), None: r.Value().State() != indicator.Computed, exact: r.Value().Rat()}
		if d := r.Decimal(); !x.None && d != "" && r.Value().Unit().String() != "%" {
			x.Text = grouped(d)
		}
		out[i] = x
	}
	return out, nil
}

// balances are what measures come to in periods, in 万元 where they are in 元; lists has the address of the records of each.
func (a accountant) balances(asks []book.Ask, lists []string) ([]amount, error) {
	for i := range asks {
		asks[i].Unit = a.q.Unit
	}
	answers, err := a.view.Balances(asks)
	if err != nil {
		return nil, err
	}
	out := make([]amount, len(answers))
	for i, x := range answers {
		out[i] = amount{Text: indicator.NoneRecorded.Text().In(a.v.lang), To: lists[i], None: true}
		switch {
		case x.Recorded && x.Measure.Valued:
			out[i] = wan(new(big.Rat).Quo(big.NewRat(x.Value, x.Measure.Scale), wanIn), lists[i])
		case x.Recorded:
			out[i] = amount{Text: grouped(strconv.FormatInt(x.Count, 10)), To: lists[i], exact: big.NewRat(x.Count, 1)}
		}
	}
	return out, nil
}

// wan is an amount in 万元 as it is printed: rounded once, to two digits.
func wan(x *big.Rat, to string) amount {
	return amount{Text: grouped(rounded(x)), To: to, exact: x}
}

// rounded is a number with two digits; nothing that rounds to zero is negative.
func rounded(x *big.Rat) string {
	if s := x.FloatString(2); s != "-0.00" {
		return s
	}
	return "0.00"
}

// rate is what was spent of a budget, in percent; without a budget or a spending there is none.
func rate(budget, spent amount) amount {
	if budget.exact == nil || spent.exact == nil || budget.exact.Sign() == 0 {
		return amount{Text: "—", None: true}
	}
	x := new(big.Rat).Quo(spent.exact, budget.exact)
	return amount{Text: grouped(rounded(new(big.Rat).Mul(x, big.NewRat(100, 1)))) + "%", exact: x}
}

// list is the address of the records of a kind with a day in a period, and what else they must be.
func (a accountant) list(kind, day string, in period.Period, where ...string) string {
	l := listing{Kind: kind, AsOf: a.q.AsOf, Where: []string{day + " >= " + in.First().String(), day + " <= " + in.Last().String()}}
	l.Where = append(append(l.Where, where...), a.only...)
	return l.address()
}

// lines and vouchers are the addresses of what was given and what was paid.
func (a accountant) lines(where ...string) string {
	return a.list(budgetline.Kind.Code(), "given_on", a.q.Period, where...)
}

func (a accountant) vouchers(in period.Period, where ...string) string {
	return a.list(voucher.Kind.Code(), "paid_on", in, where...)
}

// whole sets the budget of the year beside what was spent: basic expenditure, projects, and both.
func (a accountant) whole(m *money) error {
	x, err := a.figures(a.q.Period, "budget.available_basic", "budget.available_project", "expenditure.basic", "expenditure.project", "expenditure.total")
	if err != nil {
		return err
	}
	total, err := a.balances([]book.Ask{{Measure: "budget.total", Period: a.q.Period}, {Measure: "voucher.paid", Period: a.q.Period}}, []string{a.lines(), a.vouchers(a.q.Period)})
	if err != nil {
		return err
	}
	m.Empty = total[0].None && total[1].None && x[4].None
	m.Whole = rated([]moneyRow{
		{Label: a.v.t("基本支出", "basic expenditure"), Budget: x[0], Spent: x[2]},
		{Label: a.v.t("项目支出", "projects"), Budget: x[1], Spent: x[3]},
		{Label: a.v.t("合计", "total"), Budget: total[0], Spent: x[4], Sum: true},
	})
	if booked, spent := total[1], x[4]; booked.exact != nil && spent.exact != nil && booked.exact.Cmp(spent.exact) != 0 {
		less := wan(new(big.Rat).Sub(spent.exact, booked.exact), "").Text
		m.Accounts = a.v.t(lang.Zh("凭证合计"+booked.Text+"万元；部门决算支出"+spent.Text+"万元，决算减凭证为"+less+"万元"),
			lang.En("The vouchers come to "+booked.Text+" 万元; the final accounts have "+spent.Text+" 万元: accounts less vouchers "+less+" 万元"))
	}
	return nil
}

// rated gives rows their rates, where they have none yet, and bars to one scale.
func rated(rows []moneyRow) []moneyRow {
	most := big.NewRat(1, 1)
	rates := make([]*big.Rat, len(rows))
	for i := range rows {
		r := &rows[i]
		x := rate(r.Budget, r.Spent)
		if r.Rate.Text == "" {
			r.Rate = x
		}
		if rates[i] = x.exact; x.exact != nil && x.exact.Cmp(most) > 0 {
			most = x.exact
		}
	}
	for i := range rows {
		rows[i].Bar = drawPlan(rates[i], most)
	}
	return rows
}

// months shows what the vouchers paid in each month that has begun, and what that comes to.
func (a accountant) months(m *money) error {
	var asks []book.Ask
	var lists []string
	var all []period.Period
	for p := range a.q.Period.Months() {
		all = append(all, p)
		asks, lists = append(asks, book.Ask{Measure: "voucher.paid", Period: p}), append(lists, a.vouchers(p))
	}
	paid, err := a.balances(asks, lists)
	if err != nil {
		return err
	}
	budget := m.Whole[len(m.Whole)-1].Budget
	var until *big.Rat
	var months []monthPaid
	for i, p := range all {
		_, month, _ := p.First().Date()
		row := monthRow{Label: a.v.t(lang.Zh(strconv.Itoa(int(month))+"月"), lang.En(month.String())), Paid: paid[i], Until: amount{Text: "—", None: true}, Rate: "—"}
		if a.view.Today.Before(p.First()) {
			row.Paid = amount{Text: "—", None: true} // it has not begun
		}
		if row.Paid.exact != nil {
			if until == nil {
				until = new(big.Rat)
			}
			until = new(big.Rat).Add(until, row.Paid.exact)
			row.Until = wan(until, a.vouchers(period.Span(a.q.Period.First(), p.Last())))
			row.Rate = rate(budget, row.Until).Text
		}
		m.Months = append(m.Months, row)
		months = append(months, monthPaid{strconv.Itoa(i + 1), row.Paid, row.Until})
	}
	m.Chart = drawMonths(months, budget)
	return nil
}

// projects sets what each project was given beside what vouchers paid on it. A part stands below its whole and is in it; what is
// booked on a project that is not recorded is the last row, so that the rows come to the total.
func (a accountant) projects(m *money) error {
	if !a.v.actor().May(access.Read, project.Kind.Code()) {
		return nil
	}
	all, err := app.ProjectsOf(a.view, a.q.Period)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(p *project.Project) bool { return p.Code == evaluation.Whole })
	slices.SortFunc(all, func(x, y *project.Project) int { return strings.Compare(x.Code, y.Code) })
	if m.More = len(all) > projectsMost; m.More {
		all = all[:projectsMost]
	}
	var codes, ask []string
	for _, p := range all {
		codes = append(codes, p.Code)
		for _, of := range []string{"budget", "paid", "execution"} {
			ask = append(ask, app.ProjectIndicator(p.Code, of))
		}
	}
	total, err := a.balances([]book.Ask{{Measure: "budget.project", Period: a.q.Period}, {Measure: "voucher.project", Period: a.q.Period}},
		[]string{a.lines("category = project"), a.vouchers(a.q.Period, "category = project")})
	if err != nil {
		return err
	}
	rest := [2]*big.Rat{total[0].exact, total[1].exact}
	if len(ask) > 0 {
		x, err := a.figures(a.q.Period, ask...)
		if err != nil {
			return err
		}
		for i, p := range all {
			row := moneyRow{Label: p.Name, Budget: x[3*i], Spent: x[3*i+1], Rate: x[3*i+2], Part: source.WholeOf(p.Code, codes) != ""}
			if !row.Part {
				rest[0], rest[1] = without(rest[0], row.Budget.exact), without(rest[1], row.Spent.exact)
			}
			m.Projects = append(m.Projects, row)
		}
	}
	if open := func(x *big.Rat) bool { return x != nil && x.Sign() != 0 }; !m.More && (open(rest[0]) || open(rest[1])) {
		row := moneyRow{Label: a.v.t("未登记项目的", "of projects that are not recorded"), Budget: amount{Text: "—", None: true}, Spent: amount{Text: "—", None: true}}
		if rest[0] != nil {
			row.Budget = wan(rest[0], total[0].To)
		}
		if rest[1] != nil {
			row.Spent = wan(rest[1], total[1].To)
		}
		m.Projects = append(m.Projects, row)
	}
	if len(m.Projects) > 0 {
		m.Projects = append(m.Projects, moneyRow{Label: a.v.t("合计", "total"), Sum: true, Budget: total[0], Spent: total[1]})
	}
	m.Projects = rated(m.Projects)
	return nil
}

// without takes what is known of a part from a whole.
func without(whole, part *big.Rat) *big.Rat {
	if whole == nil || part == nil {
		return whole
	}
	return new(big.Rat).Sub(whole, part)
}

// public sets the budgets of the three publics beside what was spent, in this year and the year before.
func (a accountant) public(m *money) error {
	if !a.v.actor().May(access.Read, threepublic.Kind.Code()) {
		return nil
	}
	budgets := []string{"public_expense.budget_abroad", "public_expense.budget_vehicle_purchase", "public_expense.budget_vehicle_running", "public_expense.budget_hospitality", "public_expense.budget"}
	spent := []string{"public_expense.abroad", "public_expense.vehicle_purchase", "public_expense.vehicle_running", "public_expense.hospitality", "public_expense.spent"}
	now, err := a.figures(a.q.Period, append(slices.Clone(budgets), spent...)...)
	if err != nil {
		return err
	}
	before, err := a.figures(a.q.Period.Previous(), spent...)
	if err != nil {
		return err
	}
	labels := []string{a.v.t("因公出国（境）费", "travel abroad"), a.v.t("公务用车购置费", "vehicle purchase"), a.v.t("公务用车运行维护费", "vehicle running"),
		a.v.t("公务接待费", "hospitality"), a.v.t("合计", "total")}
	for i, label := range labels {
		m.Public = append(m.Public, moneyRow{Label: label, Sum: i == len(labels)-1, Budget: now[i], Spent: now[len(labels)+i], Before: before[i]})
	}
	m.Public = rated(m.Public)
	return nil
}

// assets says what stands in the ledger of fixed assets at the end of the year, and what stock-takes up to then found and nobody
// has resolved.
func (a accountant) assets(m *money) error {
	if m.Assets = a.v.actor().May(access.Read, asset.Kind.Code()) && a.v.actor().May(access.Read, stocktake.Kind.Code()); !m.Assets {
		return nil
	}
	cards := a.q.at("/figures/evaluation.asset_use/records", "measure", "asset.value", "of", a.q.Period.String())
	x, err := a.balances([]book.Ask{{Measure: "asset.count", Period: a.q.Period}, {Measure: "asset.value", Period: a.q.Period}}, []string{cards, cards})
	if err != nil {
		return err
	}
	m.Cards, m.Worth = x[0], x[1]
	takes := book.Query{Kind: stocktake.Kind.Code(), Sort: "as_of_on", Down: true, Limit: takesMost, Filters: []book.Filter{{Field: "as_of_on", Op: field.OpAtMost, Value: a.q.Period.Last().String()}}}
	for _, w := range a.only {
		f, err := book.ParseFilter(w)
		if err != nil {
			return err
		}
		takes.Filters = append(takes.Filters, f)
	}
	seen := 0
	err = a.view.Each(takes, func(r any) error {
		t := r.(*stocktake.StockTake)
		seen++
		for _, d := range t.Unresolved() {
			if len(m.Open) == differencesMost {
				m.OpenMore = true
				break
			}
			m.Open = append(m.Open, difference{d.Fault.In(a.v.lang), link("/records/"+stocktake.Kind.Code()+"/"+t.ID.String(), "as-of", a.q.AsOf)})
		}
		return nil
	})
	m.OpenMore = m.OpenMore || seen == takesMost
	m.Opened = amount{Text: strconv.Itoa(len(m.Open)), To: listing{Kind: stocktake.Kind.Code(), AsOf: a.q.AsOf, Sort: "as_of_on", Down: true, Where: append([]string{"as_of_on <= " + a.q.Period.Last().String()}, a.only...)}.address()}
	if m.OpenMore {
		m.Opened.Text += "+"
	}
	return err
}
