package publicreport

import (
	"errors"
	"slices"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
)

var today = period.MustDay(2023, 6, 20)

func report() *Report {
	r := &Report{Number: "JB-1", ReceivedOn: today.Add(-10), Subject: "hazard"}
	r.Unit, r.State, r.MovedBy = "430600", StateReceived, "甲"
	return r
}

var m = record.Moment{Today: today, Actor: access.Actor{Name: "乙", Role: access.Administrator}}

func TestWhoReportedIsRestrictedAndNoFigureReadsIt(t *testing.T) {
	t.Parallel()
	restricted := []string{"target", "content", "reporter", "phone"}
	for _, f := range Kind.Fields() {
		if want := slices.Contains(restricted, f.Code); (f.Sensitivity == access.Restricted) != want {
			t.Errorf("%s is %v", f.Code, f.Sensitivity)
		}
	}
	for _, s := range Kind.MeasureSpecs() {
		if s.Sensitivity > access.Internal {
			t.Errorf("%s can only be seen by those who may see who reported", s.Code)
		}
	}
}

func TestAReportGoesFromReceivedToClosed(t *testing.T) {
	t.Parallel()
	r := report()
	if err := Workflow.Move(r, "accept", m); err != nil || r.AcceptedOn != today {
		t.Fatal(err)
	}
	if err := Workflow.Move(r, "verify", m); !errors.Is(err, ErrNoFinding) {
		t.Errorf("got %v, want %v", err, ErrNoFinding)
	}
	r.Finding = PartlyTrue
	if err := Workflow.Move(r, "verify", m); err != nil || len(Verified.Post(r, nil)) != 1 {
		t.Errorf("got %v", err)
	}
	r.Reporter = "示例人员"
	if err := Workflow.Move(r, "close", m); !errors.Is(err, ErrNotAnswered) {
		t.Errorf("got %v, want %v", err, ErrNotAnswered)
	}
	r.AnsweredOn = today
	if err := Workflow.Move(r, "close", m); err != nil || len(Closed.Post(r, nil)) != 1 {
		t.Errorf("got %v", err)
	}
	if err := Workflow.Move(report(), "refuse", m); !errors.Is(err, record.ErrNoReason) {
		t.Errorf("refused without a reason: got %v", err)
	}
	r.AnsweredOn = r.ReceivedOn.Add(-1)
	if faults := Kind.Check(r, today); !errors.Is(faults, ErrOutOfOrder) {
		t.Errorf("got %v", faults)
	}
}

func TestDoubtsOfPublicReports(t *testing.T) {
	t.Parallel()
	r := report()
	r.Finding, r.Reward = Untrue, maybe.Some(money.Wan)
	got := r.Doubts()
	if len(got) != 3 || !errors.Is(got[0], ErrRewardForUntrue) || !errors.Is(got[1], ErrRewardWithoutDay) || !errors.Is(got[2], ErrFoundWithoutDay) {
		t.Errorf("got %v", got)
	}
	if len(Verified.Post(r, nil)) != 0 {
		t.Error("what was not true counts as verified")
	}
	r.Finding, r.VerifiedOn, r.RewardedOn = True, today, today
	if got := r.Doubts(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
