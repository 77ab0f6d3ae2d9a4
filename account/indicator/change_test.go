package indicator_test

import (
	"testing"

	"anlan/account/indicator"
)

func TestAChangeIsReadOffTheArithmetic(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `
		indicator change "同比" "change" in % printed 1 = (accident.deaths - accident.deaths @ last_year) / accident.deaths @ last_year
		indicator fewer "减少" "fewer" in 人 printed 0 = accident.deaths @ previous - accident.deaths
		indicator again "同比" "change" in % printed 1 = change
		indicator turned "降幅" "fall" in % printed 1 = -change
		indicator per "亿元GDP死亡率" "per GDP" in 人/亿元 printed 3 = accident.deaths / statistic.gdp
		indicator per_change "变化" "change" in 人/亿元 printed 3 = per - per @ last_year
		indicator spread "差" "difference" in 人 printed 0 = accident.deaths - accident.deaths @ year_to_date`)
	for code, want := range map[string]indicator.Change{"change": indicator.Rise, "fewer": indicator.Fall, "again": indicator.Rise, "turned": indicator.Fall,
		"per": indicator.NoChange, "per_change": indicator.Rise, "spread": indicator.NoChange} {
		i, err := set.Indicator(code)
		if err != nil {
			t.Fatal(err)
		}
		if got := i.Change(); got != want {
			t.Errorf("%s counts as %v, want %v", code, got, want)
		}
	}
}
