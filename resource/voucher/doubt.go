package voucher

import (
	"slices"
	"strings"

	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
)

// Doubts about vouchers: each is recorded as it came, and a reader should look at it.
var (
	ErrFunctionOfOtherYear = fault.Define("voucher.function_of_other_year", fault.Conflict,
		"凭证%s的支出功能分类%s在%d年的科目中没有", "voucher %s names the functional item %s, which the classification of %d does not have")
	ErrUnknownProject = fault.Define("voucher.unknown_project", fault.Conflict,
		"凭证%s的项目编码“%s”在%d年没有对应的项目", "voucher %s names the project %q, which does not exist in %d")
	ErrFunctionOfOtherProject = fault.Define("voucher.function_of_other_project", fault.Conflict,
		"凭证%s（%s元）列在项目%s，支出功能分类为%s，该项目只有%s：是否列错项目？", "voucher %s (%s 元) is booked on project %s under the functional item %s; the project has only %s: is it on the wrong project?")
	ErrEconomicOfOtherProject = fault.Define("voucher.economic_of_other_project", fault.Conflict,
		"凭证%s（%s元）列在项目%s，支出经济分类为%s，该项目只有%s：是否列错项目？", "voucher %s (%s 元) is booked on project %s under the economic class %s; the project has only %s: is it on the wrong project?")
	ErrOverspent = fault.Define("voucher.overspent", fault.Conflict,
		"专项资金%s到位%s元，凭证支出%s元，超支%s元", "of the fund %s %s 元 were received and vouchers spend %s 元: %s 元 too much")
	ErrSpentEarly = fault.Define("voucher.spent_early", fault.Conflict,
		"专项资金%s于%s到位，此前已有%d张凭证支出%s元（%s）：先支后收，垫付的是什么资金？", "the fund %s was received on %s; before that %d vouchers spent %s 元 (%s): with which money?")
	ErrUnknownFund = fault.Define("voucher.unknown_fund", fault.Conflict,
		"凭证%s的专项资金文号“%s”没有登记", "voucher %s names the fund %q, which is not recorded")
	ErrBeyondBudget = fault.Define("voucher.beyond_budget", fault.Conflict,
		"凭证%s的金额%s元超过全年预算数%s元：是否把以元为单位的金额填入了以万元为单位的表？", "voucher %s pays %s 元, more than the full-year budget of %s 元: was an amount in 元 entered under a heading in 万元?")
)

// Doubts are those that need the voucher alone.
func (v *Voucher) Doubts() (faults fault.List) {
	if year := v.PaidOn.Year(); !classification.Function(v.Function).ValidIn(year) {
		faults = append(faults, ErrFunctionOfOtherYear.With(v.Number, v.Function, year))
	}
	return faults
}

// Plan is what a project of a year may be spent on. An empty list says nothing and allows everything.
type Plan struct {
	Code      string
	Name      string
	Year      int
	Functions []string
	Economics []classification.Economic
}

// WrongProjects names the project vouchers whose project does not exist in the year of payment, or may not be spent on what
// they pay.
func WrongProjects(vouchers []*Voucher, plans []Plan) (faults fault.List) {
	type key struct {
		code string
		year int
	}
	known := make(map[key]Plan, len(plans))
	for _, p := range plans {
		known[key{p.Code, p.Year}] = p
	}
	for _, v := range vouchers {
		if v.Category != classification.Project {
			continue
		}
		p, ok := known[key{v.Project, v.PaidOn.Year()}]
		switch {
		case !ok:
			faults = append(faults, ErrUnknownProject.With(v.Number, v.Project, v.PaidOn.Year()))
		case len(p.Functions) > 0 && !slices.Contains(p.Functions, v.Function):
			faults = append(faults, ErrFunctionOfOtherProject.With(v.Number, v.Amount, p.named(), items([]string{v.Function}, p.Year), items(p.Functions, p.Year)))
		case len(p.Economics) > 0 && !slices.Contains(p.Economics, v.Economic):
			faults = append(faults, ErrEconomicOfOtherProject.With(v.Number, v.Amount, p.named(), classes([]classification.Economic{v.Economic}), classes(p.Economics)))
		}
	}
	return faults
}

func (p Plan) named() lang.Text { return lang.Named(lang.Text{Zh: p.Name, En: p.Name}, p.Code) }

// items are functional items as a sentence names them.
func items(codes []string, year int) lang.Text {
	out := make([]lang.Text, len(codes))
	for i, c := range codes {
		out[i] = lang.Named(classification.Function(c).Name(year), c)
	}
	return joined(out)
}

// classes are economic classes as their list has them: 30227 委托业务费.
func classes(codes []classification.Economic) lang.Text {
	out := make([]lang.Text, len(codes))
	for i, c := range codes {
		out[i] = lang.Text{Zh: string(c), En: string(c)}
		if e, ok := classification.Economics.Find(c); ok {
			out[i] = e.Label
		}
	}
	return joined(out)
}

func joined(texts []lang.Text) lang.Text {
	var zh, en []string
	for _, t := range texts {
		zh, en = append(zh, t.Zh), append(en, t.En)
	}
	return lang.Text{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")}
}

// UnknownFunds names each voucher whose fund is not recorded. known are the document numbers (文号) of funds.
func UnknownFunds(vouchers []*Voucher, known map[string]bool) (faults fault.List) {
	for _, v := range vouchers {
		if v.Fund != "" && !known[v.Fund] {
			faults = append(faults, ErrUnknownFund.With(v.Number, v.Fund))
		}
	}
	return faults
}

// Grant is what is asked of an earmarked fund.
type Grant struct {
	Document   string // 文号, by which vouchers name it
	Received   money.Fen
	ReceivedOn period.Day // none: nothing has been received
}

// OfGrant are the doubts about the vouchers of one fund: more spent than was received, and money spent before it was there.
func OfGrant(vouchers []*Voucher, g Grant) (faults fault.List) {
	var spent, early money.Fen
	var before []string
	for _, v := range vouchers {
		if v.Fund != g.Document {
			continue
		}
		spent += v.Amount
		if !g.ReceivedOn.IsZero() && v.PaidOn.Before(g.ReceivedOn) {
			early += v.Amount
			before = append(before, v.Number)
		}
	}
	if over := spent - g.Received; over > 0 {
		faults = append(faults, ErrOverspent.With(g.Document, g.Received, spent, over))
	}
	if early > 0 {
		faults = append(faults, ErrSpentEarly.With(g.Document, g.ReceivedOn, len(before), early, someOf(before)))
	}
	return faults
}

// numbersShown is how many vouchers a doubt names.
const numbersShown = 5

func someOf(numbers []string) lang.Text {
	if len(numbers) <= numbersShown {
		all := strings.Join(numbers, "、")
		return lang.Text{Zh: all, En: all}
	}
	some := strings.Join(numbers[:numbersShown], "、")
	return lang.Text{Zh: some + "等", En: some + " and others"}
}

// BeyondBudget names the vouchers that alone pay more than the whole full-year budget of their unit; a budget of nothing
// says nothing.
func BeyondBudget(vouchers []*Voucher, total money.Fen) (faults fault.List) {
	for _, v := range vouchers {
		if total > 0 && v.Amount > total {
			faults = append(faults, ErrBeyondBudget.With(v.Number, v.Amount, total))
		}
	}
	return faults
}
