package standard

import (
	"errors"
	"fmt"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
)

var day = period.MustDay(2022, 1, 1)

// subject is one of the two registers, as its tests see it.
type subject struct {
	least int
	make  func(Register) any
	check func(any) fault.List
	post  func(any) [][2]any // day and count of what Met posts
	doubt func(any) fault.List
}

// both runs a test on either register.
func both(t *testing.T, test func(t *testing.T, s subject)) {
	t.Helper()
	t.Parallel()
	t.Run("township", func(t *testing.T) {
		test(t, of(Townships, townshipItems, "430602001", func(r Register) *Township { return &Township{r} }, (*Township).Doubts))
	})
	t.Run("village", func(t *testing.T) {
		test(t, of(Villages, villageItems, "430602001001", func(r Register) *Village { return &Village{r} }, (*Village).Doubts))
	})
}

func of[T any](d Declared[T], least int, code place.Code, make func(Register) *T, doubts func(*T) fault.List) subject {
	return subject{
		least: least,
		make:  func(r Register) any { r.Code = code; return make(r) },
		check: func(x any) fault.List { return d.Kind.Check(x, day.Add(400)) },
		post: func(x any) (out [][2]any) {
			for _, p := range d.Met.Post(x.(*T), nil) {
				out = append(out, [2]any{p.Day, p.Count})
			}
			return out
		},
		doubt: func(x any) fault.List { return doubts(x.(*T)) },
	}
}

func accepted(items int) Register {
	r := Register{Name: "示例", From: day, AcceptedOn: day.Add(100)}
	r.Unit = "430602"
	for n := range items {
		r.Items = append(r.Items, Item{Name: fmt.Sprintf("第%d项", n+1), Met: true, Evidence: "照片"})
	}
	return r
}

// standing says on which days after the first the measure counts x.
func (s subject) standing(x any, days ...int) (out []bool) {
	for _, n := range days {
		sum := int64(0)
		for _, p := range s.post(x) {
			if !day.Add(n).Before(p[0].(period.Day)) {
				sum += p[1].(int64)
			}
		}
		out = append(out, sum == 1)
	}
	return out
}

func TestUpToTheStandardFromAcceptanceUntilItLapsesOrIsMerged(t *testing.T) {
	both(t, func(t *testing.T, s subject) {
		for _, c := range []struct {
			name string
			edit func(*Register)
			want string
		}{
			{"all items", func(*Register) {}, "[false true true true]"},
			{"lapsed on day 200", func(r *Register) { r.LapsedOn = day.Add(200) }, "[false true false false]"},
			{"merged on day 300", func(r *Register) { r.Until = day.Add(300) }, "[false true true false]"},
			{"lapsed, then merged", func(r *Register) { r.LapsedOn, r.Until = day.Add(200), day.Add(300) }, "[false true false false]"},
			{"an item that is not met", func(r *Register) { r.Items[1].Met = false }, "[false false false false]"},
			{"an item too few", func(r *Register) { r.Items = r.Items[1:] }, "[false false false false]"},
			{"not accepted", func(r *Register) { r.AcceptedOn = period.Day{} }, "[false false false false]"},
		} {
			r := accepted(s.least)
			c.edit(&r)
			x := s.make(r)
			if faults := s.check(x); len(faults) > 0 {
				t.Fatalf("%s: %v", c.name, faults)
			}
			if got := fmt.Sprint(s.standing(x, 99, 100, 200, 300)); got != c.want {
				t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			}
		}
	})
}

func TestAcceptedWithAnItemMissingIsDoubted(t *testing.T) {
	both(t, func(t *testing.T, s subject) {
		r := accepted(s.least)
		r.Items[0].Met, r.Items[1].Evidence = false, ""
		x := s.make(r)
		if faults := s.check(x); len(faults) > 0 {
			t.Fatal(faults)
		}
		if got := s.doubt(x); len(got) != 2 || !errors.Is(got[0], ErrMetWithoutEvidence) || !errors.Is(got[1], ErrAcceptedIncomplete) {
			t.Errorf("got %v", got)
		}
	})
}

func TestDaysThatCannotBeAreRefused(t *testing.T) {
	both(t, func(t *testing.T, s subject) {
		r := accepted(s.least)
		r.LapsedOn = r.AcceptedOn.Add(-1)
		if faults := s.check(s.make(r)); !errors.Is(faults, ErrLapsedBeforeAccepted) {
			t.Errorf("got %v", faults)
		}
		r.Until = r.From.Add(-1)
		if faults := s.check(s.make(r)); !errors.Is(faults, ErrEndsBeforeBeginning) {
			t.Errorf("got %v", faults)
		}
	})
}
