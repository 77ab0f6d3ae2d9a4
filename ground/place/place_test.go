package place_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/ground/period"
	"anlan/ground/place"
)

func day(s string) period.Day {
	d, err := period.ISODay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestCodesOfPlacesAndUnits(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]bool{ // a place, a unit
		"":              {true, true},
		"430600":        {true, true},
		"430602001":     {true, true},
		"430602001001":  {true, true},
		"430600-03":     {false, true},
		"430600-1203":   {false, true},
		"430602001-02":  {false, true},
		"43060":         {false, false},
		"4306021":       {false, false},
		"43060２":        {false, false},
		"430600-3":      {false, false},
		"430600-":       {false, false},
		"430600-12345":  {false, false},
		"430600-03-01":  {false, false},
		"-03":           {false, false},
		"430600_03":     {false, false},
		"4306020010010": {false, false},
	} {
		code, err := place.ParseCode(s)
		if ok := err == nil; ok != want[0] || ok && string(code) != s || !ok && !errors.Is(err, place.ErrNotACode) {
			t.Errorf("place %q: got %q, %v", s, code, err)
		}
		unit, err := place.ParseUnit(s)
		if ok := err == nil; ok != want[1] || ok && string(unit) != s || !ok && !errors.Is(err, place.ErrNotAUnit) {
			t.Errorf("unit %q: got %q, %v", s, unit, err)
		}
	}
}

func TestSectionThatMovesIsUnderEachParentInItsTime(t *testing.T) {
	t.Parallel()
	tree := place.NewTree([]place.Edge[place.Unit]{
		{Child: "430600-03", Parent: "430600", Until: day("2023-07-01")},
		{Child: "430600-03", Parent: "430602", From: day("2023-07-01"), Until: day("2024-01-01")},
		{Child: "430600-03", Parent: "430600", From: day("2024-01-01")},
		{Child: "430602", Parent: "430600", From: day("2023-08-01")},
	}, "430621")
	for _, c := range []struct {
		root place.Unit
		on   string
		want []place.Unit
	}{
		{"430600", "2023-06-30", []place.Unit{"430600", "430600-03"}},
		{"430600", "2023-07-01", []place.Unit{"430600"}},
		{"430600", "2023-08-01", []place.Unit{"430600", "430600-03", "430602"}},
		{"430602", "2023-07-01", []place.Unit{"430600-03", "430602"}},
		{"430602", "2024-01-01", []place.Unit{"430602"}},
		{"430621", "2024-01-01", []place.Unit{"430621"}},
	} {
		if diff := cmp.Diff(tree.On(c.root, day(c.on)), c.want); diff != "" {
			t.Errorf("%s on %s: %s", c.root, c.on, diff)
		}
	}
	held := tree.Under("430600")
	var got []string
	for _, h := range held {
		got = append(got, fmt.Sprintf("%s [%s, %s)", h.Node, h.From, h.Until))
	}
	want := []string{"430600 [, )", "430600-03 [, 2023-07-01)", "430600-03 [2023-08-01, )", "430602 [2023-08-01, )"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Error(diff)
	}
	if !tree.Has("430621") || !tree.Has("430600-03") || tree.Has("430699") || (place.Tree[place.Unit]{}).Has("430600") {
		t.Error("a tree has its roots and what its edges name, and nothing else")
	}
}

// stands is the naive answer: walk up from node by the edges that hold on the day.
func stands(edges []place.Edge[place.Code], node, root place.Code, on period.Day, seen map[place.Code]bool) bool {
	if node == root {
		return true
	}
	if seen[node] {
		return false
	}
	seen[node] = true
	for _, e := range edges {
		holds := (e.From.IsZero() || !on.Before(e.From)) && (e.Until.IsZero() || on.Before(e.Until))
		if e.Child == node && holds && stands(edges, e.Parent, root, on, seen) {
			return true
		}
	}
	return false
}

// Edges are drawn without any order among them: overlapping ones, empty ones and circles are part of the test.
func TestRightBelowAUnitStandWhatDoesOnTheDay(t *testing.T) {
	t.Parallel()
	tree := place.NewTree([]place.Edge[place.Unit]{
		{Child: "430602", Parent: "430600", From: day("2023-08-01")},
		{Child: "430600-03", Parent: "430600", Until: day("2023-07-01")},
		{Child: "430600-03", Parent: "430600", From: day("2024-01-01")},
		{Child: "430602-01", Parent: "430602"},
		{Child: "430600", Parent: "430600"},
	})
	for on, want := range map[string][]place.Unit{"2023-06-30": {"430600-03"}, "2023-07-15": nil, "2023-08-01": {"430602"}, "2024-01-01": {"430600-03", "430602"}} {
		if got := tree.Below("430600", day(on)); !slices.Equal(got, want) {
			t.Errorf("on %s: %v, want %v", on, got, want)
		}
	}
}

func TestTreeAgreesWithWalkingUpDayByDay(t *testing.T) {
	t.Parallel()
	start := day("2023-01-01")
	node := rapid.SampledFrom([]place.Code{"1", "2", "3", "4", "5"})
	bound := rapid.Custom(func(t *rapid.T) period.Day {
		if n := rapid.IntRange(-3, 8).Draw(t, "bound"); n >= 0 {
			return start.Add(n)
		}
		return period.Day{}
	})
	rapid.Check(t, func(t *rapid.T) {
		edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) place.Edge[place.Code] {
			return place.Edge[place.Code]{Child: node.Draw(t, "child"), Parent: node.Draw(t, "parent"), From: bound.Draw(t, "from"), Until: bound.Draw(t, "until")}
		}), 0, 10).Draw(t, "edges")
		tree, root := place.NewTree(edges), node.Draw(t, "root")
		held := tree.Under(root)
		for n := -1; n <= 9; n++ {
			on := start.Add(n)
			var want []place.Code
			for _, c := range []place.Code{"1", "2", "3", "4", "5"} {
				if stands(edges, c, root, on, map[place.Code]bool{}) {
					want = append(want, c)
				}
			}
			if got := tree.On(root, on); !slices.Equal(got, want) {
				t.Fatalf("under %s on %s: got %v, want %v (spans %v)", root, on, got, want, held)
			}
		}
		for i := 1; i < len(held); i++ {
			a, b := held[i-1], held[i]
			if a.Node > b.Node || a.Node == b.Node && (a.Until.IsZero() || !a.Until.Before(b.From)) {
				t.Fatalf("spans %v and %v overlap, touch or stand out of order", a, b)
			}
		}
	})
}

func FuzzParseUnit(f *testing.F) {
	for _, s := range []string{"430600", "430600-03", "430602001-02", "-", "430600-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if u, err := place.ParseUnit(s); err == nil && string(u) != s {
			t.Fatalf("%q reads as %q", s, u)
		}
	})
}
