package app

import (
	"anlan/account/evaluation"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/budgetline"
	"anlan/resource/carryover"
	"anlan/resource/voucher"
)

// projectMoney is what budget lines, vouchers and the register of balances carried over say of a project's money.
type projectMoney struct {
	planned, spent bool // there is a budget line, a voucher
	appropriated   purse
	other          purse // the special fiscal account and own funds
}

// purse is some of it.
type purse struct {
	initial money.Fen // 年初
	given   money.Fen // all that came into the budget of the year, but what was carried in
	carried money.Fen // 上年结转
	paid    money.Fen
	left    money.Fen // of balances that stood before the period: what still stands at its end
	kept    bool      // the register has such balances
}

// moneyOf reads the money of a project in a period.
func moneyOf(v *book.View, code string, p period.Period) (m projectMoney, err error) {
	given, err := within(v, code, "given_on", p)
	if err != nil {
		return m, err
	}
	err = v.Each(book.Query{Kind: budgetline.Kind.Code(), Filters: given}, func(r any) error {
		l := r.(*budgetline.Line)
		m.planned = true
		at := m.purse(l.Budget.Appropriated())
		switch l.Stage {
		case budgetline.CarriedIn:
			return addTo(&at.carried, l.Counted)
		case budgetline.Initial:
			if err := addTo(&at.initial, l.Counted); err != nil {
				return err
			}
		}
		return addTo(&at.given, l.Counted)
	})
	if err != nil {
		return m, err
	}
	err = vouchersOf(v, code, p, func(x *voucher.Voucher) error {
		m.spent = true
		return addTo(&m.purse(x.Budget.Appropriated()).paid, x.Amount)
	})
	if err != nil {
		return m, err
	}
	on, err := onProject(v, code, p)
	if err != nil {
		return m, err
	}
	before := book.Filter{Field: "from_on", Op: field.OpBelow, Value: p.First().String()}
	return m, v.Each(book.Query{Kind: carryover.Kind.Code(), Filters: []book.Filter{on, before}}, func(r any) error {
		b := r.(*carryover.Balance)
		at := m.purse(b.Budget.Appropriated())
		at.kept = true
		if !b.Until.IsZero() && !p.Last().Before(b.Until) {
			return nil // settled
		}
		return addTo(&at.left, b.Amount)
	})
}

func (m *projectMoney) purse(appropriated bool) *purse {
	if appropriated {
		return &m.appropriated
	}
	return &m.other
}

// spentOfCarried is what was paid out of the money carried in: that, less what still stands of it at the end. It is not known
// where the register does not have what was carried in, or has less or more left of it than the vouchers allow.
func (x purse) spentOfCarried() (money.Fen, bool) {
	spent := x.carried - x.left
	return spent, x.carried == 0 && x.left == 0 || x.kept && spent >= 0 && spent <= x.paid
}

// tell writes the money into what a project tells its evaluation: the whole, and what it consists of.
func (m projectMoney) tell(out *evaluation.Told) {
	a, o := m.appropriated, m.other
	if m.planned {
		planned := func(initial, budget money.Fen) evaluation.Money {
			return evaluation.Money{Initial: maybe.Some(initial), Budget: maybe.Some(budget)}
		}
		out.Money = planned(a.initial+o.initial, a.given+a.carried+o.given+o.carried)
		out.Appropriated, out.CarriedIn, out.Other = planned(a.initial, a.given), planned(0, a.carried+o.carried), planned(o.initial, o.given)
	}
	carried, left := a.carried+o.carried, a.left+o.left
	if m.spent {
		out.Paid = maybe.Some(a.paid + o.paid)
		ofA, knownA := a.spentOfCarried()
		ofO, knownO := o.spentOfCarried()
		if knownA {
			out.Appropriated.Paid = maybe.Some(a.paid - ofA)
		}
		if knownO {
			out.Other.Paid = maybe.Some(o.paid - ofO)
		}
		if knownA && knownO {
			out.CarriedIn.Paid = maybe.Some(ofA + ofO)
		}
	}
	if m.spent && (carried != 0 || left != 0) {
		out.Apart = apart(out.CarriedIn.Paid, carried, left)
	}
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
