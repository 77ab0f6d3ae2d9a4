package survey

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"

	"pgregory.net/rapid"
)

var closed = period.MustDay(2023, 12, 20)

func survey(answers ...bool) *Survey {
	s := &Survey{Number: "DC-1", Title: "示例", Audience: Public, Question: "您对应急管理工作是否满意", BeganOn: closed.Add(-30), ClosedOn: closed}
	s.Unit = "430600"
	for _, a := range answers {
		s.Answers = append(s.Answers, Answer{On: closed.Add(-3), Channel: "web", Satisfied: a})
	}
	return s
}

// TestACountThatWasTypedIsCountedAgain: whatever stands in the two counts, the answers decide, and satisfied is at most n.
func TestACountThatWasTypedIsCountedAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := survey(rapid.SliceOfN(rapid.Bool(), 0, 50).Draw(t, "answers")...)
		s.Answered, s.Satisfied = rapid.Int64().Draw(t, "typed"), rapid.Int64().Draw(t, "typed too")
		if faults := Kind.Check(s, closed.Add(30)); len(faults) > 0 {
			t.Fatal(faults)
		}
		want := 0
		for _, a := range s.Answers {
			if a.Satisfied {
				want++
			}
		}
		if s.Answered != int64(len(s.Answers)) || s.Satisfied != int64(want) {
			t.Fatalf("%d of %d, want %d of %d", s.Satisfied, s.Answered, want, len(s.Answers))
		}
	})
}

func TestThePublicAndTheDisasterAreaAreCountedApart(t *testing.T) {
	t.Parallel()
	s := survey(true, true, false)
	Kind.Check(s, closed.Add(30))
	if p, q := Satisfied.Post(s, nil), Answers.Post(s, nil); len(p) != 1 || p[0].Value != 2 || q[0].Value != 3 || p[0].Day != closed {
		t.Errorf("got %v of %v", p, q)
	}
	if len(DisasterAnswers.Post(s, nil))+len(DisasterSatisfied.Post(s, nil)) != 0 {
		t.Error("the public counts as a disaster area")
	}
	s.Audience = DisasterArea
	if len(Answers.Post(s, nil)) != 0 || len(DisasterSatisfied.Post(s, nil)) != 1 {
		t.Error("a disaster area counts as the public")
	}
}

func TestDoubtsOfSurveys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		make func() *Survey
		want error
	}{
		{"nobody answered", func() *Survey { return survey() }, ErrNobodyAnswered},
		{"more answers than asked", func() *Survey { s := survey(true, true); s.Asked = maybe.Some[int64](1); return s }, ErrMoreThanAsked},
		{"an answer of another day", func() *Survey { s := survey(true); s.Answers[0].On = closed.Add(1); return s }, ErrOutsideTheSurvey},
		{"an answer of an unknown day", func() *Survey { s := survey(true); s.Answers[0].On = period.Day{}; return s }, nil},
	} {
		switch doubts := c.make().Doubts(); {
		case c.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", c.name, doubts)
		case c.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], c.want)):
			t.Errorf("%s: got %v, want %v", c.name, doubts, c.want)
		}
	}
	s := survey(true)
	s.ClosedOn = s.BeganOn.Add(-1)
	if faults := Kind.Check(s, closed.Add(30)); !errors.Is(faults, ErrClosedBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
}
