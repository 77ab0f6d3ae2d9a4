package sheet

import "strings"

// significantMax is how many decimal digits a spreadsheet program keeps of a number (ECMA-376 stores binary doubles; Excel
// writes up to 17 digits of them, of which the last two are dust: 1.1 stands in the file as 1.1000000000000001).
const significantMax = 15

// numberLenMax bounds the digits of a number in a file; the largest double has 309 before its point.
const numberLenMax = 400

// isPlainNumber says whether s is a number in plain decimal digits: an optional minus, no needless leading zero, digits
// behind a point.
func isPlainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, pointed := strings.Cut(s, ".")
	return allDigits(whole) && (len(whole) == 1 || whole[0] != '0') && (!pointed || allDigits(frac))
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// significant is the number of significant digits of a plain number, zeros at either end not counted.
func significant(s string) int {
	return len(strings.Trim(strings.ReplaceAll(strings.TrimPrefix(s, "-"), ".", ""), "0"))
}

// decimal is a number taken apart: 0.digits × 10^point, without leading or trailing zeros in digits; none are zero.
type decimal struct {
	negative bool
	digits   string
	point    int
}

// parseDecimal reads an XML double that is a number: sign, digits, point, exponent.
func parseDecimal(s string) (d decimal, ok bool) {
	rest, negative := strings.CutPrefix(s, "-")
	if !negative {
		rest = strings.TrimPrefix(rest, "+")
	}
	exponent := 0
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		if exponent, ok = parseExponent(rest[i+1:]); !ok {
			return decimal{}, false
		}
		rest = rest[:i]
	}
	whole, frac, _ := strings.Cut(rest, ".")
	digits := whole + frac
	if !allDigits(digits) || len(digits) > numberLenMax {
		return decimal{}, false
	}
	d = decimal{negative, strings.TrimLeft(digits, "0"), len(whole) + exponent}
	d.point -= len(digits) - len(d.digits)
	return d.trimmed(), true
}

func parseExponent(s string) (n int, ok bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if !negative {
		digits = strings.TrimPrefix(digits, "+")
	}
	if !allDigits(digits) || len(digits) > 3 {
		return 0, false
	}
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

func (d decimal) trimmed() decimal {
	if d.digits = strings.TrimRight(d.digits, "0"); d.digits == "" {
		return decimal{}
	}
	return d
}

// rounded keeps at most n significant digits, half away from zero.
func (d decimal) rounded(n int) decimal {
	if len(d.digits) <= n {
		return d
	}
	kept := []byte(d.digits[:n])
	if d.digits[n] >= '5' {
		i := n - 1
		for ; i >= 0 && kept[i] == '9'; i-- {
			kept[i] = '0'
		}
		if i >= 0 {
			kept[i]++
		} else {
			kept = append([]byte{'1'}, kept...)
			d.point++
		}
	}
	d.digits = string(kept)
	return d.trimmed()
}

// String is the number in plain digits.
func (d decimal) String() string {
	sign := ""
	if d.negative {
		sign = "-"
	}
	switch n := len(d.digits); {
	case n == 0:
		return "0"
	case d.point <= 0:
		return sign + "0." + strings.Repeat("0", -d.point) + d.digits
	case d.point >= n:
		return sign + d.digits + strings.Repeat("0", d.point-n)
	}
	return sign + d.digits[:d.point] + "." + d.digits[d.point:]
}

// storedNumber is the number that the digits of a file stand for: what they say when they are at most 15 or a plain
// integer, else rounded to 15. lost says that digits before the point are not to be trusted: the number is longer than a
// spreadsheet keeps, as an identity number that was typed without making the cell a text. Only a longer integer that is
// spelt out to its last digit is whole; programs write those, spreadsheets do not.
func storedNumber(s string) (text string, lost, ok bool) {
	if isPlainNumber(s) && len(s) <= numberLenMax {
		n := significant(s)
		switch whole := !strings.Contains(s, "."); {
		case whole:
			return s, n <= significantMax && len(strings.TrimPrefix(s, "-")) > significantMax, true
		case n <= significantMax:
			return s, false, true
		}
	}
	d, ok := parseDecimal(s)
	if !ok {
		return "", false, false
	}
	d = d.rounded(significantMax)
	return d.String(), d.point > significantMax, true
}

// percent is the number times 100.
func percent(s string) string {
	d, ok := parseDecimal(s)
	if !ok {
		return s
	}
	if d.digits != "" {
		d.point += 2
	}
	return d.String() + "%"
}
