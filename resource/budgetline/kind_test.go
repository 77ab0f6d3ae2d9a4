package budgetline_test

import (
	"errors"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/resource/budgetline"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func basic() *budgetline.Line {
	l := &budgetline.Line{Number: "ZB-1", GivenOn: period.MustDay(2023, 2, 1), Document: "岳财预〔2023〕1号", Budget: classification.GeneralPublic,
		Stage: budgetline.Initial, Function: "2240101", Economic: "30101", Category: classification.Basic, Amount: 100 * money.Wan}
	l.Unit = "430600"
	return l
}

func TestWhatALineMayBePlannedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*budgetline.Line)
		want   error
	}{
		{"basic pay", func(*budgetline.Line) {}, nil},
		{"office equipment", func(l *budgetline.Line) { l.Economic = "31002" }, nil},
		{"the construction plan is no basic expenditure", func(l *budgetline.Line) { l.Economic = "30902" }, budgetline.ErrNotBasic},
		{"subsidies to enterprises are no basic expenditure", func(l *budgetline.Line) { l.Economic = "31204" }, budgetline.ErrNotBasic},
		{"basic without economic class", func(l *budgetline.Line) { l.Economic = "" }, budgetline.ErrNoEconomic},
		{"basic with a project", func(l *budgetline.Line) { l.Project = "P1" }, budgetline.ErrProjectCode},
		{"a project without code", func(l *budgetline.Line) { l.Category, l.Economic = classification.Project, "" }, budgetline.ErrProjectCode},
		{"a project down to the item", func(l *budgetline.Line) { l.Category, l.Economic, l.Project = classification.Project, "", "P1" }, nil},
		{"a negative supplement", func(l *budgetline.Line) { l.Stage, l.Amount = budgetline.Supplement, -1 }, budgetline.ErrNegative},
		{"a negative reduction", func(l *budgetline.Line) { l.Stage, l.Amount = budgetline.Reduction, -1 }, budgetline.ErrNegative},
		{"a negative adjustment", func(l *budgetline.Line) { l.Stage, l.Amount = budgetline.Adjustment, -1 }, nil},
	} {
		l := basic()
		c.change(l)
		if err := budgetline.Kind.Check(l, today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestAnItemThatTheYearDoesNotHaveIsADoubtAndNoRefusal(t *testing.T) {
	t.Parallel()
	l := basic()
	l.Function = "2240701"
	if err := budgetline.Kind.Check(l, today).Err(); err != nil {
		t.Fatalf("got %v", err)
	}
	if got := l.Doubts(); !errors.Is(got, budgetline.ErrFunctionOfOtherYear) {
		t.Errorf("got %v", got)
	}
	if got := basic().Doubts(); len(got) > 0 {
		t.Errorf("a sound line is doubted: %v", got)
	}
}

// TestTheFullYearBudgetIsTheSumOfItsStages: 全年预算数 = 年初预算 + 上年结转 + 追加 − 追减 + 调剂, and the initial budget is basic
// and project expenditure.
func TestTheFullYearBudgetIsTheSumOfItsStages(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sum := map[*measure.Measure[budgetline.Line]]money.Fen{}
		var paper money.Fen
		for range rapid.IntRange(0, 10).Draw(t, "lines") {
			l := basic()
			l.Stage = rapid.SampledFrom(budgetline.Stages.Values).Draw(t, "stage").Code
			l.Budget = rapid.SampledFrom(classification.Budgets.Values).Draw(t, "budget").Code
			l.Amount = money.Fen(rapid.Int64Range(1, 1e12).Draw(t, "amount"))
			if rapid.Bool().Draw(t, "project") {
				l.Category, l.Economic, l.Project = classification.Project, "", "P1"
			}
			if err := budgetline.Kind.Check(l, today).Err(); err != nil {
				t.Fatal(err)
			}
			if l.Stage == budgetline.Reduction {
				paper -= l.Amount
			} else {
				paper += l.Amount
			}
			for _, m := range []*measure.Measure[budgetline.Line]{budgetline.Total, budgetline.InitialSum, budgetline.CarriedInSum, budgetline.Added, budgetline.Adjusted, budgetline.InitialBasic, budgetline.InitialProject,
				budgetline.InitialGeneralPublic, budgetline.InitialGovernmentFund, budgetline.InitialSpecialAccount, budgetline.InitialOther,
				budgetline.GeneralPublic, budgetline.GovernmentFund, budgetline.SpecialAccount, budgetline.Other} {
				for _, p := range m.Post(l, nil) {
					sum[m] += money.Fen(p.Value)
				}
			}
		}
		if got := sum[budgetline.InitialSum] + sum[budgetline.CarriedInSum] + sum[budgetline.Added] + sum[budgetline.Adjusted]; got != sum[budgetline.Total] || got != paper {
			t.Fatalf("stages %s, total %s, paper %s", got, sum[budgetline.Total], paper)
		}
		if got := sum[budgetline.InitialBasic] + sum[budgetline.InitialProject]; got != sum[budgetline.InitialSum] {
			t.Fatalf("basic and project %s, initial %s", got, sum[budgetline.InitialSum])
		}
		if got := sum[budgetline.InitialGeneralPublic] + sum[budgetline.InitialGovernmentFund] + sum[budgetline.InitialSpecialAccount] + sum[budgetline.InitialOther]; got != sum[budgetline.InitialSum] {
			t.Fatalf("the initial budget by its money %s, initial %s", got, sum[budgetline.InitialSum])
		}
		if got := sum[budgetline.GeneralPublic] + sum[budgetline.GovernmentFund] + sum[budgetline.SpecialAccount] + sum[budgetline.Other]; got != sum[budgetline.Total] {
			t.Fatalf("the full-year budget by its money %s, total %s", got, sum[budgetline.Total])
		}
	})
}

// TestTheInitialBudgetOfOperatingCostsHasNothingCarriedIn: what was left of last year is no budget of this year's start.
func TestTheInitialBudgetOfOperatingCostsHasNothingCarriedIn(t *testing.T) {
	t.Parallel()
	sum := map[*measure.Measure[budgetline.Line]]money.Fen{}
	for i, stage := range []budgetline.Stage{budgetline.CarriedIn, budgetline.Initial, budgetline.Supplement} {
		l := basic()
		l.Stage, l.Economic, l.Amount = stage, "30201", money.Fen(i+1)*money.Wan
		if err := budgetline.Kind.Check(l, today).Err(); err != nil {
			t.Fatal(err)
		}
		for _, m := range []*measure.Measure[budgetline.Line]{budgetline.Operating, budgetline.InitialOperating} {
			for _, p := range m.Post(l, nil) {
				sum[m] += money.Fen(p.Value)
			}
		}
	}
	if sum[budgetline.Operating] != 6*money.Wan || sum[budgetline.InitialOperating] != 2*money.Wan {
		t.Errorf("in the year %s, at its start %s, want 6万元 and 2万元", sum[budgetline.Operating], sum[budgetline.InitialOperating])
	}
}
