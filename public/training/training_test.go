package training

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
)

func TestMoreExaminedThanCameOrMorePassedThanExaminedIsDoubted(t *testing.T) {
	t.Parallel()
	n := maybe.Some[int64]
	for _, c := range []struct {
		came, examined, passed maybe.Of[int64]
		want                   int
	}{
		{n(100), n(100), n(100), 0},
		{n(100), n(101), n(101), 1},
		{n(100), n(90), n(91), 1},
		{n(90), n(91), n(92), 2},
		{maybe.None[int64](), n(91), maybe.None[int64](), 0},
	} {
		x := &Training{Number: "PX-1", Participants: c.came, Examined: c.examined, Passed: c.passed}
		got := x.Doubts()
		if len(got) != c.want || c.want > 0 && !errors.Is(got[0], ErrMoreThanTookPart) {
			t.Errorf("%v of %v of %v: got %v", c.passed, c.examined, c.came, got)
		}
	}
}

func TestATrainingCountsOnTheDayOnWhichItBegins(t *testing.T) {
	t.Parallel()
	x := &Training{Number: "PX-1", Title: "示例", BeganOn: period.MustDay(2023, 12, 30), EndedOn: period.MustDay(2024, 1, 5), Participants: maybe.Some[int64](40)}
	x.Unit = "430600"
	if faults := Kind.Check(x, period.MustDay(2024, 2, 1)); len(faults) > 0 {
		t.Fatal(faults)
	}
	if p := Participants.Post(x, nil); len(p) != 1 || p[0].Day != x.BeganOn || p[0].Value != 40 {
		t.Errorf("got %v", p)
	}
	x.EndedOn = period.MustDay(2023, 12, 29)
	if faults := Kind.Check(x, period.MustDay(2024, 2, 1)); !errors.Is(faults, ErrEndsBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
}
