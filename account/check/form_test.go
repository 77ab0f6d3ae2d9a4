package check

import (
	"fmt"
	"strings"
	"testing"
)

// selfScore is a 项目支出绩效自评表 with some of its cells.
func selfScore(execution, first, total string) string {
	return fmt.Sprintf(`项目支出绩效自评表
单位：万元
| 年度预算申请 | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分 |
| 年度资金总额 | 400.00 | 410.50 | 389.27 | 10 | %s |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 开展演练 | ≥10次 | 12次 | 30 | %s |
| 效益指标 | 社会效益 | 死亡人数 | 下降 | 下降11%% | 40 | 38 |
| 满意度指标 | 服务对象 | 满意度 | ≥90%% | 95%% | 20 | 20 |
| 总分 |  |  |  |  | 100 | %s |
`, execution, first, total)
}

const basicData = `部门整体支出绩效评价基础数据表
单位：万元
| 财政供养人员情况（人） | 编制数 | %s | 控制率 |
| 2023年末 | 100 | 92 | %s |
| 经费控制情况 | 上年决算数 | 本年预算数 | 本年决算数 |
| 一、三公经费 | 55.00 | 62.10 | %s |
| 1、公务用车购置和维护经费 | 42.00 | 47.10 | 30.20 |
| 其中：公车购置 | 0.00 | 0.00 | 0.00 |
| 公车运行维护 | 42.00 | 47.10 | 30.20 |
| 2、出国经费 |  |  |  |
| 3、公务接待 | 13.00 | 15.00 | 9.30 |
`

func TestTheScoreOfTheExecutionRateHasNotTheUnitOfTheTable(t *testing.T) {
	t.Parallel()
	f := checked(t, selfScore("94.83% | 9.48", "30", "99.48"))
	for _, r := range f.Relations {
		if strings.Contains(r.Message.Zh, "9.48万元") {
			t.Error(r.Message.Zh)
		}
	}
}

func TestARowThatAddsUpScoresWrongIsContradicted(t *testing.T) {
	t.Parallel()
	f := checked(t, `自评表
单位：万元
| 二级指标 | 三级指标 | 分值 | 得分 |
| 数量 | 演练 | 20 | 19 |
| 数量 | 检查 | 10 | 10 |
| 小计 |  | 30 | 28 |
| 质量 | 合格 | 70 | 70 |
| 合计 |  | 100 | 99 |
`)
	said := ""
	for _, r := range f.Relations {
		if strings.Contains(r.Message.Zh, "万元") {
			t.Error(r.Message.Zh)
		}
		if r.Verdict == Contradiction {
			said += r.Stated + r.Unit + " " + r.Message.Zh
		}
	}
	if f.Summary.Contradictions != 1 || !strings.HasPrefix(said, "28分 得分小计") {
		t.Errorf("%s", said)
	}
}

func TestTheMoneyOfAFormBySource(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ total, given, carried, other, want string }{
		{"100.00 | 110.00 | 105.00", "90.00 | 90.00 | 90.00", " | 10.00 | 5.00", "10.00 | 10.00 | 10.00", "holds holds holds"},
		{"0 | 0 | 0", "90 | 89.974 | 89.974", " |  | ", " |  | ", "contradiction contradiction contradiction"},
		{"100.00 | 110.00 | 105.00", "90.00 | 90.00 | 90.00", " | 10.00 | 5.00", "10.00 | 10.00 | 12.00", "holds holds contradiction"},
	} {
		f := checked(t, "项目支出绩效自评表\n单位：万元\n| 项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 |\n"+
			"| 年度资金总额 | "+c.total+" | 10 |\n| 其中：当年财政拨款 | "+c.given+" | — |\n| 上年结转资金 | "+c.carried+" | — |\n| 其他资金 | "+c.other+" | — |\n")
		var got []string
		for _, r := range f.Relations {
			if strings.Contains(r.Message.Zh, "年度资金总额") {
				got = append(got, string(r.Verdict))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.total, got, c.want)
		}
	}
}

func TestForms(t *testing.T) {
	runClaims(t, []string{"rate", "sum", "score", "table"}, []claimCase{
		{"a self-evaluation whose points and scores add up with those of the execution rate", selfScore("94.83% | 9.48", "30", "97.48"), []string{
			"rate holds 94.83% | 389.27 410.50", "rate rounding 94.83% | 9.48 10", "sum holds 100 | 30 40 20 10", "sum holds 97.48 | 30 38 20 9.48"}},
		{"a rate that its amounts do not give", selfScore("98.43% | 9.84", "30", "97.84"), []string{
			"rate contradiction 98.43% | 389.27 410.50", "rate rounding 98.43% | 9.84 10", "sum holds 100 | 30 40 20 10", "sum holds 97.84 | 30 38 20 9.84"}},
		{"a score in steps is no contradiction", selfScore("94.83% | 10", "30", "98"), []string{
			"rate holds 94.83% | 389.27 410.50", "sum holds 100 | 30 40 20 10", "sum holds 98 | 30 38 20 10"}},
		{"a total that is off, and a score above its points", selfScore("94.83% | 9.48", "33", "99.48"), []string{
			"rate holds 94.83% | 389.27 410.50", "rate rounding 94.83% | 9.48 10", "score contradiction 33 | 30", "sum holds 100 | 30 40 20 10", "sum contradiction 99.48 | 33 38 20 9.48"}},
		{"points of several levels", `自评表
| 一级指标 | 分值 | 二级指标 | 三级指标 | 分值 | 得分 |
| 产出 | 60 | 数量 | 演练 | 30 | 28 |
|  |  | 质量 | 合格 | 30 | 30 |
| 效益 | 40 | 社会 | 死亡 | 40 | 38 |
| 合计 | 100 |  |  | 100 | 96 |
`, []string{"sum holds 100 | 30 30 40", "sum holds 96 | 28 30 38"}},
		{"rows between that add up those above", `自评表
单位：万元
| 二级指标 | 三级指标 | 分值 | 得分 |
| 数量 | 演练 | 20 | 19 |
| 数量 | 检查 | 10 | 10 |
| 小计 |  | 30 | 29 |
| 质量 | 合格 | 30 | 30 |
| 小计 |  | 30 | 30 |
| 产出小计 | 小计 | 60 | 59 |
| 社会 | 死亡 | 40 | 38 |
| 小计 |  | 40 | 38 |
| 合计 |  | 100 | 97 |
`, []string{"sum holds 30 | 20 10", "sum holds 29 | 19 10", "sum holds 30 | 30", "sum holds 30 | 30", "sum holds 60 | 20 10 30", "sum holds 59 | 19 10 30",
			"sum holds 40 | 40", "sum holds 38 | 38", "sum holds 100 | 20 10 30 40", "sum holds 97 | 19 10 30 38"}},
		{"points on top", `自评表
| 三级指标 | 分值 | 得分 |
| 甲 | 50 | 48 |
| 乙 | 50 | 49 |
| 加分 | — | 3 |
| 合计 | 100 | 100 |
`, []string{"table holds 100 | 50 50", "table holds 100 | 48 49 3"}},
		{"points on top of none", `自评表
| 三级指标 | 分值 | 得分 |
| 甲 | 50 | 48 |
| 乙 | 50 | 49 |
| 加分 | 0 | 3 |
| 合计 | 100 | 100 |
`, []string{"table holds 100 | 50 50 0", "table holds 100 | 48 49 3"}},
		{"a basic data sheet", fmt.Sprintf(basicData, "在职人数", "92%", "39.50"), []string{
			"rate holds 92% | 92 100", "table holds 55.00 | 42.00 13.00", "table holds 62.10 | 47.10 15.00", "table holds 39.50 | 30.20 9.30",
			"table holds 42.00 | 0.00 42.00", "table holds 47.10 | 0.00 47.10", "table holds 30.20 | 0.00 30.20"}},
		{"a control rate and a total that are wrong", fmt.Sprintf(basicData, "实有人数", "95%", "35.90"), []string{
			"rate contradiction 95% | 92 100", "table holds 55.00 | 42.00 13.00", "table holds 62.10 | 47.10 15.00", "table contradiction 35.90 | 30.20 9.30",
			"table holds 42.00 | 0.00 42.00", "table holds 47.10 | 0.00 47.10", "table holds 30.20 | 0.00 30.20"}},
		{"headings of other columns judge nothing", fmt.Sprintf(basicData, "上年人数", "95%", "39.50"), []string{
			"table holds 55.00 | 42.00 13.00", "table holds 62.10 | 47.10 15.00", "table holds 39.50 | 30.20 9.30",
			"table holds 42.00 | 0.00 42.00", "table holds 47.10 | 0.00 47.10", "table holds 30.20 | 0.00 30.20"}},
	})
}
