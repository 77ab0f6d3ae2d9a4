package evaluation_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record/field"
)

// decided is a decision of the group about a line.
func decided(scheme, line string, set func(*evaluation.Judgement)) evaluation.Judgement {
	j := evaluation.Judgement{Scheme: scheme, Year: 2023, About: evaluation.Whole, Line: line, Stage: evaluation.Decision,
		By: "示例组长", On: period.MustDay(2024, 3, 18), Reason: "示例理由", Evidence: "示例依据"}
	set(&j)
	return j
}

func level(name string, hundredths field.Scaled) func(*evaluation.Judgement) {
	return func(j *evaluation.Judgement) { j.Level, j.Points = name, maybe.Some(hundredths) }
}

func items(s string) func(*evaluation.Judgement) {
	return func(j *evaluation.Judgement) { j.Items = s }
}

func value(s string) func(*evaluation.Judgement) {
	return func(j *evaluation.Judgement) { j.Value = s }
}

// hunanDecisions are decisions on every judged line of the Hunan rubric.
func hunanDecisions() []evaluation.Judgement {
	return []evaluation.Judgement{
		decided("hunan", "rules_complete", items("1、2、4")),
		decided("hunan", "disclosure", items("1,2,3,4,5")),
		decided("hunan", "key_work", value("98.5分")),
		decided("hunan", "benefits", level("达成年度指标", 900)),
		decided("hunan", "efficiency", level("一般", 300)),
	}
}

func run(t testing.TB, scheme string, source indicator.Source, js ...evaluation.Judgement) *evaluation.Run {
	t.Helper()
	r, err := define(t, shippedScheme(t, scheme)).Evaluate(t.Context(), source, whole, js)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func outcome(t testing.TB, r *evaluation.Run, key string) evaluation.Outcome {
	t.Helper()
	for _, o := range r.Outcomes {
		if o.Line.Key() == key {
			return o
		}
	}
	t.Fatalf("no line %s", key)
	return evaluation.Outcome{}
}

func Test_the_rubric_of_hunan_on_the_figures_of_the_published_report(t *testing.T) {
	t.Parallel()
	r := run(t, "hunan", year2023(), hunanDecisions()...)
	for key, want := range map[string]string{
		"staff_control":       "5",
		"three_public_change": "5",
		"budget_control":      "0", // 1585.62 ÷ 1685.91 = 94.05 %: whoever uses this line cannot have 99 points
		"building_area":       "5", // nothing was built
		"rules_complete":      "6",
		"operating_control":   "8",
		"procurement":         "16/5", // 93 %: 7 points below, 1.4 steps of 2
		"key_work":            "197/25",
		"efficiency":          "3",
		"satisfaction":        "6",
	} {
		if got := outcome(t, r, key).Points; got == nil || got.Cmp(points(want)) != 0 {
			t.Errorf("%s: %v, want %s", key, got, want)
		}
	}
	total, scored, unscored := r.Total()
	if unscored != 0 || scored.Cmp(points("100")) != 0 {
		t.Errorf("%d lines of %v are not scored", unscored, scored)
	}
	if g, ok := r.Grade(); !ok || g != evaluation.Good {
		t.Errorf("%s is %s", evaluation.Text(total), g)
	}
	var zh, en strings.Builder
	for _, o := range r.Outcomes {
		zh.WriteString(o.Explain(lang.Chinese))
		en.WriteString(o.Explain(lang.English))
	}
	zh.WriteString(evaluation.Text(total) + "\n")
	golden(t, "hunan.zh.txt", zh.String())
	golden(t, "hunan.en.txt", en.String())
}

func Test_a_judged_line_without_decision_is_not_scored_and_the_run_has_no_grade(t *testing.T) {
	t.Parallel()
	proposal := decided("hunan", "efficiency", level("好", 600))
	proposal.Stage = evaluation.Proposal
	other := decided("hunan", "efficiency", level("好", 600))
	other.Year = 2022
	r := run(t, "hunan", year2023(), proposal, other)
	o := outcome(t, r, "efficiency")
	if o.Points != nil || o.Why.Zh != "评价组还没有认定" || len(o.Judgements) != 1 {
		t.Errorf("%v because %s", o.Points, o.Why.Zh)
	}
	if _, ok := r.Grade(); ok {
		t.Error("graded although lines are not scored")
	}
	if _, scored, unscored := r.Total(); unscored != 5 || scored.Cmp(points("63")) != 0 {
		t.Errorf("%d not scored, %v scored", unscored, scored)
	}
}

func Test_what_nobody_recorded_is_not_scored(t *testing.T) {
	t.Parallel()
	source := year2023()
	delete(source, "survey.answers 2023")
	delete(source, "building.approved_area 2023")
	r := run(t, "hunan", source)
	for _, key := range []string{"satisfaction", "building_area"} {
		o := outcome(t, r, key)
		if o.Points != nil || !strings.Contains(o.Why.Zh, "无记录") || !strings.Contains(o.Why.En, "none recorded") {
			t.Errorf("%s: %v because %q", key, o.Points, o.Why)
		}
	}
	source["accident.deaths 2022"] = indicator.Number(0, 0)
	if o := outcome(t, run(t, "department", source), "social"); o.Points != nil || !strings.Contains(o.Why.Zh, "无法计算") {
		t.Errorf("a base of 0 gives %v", o.Points)
	}
}

func Test_decisions_that_cannot_be_used_and_doubts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line string
		set  func(*evaluation.Judgement)
		why  string
	}{
		{"rules_complete", items("5"), "没有第5项"},
		{"rules_complete", level("好", 800), "须写明满足哪几项"},
		{"efficiency", items("1"), "须写明档次"},
		{"efficiency", level("很好", 600), "没有“很好”这一档"},
		{"benefits", level("达成年度指标", 700), "应在8–10分之间"},
		{"benefits", func(j *evaluation.Judgement) { j.Level = "达成年度指标" }, "须写明认定多少分"},
		{"key_work", value("很高"), "须写明实际值"},
		{"key_work", value("98.5%"), "不能比较"},
	} {
		o := outcome(t, run(t, "hunan", year2023(), decided("hunan", c.line, c.set)), c.line)
		if o.Points != nil || !strings.Contains(o.Why.Zh, c.why) {
			t.Errorf("%s: %v because %s", c.line, o.Points, o.Why.Zh)
		}
	}

	same := decided("hunan", "rules_complete", items("1、2、3、4"))
	same.Stage = evaluation.Proposal
	bare := decided("hunan", "rules_complete", func(j *evaluation.Judgement) {
		j.Items, j.Evidence, j.Points = "1、2、3、4", "", maybe.Some(field.Scaled(700))
	})
	review := decided("hunan", "staff_control", func(j *evaluation.Judgement) { j.Points, j.Stage = maybe.Some(field.Scaled(450)), evaluation.Review })
	r := run(t, "hunan", year2023(), same, bare, review)
	o := outcome(t, r, "rules_complete")
	for _, want := range []error{evaluation.ErrOwnDecision, evaluation.ErrNoEvidence, evaluation.ErrPointsDiffer} {
		if !errors.Is(o.Doubts, want) {
			t.Errorf("no doubt %v in %v", want, o.Doubts)
		}
	}
	o = outcome(t, r, "staff_control")
	if o.Points.Cmp(points("5")) != 0 || o.Reviewed().Cmp(points("9/2")) != 0 || !errors.Is(o.Doubts, evaluation.ErrPointsDiffer) {
		t.Errorf("%v, reviewed %v, %v", o.Points, o.Reviewed(), o.Doubts)
	}
}

func Test_every_level_is_the_sum_of_the_level_beneath(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"hunan", "department"} {
		r := run(t, name, year2023(), hunanDecisions()...)
		var sum func(n *evaluation.Node)
		sum = func(n *evaluation.Node) {
			if n.Outcome != nil {
				return
			}
			full, got, unscored := points("0"), points("0"), 0
			for _, c := range n.Of {
				sum(c)
				full.Add(full, c.Full)
				got.Add(got, c.Points)
				unscored += c.Unscored
			}
			if full.Cmp(n.Full) != 0 || got.Cmp(n.Points) != 0 || unscored != n.Unscored {
				t.Errorf("%s: %v/%v, below it %v/%v", n.Name, n.Points, n.Full, got, full)
			}
		}
		root := r.Tree()
		sum(root)
		if root.Full.Cmp(points("100")) != 0 {
			t.Errorf("%s has %v", name, root.Full)
		}
	}
	root := run(t, "department", year2023()).Tree()
	var numbers []string
	for _, n := range root.Of[0].Of {
		numbers = append(numbers, n.Number)
	}
	if got := strings.Join(numbers, ""); got != "（一）（二）（三）（四）（六）" {
		t.Errorf("the groups are numbered %s", got)
	}
}

func Test_grades(t *testing.T) {
	t.Parallel()
	for total, want := range map[string]evaluation.Grade{"100": evaluation.Excellent, "90": evaluation.Excellent, "89.99": evaluation.Good,
		"80": evaluation.Good, "79.99": evaluation.Fair, "60": evaluation.Fair, "59.999": evaluation.Poor, "0": evaluation.Poor} {
		if got := evaluation.GradeOf(points(total)); got != want {
			t.Errorf("%s is %s, want %s", total, got, want)
		}
	}
	for exact, want := range map[string]string{"1199/250": "4.8", "4.995": "5", "0": "0", "100": "100", "98.374": "98.37", "98.375": "98.38"} {
		if got := evaluation.Text(points(exact)); got != want {
			t.Errorf("%s is printed %s, want %s", exact, got, want)
		}
	}
}

func Test_a_kept_run_says_what_was_computed(t *testing.T) {
	t.Parallel()
	r := run(t, "hunan", year2023(), hunanDecisions()...)
	k := r.Keep(42)
	if k.Position != 42 || k.Hash != r.Rubric.Hash() || len(k.Lines) != 16 || k.Grade != evaluation.Good || k.Unscored != 0 {
		t.Errorf("%+v", k)
	}
	k.Unit = "430600"
	if faults := evaluation.KeptKind.Check(k, period.MustDay(2024, 3, 31)); len(faults) > 0 {
		t.Error(faults)
	}
	if !strings.Contains(k.Lines[0].Arithmetic, "92") || k.Lines[0].Definition == "" {
		t.Errorf("%+v", k.Lines[0])
	}
}
