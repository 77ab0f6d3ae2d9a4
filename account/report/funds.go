package report

import (
	"fmt"
	"math/big"
	"strings"

	"anlan/account/indicator"
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
	of     func(Money) string
}{
	{"initial", "年初预算数", func(m Money) string { return m.Initial }},
	{"budget", "全年预算数", func(m Money) string { return m.Budget }},
	{"paid", "全年执行数", func(m Money) string { return m.Paid }},
}

// rateMember names the execution rate, budgetMember what it divides by.
const (
	rateMember   = "rate"
	budgetMember = "budget"
)

// moneyMembers are what a report may say of a project's money and of each of its funds.
func moneyMembers() (out []string) {
	for _, prefix := range purses() {
		for _, a := range amounts {
			out = append(out, prefix+a.member)
		}
		out = append(out, prefix+rateMember)
	}
	return out
}

// purses are the prefixes of the members of the whole and of each of its funds.
func purses() []string {
	out := []string{""}
	for _, f := range funds {
		out = append(out, f.prefix)
	}
	return out
}

// money sets the money of an evaluation and its funds as figures of their indicators, and sees that the funds add up to it: a
// difference is refused, and one that only rounding makes is noted. An evaluation of no project has none.
func (p *page) money(id string, e Evaluation) error {
	var members []string
	var questions []indicator.Question
	ask := func(member, code string) error {
		i, err := p.set.Indicator(code)
		if err != nil {
			return fmt.Errorf("money of %s: %w", e.Code, err)
		}
		name := id + "." + member
		p.references[name] = &reference{indicator: code, printed: -1, at: p.t.names[id].at}
		members, questions = append(members, name), append(questions, indicator.Question{Indicator: i, Period: p.subject.Period, Unit: p.subject.Unit})
		return nil
	}
	for i, prefix := range purses() {
		m := e.Money
		if i > 0 {
			m = funds[i-1].of(e.Funds)
		}
		if m == (Money{}) {
			for _, member := range []string{amounts[0].member, amounts[1].member, amounts[2].member, rateMember} {
				p.printed[id+"."+prefix+member] = document.Inlines{document.Text(indicator.NoneRecorded.Text().Zh)}
			}
			continue
		}
		for _, a := range amounts {
			if err := ask(prefix+a.member, a.of(m)); err != nil {
				return err
			}
		}
		if err := ask(prefix+rateMember, m.Rate); err != nil {
			return err
		}
	}
	results, err := indicator.Eval(p.ctx, p.counted, questions...)
	if err != nil {
		return err
	}
	for i, name := range members {
		p.results[name] = results[i]
		if p.printed[name], err = p.figure(name, p.references[name], results[i]); err != nil {
			return err
		}
		whole, isRate := strings.CutSuffix(name, rateMember)
		if n, ok := p.numbers[whole+budgetMember]; isRate && ok && n.value.Sign() == 0 { // nothing was there to be spent: no rate, and no lack of one
			p.printed[name] = document.Inlines{document.Text(noScore)}
		}
	}
	if e.Funds.Apart != "" {
		carried := id + ".carried-paid"
		p.notes[carried] = append(p.notes[carried], document.Text(e.Funds.Apart+"。"))
	}
	for _, a := range amounts {
		note, err := p.addUp(id, a.member, a.name)
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

// addUp sees that the funds add up to the whole of an amount, and says where their printed numbers do not. What is not known of
// each of them is not added.
func (p *page) addUp(id, member, name string) (document.Note, error) {
	whole, known := p.numbers[id+"."+member]
	exact, printed, said, exactly := new(big.Rat), new(big.Rat), "", ""
	for i, fund := range funds {
		n, ok := p.numbers[id+"."+fund.prefix+member]
		if !ok || !known {
			return nil, nil
		}
		exact.Add(exact, n.value)
		printed.Add(printed, n.stated())
		if i > 0 {
			said, exactly = said+" + ", exactly+" + "
		}
		said, exactly = said+n.decimal, exactly+n.exactly()
	}
	if exact.Cmp(whole.value) != 0 {
		return nil, ErrPartsDiffer.With(name, exactly, whole.exactly()+whole.unit.String(), decimalText(exact.Sub(exact, whole.value))+whole.unit.String())
	}
	if off := new(big.Rat).Sub(printed, whole.stated()); off.Sign() != 0 {
		return document.Note{document.Text(fmt.Sprintf("%s = %s，与所列%s相差%s，系各数分别四舍五入所致。", said, decimalText(printed), whole.text, decimalText(off.Abs(off))+whole.unit.String()))}, nil
	}
	return nil, nil
}
