package web_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"anlan/account/evaluation"
	"anlan/account/evaluation/rule"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/safety/accident"
	"anlan/store"
)

// accidents records accidents on days, with a death each.
func (s *site) accidents(days ...string) {
	s.Helper()
	for i, on := range days {
		a := &accident.Accident{Number: fmt.Sprintf("SG-%s-%d", on, i), OccurredOn: day(s, on), Casualties: []accident.Casualty{{Name: "示例人员", Fate: accident.Death}}}
		a.Unit, a.Place = "430600", "430602"
		s.apply(create("accident", a))
	}
}

// card is the card of a figure, in words.
func (a answer) card(t testing.TB, label string) string {
	t.Helper()
	return spaces.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(a.between(t, "<h3>"+label+"</h3>", "</article>"), " ")), " ")
}

// scheme keeps a scheme of 2023 by which accidents have a target.
func (s *site) schemeOf(target string) {
	s.Helper()
	x := &evaluation.Scheme{Code: "own", Year: 2023, Name: "示例方案", Subject: evaluation.Department, Lines: []evaluation.Line{
		{Level1: "效果", Level3: "事故起数", Points: field.Scaled(100_00), Target: target, Criterion: "达到目标值计满分，否则不得分", Indicator: "work_safety.accidents", Broken: rule.Broken("")}}}
	if _, err := s.app.Enact(s.Context(), s.admin, x, "测试"); err != nil {
		s.Fatal(err)
	}
}

func TestTheBoardSetsEachFigureBesideTheYearsBeforeAndItsTarget(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.accidents("2021-03-01", "2022-01-05", "2022-02-05", "2022-02-06", "2023-05-01", "2023-05-02")
	s.schemeOf("≤1起")
	v := s.person("leader", "430600", access.Leader)
	page := v.get("/board?period=2023&group=work_safety", 200)
	card := page.card(t, "生产安全事故")
	for _, want := range []string{"2起 上年 3起 增减 −1起", "目标 ≤1起 未达到", "2021 1起 2022 3起 2023 2起"} {
		if !strings.Contains(card, want) {
			t.Errorf("the card of accidents lacks %q: %s", want, card)
		}
	}
	page.has(t, `href="/figures/work_safety.accidents?period=2022&amp;unit=430600"`, `<svg class="chart"`, "上年", "!在职人员控制率", `href="/board?group=budget`)
	s.schemeOf("≤2起")
	if card := v.get("/board?period=2023&group=work_safety", 200).card(t, "生产安全事故"); !strings.Contains(card, "目标 ≤2起 达到") {
		t.Errorf("what is reached: %s", card)
	}
	// What is not over yet is neither reached nor missed.
	if card := v.get("/board?period=2024&group=work_safety", 200).card(t, "生产安全事故"); strings.Contains(card, "达到") {
		t.Errorf("of a year that is not over: %s", card)
	}
	v.get("/figures?period=2023", 200).has(t, `href="/board?period=2023`)
	v.get("/board?period=2023&by=week", 422).has(t, "按年")
}

func TestTheBoardOfMonthsHasTheSameMonthOfLastYear(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.accidents("2022-02-05", "2022-02-06", "2023-02-01", "2023-05-01", "2023-05-02")
	v := s.person("clerk", "430600", access.Finance)
	page := v.get("/board?period=2023-02&group=work_safety&by=month", 200)
	card := page.card(t, "生产安全事故")
	for _, want := range []string{"3起 全年", "2月 1起 2起", "5月 2起 0起", "12月 0起 0起"} {
		if !strings.Contains(card, want) {
			t.Errorf("the card of accidents lacks %q: %s", want, card)
		}
	}
	page.has(t, "按月只看数量和金额", "!亿元GDP生产安全事故死亡率</h3>", `period=2023-05`)
	// Of a year that is under way the months that have not begun are not there: today is the last of January.
	if got := v.get("/board?period=2024&group=work_safety&by=month", 200); strings.Contains(got.body, "<th scope=\"row\">2月") {
		t.Error("February of a year of which January alone has begun is there")
	}
}

func TestWhatTheBoardDrawsCanBeTakenAway(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.accidents("2022-02-05", "2023-05-01", "2023-05-02")
	v := s.person("clerk", "430600", access.Finance)
	file := v.get("/board/file?format=csv&period=2023&code=work_safety.accidents", 200)
	file.has(t, "指标代码,指标,计量单位,统计期,数值,目标", "work_safety.accidents,生产安全事故,起,2022,1", "work_safety.accidents,生产安全事故,起,2023,2", "!work_safety.deaths,")
	months := v.get("/board/file?format=csv&period=2023&code=work_safety.accidents&by=month", 200)
	months.has(t, "上年同月", "work_safety.accidents,生产安全事故,起,2023-05,2,0", "2023-02,0,1")
	v.get("/board/file?format=csv&period=2023&group=work_safety", 200).has(t, "work_safety.deaths,", "!budget.")
	if got := v.get("/board/file?format=xlsx&period=2023", 200).Header.Get("Content-Type"); !strings.Contains(got, "spreadsheetml") {
		t.Errorf("the workbook is sent as %q", got)
	}
	v.get("/board/file?format=exe&period=2023", 404)
	v.get("/board/file?format=csv&period=2023&code=work_safety.unknown", 404)
}

func TestTheBoardOfAnotherUnitIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.accidents("2023-05-01")
	v := s.person("county", "430602", access.Section)
	v.get("/board?period=2023", 200)
	v.get("/board?period=2023&unit=430600", 403)
	v.get("/board/file?format=csv&period=2023&unit=430621", 403)
}
