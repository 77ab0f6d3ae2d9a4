package canonical

import (
	"strconv"
	"unicode/utf8"

	"anlan/ground/fault"
)

// ErrNotCanonical is what Parse says of bytes that are not the canonical form of a value.
var ErrNotCanonical = fault.Define("canonical.not_canonical", fault.Broken,
	"第 %d 字节处不是规范形式的 JSON（RFC 8785）：%s", "not canonical JSON (RFC 8785) at byte %d: %s")

// Kind is what a value is.
type Kind int

// The kinds of values. Absent is a member that is not there.
const (
	Absent Kind = iota
	IsNull
	IsBool
	IsInt
	IsText
	IsArray
	IsObject
)

// Value is a parsed value. It keeps the bytes it was parsed from.
type Value struct {
	kind    Kind
	raw     []byte
	text    string
	number  int64
	members []Member // of an object in canonical order; of an array with empty names
}

// Member is a member of an object.
type Member struct {
	Name  string
	Value Value
}

// Kind tells what the value is.
func (v Value) Kind() Kind { return v.kind }

// Raw are the canonical bytes of the value; do not change them.
func (v Value) Raw() []byte { return v.raw }

// Text is a text; ok is false for any other kind.
func (v Value) Text() (s string, ok bool) { return v.text, v.kind == IsText }

// Int is an integer, also one beyond IntMax that stands as a text of digits; ok is false for anything else.
func (v Value) Int() (n int64, ok bool) {
	if v.kind == IsText {
		n, err := strconv.ParseInt(v.text, 10, 64)
		ok := err == nil && (n > IntMax || n < -IntMax) && strconv.FormatInt(n, 10) == v.text
		if !ok {
			return 0, false
		}
		return n, true
	}
	return v.number, v.kind == IsInt
}

// Bool is true or false; ok is false for any other kind.
func (v Value) Bool() (b, ok bool) { return v.number == 1, v.kind == IsBool }

// Member is a member of an object; its kind is Absent when there is none or v is no object.
func (v Value) Member(name string) Value {
	if v.kind == IsObject {
		for _, m := range v.members {
			if m.Name == name {
				return m.Value
			}
		}
	}
	return Value{}
}

// Members are the members of an object, in canonical order; nil for any other kind.
func (v Value) Members() []Member {
	if v.kind != IsObject {
		return nil
	}
	return v.members
}

// Len is the number of elements of an array or of members of an object.
func (v Value) Len() int { return len(v.members) }

// At is an element of an array, counted from 0.
func (v Value) At(i int) Value { return v.members[i].Value }

// Parse reads exactly one value in canonical form, at most 32 deep. Values refer to b, which must not change.
// Fault: ErrNotCanonical.
func Parse(b []byte) (Value, error) {
	p := parser{b: b}
	v := p.value(0)
	if p.err == nil && p.at < len(b) {
		p.fail("something follows the value")
	}
	if p.err != nil {
		return Value{}, p.err
	}
	return v, nil
}

type parser struct {
	b   []byte
	at  int
	err error
}

func (p *parser) fail(why string) {
	if p.err == nil {
		p.err = ErrNotCanonical.With(p.at, why)
	}
}

// eat takes a byte when it is the next.
func (p *parser) eat(c byte) bool {
	if p.err == nil && p.at < len(p.b) && p.b[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) value(depth int) (v Value) {
	if p.at >= len(p.b) {
		p.fail("the value is missing")
	}
	if depth > depthMax {
		p.fail("nested too deeply")
	}
	if p.err != nil {
		return v
	}
	from := p.at
	switch c := p.b[p.at]; {
	case c == '{':
		v = p.object(depth)
	case c == '[':
		v = p.array(depth)
	case c == '"':
		v = Value{kind: IsText, text: p.text()}
	case c == '-' || c >= '0' && c <= '9':
		v = p.integer()
	default:
		v = p.word()
	}
	v.raw = p.b[from:p.at:p.at]
	return v
}

func (p *parser) word() Value {
	for _, w := range []struct {
		text  string
		value Value
	}{{"null", Value{kind: IsNull}}, {"true", Value{kind: IsBool, number: 1}}, {"false", Value{kind: IsBool}}} {
		if len(p.b)-p.at >= len(w.text) && string(p.b[p.at:p.at+len(w.text)]) == w.text {
			p.at += len(w.text)
			return w.value
		}
	}
	p.fail("no value begins like this")
	return Value{}
}

func (p *parser) integer() Value {
	from := p.at
	p.eat('-')
	for p.at < len(p.b) && p.b[p.at] >= '0' && p.b[p.at] <= '9' {
		p.at++
	}
	digits := string(p.b[from:p.at])
	n, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case err != nil || strconv.FormatInt(n, 10) != digits:
		p.fail("a number is written differently")
	case n > IntMax || n < -IntMax:
		p.fail("an integer this large stands as a text")
	case p.at < len(p.b) && (p.b[p.at] == '.' || p.b[p.at] == 'e' || p.b[p.at] == 'E'):
		p.fail("a fraction stands as a text")
	}
	return Value{kind: IsInt, number: n}
}

func (p *parser) array(depth int) Value {
	v := Value{kind: IsArray}
	p.at++
	if p.eat(']') {
		return v
	}
	for p.err == nil {
		v.members = append(v.members, Member{Value: p.value(depth + 1)})
		if p.eat(']') {
			return v
		}
		if !p.eat(',') {
			p.fail("a comma or ] is missing")
		}
	}
	return v
}

const membersUsual = 12 // of a record's content: a guess that spares growing

func (p *parser) object(depth int) Value {
	v := Value{kind: IsObject}
	p.at++
	if p.eat('}') {
		return v
	}
	v.members = make([]Member, 0, membersUsual)
	for p.err == nil {
		if p.at >= len(p.b) || p.b[p.at] != '"' {
			p.fail("a member's name is missing")
			return v
		}
		name := p.text()
		if n := len(v.members); n > 0 && p.err == nil {
			switch order := compareNames(v.members[n-1].Name, name); {
			case order == 0:
				p.fail("the member " + strconv.Quote(name) + " stands twice")
			case order > 0:
				p.fail("the member " + strconv.Quote(name) + " stands in the wrong order")
			}
		}
		if !p.eat(':') {
			p.fail("a colon is missing")
		}
		v.members = append(v.members, Member{name, p.value(depth + 1)})
		if p.eat('}') {
			return v
		}
		if !p.eat(',') {
			p.fail("a comma or } is missing")
		}
	}
	return v
}

// text reads a text; only the escapes that appendText writes are canonical.
func (p *parser) text() string {
	p.at++
	from := p.at
	var out []byte // used once an escape was met
	for p.err == nil {
		if p.at >= len(p.b) {
			p.fail("a text is not closed")
			break
		}
		c := p.b[p.at]
		switch {
		case c == '"':
			s := string(p.b[from:p.at])
			p.at++
			if out != nil {
				return string(out) + s
			}
			return s
		case c == '\\':
			out = append(append(out, p.b[from:p.at]...), p.escape())
			from = p.at
		case c < ' ':
			p.fail("a control character stands unescaped")
		case c < utf8.RuneSelf:
			p.at++
		default:
			r, n := utf8.DecodeRune(p.b[p.at:])
			if r == utf8.RuneError && n == 1 {
				p.fail("not valid UTF-8")
			}
			p.at += n
		}
	}
	return ""
}

// escape reads the one escape that stands for a byte; another way to write it is refused.
func (p *parser) escape() byte {
	rest := p.b[p.at:]
	var shortest [6]byte
	for _, c := range []byte{'"', '\\'} {
		if len(rest) >= 2 && rest[1] == c {
			p.at += 2
			return c
		}
	}
	for c := range byte(' ') {
		e := appendEscape(shortest[:0], c)
		if len(rest) >= len(e) && string(rest[:len(e)]) == string(e) {
			p.at += len(e)
			return c
		}
	}
	p.fail("an escape that is not needed or is written differently")
	return 0
}
