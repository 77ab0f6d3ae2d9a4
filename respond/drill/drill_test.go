package drill

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
)

var held = period.MustDay(2023, 5, 12)

func TestAProblemIsOverdueFromTheDayAfterItsTermUntilItWasTriedAgain(t *testing.T) {
	t.Parallel()
	d := &Drill{Number: "YL-1", HeldOn: held, Evaluation: "良好", Problems: []Problem{{What: "通信中断", MendBy: held.Add(30), MendedOn: held.Add(40)}, {What: "无期限"}}}
	for _, c := range []struct {
		after int
		want  int
	}{{30, 0}, {31, 1}, {40, 1}, {41, 0}} {
		if got := d.Overdue(held.Add(c.after)); len(got) != c.want || c.want == 1 && !errors.Is(got[0], ErrNotMended) {
			t.Errorf("%d days after the drill: got %v, want %d", c.after, got, c.want)
		}
	}
}

func TestADrillCountsOnceAndItsParticipantsWhenTheyAreKnown(t *testing.T) {
	t.Parallel()
	d := &Drill{Number: "YL-1", HeldOn: held}
	if len(Held.Post(d, nil)) != 1 || len(Participants.Post(d, nil)) != 0 {
		t.Error("participants that nobody recorded are counted")
	}
	d.Participants = maybe.Some[int64](120)
	if p := Participants.Post(d, nil); len(p) != 1 || p[0].Value != 120 {
		t.Errorf("got %v", p)
	}
	d.Problems = []Problem{{What: "通信中断", MendedOn: held.Add(-1)}}
	if got := d.Doubts(); len(got) != 2 || !errors.Is(got[0], ErrNotEvaluated) || !errors.Is(got[1], ErrMendedBefore) {
		t.Errorf("got %v", got)
	}
}
