package period

import (
	"strings"
	"time"

	"anlan/ground/width"
)

// ParseDay reads a day as offices write it: 2023-05-06, 2023/5/6, 2023.5.6, 20230506, 2023年5月6日 (also 号), 二〇二三年五月六日,
// with full-width forms, blanks around the parts, and a time of midnight behind it as spreadsheets add (00:00:00). A time
// that is not midnight is a fault of its own, because it may be meant. The empty text is no day. Not read, because they
// would be guesses: years of two digits, a day before its month, a month without a day.
func ParseDay(s string) (Day, error) {
	t := width.Trim(width.Narrow(s))
	if t == "" {
		return Day{}, nil
	}
	if len(s) > dayTextMax {
		return Day{}, ErrNotADay.With(s[:dayTextMax])
	}
	date, clock := cutTime(t)
	var d Day
	if strings.ContainsRune(date, '年') {
		d = dayInCharacters(date)
	} else {
		d = dayInDigits(date)
	}
	switch {
	case d.IsZero():
		return Day{}, ErrNotADay.With(s)
	case clock != "" && strings.Trim(clock, "0:.") != "":
		return Day{}, ErrHasTime.With(s)
	}
	return d, nil
}

const dayTextMax = 100 // bytes; the longest honest form has about 50

// cutTime takes a time of day off the end: what follows the last blank or T and has a colon in it.
func cutTime(s string) (date, clock string) {
	i := strings.LastIndexAny(s, " T")
	if i < 0 || !strings.Contains(s[i:], ":") || strings.Trim(s[i+1:], "0123456789:.") != "" {
		return s, ""
	}
	return width.Trim(s[:i]), s[i+1:]
}

// dayInDigits reads 2023-5-6, its forms with / and ., and 20230506.
func dayInDigits(s string) Day {
	if len(s) == len("20230506") && strings.Trim(s, "0123456789") == "" {
		return dayOfParts(s[:4], s[4:6], s[6:])
	}
	for _, mark := range []string{"-", "/", "."} {
		if p := strings.Split(s, mark); len(p) == 3 {
			return dayOfParts(width.Trim(p[0]), width.Trim(p[1]), width.Trim(p[2]))
		}
	}
	return Day{}
}

func dayOfParts(year, month, day string) Day {
	y, ok1 := number(year)
	m, ok2 := number(month)
	n, ok3 := number(day)
	if !ok1 || !ok2 || !ok3 || len(year) != 4 || len(month) > 2 || len(day) > 2 {
		return Day{}
	}
	d, _ := DayOf(y, time.Month(m), n)
	return d
}

// dayInCharacters reads 2023年5月6日 and 二〇二三年五月六日; each part is in digits or in characters.
func dayInCharacters(s string) Day {
	year, rest, _ := strings.Cut(s, "年")
	month, rest, ok := strings.Cut(rest, "月")
	day, isDay := strings.CutSuffix(width.Trim(rest), "日")
	if !isDay {
		day, isDay = strings.CutSuffix(day, "号")
	}
	if !ok || !isDay {
		return Day{}
	}
	return dayOfParts(yearDigits(width.Trim(year)), smallNumber(width.Trim(month)), smallNumber(width.Trim(day)))
}

// numerals are the characters of 0 to 9; 〇 is the standard's (GB/T 15835-2011), the other two stand in for it in old texts.
var numerals = map[rune]byte{
	'〇': '0', '零': '0', '○': '0', '一': '1', '二': '2', '三': '3', '四': '4', '五': '5', '六': '6', '七': '7', '八': '8', '九': '9',
}

// yearDigits spells the characters of a year as digits, 二〇二三 as 2023; what is no numeral stays as it is.
func yearDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if n, ok := numerals[r]; ok {
			return rune(n)
		}
		return r
	}, s)
}

// smallNumber writes 一 to 九十九 in digits (十, 十二, 二十, 二十三); what is no such number stays as it is.
func smallNumber(s string) string {
	tens, ones, ok := strings.Cut(s, "十")
	if !ok {
		if n, one := numerals[[]rune(s + " ")[0]]; one && len([]rune(s)) == 1 && n != '0' {
			return string(rune(n))
		}
		return s
	}
	digit := func(s, empty string) string {
		if s == "" {
			return empty
		}
		if n, ok := numerals[[]rune(s)[0]]; ok && len([]rune(s)) == 1 && n != '0' {
			return string(rune(n))
		}
		return s + "?" // no numeral: the parts will not parse
	}
	return digit(tens, "1") + digit(ones, "0")
}
