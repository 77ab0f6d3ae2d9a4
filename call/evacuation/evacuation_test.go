package evacuation

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
)

var today = period.MustDay(2023, 6, 20)

func ordered() *Evacuation {
	e := &Evacuation{Number: "ZY-1", Cause: "flash_flood", Area: "示例危险区", OrderedOn: today.Add(-2), DuePeople: maybe.Some[int64](62)}
	e.Unit, e.State, e.MovedBy = "430626", StateOrdered, "甲"
	return e
}

func by(name string) record.Moment {
	return record.Moment{Today: today, Actor: access.Actor{Name: name, Role: access.Administrator}, Reason: "预警解除"}
}

func TestNobodyGoesHomeBeforeTheReturnIsApprovedByAnother(t *testing.T) {
	t.Parallel()
	e := ordered()
	if err := Workflow.Move(e, "move", by("甲")); !errors.Is(err, ErrNobodyMoved) {
		t.Errorf("moved without a number: got %v", err)
	}
	e.MovedPeople = maybe.Some[int64](60)
	if err := Workflow.Move(e, "move", by("甲")); err != nil || e.MovedOn != today {
		t.Fatalf("got %v, moved on %s", err, e.MovedOn)
	}
	if err := Workflow.Move(e, "return", by("乙")); !errors.Is(err, ErrNotApproved) {
		t.Errorf("without approval: got %v", err)
	}
	e.Approval = "县防指〔2023〕3号"
	if err := Workflow.Move(e, "return", by("甲")); !errors.Is(err, record.ErrOwnWork) {
		t.Errorf("by whoever moved them: got %v", err)
	}
	if err := Workflow.Move(e, "return", by("乙")); err != nil || e.ReturnedPeople.V != 60 || e.ReturnedOn != today {
		t.Errorf("got %v, %d returned on %s", err, e.ReturnedPeople.V, e.ReturnedOn)
	}
}

func TestDueMovedAndReturnedAreThreeFiguresOnThreeDays(t *testing.T) {
	t.Parallel()
	e := ordered()
	e.MovedOn, e.MovedPeople = today.Add(-1), maybe.Some[int64](60)
	e.ReturnedOn, e.ReturnedPeople = today, maybe.Some[int64](58)
	for i, p := range [][2]any{{Due.Post(e, nil)[0].Day, int64(62)}, {Moved.Post(e, nil)[0].Day, int64(60)}, {Returned.Post(e, nil)[0].Day, int64(58)}} {
		if p[0] != today.Add(i-2) {
			t.Errorf("figure %d counts on %v", i, p[0])
		}
	}
	e.ReturnedOn = today.Add(-5)
	if faults := Kind.Check(e, today); !errors.Is(faults, ErrOutOfOrder) {
		t.Errorf("returned before moving: got %v", faults)
	}
}

func TestDoubtsOfEvacuations(t *testing.T) {
	t.Parallel()
	n := maybe.Some[int64]
	for _, x := range []struct {
		name string
		edit func(*Evacuation)
		want error
	}{
		{"fewer moved than were due", func(e *Evacuation) { e.MovedPeople = n(60) }, ErrRemainWithoutReason},
		{"fewer moved, with the reason", func(e *Evacuation) { e.MovedPeople, e.Remaining = n(60), "2人外出务工" }, nil},
		{"more moved than were due", func(e *Evacuation) { e.MovedPeople = n(65) }, nil},
		{"more returned than moved", func(e *Evacuation) { e.MovedPeople, e.ReturnedPeople = n(62), n(63) }, ErrMoreReturned},
		{"more frail people than people", func(e *Evacuation) { e.MovedPeople, e.Frail = n(62), n(63) }, ErrMoreFrail},
		{"returned without approval", func(e *Evacuation) { e.ReturnedOn = today }, ErrReturnedUnapproved},
	} {
		e := ordered()
		x.edit(e)
		switch doubts := e.Doubts(); {
		case x.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", x.name, doubts)
		case x.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], x.want)):
			t.Errorf("%s: got %v, want %v", x.name, doubts, x.want)
		}
	}
}
