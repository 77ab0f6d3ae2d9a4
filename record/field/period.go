package field

import (
	"strings"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/width"
)

// TypePeriod is a span of whole days by its name.
const TypePeriod Type = "period"

// Period is the period (统计期) that a return, a target or a printed figure is of. Column, journal and sheet hold the name that
// the command line takes: 2023, 2023-H1, 2023-Q2, 2023-05, 2023-05-T1, 2023-05-06, 2023-01..05. Two names of one span are one
// value. It has no order: months and years lie inside each other.
func Period[T any](code string, zh lang.Zh, en lang.En, at func(*T) *period.Period, rules ...Rule[period.Period]) Typed[T, period.Period] {
	return define(code, zh, en, at, codec[period.Period]{
		typ: TypePeriod, sql: SQLText,
		absent: period.Period.IsZero,
		encode: func(p period.Period) any { return p.String() },
		decode: func(src any) (p period.Period, err error) { err = p.Scan(src); return p, err },
		show:   period.Period.String,
		parse:  parsePeriod,
	}, rules)
}

// periodTextMax bounds what is looked at, in bytes; the longest honest form has about 50.
const periodTextMax = 100

// parsePeriod reads the name of a period, also as sheets have it: 2023年, 2023年5月, 2023年1-5月 with any dash.
func parsePeriod(s string) (period.Period, error) {
	t := width.Trim(narrow(s))
	if len(t) > periodTextMax {
		return period.Period{}, period.ErrNotAPeriod.With(cut(s))
	}
	year, rest, spelt := strings.Cut(t, "年")
	if !spelt {
		return period.Parse(t)
	}
	name := year
	if months, ok := strings.CutSuffix(rest, "月"); ok {
		from, to, ranged := strings.Cut(strings.ReplaceAll(months, "~", "-"), "-")
		name += "-" + twoDigits(from)
		if ranged {
			name += ".." + twoDigits(to)
		}
	} else if rest != "" {
		return period.Period{}, period.ErrNotAPeriod.With(s)
	}
	p, err := period.Parse(name)
	if err != nil || p.IsZero() {
		return period.Period{}, period.ErrNotAPeriod.With(s) // in the words of whoever wrote it
	}
	return p, nil
}

// twoDigits writes a month of one digit as names of periods have it.
func twoDigits(month string) string {
	if len(month) == 1 {
		return "0" + month
	}
	return month
}
