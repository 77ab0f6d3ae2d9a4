package check

import (
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

// fires is a year's report on the fires of a city.
func fires(t *testing.T, year, text string) *reading.Document {
	t.Helper()
	return document(t, year+".txt", "某市应急管理局"+year+"年度部门整体支出绩效自评报告\n"+text+"\n")
}

func TestClaimsAboutSeveralYearsAreHeldAgainstTheYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, before, now string
		want              string // in the message; empty for none
	}{
		{"fewest, and a year had fewer", "2021年全市森林火灾起数15起。", "2022年全市森林火灾起数16起，为1951年以来最少。", "2021年为15起，比它还少"},
		{"fewest, and it is", "2021年全市森林火灾起数46起。", "2022年全市森林火灾起数16起，为1951年以来最少。", ""},
		{"as few is no fewer", "2021年全市森林火灾起数16起。", "2022年全市森林火灾起数16起，为1951年以来最少。", ""},
		{"second fewest, and one had fewer", "2021年全市森林火灾起数15起。", "2022年全市森林火灾起数16起，为1951年以来第二少。", ""},
		{"another thing", "2021年全市城镇火灾起数15起。", "2022年全市森林火灾起数16起，为1951年以来最少。", ""},
		{"another scope", "2021年全省森林火灾起数15起。", "2022年全市森林火灾起数16起，为1951年以来最少。", ""},
		{"before the span begins", "2021年全市森林火灾起数15起。", "2022年全市森林火灾起数16起，为2022年以来最少。", ""},
		{"part of a year", "2021年1-6月全市森林火灾起数15起。", "2022年全市森林火灾起数16起，为1951年以来最少。", ""},
		{"a run that broke", "2021年全市森林火灾起数15起。", "2022年全市森林火灾起数16起，连续三年下降。", "2021年为15起，2022年为16起"},
		{"a run that holds", "2021年全市森林火灾起数20起。", "2022年全市森林火灾起数16起，连续三年下降。", ""},
		{"records that begin twice", "2021年全市森林火灾起数46起，为1951年以来最少。", "2022年全市森林火灾起数16起，为1952年以来最少。", "从1952年算起"},
		{"a total that fell", "截至2021年底，全市累计建成微型消防站520个。", "截至2022年底，全市累计建成微型消防站480个。", "累计数不会减少"},
		{"a total that rose", "截至2021年底，全市累计建成微型消防站520个。", "截至2022年底，全市累计建成微型消防站580个。", ""},
	} {
		f := Together("某局", []*reading.Document{fires(t, "2021", c.before)}, []*reading.Document{fires(t, "2022", c.now)})
		got := relationsOf(f, "series")
		switch {
		case c.want == "" && len(got) != 0:
			t.Errorf("%s: %s", c.name, got[0].Message.Zh)
		case c.want != "" && (len(got) != 1 || !strings.Contains(got[0].Message.Zh, c.want) || got[0].Verdict != Noted || !got[0].Message.Whole()):
			t.Errorf("%s: %+v", c.name, f.Relations)
		}
	}
}

const told = "2022年全市共发生各类生产安全事故103起、死亡109人，同比分别下降5.5%、7.1%。"

func TestAParagraphTakenOverFromLastYearIsNoted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, before, now string
		want              bool
	}{
		{"but for the year", told, strings.ReplaceAll(told, "2022", "2023"), true},
		{"with the year", told, told, true},
		{"with one figure of its own", told, strings.NewReplacer("2022", "2023", "103", "87").Replace(told), false},
		{"how an office is made up stays", "2022年末内设机构14个，编制100人，在职192人。", "2023年末内设机构14个，编制100人，在职192人。", false},
		{"rules stay", "按照办法，年度预算执行率不低于95.5%的得10分。", "按照办法，年度预算执行率不低于95.5%的得10分。", false},
		{"what has no year stays", "建有应急仓库3座，面积1200平方米。", "建有应急仓库3座，面积1200平方米。", false},
	} {
		f := Together("某局", []*reading.Document{fires(t, "2022", c.before)}, []*reading.Document{fires(t, "2023", c.now)})
		got := relationsOf(f, "copied")
		if len(got) != 0 != c.want || c.want && (!got[0].Message.Whole() || got[0].Verdict != Noted || !strings.Contains(got[0].Message.Zh, "4个数据（103起、109人、5.5%、7.1%）")) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := relationsOf(Together("某局", []*reading.Document{fires(t, "2020", strings.ReplaceAll(told, "2022", "2020"))}, []*reading.Document{fires(t, "2023", strings.ReplaceAll(told, "2022", "2023"))}), "copied"); len(got) != 0 {
		t.Errorf("three years apart: %+v", got)
	}
}

func TestAnotherOfficesNameInItsPlaceIsNoted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"长沙市应急管理局内设机构14个。":            true,
		"岳阳市应急管理局内设机构14个。":            false,
		"市应急管理局内设机构14个。":              false,
		"下属单位岳阳市地震局内设机构3个。":           false,
		"根据岳阳市财政局部门整体支出绩效评价的要求开展了自评。": false,
		"与长沙市应急管理局开展了联合演练。":           false,
	} {
		f := Check(document(t, "a.txt", "岳阳市应急管理局2023年度部门整体支出绩效自评报告\n"+text+"\n"), Options{})
		if got := slices.ContainsFunc(f.Relations, func(r Relation) bool { return r.Rule == "copied" && r.Message.Whole() }); got != want {
			t.Errorf("%s: %v %+v", text, got, f.Relations)
		}
	}
}
