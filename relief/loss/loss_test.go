package loss

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"

	"pgregory.net/rapid"
)

var began = period.MustDay(2023, 6, 18)

func issue(e Edition, days int, wan int64) Issue {
	return Issue{Edition: e, As: began.Add(days), Affected: maybe.Some[int64](1000), Deaths: maybe.Some[int64](0), Loss: maybe.Some(money.Fen(wan) * money.Wan)}
}

func report(issues ...Issue) *Report {
	r := &Report{Event: "ZH2023-07", Reporter: "430626", BeganOn: began, Issues: issues}
	r.Unit = "430626"
	return r
}

func TestFiguresReadTheNewestEditionOnTheDayTheDisasterBegan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		issues []Issue
		want   int64 // 万元; 0: none
		final  bool
	}{
		{"nothing yet", nil, 0, false},
		{"the first report", []Issue{issue(First, 0, 1200)}, 1200, false},
		{"the last follow-up", []Issue{issue(First, 0, 1200), issue(FollowUp, 1, 1300), issue(FollowUp, 2, 1400)}, 1400, false},
		{"of one day the last row", []Issue{issue(First, 0, 1200), issue(FollowUp, 1, 1300), issue(FollowUp, 1, 1350)}, 1350, false},
		{"the verified one, also when it is less", []Issue{issue(First, 0, 1200), issue(FollowUp, 1, 1300), issue(Verified, 10, 1250)}, 1250, true},
		{"a follow-up that came too late does not count", []Issue{issue(First, 0, 1200), issue(Verified, 10, 1250), issue(FollowUp, 11, 1400)}, 1250, true},
		{"a correction", []Issue{issue(First, 0, 1200), issue(Verified, 10, 1250), issue(Corrected, 40, 1260)}, 1260, true},
	} {
		r := report(c.issues...)
		if faults := Kind.Check(r, began.Add(100)); len(faults) > 0 {
			t.Fatalf("%s: %v", c.name, faults)
		}
		got := DirectLoss.Post(r, nil)
		if c.want == 0 && len(got) != 0 || c.want != 0 && (len(got) != 1 || got[0].Day != began || got[0].Value != c.want*int64(money.Wan)) {
			t.Errorf("%s: posts %v, want %d 万元", c.name, got, c.want)
		}
		if n := len(VerifiedReports.Post(r, nil)); (n == 1) != c.final {
			t.Errorf("%s: counted as verified %d times", c.name, n)
		}
	}
}

// TestTheNewestEditionIsNoneThatAnotherFollows compares with the definition, and shows that the order of rows of different
// rank or day does not matter.
func TestTheNewestEditionIsNoneThatAnotherFollows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var issues []Issue
		for i := range rapid.IntRange(1, 6).Draw(t, "editions") {
			issues = append(issues, issue(rapid.SampledFrom(ranks).Draw(t, "edition"), rapid.IntRange(0, 5).Draw(t, "day"), int64(i)))
		}
		r := report(issues...)
		newest := *r.Newest()
		rank := map[Edition]int{First: 0, FollowUp: 1, Verified: 2, Corrected: 3}
		for i, x := range issues {
			later := rank[x.Edition] > rank[newest.Edition] || x.Edition == newest.Edition && newest.As.Before(x.As) ||
				x.Edition == newest.Edition && x.As == newest.As && int64(i)*int64(money.Wan) > int64(newest.Loss.V)
			if later {
				t.Fatalf("%s of %s follows %s of %s", x.Edition, x.As, newest.Edition, newest.As)
			}
		}
		turned := report(rapid.Permutation(issues).Draw(t, "turned")...).Newest()
		if turned.Edition != newest.Edition || turned.As != newest.As {
			t.Fatalf("in another order %s of %s is the newest", turned.Edition, turned.As)
		}
	})
}

func TestAReportBelongsToTheUnitThatMadeIt(t *testing.T) {
	t.Parallel()
	r := report(issue(First, 0, 1))
	r.Unit = "430600"
	if faults := Kind.Check(r, began.Add(100)); !errors.Is(faults, ErrByAnotherUnit) {
		t.Errorf("got %v, want %v", faults, ErrByAnotherUnit)
	}
}

func TestDoubtsOfLossReports(t *testing.T) {
	t.Parallel()
	n, wan := maybe.Some[int64], func(n int64) maybe.Of[money.Fen] { return maybe.Some(money.Fen(n) * money.Wan) }
	explained := func(i Issue) Issue { i.Explanation = "核查后更正"; return i }
	with := func(i Issue, edit func(*Issue)) Issue { edit(&i); return i }
	for _, c := range []struct {
		name   string
		issues []Issue
		want   error
	}{
		{"no first report", []Issue{issue(Verified, 0, 100)}, ErrNotOneFirst},
		{"two first reports", []Issue{issue(First, 0, 100), issue(First, 1, 100)}, ErrNotOneFirst},
		{"a follow-up after the verified", []Issue{issue(First, 0, 100), issue(Verified, 1, 100), issue(FollowUp, 2, 100)}, ErrAfterVerified},
		{"a correction after the verified", []Issue{issue(First, 0, 100), issue(Verified, 1, 100), issue(Corrected, 2, 100)}, nil},
		{"back in time", []Issue{issue(First, 3, 100), issue(FollowUp, 2, 100)}, ErrBackwards},
		{"a fall without explanation", []Issue{issue(First, 0, 100), issue(FollowUp, 1, 99)}, ErrUnexplained},
		{"a fall with one", []Issue{issue(First, 0, 100), explained(issue(FollowUp, 1, 99))}, nil},
		{"a rise by three tenths", []Issue{issue(First, 0, 100), issue(FollowUp, 1, 130)}, nil},
		{"a rise by more", []Issue{issue(First, 0, 100), issue(FollowUp, 1, 131)}, ErrUnexplained},
		{"a rise from nothing", []Issue{issue(First, 0, 0), issue(FollowUp, 1, 500)}, nil},
		{"no longer said", []Issue{issue(First, 0, 100), with(issue(FollowUp, 1, 100), func(i *Issue) { i.Deaths = maybe.None[int64]() })}, ErrNoLongerSaid},
		{"parts that do not add up", []Issue{with(issue(First, 0, 100), func(i *Issue) { i.Homes, i.Farming = wan(60), wan(39) })}, ErrPartsDiffer},
		{"parts that add up", []Issue{with(issue(First, 0, 100), func(i *Issue) { i.Homes, i.Farming = wan(60), wan(40) })}, nil},
		{"more dead than affected", []Issue{with(issue(First, 0, 100), func(i *Issue) { i.Deaths = n(1001) })}, ErrMoreThanAffected},
		{"more relocated than affected", []Issue{with(issue(First, 0, 100), func(i *Issue) { i.Relocated = n(1001) })}, ErrMoreThanAffected},
	} {
		switch doubts := report(c.issues...).Doubts(); {
		case c.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", c.name, doubts)
		case c.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], c.want)):
			t.Errorf("%s: got %v, want %v", c.name, doubts, c.want)
		}
	}
}
