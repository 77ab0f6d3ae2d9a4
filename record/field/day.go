package field

import (
	"fmt"
	"time"

	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
)

// The types of time.
const (
	TypeDay     Type = "day"
	TypeInstant Type = "instant"
)

// Day is a calendar day of the bureau (Asia/Shanghai).
func Day[T any](code string, zh lang.Zh, en lang.En, at func(*T) *period.Day, rules ...Rule[period.Day]) Typed[T, period.Day] {
	return define(code, zh, en, at, codec[period.Day]{
		typ: TypeDay, sql: SQLText, ordered: true,
		absent: period.Day.IsZero,
		encode: func(d period.Day) any { return d.String() },
		decode: func(src any) (d period.Day, err error) { err = d.Scan(src); return d, err },
		show:   period.Day.String,
		parse:  period.ParseDay,
	}, rules)
}

// NotFuture allows no day after the bureau's today.
var NotFuture = Rule[period.Day]{
	lang.Of("不晚于今天", "a day not later than today"),
	func(d period.Day, today period.Day) bool { return !today.Before(d) },
}

// Instant is a reported instant: a moment as somebody's clock gave it, with that clock's offset kept beside UTC.
// It is stored as text (RFC 3339 to the second, with offset), which sorts by local time only; order by it is not offered.
func Instant[T any](code string, zh lang.Zh, en lang.En, at func(*T) *maybe.Of[time.Time]) Typed[T, maybe.Of[time.Time]] {
	return defineEither(code, zh, en, at, codec[time.Time]{
		typ: TypeInstant, sql: SQLText,
		normal: func(t time.Time) time.Time { return t.Truncate(time.Second) },
		encode: func(t time.Time) any { return t.Format(time.RFC3339) },
		decode: func(src any) (time.Time, error) {
			s, err := decodeText[string](src)
			if err != nil {
				return time.Time{}, err
			}
			return time.Parse(time.RFC3339, s)
		},
		show:  func(t time.Time) string { return t.Format(time.RFC3339) },
		parse: parseInstant,
	}, nil)
}

// parseInstant reads RFC 3339, or local writing of the bureau's zone.
func parseInstant(s string) (time.Time, error) {
	s = narrow(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Truncate(time.Second), nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04",
		"2006年1月2日15时4分", "2006年1月2日 15:04", "2006年1月2日15时"} {
		if t, err := time.ParseInLocation(layout, s, period.Shanghai); err == nil {
			return t, nil
		}
	}
	return time.Time{}, ErrNotAnInstant.With(s)
}

// decodeInt and decodeText read what package store gives: integers as int64, texts as string.
func decodeInt(src any) (int64, error) {
	n, ok := src.(int64)
	if !ok {
		return 0, fmt.Errorf("cannot read a number from %T", src)
	}
	return n, nil
}
