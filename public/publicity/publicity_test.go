package publicity

import (
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
)

func TestAnActionIsCountedAlsoWhenNobodyCountedItsAudience(t *testing.T) {
	t.Parallel()
	a := &Action{Number: "XC-1", Title: "示例", HeldOn: period.MustDay(2023, 6, 16)}
	if len(Actions.Post(a, nil)) != 1 || len(Reached.Post(a, nil)) != 0 {
		t.Error("an audience that nobody counted is a number")
	}
	a.Reached = maybe.Some[int64](0)
	if p := Reached.Post(a, nil); len(p) != 1 || p[0].Value != 0 {
		t.Errorf("a stated 0 posts %v", p)
	}
}
