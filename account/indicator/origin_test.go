package indicator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/lang"
)

func TestAFigureSaysFromWhichSourcesItComes(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, `indicator a "伤亡同比" "change" in % printed 1
  = (accident.deaths - accident.deaths @ 同期) / accident.deaths @ 同期`)
	printed := indicator.Origin{Sources: []string{"published"}, Parts: []lang.Text{lang.Of("已公布数据109人", "published: 109 人")}, Others: []lang.Text{lang.Of("记录0人，相差109人", "records: 0 人, 109 人 less")}}
	returned := indicator.Origin{Sources: []string{"records", "returns"}, Editions: []string{"annual"}, Parts: []lang.Text{lang.Of("报表97人", "returns: 97 人")}}
	from := published().with("accident.deaths", "2022", indicator.Number(109, 0).From(printed)).with("accident.deaths", "2023", indicator.Number(97, 0).From(returned))
	r := eval(t, set, from, "a", "2023")
	if source, edition := r.Provenance(); source != "records+returns+published" || edition != "annual" {
		t.Errorf("got %s, %s", source, edition)
	}
	for _, want := range []string{"来源　报表97人", "来源　已公布数据109人", "另据　记录0人，相差109人"} {
		if !strings.Contains(r.Explain(lang.Chinese), want) {
			t.Errorf("%q is not said in\n%s", want, r.Explain(lang.Chinese))
		}
	}
	if source, edition := eval(t, set, published(), "a", "2023").Provenance(); source != "records" || edition != "" {
		t.Errorf("records alone: got %s, %s", source, edition)
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, "indicator a \"例\" in 人 printed 0\n  = accident.deaths")
	from := published().with("accident.deaths", "2023", indicator.Unrecorded(lang.Of("缺430602的报表", "the return of 430602 is missing")))
	r := eval(t, set, from, "a", "2023")
	if r.Value().State() != indicator.NoneRecorded || !strings.Contains(r.Value().Why().Zh, "缺430602的报表") {
		t.Errorf("got %v because %v", r.Value().State(), r.Value().Why())
	}
}

func TestAFigureAsASumOfAsks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ expression, unit, want string }{
		{"accident.deaths", "人", "accident.deaths 1"},
		{"accident.deaths - 3 人", "人", "accident.deaths 1"},
		{"2 * accident.deaths - accident.deaths @ 同期 / 4", "人", "accident.deaths 2, accident.deaths 2022 -1/4"},
		{"sum(accident.deaths, -accident.deaths)", "人", ""},
		{"max(accident.deaths, accident.deaths @ 同期)", "人", "accident.deaths 2022 1"},
		{"floor(accident.deaths - 200 人, 0 人)", "人", ""},
		{"band(accident.deaths, >= 90 人: accident.deaths * 2, else: 0 人)", "人", "accident.deaths 2"},
		{"accident.deaths / accident.count", "人/起", "accident.count -97/87, accident.deaths 1"},
		{"accident.deaths / accident.count * accident.count", "人", "none"},
	} {
		set := mustDefine(t, fmt.Sprintf("indicator a \"例\" in %s printed 0\n  = %s", c.unit, c.expression))
		factors, ok := eval(t, set, published(), "a", "2023").Linear()
		var got []string
		for ask, x := range factors {
			name := ask.Measure
			if ask.Period.String() != "2023" {
				name += " " + ask.Period.String()
			}
			got = append(got, name+" "+x.RatString())
		}
		slices.Sort(got)
		text := strings.Join(got, ", ")
		if !ok {
			text = "none"
		}
		if text != c.want {
			t.Errorf("%s: got %s, want %s", c.expression, text, c.want)
		}
	}
}
