package check

import (
	"slices"
	"strings"
	"testing"
)

const accounted = "2022年结转10.62万元，2023年初预算1685.91万元，年中追加1585.62万元，决算收入3282.14万元，决算支出3265.52万元，2023年末结余16.61万元。"

func TestOfficialFormulas(t *testing.T) {
	runClaims(t, []string{"rate"}, []claimCase{
		{"adjustment, in another paragraph", accounted + "\n预算调整率为94.05%。", []string{"rate holds 94.05% | 1585.62万元 1685.91万元"}},
		{"control", accounted + "\n预算控制率为94.05%。", []string{"rate holds 94.05% | 1585.62万元 1685.91万元"}},
		{"carry-over over all that could be spent", accounted + "结转结余率为0.51%。", []string{"rate holds 0.51% | 16.61万元 10.62万元 1685.91万元 1585.62万元"}},
		{"change of the carry-over", accounted + "结转结余变动率为56.4%。", []string{"rate holds 56.4% | 16.61万元 10.62万元"}},
		{"change of 三公", "2022年“三公”经费预算数65.00万元，2023年“三公”经费预算数62.10万元，“三公”经费变动率为-4.46%。", []string{"rate holds -4.46% | 62.10万元 65.00万元"}},
		{"procurement", "2023年政府采购预算数120.00万元，2023年政府采购实际支出数114.12万元，政府采购执行率为95.1%。", []string{"rate holds 95.1% | 114.12万元 120.00万元"}},
		{"no formula gives it, and the amounts stand beside it", accounted + "结转结余率为2.51%。", []string{"rate note 2.51% | 16.61万元 10.62万元 1685.91万元 1585.62万元"}},
		{"no formula gives it, and the amounts are those of another paragraph", accounted + "\n预算调整率为2.51%。", nil},
		{"an amount is missing", "2023年初预算1685.91万元，决算支出1600.00万元。预算调整率为94.05%。", nil},
	})
}

func TestTheFormulaThatGivesAWrongRateIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, code, said string }{
		{accounted + "结转结余率为94.05%。", "wrong_formula", "“预算调整率”的公式 本年追加 ÷ 年初预算"},
		{"“三公”经费预算数62.10万元，实际支出数39.50万元，“三公”经费控制率为157.22%。", "wrong_formula", "62.10万元 ÷ 39.50万元（分子分母颠倒）"},
		{"“三公”经费预算数62.10万元，实际支出数39.50万元，“三公”经费控制率为36.39%。", "wrong_formula", "没有完成的部分"},
		{"2023年全市发生事故87起、死亡97人，事故减少16起，死亡减少12人、下降15.5%。", "wrong_quantity", "“全市发生事故”（87起，变化16起）"},
		{"2023年发生事故39起，比上年增加6起，上升15.38%。", "wrong_base", "用本期数作分母"},
		{"基本支出2030.18万元，其中人员经费1604.62万元，占基本支出的7.904%。", "shifted", "小数点"},
	} {
		f := checked(t, c.text)
		i := slices.IndexFunc(f.Relations, func(r Relation) bool {
			return r.Verdict.Finding() && slices.ContainsFunc(r.Notes, func(n Note) bool { return n.Code == c.code && strings.Contains(n.Zh, c.said) && n.Whole() })
		})
		if i < 0 {
			t.Errorf("%s: no note %s with %q in %+v", c.text, c.code, c.said, f.Relations)
		}
	}
}

// A mistake is named only where it gives the figure exactly; a guess would send people to the wrong place.
func TestNoMistakeIsGuessed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"“三公”经费预算数62.10万元，实际支出数39.50万元，“三公”经费控制率为71.23%。",
		"2023年发生事故39起，比上年增加6起，上升25%。",
	} {
		f := checked(t, text)
		if f.Summary.Contradictions == 0 {
			t.Errorf("%s: no contradiction", text)
		}
		for _, r := range f.Relations {
			if len(r.Notes) > 0 {
				t.Errorf("%s: %+v", text, r.Notes)
			}
		}
	}
}
