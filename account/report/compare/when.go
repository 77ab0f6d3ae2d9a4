package compare

import (
	"strconv"
	"strings"
	"time"

	"anlan/account/check"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// moment is a period that a figure may be of. sure says that the text leaves no other.
type moment struct {
	period period.Period
	sure   bool
}

// yearsBackMax bounds the years before the one compared of which a report may speak.
const yearsBackMax = 20

var (
	laterYear = lang.Of("文中说的是所比统计期之后的年份", "the text speaks of a year after the period that is compared")
	oldYear   = lang.Of("文中说的年份太早，没有比对", "the text speaks of a year too long ago to be compared")
	partOfIt  = lang.Of("文中说的是一年中的一段时间，不能确定起止", "the text speaks of a part of the year whose ends cannot be told")
)

// moments are the periods that a mention may be of, for an indicator whose measures are all stocks or not; why says that
// there are none.
func (c *comparison) moments(m *check.Mention, stock bool) (out []moment, why lang.Text) {
	year := c.Period.First().Year()
	back := 0
	if m.Year != 0 {
		back = year - m.Year
	}
	switch {
	case back < 0 && !m.Dated: // the year stands with something else in the sentence
		return []moment{{c.Period, false}}, why
	case back < 0:
		return nil, laterYear
	case back > yearsBackMax:
		return nil, oldYear
	case m.Part != "":
		out, why = c.parts(m, stock)
		if !m.Dated { // the part of the year stands with something else in the sentence
			for i := range out {
				out[i].sure = false
			}
			out, why = append([]moment{{c.yearsBack(back), false}}, out...), lang.Text{}
		}
		return out, why
	case m.AtStart && stock:
		back++
	}
	then := c.yearsBack(back)
	if c.misdated[m.ID] && back > 0 {
		return []moment{{c.yearsBack(back - 1), true}}, why
	}
	if back > 0 && !m.Dated && !(m.AtStart && stock) {
		return []moment{{then, false}, {c.Period, false}}, why // the year stands with something else in the sentence
	}
	return []moment{{then, true}}, why
}

// yearsBack is the period compared, so many years before.
func (c *comparison) yearsBack(n int) period.Period {
	p := c.Period
	for range n {
		p = p.LastYear()
	}
	return p
}

var namedParts = map[string]func(year int) period.Period{
	"上半年":  func(y int) period.Period { return period.Half(y, 1) },
	"下半年":  func(y int) period.Period { return period.Half(y, 2) },
	"一季度":  func(y int) period.Period { return period.Quarter(y, 1) },
	"二季度":  func(y int) period.Period { return period.Quarter(y, 2) },
	"三季度":  func(y int) period.Period { return period.Quarter(y, 3) },
	"四季度":  func(y int) period.Period { return period.Quarter(y, 4) },
	"前三季度": func(y int) period.Period { return monthsOf(y, 1, 9) },
}

func monthsOf(year, from, to int) period.Period {
	return period.Span(period.Month(year, time.Month(from)).First(), period.Month(year, time.Month(to)).Last())
}

// parts are the periods that a part of a year may mean. Of a flow, a single month or day may also be where the year so far ends.
func (c *comparison) parts(m *check.Mention, stock bool) ([]moment, lang.Text) {
	year := m.Year
	if of, ok := namedParts[m.Part]; ok {
		return []moment{{of(year), true}}, lang.Text{}
	}
	var last period.Period
	if from, to, ok := strings.Cut(m.Part, "-"); ok {
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < 1 || a > b || b > 12 {
			return nil, partOfIt
		}
		return []moment{{monthsOf(year, a, b), true}}, lang.Text{}
	}
	month, day, ofDay := strings.Cut(m.Part, ".")
	a, err := strconv.Atoi(month)
	if err != nil || a < 1 || a > 12 {
		return nil, partOfIt
	}
	last = period.Month(year, time.Month(a))
	if ofDay {
		b, err := strconv.Atoi(day)
		d, ok := period.DayOf(year, time.Month(a), b)
		if err != nil || !ok {
			return nil, partOfIt
		}
		last = period.OfDay(d)
	}
	if stock {
		return []moment{{last, true}}, lang.Text{}
	}
	return []moment{{last, false}, {last.YearToDate(), false}}, lang.Text{}
}
