package pilot

import (
	"errors"
	"testing"

	"anlan/ground/period"
)

func TestAPilotIsDoneWhenItIsAccepted(t *testing.T) {
	t.Parallel()
	day := period.MustDay(2023, 9, 1)
	p := &Pilot{Number: "SD-1", Enterprise: "示例企业0001", Trade: Chemical, BeganOn: day}
	p.Unit = "430603"
	if len(ChemicalDone.Post(p, nil)) != 0 || len(p.Doubts()) != 0 {
		t.Error("a pilot under way counts as done, or is doubted")
	}
	p.AcceptedOn, p.Scenes = day.Add(60), []Scene{{Name: "智能巡检", InUseOn: day.Add(61)}}
	if got := p.Doubts(); len(ChemicalDone.Post(p, nil)) != 1 || len(TradeDone.Post(p, nil)) != 0 || len(got) != 1 || !errors.Is(got[0], ErrNothingInUse) {
		t.Errorf("got %v", got)
	}
	p.Scenes[0].InUseOn = day.Add(60)
	if got := p.Doubts(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	p.AcceptedOn = day.Add(-1)
	if faults := Kind.Check(p, day.Add(100)); !errors.Is(faults, ErrAcceptedBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
}

func TestAnEnterpriseWithTwoAcceptedPilotsIsFound(t *testing.T) {
	t.Parallel()
	day := period.MustDay(2023, 9, 1)
	all := []*Pilot{{Number: "1", Enterprise: "甲", AcceptedOn: day}, {Number: "2", Enterprise: "甲"}, {Number: "3", Enterprise: "乙", AcceptedOn: day}}
	if got := CountedTwice(all); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	all[1].AcceptedOn = day
	if got := CountedTwice(all); len(got) != 1 || !errors.Is(got[0], ErrTwoPilots) {
		t.Errorf("got %v", got)
	}
	all[0].EnterpriseID[0], all[1].EnterpriseID[0] = 1, 2
	if got := CountedTwice(all); len(got) != 0 {
		t.Errorf("two enterprises of one name: got %v", got)
	}
}
