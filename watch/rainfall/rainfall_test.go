package rainfall

import (
	"errors"
	"fmt"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record/field"

	"pgregory.net/rapid"
)

var first = period.MustDay(2023, 4, 1)

func process(n, from, days int) *Process {
	p := &Process{Number: fmt.Sprintf("JY2023-%02d", n), BeganOn: first.Add(from), EndedOn: first.Add(from + days), Strength: Fair, Casualties: maybe.Some[int64](0)}
	p.Unit = "430600"
	return p
}

func TestNobodyHurtIsAStatementAndNotAnAbsence(t *testing.T) {
	t.Parallel()
	p := process(1, 0, 2)
	if got := Casualties.Post(p, nil); len(got) != 1 || got[0].Value != 0 || len(p.Doubts()) != 0 {
		t.Errorf("a stated 0 posts %v, doubts %v", got, p.Doubts())
	}
	p.Casualties = maybe.None[int64]()
	if got := Casualties.Post(p, nil); len(got) != 0 {
		t.Errorf("what is not stated posts %v", got)
	}
	if d := p.Doubts(); len(d) != 1 || !errors.Is(d[0], ErrCasualtiesUnsaid) {
		t.Errorf("got %v", d)
	}
}

func TestAProcessIsCountedOnItsFirstDayAndByItsStrength(t *testing.T) {
	t.Parallel()
	p := process(1, 0, 2)
	p.Strength = Ordinary
	if len(Processes.Post(p, nil)) != 1 || len(Stronger.Post(p, nil)) != 0 {
		t.Error("an ordinary process is one process and no strong one")
	}
	p.EndedOn = first.Add(-1)
	if faults := Kind.Check(p, first.Add(30)); !errors.Is(faults, ErrEndsBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
	p = process(1, 0, 2)
	p.Mean, p.Highest = maybe.Some[field.Scaled](801), maybe.Some[field.Scaled](800)
	if d := p.Doubts(); len(d) != 1 || !errors.Is(d[0], ErrMeanAboveHighest) {
		t.Errorf("got %v", d)
	}
}

// TestOverlappingIsSilentExactlyWhenNoTwoProcessesShareADay compares with looking at each pair.
func TestOverlappingIsSilentExactlyWhenNoTwoProcessesShareADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []*Process
		for i := range rapid.IntRange(0, 6).Draw(t, "processes") {
			p := process(i, rapid.IntRange(0, 20).Draw(t, "from"), rapid.IntRange(0, 4).Draw(t, "days"))
			if rapid.Bool().Draw(t, "elsewhere") {
				p.Unit = "430621"
			}
			all = append(all, p)
		}
		shared := false
		for i, a := range all {
			for _, b := range all[i+1:] {
				shared = shared || a.Unit == b.Unit && !a.EndedOn.Before(b.BeganOn) && !b.EndedOn.Before(a.BeganOn)
			}
		}
		if got := Overlapping(all); (len(got) > 0) != shared {
			t.Fatalf("shared %v, got %v", shared, got)
		}
	})
}
