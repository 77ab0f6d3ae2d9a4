package indicator_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"

	"github.com/google/go-cmp/cmp"
)

// definitions that the expressions of these tests may use.
const definitions = `
constant full "满分" "full score" = 5 分
constant gdp_2020 "2020年生产总值" "GDP of 2020" = 4001.55 亿元
constant loss "损失" "loss" = -3 万元
indicator deaths "死亡人数" "deaths" in 人 printed 0 = accident.deaths
indicator execution "执行率" "execution" in % printed 2 = budget.spent / (budget.initial + budget.added)
`

// expression evaluates a bare expression for 2023 over the published year.
func expression(t testing.TB, text string) indicator.Result {
	t.Helper()
	i, err := mustDefine(t, definitions).Expression("expression", text, 2)
	if err != nil {
		t.Fatalf("%s: %s", text, indicator.Show(err, lang.English, map[string][]byte{"expression": []byte(text)}))
	}
	return ask(t, published(), i, "2023")
}

func Test_operators(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"accident.count":                              "87 起",
		"accident.count + 13 起":                       "100 起",
		"accident.count - accident.count @ last_year": "−16 起",
		"accident.count − accident.count @ 同期":        "−16 起",
		"accident.count ＋ １３ 起":                       "100 起",
		"accident.count@同期":                           "103 起",
		"-accident.count":                             "−87 起",
		"--accident.count":                            "87 起",
		"-accident.count * 2":                         "−174 起",
		"2 * -3":                                      "−6",
		"2 - -3":                                      "5",
		"2 + 3 * 4":                                   "14",
		"(2 + 3) * 4":                                 "20",
		"（2 + 3）× 4":                                  "20",
		"2 - 3 - 4":                                   "−5",
		"2 - (3 - 4)":                                 "3",
		"12 / 3 / 2":                                  "2",
		"12 ÷ (3 ÷ 2)":                                "8",
		"1 / 3":                                       "≈ 0.33333333",
		"1 / 3 * 3":                                   "1",
		"accident.deaths / accident.count":            "≈ 1.1149425 人/起",
		"accident.deaths / statistic.gdp":             "≈ 0.020033954 人/亿元",
		"accident.deaths / statistic.gdp * 100 亿元":                        "≈ 2.0033954 人",
		"accident.deaths / statistic.gdp * 1000000 万元":                    "≈ 2.0033954 人",
		"accident.deaths / 100 人/staff.in_post":                           "≈ 0.010543478 1/人",
		"budget.initial + budget.spent":                                   "4951.43 万元",
		"budget.spent + budget.initial":                                   "49514300 元",
		"budget.initial / budget.initial":                                 "1",
		"budget.spent / budget.initial":                                   "≈ 1.9369480",
		"loss + 1 万元":                                                     "−2 万元",
		"gdp_2020 - 0.55 亿元":                                              "4001 亿元",
		"50% + 25%":                                                       "75%",
		"50% + 1":                                                         "150%",
		"1 - 25%":                                                         "0.75",
		"100 人 * 5%":                                                      "5 人",
		"5% * 100 人":                                                      "5 人",
		"5% * 20%":                                                        "0.01",
		"2 个百分点 + 0.5 个百分点":                                               "2.5 个百分点",
		"(75% - 50%) + 2 个百分点":                                            "27 个百分点",
		"(100% - execution) * 0.5 分/个百分点":                                 "≈ 0.091853047 分",
		"(75% - 50%) / 5 个百分点":                                            "5",
		"sum(1 起, accident.count, 2 起)":                                   "90 起",
		"sum(1 万元, 1 元, loss)":                                            "−1.9999 万元",
		"min(accident.count, accident.count @ 同期, 90 起)":                  "87 起",
		"max(accident.count, accident.count @ 同期, 90 起)":                  "103 起",
		"max(1 元, 1 万元)":                                                  "10000 元",
		"floor(1 分 - full, 0 分)":                                          "0 分",
		"floor(full - 1 分, 0 分)":                                          "4 分",
		"band(execution, >= 95%: full, >= 90%: 4 分, else: 0 分)":           "5 分",
		"band(95%, > 95%: full, >= 95%: 4 分, else: 0 分)":                  "4 分",
		"band(94.999%, > 95%: full, >= 95%: 4 分, 其余：0 分)":                 "0 分",
		"band(0%, <= 0%: 5 分, <= 10%: 4 分, <= 20%: 3 分, else: 0 分)":       "5 分",
		"band(10%, ≤ 0%: 5 分, ≤ 10%: 4 分, ≤ 20%: 3 分, else: 0 分)":         "4 分",
		"band(10.0001%, <= 0%: 5 分, <= 10%: 4 分, <= 20%: 3 分, else: 0 分)": "3 分",
		"band(75% - 50%, < 25 个百分点: 1 分, <= 25 个百分点: 2 分, else: 3 分)":            "2 分",
		"band(loss, < -3 万元: 1 分, <= loss: 2 分, else: 3 分)":                      "2 分",
		"band(accident.count, < 100 起: accident.deaths, else: 0 人) + 0 人 # 说明\n": "97 人",
		"deaths":                              "97 人",
		"deaths - deaths @ 同期":                "−12 人",
		"(deaths + 1 人) @ last_year":          "110 人",
		"0.1 + 0.2":                           "0.3",
		"123456789012345678901234567890 * 10": "1234567890123456789012345678900",
		"5 亩 / 1 亩":                           "5",
		"3 公里 + 200 米":                        "3.2 公里",
	} {
		if got := expression(t, text).Value().Text().Zh; got != want {
			t.Errorf("%s = %s, want %s", text, got, want)
		}
	}
}

func Test_periods_that_a_part_is_asked_for(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, in, asked string }{
		{"accident.count", "2023-05", "2023-05"},
		{"accident.count @ last_year", "2023-05", "2022-05"},
		{"accident.count @ last_year", "2024-02", "2023-02"},
		{"accident.count @ previous", "2023-05", "2023-04"},
		{"accident.count @ 上期", "2023-Q1", "2022-Q4"},
		{"accident.count @ year_to_date", "2023-05", "2023-01..05"},
		{"accident.count @ 累计 @ 同期", "2023-05", "2022-01..05"},
		{"accident.count @ 同期 @ 累计", "2023-05", "2022-01..05"},
		{"accident.count @ year_to_date @ last_year_end", "2023-05", "2022"},
		{"staff.in_post @ last_year_end", "2023", "2022-12-31"},
		{"staff.in_post @ 上年末 @ 同期", "2023-05", "2021-12-31"},
		{"(accident.count + accident.count @ 同期) @ 同期", "2023", "2022 2021"},
		{"deaths @ previous", "2023-01", "2022-12"},
	} {
		i, err := mustDefine(t, definitions).Expression("expression", c.text, 0)
		if err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, a := range ask(t, answers{}, i, c.in).Asks() {
			asked = append(asked, a.Period.String())
		}
		if got := strings.Join(asked, " "); got != c.asked {
			t.Errorf("%s in %s asks for %s, want %s", c.text, c.in, got, c.asked)
		}
	}
}

// Each lack by itself, then two that meet: the table of docs/indicator-language.md.
func Test_absent_is_not_zero(t *testing.T) {
	t.Parallel()
	lacking := answers{}.
		with("accident.count", "2023", indicator.Number(0, 0)).
		with("accident.count", "2022", indicator.Number(4, 4)).
		with("hazard.found", "2023", indicator.Inapplicable(lang.Of("本单位没有矿山", "the unit has no mines"))).
		with("hazard.listed", "2023", indicator.Uncomputable(lang.Of("三处日期不明", "three days are unknown")))
	const (
		zero, none, not, cannot = "accident.count", "accident.deaths", "hazard.found", "hazard.listed"
	)
	per := func(code string) string {
		return map[string]string{zero: "1 起", none: "1 人", not: "1 处", cannot: "1 处"}[code]
	}
	one := func(code string) string { return code + " / " + per(code) } // a bare number, so that all can meet
	for _, c := range []struct {
		text  string
		state indicator.State
		why   string
	}{
		{zero, indicator.Computed, ""},
		{none, indicator.NoneRecorded, "deaths (2023) has no record"},
		{not, indicator.NotApplicable, "major hazards found (2023): the unit has no mines"},
		{cannot, indicator.NotComputable, "hazards listed (2023): three days are unknown"},
		{"0 * " + none, indicator.NoneRecorded, "deaths (2023) has no record"},
		{none + " - " + none, indicator.NoneRecorded, "deaths (2023) has no record"},
		{"1 / " + zero, indicator.NotComputable, "the base is 0: accidents (2023)"},
		{zero + " / " + zero, indicator.NotComputable, "the base is 0: accidents (2023)"},
		{"1 / (" + zero + " @ 同期 - 4 起)", indicator.NotComputable, "the base is 0: accidents (same period last year) − 4 起 (2023)"},
		{zero + " / " + none, indicator.NoneRecorded, "deaths (2023) has no record"},
		{one(none) + " + " + one(not), indicator.NotApplicable, "major hazards found (2023): the unit has no mines"},
		{one(not) + " + " + one(none), indicator.NotApplicable, "major hazards found (2023): the unit has no mines"},
		{one(none) + " + " + one(cannot), indicator.NotComputable, "hazards listed (2023): three days are unknown"},
		{one(cannot) + " + " + one(not), indicator.NotApplicable, "major hazards found (2023): the unit has no mines"},
		{one(none) + " + 1 起 / " + zero, indicator.NotComputable, ""},
		{"sum(" + one(zero) + ", " + one(not) + ")", indicator.Computed, ""},
		{"sum(" + one(not) + ", " + one(zero) + ", 1)", indicator.Computed, ""},
		{"max(" + one(not) + ", " + one(not) + ")", indicator.NotApplicable, ""},
		{"sum(" + one(none) + ", " + one(not) + ")", indicator.NoneRecorded, ""},
		{"min(" + one(none) + ", 1, " + one(cannot) + ")", indicator.NotComputable, ""},
		{"min(1, " + one(cannot) + ", " + one(none) + ")", indicator.NotComputable, ""},
		{"floor(" + one(not) + ", 0)", indicator.NotApplicable, ""},
		{"band(" + one(none) + ", < 1: 1, else: 2)", indicator.NoneRecorded, ""},
		{"band(" + one(zero) + ", < 1: 1, else: " + one(none) + ")", indicator.Computed, ""},
		{"band(" + one(zero) + ", > 1: 1, else: " + one(none) + ")", indicator.NoneRecorded, ""},
		{"-" + none, indicator.NoneRecorded, ""},
	} {
		i, err := mustDefine(t, definitions).Expression("expression", c.text, 0)
		if err != nil {
			t.Fatal(err)
		}
		r := ask(t, lacking, i, "2023")
		if got := r.Value().State(); got != c.state || c.why != "" && r.Value().Why().En != c.why {
			t.Errorf("%s is %s (%s), want %s (%s)", c.text, got.Text().En, r.Value().Why().En, c.state.Text().En, c.why)
		}
		if c.state != indicator.Computed && (r.Value().Rat() != nil || r.Decimal() != "" || r.Text() != c.state.Text()) {
			t.Errorf("%s prints %s", c.text, r.Text().En)
		}
	}
}

func Test_rounding_happens_once(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `
		indicator third "三分之一" in 起 printed 1 = accident.count / 261
		indicator whole "三倍" in 起 printed 1 = third * 3
		indicator half "一半" in 起 printed 0 = third @ last_year * 3 - accident.count @ last_year / 87 + 0.5 起
	`)
	for code, want := range map[string]string{"third": "0.3起", "whole": "1.0起", "half": "1起"} {
		if got := eval(t, set, published(), code, "2023").Text().Zh; got != want {
			t.Errorf("%s = %s, want %s", code, got, want)
		}
	}
}

func Test_a_period_outside_the_calendar_is_not_computable(t *testing.T) {
	t.Parallel()
	i, err := mustDefine(t, definitions).Expression("expression", "accident.count @ last_year", 0)
	if err != nil {
		t.Fatal(err)
	}
	r := ask(t, answers{}, i, "0001")
	if got, want := r.Value().Why().Zh, "事故起数：统计期超出日历"; got != want || r.Value().State() != indicator.NotComputable || len(r.Asks()) != 0 {
		t.Errorf("%s: %q, want %q", r.Text().En, got, want)
	}
}

// counting is a source that remembers what it was asked.
type counting struct {
	answers
	calls [][]indicator.Ask
}

func (c *counting) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	c.calls = append(c.calls, asks)
	return c.answers.Values(ctx, asks)
}

func Test_a_batch_asks_for_each_figure_once(t *testing.T) {
	t.Parallel()
	var questions []indicator.Question
	for _, unit := range []place.Unit{"430600", "430621"} {
		for _, i := range shippedSet(t).Indicators() {
			for range 2 {
				questions = append(questions, indicator.Question{Indicator: i, Period: period.Year(2023), Unit: unit})
			}
		}
	}
	source := &counting{answers: published()}
	results, err := indicator.Eval(t.Context(), source, questions...)
	if err != nil {
		t.Fatal(err)
	}
	var want []indicator.Ask
	for _, unit := range []place.Unit{"430600", "430621"} {
		for _, m := range []string{"staff.in_post 2023", "staff.retired 2023", "hazard.found 2023", "hazard.listed 2023",
			"accident.count 2023", "accident.deaths 2023", "accident.count 2022", "accident.deaths 2022"} {
			code, year, _ := strings.Cut(m, " ")
			want = append(want, indicator.Ask{Measure: code, Period: period.MustParse(year), Unit: unit})
		}
	}
	if diff := cmp.Diff([][]indicator.Ask{want}, source.calls, cmp.Comparer(func(a, b period.Period) bool { return a == b })); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	for k, r := range results {
		if alone := ask(t, published(), r.Question().Indicator, "2023"); r.Question() != questions[k] || r.Text() != alone.Text() {
			t.Errorf("%s together %s, alone %s", r.Question().Indicator.Code(), r.Text().En, alone.Text().En)
		}
	}
}

func Test_constants_alone_ask_for_nothing(t *testing.T) {
	t.Parallel()
	i, err := mustDefine(t, definitions).Expression("expression", "full * 2", 1)
	if err != nil {
		t.Fatal(err)
	}
	source := &counting{}
	results, err := indicator.Eval(t.Context(), source, indicator.Question{Indicator: i, Period: period.Year(2023)})
	if err != nil || len(source.calls) != 0 || results[0].Text().Zh != "10.0分" {
		t.Errorf("%v, %d calls, %v", results, len(source.calls), err)
	}
}

// broken is a source that cannot be read, or answers too little.
type broken struct{ err error }

func (b broken) Values(context.Context, []indicator.Ask) ([]indicator.Quantity, error) {
	return nil, b.err
}

func Test_a_source_that_fails_is_no_figure(t *testing.T) {
	t.Parallel()
	q := indicator.Question{Indicator: shippedSet(t).Indicators()[0], Period: period.Year(2023), Unit: "430600"}
	gone := errors.New("connection lost")
	if _, err := indicator.Eval(t.Context(), broken{gone}, q); !errors.Is(err, gone) {
		t.Errorf("%v, want %v", err, gone)
	}
	if _, err := indicator.Eval(t.Context(), broken{}, q); err == nil || err.Error() != "read measures: 1 asked, 0 answered" {
		t.Errorf("%v", err)
	}
}
