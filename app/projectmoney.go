package app

import (
	"context"
	"math/big"

	"anlan/account/evaluation"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

// projectFigure is an indicator that each project brings; {p} in its expression stands for the project in the name of a measure.
type projectFigure struct{ of, zh, en, unit, expression string }

// The money of a project as forms have it: planned for the whole year, paid by vouchers, and of these what was appropriated in the
// year, carried in, and other money. In the initial budget nothing is carried in: a 0 where there is a budget at all.
const (
	givenOf   = "purse.{p}.appropriated_given + purse.{p}.other_given"
	carriedOf = "purse.{p}.appropriated_carried_in + purse.{p}.other_carried_in"
	paidOf    = "purse.{p}.appropriated_paid + purse.{p}.other_paid"
	paidOfIn  = "purse.{p}.appropriated_paid_of_carried + purse.{p}.other_paid_of_carried"
)

var projectFigures = []projectFigure{
	{"spent", "", "spent on", "万元", "final.project.{p}"},
	{"initial", "年初预算数", "initial budget of", "万元", "budget.project.{p}"},
	{"budget", "全年预算数", "budget of the whole year of", "万元", givenOf + " + " + carriedOf},
	{"paid", "全年执行数", "paid by vouchers on", "万元", paidOf},
	{"execution", "执行率", "execution rate of", "%", "(" + paidOf + ") / (" + givenOf + " + " + carriedOf + ")"},
	{"appropriated_initial", "当年财政拨款年初预算数", "appropriated in the year, initial budget of", "万元", "purse.{p}.appropriated_initial"},
	{"appropriated_budget", "当年财政拨款全年预算数", "appropriated in the year, budget of", "万元", "purse.{p}.appropriated_given"},
	{"appropriated_paid", "当年财政拨款全年执行数", "appropriated in the year, paid on", "万元", "purse.{p}.appropriated_paid − purse.{p}.appropriated_paid_of_carried"},
	{"appropriated_execution", "当年财政拨款执行率", "appropriated in the year, execution rate of", "%", "(purse.{p}.appropriated_paid − purse.{p}.appropriated_paid_of_carried) / purse.{p}.appropriated_given"},
	{"carried_initial", "上年结转资金年初预算数", "carried in, initial budget of", "万元", "0 × (" + carriedOf + ")"},
	{"carried_budget", "上年结转资金全年预算数", "carried in, budget of", "万元", carriedOf},
	{"carried_paid", "上年结转资金全年执行数", "carried in, paid on", "万元", paidOfIn},
	{"carried_execution", "上年结转资金执行率", "carried in, execution rate of", "%", "(" + paidOfIn + ") / (" + carriedOf + ")"},
	{"other_initial", "其他资金年初预算数", "other money, initial budget of", "万元", "purse.{p}.other_initial"},
	{"other_budget", "其他资金全年预算数", "other money, budget of", "万元", "purse.{p}.other_given"},
	{"other_paid", "其他资金全年执行数", "other money, paid on", "万元", "purse.{p}.other_paid − purse.{p}.other_paid_of_carried"},
	{"other_execution", "其他资金执行率", "other money, execution rate of", "%", "(purse.{p}.other_paid − purse.{p}.other_paid_of_carried) / purse.{p}.other_given"},
}

// projectFunds are the indicators by which a form prints the money of a project; apart is how that carried in is told from the rest.
func projectFunds(code, apart string) (whole report.Money, funds report.Funds) {
	of := func(prefix string) report.Money {
		return report.Money{Initial: ProjectIndicator(code, prefix+"initial"), Budget: ProjectIndicator(code, prefix+"budget"),
			Paid: ProjectIndicator(code, prefix+"paid"), Rate: ProjectIndicator(code, prefix+"execution")}
	}
	return of(""), report.Funds{Appropriated: of("appropriated_"), CarriedIn: of("carried_"), Other: of("other_"), Apart: apart}
}

// tellMoney writes the money of a project in a period into what it tells its evaluation: the whole, and what it consists of.
func tellMoney(ctx context.Context, v *book.View, code string, p period.Period, out *evaluation.Told) error {
	sources, err := Figures{View: v}.Sources()
	if err != nil {
		return err
	}
	amounts := []source.Amount{source.InitialBudget, source.Given, source.CarriedIn, source.Paid, source.Left, source.PaidOfCarried}
	var asks []source.Ask
	for _, purse := range []source.Purse{source.Appropriated, source.OtherMoney} {
		for _, amount := range amounts {
			asks = append(asks, source.Ask{Measure: source.PurseMeasure(code, purse, amount), Period: p, Unit: place.Unit(v.Head.Place)})
		}
	}
	answers, err := sources.Values(ctx, asks)
	if err != nil {
		return err
	}
	yuan := make([]*big.Rat, len(answers))
	for i, a := range answers {
		yuan[i] = a.Value
	}
	a, o := purseOf(yuan[:len(amounts)]), purseOf(yuan[len(amounts):])
	out.Money = evaluation.Money{Initial: plus(a.initial, o.initial), Budget: plus(plus(a.given, a.carried), plus(o.given, o.carried)), Paid: plus(a.paid, o.paid)}
	out.Appropriated = evaluation.Money{Initial: a.initial, Budget: a.given, Paid: less(a.paid, a.paidOfCarried)}
	out.Other = evaluation.Money{Initial: o.initial, Budget: o.given, Paid: less(o.paid, o.paidOfCarried)}
	out.CarriedIn = evaluation.Money{Budget: plus(a.carried, o.carried), Paid: plus(a.paidOfCarried, o.paidOfCarried)}
	if out.CarriedIn.Budget.OK {
		out.CarriedIn.Initial = maybe.Some(money.Fen(0))
	}
	carried, left := out.CarriedIn.Budget.V, plus(a.left, o.left).V
	if out.Paid.OK && (carried != 0 || left != 0) {
		out.Apart = apart(out.CarriedIn.Paid, carried, left)
	}
	return nil
}

// purse is what is known of the money of a project by whose it is.
type purse struct{ initial, given, carried, paid, left, paidOfCarried maybe.Of[money.Fen] }

// purseOf reads it from answers in 元, in the order of its fields.
func purseOf(yuan []*big.Rat) purse {
	fen := func(x *big.Rat) maybe.Of[money.Fen] {
		if x == nil {
			return maybe.None[money.Fen]()
		}
		return maybe.Some(money.Fen(new(big.Rat).Mul(x, big.NewRat(100, 1)).Num().Int64())) // booked in whole fen
	}
	return purse{fen(yuan[0]), fen(yuan[1]), fen(yuan[2]), fen(yuan[3]), fen(yuan[4]), fen(yuan[5])}
}

// plus and less add and subtract what is known; of what is not the result is not known either.
func plus(a, b maybe.Of[money.Fen]) maybe.Of[money.Fen] {
	if !a.OK || !b.OK {
		return maybe.None[money.Fen]()
	}
	return maybe.Some(a.V + b.V)
}

func less(a, b maybe.Of[money.Fen]) maybe.Of[money.Fen] {
	b.V = -b.V
	return plus(a, b)
}

// apart says how what was paid out of money carried in is told from the rest, or why it cannot be.
func apart(paid maybe.Of[money.Fen], carried, left money.Fen) lang.Text {
	sentence := lang.Of("上年结转资金执行数 = 上年结转{carried}元 − 年末仍结转{left}元 = {paid}元，其余为当年资金执行数",
		"paid out of what was carried in = carried in {carried} 元 − still left at the end {left} 元 = {paid} 元; the rest was paid out of the year's money")
	if !paid.OK {
		sentence = lang.Of("分不清上年结转资金的执行数：预算指标列上年结转{carried}元，结转结余台账上以前年度形成、年末仍未结清的为{left}元，请核对台账与凭证",
			"what was paid out of the money carried in cannot be told: budget lines carry in {carried} 元, and the register of balances has {left} 元 of earlier years that still stand at the end; see the register and the vouchers")
	}
	return sayAll(sentence, map[string]lang.Text{"carried": same(carried.String()), "left": same(left.String()), "paid": same(paid.V.String())})
}
