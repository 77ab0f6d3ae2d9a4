package plan

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
)

func day(text string) period.Day {
	d, err := period.ISODay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func issued(number, on string) *Plan {
	p := &Plan{Number: number, Name: "示例专项预案", Sort: "special", IssuedOn: day(on)}
	p.Unit, p.State, p.MovedBy = "430600", StateInForce, "甲"
	return p
}

func TestAPlanIsEvaluatedThreeYearsAfterIssueAndThenAfterEachEvaluation(t *testing.T) {
	t.Parallel()
	m := record.Moment{Today: day("2023-05-06"), Actor: access.Actor{Name: "乙", Role: access.Administrator}}
	for _, c := range []struct{ issued, due string }{{"2020-05-06", "2023-05-06"}, {"2020-02-29", "2023-03-01"}} {
		if got := Workflow.DueOn(issued("示例文号", c.issued), m); got != day(c.due) {
			t.Errorf("issued on %s: due on %s, want %s", c.issued, got, c.due)
		}
	}
	p := issued("示例文号", "2020-05-06")
	if err := Workflow.Move(p, "evaluate", m); err != nil || p.EvaluatedOn != m.Today || Workflow.DueOn(p, m) != day("2026-05-06") {
		t.Errorf("got %v, evaluated on %s, due on %s", err, p.EvaluatedOn, Workflow.DueOn(p, m))
	}
	p = issued("示例文号", "2020-05-06")
	p.EvaluatedOn = day("2023-04-01") // the day that the minutes name
	if err := Workflow.Move(p, "evaluate", m); err != nil || p.EvaluatedOn != day("2023-04-01") {
		t.Errorf("got %v, evaluated on %s", err, p.EvaluatedOn)
	}
	p.DueOn = day("2026-04-01") // stamped by that evaluation; the next sets no day
	if err := Workflow.Move(p, "evaluate", m); err != nil || p.EvaluatedOn != m.Today {
		t.Errorf("a second time: got %v, evaluated on %s", err, p.EvaluatedOn)
	}
}

func TestARevisionIsANewPlanThatNamesTheOldOne(t *testing.T) {
	t.Parallel()
	old, revised := issued("岳政办发〔2019〕4号", "2019-05-06"), issued("岳政办发〔2023〕7号", "2023-07-01")
	revised.Replaces = old.Number
	if len(Revised.Post(old, nil)) != 0 || len(Revised.Post(revised, nil)) != 1 {
		t.Error("exactly the plan that replaces another is a revised one")
	}
	if d := Replaced([]*Plan{old, revised}); len(d) != 1 || !errors.Is(d[0], ErrReplaced) {
		t.Errorf("the old one still stands: got %v", d)
	}
	old.RepealedOn = day("2023-07-02")
	if d := Replaced([]*Plan{old, revised}); len(d) != 1 {
		t.Errorf("both stand for a day: got %v", d)
	}
	old.RepealedOn = day("2023-07-01")
	if d := Replaced([]*Plan{revised, old}); len(d) != 0 {
		t.Errorf("got %v", d)
	}
	if d := Replaced([]*Plan{revised}); len(d) != 1 || !errors.Is(d[0], ErrReplacesUnknown) {
		t.Errorf("got %v", d)
	}
}

func TestAPlanIsSoundOrDoubted(t *testing.T) {
	t.Parallel()
	p := issued("岳政办发〔2023〕7号", "2022-07-01")
	if d := p.Doubts(); len(d) != 1 || !errors.Is(d[0], ErrNumberOfAnotherYear) {
		t.Errorf("got %v", d)
	}
	p.Replaces = p.Number
	if faults := Kind.Check(p, day("2024-01-01")); !errors.Is(faults, ErrReplacesItself) {
		t.Errorf("got %v", faults)
	}
	p.RepealedOn = day("2022-06-30")
	if faults := Kind.Check(p, day("2024-01-01")); !errors.Is(faults, ErrOutOfOrder) {
		t.Errorf("got %v", faults)
	}
}
