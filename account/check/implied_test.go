package check

import (
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

const rated = `某市应急管理局2023年度部门整体支出绩效自评报告
2023年全市发生各类生产安全事故87起、死亡97人，与2022年同期相比，事故减少16起、死亡减少12人。亿元GDP生产安全事故死亡率2022年为0.022人/亿元，2023年为0.018人/亿元。
`

// besideFacts reads a report with the lines of a table of facts.
func besideFacts(t *testing.T, report string, facts ...string) File {
	t.Helper()
	return Together("某市应急管理局", []*reading.Document{document(t, "参照表", strings.Join(facts, "\n"))}, []*reading.Document{document(t, "报告.txt", report)})
}

func relationsOf(f File, rule string) (out []Relation) {
	for _, r := range f.Relations {
		if r.Rule == rule {
			out = append(out, r)
		}
	}
	return out
}

func noteCodes(r Relation) (codes []string) {
	for _, n := range r.Notes {
		codes = append(codes, n.Code)
	}
	return codes
}

func TestARateAndItsCountAreHeldAgainstTheGrossProduct(t *testing.T) {
	t.Parallel()
	f := besideFacts(t, rated, "2022年地区生产总值4710.67亿元。", "2023年地区生产总值4841.78亿元。")
	got := relationsOf(f, "facts")
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	for i, want := range [][]string{
		{"2022年", "109人（97人 + 12人） ÷ 0.022人/亿元", "4844.44亿元至5069.77亿元", "4710.67亿元", "0.0231人/亿元"},
		{"2023年", "97人 ÷ 0.018人/亿元", "5243.24亿元至5542.86亿元", "4841.78亿元", "0.0200人/亿元"},
	} {
		for _, w := range want {
			if !strings.Contains(got[i].Message.Zh, w) {
				t.Errorf("%s\nlacks %q", got[i].Message.Zh, w)
			}
		}
		if got[i].Verdict != Noted || !got[i].Message.Whole() || got[i].Key == "" || !slices.Equal(noteCodes(got[i]), []string{"wrong_numerator", "other_reading"}) {
			t.Errorf("%+v", got[i])
		}
	}
	if n := got[0].Notes[0].Zh; !strings.Contains(n, "103起（87起 + 16起）") {
		t.Error(n)
	}
	if f.Summary.Contradictions != 0 {
		t.Error("what a table of facts says was made a contradiction")
	}
}

func TestARateThatFitsTheGrossProductIsSound(t *testing.T) {
	t.Parallel()
	sound := strings.NewReplacer("0.022", "0.023", "0.018", "0.020").Replace(rated)
	got := relationsOf(besideFacts(t, sound, "2022年地区生产总值4710.67亿元。", "2023年GDP4841.78亿元。"), "facts")
	if len(got) != 2 || got[0].Verdict == Noted || got[1].Verdict == Noted {
		t.Errorf("%+v", got)
	}
}

// What a rate does not say it divides by is not held against it.
func TestWhatARateMayDivideByIsNotGuessed(t *testing.T) {
	t.Parallel()
	for name, facts := range map[string][]string{
		"another year":                {"2021年地区生产总值4402.98亿元。"},
		"two values of one year":      {"2023年地区生产总值4841.78亿元。", "2023年地区生产总值5388.00亿元。"},
		"a part of the gross product": {"2023年第三产业增加值占地区生产总值比重以外的其他部分地区生产总值1000亿元。"},
		"one year-end of two":         {"2023年常住人口496.32万人。"},
	} {
		report := rated
		if strings.Contains(facts[0], "人口") {
			report = "某市应急管理局2023年度报告\n2023年全市生产安全事故死亡97人，十万人口生产安全事故死亡率1.50人/10万人。\n"
		}
		if got := relationsOf(besideFacts(t, report, facts...), "facts"); len(got) != 0 {
			t.Errorf("%s: %s", name, got[0].Message.Zh)
		}
	}
}

func TestARatePerHeadLiesBetweenTwoYearEnds(t *testing.T) {
	t.Parallel()
	const report = "某市应急管理局2023年度报告\n2023年全市生产安全事故死亡97人，十万人口生产安全事故死亡率%s人/10万人。\n"
	facts := []string{"2022年常住人口501.40万人。", "2023年常住人口496.32万人。"}
	if got := relationsOf(besideFacts(t, replace(report, "1.94"), facts...), "facts"); len(got) != 1 || got[0].Verdict != Holds {
		t.Errorf("%+v", got)
	}
	if got := relationsOf(besideFacts(t, replace(report, "1.50"), facts...), "facts"); len(got) != 1 || got[0].Verdict != Noted || !strings.Contains(got[0].Message.Zh, "501.40万人、496.32万人") {
		t.Errorf("%+v", got)
	}
}

func TestDenominatorsThatTwoRatesImplyMustAgree(t *testing.T) {
	runClaims(t, []string{"rate", "share"}, []claimCase{
		{"two rates of one gross product", "2023年全市生产安全事故死亡97人，亿元GDP生产安全事故死亡率0.020人/亿元；2023年工矿商贸生产安全事故死亡12人，亿元GDP工矿商贸事故死亡率0.0050人/亿元。",
			[]string{"rate note 0.0050人/亿元 | 12人 0.020人/亿元 97人"}},
		{"they agree", "2023年全市生产安全事故死亡97人，亿元GDP生产安全事故死亡率0.020人/亿元；2023年工矿商贸生产安全事故死亡12人，亿元GDP工矿商贸事故死亡率0.0025人/亿元。", nil},
		{"the gross product is printed", "2023年全市地区生产总值4841.78亿元。2023年全市生产安全事故死亡97人，亿元GDP生产安全事故死亡率0.020人/亿元。", []string{"rate holds 0.020人/亿元 | 97人 4841.78亿元"}},
		{"another year", "2022年全市生产安全事故死亡109人，亿元GDP生产安全事故死亡率0.020人/亿元。2023年全市生产安全事故死亡97人，亿元GDP生产安全事故死亡率0.012人/亿元。", nil},
		{"shares of a whole without a figure", "培训费支出30.00万元，占商品和服务支出的3.0%；会议费支出50.00万元，占商品和服务支出的6.0%。", []string{"share note 6.0% | 50.00万元 3.0% 30.00万元"}},
		{"shares that agree", "培训费支出30.00万元，占商品和服务支出的3.0%；会议费支出60.00万元，占商品和服务支出的6.0%。", nil},
		{"a province is a whole of everything", "产值30.00万元，占全省的3.0%；出口50.00万元，占全省的6.0%。", nil},
		{"so is an industry", "营业收入30.00万元，占全国同行业的3.0%；利润50.00万元，占全国同行业的6.0%。", nil},
	})
}

func TestBasisNamesAreThoseOfRates(t *testing.T) {
	t.Parallel()
	if got := BasisNames("岳阳市地区生产总值"); !slices.Contains(got, "亿元GDP") {
		t.Errorf("%q", got)
	}
	if got := BasisNames("基本支出"); got != nil {
		t.Errorf("%q", got)
	}
}

func TestAFactMeetsTheReportsOwnPlaceAlone(t *testing.T) {
	t.Parallel()
	const fact = "2023年地区生产总值4841.78亿元。"
	for _, c := range []struct {
		said string
		want int
	}{
		{"2023年，岳阳市实现地区生产总值4941.78亿元。", 1},
		{"2023年，全市地区生产总值4941.78亿元。", 1},
		{"2023年，岳阳楼区实现地区生产总值941.78亿元。", 0},
		{"2023年，岳阳市实现非公有制地区生产总值941.78亿元。", 0},
	} {
		f := besideFacts(t, "岳阳市应急管理局2023年度报告\n"+c.said, fact)
		if got := relationsOf(f, "repeat"); len(got) != c.want || c.want > 0 && got[0].Verdict != Noted {
			t.Errorf("%s: %+v", c.said, got)
		}
	}
}
