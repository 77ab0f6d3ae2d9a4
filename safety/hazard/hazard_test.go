package hazard

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"

	"pgregory.net/rapid"
)

func day(text string) period.Day {
	d, err := period.ISODay(text)
	if err != nil {
		panic(err)
	}
	return d
}

var today = day("2024-06-01")

func major() *Hazard {
	h := &Hazard{Number: "YH20230001", Title: "示例隐患", Grade: Major, FoundOn: day("2023-05-06"), ListedOn: day("2023-05-10"), RectifyBy: day("2023-06-30")}
	h.Unit, h.State, h.DueOn, h.MovedBy = "430602", StateListed, h.RectifyBy, "甲"
	return h
}

func by(name string) record.Moment {
	return record.Moment{Today: today, Actor: access.Actor{Name: name, Role: access.Administrator}, Reason: "设计变更"}
}

func TestALaterTermNeedsASecondOfficerADocumentAndADayBeyondTheTerm(t *testing.T) {
	t.Parallel()
	h := major()
	if err := Workflow.Move(h, "extend", by("乙")); !errors.Is(err, ErrNoLaterTerm) {
		t.Errorf("without an extension: got %v, want %v", err, ErrNoLaterTerm)
	}
	h.Extensions = []Extension{{Until: day("2023-09-30"), Document: "岳应安办〔2023〕7号", Why: "设计变更"}}
	if err := Workflow.Move(h, "extend", by("甲")); !errors.Is(err, record.ErrOwnWork) {
		t.Errorf("by whoever listed it: got %v, want %v", err, record.ErrOwnWork)
	}
	if err := Workflow.Move(h, "extend", by("乙")); err != nil || h.State != StateListed {
		t.Fatalf("got %v, state %s", err, h.State)
	}
	if got := Workflow.DueOn(h, by("乙")); got != day("2023-09-30") || h.RectifyBy != day("2023-06-30") {
		t.Errorf("due on %s, first term %s", got, h.RectifyBy)
	}
}

func TestAnExtensionNeverShortensATerm(t *testing.T) {
	t.Parallel()
	h := major()
	h.Extensions = []Extension{{day("2023-09-30"), "文1", "一"}, {day("2023-09-30"), "文2", "二"}}
	if faults := Kind.Check(h, today); !errors.Is(faults, ErrEarlierTerm) {
		t.Errorf("got %v, want %v", faults, ErrEarlierTerm)
	}
	h.Extensions[1].Document = ""
	if faults := Kind.Check(h, today); len(faults) != 1 || faults[0].Where.Field != "extension.2.document" {
		t.Errorf("an extension without document: got %v", faults)
	}
}

// TestFoundHoldsListedAndListedHoldsClosed: whatever the days and grades, a record that posts to a measure posts to those
// before it.
func TestFoundHoldsListedAndListedHoldsClosed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string) (d period.Day) {
			if rapid.Bool().Draw(t, name+" stated") {
				d = day("2023-01-01").Add(rapid.IntRange(0, 400).Draw(t, name))
			}
			return d
		}
		h := &Hazard{FoundOn: day("2023-01-01"), ListedOn: some("listed"), ClosedOn: some("closed"), Grade: rapid.SampledFrom([]Grade{Ordinary, Major}).Draw(t, "grade")}
		found, listed, closed, both := len(Found.Post(h, nil)), len(Listed.Post(h, nil)), len(Closed.Post(h, nil)), len(ListedClosed.Post(h, nil))
		if listed > found || closed > found || both > listed || both > closed {
			t.Fatalf("found %d, listed %d, closed %d, closed after listing %d", found, listed, closed, both)
		}
	})
}

func TestDoubtsOfHazards(t *testing.T) {
	t.Parallel()
	step := func(on string) []Step { return []Step{{day(on), "加装防护栏"}} }
	for _, c := range []struct {
		name string
		edit func(*Hazard)
		want error
	}{
		{"listed though ordinary", func(h *Hazard) { h.Grade = Ordinary }, ErrListedOrdinary},
		{"listed without a day", func(h *Hazard) { h.ListedOn = period.Day{} }, ErrStateWithoutDay},
		{"closed in its day and not in its state", func(h *Hazard) { h.Steps, h.ClosedOn = step("2023-05-20"), day("2023-06-01") }, ErrStateWithoutDay},
		{"closed on paper", func(h *Hazard) { h.State, h.ClosedOn = StateClosed, day("2023-06-01") }, ErrClosedOnPaper},
		{"closed before it was listed", func(h *Hazard) { h.State, h.Steps, h.ClosedOn = StateClosed, step("2023-05-07"), day("2023-05-08") }, ErrClosedBeforeListed},
		{"closed after its term", func(h *Hazard) { h.State, h.Steps, h.ClosedOn = StateClosed, step("2023-05-20"), day("2023-07-01") }, ErrClosedLate},
		{"closed within an extended term", func(h *Hazard) {
			h.State, h.Steps, h.ClosedOn, h.Extensions = StateClosed, step("2023-05-20"), day("2023-07-01"), []Extension{{Until: day("2023-07-01")}}
		}, nil},
		{"mended before it was found", func(h *Hazard) { h.Steps = step("2023-05-05") }, ErrMendedBeforeFound},
		{"mended after it was closed", func(h *Hazard) { h.State, h.Steps, h.ClosedOn = StateClosed, step("2023-06-20"), day("2023-06-19") }, ErrMendedAfterClosing},
		{"nothing", func(*Hazard) {}, nil},
	} {
		h := major()
		c.edit(h)
		switch doubts := h.Doubts(); {
		case c.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", c.name, doubts)
		case c.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], c.want)):
			t.Errorf("%s: got %v, want %v", c.name, doubts, c.want)
		}
	}
}

func TestCoordinatesAreALatitudeAndALongitude(t *testing.T) {
	t.Parallel()
	for text, holds := range map[string]bool{
		"29.3572,113.1289": true, "29.357200,113.128900": true, "-33.86,151.21": true, "29.36,-113.13": true,
		"113.1289,29.3572": false, "29.3572 113.1289": false, "29,113": false, "90.00,10.00": false, "29.36,180.00": false, "29.3572，113.1289": false, "0x1p-2,1.00": false, "29.3572,": false,
	} {
		h := major()
		h.Coordinates = text
		found := Workflow.Check(h, today)
		if (len(found) == 0) != holds {
			t.Errorf("%q: %v", text, found)
		}
	}
}
