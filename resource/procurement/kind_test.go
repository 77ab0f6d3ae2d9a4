package procurement_test

import (
	"errors"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/resource/procurement"
)

func TestAContractHasItsPlanAndStaysWithinIt(t *testing.T) {
	t.Parallel()
	planned := period.MustDay(2023, 5, 1)
	none := maybe.None[money.Fen]()
	for _, c := range []struct {
		name       string
		contracted period.Day
		actual     maybe.Of[money.Fen]
		refused    error
		doubted    *fault.Declaration
	}{
		{"planned only", period.Day{}, none, nil, nil},
		{"contracted within the plan", planned, maybe.Some(100 * money.Yuan), nil, nil},
		{"a day without amount", planned, none, procurement.ErrContract, nil},
		{"an amount without day", period.Day{}, maybe.Some(money.Fen(1)), procurement.ErrContract, nil},
		{"beyond the plan", planned, maybe.Some(100*money.Yuan + 1), nil, procurement.ErrBeyondPlan},
		{"before the plan", planned.Add(-1), maybe.Some(money.Fen(1)), nil, procurement.ErrContractedEarly},
	} {
		p := &procurement.Procurement{Number: "CG-1", Name: "示例采购", Sort: "goods", Method: "inquiry", PlannedOn: planned, Planned: 100 * money.Yuan,
			ContractedOn: c.contracted, Actual: c.actual}
		p.Unit = "430600"
		if err := procurement.Kind.Check(p, period.MustDay(2023, 12, 31)).Err(); !errors.Is(err, c.refused) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.refused)
		}
		if got := p.Doubts(); c.doubted == nil && len(got) > 0 || c.doubted != nil && (len(got) != 1 || !got.Is(c.doubted)) {
			t.Errorf("%s: doubted as %v, want %v", c.name, got, c.doubted)
		}
	}
}
