package report

import (
	"fmt"
	"math/big"

	"anlan/account/report/document"
)

// funds are the members by which a report names what the money of a project consists of.
var funds = []struct {
	prefix string // of its members
	name   string
	of     func(Funds) Money
}{
	{"appropriated-", "当年财政拨款", func(f Funds) Money { return f.Appropriated }},
	{"carried-", "上年结转资金", func(f Funds) Money { return f.CarriedIn }},
	{"other-", "其他资金", func(f Funds) Money { return f.Other }},
}

// amounts are the members of money that add up, fund by fund.
var amounts = []struct {
	member string
	name   string
	of     func(Money) *big.Rat
}{
	{"initial", "年初预算数", func(m Money) *big.Rat { return m.Initial }},
	{"budget", "全年预算数", func(m Money) *big.Rat { return m.Budget }},
	{"paid", "全年执行数", func(m Money) *big.Rat { return m.Paid }},
}

// rateMember names the execution rate.
const rateMember = "rate"

// moneyMembers are what a report may say of a project's money and of each of its funds.
func moneyMembers() (out []string) {
	prefixes := []string{""}
	for _, f := range funds {
		prefixes = append(prefixes, f.prefix)
	}
	for _, prefix := range prefixes {
		for _, a := range amounts {
			out = append(out, prefix+a.member)
		}
		out = append(out, prefix+rateMember)
	}
	return out
}

// money sets the money of an evaluation and its funds, and sees that these add up to it: a difference is refused, and one that
// only rounding makes is noted.
func (p *page) money(id string, e Evaluation) error {
	p.purse(id, "", "", e.Money)
	for _, f := range funds {
		p.purse(id, f.prefix, f.name, f.of(e.Funds))
	}
	if e.Funds.Apart != "" {
		carried := id + ".carried-paid"
		p.notes[carried] = append(p.notes[carried], document.Text(e.Funds.Apart+"。"))
	}
	for _, a := range amounts {
		note, err := addUp(a.name, a.of(e.Money), e.Funds, a.of)
		mark, internal := p.forbid(p.t.names[id].at, err)
		if internal != nil {
			return internal
		}
		if mark != "" {
			note = document.Note{mark}
		}
		if note != nil {
			p.notes[id+"."+a.member] = append(p.notes[id+"."+a.member], note...)
		}
	}
	return nil
}

// purse sets the three amounts of some money and their rate.
func (p *page) purse(id, prefix, name string, m Money) {
	for _, a := range amounts {
		p.printed[id+"."+prefix+a.member] = p.stated(id, prefix+a.member, name+a.name, tenThousands(a.of(m)), "万元")
	}
	if m.Budget != nil && m.Budget.Sign() == 0 { // nothing was there to be spent: no rate, and no lack of one
		p.printed[id+"."+prefix+rateMember] = document.Inlines{document.Text(noScore)}
		return
	}
	p.printed[id+"."+prefix+rateMember] = p.stated(id, prefix+rateMember, name+"执行率", m.rate(), "%")
}

// addUp sees that the funds add up to the whole of an amount, and says where their printed numbers do not. What is not known of
// each of them is not added.
func addUp(name string, whole *big.Rat, f Funds, of func(Money) *big.Rat) (document.Note, error) {
	exact, printed, said := new(big.Rat), new(big.Rat), ""
	for i, fund := range funds {
		yuan := of(fund.of(f))
		if yuan == nil || whole == nil {
			return nil, nil
		}
		text := tenThousands(yuan).FloatString(statedDecimals)
		exact.Add(exact, yuan)
		printed.Add(printed, rounded(text))
		if i > 0 {
			said += " + "
		}
		said += text
	}
	all := tenThousands(whole).FloatString(statedDecimals)
	if exact.Cmp(whole) != 0 {
		return nil, ErrPartsDiffer.With(name, said, all+"万元", decimalText(tenThousands(exact.Sub(exact, whole)))+"万元")
	}
	if off := new(big.Rat).Sub(printed, rounded(all)); off.Sign() != 0 {
		return document.Note{document.Text(fmt.Sprintf("%s = %s，与所列%s万元相差%s万元，系各数分别四舍五入所致。", said, decimalText(printed), all, decimalText(off.Abs(off))))}, nil
	}
	return nil, nil
}

// rounded is a printed number.
func rounded(decimal string) *big.Rat {
	r, _ := new(big.Rat).SetString(decimal)
	return r
}
