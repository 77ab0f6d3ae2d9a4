package figure

import "strings"

// literal is a number in half- or full-width digits as read: coef·10^−decimals.
type literal struct {
	coef     uint64
	whole    int // digits before the point
	decimals int // digits after it
	end      int // offset behind it
	zero     bool
	long     bool // more digits than coef holds
	grouped  bool // with thousands separators
	flaw     Flaw
}

// Flaw is how a number is malformed.
type Flaw uint8

// The flaws.
const (
	NoFlaw     Flaw = iota
	TwoPoints       // 1.2.3万元
	Grouping        // 1,23.4万元
	MixedWidth      // 1２.3
)

// digitAt is the digit that starts at i in half or full width.
func digitAt(s string, i int) (d byte, size int, ok bool) {
	if i >= len(s) {
		return 0, 0, false
	}
	if c := s[i] - '0'; c <= 9 {
		return c, 1, true
	}
	if s[i] == 0xEF && i+2 < len(s) && s[i+1] == 0xBC { // ０ … ９ are U+FF10 … U+FF19
		if c := s[i+2] - 0x90; c <= 9 {
			return c, 3, true
		}
	}
	return 0, 0, false
}

// pointAt is the size of a decimal point at i that a digit follows, in half or full width.
func pointAt(s string, i int) (size int) {
	switch {
	case i < len(s) && s[i] == '.':
		size = 1
	case strings.HasPrefix(s[min(i, len(s)):], "．"):
		size = 3
	}
	if _, _, ok := digitAt(s, i+size); size == 0 || !ok {
		return 0
	}
	return size
}

// commaAt is the size of a comma at i that a digit follows; the Chinese comma is also the full-width one.
func commaAt(s string, i int) (size int) {
	switch {
	case i < len(s) && s[i] == ',':
		size = 1
	case strings.HasPrefix(s[min(i, len(s)):], "，"):
		size = 3
	}
	if _, _, ok := digitAt(s, i+size); size == 0 || !ok {
		return 0
	}
	return size
}

// digitRun is the number of digits from i on and the offset behind them.
func digitRun(s string, i int) (n, end int) {
	for {
		_, size, ok := digitAt(s, i)
		if !ok {
			return n, i
		}
		n, i = n+1, i+size
	}
}

// literalReader gathers the digits of one literal.
type literalReader struct {
	s                   string
	i                   int
	coef                uint64
	digits, wide, marks int
}

func (r *literalReader) take() (n int) {
	for {
		d, size, ok := digitAt(r.s, r.i)
		if !ok {
			r.digits += n
			return n
		}
		r.coef = r.coef*10 + uint64(d)
		n++
		if size == 3 {
			r.wide++
		}
		r.i += size
	}
}

// readLiteral reads the number whose first digit stands at i: 2030.18, 1,234,567.8, ２０３０．１８. Commas belong to it only
// where groups of three digits follow throughout: 4125.49,4143.91 is two numbers.
func readLiteral(s string, i int) literal {
	l := literal{zero: s[i] == '0'}
	r := literalReader{s: s, i: i}
	l.whole = r.take()
	if l.whole <= 3 && !l.zero {
		l.readGroups(&r)
	}
	if size := pointAt(s, r.i); size > 0 {
		r.mark(size)
		l.decimals = r.take()
		for size := pointAt(s, r.i); size > 0; size = pointAt(s, r.i) {
			l.flaw = TwoPoints
			_, r.i = digitRun(s, r.i+size)
		}
	}
	l.coef, l.end = r.coef, r.i
	l.long = r.digits > 19
	if r.wide > 0 && r.wide < r.digits+r.marks && l.flaw == NoFlaw {
		l.flaw = MixedWidth
	}
	return l
}

func (r *literalReader) mark(size int) {
	r.i += size
	r.marks++
	if size == 3 {
		r.wide++
	}
}

// readGroups takes thousands separators with three digits each. Where what follows a comma is neither a group nor
// clearly another number, nobody can tell which number is meant, and the literal has the flaw Grouping.
func (l *literal) readGroups(r *literalReader) {
	for {
		size := commaAt(r.s, r.i)
		if size == 0 {
			return
		}
		n, next := digitRun(r.s, r.i+size)
		switch {
		case n == 3 && size == 1:
			r.mark(size)
			l.whole += r.take()
			l.grouped = true
		case n == 3, l.grouped, size == 1 && pointAt(r.s, next) > 0:
			l.flaw = Grouping
			r.i = next
		default:
			return
		}
	}
}
