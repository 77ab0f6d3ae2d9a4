package report_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
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

// fundsOf is what a test says of the money of a project: initial, budget and paid in 元, "" where nothing is recorded.
type fundsOf struct {
	whole, appropriated, carried, other [3]string
	apart                               string
}

// money records the money of a purse, initial, budget and paid in 元, and gives the indicators that moneyIndicators defines for it.
func (s sheet) money(purse string, yuan [3]string) report.Money {
	for i, of := range []string{"initial", "budget", "paid"} {
		measure := "m." + purse + "_" + of
		s.units[measure] = "元"
		if yuan[i] != "" {
			s.amounts[measure+" 2023"] = rat(yuan[i])
		}
	}
	return report.Money{Initial: "p." + purse + "_initial", Budget: "p." + purse + "_budget", Paid: "p." + purse + "_paid", Rate: "p." + purse + "_rate"}
}

// moneyIndicators defines the figures of every purse that was recorded.
func (s sheet) moneyIndicators() string {
	var b strings.Builder
	for _, code := range slices.Sorted(maps.Keys(s.units)) {
		purse, ok := strings.CutSuffix(strings.TrimPrefix(code, "m."), "_initial")
		if !ok {
			continue
		}
		for _, of := range []string{"initial", "budget", "paid"} {
			fmt.Fprintf(&b, "indicator p.%s_%s  \"%s %s\"  in 万元  printed 2\n  = m.%s_%s\n", purse, of, purse, of, purse, of)
		}
		fmt.Fprintf(&b, "indicator p.%s_rate  \"%s rate\"  in %%  printed 2\n  = m.%s_paid / m.%s_budget\n", purse, purse, purse, purse)
	}
	return b.String()
}

// built prints the form of a project with this money.
func (f fundsOf) built(t *testing.T) (*report.Built, error) {
	t.Helper()
	s := sheetOf("1", "", "", "")
	s.evaluations = map[string]report.Evaluation{"projectp": {Money: s.money("whole", f.whole),
		Funds: report.Funds{Appropriated: s.money("appropriated", f.appropriated), CarriedIn: s.money("carried", f.carried), Other: s.money("other", f.other), Apart: f.apart}}}
	return s.build(t, sheetIndicators+s.moneyIndicators(), one(fundsForm))
}

func builtFunds(t *testing.T, f fundsOf) (string, error) {
	t.Helper()
	b, err := f.built(t)
	if err != nil {
		return "", err
	}
	return text(&b.Document), nil
}

func TestTheMoneyOfAProjectIsPrintedByWhereItComesFrom(t *testing.T) {
	t.Parallel()
	got, err := builtFunds(t, fundsOf{[3]string{"1000000", "1300000", "900000"}, [3]string{"900000", "1000000", "700000"}, [3]string{"0", "200000", "150000"},
		[3]string{"100000", "100000", "50000"}, "上年结转资金执行数 = 20万元 − 5万元"})
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
	got, err := builtFunds(t, fundsOf{whole: [3]string{"1", "1", "1"}, appropriated: [3]string{"1", "1", ""}, carried: [3]string{"0", "0", "0"}})
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
	zero := [3]string{"0", "0", "0"}
	_, err := builtFunds(t, fundsOf{whole: [3]string{"10000", "20000", "10000"}, appropriated: [3]string{"10000", "10000", "10000"}, carried: zero, other: zero})
	if !errors.Is(err, report.ErrPartsDiffer) || !strings.Contains(fault.In(err, lang.Chinese), "“全年预算数”应等于1.00 + 0.00 + 0.00：2.00万元，相差-1万元") {
		t.Errorf("got %v", err)
	}
	got, err := builtFunds(t, fundsOf{whole: [3]string{"10000", "149", "0"}, appropriated: [3]string{"10000", "50", "0"}, carried: [3]string{"0", "50", "0"}, other: [3]string{"0", "49", "0"}})
	if err != nil {
		t.Fatal(err)
	}
	if want := "0.01 + 0.01 + 0.00 = 0.02，与所列0.01万元相差0.01万元，系各数分别四舍五入所致。"; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

// TestTheMoneyOfAFormLeadsToItsRecords: each amount is a figure of its indicator, with the records behind it and the command that
// gives it again, and is computed again by who verifies the publication.
func TestTheMoneyOfAFormLeadsToItsRecords(t *testing.T) {
	t.Parallel()
	zero := [3]string{"0", "0", "0"}
	b, err := fundsOf{whole: [3]string{"10000", "20000", "10000"}, appropriated: [3]string{"10000", "20000", "10000"}, carried: zero, other: zero}.built(t)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.Document.Figures() {
		if f.Source != "records" || f.Records == 0 || !strings.HasPrefix(f.Recompute, "anlan indicator p.") || f.Code == "" {
			t.Errorf("the figure %s is %+v", f.ID, f.Figure)
		}
		if _, ok := b.Computed[f.ID]; !ok {
			t.Errorf("nothing says from what %s is computed", f.ID)
		}
	}
}
