package building_test

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/building"
)

func TestABuildingBeyondWhatWasApprovedIsDoubtedAndACompletedOneIsMeasured(t *testing.T) {
	t.Parallel()
	today := period.MustDay(2023, 12, 31)
	b := &building.Building{Number: "GC-1", Name: "示例业务用房", Document: "岳发改〔2021〕1号", ApprovedArea: 1000_00, ApprovedCost: 300 * money.Wan, CompletedOn: today}
	b.Unit = "430600"
	if err := building.Kind.Check(b, today).Err(); !errors.Is(err, building.ErrNotMeasured) {
		t.Errorf("completed and not measured: got %v", err)
	}
	b.ActualArea, b.ActualCost = maybe.Some(field.Scaled(1000_00)), maybe.Some(300*money.Wan)
	if err := building.Kind.Check(b, today).Err(); err != nil || len(b.Doubts()) > 0 {
		t.Errorf("as approved: got %v, doubted as %v", err, b.Doubts())
	}
	b.ActualArea.V++
	b.ActualCost.V++
	if got := b.Doubts(); len(got) != 2 || !got.Is(building.ErrTooLarge) || !got.Is(building.ErrTooDear) {
		t.Errorf("beyond: got %v", got)
	}
}
