package callout

import (
	"errors"
	"testing"
	"time"

	"anlan/ground/maybe"
	"anlan/ground/period"
)

func call(r Result) *Call {
	c := &Call{Number: "JY-1", CalledOn: period.MustDay(2023, 6, 18), Post: "示例镇镇长", Person: "示例人员", Result: r, Feedback: "已到岗"}
	c.Unit = "430626"
	return c
}

func TestOnlyAnAcknowledgementMakesACallAnswered(t *testing.T) {
	t.Parallel()
	for _, v := range Results.Values {
		want := v.Code == Acknowledged || v.Code == CarriedOut
		c := call(v.Code)
		if got := len(AnsweredAll.Post(c, nil)) == 1; got != want || len(Calls.Post(c, nil)) != 1 {
			t.Errorf("%s counts as answered: %v", v.Code, got)
		}
	}
}

func TestDoubtsOfCalls(t *testing.T) {
	t.Parallel()
	at := func(minute int) maybe.Of[time.Time] {
		return maybe.Some(time.Date(2023, 6, 18, 14, minute, 0, 0, time.FixedZone("", 8*3600)))
	}
	for _, x := range []struct {
		name string
		edit func(*Call)
		want error
	}{
		{"acknowledged by nobody", func(c *Call) { c.Person = "" }, ErrNobodyAcknowledged},
		{"silent without a reason", func(c *Call) { c.Result, c.Feedback = NoAnswer, "" }, ErrSilentWithoutReason},
		{"answered before it was dialled", func(c *Call) { c.DialledAt, c.AnsweredAt = at(10), at(9) }, ErrClocksOutOfOrder},
		{"acknowledged before it was dialled, when it was answered is not known", func(c *Call) { c.DialledAt, c.AckedAt = at(10), at(9) }, ErrClocksOutOfOrder},
		{"four clocks in order", func(c *Call) { c.DialledAt, c.AnsweredAt, c.AckedAt, c.CarriedOutAt = at(10), at(11), at(11), at(40) }, nil},
		{"only the last clock is known", func(c *Call) { c.CarriedOutAt = at(40) }, nil},
	} {
		c := call(Acknowledged)
		x.edit(c)
		switch doubts := c.Doubts(); {
		case x.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", x.name, doubts)
		case x.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], x.want)):
			t.Errorf("%s: got %v, want %v", x.name, doubts, x.want)
		}
	}
}
