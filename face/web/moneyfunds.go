package web

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/classification"
	moneyof "anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/fund"
	"anlan/resource/procurement"
	"anlan/resource/voucher"
)

// Bounds of what the page of the money looks through.
const (
	fundsMost        = 100    // earmarked funds of a year
	fundVouchersMost = 20_000 // vouchers that name an earmarked fund, or are out of other money than the general public budget
	contractsMost    = 5_000  // procurements of a year
)

// fundRow is an earmarked fund (专项资金): what was allotted of it, what has arrived, and what vouchers that name its document have paid.
type fundRow struct {
	Label                           string
	Allotted, Received, Spent, Rate amount // Rate: spent of what has arrived
	Bar                             planBar
}

// contracts are the procurements of a year: planned, contracted, and still without a contract. What was paid of a contract no record says.
type contracts struct {
	Planned, Signed, Open    amount
	PlannedN, SignedN, OpenN amount // how many
	Projects                 []contractRow
	More                     bool // not all were looked through
}

// contractRow is what was contracted for a project beside all that was paid on it.
type contractRow struct {
	Label        string
	Signed, Paid amount
}

// inWan is an amount in fen as 万元.
func inWan(x moneyof.Fen, to string) amount {
	return wan(new(big.Rat).Quo(big.NewRat(int64(x), 100), wanIn), to)
}

// natures sets the budget beside what vouchers paid by the money out of which it is (资金性质); the rows come to the whole. Most money is of the
// general public budget: what is not is summed up, and the rest is of it.
func (a accountant) natures(m *money) error {
	kind := voucher.Kind.Code()
	spent := func(budgets ...classification.Budget) (amount, error) {
		var values []string
		for _, b := range budgets {
			values = append(values, string(b))
		}
		return a.summed(kind, "paid_on", book.Filter{Field: "budget", Op: field.OpIn, Value: strings.Join(values, ",")}, func(r any) moneyof.Fen { return r.(*voucher.Voucher).Amount })
	}
	total, err := a.balances([]book.Ask{{Measure: "voucher.paid", Period: a.q.Period}}, []string{a.vouchers(a.q.Period)})
	if err != nil {
		return err
	}
	budgets, err := a.balances([]book.Ask{{Measure: "budget.general_public", Period: a.q.Period}, {Measure: "budget.government_fund", Period: a.q.Period},
		{Measure: "budget.special_account", Period: a.q.Period}, {Measure: "budget.other", Period: a.q.Period}},
		[]string{a.lines("budget = general_public"), a.lines("budget = government_fund"), a.lines("budget = special_account"), a.lines("budget in " + otherMoney)})
	if err != nil {
		return err
	}
	rows := []moneyRow{{Label: a.v.t("一般公共预算", "general public budget")}, {Label: a.v.t("政府性基金预算", "government-managed funds")},
		{Label: a.v.t("财政专户管理资金", "special fiscal account")}, {Label: a.v.t("其他资金", "other money")}}
	rest := total[0].exact
	for i, of := range [][]classification.Budget{nil, {classification.GovernmentFund}, {classification.SpecialAccount}, {classification.StateCapital, classification.SocialInsurance, classification.OwnFunds}} {
		rows[i].Budget, rows[i].Spent = budgets[i], amount{Text: indicator.NoneRecorded.Text().In(a.v.lang), None: true}
		if of == nil || total[0].exact == nil {
			continue
		}
		if rows[i].Spent, err = spent(of...); err != nil {
			return err
		}
		if rows[i].Spent.exact == nil {
			rest = nil // nor is the rest known
		}
		if rest != nil {
			rest = new(big.Rat).Sub(rest, rows[i].Spent.exact)
		}
	}
	if rest != nil {
		rows[0].Spent = wan(rest, a.vouchers(a.q.Period, "budget = general_public"))
	}
	m.Natures = rated(append(rows, moneyRow{Label: a.v.t("合计", "total"), Budget: m.Whole[len(m.Whole)-1].Budget, Spent: total[0], Sum: true}))
	return nil
}

// otherMoney are the budgets that the form of the whole department has no row for.
const otherMoney = "state_capital,social_insurance,own_funds"

// summed is the sum over the records of a kind that a filter finds with a day in the year, and the way to them; none where they are too many.
func (a accountant) summed(kind, on string, f book.Filter, of func(any) moneyof.Fen) (amount, error) {
	q, err := a.filtered(kind, fundVouchersMost+1, f, book.Filter{Field: on, Op: field.OpAtLeast, Value: a.q.Period.First().String()},
		book.Filter{Field: on, Op: field.OpAtMost, Value: a.q.Period.Last().String()})
	if err != nil {
		return amount{}, err
	}
	var sum moneyof.Fen
	n := 0
	if err := a.view.Each(q, func(r any) error { sum += of(r); n++; return nil }); err != nil {
		return amount{}, err
	}
	to := a.list(kind, on, a.q.Period, f.Field+" "+string(f.Op)+" "+f.Value)
	if n > fundVouchersMost {
		return amount{Text: a.v.t("太多，没有合计", "too many to sum up"), None: true, To: to}, nil
	}
	return inWan(sum, to), nil
}

// filtered is a list of records of a kind, kept to the unit of the question.
func (a accountant) filtered(kind string, most int, where ...book.Filter) (book.Query, error) {
	q := book.Query{Kind: kind, Limit: most, Filters: where}
	for _, w := range a.only {
		f, err := book.ParseFilter(w)
		if err != nil {
			return q, err
		}
		q.Filters = append(q.Filters, f)
	}
	return q, nil
}

// funds sets what was allotted of each earmarked fund of the year beside what has arrived of it, and what the vouchers of its document paid up to the
// end of the year.
func (a accountant) funds(m *money) error {
	if !a.v.actor().May(access.Read, fund.Kind.Code()) {
		return nil
	}
	first, last := a.q.Period.First().String(), a.q.Period.Last().String()
	q, err := a.filtered(fund.Kind.Code(), fundsMost, book.Filter{Field: "allotted_on", Op: field.OpAtLeast, Value: first}, book.Filter{Field: "allotted_on", Op: field.OpAtMost, Value: last})
	if err != nil {
		return err
	}
	q.Sort = "allotted_on"
	var all []*fund.Fund
	if err := a.view.Each(q, func(r any) error { all = append(all, r.(*fund.Fund)); return nil }); err != nil || len(all) == 0 {
		return err
	}
	m.FundsMore = len(all) == fundsMost
	paid, whole, err := a.paidOfFunds()
	if err != nil {
		return err
	}
	m.FundsUnpaid = !whole
	rates, most := make([]*big.Rat, len(all)), big.NewRat(1, 1)
	for i, f := range all {
		to := link("/records/"+fund.Kind.Code()+"/"+f.ID.String(), "as-of", a.q.AsOf)
		row := fundRow{Label: f.Name, Allotted: inWan(f.Allotted, to), Received: amount{Text: a.v.t("没有登记", "not recorded"), None: true, To: to}, Spent: amount{Text: "—", None: true}}
		if f.Received.OK && !a.q.Period.Last().Before(f.ReceivedOn) {
			row.Received = inWan(f.Received.V, to)
		}
		if whole {
			l := listing{Kind: voucher.Kind.Code(), AsOf: a.q.AsOf, Where: append([]string{"fund_document = " + f.Document, "paid_on <= " + last}, a.only...)}
			row.Spent = inWan(paid[f.Document], l.address())
		}
		row.Rate = rate(row.Received, row.Spent)
		if rates[i] = row.Rate.exact; rates[i] != nil && rates[i].Cmp(most) > 0 {
			most = rates[i]
		}
		m.Funds = append(m.Funds, row)
	}
	for i := range m.Funds {
		m.Funds[i].Bar = drawPlan(rates[i], most)
	}
	return nil
}

// paidOfFunds is what vouchers paid up to the end of the year of each earmarked fund, by its document; whole is false where there are more of them than are
// looked through.
func (a accountant) paidOfFunds() (paid map[string]moneyof.Fen, whole bool, err error) {
	q, err := a.filtered(voucher.Kind.Code(), fundVouchersMost+1, book.Filter{Field: "fund_document", Op: field.OpStated},
		book.Filter{Field: "paid_on", Op: field.OpAtMost, Value: a.q.Period.Last().String()})
	if err != nil {
		return nil, false, err
	}
	paid, seen := map[string]moneyof.Fen{}, 0
	err = a.view.Each(q, func(r any) error {
		x := r.(*voucher.Voucher)
		paid[x.Fund] += x.Amount
		seen++
		return nil
	})
	return paid, seen <= fundVouchersMost, err
}

// contracts says what was planned to be bought in the year, what was contracted in it, and what of the plans has no contract; and for
// each project what was contracted beside all that was paid on it. What was paid of a contract nobody records: a voucher names no procurement.
func (a accountant) contracts(m *money) error {
	if !a.v.actor().May(access.Read, procurement.Kind.Code()) {
		return nil
	}
	kind, of := procurement.Kind.Code(), a.q.Period
	plans, err := a.procurements(of, "planned_on")
	if err != nil {
		return err
	}
	signed, err := a.procurements(of, "contracted_on")
	if err != nil {
		return err
	}
	if len(plans) == 0 && len(signed) == 0 {
		return nil
	}
	c := &contracts{More: len(plans) == contractsMost || len(signed) == contractsMost}
	m.Contracts = c
	var planned, open, made moneyof.Fen
	waiting := 0
	for _, p := range plans {
		planned += p.Planned
		if p.ContractedOn.IsZero() {
			open += p.Planned
			waiting++
		}
	}
	by := map[string]moneyof.Fen{}
	var codes []string
	for _, p := range signed {
		made += p.Actual.V
		if p.Project == "" {
			continue
		}
		if _, known := by[p.Project]; !known {
			codes = append(codes, p.Project)
		}
		by[p.Project] += p.Actual.V
	}
	plansAt, signedAt := a.list(kind, "planned_on", of), a.list(kind, "contracted_on", of)
	openAt := a.list(kind, "planned_on", of, "contracted_on absent")
	c.Planned, c.Signed, c.Open = inWan(planned, plansAt), inWan(made, signedAt), inWan(open, openAt)
	c.PlannedN, c.SignedN, c.OpenN = amount{Text: strconv.Itoa(len(plans)), To: plansAt}, amount{Text: strconv.Itoa(len(signed)), To: signedAt}, amount{Text: strconv.Itoa(waiting), To: openAt}
	slices.Sort(codes)
	return a.contracted(c, codes, by)
}

// procurements are those with a day in a period, as many as are looked through.
func (a accountant) procurements(of period.Period, on string) (out []*procurement.Procurement, err error) {
	q, err := a.filtered(procurement.Kind.Code(), contractsMost, book.Filter{Field: on, Op: field.OpAtLeast, Value: of.First().String()},
		book.Filter{Field: on, Op: field.OpAtMost, Value: of.Last().String()})
	if err != nil {
		return nil, err
	}
	err = a.view.Each(q, func(r any) error { out = append(out, r.(*procurement.Procurement)); return nil })
	return out, err
}

// contracted sets what was contracted for projects beside what vouchers paid on them in the year.
func (a accountant) contracted(c *contracts, codes []string, by map[string]moneyof.Fen) error {
	if len(codes) == 0 {
		return nil
	}
	projects, err := app.ProjectsOf(a.view, a.q.Period)
	if err != nil {
		return err
	}
	for _, code := range codes {
		row := contractRow{Label: code, Paid: amount{Text: a.v.t("项目没有登记", "the project is not recorded"), None: true},
			Signed: inWan(by[code], a.list(procurement.Kind.Code(), "contracted_on", a.q.Period, "project_code = "+code))}
		for _, p := range projects {
			if p.Code == code {
				row.Label = p.Name
				paid, err := a.figures(a.q.Period, app.ProjectIndicator(code, "paid"))
				if err != nil {
					return err
				}
				row.Paid = paid[0]
			}
		}
		c.Projects = append(c.Projects, row)
	}
	return nil
}
