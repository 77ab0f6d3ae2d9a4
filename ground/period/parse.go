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
		return Day{}, ErrNotADay.With(strings.ToValidUTF8(s[:dayTextMax], "") + "…")
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
	if len(s) == len("20230506") && !strings.ContainsAny(s, "-/.") {
		return dayOfParts(s[:4], s[4:6], s[6:])
	}
	for _, mark := range []string{"-", "/", "."} {
		if p := strings.Split(s, mark); len(p) == 3 {
			return dayOfParts(p[0], p[1], p[2])
		}
	}
	return Day{}
}

// dayInCharacters reads 2023年5月6日 and 二〇二三年五月六日; each part is in digits or in characters.
func dayInCharacters(s string) Day {
	year, rest, _ := strings.Cut(s, "年")
	month, rest, hasMonth := strings.Cut(rest, "月")
	day, isDay := strings.CutSuffix(rest, "日")
	if !isDay {
		day, isDay = strings.CutSuffix(rest, "号")
	}
	if !hasMonth || !isDay {
		return Day{}
	}
	return dayOfParts(digitsOf(year), month, day)
}

// dayOfParts is the day of a year of four digits and of a month and a day below a hundred; no day when they are not.
func dayOfParts(year, month, day string) Day {
	year = width.Trim(year)
	y, isYear := number(year)
	m, isMonth := belowHundred(width.Trim(month))
	n, isDay := belowHundred(width.Trim(day))
	if !isYear || len(year) != 4 || !isMonth || !isDay {
		return Day{}
	}
	d, _ := DayOf(y, time.Month(m), n)
	return d
}

// numerals are the characters of 0 to 9 (GB/T 15835-2011); 零 and ○ stand in for 〇 in old texts.
var numerals = strings.NewReplacer("〇", "0", "零", "0", "○", "0", "一", "1", "二", "2", "三", "3", "四", "4",
	"五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// digitsOf spells the characters of a year as digits, 二〇二三 as 2023; what is no numeral stays as it is.
func digitsOf(s string) string { return numerals.Replace(s) }

// belowHundred reads one or two digits, or the characters of 1 to 99 (六, 十, 十二, 二十, 二十三).
func belowHundred(s string) (n int, ok bool) {
	if n, ok := number(s); ok {
		return n, len(s) <= 2
	}
	tens, ones, hasTen := strings.Cut(s, "十")
	if !hasTen {
		return numeral(s)
	}
	t, o := 1, 0
	if tens != "" {
		if t, ok = numeral(tens); !ok {
			return 0, false
		}
	}
	if ones != "" {
		if o, ok = numeral(ones); !ok {
			return 0, false
		}
	}
	return 10*t + o, true
}

// numeral reads one character of 1 to 9.
func numeral(s string) (n int, ok bool) {
	d := digitsOf(s)
	if len(d) != 1 || d == s {
		return 0, false
	}
	n, ok = number(d)
	return n, ok && n > 0
}
