package check

import (
	"strings"
	"testing"
)

func TestChanges(t *testing.T) {
	runClaims(t, []string{"change", "direction", "points"}, []claimCase{
		{"one says up and the other down", "全年发生事故87起，比上年减少16起、上升15.5%。", []string{"direction contradiction 15.5% | 16起"}},
		{"up by the amount and down by the rate", "全年发生事故87起，比上年增加16起、下降15.5%。", []string{"direction contradiction 15.5% | 16起"}},
		{"up and down of two things", "全年发生事故87起，比上年减少16起，隐患整改率上升15.5%。", nil},
		{"amount and rate of one thing", "全市发生事故60起。与上年相比，事故起数减少4起、下降6.3%。", []string{"change holds 6.3% | 60起 4起"}},
		{"several things in order", "全市发生事故87起、死亡97人，与上年相比事故减少16起、死亡减少12人，分别下降15.5%、11%。",
			[]string{"change holds 15.5% | 87起 16起", "change holds 11% | 97人 12人"}},
		{"the verb said again before each", "全市发生事故87起、死亡97人，与上年相比事故减少16起、死亡减少12人，分别下降15.5%、下降11%。",
			[]string{"change holds 15.5% | 87起 16起", "change holds 11% | 97人 12人"}},
		{"one rate where several are announced", "全市发生事故87起、死亡97人，与上年相比事故减少16起、死亡减少12人，分别下降15.5%左右。", nil},
		{"分别 left out, the verb said again", "全市发生事故87起、死亡97人，同比下降15.5%、下降11%。", []string{"change holds 15.5% | 87起", "change holds 11% | 97人"}},
		{"分别 left out, the verb said once", "全市发生事故87起、死亡97人，同比下降15.5%、11%。", []string{"change holds 15.5% | 87起", "change holds 11% | 97人"}},
		{"分别 left out, one up and one down", "全市发生事故87起、死亡97人，同比下降15.5%、上升3.2%。", []string{"change holds 15.5% | 87起", "change holds 3.2% | 97人"}},
		{"分别 left out, amounts and rates", "全市发生事故87起、死亡97人，同比减少16起、减少12人，下降15.5%、下降11%。",
			[]string{"change holds 15.5% | 87起 16起", "change holds 11% | 97人 12人"}},
		{"two grounds of one thing", "全市发生事故87起，同比下降15.5%、环比下降3.3%。", []string{"change holds 15.5% | 87起"}},
		{"lists of both", "收、支总计各为4125.49、4143.91万元，比上年各减少1267.86、2570.97万元，各下降23.51%、38.29%。",
			[]string{"change holds 23.51% | 4125.49 1267.86", "change holds 38.29% | 4143.91万元 2570.97万元"}},
		{"lists of which one says up and the other down", "收、支总计各为4125.49、4143.91万元，比上年各增加1267.86、2570.97万元，各下降23.51%、38.29%。",
			[]string{"direction contradiction 23.51% | 1267.86", "direction contradiction 38.29% | 2570.97万元"}},
		{"per mille in a list of percentages", "收、支总计各为4125.49、4143.91万元，比上年各减少1267.86、2570.97万元，各下降23.51‰、38.29%。",
			[]string{"change contradiction 23.51‰ | 4125.49 1267.86", "change holds 38.29% | 4143.91万元 2570.97万元"}},
		{"about more than there is", "直接经济损失约417.74万元，比上年增加约1074.4万元、上升34.6%。", []string{"change contradiction 约1074.4万元 | 约417.74万元"}},
		{"cut off instead of rounded", "收入4143.91万元，比上年减少2570.97万元，下降38.28%。", []string{"change rounding truncated 38.28% | 4143.91万元 2570.97万元"}},
		{"the base is the sum of the same two figures", "直接经济损失2.05亿元，减少2.56亿元，同比下降55.59%。", []string{"change rounding 55.59% | 2.05亿元 2.56亿元"}},
		{"beyond rounding", "直接经济损失2.05亿元，减少2.56亿元，同比下降55.89%。", []string{"change contradiction 55.89% | 2.05亿元 2.56亿元"}},
		{"an increase", "1.收入：792.22万元。同比上年度增加189.25万元，增加31.39%。", []string{"change holds 31.39% | 792.22万元 189.25万元"}},
		{"the rate before the amount", "财政收入191347万元，较上年同期增长15.35%，增收25457万元。", []string{"change holds 15.35% | 191347万元 25457万元"}},
		{"two years", "死亡率2022年为0.022人/亿元，2023年为0.018人/亿元，同比下降18.18%。", []string{"change holds 18.18% | 0.018人/亿元 0.022人/亿元"}},
		{"from and to", "企业数量由1832户增加到3382户，增长84.6%。", []string{"change holds 84.6% | 3382户 1832户"}},
		{"from a year and to a year", "死亡率由2022年的0.022人/亿元降到2023年的0.018人/亿元，下降18.18%。", []string{"change holds 18.18% | 0.018人/亿元 0.022人/亿元"}},
		{"the wrong way", "企业数量由3382户增加到1832户。", []string{"direction contradiction 1832户 | 3382户"}},
		{"a rank rises to a smaller number", "排名由第369位上升到235位，综合排名由36位上升到23位。", nil},
		{"against a value before", "总量达到13697.5亿元，较上年末的9323.1亿元增加4374.4亿元。", []string{"change holds 4374.4亿元 | 13697.5亿元 9323.1亿元"}},
		{"a rate of a count turned back", "全市发生事故87起，同比下降15.5%。", []string{"change holds 15.5% | 87起"}},
		{"a rate that no whole number gives", "全市发生事故87起，同比下降15.9%。", []string{"change contradiction 15.9% | 87起"}},
		{"more than there is", "全市受伤2人，同比增加4人，上升100%。", []string{"change contradiction 4人 | 2人"}},
		{"a rate from nothing", "全市受伤3人，同比增加3人，上升100%。", []string{"direction contradiction 100% | 3人 3人"}},
		{"points", "城镇化率由52.23%提高到58.08%，提高5.85个百分点。", []string{"points holds 5.85个百分点 | 58.08% 52.23%"}},
		{"rates with names", "6月，全市发生事故31起、死亡26人、受伤20人，同比事故起数下降11.4%、死亡人数下降18.8%、受伤人数上升42.9%。",
			[]string{"change holds 11.4% | 31起", "change holds 18.8% | 26人", "change holds 42.9% | 20人"}},
		{"a wrong rate with a name", "6月，全市发生事故31起、死亡26人，同比事故起数下降11.4%、死亡人数下降19.8%。", []string{"change holds 11.4% | 31起", "change contradiction 19.8% | 26人"}},
		{"names in a list", "全市发生事故23起、死亡20人，同比事故起数和死亡人数分别下降28.1%、31.0%。", []string{"change holds 28.1% | 23起", "change holds 31.0% | 20人"}},
		{"a name that two figures bear", "全市发生事故31起、死亡26人，其中较大事故2起、死亡7人，死亡人数下降19.8%。", nil},
		{"a name of something else", "全市发生事故31起、死亡26人，较大事故起数下降19.8%，亡人事故起数下降33.3%。", nil},
		{"what it started from is no whole", "2020年支出431万元，比上年累计支出433万元减少2万元，下降0.46%。其中，运行费251万元，购置费56万元，接待费124万元。", []string{"change holds 2万元 | 431万元 433万元", "change holds 0.46% | 431万元 2万元"}},
		{"on the month", "11月发生事故12起，10月10起，环比上升20%。", []string{"change holds 20% | 12起 10起"}},
		{"wrong, on the month", "10月发生事故10起，11月12起，环比上升30%。", []string{"change contradiction 30% | 12起 10起"}},
		{"on the month, of months apart or other things", "11月发生事故12起，9月10起，环比上升30%。\n11月发生事故12起、死亡10人，环比上升30%。\n11月发生事故12起，10月发生较大事故2起，环比上升30%。", nil},
		{"points, with the year before behind", "合格率98.5%，比上年提高2.3个百分点（上年为96.2%）。", []string{"points holds 2.3个百分点 | 98.5% 96.2%"}},
		{"a rate of growth that fell", "2023年增速5.0%，比上年回落1.5个百分点，上年增长6.2%。", []string{"points contradiction 1.5个百分点 | 5.0% 6.2%"}},
		{"growth that fell, with the year before between", "地区生产总值增长5.0%，较上年6.2%的增速回落1.2个百分点。", []string{"points holds 1.2个百分点 | 5.0% 6.2%"}},
		{"points, with both years before", "2023年完成率为98%，2022年为95%，提高5个百分点。", []string{"points contradiction 5个百分点 | 98% 95%"}},
		{"points, with both years behind", "增速回落1.2个百分点，2023年增长5.0%，2022年增长6.2%。", []string{"points holds 1.2个百分点 | 5.0% 6.2%"}},
		{"points against something else", "合格率98.5%，比全国平均高2.3个百分点，上年为97.0%。\n合格率98.5%，比2021年提高2.3个百分点，上年为97.0%。\n合格率98.5%，满意率比上年提高2.3个百分点，上年为97.0%。\n合格率98.5%，比上年提高2.3个百分点；上年满意率为97.0%。", nil},
		{"points of what fell", "事故下降5.0%，降幅比上年收窄1.0个百分点，上年下降6.0%。", nil},
		{"wrong points", "城镇化率由52.23%提高到58.08%，提高6.85个百分点。", []string{"points contradiction 6.85个百分点 | 58.08% 52.23%"}},
		{"per cent for points", "城镇化率由52.23%提高到58.08%，提高5.85%。", []string{"points contradiction 5.85% | 58.08% 52.23%"}},
		{"constant prices", "地区生产总值达到13697.5亿元，比上年增加1374.4亿元，增长5.8%。", nil},
		{"a comparable basis", "收入3507.6亿元，比上年增加100亿元，按可比口径增长8%。", nil},
		{"another ground than the year before", "发生事故37起，同比减少9起，环比下降24.5%。", nil},
		{"fewer rates than things", "发生事故37起、死亡30人、受伤15人，同比分别下降19.6%、9.1%。", nil},
		{"a yearly average", "收入由2007万元增加到2468万元，年均增长4.22%。", nil},
		{"nothing to compute from", "总量增加336995万元，增长69.11%。", nil},
	})
}

func TestAFailingRateNamesTheWrongBase(t *testing.T) {
	t.Parallel()
	f := checked(t, "支出116433.12元，同比增加16803.36元，增长14.43%。")
	if len(f.Relations) != 1 || len(f.Relations[0].Notes) != 1 || f.Relations[0].Notes[0].Code != "wrong_base" {
		t.Fatalf("got %+v, want one contradiction with the note wrong_base", f.Relations)
	}
	if m := f.Relations[0].Mend; m == nil || m.Value != "16.87" {
		t.Errorf("mend is %+v, want 16.87", m)
	}
}

func TestDigitsThatTheInputsCannotGiveAreNoted(t *testing.T) {
	t.Parallel()
	f := checked(t, "死亡率2022年为0.022人/亿元，2023年为0.018人/亿元，同比下降18.18%。")
	if len(f.Relations) != 1 || len(f.Relations[0].Notes) != 1 || f.Relations[0].Notes[0].Code != "false_precision" {
		t.Fatalf("got %+v, want the note false_precision", f.Relations)
	}
	if zh := f.Relations[0].Notes[0].Zh; !strings.Contains(zh, "13.9%") || !strings.Contains(zh, "22.3%") {
		t.Errorf("the note is %q, want the ends 13.9%% and 22.3%%", zh)
	}
}

func TestAChangeThatFitsNothingIsOfTheWhole(t *testing.T) {
	t.Parallel()
	f := checked(t, "11月份，全市发生生产安全事故7起，其中道路运输事故3起，建筑施工事故1起。与上年同比，事故起数减少2起、下降33%。")
	if len(f.Relations) != 1 || f.Relations[0].Verdict != Contradiction || !strings.Contains(f.Relations[0].Message.Zh, "7起 + 2起") {
		t.Errorf("got %+v, want a contradiction of the 7起", f.Relations)
	}
}
