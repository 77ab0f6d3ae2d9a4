package village

import (
	"errors"
	"fmt"
	"testing"

	"anlan/ground/period"
)

var day = period.MustDay(2022, 1, 1)

func accepted(items int) *Village {
	v := &Village{Code: "430602001001", Name: "示例村（社区）", From: day, AcceptedOn: day.Add(100)}
	v.Unit = "430602"
	for n := range items {
		v.Items = append(v.Items, Item{Name: fmt.Sprintf("第%d项", n+1), Met: true, Evidence: "照片"})
	}
	return v
}

// standing says on which days after the first the measure counts v.
func standing(v *Village, days ...int) (out []bool) {
	for _, n := range days {
		sum := int64(0)
		for _, p := range Met.Post(v, nil) {
			if !day.Add(n).Before(p.Day) {
				sum += p.Count
			}
		}
		out = append(out, sum == 1)
	}
	return out
}

func TestUpToTheStandardFromAcceptanceUntilItLapsesOrIsMerged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		edit func(*Village)
		want string
	}{
		{"all items", func(*Village) {}, "[false true true true]"},
		{"lapsed on day 200", func(v *Village) { v.LapsedOn = day.Add(200) }, "[false true false false]"},
		{"merged on day 300", func(v *Village) { v.Until = day.Add(300) }, "[false true true false]"},
		{"lapsed, then merged", func(v *Village) { v.LapsedOn, v.Until = day.Add(200), day.Add(300) }, "[false true false false]"},
		{"an item that is not met", func(v *Village) { v.Items[1].Met = false }, "[false false false false]"},
		{"an item too few", func(v *Village) { v.Items = v.Items[1:] }, "[false false false false]"},
		{"not accepted", func(v *Village) { v.AcceptedOn = period.Day{} }, "[false false false false]"},
	} {
		v := accepted(itemsMin)
		c.edit(v)
		if faults := Kind.Check(v, day.Add(400)); len(faults) > 0 {
			t.Fatalf("%s: %v", c.name, faults)
		}
		if got := fmt.Sprint(standing(v, 99, 100, 200, 300)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAcceptedWithAnItemMissingIsDoubted(t *testing.T) {
	t.Parallel()
	v := accepted(itemsMin)
	v.Items[0].Met, v.Items[1].Evidence = false, ""
	if faults := Kind.Check(v, day.Add(400)); len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := v.Doubts(); len(got) != 2 || !errors.Is(got[0], ErrMetWithoutEvidence) || !errors.Is(got[1], ErrAcceptedIncomplete) {
		t.Errorf("got %v", got)
	}
}

func TestDaysThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	v := accepted(itemsMin)
	v.LapsedOn = v.AcceptedOn.Add(-1)
	if faults := Kind.Check(v, day.Add(400)); !errors.Is(faults, ErrLapsedBeforeAccepted) {
		t.Errorf("got %v", faults)
	}
	v.Until = v.From.Add(-1)
	if faults := Kind.Check(v, day.Add(400)); !errors.Is(faults, ErrEndsBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
}
