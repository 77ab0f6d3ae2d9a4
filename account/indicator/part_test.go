package indicator_test

import (
	"fmt"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/lang"
)

func Test_the_tree_goes_down_to_measures(t *testing.T) {
	t.Parallel()
	r := expression(t, "floor(full * (deaths @ 同期 - accident.deaths) / accident.deaths @ 同期, -1 分)")
	var b strings.Builder
	var write func(p *indicator.Part, indent string)
	write = func(p *indicator.Part, indent string) {
		fmt.Fprintf(&b, "%s%s | %s | %s | %s | %d | %s\n", indent, p.Words().En, p.Code, p.Period, p.Value.Text().En, p.Records, p.Ask.Measure)
		for _, o := range p.Of {
			write(o, indent+"  ")
		}
	}
	write(r.Tree(), "")
	want := `(full score × (deaths (same period last year) − deaths) ÷ deaths (same period last year), not below −1 分) |  | 2023 | ≈ 0.55045872 分 | 0 | 
  full score × (deaths (same period last year) − deaths) ÷ deaths (same period last year) |  | 2023 | ≈ 0.55045872 分 | 0 | 
    full score × (deaths (same period last year) − deaths) |  | 2023 | 60 人·分 | 0 | 
      full score | full | 2023 | 5 分 | 0 | 
      deaths (same period last year) − deaths |  | 2023 | 12 人 | 0 | 
        deaths | deaths | 2022 | 109 人 | 0 | 
          deaths | accident.deaths | 2022 | 109 人 | 103 | accident.deaths
        deaths | accident.deaths | 2023 | 97 人 | 87 | accident.deaths
    deaths | accident.deaths | 2022 | 109 人 | 103 | accident.deaths
  −1 分 |  | 2023 | −1 分 | 0 | 
    1 分 |  | 2023 | 1 分 | 0 | 
`
	if got := b.String(); got != want {
		t.Errorf("tree:\n%s\nwant:\n%s", got, want)
	}
}

func Test_arithmetic_has_values_in_place_of_names(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"accident.deaths / statistic.gdp":              "97 人 ÷ 4841.78 亿元",
		"(deaths - deaths @ 同期) / (deaths + 1 人) @ 同期": "（97 人 − 109 人） ÷ （109 人 + 1 人）",
		"band(execution, >= 95%: full, else: 0 分)":     "分档（99.816294%：≥ 95%，5 分；其余，0 分）",
		"accident.count @ previous":                    "103 起",
		"accident.deaths / accident.count @ 同期 @ 同期":   "97 人 ÷ 无记录",
	} {
		if got := expression(t, text).Arithmetic().Zh; got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func Test_words_of_an_expression(t *testing.T) {
	t.Parallel()
	i := expression(t, "sum(-deaths @ 上期, min(deaths, max(2 人, 3 人))) * (1 - execution @ 同期)").Question().Indicator
	if got, want := i.Words(), lang.Of("合计（−死亡人数（上期），取最小（死亡人数，取最大（2 人，3 人））） × （1 − 执行率（上年同期））",
		"sum of (−deaths (previous period), least of (deaths, greatest of (2 人, 3 人))) × (1 − execution (same period last year))"); got != want {
		t.Errorf("got %s\n%s", got.Zh, got.En)
	}
}

func Test_a_quotient_is_known_behind_names_too(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `
		indicator a.deaths "死亡人数" "deaths" in 人 printed 0 = accident.deaths
		indicator a.rate "率" "rate" in 人/亿元 printed 3 = a.deaths / statistic.gdp
		indicator a.again "率" "rate" in 人/亿元 printed 3 = a.rate @ 同期
		indicator a.part "部分" "part" in 人/亿元 printed 3 = a.rate + a.rate`)
	for code, want := range map[string]string{"a.rate": "accident.deaths 2023, statistic.gdp 2023", "a.again": "accident.deaths 2022, statistic.gdp 2022", "a.deaths": "", "a.part": ""} {
		got := ""
		if over, under, ok := eval(t, set, published(), code, "2023").Tree().Quotient(); ok {
			a, isMeasure := over.Measure()
			b, isMeasureToo := under.Measure()
			if !isMeasure || !isMeasureToo {
				t.Errorf("%s: its parts are no measures", code)
			}
			got = fmt.Sprintf("%s %s, %s %s", a.Measure, a.Period, b.Measure, b.Period)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if ask, ok := eval(t, set, published(), "a.part", "2023").Tree().Measure(); ok {
		t.Errorf("a sum is said to be the measure %s", ask.Measure)
	}
}

func Test_wordings_stand_behind_the_definition_and_decide_nothing(t *testing.T) {
	t.Parallel()
	const plain = `indicator a "死亡人数" "deaths" in 人 printed 0 = accident.deaths source "年报"`
	with := mustDefine(t, plain+" also \"造成 死亡\"\n also “死亡 # 以上” indicator b \"乙\" in 人 printed 0 = a")
	a, err := with.Indicator("a")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(a.Also(), "|"); got != "造成 死亡|死亡 # 以上" {
		t.Errorf("wordings %q", got)
	}
	bare, err := mustDefine(t, plain).Indicator("a")
	if err != nil {
		t.Fatal(err)
	}
	if len(bare.Also()) != 0 || bare.Hash() != a.Hash() || string(bare.Canonical()) != string(a.Canonical()) {
		t.Error("a wording has changed the definition")
	}
}
