package investment

import (
	"errors"
	"testing"

	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
)

func station(number string, at place.Code) *Investment {
	i := &Investment{Number: number, Name: "示例营站", Programme: FireStation, Amount: 687 * money.Wan, PlannedOn: period.MustDay(2023, 8, 1), Document: "示例文号"}
	i.Unit, i.Place = "430600", at
	return i
}

func TestAStationCountsItsCountyAndItsMoney(t *testing.T) {
	t.Parallel()
	i := station("TZ-1", "430626")
	if len(StationCounty.Post(i, nil)) != 1 || Stations.Post(i, nil)[0].Value != int64(687*money.Wan) || len(Planned.Post(i, nil)) != 1 || len(Base.Post(i, nil)) != 0 {
		t.Error("a station is not one county with its money")
	}
	i.Place, i.Document = "", ""
	if got := i.Doubts(); len(got) != 2 || !errors.Is(got[0], ErrWithoutDocument) || !errors.Is(got[1], ErrStationNowhere) {
		t.Errorf("got %v", got)
	}
}

func TestTwoStationsOfOneCountyAreFoundWithinAYear(t *testing.T) {
	t.Parallel()
	base := station("TZ-4", "430626")
	base.Programme = RescueBase
	all := []*Investment{station("TZ-1", "430626"), station("TZ-2", "430681"), station("TZ-3", ""), base}
	if got := CountedTwice(all); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	again := station("TZ-5", "430626100")
	if got := CountedTwice(append(all, again)); len(got) != 1 || !errors.Is(got[0], ErrTwoInOneCounty) {
		t.Errorf("got %v", got)
	}
	again.PlannedOn = again.PlannedOn.Add(365)
	if got := CountedTwice(append(all, again)); len(got) != 0 {
		t.Errorf("of another year: got %v", got)
	}
}
