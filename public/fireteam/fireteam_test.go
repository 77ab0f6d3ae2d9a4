package fireteam

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
)

func TestATeamIsNewOnceAndCountsUntilItIsDisbanded(t *testing.T) {
	t.Parallel()
	x := &Team{Number: "XF-1", Name: "示例镇专职消防队"}
	x.Unit = "430626"
	if n := len(New.Post(x, nil)) + len(Total.Post(x, nil)); n != 0 {
		t.Errorf("a team that is being built posts %d times", n)
	}
	x.AcceptedOn, x.DisbandedOn, x.Members = period.MustDay(2023, 10, 1), period.MustDay(2024, 10, 1), maybe.Some[int64](8)
	if p := Total.Post(x, nil); len(New.Post(x, nil)) != 1 || len(p) != 2 || p[1].Day != x.DisbandedOn || p[1].Count != -1 {
		t.Errorf("got %v", p)
	}
	if p := Members.Post(x, nil); len(p) != 2 || p[0].Value != 8 || p[1].Value != -8 {
		t.Errorf("got %v", p)
	}
	x.DisbandedOn = x.AcceptedOn.Add(-1)
	if faults := Kind.Check(x, period.MustDay(2025, 1, 1)); !errors.Is(faults, ErrDisbandedBeforeAccepted) {
		t.Errorf("got %v", faults)
	}
}

func TestATeamThatWasAcceptedEmptyIsDoubted(t *testing.T) {
	t.Parallel()
	n := maybe.Some[int64]
	for _, c := range []struct {
		members, engines maybe.Of[int64]
		want             int
	}{{n(8), n(1), 0}, {n(0), n(1), 1}, {n(8), n(0), 1}, {n(8), maybe.None[int64](), 1}} {
		x := &Team{Name: "示例", AcceptedOn: period.MustDay(2023, 10, 1), Members: c.members, Engines: c.engines}
		if got := x.Doubts(); len(got) != c.want {
			t.Errorf("%v members, %v engines: got %v", c.members, c.engines, got)
		}
	}
}
