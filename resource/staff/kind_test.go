package staff_test

import (
	"errors"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/resource/staff"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func member(from, to, retired, removed period.Day) *staff.Member {
	m := &staff.Member{Number: "RY-0001", Name: "示例人员0001", Establishment: classification.Administrative, InPostFrom: from, InPostTo: to, RetiredOn: retired, RemovedOn: removed}
	m.Unit = "430600"
	return m
}

func TestNobodyLeavesBeforeComingOrIsRetiredInPost(t *testing.T) {
	t.Parallel()
	none := period.Day{}
	day := func(n int) period.Day { return period.MustDay(2020, 1, 1).Add(n) }
	for _, c := range []struct {
		name              string
		from, to, retired period.Day
		want              error
	}{
		{"in post", day(0), none, none, nil},
		{"left on the day of coming", day(0), day(0), none, nil},
		{"left before coming", day(5), day(4), none, staff.ErrLeftBeforeComing},
		{"retired the day after the last in post", day(0), day(9), day(10), nil},
		{"retired on the last day in post", day(0), day(9), day(9), staff.ErrRetiredInPost},
		{"retired and still in post", day(0), none, day(9), staff.ErrRetiredInPost},
	} {
		if err := staff.Kind.Check(member(c.from, c.to, c.retired, none), today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

// TestNobodyIsInPostAndRetiredOnOneDay: over the histories that are accepted, a person counts at most once on any day, and a
// pensioner never as in post (在职人员控制率 counts no pensioner).
func TestNobodyIsInPostAndRetiredOnOneDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string) period.Day {
			return rapid.SampledFrom([]period.Day{{}, today, today.Add(1), today.Add(2), today.Add(3), today.Add(5)}).Draw(t, name)
		}
		m := member(today.Add(rapid.IntRange(0, 3).Draw(t, "from")), day("to"), day("retired"), day("removed"))
		if staff.Kind.Check(m, today).Err() != nil {
			t.Skip()
		}
		for n := range 8 {
			on := today.Add(n)
			inPost, retired := balance(staff.InPost, m, on), balance(staff.Retired, m, on)
			if inPost < 0 || retired < 0 || inPost+retired > 1 {
				t.Fatalf("on %s: in post %d, retired %d", on, inPost, retired)
			}
		}
	})
}

func balance(m *measure.Measure[staff.Member], r *staff.Member, on period.Day) (n int64) {
	for _, p := range m.Post(r, nil) {
		if !on.Before(p.Day) {
			n += p.Count
		}
	}
	return n
}
