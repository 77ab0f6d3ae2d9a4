package enforcement

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
)

func day(text string) period.Day {
	d, err := period.ISODay(text)
	if err != nil {
		panic(err)
	}
	return d
}

var today = day("2024-06-01")

func filed() *Case {
	c := &Case{Number: "岳应急立〔2023〕12号", Cause: "特种作业人员无证上岗", FiledOn: day("2023-05-06"), Party: Organisation}
	c.Unit, c.State, c.MovedBy = "430600", StateFiled, "甲"
	return c
}

func decided() *Case {
	c := filed()
	c.Decision, c.DecidedOn, c.Penalty, c.Fined = "岳应急罚〔2023〕9号", day("2023-06-20"), Fine, maybe.Some(3*money.Wan)
	return c
}

func by(name string) record.Moment {
	return record.Moment{Today: today, Actor: access.Actor{Name: name, Role: access.Administrator}, Reason: "不属于本部门管辖"}
}

func TestADecisionNeedsItsPartsAndAnotherOfficer(t *testing.T) {
	t.Parallel()
	c := decided()
	c.Penalty = ""
	if faults := Kind.Check(c, today); !errors.Is(faults, ErrDecisionInParts) {
		t.Errorf("a decision without penalty: got %v", faults)
	}
	c = filed()
	if err := Workflow.Move(c, "inform", by("甲")); err != nil {
		t.Fatal(err)
	}
	if err := Workflow.Move(c, "decide", by("乙")); !errors.Is(err, ErrNoDecision) {
		t.Errorf("without a decision: got %v", err)
	}
	full := decided()
	full.State = StateInformed
	if err := Workflow.Move(full, "decide", by("甲")); !errors.Is(err, record.ErrOwnWork) {
		t.Errorf("by whoever informed: got %v", err)
	}
	if err := Workflow.Move(full, "decide", by("乙")); err != nil || full.State != StateDecided {
		t.Errorf("got %v, state %s", err, full.State)
	}
}

func TestOnTheSpotOnlyByTheSimpleProcedureAndWithinItsLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		procedure Procedure
		party     Party
		fined     money.Fen
		ok        bool
	}{
		{Simple, Organisation, 3_000 * money.Yuan, true},
		{Simple, Organisation, 3_000*money.Yuan + 1, false},
		{Simple, Person, 200 * money.Yuan, true},
		{Simple, Person, 200*money.Yuan + 1, false},
		{Ordinary, Organisation, 100 * money.Yuan, false},
		{"", Organisation, 100 * money.Yuan, false},
	} {
		x := decided()
		x.Procedure, x.Party, x.Fined = c.procedure, c.party, maybe.Some(c.fined)
		if err := Workflow.Move(x, "decide", by("甲")); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrNotOnTheSpot) {
			t.Errorf("%s, %s, %s 元: got %v", c.procedure, c.party, c.fined, err)
		}
	}
}

func TestACaseThatIsDroppedHasNoDecisionAndIsClosed(t *testing.T) {
	t.Parallel()
	c := decided()
	if err := Workflow.Move(c, "drop", by("乙")); !errors.Is(err, ErrDecided) {
		t.Errorf("got %v, want %v", err, ErrDecided)
	}
	c = filed()
	if err := Workflow.Move(c, "drop", by("乙")); err != nil || c.ClosedOn != today || len(Closed.Post(c, nil)) != 1 {
		t.Errorf("got %v, closed on %s", err, c.ClosedOn)
	}
}

func TestACaseIsDueNinetyDaysAfterFiling(t *testing.T) {
	t.Parallel()
	c := filed()
	if got := Workflow.DueOn(c, by("甲")); got != day("2023-08-04") {
		t.Errorf("due on %s", got)
	}
	c.DecidedOn = day("2023-05-05")
	c.Decision, c.Penalty = "岳应急罚〔2023〕9号", Fine
	if faults := Kind.Check(c, today); !errors.Is(faults, ErrOutOfOrder) {
		t.Errorf("decided before it was filed: got %v", faults)
	}
}

func TestFinesCountOnTheDayOfTheDecision(t *testing.T) {
	t.Parallel()
	c := decided()
	c.DecidedOn, c.Paid, c.PaidOn = day("2024-01-15"), maybe.Some(1*money.Wan), day("2024-01-20")
	if p := Fined.Post(c, nil); len(p) != 1 || p[0].Day != day("2024-01-15") || p[0].Value != int64(3*money.Wan) {
		t.Errorf("fined posts %v", p)
	}
	if p := Filed.Post(c, nil); len(p) != 1 || p[0].Day != day("2023-05-06") {
		t.Errorf("filed posts %v", p)
	}
}

func TestDoubtsOfCases(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		edit func(*Case)
		want error
	}{
		{"the number is of another year", func(c *Case) { c.Number = "岳应急立〔2022〕12号" }, ErrNumberOfAnotherYear},
		{"the decision is of another year", func(c *Case) { c.Decision = "岳应急罚〔2022〕9号" }, ErrDecisionOfAnotherYear},
		{"decided on the ninetieth day", func(c *Case) { c.DecidedOn = day("2023-08-04") }, nil},
		{"decided on the ninety-first", func(c *Case) { c.DecidedOn = day("2023-08-05") }, ErrDecidedLate},
		{"a fine without amount", func(c *Case) { c.Fined = maybe.None[money.Fen]() }, ErrFineWithoutAmount},
		{"more paid and remitted than decided", func(c *Case) {
			c.Paid, c.PaidOn, c.Remitted = maybe.Some(2*money.Wan), day("2023-07-01"), maybe.Some(money.Wan+1)
		}, ErrPaidTooMuch},
		{"paid on no day", func(c *Case) { c.Paid = maybe.Some(money.Wan) }, ErrPaidWithoutDay},
		{"nothing", func(*Case) {}, nil},
	} {
		x := decided()
		c.edit(x)
		switch doubts := x.Doubts(); {
		case c.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", c.name, doubts)
		case c.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], c.want)):
			t.Errorf("%s: got %v, want %v", c.name, doubts, c.want)
		}
	}
}
