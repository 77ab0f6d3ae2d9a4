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

// The figures that the year is fitted to.
const (
	inPost, retired                = 92, 17
	hazardsFound, hazardsListed    = 16_424, 6_682
	accidentsThisYear, deathsThis  = 87, 97
	accidentsLastYear, deathsLast  = 103, 109
	ordinaryHazards, earlierMajors = 1_150, 426 // must not count in 2023
)

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

var (
	newYear22  = period.MustDay(2022, 1, 1)
	newYearEve = period.MustDay(2023, 12, 31)
	newYear23  = period.MustDay(2023, 1, 1)
	eve22      = period.MustDay(2022, 12, 31)
)

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

// hazards: major ones found and listed in 2023, ordinary ones, and major ones of the year before.
func (m maker) hazards() (out []*hazard.Hazard) {
	add := func(grade hazard.Grade, found, listed period.Day) {
		n := len(out) + 1
		o := m.owner()
		x := &hazard.Hazard{Number: fmt.Sprintf("YH%d%06d", found.Year(), n), Grade: grade, FoundOn: found, ListedOn: listed,
			Title: fmt.Sprintf("示例隐患：%s", troubles[m.IntN(len(troubles))]), Enterprise: fmt.Sprintf("%s示例企业%04d", o.name, m.IntN(2400)+1)}
		x.Unit, x.Place = o.unit, o.place
		if !listed.IsZero() {
			x.RectifyBy = listed.Add(30 + m.IntN(60))
		}
		m.mend(x)
		out = append(out, x)
	}
	for n := range hazardsFound {
		found := m.between(newYear23, newYearEve)
		listed := period.Day{}
		if n < hazardsListed {
			listed = m.between(found, newYearEve)
		}
		add(hazard.Major, found, listed)
	}
	for range ordinaryHazards {
		add(hazard.Ordinary, m.between(newYear22, newYearEve), period.Day{})
	}
	for range earlierMajors {
		found := m.between(newYear22, eve22)
		add(hazard.Major, found, m.between(found, eve22))
	}
	m.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

var troubles = []string{"外包单位未统一协调管理", "特种作业人员无证上岗", "有限空间作业未经审批", "可燃气体报警器停用", "除尘系统未设泄爆装置", "安全出口被占用", "储罐区安全距离不足", "边坡未按设计治理"}

// mend takes a hazard along its states: most are closed, some only mended, some still open.
func (m maker) mend(x *hazard.Hazard) {
	x.State = hazard.StateFound
	begin := x.FoundOn
	if !x.ListedOn.IsZero() {
		x.State, begin = hazard.StateListed, x.ListedOn
	}
	fate := m.IntN(100)
	if fate >= 95 {
		return
	}
	done := m.between(begin, begin.Add(45))
	x.Steps = []hazard.Step{{On: done, What: "完成整改并附现场照片（示例）"}}
	x.Cost = maybe.Some(money.Fen(m.IntN(400)+1) * 100 * money.Yuan)
	x.State = hazard.StateRectified
	if fate < 92 {
		x.State, x.ClosedOn = hazard.StateClosed, m.between(done, done.Add(10))
	}
}

// accidents of two years, none with three deaths or more.
func (m maker) accidents() (out []*accident.Accident) {
	year := func(first, last period.Day, total, deaths int) {
		doubles := 12 + m.IntN(3) // accidents with two deaths
		hurt := total - (deaths - doubles)
		for n := range total {
			dead := 1
			switch {
			case n < doubles:
				dead = 2
			case n < doubles+hurt:
				dead = 0
			}
			out = append(out, m.accident(len(out)+1, m.between(first, last), dead))
		}
	}
	year(newYear22, eve22, accidentsLastYear, deathsLast)
	year(newYear23, newYearEve, accidentsThisYear, deathsThis)
	return out
}

func (m maker) accident(n int, on period.Day, dead int) *accident.Accident {
	o := m.owner()
	x := &accident.Accident{Head: record.Head{Unit: o.unit, Place: o.place}, Number: fmt.Sprintf("SG%d%04d", on.Year(), n), OccurredOn: on,
		Enterprise: fmt.Sprintf("%s示例企业%04d", o.name, m.IntN(2400)+1), Summary: "合成示例记录，不对应任何真实事故",
		Loss: maybe.Some(money.Fen(m.IntN(180)+20) * money.Wan)}
	add := func(fate accident.Fate) {
		x.Casualties = append(x.Casualties, accident.Casualty{Name: fmt.Sprintf("示例伤亡%04d-%d", n, len(x.Casualties)+1), Fate: fate})
	}
	for range dead {
		add(accident.Death)
	}
	if dead == 0 {
		add(accident.Serious)
	}
	for range m.IntN(2) {
		add(accident.Minor)
	}
	return x
}
