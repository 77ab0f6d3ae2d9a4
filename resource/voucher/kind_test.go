package voucher_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/resource/voucher"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func paid(number string, economic classification.Economic, yuan money.Fen) *voucher.Voucher {
	v := &voucher.Voucher{Number: number, PaidOn: period.MustDay(2023, 5, 8), Summary: "示例支出", Budget: classification.GeneralPublic,
		Function: "2240106", Economic: economic, Category: classification.Basic, Amount: yuan * money.Yuan}
	v.Unit = "430600"
	return v
}

func onProject(number, code string, economic classification.Economic, yuan money.Fen) *voucher.Voucher {
	v := paid(number, economic, yuan)
	v.Category, v.Project = classification.Project, code
	return v
}

func TestWhatACategoryMayBeSpentOn(t *testing.T) {
	t.Parallel()
	basicWithProject, projectWithout := onProject("1", "P1", "30211", 1), onProject("1", "", "30211", 1)
	basicWithProject.Category = classification.Basic
	for _, c := range []struct {
		name string
		v    *voucher.Voucher
		want error
		cost classification.Cost
		of   classification.ThreePublic
	}{
		{"basic pay", paid("1", "30101", 1), nil, classification.StaffCost, ""},
		{"a pension", paid("1", "30302", 1), nil, classification.StaffCost, ""},
		{"travel", paid("1", "30211", 1), nil, classification.OperatingCost, ""},
		{"hospitality", paid("1", "30217", 1), nil, classification.OperatingCost, classification.Hospitality},
		{"a vehicle", paid("1", "31013", 1), nil, classification.OperatingCost, classification.VehiclePurchase},
		{"a vehicle of the construction plan is no basic expenditure", paid("1", "30913", 1), voucher.ErrNotBasic, "", classification.VehiclePurchase},
		{"hospitality of a project", onProject("1", "P1", "30217", 1), nil, classification.ProjectCost, classification.Hospitality},
		{"a project without code", projectWithout, voucher.ErrProjectCode, classification.ProjectCost, ""},
		{"basic with a project", basicWithProject, voucher.ErrProjectCode, classification.OperatingCost, ""},
		{"a reversal", paid("1", "30211", -1), nil, classification.OperatingCost, ""},
	} {
		if err := voucher.Kind.Check(c.v, today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if c.v.Cost != c.cost || c.v.ThreePublic != c.of {
			t.Errorf("%s: got %q and %q, want %q and %q", c.name, c.v.Cost, c.v.ThreePublic, c.cost, c.of)
		}
	}
}

// TestTheIdentitiesOfExpenditureHold: 支出 = 基本 + 项目, 基本 = 人员 + 公用, 三公 = its four parts, whatever is booked.
func TestTheIdentitiesOfExpenditureHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sum := map[*measure.Measure[voucher.Voucher]]int64{}
		for range rapid.IntRange(0, 12).Draw(t, "vouchers") {
			v := paid("1", rapid.SampledFrom(classification.Economics.Values).Draw(t, "economic").Code, 1)
			v.Amount = money.Fen(rapid.Int64Range(-1e12, 1e12).Draw(t, "amount"))
			if rapid.Bool().Draw(t, "project") {
				v.Category, v.Project = classification.Project, "P1"
			}
			if voucher.Kind.Check(v, today).Err() != nil {
				continue // not to be spent so
			}
			for _, m := range []*measure.Measure[voucher.Voucher]{voucher.Paid, voucher.Basic, voucher.Staff, voucher.Operating, voucher.Project,
				voucher.ThreePublics, voucher.Abroad, voucher.VehiclePurchase, voucher.VehicleRunning, voucher.Hospitality} {
				for _, p := range m.Post(v, nil) {
					sum[m] += p.Value
				}
			}
		}
		switch {
		case sum[voucher.Paid] != sum[voucher.Basic]+sum[voucher.Project]:
			t.Fatalf("paid %d, basic %d, project %d", sum[voucher.Paid], sum[voucher.Basic], sum[voucher.Project])
		case sum[voucher.Basic] != sum[voucher.Staff]+sum[voucher.Operating]:
			t.Fatalf("basic %d, staff %d, operating %d", sum[voucher.Basic], sum[voucher.Staff], sum[voucher.Operating])
		case sum[voucher.ThreePublics] != sum[voucher.Abroad]+sum[voucher.VehiclePurchase]+sum[voucher.VehicleRunning]+sum[voucher.Hospitality]:
			t.Fatalf("the parts of the three publics are not the whole: %v", sum)
		}
	})
}

func TestAVoucherOnTheWrongProjectIsFound(t *testing.T) {
	t.Parallel()
	other := onProject("4", "P1", "30227", 400)
	other.Function = "2240602"
	last := onProject("5", "P1", "30227", 500)
	last.PaidOn = period.MustDay(2022, 5, 8)
	got := voucher.WrongProjects([]*voucher.Voucher{
		onProject("1", "P1", "30227", 100), // sound
		onProject("2", "P1", "31013", 200), // may not buy vehicles
		onProject("3", "P9", "30227", 300), // no such project
		other, last,
		paid("6", "30101", 600),            // basic: no project asked
		onProject("7", "P2", "31013", 700), // P2 says nothing of what it may be spent on
	}, []voucher.Plan{
		{Code: "P1", Name: "示例项目", Year: 2023, Functions: []string{"2240106", "2240109"}, Economics: []classification.Economic{"30227", "30226"}},
		{Code: "P2", Year: 2023},
	})
	found(t, got, []found1{
		{voucher.ErrEconomicOfOtherProject, "凭证2（200.00元）"},
		{voucher.ErrUnknownProject, "凭证3的项目编码“P9”在2023年"},
		{voucher.ErrFunctionOfOtherProject, "列在项目“示例项目”（P1），支出功能分类为“自然灾害防治-森林草原防灾减灾”（2240602），该项目只有“应急管理事务-安全监管”（2240106）、“应急管理事务-应急管理”（2240109）：是否列错项目？"},
		{voucher.ErrUnknownProject, "凭证5的项目编码“P1”在2022年"},
	})
}

type found1 struct {
	want error
	says string
}

func found(t *testing.T, got fault.List, want []found1) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d doubts, want %d:\n%s", len(got), len(want), got.In(lang.Chinese))
	}
	for i, w := range want {
		if text := got[i].In(lang.Chinese); !got[i].Is(w.want) || !strings.Contains(text, w.says) {
			t.Errorf("doubt %d: got %q, want %v saying %q", i+1, text, w.want, w.says)
		}
	}
}

func TestAFundSpentBeyondWhatWasReceivedIsFound(t *testing.T) {
	t.Parallel()
	of := func(number, fund string, yuan money.Fen) *voucher.Voucher {
		v := onProject(number, "P1", "30227", yuan)
		v.Fund = fund
		return v
	}
	vouchers := []*voucher.Voucher{
		of("1", "湘财企指〔2023〕1号", 120), of("2", "湘财企指〔2023〕1号", -20), // to the last 元
		of("3", "湘财企指〔2023〕2号", 50), of("4", "湘财企指〔2023〕2号", 1),
		of("5", "湘财企指〔2023〕3号", 1), of("6", "", 1),
	}
	first, second := voucher.Grant{"湘财企指〔2023〕1号", 100 * money.Yuan, period.MustDay(2023, 5, 8)}, voucher.Grant{"湘财企指〔2023〕2号", 50 * money.Yuan, period.MustDay(2023, 5, 1)}
	found(t, voucher.UnknownFunds(vouchers, map[string]bool{first.Document: true, second.Document: true}), []found1{{voucher.ErrUnknownFund, "凭证5的专项资金文号“湘财企指〔2023〕3号”没有登记"}})
	found(t, voucher.OfGrant(vouchers, first), nil)
	found(t, voucher.OfGrant(vouchers, second), []found1{{voucher.ErrOverspent, "湘财企指〔2023〕2号到位50.00元，凭证支出51.00元，超支1.00元"}})
	first.ReceivedOn = period.MustDay(2023, 5, 9) // the day after the vouchers
	found(t, voucher.OfGrant(vouchers, first), []found1{{voucher.ErrSpentEarly, "湘财企指〔2023〕1号于2023-05-09到位，此前已有2张凭证支出100.00元（1、2）"}})
	first.ReceivedOn, first.Received = period.Day{}, 0
	found(t, voucher.OfGrant(vouchers, first), []found1{{voucher.ErrOverspent, "到位0.00元"}})
}

func TestAnAmountIn元UnderAHeadingIn万元IsFound(t *testing.T) {
	t.Parallel()
	vouchers := []*voucher.Voucher{paid("1", "30201", 3000), paid("2", "30201", 3000*10_000)}
	found(t, voucher.BeyondBudget(vouchers, 2000*money.Wan), []found1{{voucher.ErrBeyondBudget, "凭证2的金额30000000.00元超过全年预算数20000000.00元"}})
	if got := voucher.BeyondBudget(vouchers, 0); len(got) > 0 {
		t.Errorf("a budget of nothing says nothing, and yet: %v", got)
	}
}

func TestAnItemThatTheYearDoesNotHaveIsADoubt(t *testing.T) {
	t.Parallel()
	v := paid("1", "30201", 1)
	v.Function = "2240701"
	found(t, v.Doubts(), []found1{{voucher.ErrFunctionOfOtherYear, "支出功能分类2240701在2023年的科目中没有"}})
	found(t, paid("1", "30201", 1).Doubts(), nil)
}
