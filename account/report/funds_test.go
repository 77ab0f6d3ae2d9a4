package report_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// fundsForm prints the money of a project and what it consists of.
const fundsForm = `title 自评表
evaluation score project of p
table | 单位：万元
columns 20 10n 10n 10n 10n
| 年度资金总额 | {score.initial} | {score.budget} := {score.appropriated-budget}+{score.carried-budget}+{score.other-budget} | {score.paid} | {score.rate} |
| 当年财政拨款 | {score.appropriated-initial} | {score.appropriated-budget} | {score.appropriated-paid} | {score.appropriated-rate} |
| 上年结转资金 | {score.carried-initial} | {score.carried-budget} | {score.carried-paid} | {score.carried-rate} |
| 其他资金 | {score.other-initial} | {score.other-budget} | {score.other-paid} | {score.other-rate} |
end
`

// moneyOf is initial, budget and paid in 元; "" is none recorded.
func moneyOf(initial, budget, paid string) (m report.Money) {
	if initial != "" {
		m.Initial = rat(initial)
	}
	if budget != "" {
		m.Budget = rat(budget)
	}
	if paid != "" {
		m.Paid = rat(paid)
	}
	return m
}

func builtFunds(t *testing.T, whole report.Money, f report.Funds) (string, error) {
	t.Helper()
	s := sheetOf("1", "", "", "")
	s.evaluations = map[string]report.Evaluation{"projectp": {Money: whole, Funds: f}}
	b, err := s.build(t, sheetIndicators, one(fundsForm))
	if err != nil {
		return "", err
	}
	return text(&b.Document), nil
}

func TestTheMoneyOfAProjectIsPrintedByWhereItComesFrom(t *testing.T) {
	t.Parallel()
	got, err := builtFunds(t, moneyOf("1000000", "1300000", "900000"), report.Funds{Appropriated: moneyOf("900000", "1000000", "700000"), CarriedIn: moneyOf("0", "200000", "150000"),
		Other: moneyOf("100000", "100000", "50000"), Apart: "上年结转资金执行数 = 20万元 − 5万元"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"年度资金总额\n100.00\n130.00\n90.00\n69.23%\n", "当年财政拨款\n90.00\n100.00\n70.00\n70.00%\n", "上年结转资金\n0.00\n20.00\n15.00", "75.00%\n其他资金\n10.00\n10.00\n5.00\n50.00%\n",
		"上年结转资金执行数 = 20万元 − 5万元。"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestMoneyThatWasNotThereHasNoRateAndWhatNobodyRecordedSaysSo(t *testing.T) {
	t.Parallel()
	got, err := builtFunds(t, moneyOf("1", "1", "1"), report.Funds{Appropriated: moneyOf("1", "1", ""), CarriedIn: moneyOf("0", "0", "0")})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"当年财政拨款\n0.00\n0.00\n无记录\n无记录\n", "上年结转资金\n0.00\n0.00\n0.00\n—\n", "其他资金\n无记录\n无记录\n无记录\n无记录\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestFundsThatDoNotComeToTheMoneyAreRefusedAndRoundingIsNoted(t *testing.T) {
	t.Parallel()
	zero := moneyOf("0", "0", "0")
	_, err := builtFunds(t, moneyOf("10000", "20000", "10000"), report.Funds{Appropriated: moneyOf("10000", "10000", "10000"), CarriedIn: zero, Other: zero})
	if !errors.Is(err, report.ErrPartsDiffer) || !strings.Contains(fault.In(err, lang.Chinese), "“全年预算数”应等于1.00 + 0.00 + 0.00：2.00万元，相差-1万元") {
		t.Errorf("got %v", err)
	}
	got, err := builtFunds(t, moneyOf("10000", "149", "0"), report.Funds{Appropriated: moneyOf("10000", "50", "0"), CarriedIn: moneyOf("0", "50", "0"), Other: moneyOf("0", "49", "0")})
	if err != nil {
		t.Fatal(err)
	}
	if want := "0.01 + 0.01 + 0.00 = 0.02，与所列0.01万元相差0.01万元，系各数分别四舍五入所致。"; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}
