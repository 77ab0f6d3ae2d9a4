package app

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

func TestEveryMeasureOfOurKindsHasAKnownUnit(t *testing.T) {
	t.Parallel()
	if err := unitsKnown(Kinds()); err != nil {
		t.Error(err)
	}
}

// boat is a kind whose measures are counted in units that no list has.
type boat struct {
	record.Head
	ID ident.ID
	On period.Day
}

func TestAMeasureOfAnUnknownUnitStopsTheStartAndIsNamed(t *testing.T) {
	t.Parallel()
	on := field.Day("on_day", "日期", "day", func(b *boat) *period.Day { return &b.On }).Required()
	kind := record.Define("boat", "船", "boat", func(b *boat) *record.Head { return &b.Head }, on).Measures(
		measure.Count("boat.launched", "下水艘数", "boats launched", "艘艘", on),
		measure.Count("boat.days", "出航天数", "days at sea", "天", on),
		measure.Count("boat.crews", "船员班数", "crews", "班班", on),
	)
	err := unitsKnown(append(Kinds(), kind))
	if !errors.Is(err, ErrUnknownUnit) {
		t.Fatalf("got %v, want %v", err, ErrUnknownUnit)
	}
	list, ok := errors.AsType[fault.List](err)
	if !ok || len(list) != 2 {
		t.Fatalf("got %v, want both measures named at once", err)
	}
	for i, want := range []string{"boat.launched", "boat.crews"} {
		if !strings.Contains(list[i].Error(), want) {
			t.Errorf("%v does not name %s", list[i], want)
		}
	}
}
