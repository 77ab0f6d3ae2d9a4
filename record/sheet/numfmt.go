package sheet

import (
	"strconv"
	"strings"
	"time"

	"anlan/ground/period"
)

// shape is what a number format makes of a number (单元格格式), as far as a reader must know it.
type shape uint8

const (
	general  shape = iota
	date           // day or day with time, by the value
	clock          // time of day
	percents       // shown as a hundredfold with %
	zeros          // filled with leading zeros, as codes are
)

// format is a shape, and the digits of zeros.
type format struct {
	shape  shape
	digits int
}

// builtin gives the formats that a file may name by number without declaring them (ECMA-376-1, 18.8.30, with its forms for
// Chinese: 27–36 and 50–58 are days and times there).
func builtin(id int) format {
	switch {
	case id == 9 || id == 10:
		return format{shape: percents}
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return format{shape: date}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return format{shape: clock}
	}
	return format{}
}

// parseFormat reads a declared number format; only its first section, that of positive numbers, matters.
func parseFormat(code string) format {
	if strings.Trim(code, "0") == "" && len(code) > 1 {
		return format{zeros, len(code)}
	}
	var years, months, times bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			n := strings.IndexByte(code[i+1:], '"')
			if n < 0 {
				return format{}
			}
			i += n + 1
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++ // the next sign is literal, a width or a filling
		case code[i] == '[':
			n := strings.IndexByte(code[i:], ']')
			if n < 0 {
				return format{}
			}
			if inner := strings.ToLower(code[i+1 : i+n]); inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]) {
				return format{} // an elapsed time may be longer than a day: it stays a number
			}
			i += n
		case code[i] == ';':
			i = len(code)
		case code[i] == '%':
			return format{shape: percents}
		case c == 'g' && hasFold(code[i:], "general"):
			i += len("general") - 1
		case c == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			return format{} // scientific
		case c == 'a' && (hasFold(code[i:], "am/pm") || hasFold(code[i:], "a/p")):
			times = true
			i += strings.IndexByte(code[i:], '/') + 1
		case c == 'y' || c == 'd' || c == 'e' || c == 'a' && hasFold(code[i:], "aaa"):
			years = true
		case c == 'm':
			months = true
		case c == 'h' || c == 's':
			times = true
		}
	}
	switch {
	case years || months && !times:
		return format{shape: date}
	case times:
		return format{shape: clock}
	}
	return format{}
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// cell makes a cell of a stored number.
func (f format) cell(raw string, system period.Serials) Cell {
	text, lost, ok := storedNumber(raw)
	switch {
	case !ok:
		return Cell{Text: raw, Kind: Text}
	case lost:
		return Cell{Text: text, Kind: Rounded}
	}
	switch f.shape {
	case percents:
		text = percent(text)
	case zeros:
		if allDigits(text) {
			text = strings.Repeat("0", max(f.digits-len(text), 0)) + text
		}
	case date, clock:
		if c, ok := timeCell(text, f.shape, system); ok {
			return c
		}
	}
	return Cell{Text: text, Kind: Number}
}

const daySeconds = 24 * 60 * 60

// timeCell is the day, instant or time of a serial number; a number that is none stays one.
func timeCell(text string, s shape, system period.Serials) (Cell, bool) {
	whole, frac, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || text[0] == '-' {
		return Cell{}, false
	}
	seconds := dayFraction(frac)
	if seconds == daySeconds {
		n, seconds = n+1, 0
	}
	at := func() string { return time.Unix(seconds, 0).UTC().Format(time.TimeOnly) }
	if s == clock && n == 0 {
		return Cell{Text: at(), Kind: Clock}, true
	}
	day, err := period.FromSerial(n, system)
	switch {
	case err != nil:
		return Cell{}, false
	case seconds == 0:
		return DayCell(day), true
	}
	return Cell{Text: day.String() + " " + at(), Kind: Instant}, true
}

// dayFraction is a fraction of a day in seconds, to the nearest: 0.5 is 43,200. The digits behind the point are given.
func dayFraction(frac string) int64 {
	if len(frac) > 12 {
		frac = frac[:12] // below a microsecond
	}
	n, scale := int64(0), int64(1)
	for _, c := range []byte(frac) {
		n, scale = n*10+int64(c-'0'), scale*10
	}
	return (n*daySeconds + scale/2) / scale
}

// serialsFrom is the least number that is taken for the serial of a day where no format says that it is one: five digits,
// 18 May 1927 (1900) or later, so that a year (2023) or a small number is never taken for a day.
const serialsFrom = 10_000
