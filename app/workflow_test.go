package app_test

import (
	"errors"
	"fmt"
	"testing"

	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/safety/hazard"
)

// atState is a hazard that the transitions of its states allow to be moved on: every guard is content with it.
func atState(s record.State) *hazard.Hazard {
	h := newHazard(1, "430602", "2023-05-06")
	h.Steps = []hazard.Step{{On: day("2023-05-07"), What: "加装防护栏"}}
	h.Extensions = []hazard.Extension{{Until: day("2024-01-31"), Document: "示例文号", Why: "设计变更"}}
	h.State, h.MovedBy = s, "甲"
	if s == hazard.StateClosed {
		h.ClosedOn = day("2023-06-01")
	}
	return h
}

var now = record.Moment{Now: start, Today: period.DayAt(start), Actor: access.Actor{Name: "乙", Role: access.Administrator}, Reason: "理由"}

func TestAHazardMovesFromEachStateByTheActionsThatAreDrawnAndNoOther(t *testing.T) {
	t.Parallel()
	drawn := map[record.State]map[string]record.State{
		"found":     {"list": "listed", "rectify": "rectified"},
		"listed":    {"extend": "listed", "rectify": "rectified"},
		"rectified": {"return": "found", "close": "closed"},
		"closed":    {"reopen": "found"},
		"withdrawn": {},
	}
	actions := []string{"list", "extend", "rectify", "return", "close", "reopen", "create", "edit", "withdraw", "register", "explode", ""}
	states := hazard.Workflow.States()
	if len(states) != len(drawn) {
		t.Fatalf("the workflow has %d states, %d are drawn", len(states), len(drawn))
	}
	for _, s := range states {
		for _, action := range actions {
			h := atState(s.State)
			before := *h
			err := hazard.Workflow.Move(h, action, now)
			to, allowed := drawn[s.State][action]
			switch {
			case allowed && (err != nil || h.State != to || h.MovedBy != "乙"):
				t.Errorf("%s from %s: got %v, now %s by %s; want %s by 乙", action, s.State, err, h.State, h.MovedBy, to)
			case !allowed && !errors.Is(err, record.ErrNoSuchStep):
				t.Errorf("%s from %s: got %v", action, s.State, err)
			case !allowed && fmt.Sprint(*h) != fmt.Sprint(before):
				t.Errorf("%s from %s was refused and changed the record to %+v", action, s.State, h)
			}
		}
	}
}

func TestStepsAskForFourEyesAndReasons(t *testing.T) {
	t.Parallel()
	for _, s := range hazard.Workflow.Steps() {
		same, silent := now, now
		same.Actor.Name, silent.Reason = "甲", ""
		if err := hazard.Workflow.Move(atState(s.From), s.Action, same); errors.Is(err, record.ErrOwnWork) != s.FourEyes {
			t.Errorf("%s from %s by whoever made the step before: got %v", s.Action, s.From, err)
		}
		if err := hazard.Workflow.Move(atState(s.From), s.Action, silent); errors.Is(err, record.ErrNoReason) != s.Reason {
			t.Errorf("%s from %s without a reason: got %v", s.Action, s.From, err)
		}
	}
}

func TestAListedHazardHasADeadlineAndNoOtherStateHas(t *testing.T) {
	t.Parallel()
	for _, s := range hazard.Workflow.States() {
		h := atState(s.State)
		h.ListedOn = day("2023-05-10")
		h.Extensions = nil
		want := period.Day{}
		if s.State == hazard.StateListed {
			want = day("2023-05-10").Add(90)
		}
		if got := hazard.Workflow.DueOn(h, now); got != want {
			t.Errorf("%s: due on %s, want %s", s.State, got, want)
		}
		h.RectifyBy = day("2023-12-01")
		if got := hazard.Workflow.DueOn(h, now); s.State == hazard.StateListed && got != h.RectifyBy {
			t.Errorf("with a term that was set: due on %s", got)
		}
		h.Extensions = atState(s.State).Extensions
		if got := hazard.Workflow.DueOn(h, now); s.State == hazard.StateListed && got != day("2024-01-31") {
			t.Errorf("with a term that was moved: due on %s", got)
		}
	}
}
