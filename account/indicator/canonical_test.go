package indicator_test

import (
	"fmt"
	"strings"
	"testing"

	"anlan/account/indicator"
)

func Test_the_canonical_form_of_a_definition(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `
		constant per "每" "per" = 100.0 亿元 source "x"
		indicator a.deaths "死亡人数" "deaths" in 人 printed 0 grouped = accident.deaths
		indicator a.rate "率" "rate" in 人 printed 3
		  = (a.deaths÷statistic.gdp) × per + floor(((0.50 人)), a.deaths@同期) # words
		  source "y"
		  also "亿元GDP 死亡率" also "死亡 # 每亿元"
	`)
	rate, _ := set.Indicator("a.rate")
	deaths, _ := set.Indicator("a.deaths")
	want := `anlan indicator 1
indicator a.rate in 人 printed 3
= a.deaths / statistic.gdp * per + floor(0.5 人, a.deaths @ last_year)
constant per 100 亿元
indicator a.deaths ` + deaths.Hash() + `
measure statistic.gdp 亿元 flow ` + definition("statistic.gdp") + `
`
	if got := string(rate.Canonical()); got != want {
		t.Errorf("canonical form:\n%s\nwant:\n%s", got, want)
	}
	if want := "anlan indicator 1\nindicator a.deaths in 人 printed 0 grouped\n= accident.deaths\nmeasure accident.deaths 人 flow " + definition("accident.deaths") + "\n"; string(deaths.Canonical()) != want {
		t.Errorf("canonical form:\n%s\nwant:\n%s", deaths.Canonical(), want)
	}
}

// definition is the hash of a measure in hexadecimal.
func definition(code string) string {
	m, _ := bureau.Lookup(code)
	return fmt.Sprintf("%x", m.Definition)
}

func Test_the_hash_changes_with_all_that_decides_a_figure(t *testing.T) {
	t.Parallel()
	base := `constant c "常数" = 2
		indicator low "低" in 人 printed 0 = accident.deaths * c
		indicator top "顶" in 人 printed 1 = low + 1 人 source "甲"`
	hash := func(text string, catalogue measures) string {
		file, err := indicator.Parse("test", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		set, err := indicator.Define(catalogue, file)
		if err != nil {
			t.Fatal(err)
		}
		top, err := set.Indicator("top")
		if err != nil {
			t.Fatal(err)
		}
		return top.Hash()
	}
	was := hash(base, bureau)
	for _, change := range [][2]string{
		{"= 2", "= 3"}, {"deaths * c", "deaths / c"}, {"printed 1", "printed 2"}, {"printed 1", "printed 1 grouped"}, {"low + 1", "low + 2"},
		{"accident.deaths", "accident.deaths @ 同期"}, {"indicator low \"低\" in 人 printed 0", "indicator low \"低\" in 人 printed 1"}, {"1 人", "1 万人"},
	} {
		if hash(strings.Replace(base, change[0], change[1], 1), bureau) == was {
			t.Errorf("%s to %s leaves the hash", change[0], change[1])
		}
	}
	for _, change := range [][2]string{{"低", "较低"}, {"甲", "乙"}, {"low + 1 人", "(low)＋1.0人"}, {"* c", "×c # 注"}} {
		if hash(strings.Replace(base, change[0], change[1], 1), bureau) != was {
			t.Errorf("%s to %s changes the hash", change[0], change[1])
		}
	}
	other := append(measures{}, bureau...)
	for k := range other {
		other[k].Definition[0]++
	}
	if hash(base, other) == was {
		t.Error("another definition of the measure leaves the hash")
	}
}

func Test_definitions_stand_in_any_order_and_many_files(t *testing.T) {
	t.Parallel()
	var files []*indicator.File
	for name, text := range map[string]string{
		"a": `indicator c.a "甲" in 起 printed 0 = c.b`, "b": `indicator c.b "乙" in 起 printed 0 = c.c * c.d`,
		"c": "\ufeffconstant c.d \"丁\" = 2\r\nindicator c.c \"丙\" in 起 printed 0 = accident.count\r\n", "empty": "# 空\n",
	} {
		file, err := indicator.Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	for range 2 { // a file may serve two sets
		set, err := indicator.Define(bureau, files...)
		if err != nil {
			t.Fatal(err)
		}
		r := eval(t, set, published(), "c.a", "2023")
		if r.Text().Zh != "174起" {
			t.Errorf("c.a = %s", r.Text().Zh)
		}
		if got := strings.Join(r.Question().Indicator.Measures(), " "); got != "accident.count" {
			t.Errorf("measures %s", got)
		}
	}
}
