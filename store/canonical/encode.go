package canonical

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// IntMax is the largest integer that every JSON reader keeps exact (RFC 8785, section 3.2.2.3; RFC 7493, section 2.2).
const IntMax = 1<<53 - 1

const depthMax = 32 // of objects and arrays in each other

// Object collects members in any order. The zero value is the empty object; Reset makes it that again and keeps its
// memory. The first fault (a name that is given twice, a text that is not valid UTF-8) is returned by Bytes.
type Object struct {
	buf     []byte // encoded members one after the other, in the order they came
	members []member
	err     error
}

type member struct {
	name       string
	start, end int // of `"name":value` in buf
}

// Array collects elements in order. The zero value is the empty array.
type Array struct {
	buf []byte
	err error
}

// Text adds a text.
func (o *Object) Text(name, v string) {
	o.begin(name)
	o.buf, o.err = appendText(o.buf, v, o.err)
	o.end()
}

// Int adds an integer: a number up to ±IntMax, a text of its digits beyond.
func (o *Object) Int(name string, v int64) {
	o.begin(name)
	o.buf = appendInt(o.buf, v)
	o.end()
}

// Bool adds true or false.
func (o *Object) Bool(name string, v bool) {
	o.begin(name)
	o.buf = strconv.AppendBool(o.buf, v)
	o.end()
}

// Null adds null.
func (o *Object) Null(name string) {
	o.begin(name)
	o.buf = append(o.buf, "null"...)
	o.end()
}

// Object adds an object; v is copied and may be reset afterwards.
func (o *Object) Object(name string, v *Object) {
	o.begin(name)
	o.buf, o.err = v.append(o.buf, o.err)
	o.end()
}

// Array adds an array; v is copied and may be reset afterwards.
func (o *Object) Array(name string, v *Array) {
	o.begin(name)
	o.buf, o.err = v.append(o.buf, o.err)
	o.end()
}

// Reset empties the object.
func (o *Object) Reset() { o.buf, o.members, o.err = o.buf[:0], o.members[:0], nil }

// Bytes is the canonical form, in memory of its own.
func (o *Object) Bytes() ([]byte, error) { return o.append(make([]byte, 0, len(o.buf)+2), nil) }

// Append adds the canonical form to b.
func (o *Object) Append(b []byte) ([]byte, error) { return o.append(b, nil) }

func (o *Object) begin(name string) {
	o.members = append(o.members, member{name: name, start: len(o.buf)})
	o.buf, o.err = appendText(o.buf, name, o.err)
	o.buf = append(o.buf, ':')
}

func (o *Object) end() { o.members[len(o.members)-1].end = len(o.buf) }

func (o *Object) append(b []byte, err error) ([]byte, error) {
	if err = cmp.Or(err, o.err); err != nil {
		return b, err
	}
	if !slices.IsSortedFunc(o.members, byName) { // who adds them in order pays nothing
		slices.SortFunc(o.members, byName)
	}
	b = append(b, '{')
	for i, m := range o.members {
		if i > 0 {
			if m.name == o.members[i-1].name {
				return b, fmt.Errorf("canonical: the member %q is given twice", m.name)
			}
			b = append(b, ',')
		}
		b = append(b, o.buf[m.start:m.end]...)
	}
	return append(b, '}'), nil
}

func byName(a, b member) int { return compareNames(a.name, b.name) }

// compareNames orders by UTF-16 code units, which differs from the order of bytes only where a character beyond U+FFFF
// meets one of U+E000–U+FFFF.
func compareNames(a, b string) int {
	for a != "" && b != "" {
		if a[0] == b[0] && a[0] < utf8.RuneSelf {
			a, b = a[1:], b[1:]
			continue
		}
		ra, na := utf8.DecodeRuneInString(a)
		rb, nb := utf8.DecodeRuneInString(b)
		if ra != rb {
			return cmp.Or(cmp.Compare(firstUnit(ra), firstUnit(rb)), cmp.Compare(ra, rb))
		}
		a, b = a[na:], b[nb:]
	}
	return cmp.Compare(len(a), len(b))
}

func firstUnit(r rune) rune {
	if high, _ := utf16.EncodeRune(r); high != utf8.RuneError {
		return high
	}
	return r
}

// Text adds a text.
func (a *Array) Text(v string) {
	a.begin()
	a.buf, a.err = appendText(a.buf, v, a.err)
}

// Int adds an integer as Object.Int does.
func (a *Array) Int(v int64) {
	a.begin()
	a.buf = appendInt(a.buf, v)
}

// Bool adds true or false.
func (a *Array) Bool(v bool) {
	a.begin()
	a.buf = strconv.AppendBool(a.buf, v)
}

// Null adds null.
func (a *Array) Null() {
	a.begin()
	a.buf = append(a.buf, "null"...)
}

// Object adds an object; v is copied.
func (a *Array) Object(v *Object) {
	a.begin()
	a.buf, a.err = v.append(a.buf, a.err)
}

// Array adds an array; v is copied.
func (a *Array) Array(v *Array) {
	a.begin()
	a.buf, a.err = v.append(a.buf, a.err)
}

// Reset empties the array.
func (a *Array) Reset() { a.buf, a.err = a.buf[:0], nil }

// Bytes is the canonical form, in memory of its own.
func (a *Array) Bytes() ([]byte, error) { return a.append(make([]byte, 0, len(a.buf)+2), nil) }

// Append adds the canonical form to b.
func (a *Array) Append(b []byte) ([]byte, error) { return a.append(b, nil) }

func (a *Array) begin() {
	if len(a.buf) > 0 {
		a.buf = append(a.buf, ',')
	}
}

func (a *Array) append(b []byte, err error) ([]byte, error) {
	if err = cmp.Or(err, a.err); err != nil {
		return b, err
	}
	b = append(b, '[')
	b = append(b, a.buf...)
	return append(b, ']'), nil
}

func appendInt(b []byte, v int64) []byte {
	if v > IntMax || v < -IntMax {
		b = append(b, '"')
		b = strconv.AppendInt(b, v, 10)
		return append(b, '"')
	}
	return strconv.AppendInt(b, v, 10)
}

// AppendText adds a text to b, for writers that keep their members in order by themselves. It cannot refuse: bytes that
// are not UTF-8 become U+FFFD, so whoever hashes the result lets no such text in (package store does not).
func AppendText(b []byte, s string) []byte {
	from := len(b)
	b, err := appendText(b, s, nil)
	if err != nil {
		b, _ = appendText(b[:from], strings.ToValidUTF8(s, "\uFFFD"), nil) // valid now
	}
	return b
}

const hexDigits = "0123456789abcdef"

// appendText writes a text: the two quoting signs and the control characters are escaped, in the short form where JSON
// has one; everything else stands as it is (RFC 8785, section 3.2.2.2).
func appendText(b []byte, s string, err error) ([]byte, error) {
	if err != nil {
		return b, err
	}
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				return b, fmt.Errorf("canonical: a text is not valid UTF-8 at byte %d", i)
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[from:i]...)
		b = appendEscape(b, c)
		i++
		from = i
	}
	b = append(b, s[from:]...)
	return append(b, '"'), nil
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\t':
		return append(b, '\\', 't')
	case '\n':
		return append(b, '\\', 'n')
	case '\f':
		return append(b, '\\', 'f')
	case '\r':
		return append(b, '\\', 'r')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}
