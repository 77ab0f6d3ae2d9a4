package evaluation_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/evaluation"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
)

// disaster is a project with targets of every sort.
func disaster() evaluation.Told {
	return evaluation.Told{
		Code: "XM2023-01", Name: "示例项目",
		Money: evaluation.Money{Budget: maybe.Some(money.Fen(38927_00)), Paid: maybe.Some(money.Fen(31141_60))},
		Targets: []evaluation.Target{
			{Level1: "产出指标", Level2: "数量指标", Level3: "发布预警", Relation: "≥", Value: "10", Unit: "期", Reached: "15", Points: 2000},
			{Level1: "产出", Level2: "时效指标", Level3: "救灾款到位天数", Relation: "≤", Value: "15", Unit: "天", Reached: "20天", Points: 1500},
			{Level1: "产出指标", Level2: "质量指标", Level3: "验收合格率", Relation: "=", Value: "100", Unit: "%", Reached: "98%", Points: 1500},
			{Level1: "效益指标", Level2: "社会效益", Level3: "保障群众安全", Value: "有效保障", Points: 3000},
			{Level1: "满意度指标", Level2: "服务对象满意度", Level3: "群众满意度", Relation: "≥", Value: "95", Unit: "%", Points: 1000},
		},
	}
}

func Test_a_project_is_scored_by_its_money_and_its_own_targets(t *testing.T) {
	t.Parallel()
	r, err := define(t, shippedScheme(t, "project")).ForProject(disaster())
	if err != nil {
		t.Fatal(fault.In(err, lang.English))
	}
	about := whole
	about.Subject = "XM2023-01"
	d := decided("project", "保障群众安全", level("部分达成年度指标并具有一定效果", 2100))
	d.About = about.Subject
	got, err := r.Evaluate(t.Context(), year2023(), about, []evaluation.Judgement{d})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"execution": "8", "发布预警": "20", "救灾款到位天数": "45/4", "验收合格率": "147/10", "保障群众安全": "21"} {
		if o := outcome(t, got, key); o.Points == nil || o.Points.Cmp(points(want)) != 0 {
			t.Errorf("%s: %v because %s %v, want %s", key, o.Points, o.Why.Zh, o.Arithmetic, want)
		}
	}
	if o := outcome(t, got, "群众满意度"); o.Points != nil || o.Why.Zh != "项目没有填报实际完成值" {
		t.Errorf("%v because %s", o.Points, o.Why.Zh)
	}
	if words := outcome(t, got, "execution").Arithmetic; !strings.Contains(words[0].Zh, "31141.60元 ÷ 全年预算数 38927.00元 = 80%") {
		t.Errorf("%v", words)
	}
}

func Test_a_target_of_nothing_is_met_or_not_met(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ relation, reached, points, why string }{
		{"≤", "0", "15", ""},
		{"≤", "2", "0", ""},
		{"=", "0起", "15", ""},
		{"=", "1起", "0", ""},
		{"≥", "0", "", "请写成≤0"},
	} {
		p := disaster()
		p.Targets[1].Level3, p.Targets[1].Relation, p.Targets[1].Value, p.Targets[1].Unit, p.Targets[1].Reached = "重特大事故起数", c.relation, "0", "起", c.reached
		r, err := define(t, shippedScheme(t, "project")).ForProject(p)
		if err != nil {
			t.Fatal(fault.In(err, lang.English))
		}
		about := whole
		about.Subject = p.Code
		got, err := r.Evaluate(t.Context(), year2023(), about, nil)
		if err != nil {
			t.Fatal(err)
		}
		o := outcome(t, got, "重特大事故起数")
		if o.Points == nil != (c.points == "") || o.Points != nil && o.Points.Cmp(points(c.points)) != 0 || !strings.Contains(o.Why.Zh, c.why) {
			t.Errorf("%s0起, reached %s: %v because %s %v, want %s", c.relation, c.reached, o.Points, o.Why.Zh, o.Arithmetic, c.points)
		}
	}
}

func Test_targets_that_do_not_fit_the_scheme_are_refused(t *testing.T) {
	t.Parallel()
	r := define(t, shippedScheme(t, "project"))
	p := disaster()
	p.Targets[0].Points = 1900
	p.Targets[4].Level1 = "成本指标"
	partial, err := r.ForProject(p)
	for _, want := range []error{evaluation.ErrTargetsApart, evaluation.ErrNoTargets, evaluation.ErrStrayTarget} {
		if !errors.Is(err, want) {
			t.Errorf("no %v in %v", want, err)
		}
	}
	// What can be scored is scored for a draft; the place without a target says why it is not.
	about := whole
	about.Subject = p.Code
	run, err := partial.Evaluate(t.Context(), year2023(), about, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o := outcome(t, run, "satisfaction"); o.Points != nil || !strings.Contains(o.Why.Zh, "没有“满意度指标”的绩效目标，这10分无从评起") {
		t.Errorf("%v because %s", o.Points, o.Why.Zh)
	}
	if o := outcome(t, run, p.Targets[0].Level3); o.Points == nil {
		t.Errorf("a target beside it is not scored: %s", o.Why.Zh)
	}
	if r, err := define(t, shippedScheme(t, "hunan")).ForProject(p); r != nil || !errors.Is(err, evaluation.ErrNotForProjects) {
		t.Error(r, err)
	}
}

func Test_what_a_project_does_not_tell_is_not_scored(t *testing.T) {
	t.Parallel()
	about := whole
	about.Subject = "XM2023-01"
	for _, c := range []struct {
		change func(*evaluation.Told)
		key    string
		why    string
	}{
		{func(p *evaluation.Told) { p.Paid.OK = false }, "execution", "没有登记"},
		{func(p *evaluation.Told) { p.Budget.V = 0 }, "execution", "预算数为0"},
		{func(p *evaluation.Told) { p.Targets[0].Reached = "完成" }, "发布预警", "不是数"},
		{func(p *evaluation.Told) { p.Targets[0].Reached = "15起" }, "发布预警", "不能比较"},
	} {
		p := disaster()
		c.change(&p)
		r, err := define(t, shippedScheme(t, "project")).ForProject(p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Evaluate(t.Context(), year2023(), about, nil)
		if err != nil {
			t.Fatal(err)
		}
		if o := outcome(t, got, c.key); o.Points != nil || !strings.Contains(o.Why.Zh, c.why) {
			t.Errorf("%s: %v because %s", c.key, o.Points, o.Why.Zh)
		}
	}
}
