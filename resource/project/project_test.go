package project_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/resource/project"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func scaled(n int64) maybe.Of[field.Scaled] { return maybe.Some(field.Scaled(n * 10_000)) }

// approved is a project whose two targets were approved.
func approved() *project.Project {
	p := &project.Project{Code: "P1", Year: 2023, Name: "示例项目", Goal: "建成一期", ApprovedOn: period.MustDay(2023, 2, 1), Document: "岳财绩〔2023〕1号",
		Targets: []project.Target{
			{First: project.Output, Second: "数量指标", Third: "检查企业数", Relation: project.AtLeast, Value: scaled(300), Unit: "家", Period: "2023年", Source: "检查台账"},
			{First: project.Satisfaction, Second: "服务对象满意度", Third: "群众满意度", Relation: project.AtLeast, Value: scaled(95), Unit: "%"},
		}}
	p.Unit, p.State = "430600", project.Approved
	return p
}

func clone(p *project.Project) *project.Project { return project.Kind.Clone(p).(*project.Project) }

func check(t *testing.T, p *project.Project) {
	t.Helper()
	if err := project.Kind.Check(p, today).Err(); err != nil {
		t.Fatal(err)
	}
}

func TestAnApprovedTargetChangesOnlyByAnAdjustmentWithADocument(t *testing.T) {
	t.Parallel()
	adjustment := project.Adjustment{On: today, Document: "岳财绩〔2023〕9号", Reason: "任务调整"}
	for _, c := range []struct {
		name   string
		action access.Action
		change func(*project.Project)
		want   error
		says   string
	}{
		{"a target softened", access.Edit, func(p *project.Project) { p.Targets[0].Value = scaled(200) }, project.ErrApprovedTarget,
			"项目“示例项目”（P1）的绩效指标“产出指标-数量指标-检查企业数”已批复为“≥300家，2023年，数据来源检查台账”，不能改为“≥200家，2023年，数据来源检查台账”：批复后的绩效目标须凭文号办理“调整绩效目标”"},
		{"a relation turned", access.Edit, func(p *project.Project) { p.Targets[0].Relation = project.AtMost }, project.ErrApprovedTarget, "不能改为“≤300家"},
		{"a target dropped", access.Edit, func(p *project.Project) { p.Targets = p.Targets[:1] }, project.ErrApprovedTarget, "已批复为“≥95%”，不能改为“（无）”"},
		{"a target slipped in", access.Edit, func(p *project.Project) {
			p.Targets = append(p.Targets, project.Target{First: project.Output, Second: "时效指标", Third: "按期完成", Relation: project.Qualitative, Wording: "年底前"})
		}, project.ErrApprovedTarget, "已批复为“（无）”，不能改为“定性，年底前”"},
		{"a baseline invented", access.Edit, func(p *project.Project) { p.Targets[1].Baseline = scaled(99) }, project.ErrApprovedTarget, "上年实际值99"},
		{"the goal rewritten", access.Edit, func(p *project.Project) { p.Goal = "建成部分" }, project.ErrApprovedGoal, "“年度总体目标”已批复为“建成一期”，不能改为“建成部分”"},
		{"the approval moved", access.Edit, func(p *project.Project) { p.ApprovedOn = today }, project.ErrApprovedGoal, "批复日期"},
		{"an adjustment written by hand", access.Edit, func(p *project.Project) { p.Adjustments = []project.Adjustment{adjustment} }, project.ErrAdjustmentByEdit, ""},
		{"what was achieved", access.Edit, func(p *project.Project) { p.Targets[0].Achieved, p.Targets[0].Deviation = scaled(310), "无" }, nil, ""},
		{"the rows in another order", access.Edit, func(p *project.Project) { p.Targets[0], p.Targets[1] = p.Targets[1], p.Targets[0] }, nil, ""},
		{"what the goal became", access.Edit, func(p *project.Project) { p.Result = "已建成" }, nil, ""},
		{"an adjustment with a document", "adjust", func(p *project.Project) {
			p.Targets[0].Value, p.Adjustments = scaled(200), []project.Adjustment{adjustment}
		}, nil, ""},
		{"an adjustment without one", "adjust", func(p *project.Project) { p.Targets[0].Value = scaled(200) }, project.ErrNoDocument, ""},
	} {
		before := approved()
		check(t, before)
		after := clone(before)
		c.change(after)
		check(t, after)
		got := project.Kind.CheckChange(before, after, c.action)
		if err := got.Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		} else if c.says != "" && !strings.Contains(got.In(lang.Chinese), c.says) {
			t.Errorf("%s: got %q, want it to say %q", c.name, got.In(lang.Chinese), c.says)
		}
	}
}

func TestEachAdjustmentNeedsADocumentOfItsOwn(t *testing.T) {
	t.Parallel()
	before := approved()
	before.Adjustments = []project.Adjustment{{On: today.Add(-9), Document: "岳财绩〔2023〕9号", Reason: "任务调整"}}
	for name, rows := range map[string][]project.Adjustment{
		"the former document once more": before.Adjustments,
		"the former one rewritten":      {{On: today, Document: "岳财绩〔2023〕10号", Reason: "任务调整"}},
		"two at once":                   {before.Adjustments[0], before.Adjustments[0], before.Adjustments[0]},
		"none at all":                   nil,
	} {
		after := clone(before)
		after.Adjustments, after.Targets[0].Value = rows, scaled(200)
		if err := project.Kind.CheckChange(before, after, "adjust").Err(); !errors.Is(err, project.ErrNoDocument) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestBeforeTheApprovalTargetsAreFree(t *testing.T) {
	t.Parallel()
	before := approved()
	before.State, before.ApprovedOn, before.Document = project.Declared, period.Day{}, ""
	after := clone(before)
	after.Targets[0].Value, after.Goal = scaled(200), "建成部分"
	if err := project.Kind.CheckChange(before, after, access.Edit).Err(); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestWhoDeclaredDoesNotApproveAndAnApprovalHasItsDocument(t *testing.T) {
	t.Parallel()
	m := func(name string) record.Moment {
		return record.Moment{Today: today, Actor: access.Actor{Name: name}}
	}
	p := approved()
	p.State, p.ApprovedOn, p.Document, p.MovedBy = project.Draft, period.Day{}, "", "甲"
	empty := clone(p)
	empty.Targets = nil
	if err := project.Kind.Move(empty, "declare", m("甲")); !errors.Is(err, project.ErrNothingPromised) {
		t.Errorf("declaring nothing: got %v", err)
	}
	if err := project.Kind.Move(p, "declare", m("甲")); err != nil {
		t.Fatal(err)
	}
	if err := project.Kind.Move(p, "approve", m("甲")); !errors.Is(err, record.ErrOwnWork) {
		t.Errorf("approving one's own declaration: got %v", err)
	}
	if err := project.Kind.Move(p, "approve", m("乙")); !errors.Is(err, project.ErrNotApproved) {
		t.Errorf("approving without document: got %v", err)
	}
	p.Document = "岳财绩〔2023〕1号"
	arrived := clone(p)
	arrived.ApprovedOn = today
	if check(t, arrived); !arrived.CountedOn.IsZero() {
		t.Errorf("a project whose document is there and which nobody has approved counts on %s", arrived.CountedOn)
	}
	if err := project.Kind.Move(p, "approve", m("乙")); err != nil || p.ApprovedOn != today {
		t.Errorf("got %v, approved on %s", err, p.ApprovedOn)
	}
	check(t, p)
	if want := period.MustDay(2023, time.January, 1); p.CountedOn != want {
		t.Errorf("counted on %s, want %s", p.CountedOn, want)
	}
}

func TestWhatIsRefusedOfAProject(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*project.Project)
		want   *fault.Declaration
	}{
		{"approved without day", func(p *project.Project) { p.ApprovedOn, p.Document = period.Day{}, "" }, project.ErrNotApproved},
		{"approved without document", func(p *project.Project) { p.Document = "" }, project.ErrNotApproved},
		{"a draft with a day of approval", func(p *project.Project) { p.State = project.Draft }, project.ErrApprovedEarly},
		{"a measurable target without value", func(p *project.Project) { p.Targets[0].Value = maybe.None[field.Scaled]() }, project.ErrValueOfRelation},
		{"a qualitative target with a value", func(p *project.Project) { p.Targets[0].Relation = project.Qualitative }, project.ErrValueOfRelation},
		{"an approved target without unit", func(p *project.Project) { p.Targets[0].Unit = "" }, project.ErrTargetNoUnit},
		{"a declared target without unit", func(p *project.Project) {
			p.Targets[0].Unit, p.State, p.ApprovedOn, p.Document = "", project.Declared, period.Day{}, ""
		}, project.ErrTargetNoUnit},
		{"a target twice", func(p *project.Project) { p.Targets = append(p.Targets, p.Targets[0]) }, project.ErrTargetTwice},
		{"a year that is none", func(p *project.Project) { p.Year = 23 }, field.ErrRule},
		{"points beyond a hundred", func(p *project.Project) { p.Targets[0].Points = maybe.Some(field.Scaled(100_01)) }, field.ErrRule},
	} {
		p := approved()
		c.change(p)
		if err := project.Kind.Check(p, today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

// TestATargetIsReachedAsItsRelationSays: ≥ and ≤ meet in =, and nothing is reached of which nothing is known.
func TestATargetIsReachedAsItsRelationSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		target, achieved := rapid.Int64Range(-5, 5).Draw(t, "target"), rapid.Int64Range(-5, 5).Draw(t, "achieved")
		reached := map[project.Relation]bool{}
		for _, r := range []project.Relation{project.AtLeast, project.AtMost, project.Equal} {
			p := approved()
			p.Targets = p.Targets[:1]
			p.Targets[0].Relation, p.Targets[0].Value, p.Targets[0].Reached = r, scaled(target), maybe.Some(true)
			if err := project.Kind.Check(p, today).Err(); err != nil || p.Targets[0].Reached.OK {
				t.Fatalf("reached %v while nothing was achieved (%v)", p.Targets[0].Reached, err)
			}
			p.Targets[0].Achieved = scaled(achieved)
			project.Kind.Check(p, today)
			reached[r] = p.Targets[0].Reached.V
		}
		if reached[project.Equal] != (reached[project.AtLeast] && reached[project.AtMost]) || !reached[project.AtLeast] && !reached[project.AtMost] {
			t.Fatalf("target %d, achieved %d: %v", target, achieved, reached)
		}
	})
}

func TestWhatPeopleSayOfAQualitativeTargetIsKept(t *testing.T) {
	t.Parallel()
	p := approved()
	p.Targets = append(p.Targets, project.Target{First: project.Benefit, Second: "社会效益", Third: "防灾意识", Relation: project.Qualitative, Wording: "进一步增强", Reached: maybe.Some(true)})
	p.Targets[0].Achieved = scaled(299)
	check(t, p)
	if got := project.Targets.Post(p, nil); len(got) != 1 || got[0].Count != 3 {
		t.Errorf("targets: %v, want 3", got)
	}
	if got := project.Reached.Post(p, nil); len(got) != 1 || got[0].Count != 1 {
		t.Errorf("reached: %v, want the qualitative one", got)
	}
}

func TestOnlyWhatIsPromisedAndNotApprovedIsUnapproved(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*project.Project)
		says   string
	}{
		{"a draft", func(p *project.Project) { p.State, p.ApprovedOn, p.Document = project.Draft, period.Day{}, "" }, "项目“示例项目”（P1）的绩效目标是“草稿”，没有批复"},
		{"declared", func(p *project.Project) { p.State = project.Declared }, "anlan step 'project/P1/2023' declare、approve"},
		{"approved", func(*project.Project) {}, ""},
		{"a draft that promises nothing", func(p *project.Project) { p.State, p.Goal, p.Targets = project.Draft, "", nil }, ""},
	} {
		p := approved()
		c.change(p)
		switch f := p.Unapproved(); {
		case (f == nil) != (c.says == ""):
			t.Errorf("%s: got %v", c.name, f)
		case f != nil && !strings.Contains(f.In(lang.Chinese), c.says):
			t.Errorf("%s: got %q, want it to say %q", c.name, f.In(lang.Chinese), c.says)
		}
	}
}
