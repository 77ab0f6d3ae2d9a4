package ident

import (
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/width"
)

// Pattern is the form of a serial number that people read (文号、编号), such as 岳应急罚〔{year}〕{n}号: literal text with {n}, the
// running number, and at most one {year} of four digits. {n:4} fills the number with zeros to four digits (HZ-{year}-{n:4}),
// which document numbers of GB/T 9704-2012 (7.2.5) do not. With {year} the numbers begin again at 1 in each year.
// The zero Pattern is none and refuses every text.
type Pattern struct {
	text   string
	pieces []piece
	yearly bool
}

// piece is literal text, folded for reading too, or one of the two places.
type piece struct {
	literal, folded string
	slot            slot
	digits          int // of {n}: filled up to
}

type slot int

const (
	literal slot = iota
	yearSlot
	numberSlot
)

// Serial is what a serial number says beside its literal text. Year is 0 where the pattern has none.
type Serial struct {
	Year   int
	Number int64
}

// numberMax bounds the running number: nine digits, more than any office writes.
const numberMax = 999_999_999

// Faults of patterns and serial numbers.
var (
	ErrNotAPattern = fault.Define("ident.not_a_pattern", fault.Undefined,
		"“%s”不是编号格式，应含一个{n}，可含一个{year}，其后不得紧跟数字，如岳应急罚〔{year}〕{n}号", "%q is not a pattern of serial numbers; it must have one {n} and at most one {year}, neither followed by a digit, as 岳应急罚〔{year}〕{n}号")
	ErrNotASerial = fault.Define("ident.not_a_serial", fault.Invalid,
		"“%s”不符合编号格式，应形如“%s”", "%q does not follow the form of this serial number; expected the form %q")
	ErrOutOfNumbers = fault.Define("ident.out_of_numbers", fault.Unable,
		"编号“%s”已用完", "the serial numbers %q are used up")
)

// ParsePattern reads a pattern.
func ParsePattern(s string) (Pattern, error) {
	p := Pattern{text: s}
	numbers, years := 0, 0
	for rest := s; rest != ""; {
		open := strings.IndexByte(rest, '{')
		if open != 0 {
			if open < 0 {
				open = len(rest)
			}
			p.pieces = append(p.pieces, piece{literal: rest[:open], folded: fold(rest[:open])})
			rest = rest[open:]
			continue
		}
		name, after, closed := strings.Cut(rest[1:], "}")
		next := piece{slot: numberSlot, digits: 1}
		switch {
		case !closed:
			return Pattern{}, ErrNotAPattern.With(s)
		case name == "year":
			next = piece{slot: yearSlot}
			years++
		case name == "n":
			numbers++
		case len(name) == len("n:4") && name[:2] == "n:" && name[2] >= '1' && name[2] <= '9':
			next.digits = int(name[2] - '0')
			numbers++
		default:
			return Pattern{}, ErrNotAPattern.With(s)
		}
		p.pieces = append(p.pieces, next)
		rest = after
	}
	p.yearly = years == 1
	if numbers != 1 || years > 1 || !p.readable() {
		return Pattern{}, ErrNotAPattern.With(s)
	}
	return p, nil
}

// MustPattern is ParsePattern for declarations.
func MustPattern(s string) Pattern {
	p, err := ParsePattern(s)
	if err != nil {
		panic(err)
	}
	return p
}

// readable says whether what Format writes can be taken apart again: no place is followed by a digit or by another
// place, save a year by the number; and literal text holds no brace.
func (p Pattern) readable() bool {
	for i, at := range p.pieces {
		if strings.ContainsAny(at.literal, "{}") || at.literal != "" && at.folded == "" {
			return false
		}
		if at.slot != numberSlot || i == len(p.pieces)-1 {
			continue
		}
		next := p.pieces[i+1]
		if next.folded == "" || isDigit(next.folded[0]) {
			return false
		}
	}
	return true
}

// String is the pattern as it was written.
func (p Pattern) String() string { return p.text }

// Yearly says whether the numbers begin again each year.
func (p Pattern) Yearly() bool { return p.yearly }

// Format writes the serial number of s, which must have a year of 1–9999 where the pattern has one and a number of 1 to
// 999,999,999: Parse reads it back.
func (p Pattern) Format(s Serial) string {
	var b strings.Builder
	for _, at := range p.pieces {
		switch at.slot {
		case yearSlot:
			b.WriteString(filled(int64(s.Year), 4))
		case numberSlot:
			b.WriteString(filled(s.Number, at.digits))
		default:
			b.WriteString(at.literal)
		}
	}
	return b.String()
}

func filled(n int64, digits int) string {
	s := strconv.FormatInt(n, 10)
	return strings.Repeat("0", max(digits-len(s), 0)) + s
}

// Parse reads a serial number as people type it: blanks are overlooked, full-width digits and letters are their narrow
// forms, every shape of bracket stands for 〔〕, and zeros may lead. Format of the result is the proper form. The empty text
// is the zero Serial.
func (p Pattern) Parse(s string) (Serial, error) {
	if s == "" {
		return Serial{}, nil
	}
	var out Serial
	rest := fold(s)
	for _, at := range p.pieces {
		ok := true
		switch at.slot {
		case yearSlot:
			var y int64
			if y, rest, ok = leading(rest, 4); ok {
				out.Year = int(y)
			}
			ok = ok && y > 0
		case numberSlot:
			out.Number, rest, ok = leading(rest, 0)
			ok = ok && out.Number > 0 && out.Number <= numberMax
		default:
			rest, ok = strings.CutPrefix(rest, at.folded)
		}
		if !ok {
			return Serial{}, p.refuse(s)
		}
	}
	if rest != "" || len(p.pieces) == 0 {
		return Serial{}, p.refuse(s)
	}
	return out, nil
}

func (p Pattern) refuse(s string) error {
	return ErrNotASerial.With(s, p.Format(Serial{Year: 2026, Number: 12}))
}

// Next is the serial after last in a year: the number after it, or 1 in a year other than that of last where the pattern
// is yearly. last is the greatest number given so far in that year, or the zero Serial; numbers are never used twice, so
// one that was withdrawn stays used.
func (p Pattern) Next(last Serial, year int) (Serial, error) {
	next := Serial{Number: last.Number + 1}
	if p.yearly {
		next.Year = year
		if last.Year != year {
			next.Number = 1
		}
	}
	if next.Number > numberMax {
		return Serial{}, ErrOutOfNumbers.With(p.text)
	}
	return next, nil
}

// leading takes digits off the front of s: exactly n, or all where n is 0. At most eighteen, which fit.
func leading(s string, n int) (v int64, rest string, ok bool) {
	i := 0
	for i < len(s) && isDigit(s[i]) && (n == 0 || i < n) {
		i++
	}
	if i == 0 || n > 0 && i != n || i > 18 {
		return 0, s, false
	}
	v, err := strconv.ParseInt(s[:i], 10, 64)
	return v, s[i:], err == nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// fold is the form in which pattern and text are compared.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = width.Rune(r); r {
		case '〔', '﹝', '[', '【', '〖', '(':
			return '['
		case '〕', '﹞', ']', '】', '〗', ')':
			return ']'
		case ' ', '\t', '\u00a0', '\ufeff', '\u200b':
			return -1
		}
		return r
	}, s)
}
