package indicator_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/period"
)

// Every shipped definition is read back from its canonical text into the same definition with the same arithmetic.
func Test_definitions_are_read_back_from_their_canonical_texts(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]*indicator.Set{"shipped": shippedSet(t), "own": mustDefine(t, `
		constant per "每" "per" = -100.0 亿元
		indicator a.deaths "死亡人数" "deaths" in 人 printed 0 grouped = accident.deaths
		indicator a.bare "比" in 1 printed 2 = a.deaths / a.deaths @ last_year @ previous
		indicator a.points "升降" in 个百分点 printed 1 = a.bare - a.bare @ last_year
		indicator a.score "得分" in 分 printed 1 = band(a.bare, <= 90%: 6 分, else: (a.bare - 100%) * 0.5 分/个百分点)
		indicator a.rate "率" "rate" in 人 printed 3 = (a.deaths÷statistic.gdp) × per + floor(0.50 人, -a.deaths@同期) + sum(a.deaths, 1 人)`)} {
		var texts []string
		for _, i := range set.Indicators() {
			texts = append(texts, string(i.Canonical()))
		}
		again, err := indicator.Recall(texts...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, i := range set.Indicators() {
			j, err := again.Indicator(i.Code())
			if err != nil || j.Hash() != i.Hash() || j.Says() != i.Says() {
				t.Errorf("%s: got %v %v, want %s", i.Code(), j, err, i.Says())
				continue
			}
			asks, steps := indicator.Question{Indicator: i, Period: period.MustParse("2023"), Unit: "430600"}.Plan()
			asked, taken := indicator.Question{Indicator: j, Period: period.MustParse("2023"), Unit: "430600"}.Plan()
			if len(asks) != len(asked) || len(steps) != len(taken) {
				t.Errorf("%s: %d asks and %d steps, want %d and %d", i.Code(), len(asked), len(taken), len(asks), len(steps))
			}
			for k := range steps {
				if steps[k].Op != taken[k].Op || steps[k].Number != nil && steps[k].Number.Cmp(taken[k].Number) != 0 {
					t.Errorf("%s: step %d is %+v, want %+v", i.Code(), k+1, taken[k], steps[k])
				}
			}
		}
	}
}

func Test_texts_that_are_no_definitions_are_refused(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `
		constant c "常数" = 2
		indicator low "低" in 人 printed 0 = accident.deaths * c
		indicator top "顶" in 人 printed 1 = low + 1 人`)
	var texts []string
	for _, i := range set.Indicators() {
		texts = append(texts, string(i.Canonical()))
	}
	swap := func(at int, old, new string) []string {
		out := append([]string{}, texts...)
		if !strings.Contains(out[at], old) {
			t.Fatalf("no %q in %s", old, out[at])
		}
		out[at] = strings.Replace(out[at], old, new, 1)
		return out
	}
	for name, of := range map[string][]string{
		"an indicator behind it is missing":  texts[1:],
		"an indicator behind it is another":  swap(0, "* c", "* 3"),
		"a constant is another":              append(swap(0, "constant c 2", "constant c 3"), texts[0]),
		"a constant that is none":            swap(0, "constant c 2", "constant c 2 \"x\""),
		"a unit that is none":                swap(0, "in 人", "in 尺"),
		"a measure in a unit that is none":   swap(0, "accident.deaths 人", "accident.deaths 尺"),
		"a measure of no shape":              swap(0, " flow ", " flood "),
		"a measure that is not named":        swap(0, "measure accident.deaths", "measure accident.count"),
		"a line of another sort":             swap(0, "measure accident", "meassure accident"),
		"a line too many":                    swap(0, "measure accident", "constant d 1\nmeasure accident"),
		"the heading is another":             swap(0, "anlan indicator 1", "anlan indicator 2"),
		"more behind the number of decimals": swap(1, "printed 1", "printed 1 source \"x\""),
		"two definitions of one code":        append(swap(0, "printed 0", "printed 1"), texts[0]),
		"a definition that is no expression": swap(1, "+ 1 人", "+"),
		"nothing":                            {""},
	} {
		if _, err := indicator.Recall(of...); !errors.Is(err, indicator.ErrNotCanonical) {
			t.Errorf("%s: got %v, want %v", name, err, indicator.ErrNotCanonical)
		}
	}
}
