package report_test

import (
	"errors"
	"math/big"
	"strings"
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
	return scoresOf(t, toldOf(reached))
}

// toldOf is what a project tells that reached so much of its first target.
func toldOf(reached string) evaluation.Told {
	target := func(level, name, value, reached string, points int64) evaluation.Target {
		return evaluation.Target{Level1: level, Level2: "数量指标", Level3: name, Relation: "≥", Value: value, Unit: "场", Reached: reached, Points: field.Scaled(points * 100), Note: "按计划完成"}
	}
	return evaluation.Told{Code: "p", Name: "示例项目",
		Money:   evaluation.Money{Budget: maybe.Some(money.Fen(400_00)), Paid: maybe.Some(money.Fen(300_00))},
		Apart:   lang.Of("上年结转资金执行数 = 30.00元 − 10.00元", "paid of what was carried in = 30.00 元 − 10.00 元"),
		Targets: []evaluation.Target{target("产出指标", "演练", "4", reached, 50), target("效益指标", "受益场次", "10", "10场", 30), target("满意度指标", "满意场次", "9", "9场", 10)}}
}

// scoresOf evaluates what a project tells by the scheme of projects.
func scoresOf(t *testing.T, told evaluation.Told) report.Evaluation {
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
	if e.Funds.Apart != "上年结转资金执行数 = 30.00元 − 10.00元" {
		t.Errorf("the funds are %+v", e.Funds)
	}
}

// TestATargetThatItsRegisterContradictsIsAGap, and a draft says so where the value stands.
func TestATargetThatItsRegisterContradictsIsAGap(t *testing.T) {
	t.Parallel()
	against := evaluation.ErrAgainstRegister.With("示例项目", "演练", "12", "场", "演练台账", "演练", "2023", "演练次数", "8", "场", "示例局", "8", "场", "drill")
	told := toldOf("12场")
	told.Targets[0].Against, told.Money.Paid = against, told.Money.Budget
	e := scoresOf(t, told)
	if len(e.Gaps) != 1 || !errors.Is(e.Gaps, evaluation.ErrAgainstRegister) {
		t.Fatalf("the gaps are %v", e.Gaps)
	}
	s := sheetOf("1", "", "", "")
	s.evaluations = map[string]report.Evaluation{"projectp": e}
	b, err := s.buildAs(t, sheetIndicators, one("title 标题\nevaluation x project of p\ntable\ncolumns 1 1 1 1 1 1 1 1\nlines x\nend"), true)
	if err != nil {
		t.Fatal(err)
	}
	if said := text(&b.Document) + strings.Join(notes(&b.Document), ""); !strings.Contains(said, "〔请核实：项目示例项目的绩效指标“演练”填报实际完成12场") || !errors.Is(b.Frozen(), evaluation.ErrAgainstRegister) {
		t.Errorf("the draft says %s, and is forbidden by %v", said, b.Frozen())
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
