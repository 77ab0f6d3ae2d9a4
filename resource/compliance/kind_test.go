package compliance_test

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/resource/compliance"
)

var today = period.MustDay(2023, 12, 31)

func finding() *compliance.Finding {
	f := &compliance.Finding{Number: "HG-1", FoundOn: period.MustDay(2023, 6, 1), Source: "audit", Requirement: "purpose", What: "示例问题", MendBy: period.MustDay(2023, 9, 1)}
	f.Unit, f.State = "430600", compliance.StateFound
	return f
}

func TestAFindingIsMendedByOneAndClosedByAnother(t *testing.T) {
	t.Parallel()
	by := func(name string) record.Moment {
		return record.Moment{Today: today, Actor: access.Actor{Name: name}}
	}
	f := finding()
	if got := compliance.Kind.DueOn(f, by("甲")); got != f.MendBy {
		t.Errorf("due on %s", got)
	}
	if err := compliance.Kind.Move(f, "mend", by("甲")); !errors.Is(err, compliance.ErrNothingDone) {
		t.Errorf("mended without a word: got %v", err)
	}
	f.Mended = "已退回资金"
	if err := compliance.Kind.Move(f, "mend", by("甲")); err != nil {
		t.Fatal(err)
	}
	if err := compliance.Kind.Move(f, "close", by("甲")); !errors.Is(err, record.ErrOwnWork) {
		t.Errorf("closing one's own mending: got %v", err)
	}
	if err := compliance.Kind.Move(f, "close", by("乙")); err != nil || f.ClosedOn != today {
		t.Errorf("got %v, closed on %s", err, f.ClosedOn)
	}
	if err := compliance.Kind.Check(f, today).Err(); err != nil {
		t.Error(err)
	}
	open := int64(0)
	for _, p := range compliance.Open.Post(f, nil) {
		open += p.Count
	}
	if open != 0 {
		t.Errorf("%d open after closing", open)
	}
}

func TestExactlyAClosedFindingHasADayOfClosing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state  record.State
		closed period.Day
		want   error
	}{
		{compliance.StateFound, period.Day{}, nil},
		{compliance.StateFound, today, compliance.ErrNotClosed},
		{compliance.StateClosed, period.Day{}, compliance.ErrNotClosed},
		{compliance.StateClosed, today, nil},
		{compliance.StateClosed, period.MustDay(2023, 5, 31), compliance.ErrClosedEarly},
	} {
		f := finding()
		f.State, f.ClosedOn = c.state, c.closed
		if err := compliance.Kind.Check(f, today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%q closed on %q: got %v, want %v", c.state, c.closed, err, c.want)
		}
	}
}
