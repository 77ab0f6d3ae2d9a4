package report_test

import (
	"errors"
	"math/big"
	"testing"

	"anlan/account/evaluation"
	schemes "anlan/account/evaluation/shipped"
	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/record/field"
)

// projectScores evaluates a project of one target a level; reached is what it reports of the first.
func projectScores(t *testing.T, reached string) report.Evaluation {
	t.Helper()
	text, err := schemes.Files.ReadFile("project.scheme")
	if err != nil {
		t.Fatal(err)
	}
	scheme, err := evaluation.ParseFile("project.scheme", text)
	if err != nil {
		t.Fatal(err)
	}
	s := sheet{units: map[string]string{}}
	set, err := indicator.Define(s)
	if err != nil {
		t.Fatal(err)
	}
	rubric, err := evaluation.Define(scheme, set)
	if err != nil {
		t.Fatal(err)
	}
	target := func(level, name, value, reached string, points int64) evaluation.Target {
		return evaluation.Target{Level1: level, Level2: "数量指标", Level3: name, Relation: "≥", Value: value, Unit: "场", Reached: reached, Points: field.Scaled(points * 100), Note: "按计划完成"}
	}
	told := evaluation.Told{Code: "p", Name: "示例项目",
		Money:        evaluation.Money{Budget: maybe.Some(money.Fen(400_00)), Paid: maybe.Some(money.Fen(300_00))},
		Appropriated: evaluation.Money{Initial: maybe.Some(money.Fen(350_00)), Budget: maybe.Some(money.Fen(370_00)), Paid: maybe.Some(money.Fen(280_00))},
		CarriedIn:    evaluation.Money{Initial: maybe.Some(money.Fen(0)), Budget: maybe.Some(money.Fen(30_00)), Paid: maybe.Some(money.Fen(20_00))},
		Apart:        lang.Of("上年结转资金执行数 = 30.00元 − 10.00元", "paid of what was carried in = 30.00 元 − 10.00 元"),
		Targets:      []evaluation.Target{target("产出指标", "演练", "4", reached, 50), target("效益指标", "受益场次", "10", "10场", 30), target("满意度指标", "满意场次", "9", "9场", 10)}}
	forProject, err := rubric.ForProject(told)
	if err != nil {
		t.Fatal(err)
	}
	run, err := forProject.Evaluate(t.Context(), s, evaluation.About{Period: year2023, Unit: "430600", Subject: "p"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report.ScoresOf(run, &told)
}

func TestAProjectsScoresStandInItsForm(t *testing.T) {
	t.Parallel()
	e := projectScores(t, "5场")
	if e.Execution == nil || e.Execution.Score.FloatString(1) != "7.5" || e.Points.FloatString(0) != "100" || e.Score.FloatString(1) != "97.5" || len(e.Lines) != 3 {
		t.Fatalf("got %+v, want 7.5 of 10 for the execution and 97.5 of 100", e)
	}
	l := e.Lines[0]
	if l.Levels != [3]string{"产出指标", "数量指标", "演练"} || l.Target != "≥4场" || l.Actual.Text != "5场" || l.Actual.Value.FloatString(0) != "5" || l.Actual.Unit != "场" || l.Reason != "按计划完成" {
		t.Errorf("the first line is %+v", l)
	}
	if e.Money.Budget.FloatString(0) != "400" || e.Money.Paid.FloatString(0) != "300" || e.Money.Initial != nil {
		t.Errorf("the money is %+v", e.Money)
	}
	if f := e.Funds; f.Appropriated.Budget.FloatString(0) != "370" || f.CarriedIn.Paid.FloatString(0) != "20" || f.Other.Paid != nil || f.Apart != "上年结转资金执行数 = 30.00元 − 10.00元" {
		t.Errorf("the funds are %+v", f)
	}
}

func TestAFormWithALineThatIsNotScoredHasNoTotal(t *testing.T) {
	t.Parallel()
	if e := projectScores(t, ""); e.Score != nil || e.Lines[0].Score != nil || e.Lines[0].Actual.Text != "" {
		t.Errorf("got %v and %+v, want neither total nor score", e.Score, e.Lines[0])
	}
}

func TestWhatAFigureLosesIsNoCauseOfIt(t *testing.T) {
	t.Parallel()
	scheme, err := evaluation.ParseFile("one.scheme", []byte("scheme one\nyear 2023\nname 示例\nsubject department\n\ngroup 预算执行 | 100\nline 预算完成率 | 100\n  code completion\n  indicator a.completion\n  target ≥100%\n  criterion 100%计满分，每低于1个百分点扣1分，扣完为止\n  broken 按比例\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := sheet{units: map[string]string{"m.paid": "元", "m.budget": "元"}, amounts: map[string]*big.Rat{"m.paid 2023": big.NewRat(98, 1), "m.budget 2023": big.NewRat(100, 1)}}
	file, err := indicator.Parse("a.indicators", []byte(`indicator a.completion "预算完成率" "completion" in % printed 2 = m.paid / m.budget`))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(s, file)
	if err != nil {
		t.Fatal(err)
	}
	rubric, err := evaluation.Define(scheme, set)
	if err != nil {
		t.Fatal(err)
	}
	run, err := rubric.Evaluate(t.Context(), s, evaluation.About{Period: year2023, Unit: "430600", Subject: evaluation.Whole}, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := report.ScoresOf(run, nil)
	l := e.Lines[0]
	if l.Score == nil || l.Score.FloatString(0) != "98" || l.Reason != "〔待填写：偏差原因及改进措施〕" || !errors.Is(e.Gaps, evaluation.ErrNoDeviation) {
		t.Errorf("got %+v and %v, want 98 points and a mark where people write the cause", l, e.Gaps)
	}
}
