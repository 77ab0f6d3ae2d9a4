package check

import (
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

const evaluated = `岳阳市某局2023年度整体支出绩效自评报告
在职人员控制率，编制数100人，在职人员92人，在职人员控制率为92%。
2022年结转结余10.62万元，2023年初财政拨款收入预算数1685.91万元，年中追加预算1585.62万元，年末决算收入3282.14万元，决算支出3265.52万元，2023年末结转结余16.61万元，预算完成率为99.49%。
“三公经费”预算数62.1万元，实际支出数39.50万元，“三公经费”控制率为63.61%。
管理制度健全，资金使用合规性好，信息公开及时，经济效益明显，满意度为97%。重点工作实际完成率为100%。
根据上述各项指标完成情况，2023年部门整体绩效评价为%s分。
`

func leftOut(t *testing.T, text string, o Options) []Relation {
	t.Helper()
	return relationsOf(Check(document(t, "报告.txt", text), o), "left_out")
}

func TestAnIndicatorThatTheFormHasAndTheReportDoesNotIsToldWithItsScore(t *testing.T) {
	t.Parallel()
	got := leftOut(t, replace(evaluated, "99"), Options{})
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	scored, listed := got[0], got[1]
	for _, w := range []string{"“预算控制率”没有写到", "1585.62万元 ÷ 1685.91万元 = 94.05%，得0分", "总分至多95分，文中的99分（第6行）不能成立"} {
		if !strings.Contains(scored.Message.Zh, w) {
			t.Errorf("%s\nlacks %q", scored.Message.Zh, w)
		}
	}
	for _, w := range []string{"“三公”经费变动率（5分）", "公用经费控制率（8分）", "政府采购执行率（6分）"} {
		if !strings.Contains(listed.Message.Zh, w) {
			t.Errorf("%s\nlacks %q", listed.Message.Zh, w)
		}
	}
	for _, r := range got {
		if r.Verdict != Noted || !r.Message.Whole() || !slices.Equal(noteCodes(r), []string{OtherReading}) || r.Key == "" || r.Quote == "" {
			t.Errorf("%+v", r)
		}
	}
	if got := leftOut(t, replace(evaluated, "95"), Options{}); len(got) != 2 || strings.Contains(got[0].Message.Zh, "不能成立") {
		t.Errorf("95 points can hold: %+v", got)
	}
}

func TestNobodyIsHeldToAFormThatIsNotTheirs(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"another province":      strings.ReplaceAll(replace(evaluated, "99"), "岳阳市", "成都市"),
		"before the form":       strings.NewReplacer("2023", "2014", "2022", "2013").Replace(replace(evaluated, "99")),
		"another kind of paper": strings.ReplaceAll(replace(evaluated, "99"), "整体支出绩效自评报告", "部门决算报告"),
		"two of its rates":      strings.ReplaceAll(replace(evaluated, "99"), "预算完成率", "进度"),
		"a form of its own":     replace(evaluated, "99") + "| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |\n| --- | --- | --- | --- | --- |\n| 投入 | 配置 | 在职人员控制率 | 50 | 50 |\n| 过程 | 执行 | 预算完成率 | 50 | 49 |\n",
	} {
		if got := leftOut(t, text, Options{}); len(got) != 0 {
			t.Errorf("%s: %s", name, got[0].Message.Zh)
		}
	}
}

func TestApprovedIndicatorsAreLookedForInProse(t *testing.T) {
	t.Parallel()
	targets := func(rows string) *Targets {
		return TargetsIn(document(t, "批复.md", "岳阳市某局2023年度整体支出绩效目标表\n| 二级指标 | 三级指标 | 年度指标值 | 分值 |\n| --- | --- | --- | --- |\n"+rows))
	}
	got := leftOut(t, replace(evaluated, "99"), Options{Targets: targets("| 预算执行 | 预算完成率 | 100% | 10 |\n| 产出 | 隐患整改率 | ≥95% | 10 |\n")})
	if len(got) != 1 || !strings.Contains(got[0].Message.Zh, "“隐患整改率”报告没有写到") || !strings.Contains(got[0].Message.Zh, "指标值≥95%、分值10分") || got[0].Verdict != Noted {
		t.Errorf("%+v", got)
	}
	doc := document(t, "报告.txt", replace(evaluated, "99"))
	f := Check(doc, Options{Targets: targets("| 产出 | 隐患整改率 | ≥95% | 10 |\n")})
	if len(relationsOf(f, "left_out")) != 0 || !slices.ContainsFunc(f.NotCheckable, func(n NotCheckable) bool { return strings.Contains(n.Why.Zh, "没有与它对照") }) {
		t.Errorf("%+v", f.NotCheckable)
	}
}

func TestAnIndicatorOfLastYearThatIsGoneIsToldOnce(t *testing.T) {
	t.Parallel()
	const head = "| 二级指标 | 三级指标 | 年度指标值 | 分值 | 得分 |\n| --- | --- | --- | --- | --- |\n"
	last := document(t, "上年.md", "岳阳市某局2022年度整体支出绩效自评报告\n"+head+"| 执行 | 预算完成率 | 100% | 10 | 10 |\n| 执行 | 隐患整改率 | ≥95% | 8 | 6 |\n")
	now := document(t, "报告.md", "岳阳市某局2023年度整体支出绩效自评报告\n"+head+"| 执行 | 预算完成率 | 100% | 10 | 10 |\n")
	got := relationsOf(Together("某局", []*reading.Document{last}, []*reading.Document{now}), "left_out")
	if len(got) != 1 || !strings.Contains(got[0].Message.Zh, "“隐患整改率”：“上年.md”有这一指标（8分），“报告.md”没有") || !got[0].Message.Whole() {
		t.Errorf("%+v", got)
	}
	before := document(t, "前年.md", "岳阳市某局2021年度整体支出绩效自评报告\n"+head+"| 执行 | 隐患整改率 | ≥95% | 8 | 6 |\n")
	if got := relationsOf(Together("某局", []*reading.Document{before}, []*reading.Document{now}), "left_out"); len(got) != 0 {
		t.Errorf("two years apart: %+v", got)
	}
}

func TestTheFormAddsUpAndItsScalesAreExact(t *testing.T) {
	t.Parallel()
	for _, f := range wholeForms {
		sum := int64(0)
		for _, i := range f.indicators {
			sum += i.points
		}
		if sum != 100 {
			t.Errorf("%s: the points add up to %d", f.name.En, sum)
		}
	}
	bands, falling := &scale{bands: []band{{0, 5}, {10, 4}, {20, 3}, {30, 2}}}, &scale{limit: 100, step: 5, off: whole(2), below: true}
	for _, c := range []struct {
		scale       *scale
		rate        exact
		full        int64
		least, most exact
	}{
		{bands, whole(0), 5, whole(5), whole(5)},
		{bands, whole(10), 5, whole(4), whole(4)},
		{bands, scaled(10001, -3), 5, whole(3), whole(3)},
		{bands, whole(31), 5, whole(0), whole(0)},
		{falling, whole(100), 5, whole(5), whole(5)},
		{falling, whole(120), 5, whole(5), whole(5)},
		{falling, whole(97), 5, whole(3), whole(5)},
		{falling, whole(95), 5, whole(3), whole(3)},
		{falling, whole(50), 5, whole(0), whole(0)},
	} {
		if least, most := c.scale.score(c.rate, c.full); least.cmp(c.least) != 0 || most.cmp(c.most) != 0 {
			t.Errorf("%s%% scores %s to %s", c.rate.text(0, 3, 0), least.text(0, 2, 0), most.text(0, 2, 0))
		}
	}
}
