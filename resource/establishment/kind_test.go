package establishment_test

import (
	"errors"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/resource/establishment"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func approval(sort classification.Establishment, posts int64, from, until period.Day) *establishment.Establishment {
	e := &establishment.Establishment{Number: "BZ-1", Sort: sort, Posts: posts, Document: "岳编〔2019〕1号", From: from, Until: until}
	e.Unit = "430600"
	return e
}

func TestAnApprovalThatEndsBeforeItBeginsIsRefused(t *testing.T) {
	t.Parallel()
	e := approval(classification.Administrative, 42, today, today.Add(-1))
	if err := establishment.Kind.Check(e, today).Err(); !errors.Is(err, establishment.ErrEndsBeforeBeginning) {
		t.Errorf("got %v", err)
	}
	e.Until = today.Add(1)
	if err := establishment.Kind.Check(e, today).Err(); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestMorePeopleThanPostsIsFoundBySort(t *testing.T) {
	t.Parallel()
	from := period.MustDay(2019, 3, 11)
	approved := []*establishment.Establishment{
		approval(classification.Administrative, 1, from, period.Day{}),
		approval(classification.Institution, 2, from, period.Day{}),
		approval(classification.Institution, 5, from, today), // no longer holds today
	}
	staff := []establishment.Holder{
		{classification.Administrative, from, period.Day{}},
		{classification.Administrative, from, today},         // the last day still counts
		{classification.Administrative, from, today.Add(-1)}, // left yesterday
		{classification.Institution, from, period.Day{}},
		{classification.Institution, today.Add(1), period.Day{}}, // comes tomorrow
	}
	got := establishment.Exceeded(today, approved, staff)
	if len(got) != 1 || !errors.Is(got, establishment.ErrExceeded) {
		t.Fatalf("got %v, want one sort exceeded", got)
	}
	if want := "2023-12-31行政编制在职2人，编制1人，超编1人"; got[0].In(lang.Chinese) != want {
		t.Errorf("got %q, want %q", got[0].In(lang.Chinese), want)
	}
}

// TestThePostsOfAllSortsAreAllPosts: establishment = administrative + institution (+ logistics) on any day.
func TestThePostsOfAllSortsAreAllPosts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all, administrative, institution, logistics int64
		for range rapid.IntRange(0, 8).Draw(t, "approvals") {
			sort := rapid.SampledFrom([]classification.Establishment{classification.Administrative, classification.Institution, classification.Logistics}).Draw(t, "sort")
			from := today.Add(-rapid.IntRange(-100, 1000).Draw(t, "from"))
			e := approval(sort, rapid.Int64Range(0, 300).Draw(t, "posts"), from, period.Day{})
			if rapid.Bool().Draw(t, "ended") {
				e.Until = from.Add(rapid.IntRange(0, 500).Draw(t, "days"))
			}
			all += balance(establishment.Posts, e)
			administrative += balance(establishment.Administrative, e)
			institution += balance(establishment.Institution, e)
			if sort == classification.Logistics {
				logistics += balance(establishment.Posts, e)
			}
		}
		if all != administrative+institution+logistics {
			t.Fatalf("%d posts, but %d + %d + %d", all, administrative, institution, logistics)
		}
	})
}

func balance(m *measure.Measure[establishment.Establishment], e *establishment.Establishment) (sum int64) {
	for _, p := range m.Post(e, nil) {
		if !today.Before(p.Day) {
			sum += p.Value
		}
	}
	return sum
}
