package period

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// String is the shortest name of the span, which Parse reads back; empty for no period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	y, m, _ := p.first.Date()
	y2, m2, _ := p.last.Date()
	n := p.wholeMonths()
	switch {
	case n == 12 && m == 1:
		return fmt.Sprintf("%04d", y)
	case n == 6 && m%6 == 1:
		return fmt.Sprintf("%04d-H%d", y, m/6+1)
	case n == 3 && m%3 == 1:
		return fmt.Sprintf("%04d-Q%d", y, m/3+1)
	case n == 1:
		return fmt.Sprintf("%04d-%02d", y, m)
	case n > 0 && m == 1 && m2 == 12:
		return fmt.Sprintf("%04d..%04d", y, y2)
	case n > 0 && y == y2:
		return fmt.Sprintf("%04d-%02d..%02d", y, m, m2)
	case n > 0:
		return fmt.Sprintf("%04d-%02d..%04d-%02d", y, m, y2, m2)
	case p.tenDay() > 0:
		return fmt.Sprintf("%04d-%02d-T%d", y, m, p.tenDay())
	case p.first == p.last:
		return p.first.String()
	}
	return p.first.String() + ".." + p.last.String()
}

// Parse reads the name of a period in any of the forms of the package comment; the empty text is no period. A span whose
// end stands before its beginning is a fault.
func Parse(s string) (Period, error) {
	if s == "" {
		return Period{}, nil
	}
	from, to, ranged := strings.Cut(s, "..")
	if !ranged {
		if p := named(s); !p.IsZero() {
			return p, nil
		}
		return Period{}, ErrNotAPeriod.With(s)
	}
	if len(from) == len("2023-01") && len(to) == len("05") {
		to = from[:len("2023-")] + to
	}
	a, b := named(from), named(to)
	if len(from) != len(to) || strings.ContainsAny(from+to, "HQT") || a.IsZero() || b.IsZero() {
		return Period{}, ErrNotAPeriod.With(s)
	}
	p := Span(a.first, b.last)
	if p.IsZero() {
		return Period{}, ErrEndsBeforeItBegins.With(s)
	}
	return p, nil
}

// named reads a name without a span; none when it is not one.
func named(s string) Period {
	if len(s) < 4 {
		return Period{}
	}
	y, ok := number(s[:4])
	rest := s[4:]
	if !ok || rest == "" && y == 0 {
		return Period{}
	}
	switch {
	case rest == "":
		return Year(y)
	case len(rest) == len("-H1") && rest[:2] == "-H":
		return Half(y, int(rest[2])-'0')
	case len(rest) == len("-Q1") && rest[:2] == "-Q":
		return Quarter(y, int(rest[2])-'0')
	case len(rest) < len("-05") || rest[0] != '-':
		return Period{}
	}
	m, ok := number(rest[1:3])
	rest = rest[3:]
	switch {
	case !ok:
		return Period{}
	case rest == "":
		return Month(y, time.Month(m))
	case len(rest) == len("-T1") && rest[:2] == "-T":
		return TenDay(y, time.Month(m), int(rest[2])-'0')
	case len(rest) == len("-06") && rest[0] == '-':
		if n, ok := number(rest[1:]); ok {
			d, _ := DayOf(y, time.Month(m), n)
			return OfDay(d)
		}
	}
	return Period{}
}

// MustParse is Parse for declarations and tests.
func MustParse(s string) Period {
	p, err := Parse(s)
	if err != nil || p.IsZero() {
		panic("period: " + strconv.Quote(s) + " is not a period")
	}
	return p
}

// MarshalText is the name, for JSON.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the name.
func (p *Period) UnmarshalText(b []byte) (err error) {
	*p, err = Parse(string(b))
	return err
}

// Value stores the period as its name; no period is NULL.
func (p Period) Value() (driver.Value, error) {
	if p.IsZero() {
		return nil, nil
	}
	return p.String(), nil
}

// Scan reads what Value stored.
func (p *Period) Scan(src any) (err error) {
	switch s := src.(type) {
	case nil:
		*p = Period{}
	case string:
		*p, err = Parse(s)
	case []byte:
		*p, err = Parse(string(s))
	default:
		err = fmt.Errorf("period: cannot read a period from %T", src)
	}
	return err
}
