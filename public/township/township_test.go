package township

import (
	"errors"
	"fmt"
	"testing"

	"anlan/ground/period"
)

var day = period.MustDay(2022, 1, 1)

func accepted(items int) *Township {
	town := &Township{Code: "430602001", Name: "示例乡镇", From: day, AcceptedOn: day.Add(100)}
	town.Unit = "430602"
	for n := range items {
		town.Items = append(town.Items, Item{Name: fmt.Sprintf("第%d项", n+1), Met: true, Evidence: "照片"})
	}
	return town
}

// standing says on which days after the first the measure counts town.
func standing(town *Township, days ...int) (out []bool) {
	for _, n := range days {
		sum := int64(0)
		for _, p := range Met.Post(town, nil) {
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
		edit func(*Township)
		want string
	}{
		{"all items", func(*Township) {}, "[false true true true]"},
		{"lapsed on day 200", func(town *Township) { town.LapsedOn = day.Add(200) }, "[false true false false]"},
		{"merged on day 300", func(town *Township) { town.Until = day.Add(300) }, "[false true true false]"},
		{"lapsed, then merged", func(town *Township) { town.LapsedOn, town.Until = day.Add(200), day.Add(300) }, "[false true false false]"},
		{"an item that is not met", func(town *Township) { town.Items[1].Met = false }, "[false false false false]"},
		{"an item too few", func(town *Township) { town.Items = town.Items[1:] }, "[false false false false]"},
		{"not accepted", func(town *Township) { town.AcceptedOn = period.Day{} }, "[false false false false]"},
	} {
		town := accepted(itemsMin)
		c.edit(town)
		if faults := Kind.Check(town, day.Add(400)); len(faults) > 0 {
			t.Fatalf("%s: %v", c.name, faults)
		}
		if got := fmt.Sprint(standing(town, 99, 100, 200, 300)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAcceptedWithAnItemMissingIsDoubted(t *testing.T) {
	t.Parallel()
	town := accepted(itemsMin)
	town.Items[0].Met, town.Items[1].Evidence = false, ""
	if faults := Kind.Check(town, day.Add(400)); len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := town.Doubts(); len(got) != 2 || !errors.Is(got[0], ErrMetWithoutEvidence) || !errors.Is(got[1], ErrAcceptedIncomplete) {
		t.Errorf("got %v", got)
	}
}

func TestDaysThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	town := accepted(itemsMin)
	town.LapsedOn = town.AcceptedOn.Add(-1)
	if faults := Kind.Check(town, day.Add(400)); !errors.Is(faults, ErrLapsedBeforeAccepted) {
		t.Errorf("got %v", faults)
	}
	town.Until = town.From.Add(-1)
	if faults := Kind.Check(town, day.Add(400)); !errors.Is(faults, ErrEndsBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
}
