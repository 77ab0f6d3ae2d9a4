package fund_test

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/resource/fund"
)

var today = period.MustDay(2023, 12, 31)

func allotted() *fund.Fund {
	f := &fund.Fund{Document: "湘财企指〔2023〕1号", Name: "示例专项", Level: "provincial", Programme: fund.Safety,
		AllottedOn: period.MustDay(2023, 3, 1), Allotted: 600 * money.Wan, ReceivedOn: period.MustDay(2023, 4, 1), Received: maybe.Some(500 * money.Wan)}
	f.Unit = "430600"
	return f
}

func TestAReceiptHasDayAndAmount(t *testing.T) {
	t.Parallel()
	if err := fund.Kind.Check(allotted(), today).Err(); err != nil {
		t.Fatal(err)
	}
	noDay, noAmount, neither := allotted(), allotted(), allotted()
	noDay.ReceivedOn = period.Day{}
	noAmount.Received = maybe.None[money.Fen]()
	neither.ReceivedOn, neither.Received = period.Day{}, maybe.None[money.Fen]()
	for f, want := range map[*fund.Fund]error{noDay: fund.ErrReceipt, noAmount: fund.ErrReceipt, neither: nil} {
		if err := fund.Kind.Check(f, today).Err(); !errors.Is(err, want) {
			t.Errorf("received %v on %q: got %v, want %v", f.Received, f.ReceivedOn, err, want)
		}
	}
}

func TestWhatIsDoubtedOfAFund(t *testing.T) {
	t.Parallel()
	purposes := func(wan ...money.Fen) (out []fund.Purpose) {
		for _, w := range wan {
			out = append(out, fund.Purpose{What: "示例用途", Amount: maybe.Some(w * money.Wan)})
		}
		return out
	}
	for _, c := range []struct {
		name   string
		change func(*fund.Fund)
		want   error
	}{
		{"as it should be", func(f *fund.Fund) { f.Purposes = purposes(400, 200) }, nil},
		{"purposes that do not add up", func(f *fund.Fund) { f.Purposes = purposes(400, 196) }, fund.ErrPurposesDiffer},
		{"a purpose without amount says nothing", func(f *fund.Fund) { f.Purposes = append(purposes(400), fund.Purpose{What: "其余"}) }, nil},
		{"more received than allotted", func(f *fund.Fund) { f.Received.V = 601 * money.Wan }, fund.ErrMoreThanAllotted},
	} {
		f := allotted()
		c.change(f)
		if err := f.Doubts().Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}
