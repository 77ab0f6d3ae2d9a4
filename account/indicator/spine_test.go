package indicator_test

import (
	"strings"
	"testing"

	"anlan/ground/lang"
)

func Test_the_ten_figures_of_the_published_report(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"personnel.in_post": "92人", "personnel.retired": "17人",
		"work_safety.hazards_found": "16,424处", "work_safety.hazards_listed": "6,682处",
		"work_safety.accidents": "87起", "work_safety.deaths": "97人",
		"work_safety.accidents_fewer": "16起", "work_safety.deaths_fewer": "12人",
		"work_safety.accidents_change": "−15.5%", "work_safety.deaths_change": "−11%",
	}
	set := shippedSet(t)
	if got := len(set.Indicators()); got != len(want) {
		t.Fatalf("%d indicators, want %d", got, len(want))
	}
	for _, i := range set.Indicators() {
		if got := ask(t, published(), i, "2023").Text().Zh; got != want[i.Code()] {
			t.Errorf("%s = %s, want %s", i.Code(), got, want[i.Code()])
		}
		if !i.Label().Whole() || i.Label().En == i.Label().Zh {
			t.Errorf("%s has no name in English", i.Code())
		}
	}
}

func Test_explanations_can_be_redone_by_hand(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `
		constant full "满分" "full score" = 5 分
		indicator work_safety.deaths_per_gdp "亿元GDP生产安全事故死亡率" "deaths per 亿元 of GDP" in 人/亿元 printed 3
		  = accident.deaths / statistic.gdp source "生产安全事故统计调查制度"
		indicator work_safety.deaths_change "死亡人数同比" "change in deaths" in % printed 1
		  = (accident.deaths - accident.deaths @ last_year) / accident.deaths @ last_year
		indicator work_safety.rate_change "死亡率同比" "change of the rate" in % printed 1
		  = (work_safety.deaths_per_gdp - work_safety.deaths_per_gdp @ last_year) / work_safety.deaths_per_gdp @ last_year
		indicator budget.execution "预算执行率" "execution rate" in % printed 2
		  = budget.spent / (budget.initial + budget.added)
		indicator budget.score "预算执行得分" "execution score" in 分 printed 2
		  = floor(full - (100% - budget.execution) * 0.5 分/个百分点, 0 分)
		indicator budget.grade "预算执行档" "execution band" in 分 printed 0
		  = band(budget.execution, >= 95%: full, >= 90%: 4 分, else: -1 分)
		indicator staff.before "上年末在职人数" "staff at the end of last year" in 人 printed 0 = staff.in_post @ 上年末
		indicator budget.per_head "人均支出" "expenditure per head" in 元/人 printed 2 = budget.spent / staff.in_post @ 上年末
	`)
	var zh, en strings.Builder
	for _, i := range set.Indicators() {
		r := ask(t, published(), i, "2023")
		zh.WriteString(r.Explain(lang.Chinese) + "\n")
		en.WriteString(r.Explain(lang.English) + "\n")
	}
	golden(t, "explained.zh.txt", zh.String())
	golden(t, "explained.en.txt", en.String())
}
