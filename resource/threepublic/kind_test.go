package threepublic_test

import (
	"errors"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/record/measure"
	"anlan/resource/threepublic"

	"pgregory.net/rapid"
)

// TestThePartsOfTheThreePublicsAreTheWhole: 三公 = 出国（境）+ 公务用车购置 + 运行维护 + 公务接待.
func TestThePartsOfTheThreePublicsAreTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var whole, parts int64
		for range rapid.IntRange(0, 8).Draw(t, "items") {
			i := &threepublic.Item{GivenOn: period.MustDay(2023, 1, 1), Amount: money.Fen(rapid.Int64Range(-1e9, 1e9).Draw(t, "amount")),
				Expense: rapid.SampledFrom(classification.ThreePublics.Values).Draw(t, "expense").Code}
			for _, p := range threepublic.Budget.Post(i, nil) {
				whole += p.Value
			}
			for _, m := range []*measure.Measure[threepublic.Item]{threepublic.Abroad, threepublic.VehiclePurchase, threepublic.VehicleRunning, threepublic.Hospitality} {
				for _, p := range m.Post(i, nil) {
					parts += p.Value
				}
			}
		}
		if whole != parts {
			t.Fatalf("whole %d, parts %d", whole, parts)
		}
	})
}

func TestAnAmountInAnotherUnitIsRefused(t *testing.T) {
	t.Parallel()
	i := &threepublic.Item{Number: "SG-1", GivenOn: period.MustDay(2023, 1, 1), Document: "岳财预〔2023〕1号", Expense: classification.Hospitality, Amount: 621_000 * money.Wan}
	i.Unit = "430600"
	if err := threepublic.Kind.Check(i, period.MustDay(2023, 12, 31)).Err(); !errors.Is(err, field.ErrRule) {
		t.Errorf("621,000 万元 for the three publics: got %v", err)
	}
}
