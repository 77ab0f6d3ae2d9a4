package check

import (
	"fmt"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"github.com/google/go-cmp/cmp"
)

// approvedForm is 绩效目标表 as a finance bureau approves it.
const approvedForm = `2023年度项目支出绩效目标表
| 项目名称 | 应急演练 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 |
| 产出指标 | 数量指标 | 开展演练 | ≥10次 | 30 |
| 产出指标 | 时效指标 | 完成时限 | 2023年12月 | 10 |
| 效益指标 | 社会效益 | 死亡人数 | 下降 | 30 |
| 满意度指标 | 服务对象 | 满意度 | ≥90%% | 20 |
%s`

func textDocument(t testing.TB, name, text string) *reading.Document {
	t.Helper()
	doc, err := reading.Read(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// against checks a form of 2023 against an approved one and tells the relations of rule target, without what holds, then what was not checkable.
func against(t *testing.T, approved, form string) (got []string) {
	t.Helper()
	if !strings.Contains(strings.SplitN(form, "\n", 2)[0], "年度") {
		form = "2023年度项目支出绩效自评表\n" + form
	}
	f := Check(textDocument(t, "自评.txt", form), Options{Targets: TargetsIn(textDocument(t, "批复.txt", approved))})
	got = []string{}
	for _, r := range f.Relations {
		if r.Rule == "target" && r.Verdict != Holds && !strings.Contains(r.Message.Zh, "的偏差没有说明") {
			what, _, _ := strings.Cut(r.Message.Zh, "，请")
			got = append(got, string(r.Verdict)+" "+strings.ReplaceAll(what, "（“批复.txt”第", "（第"))
			if !r.Message.Whole() || r.Quote == "" || r.Line == 0 || r.Key == "" {
				t.Errorf("%+v", r)
			}
		}
	}
	for _, n := range f.NotCheckable {
		if strings.Contains(n.Why.Zh, "批复") {
			got = append(got, "? "+n.Why.Zh)
		}
	}
	return got
}

// sameAsApproved is a self-evaluation of the approved form; the places are the target of the exercises, their points, the name of satisfaction.
const sameAsApproved = `| 项目名称 | %s |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标 | 数量指标 | 开展演练 | %s | 12次 | %s | 30 | 无 |
| 产出指标 | 时效指标 | 完成时限 | 2023年12月31日前 | 2023年11月 | 10 | 10 | 无 |
| 效益指标 | 社会效益 | 死亡人数 | %s | 下降11%% | 30 | 28 | 无 |
| 满意度指标 | 服务对象 | %s | ≥90%% | 95%% | 20 | 20 | 无 |
| 总分 |  |  |  |  | 90 | 88 |  |
`

func TestTargets(t *testing.T) {
	t.Parallel()
	approved := fmt.Sprintf(approvedForm, "")
	form := func(project, target, points, deaths, satisfaction string) string {
		return fmt.Sprintf(sameAsApproved, project, target, points, deaths, satisfaction)
	}
	for _, c := range []struct {
		name, approved, form string
		want                 []string
	}{
		{"the same in other marks", approved, form("应急演练", "10次以上", "30分", "下降", "1.满意度"), []string{}},
		{"without the sign", approved, form("应急演练", "10次", "30", "下降", "满意度"), []string{}},
		{"a lower target", approved, form("应急演练", "≥8次", "30", "下降", "满意度"), []string{
			"contradiction “开展演练”的年度指标值：表中为≥8次，批复的绩效目标（第4行）为≥10次，不一致。年度中按程序调整过的"}},
		{"the other way round", approved, form("应急演练", "≤10次", "30", "下降", "满意度"), []string{
			"contradiction “开展演练”的年度指标值：表中为≤10次，批复的绩效目标（第4行）为≥10次，不一致。年度中按程序调整过的"}},
		{"other points", approved, form("应急演练", "≥10次", "20", "下降", "满意度"), []string{
			"contradiction “开展演练”的分值：表中为20分，批复的绩效目标（第4行）为30分，不一致。年度中按程序调整过的"}},
		{"another wording is asked about", approved, form("应急演练", "≥10次", "30", "不上升", "满意度"), []string{
			"note “死亡人数”的年度指标值：表中为“不上升”，批复的绩效目标（第6行）为“下降”，写法不同，要求是否相同？"}},
		{"another unit is asked about", approved, form("应急演练", "≥10人", "30", "下降", "满意度"), []string{
			"note “开展演练”的年度指标值：表中为“≥10人”，批复的绩效目标（第4行）为“≥10次”，写法不同，要求是否相同？"}},
		{"a target left empty", approved, form("应急演练", "", "30", "下降", "满意度"), []string{
			"incomplete “开展演练”的年度指标值：批复的绩效目标（第4行）为≥10次，表中没有填。"}},
		{"renamed", approved, form("应急演练", "≥10次", "30", "下降", "群众满意度"), []string{
			"note “群众满意度”的名称：批复的绩效目标（第7行）中为“满意度”，指标值和分值相同，是否同一指标？"}},
		{"left out", fmt.Sprintf(approvedForm, "| 产出指标 | 质量指标 | 演练评估 | 100% | 10 |\n"), form("应急演练", "≥10次", "30", "下降", "满意度"), []string{
			"incomplete 批复的指标“演练评估”没有列出：批复的绩效目标（第8行）中有指标值100%、分值10分，自评表中没有。"}},
		{"added", strings.Replace(approved, "| 满意度指标 | 服务对象 | 满意度 | ≥90% | 20 |\n", "", 1), form("应急演练", "≥10次", "30", "下降", "满意度"), []string{
			"note “满意度”不在批复的绩效目标中：表中有这一指标，批复中没有"}},
		{"another project", approved, form("物资储备", "≥8次", "30", "下降", "满意度"), []string{"? 批复的绩效目标中没有“物资储备”，没有对照"}},
		{"another year", strings.Replace(approved, "2023年度项目", "2022年度项目", 1), form("应急演练", "≥8次", "30", "下降", "满意度"), []string{
			"? 批复的绩效目标中“应急演练”是2022年的，与本表年度不同，没有对照"}},
		{"approved twice", approved + "\n" + approved, form("应急演练", "≥8次", "30", "下降", "满意度"), []string{
			"? 批复的绩效目标中“应急演练”有2份，分不清以哪一份为准，没有对照"}},
		{"a form without the name of its project beside a single one", approved, strings.Replace(form("应急演练", "≥8次", "30", "下降", "满意度"), "| 项目名称 | 应急演练 |\n", "", 1), []string{
			"contradiction “开展演练”的年度指标值：表中为≥8次，批复的绩效目标（第4行）为≥10次，不一致。年度中按程序调整过的"}},
		{"sign and unit in columns of their own", `2023年度绩效目标申报表
项目名称：应急演练
| 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重 |
| 数量指标 | 开展演练 | ≥ | 10 | 次 | 30 |
| 社会效益 | 死亡人数 | 定性 | 下降 |  | 30 |
| 服务对象 | 满意度 | ≥ | 95 | % | 20 |
| 时效指标 | 完成时限 | = | 12 | 月 | 10 |
`, form("应急演练", "≥10次", "30", "下降", "满意度"), []string{
			"contradiction “满意度”的年度指标值：表中为≥90%，批复的绩效目标（第6行）为≥95%，不一致。年度中按程序调整过的"}},
		{"a list of many projects", `2023年度绩效目标批复表
| 项目名称 | 二级指标 | 三级指标 | 指标值 | 分值 |
| 物资储备 | 数量指标 | 采购帐篷 | 200顶 | 50 |
| 应急演练 | 数量指标 | 开展演练 | ≥10次 | 30 |
|  | 社会效益 | 死亡人数 | 下降 | 30 |
|  | 服务对象 | 满意度 | ≥95% | 20 |
| 宣传教育 | 数量指标 | 开展演练 | 1次 | 50 |
`, form("应急演练", "≥10次", "30", "下降", "满意度"), []string{
			"contradiction “满意度”的年度指标值：表中为≥90%，批复的绩效目标（第6行）为≥95%，不一致。年度中按程序调整过的",
			"note “完成时限”不在批复的绩效目标中：表中有这一指标，批复中没有"}},
		{"rows that lost the cells of merged levels", approved, `项目名称 | 应急演练 |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
产出指标 | 数量指标 | 开展演练 | ≥9次 | 12次 | 30 | 30 | 无 |
时效指标 | 完成时限 | 2023年12月 | 2023年11月 | 10 | 10 | 无 |
效益指标 | 社会效益 | 死亡人数 | 下降 | 下降11% | 30 | 28 | 无 |
满意度指标 | 服务对象 | 满意度 | ≥90% | 95% | 20 | 20 | 无 |
`, []string{"contradiction “开展演练”的年度指标值：表中为≥9次，批复的绩效目标（第4行）为≥10次，不一致。年度中按程序调整过的"}},
	} {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, against(t, c.approved, c.form)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestADifferentTargetNamesItsFigureAndWhatWasApproved(t *testing.T) {
	t.Parallel()
	form := "2023年度项目支出绩效自评表\n" + fmt.Sprintf(sameAsApproved, "应急演练", "≥8次", "30", "下降", "满意度")
	f := Check(textDocument(t, "自评.txt", form), Options{Targets: TargetsIn(textDocument(t, "批复.txt", fmt.Sprintf(approvedForm, "")))})
	if diff := cmp.Diff([]string{"target note 12次 | ≥8次", "target contradiction ≥8次", "target holds 30", "target holds 2023年12月31日", "target holds 10", "target holds", "target holds 30", "target holds ≥90%", "target holds 20"}, found(f, "target")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f.Summary.Contradictions != 1 || TargetsIn(textDocument(t, "无.txt", "某局2023年度报告\n没有表。\n")).Count() != 0 {
		t.Errorf("%+v", f.Summary)
	}
	for _, r := range f.Relations {
		if r.Rule == "target" && r.Verdict == Contradiction && (r.Expected == nil || r.Expected.Low != "10" || r.Stated != "8") {
			t.Errorf("%+v", r)
		}
	}
}

func TestALargeDeviationWithoutAReasonIsNoted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ target, actual, reason, want string }{
		{"≥10次", "12次", "无", ""},
		{"≥10次", "13次", "无", "偏离30.0%"},
		{"≥10次", "13次", "新增两次上级演练", ""},
		{"≥10次", "7次", "", "偏离-30.0%"},
		{"≥10次", "8次", "", ""},
		{"≥10次", "6次", "无偏差。", "偏离-40.0%"},
		{"≤10起", "3起", "无", ""},
		{"≤10起", "14起", "无", "偏离40.0%"},
		{"0起", "1起", "无", "没有达到"},
		{"0起", "0起", "无", ""},
		{"≥0起", "1起", "无", ""},
		{"下降", "下降11%", "无", ""},
		{"≥10次", "30人", "无", ""},
		{"10-15次", "30次", "无", ""},
	} {
		t.Run(c.target+"_"+c.actual, func(t *testing.T) {
			t.Parallel()
			f := checked(t, fmt.Sprintf("| 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |\n| 数量指标 | 开展演练 | %s | %s | 30 | 30 | %s |\n| 数量指标 | 物资 | 5件 | 5件 | 30 | 30 | 无 |\n", c.target, c.actual, c.reason))
			said := ""
			for _, r := range f.Relations {
				if r.Rule == "target" {
					said += string(r.Verdict) + r.Message.Zh
				}
			}
			if c.want == "" && said != "" || c.want != "" && (!strings.HasPrefix(said, "note“开展演练”的偏差没有说明") || !strings.Contains(said, c.want)) {
				t.Errorf("%q", said)
			}
		})
	}
	f := checked(t, "| 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n| 数量指标 | 开展演练 | ≥10次 | 30次 | 30 | 30 |\n| 数量指标 | 物资 | 5件 | 5件 | 30 | 30 |\n")
	if got := found(f, "target"); len(got) > 0 {
		t.Errorf("a form that asks for no reasons: %v", got)
	}
}
