package lint_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"anlan/account/evaluation/lint"
)

func r(s string) *big.Rat { x, _ := new(big.Rat).SetString(s); return x }

// sound is a target of which nothing is to be said.
func sound() lint.Target {
	return lint.Target{Level1: "产出指标", Level2: "数量指标", Name: "开展应急演练次数", Relation: "≥", Value: r("12"), Unit: "次", Period: "2023年", Baseline: r("10"), Source: "演练台账"}
}

// complete is a project with a sound target of each level.
func complete() lint.Programme {
	p := lint.Programme{Code: "XM-1", Name: "示例项目", Targets: []lint.Target{sound()}}
	for _, x := range []struct{ level1, level2, name string }{{"产出指标", "质量指标", "验收合格"}, {"产出指标", "时效指标", "拨付天"}, {"产出指标", "成本指标", "演练成本"},
		{"效益指标", "社会效益", "受益"}, {"满意度指标", "服务对象满意度", "群众反映"}} {
		t := sound()
		t.Level1, t.Level2, t.Name = x.level1, x.level2, x.name
		p.Targets = append(p.Targets, t)
	}
	return p
}

func codes(v lint.Verdict, target int) (out []lint.Code) {
	for _, f := range v.Findings {
		if f.Target == target {
			out = append(out, f.Code)
		}
	}
	return out
}

func Test_each_lack_of_a_target_is_found_with_what_to_write_instead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		change     func(*lint.Target)
		want       []lint.Code
		measurable bool
		instead    string
	}{
		{"sound", func(t *lint.Target) {}, nil, true, ""},
		{"no_unit", func(t *lint.Target) { t.Unit = "" }, []lint.Code{lint.NoUnit}, false, "次"},
		{"unknown_unit", func(t *lint.Target) { t.Unit = "回合" }, []lint.Code{lint.UnknownUnit}, false, "次"},
		{"no_relation", func(t *lint.Target) { t.Relation = "" }, []lint.Code{lint.NoRelation}, false, "≥12次"},
		{"no_period", func(t *lint.Target) { t.Period = "" }, []lint.Code{lint.NoPeriod}, false, "2023年"},
		{"no_baseline", func(t *lint.Target) { t.Baseline = nil }, []lint.Code{lint.NoBaseline}, false, "首次设立"},
		{"no_source", func(t *lint.Target) { t.Source = "" }, []lint.Code{lint.NoSource}, false, "台账"},
		{"vague", func(t *lint.Target) { t.Value, t.Name, t.Wording = nil, "应急能力", "全面提升，有效保障" }, []lint.Code{lint.NoValue, lint.Vague}, false, "应急能力 ≥…个"},
		{"money_as_an_output", func(t *lint.Target) {
			t.Name, t.Relation, t.Unit, t.Value, t.Baseline = "支出不超过预算", "≤", "万元", r("535"), r("600")
		}, []lint.Code{lint.MoneySpent}, false, "做成多少"},
		{"what_one_of_it_costs", func(t *lint.Target) {
			t.Name, t.Relation, t.Unit, t.Value, t.Baseline = "每场演练成本", "≤", "万元", r("3"), r("4")
		}, nil, true, ""},
		{"at_least_0", func(t *lint.Target) { t.Value = r("0") }, []lint.Code{lint.AlwaysMet}, true, "重新测算"},
		{"last_year_was_better", func(t *lint.Target) { t.Value = r("8") }, []lint.Code{lint.AlwaysMet}, true, "好于上年"},
		{"last_year_was_better_where_less_is", func(t *lint.Target) { t.Relation, t.Value, t.Baseline = "≤", r("110"), r("97") }, []lint.Code{lint.AlwaysMet}, true, "好于上年"},
		{"as_last_year", func(t *lint.Target) { t.Value = r("10") }, []lint.Code{lint.NoProgress}, true, "持平"},
		{"all_and_all_last_year", func(t *lint.Target) {
			t.Name, t.Unit, t.Relation, t.Value, t.Baseline = "整改率", "%", "≥", r("100"), r("100")
		}, nil, true, ""},
		{"no_deaths_and_none_last_year", func(t *lint.Target) { t.Unit, t.Relation, t.Value, t.Baseline = "人", "≤", r("0"), r("0") }, nil, true, ""},
		{"a_share_above_100", func(t *lint.Target) { t.Name, t.Unit, t.Value = "群众满意度", "%", r("120") }, []lint.Code{lint.Unreachable}, true, "100%"},
		{"a_share_of_at_most_100", func(t *lint.Target) { t.Name, t.Unit, t.Relation, t.Value = "群众满意度", "%", "≤", r("100") }, []lint.Code{lint.AlwaysMet}, true, "测算"},
		{"fewer_than_none", func(t *lint.Target) { t.Relation, t.Value = "≤", r("-1") }, []lint.Code{lint.Unreachable}, true, "不小于0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := complete()
			c.change(&p.Targets[0])
			v := lint.Check(p)
			if got := codes(v, 1); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if v.Measurable[0] != c.measurable {
				t.Errorf("measurable: %v", v.Measurable[0])
			}
			for _, f := range v.Findings {
				if f.Target == 1 && f.Code == c.want[0] && !strings.Contains(f.Instead.Zh, c.instead) {
					t.Errorf("instead: %s", f.Instead.Zh)
				}
			}
		})
	}
}

func Test_a_target_stated_twice_and_levels_that_are_missing(t *testing.T) {
	t.Parallel()
	p := complete()
	again := sound()
	again.Name = "开展应急演练（次）"
	again.Name = "开展 应急演练"
	p.Targets = append(p.Targets, again)
	if got := codes(lint.Check(p), 7); !slices.Equal(got, []lint.Code{lint.Duplicate}) {
		t.Errorf("%v", got)
	}
	p.Targets = p.Targets[:1]
	v := lint.Check(p)
	if got := codes(v, 0); len(got) != 5 || got[0] != lint.LevelMissing {
		t.Errorf("%v", got)
	}
	if got := codes(lint.Check(lint.Programme{Code: "XM-2"}), 0); !slices.Equal(got, []lint.Code{lint.NoTargets}) {
		t.Errorf("%v", got)
	}
}

func Test_an_output_counts_for_one_project(t *testing.T) {
	t.Parallel()
	programme := func(code string, change func(*lint.Target)) lint.Programme {
		p := complete()
		p.Code, p.Targets = code, p.Targets[:1]
		p.Targets[0].Reached = r("14")
		change(&p.Targets[0])
		return p
	}
	same := func(*lint.Target) {}
	for name, c := range map[string]struct {
		other lint.Programme
		want  bool
	}{
		"the same":                          {programme("b", same), true},
		"the same in other words":           {programme("b", func(t *lint.Target) { t.Name = "开展应急演练（个数）"; t.Value = r("9") }), true},
		"another number":                    {programme("b", func(t *lint.Target) { t.Reached = r("13") }), false},
		"another unit":                      {programme("b", func(t *lint.Target) { t.Unit = "场" }), false},
		"planned alike, nothing said of it": {programme("b", func(t *lint.Target) { t.Reached = nil }), false},
		"a benefit":                         {programme("b", func(t *lint.Target) { t.Level1 = "效益指标" }), false},
		"a part of it":                      {programme("a-1", same), false},
		"the department": {func() lint.Programme {
			p := programme("整体", same)
			p.Department = true
			return p
		}(), false},
	} {
		v := lint.CheckAll([]lint.Programme{programme("a", same), c.other})
		if got := slices.Contains(codes(v[1], 1), lint.Claimed); got != c.want || slices.Contains(codes(v[0], 1), lint.Claimed) {
			t.Errorf("%s: got %v %v", name, codes(v[0], 1), codes(v[1], 1))
		}
		for _, f := range v[1].Findings {
			if f.Code == lint.Claimed && !strings.Contains(f.Words.Zh, "14次，项目“示例项目”（a）也报了同一项产出") {
				t.Errorf("%s: %s", name, f.Words.Zh)
			}
		}
	}
}

func Test_what_the_money_was_spent_on_needs_a_target(t *testing.T) {
	t.Parallel()
	p := complete()
	p.Spent = []lint.Spending{{"委托业务费", 70_000_00}, {"演练费", 25_000_00}, {"印刷费", 5_000_00}}
	v := lint.Check(p)
	if got := codes(v, 0); !slices.Equal(got, []lint.Code{lint.Uncovered}) || !strings.Contains(v.Findings[0].Words.Zh, "“委托业务费”上支出70000.00元，占70.0%") {
		t.Errorf("%v %+v", got, v.Findings)
	}
}

func Test_whatever_a_target_says_a_finding_speaks_both_languages_and_says_what_to_write(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "满意度", "事故死亡人数", "全面提升应急能力", "次"})
		value := func(name string) *big.Rat {
			if rapid.Bool().Draw(t, name+" stated") {
				return big.NewRat(rapid.Int64Range(-200, 200).Draw(t, name), 2)
			}
			return nil
		}
		x := lint.Target{Level1: text.Draw(t, "level1"), Level2: text.Draw(t, "level2"), Name: text.Draw(t, "name"), Relation: rapid.SampledFrom([]string{"", "≥", "≤", "=", "<", ">"}).Draw(t, "relation"),
			Value: value("value"), Wording: text.Draw(t, "wording"), Unit: rapid.SampledFrom([]string{"", "%", "人", "丈"}).Draw(t, "unit"), Period: text.Draw(t, "period"), Baseline: value("baseline"), Source: text.Draw(t, "source")}
		for _, f := range lint.Check(lint.Programme{Targets: []lint.Target{x}}).Findings {
			if !f.Words.Whole() || !f.Instead.Whole() || strings.Contains(f.Words.Zh+f.Instead.Zh+f.Words.En+f.Instead.En, "%!") {
				t.Fatalf("%+v", f)
			}
		}
	})
}

func Test_what_must_be_mended_first_stands_first(t *testing.T) {
	t.Parallel()
	p := complete()
	p.Targets[0].Value = r("8")                            // met beforehand
	p.Targets[1].Name = p.Targets[0].Name                  // stated twice
	p.Targets[4].Value, p.Targets[4].Wording = nil, "全面提升" // vague
	p.Targets = p.Targets[:5]                              // no satisfaction
	p.Spent = []lint.Spending{{"委托业务费", 70_000_00}, {"演练费", 30_000_00}}
	v := lint.Check(p)
	var got []lint.Code
	for _, f := range v.Findings {
		got = append(got, f.Code)
	}
	want := []lint.Code{lint.NoValue, lint.Vague, lint.LevelMissing, lint.Duplicate, lint.AlwaysMet, lint.Uncovered}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if last := v.Findings[len(v.Findings)-1]; last.Spent != p.Spent[0] || v.Measured() != 4 {
		t.Errorf("spent %v, measurable %d", last.Spent, v.Measured())
	}
}
