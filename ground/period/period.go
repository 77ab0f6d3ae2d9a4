package period

import (
	"iter"
	"time"
)

// Period is a span of whole days, first and last included (统计期). The zero Period is none. Periods compare with ==.
type Period struct{ first, last Day }

// Span is the period from first to last, both included; none when a day is missing or last stands before first.
func Span(first, last Day) Period {
	if first.IsZero() || last.IsZero() || last.Before(first) {
		return Period{}
	}
	return Period{first, last}
}

// OfDay is the period of one day.
func OfDay(d Day) Period { return Span(d, d) }

// Year is a calendar year; none outside 1–9999.
func Year(y int) Period { return months(y, 1, 12) }

// Half is the first or second half of a year (上半年, 下半年), h from 1 to 2.
func Half(y, h int) Period { return part(y, h, 2) }

// Quarter is a quarter of a year (季度), q from 1 to 4.
func Quarter(y, q int) Period { return part(y, q, 4) }

// Month is a calendar month.
func Month(y int, m time.Month) Period { return months(y, m, 1) }

// TenDay is a third of a month (旬): 1 is the 1st to 10th, 2 the 11th to 20th, 3 the 21st to the end of the month.
func TenDay(y int, m time.Month, t int) Period {
	month := Month(y, m)
	switch {
	case month.IsZero() || t < 1 || t > 3:
		return Period{}
	case t == 3:
		return Span(month.first.Add(20), month.last)
	}
	return Span(month.first.Add(10*t-10), month.first.Add(10*t-1))
}

// part is the i-th of n equal parts of a year.
func part(y, i, n int) Period {
	if i < 1 || i > n {
		return Period{}
	}
	return months(y, time.Month(12/n*(i-1)+1), 12/n)
}

// months is n whole months from month m of year y; none when any of them is outside the calendar.
func months(y int, m time.Month, n int) Period {
	first, ok := DayOf(y, m, 1)
	if !ok {
		return Period{}
	}
	return Period{first, monthEnd(y, int(m)+n-1)}.orNone()
}

// monthEnd is the last day of month m of year y, where m may run past 12 or below 1; no day outside the calendar.
func monthEnd(y, m int) Day {
	t := time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC)
	d, _ := DayOf(t.Date())
	return d
}

func (p Period) orNone() Period { return Span(p.first, p.last) }

// IsZero says whether there is no period.
func (p Period) IsZero() bool { return p.first.IsZero() }

// First is the first day.
func (p Period) First() Day { return p.first }

// Last is the last day, which belongs to the period.
func (p Period) Last() Day { return p.last }

// Days is the number of days; 0 for no period.
func (p Period) Days() int {
	if p.IsZero() {
		return 0
	}
	return p.last.Sub(p.first) + 1
}

// Contains says whether d is one of the days; no day is in no period.
func (p Period) Contains(d Day) bool {
	return !d.IsZero() && !p.IsZero() && !d.Before(p.first) && !p.last.Before(d)
}

// wholeMonths is the number of calendar months that p exactly covers; 0 when it begins or ends inside a month.
func (p Period) wholeMonths() int {
	y1, m1, d1 := p.first.Date()
	y2, m2, _ := p.last.Date()
	if p.IsZero() || d1 != 1 || p.last != monthEnd(y2, int(m2)) {
		return 0
	}
	return 12*(y2-y1) + int(m2-m1) + 1
}

// tenDay is 1, 2 or 3 when p is exactly that third of a month, else 0.
func (p Period) tenDay() int {
	y, m, d := p.first.Date()
	if t := (d + 9) / 10; t < 4 && p == TenDay(y, m, t) {
		return t
	}
	return 0
}

// LastYear is the same span one year earlier (同期). Whole months and thirds of a month stay whole: 2024-02 (29 days) gives
// 2023-02 (28). Of any other span each end moves to the same date, and 29 February to 28 February.
func (p Period) LastYear() Period {
	y, m, _ := p.first.Date()
	if n := p.wholeMonths(); n > 0 {
		return months(y-1, m, n)
	}
	if t := p.tenDay(); t > 0 {
		return TenDay(y-1, m, t)
	}
	return Span(p.first.lastYear(), p.last.lastYear())
}

func (d Day) lastYear() Day {
	y, m, n := d.Date()
	if m == time.February && n == 29 {
		n = 28
	}
	e, _ := DayOf(y-1, m, n)
	return e
}

// Previous is the span of the same kind that ends on the day before p (环比): as many whole months, the third of a month
// before, or as many days.
func (p Period) Previous() Period {
	if p.IsZero() {
		return p
	}
	before := p.first.Add(-1)
	y, m, _ := before.Date()
	if n := p.wholeMonths(); n > 0 {
		first := time.Date(y, m-time.Month(n)+1, 1, 0, 0, 0, 0, time.UTC)
		return months(first.Year(), first.Month(), n)
	}
	if t := p.tenDay(); t > 0 {
		return TenDay(y, m, (t+1)%3+1)
	}
	return Span(before.Add(1-p.Days()), before)
}

// YearEndBefore is the last day of the year before the one in which p ends (上年末); no day for no period.
func (p Period) YearEndBefore() Day { return monthEnd(p.last.Year(), 0) }

// YearToDate is the span from 1 January of the year in which p ends to the end of p (累计).
func (p Period) YearToDate() Period {
	first, _ := DayOf(p.last.Year(), time.January, 1)
	return Span(first, p.last)
}

// Months gives the parts of p by calendar month, in order: whole months, save the first and the last where p begins or
// ends inside one. The parts do not overlap and together are p.
func (p Period) Months() iter.Seq[Period] {
	return func(yield func(Period) bool) {
		for first := p.first; !p.IsZero(); {
			y, m, _ := first.Date()
			last := monthEnd(y, int(m))
			if !last.Before(p.last) {
				yield(Period{first, p.last})
				return
			}
			if !yield(Period{first, last}) {
				return
			}
			first = last.Add(1)
		}
	}
}
