package compare_test

import (
	"strings"
	"testing"

	"anlan/account/report/compare"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

const title = "某市某局2023年度部门整体支出绩效自评报告\n\n"

func beside(t *testing.T, w *world, definitions, text string, unit place.Unit) *compare.Report {
	t.Helper()
	r, err := compare.Compare(t.Context(), document(t, "a.txt", title+text), compare.Terms{Set: setOf(t, w, definitions), Catalogue: w, Records: w, Period: period.Year(2023), Unit: unit, Bureau: "430600"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const rate = `indicator a.rate "亿元GDP死亡率" in 人/亿元 printed 3 = accident.deaths / statistic.gdp
`

func Test_a_rate_that_another_measure_reproduces_is_asked_about(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, definitions, text, want string }{
		{"accidents_for_deaths", rate, "亿元GDP死亡率为0.018人/亿元。", "用生产安全事故起数87起作分子"},
		{"one_year_that_nothing_explains", rate, "亿元GDP死亡率2022年为0.031人/亿元，2023年为0.018人/亿元。", ""},
		{"nothing_gives_it", rate, "亿元GDP死亡率为0.051人/亿元。", ""},
		{"it_agrees", rate, "亿元GDP死亡率为0.020人/亿元。", ""},
		{"no_quotient", `indicator a.deaths "死亡人数" in 人 printed 0 = accident.deaths`, "死亡人数为87人。", ""},
		{"another_denominator_of_the_same_kind", `indicator a.control "三公经费控制率" in % printed 2 = three_public.spent / three_public.budget`,
			"三公经费控制率为98.75%。", "用three_public.other40万元作分母"},
		{"a_figure_stated_beside_it", rate + `indicator a.fires "火灾死亡" in 人 printed 0 = fire.deaths`, "全年火灾死亡30人。亿元GDP死亡率为0.0062人/亿元。", "用fire.deaths30人作分子"},
		{"a_figure_stated_far_from_it", rate + `indicator a.fires "火灾死亡" in 人 printed 0 = fire.deaths`, "全年火灾死亡30人。" + strings.Repeat("\n\n其他。", 3) + "\n\n亿元GDP死亡率为0.0062人/亿元。", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := published(t)
			w.add("three_public.other", "2023", "400000", "元")
			w.add("fire.deaths", "2023", "30", "人")
			r := beside(t, w, c.definitions, c.text, "430600")
			switch {
			case c.want == "" && len(r.Findings) > 0:
				t.Errorf("it is asked: %s", r.Findings[0].Message.Zh)
			case c.want != "" && (len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Message.Zh, c.want)):
				t.Errorf("findings %+v, want %s", r.Findings, c.want)
			}
		})
	}
}

func Test_what_is_not_verified_is_marked(t *testing.T) {
	t.Parallel()
	w := published(t)
	w.marks["accident.deaths 2023"] = lang.Of("以快报为准", "from the early return")
	r := beside(t, w, `indicator a.deaths "死亡人数" "deaths" in 人 printed 0 = accident.deaths`, "死亡人数为97人。", "430600")
	if notes := r.Figures[0].Notes; len(notes) != 1 || notes[0].Zh != "事故死亡人数（2023年）以快报为准" {
		t.Errorf("notes %v", notes)
	}
}

func Test_two_indicators_that_fit_alike(t *testing.T) {
	t.Parallel()
	const twins = `indicator a.deaths "死亡人数" in 人 printed 0 = accident.deaths
		indicator b.deaths "死亡人数" in 人 printed 0 = `
	for _, c := range []struct{ name, definition, text, want string }{
		{"are_one_when_they_give_one_value", "accident.deaths", "死亡人数为98人。", "98人 differs a.deaths 2023"},
		{"are_told_apart_by_the_value", "accident.injuries", "死亡人数为41人。", "41人 agrees b.deaths 2023"},
		{"accuse_nobody_when_neither_gives_it", "accident.injuries", "死亡人数为98人。", "98人 not_aligned"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := said(beside(t, published(t), twins+c.definition, c.text, "430600")); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func Test_nothing_recorded_is_no_difference(t *testing.T) {
	t.Parallel()
	const of = `indicator a.deaths "死亡人数" in 人 printed 0 = accident.deaths
		indicator a.fires "火灾死亡" in 人 printed 0 = fire.deaths`
	w := published(t)
	w.add("fire.deaths", "2023", "0", "人")
	r := beside(t, w, of, "2021年死亡人数120人，2023年火灾死亡3人。", "430600")
	if got := said(r); got != "120人 not_recorded a.deaths 2021; 3人 not_recorded a.fires 2023" {
		t.Error(got)
	}
	for _, f := range r.Figures {
		if f.Why == nil || !f.Why.Whole() {
			t.Errorf("%s: why %v", f.Text, f.Why)
		}
	}
}

func Test_a_command_names_a_unit_that_is_not_the_bureau(t *testing.T) {
	t.Parallel()
	r := beside(t, published(t), `indicator a.deaths "死亡人数" in 人 printed 0 = accident.deaths`, "死亡人数为97人。", "430602")
	if got, want := r.Figures[0].Command, "anlan indicator a.deaths --period 2023 --records --unit 430602"; got != want {
		t.Errorf("command %q, want %q", got, want)
	}
}

func Test_a_title_of_another_year_is_noticed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{title: false, "某局2021年度部门整体支出绩效自评报告\n\n": true, "没有年份\n\n": false} {
		r, err := compare.Compare(t.Context(), document(t, "a.txt", text+"死亡人数97人。"), compare.Terms{Set: setOf(t, published(t), rate), Catalogue: published(t), Records: published(t), Period: period.Year(2023), Unit: "430600", Bureau: "430600"})
		if err != nil {
			t.Fatal(err)
		}
		if r.OtherYear() != want {
			t.Errorf("%q: %v", text, r.OtherYear())
		}
	}
}

const tables = `indicator a.three "三公经费" in 万元 printed 2 = three_public.spent
indicator a.budget "三公经费预算" in 万元 printed 2 = three_public.budget also "三公经费 预算"
indicator a.posts "编制" in 人 printed 0 = establishment.posts
indicator a.staff "在职人员" in 人 printed 0 = staff.in_post
indicator a.basic "基本支出" in 万元 printed 2 = final.basic
`

func Test_a_table_speaks_by_row_column_and_unit(t *testing.T) {
	t.Parallel()
	w := published(t)
	w.say("three_public.spent", "2022", "443000")
	const page = `<html><body><h1>某局2023年度基础数据表</h1><p>单位：万元</p><table>
<tr><th>项目</th><th>上年决算数</th><th>本年预算数</th><th>本年决算数</th></tr>
<tr><td>三公经费</td><td>44.30</td><td>62.10</td><td>39.50</td></tr>
<tr><td>基本支出</td><td>-</td><td>1900</td><td>2030.28</td></tr></table>
<table><tr><th>编制数（人）</th><th>在职人员（人）</th><th>得分</th></tr><tr><td>100</td><td>92</td><td>5</td></tr></table></body></html>`
	r, err := compare.Compare(t.Context(), document(t, "a.html", page), compare.Terms{Set: setOf(t, w, tables), Catalogue: w, Records: w, Period: period.Year(2023), Unit: "430600", Bureau: "430600"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(r), "44.30 agrees a.three 2022; 62.10 agrees a.budget 2023; 39.50 agrees a.three 2023; 1900 not_aligned; 2030.28 differs a.basic 2023; 100 agrees a.posts 2023; 92 agrees a.staff 2023; 5 not_aligned"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
