package period

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Shanghai is the bureau's time zone: UTC+8 all year. A fixed zone, so that no machine's zone files can change a day.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day is a calendar day of the bureau. The zero Day is none recorded. Days compare with ==, and order with Before.
type Day struct{ n int32 } // days since 1970-01-01, plus 1 when ≥ 0 so that the zero value stays free

// DayOf is the day of a date; out-of-range parts are refused by ok.
func DayOf(year int, month time.Month, day int) (d Day, ok bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if year < 1 || year > 9999 || t.Year() != year || t.Month() != month || t.Day() != day {
		return Day{}, false
	}
	return fromUnix(int32(t.Unix() / 86400)), true
}

// MustDay is DayOf for declarations and tests.
func MustDay(year int, month time.Month, day int) Day {
	d, ok := DayOf(year, month, day)
	if !ok {
		panic(fmt.Sprintf("period: %04d-%02d-%02d is not a day", year, month, day))
	}
	return d
}

// DayAt is the bureau's day at an instant.
func DayAt(at time.Time) Day {
	y, m, d := at.In(Shanghai).Date()
	day, _ := DayOf(y, m, d)
	return day
}

func fromUnix(n int32) Day {
	if n >= 0 {
		n++
	}
	return Day{n}
}

func (d Day) unix() int32 {
	if d.n > 0 {
		return d.n - 1
	}
	return d.n
}

// IsZero says whether no day is recorded.
func (d Day) IsZero() bool { return d.n == 0 }

// Date gives the parts; zero parts for no day.
func (d Day) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return time.Unix(int64(d.unix())*86400, 0).UTC().Date()
}

// Year is the calendar year; 0 for no day.
func (d Day) Year() int { y, _, _ := d.Date(); return y }

// Before orders days; no day stands before every day.
func (d Day) Before(e Day) bool {
	if d.IsZero() || e.IsZero() {
		return d.IsZero() && !e.IsZero()
	}
	return d.unix() < e.unix()
}

// Add moves by n days; no day stays no day, and what would leave the calendar of years 1–9999 is no day.
func (d Day) Add(n int) Day {
	to := int64(d.unix()) + int64(n)
	if d.IsZero() || int64(n) != int64(int32(n)) || to < firstUnix || to > lastUnix {
		return Day{}
	}
	return fromUnix(int32(to))
}

// Days since 1970-01-01 of the ends of the calendar: 0001-01-01 and 9999-12-31.
const (
	firstUnix = -719162
	lastUnix  = 2932896
)

// Sub is the number of days from e to d.
func (d Day) Sub(e Day) int { return int(d.unix() - e.unix()) }

// String is YYYY-MM-DD; empty for no day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, n := d.Date()
	b := [10]byte{byte('0' + y/1000), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
		byte('0' + m/10), byte('0' + m%10), '-', byte('0' + n/10), byte('0' + n%10)}
	return string(b[:])
}

// ISODay reads YYYY-MM-DD and nothing else; the empty text is no day.
func ISODay(s string) (Day, error) {
	if s == "" {
		return Day{}, nil
	}
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, ok1 := number(s[:4])
		m, ok2 := number(s[5:7])
		n, ok3 := number(s[8:])
		if ok1 && ok2 && ok3 {
			if d, ok := DayOf(y, time.Month(m), n); ok {
				return d, nil
			}
		}
	}
	return Day{}, ErrNotADay.With(s)
}

func number(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}

// MarshalText is YYYY-MM-DD, for JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(b []byte) (err error) {
	*d, err = ISODay(string(b))
	return err
}

// Value stores the day as its text; no day is NULL.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what Value stored.
func (d *Day) Scan(src any) (err error) {
	switch s := src.(type) {
	case nil:
		*d = Day{}
	case string:
		*d, err = ISODay(s)
	case []byte:
		*d, err = ISODay(string(s))
	default:
		err = fmt.Errorf("period: cannot read a day from %T", src)
	}
	return err
}
