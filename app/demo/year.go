package demo

import (
	"fmt"
	"math/rand/v2"

	"anlan/ground/classification"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/resource/staff"
	"anlan/safety/accident"
	"anlan/safety/hazard"
)

// Year is the records of the synthetic year, as the sections would hand them in.
type Year struct {
	Staff     []*staff.Member
	Hazards   []*hazard.Hazard
	Accidents []*accident.Accident
}

// owner is a unit that reports, with the place where its records happen and its share of them.
type owner struct {
	unit  place.Unit
	place place.Code
	name  string
	share int
}

// owners are the nine counties and four zones. A zone without a place code reports under the district around it.
var owners = []owner{
	{"430602", "430602", "岳阳楼区", 14}, {"430603", "430603", "云溪区", 9}, {"430611", "430611", "君山区", 6},
	{"430621", "430621", "岳阳县", 10}, {"430623", "430623", "华容县", 10}, {"430624", "430624", "湘阴县", 10},
	{"430626", "430626", "平江县", 12}, {"430681", "430681", "汨罗市", 9}, {"430682", "430682", "临湘市", 8},
	{"430600-91", "430602", "经开区", 5}, {"430600-92", "430602", "新港区", 3}, {"430600-93", "430602", "南湖新区", 2}, {"430671", "430671", "屈原管理区", 2},
}

// NewYear makes the year from a seeded source: the same source gives the same year.
func NewYear(random *rand.Rand) *Year {
	m := maker{random}
	return &Year{Staff: m.staff(), Hazards: m.hazards(), Accidents: m.accidents()}
}

type maker struct{ *rand.Rand }

// owner picks a unit by its share.
func (m maker) owner() owner {
	n := m.IntN(100)
	for _, o := range owners {
		if n -= o.share; n < 0 {
			return o
		}
	}
	panic("demo: shares do not add up to 100")
}

// between is a day from first to last.
func (m maker) between(first, last period.Day) period.Day {
	return first.Add(m.IntN(last.Sub(first) + 1))
}

// staff: 92 in post and 17 retired at the end of 2023, and some who are neither on that day.
func (m maker) staff() (out []*staff.Member) {
	add := func(from, to, retiredOn, removedOn period.Day) {
		n := len(out) + 1
		x := &staff.Member{Number: fmt.Sprintf("RY%04d", n), Name: fmt.Sprintf("示例人员%04d", n), Establishment: classification.Administrative,
			InPostFrom: from, InPostTo: to, RetiredOn: retiredOn, RemovedOn: removedOn}
		if n%100 >= 42 {
			x.Establishment = classification.Institution
		}
		x.Unit, x.Place = place.Unit(fmt.Sprintf("430600-%02d", 1+n%14)), "430600"
		out = append(out, x)
	}
	none := period.Day{}
	came := func() period.Day { return m.between(period.MustDay(1988, 7, 1), period.MustDay(2019, 3, 11)) }
	for range inPost {
		add(came(), none, none, none)
	}
	for range retired {
		left := m.between(period.MustDay(2019, 4, 1), period.MustDay(2023, 11, 30))
		add(came(), left, left.Add(1), none)
	}
	for range 3 { // moved away
		add(came(), m.between(period.MustDay(2021, 1, 1), eve22), none, none)
	}
	for range 2 { // pensioners who died before the year ended
		left := m.between(period.MustDay(2019, 4, 1), period.MustDay(2020, 12, 31))
		add(came(), left, left.Add(1), m.between(newYear22, newYearEve))
	}
	for range 4 { // came after the year ended
		add(m.between(period.MustDay(2024, 1, 2), period.MustDay(2024, 2, 20)), none, none, none)
	}
	return out
}

