package check

import (
	"strings"
	"testing"
)

func TestBalances(t *testing.T) {
	runClaims(t, []string{"balance"}, []claimCase{
		{"income includes what was carried over", "2022年结转10.62万元，2023年初预算1685.91万元，年中追加1585.62万元，决算收入3282.14万元，决算支出3265.52万元，2023年末结转结余16.61万元。",
			[]string{"balance rounding 3282.14万元 | 10.62万元 1685.91万元 1585.62万元", "balance rounding 16.61万元 | 3282.14万元 3265.52万元"}},
		{"income without what was carried over", "上年结转10.00万元，本年收入100.00万元，本年支出95.00万元，年末结余15.00万元。", []string{"balance holds 15.00万元 | 10.00万元 100.00万元 95.00万元"}},
		{"one wrong digit", "本年收入3282.14万元，本年支出3265.52万元，年末结转结余96.62万元。", []string{"balance contradiction 96.62万元 | 3282.14万元 3265.52万元"}},
		{"a stock", "期初库存帐篷120顶，购入30顶，发放45顶，期末库存105顶。", []string{"balance holds 105顶 | 120顶 30顶 45顶"}},
		{"a wrong stock", "期初库存帐篷120顶，购入30顶，发放45顶，期末库存115顶。", []string{"balance contradiction 115顶 | 120顶 30顶 45顶"}},
		{"a budget", "2023年收入预算37151.47万元。\n支出预算37151.49万元。", []string{"balance contradiction 37151.49万元 | 37151.47万元"}},
		{"a balance that other items explain", "本年收入3282.14万元，本年支出3065.52万元，年末结转结余96.62万元。", nil},
	})
}

func TestABalanceSaysHowIncomeIsRead(t *testing.T) {
	t.Parallel()
	f := checked(t, "2022年结转10.62万元，2023年决算收入3282.14万元，决算支出3265.52万元，2023年末结转结余16.62万元。")
	if len(f.Relations) != 1 || len(f.Relations[0].Notes) != 1 || f.Relations[0].Notes[0].Code != "income_includes_carry_over" {
		t.Fatalf("got %+v, want the note income_includes_carry_over", f.Relations)
	}
}

func TestRates(t *testing.T) {
	runClaims(t, []string{"rate"}, []claimCase{
		{"staff over posts", "编制数100人，在职人员92人，在职人员控制率为92%。", []string{"rate holds 92% | 92人 100人"}},
		{"wrong", "编制数100人，在职人员92人，在职人员控制率为95%。", []string{"rate contradiction 95% | 92人 100人"}},
		{"spending over budget", "“三公经费”预算数62.1万元，实际支出数39.50万元，“三公经费”控制率为63.61%。", []string{"rate holds 63.61% | 39.50万元 62.1万元"}},
		{"of the budget", "经费支出年初预算为22.00万元，支出决算为8.77万元，完成预算的39.86%。", []string{"rate holds 39.86% | 8.77万元 22.00万元"}},
		{"of another thing's budget", "三公经费年初预算为22.00万元，其中接待费支出决算为0.30万元，完成预算的3.75%。", nil},
		{"the official formula and the plain one", "2022年结转10.62万元，2023年初预算1685.91万元，年中追加1585.62万元，决算收入3282.14万元，决算支出3265.52万元，2023年末结余16.61万元，预算完成率为99.49%。",
			[]string{"rate holds 99.49% | 10.62万元 1685.91万元 1585.62万元 16.61万元", "rate holds 99.49% | 3265.52万元 3282.14万元"}},
		{"figures of the sentence before", "中央和省级的14856.17万元资金全部拨付到位。实际支出14474.12万元，支出率97.43%。", []string{"rate holds 97.43% | 14474.12万元 14856.17万元"}},
		{"all arrived cannot be more", "下达预算14856.17万元。\n上述14856.17万元资金全部拨付到位，资金到位率108%。", []string{"rate contradiction 108% | 14856.17万元 14856.17万元"}},
		{"a rate before its figures", "预算执行率为120%，预算100万元，支出120万元。", []string{"rate holds 120% | 120万元 100万元"}},
		{"a wrong rate before its figures", "预算执行率为92%，全年预算200.00万元，实际支出180.00万元。", []string{"rate contradiction 92% | 180.00万元 200.00万元"}},
		{"staff behind", "在职人员控制率为92%（编制100人，在职92人）。", []string{"rate holds 92% | 92人 100人"}},
		{"a rate before the figures of a part", "预算执行率为92%，其中项目预算200.00万元，支出180.00万元。", nil},
		{"a rate before two budgets", "预算执行率为92%，年初预算150.00万元，全年预算200.00万元，实际支出180.00万元。", []string{"rate note 92% | 180.00万元 200.00万元"}},
		{"a rate of all before a part", "预算执行率为92%，公用经费预算200.00万元，实际支出180.00万元。", nil},
		{"a rate of a project before it", "项目预算执行率为92%，项目预算200.00万元，支出180.00万元。", []string{"rate contradiction 92% | 180.00万元 200.00万元"}},
		{"hazards mended behind", "整改率为97%，排查隐患100处，整改97处。", []string{"rate holds 97% | 97处 100处"}},
		{"a rate before last year's figures", "2023年预算执行率为92%，2022年预算200.00万元，支出180.00万元。", nil},
		{"a rate without its figures", "群众满意度为97%，设备完好率为99%，预算执行率为95%。", nil},
	})
}

func TestTheOfficialFormulaIsNamed(t *testing.T) {
	t.Parallel()
	f := checked(t, "2022年结转10.62万元，2023年初预算1685.91万元，年中追加1585.62万元，决算收入3282.14万元，决算支出3265.52万元，2023年末结余16.61万元，预算完成率为99.49%。")
	for _, r := range f.Relations {
		if r.Rule == "rate" && len(r.Notes) == 1 && r.Notes[0].Code == "formula" && strings.Contains(r.Notes[0].Zh, "(上年结转 + 年初预算 + 本年追加 − 年末结余) ÷ (上年结转 + 年初预算 + 本年追加)") && strings.Contains(r.Notes[0].Zh, "湖南省部门整体支出绩效评价指标表") {
			return
		}
	}
	t.Errorf("no rate by the official formula in %v", found(f))
}
