package disaster

import (
	"errors"
	"testing"

	"anlan/ground/period"
)

func TestEverySubKindHasAFamily(t *testing.T) {
	t.Parallel()
	for _, s := range Sorts.Values {
		d := &Disaster{Number: "ZH-1", Name: "示例", Sort: s.Code, BeganOn: period.MustDay(2023, 6, 18)}
		d.Unit = "430600"
		if faults := Kind.Check(d, period.MustDay(2024, 1, 1)); len(faults) > 0 {
			t.Errorf("%s: %v", s.Code, faults)
		}
		if _, ok := Families.Find(d.Family); !ok {
			t.Errorf("%s has no family", s.Code)
		}
	}
	if len(families) != len(Sorts.Values) {
		t.Errorf("%d sub-kinds have a family, %d are in the list", len(families), len(Sorts.Values))
	}
}

func TestADisasterDoesNotEndBeforeItBegins(t *testing.T) {
	t.Parallel()
	d := &Disaster{Number: "ZH-1", Name: "示例", Sort: "flood", BeganOn: period.MustDay(2023, 6, 18), EndedOn: period.MustDay(2023, 6, 17)}
	d.Unit = "430600"
	if faults := Kind.Check(d, period.MustDay(2024, 1, 1)); !errors.Is(faults, ErrEndsBeforeBeginning) {
		t.Errorf("got %v", faults)
	}
}
