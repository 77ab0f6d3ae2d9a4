package statistic

import (
	"slices"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/field"
)

// positive: no area has no people or product; what is not known is left empty.
var positive = field.Rule[field.Scaled]{
	Words: lang.Of("大于0", "more than zero"),
	Holds: func(v field.Scaled, _ period.Day) bool { return v > 0 },
}

// ranks says which edition takes the place of which.
var ranks = []Edition{Flash, Annual, Final}

// Newest is the edition that counts, nil when there is none: the highest rank, of one rank the last published, then the last
// row.
func (s *Statistic) Newest() *Value {
	var newest *Value
	for i := range s.Editions {
		x := &s.Editions[i]
		if newest == nil {
			newest = x
			continue
		}
		rank, than := slices.Index(ranks, x.Edition), slices.Index(ranks, newest.Edition)
		if rank > than || rank == than && !x.PublishedOn.Before(newest.PublishedOn) {
			newest = x
		}
	}
	return newest
}

// takeNewest copies the newest edition to the record, where the measures read it, and sets the days of the year.
func (s *Statistic) takeNewest() {
	var x Value
	if newest := s.Newest(); newest != nil {
		x = *newest
	}
	s.Edition, s.GDP, s.Population, s.Verified = x.Edition, x.GDP, x.Population, x.Verified
	s.From, _ = period.DayOf(int(s.Year), time.January, 1)
	s.Last, _ = period.DayOf(int(s.Year), time.December, 31)
	s.Next, _ = period.DayOf(int(s.Year)+1, time.January, 1)
}

// What data may be doubted for, though they are recorded as they came.
var (
	ErrUnverified = fault.Define("statistic.unverified", fault.Conflict,
		"%d年的数据（%s）尚未核对原文", "the data of %d (%s) have not been compared with their document")
	ErrUnquoted = fault.Define("statistic.unquoted", fault.Conflict,
		"%d年的数据（%s）记为已核对，没有摘录原文", "the data of %d (%s) are recorded as compared, and the sentence is not quoted")
	ErrCountedTwice = fault.Define("statistic.counted_twice", fault.Conflict,
		"%s和%s是同一单位（%s）同一年（%d）的数据，会重复计入", "%s and %s are data of one unit, %s, and one year, %d: they are counted twice")
)

// Doubts lists what about the data does not fit together; none is a reason not to record them.
func (s *Statistic) Doubts() (doubts []error) {
	newest := s.Newest()
	switch {
	case newest == nil:
	case !newest.Verified:
		doubts = append(doubts, ErrUnverified.With(s.Year, newest.Document))
	case newest.Quote == "":
		doubts = append(doubts, ErrUnquoted.With(s.Year, newest.Document))
	}
	return doubts
}

// CountedTwice finds two records of one scope, unit and year.
func CountedTwice(all []*Statistic) (doubts []error) {
	type area struct {
		scope Scope
		unit  string
		year  int64
	}
	first := map[area]*Statistic{}
	for _, s := range all {
		at := area{s.Scope, string(s.Unit), s.Year}
		if other := first[at]; other != nil {
			doubts = append(doubts, ErrCountedTwice.With(other.Number, s.Number, at.unit, at.year))
			continue
		}
		first[at] = s
	}
	return doubts
}
