package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Sort says what a JSON value is.
type Sort int

// The sorts of values.
const (
	Null Sort = iota
	Bool
	Number
	Text
	List
	Object
)

var sorts = [...]lang.Text{lang.Of("null", "null"), lang.Of("true或false", "true or false"), lang.Of("数字", "a number"), lang.Of("文字", "a text"),
	lang.Of("数组", "an array"), lang.Of("对象", "an object")}

// Label names the sort.
func (s Sort) Label() lang.Text { return sorts[s] }

// Value is a JSON value as it was sent: a number keeps its digits.
type Value struct {
	Sort    Sort
	Text    string // of a text; the digits of a number; true or false
	Items   []Value
	Members []Member
}

// Member is a member of an object.
type Member struct {
	Name  string
	Value Value
}

// Get is the member with a name; ok is false when there is none.
func (v Value) Get(name string) (Value, bool) {
	for _, m := range v.Members {
		if m.Name == name {
			return m.Value, true
		}
	}
	return Value{}, false
}

// Bounds of what is read; how many bytes may be sent is the door's question.
const (
	depthMax  = 16
	valuesMax = 1_000_000
)

// Faults of JSON.
var (
	ErrNotJSON = fault.Define("content.not_json", fault.Invalid,
		"发来的内容不是完整的JSON（第%d字节）：%s", "what was sent is no whole JSON (byte %d): %s")
	ErrTwice = fault.Define("content.twice", fault.Invalid,
		"“%s”出现两次", "%q stands twice")
	ErrTooDeep = fault.Define("content.too_deep", fault.TooLarge,
		"JSON套得太深或值太多：最多%d层、%d个值", "the JSON is too deep or has too many values: at most %d levels and %d values")
	ErrBadCharacters = fault.Define("content.bad_characters", fault.Invalid,
		"有不是UTF-8的字节或半个字符", "there are bytes that are no UTF-8, or half a character")
)

// Parse reads one JSON value. Faults: those above.
func Parse(data []byte) (Value, error) {
	if !utf8.Valid(data) {
		return Value{}, ErrBadCharacters.With()
	}
	p := parser{d: json.NewDecoder(bytes.NewReader(data)), left: valuesMax, escapes: bytes.Contains(data, []byte(`\u`)), replaced: bytes.ContainsRune(data, utf8.RuneError)}
	p.d.UseNumber()
	v, err := p.value(depthMax)
	if err != nil {
		return Value{}, err
	}
	if _, err := p.d.Token(); err != io.EOF {
		return Value{}, p.broken(err, lang.Of("结尾之后还有内容", "something stands behind its end"))
	}
	return v, nil
}

type parser struct {
	d        *json.Decoder
	left     int
	escapes  bool // there are escapes, among which half a character may be
	replaced bool // the replacement character stands there as itself
}

func (p *parser) broken(err error, otherwise lang.Text) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		otherwise = lang.Text{Zh: "语法错误", En: syntax.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		otherwise = lang.Of("没有写完", "it is not finished")
	}
	if err == nil {
		return ErrNotJSON.With(p.d.InputOffset(), otherwise)
	}
	return ErrNotJSON.Because(err, p.d.InputOffset(), otherwise)
}

func (p *parser) value(depth int) (Value, error) {
	if p.left--; p.left < 0 || depth == 0 {
		return Value{}, ErrTooDeep.With(depthMax, valuesMax)
	}
	t, err := p.d.Token()
	if err != nil {
		return Value{}, p.broken(err, lang.Text{})
	}
	switch x := t.(type) {
	case nil:
		return Value{Sort: Null}, nil
	case bool:
		if x {
			return Value{Sort: Bool, Text: "true"}, nil
		}
		return Value{Sort: Bool, Text: "false"}, nil
	case json.Number:
		return Value{Sort: Number, Text: x.String()}, nil
	case string:
		return Value{Sort: Text, Text: x}, p.whole(x)
	case json.Delim:
		if x == '[' {
			return p.list(depth)
		}
		return p.object(depth)
	}
	return Value{}, p.broken(nil, lang.Of("语法错误", "a syntax error"))
}

// whole refuses the replacement that the decoder puts for half a character (\ud83d alone).
func (p *parser) whole(s string) error {
	if p.escapes && !p.replaced && strings.ContainsRune(s, utf8.RuneError) && s != "" {
		return ErrBadCharacters.With()
	}
	return nil
}

func (p *parser) list(depth int) (Value, error) {
	v := Value{Sort: List}
	for p.d.More() {
		x, err := p.value(depth - 1)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, x)
	}
	return v, p.end()
}

func (p *parser) object(depth int) (Value, error) {
	v := Value{Sort: Object}
	seen := map[string]bool{}
	for p.d.More() {
		t, err := p.d.Token()
		if err != nil {
			return v, p.broken(err, lang.Text{})
		}
		name := t.(string) // the decoder gives nothing else here
		if err := p.whole(name); err != nil {
			return v, err
		}
		if seen[name] {
			return v, ErrTwice.With(name)
		}
		seen[name] = true
		x, err := p.value(depth - 1)
		if err != nil {
			return v, err
		}
		v.Members = append(v.Members, Member{name, x})
	}
	return v, p.end()
}

func (p *parser) end() error {
	if _, err := p.d.Token(); err != nil {
		return p.broken(err, lang.Text{})
	}
	return nil
}
