package store

import (
	"database/sql/driver"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

type grade string
type fen int64
type digest [4]byte
type maker struct{ v driver.Value }

func (m maker) Value() (driver.Value, error) { return m.v, nil }

type nilMaker struct{}

func (*nilMaker) Value() (driver.Value, error) { panic("asked a nil pointer") }

func TestAdmit(t *testing.T) {
	t.Parallel()
	n := int64(7)
	for _, c := range []struct {
		name      string
		arg, want any
	}{
		{"nothing is NULL", nil, nil},
		{"an integer", int64(math.MinInt64), int64(math.MinInt64)},
		{"an int", 3, int64(3)},
		{"a small integer", int16(-3), int64(-3)},
		{"an unsigned integer", uint32(3), int64(3)},
		{"true is 1", true, int64(1)},
		{"false is 0", false, int64(0)},
		{"a text", "隐患", "隐患"},
		{"the empty text is a text", "", ""},
		{"a named text", grade("重大"), "重大"},
		{"a named integer", fen(12), int64(12)},
		{"bytes", []byte{0, 1}, []byte{0, 1}},
		{"empty bytes are bytes", []byte{}, []byte{}},
		{"nil bytes are NULL", []byte(nil), nil},
		{"an array of bytes", digest{1, 2, 3, 4}, []byte{1, 2, 3, 4}},
		{"a pointer is what it points to", &n, int64(7)},
		{"a nil pointer is NULL", (*int64)(nil), nil},
		{"a Valuer gives its value", maker{"x"}, "x"},
		{"a Valuer's NULL", maker{nil}, nil},
		{"a nil Valuer is not asked", (*nilMaker)(nil), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := admit(c.arg)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v, %v, want %#v", got, err, c.want)
			}
		})
	}
}

func TestAdmitRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		arg  any
		bad  bool // as a fault of the text
	}{
		{"a float", 1.5, false},
		{"a float of a Valuer", maker{1.5}, false},
		{"a time, which has no unit", time.Unix(0, 0), false},
		{"an unsigned integer that is too large", uint64(math.MaxUint64), false},
		{"a struct", struct{ A int }{1}, false},
		{"a slice of texts", []string{"a"}, false},
		{"a Valuer of a Valuer", maker{maker{"a"}}, false},
		{"U+0000", "a\x00b", true},
		{"half a character", "\xe9\x9a", true},
		{"a lone surrogate", "\xed\xa0\x80", true},
		{"U+0000 in a named text", grade("\x00"), true},
		{"U+0000 behind a pointer", func() *string { s := "\x00"; return &s }(), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := admit(c.arg)
			if err == nil {
				t.Fatalf("admitted as %#v", got)
			}
			if errors.Is(err, ErrBadText) != c.bad {
				t.Errorf("got %v, want it to be ErrBadText: %v", err, c.bad)
			}
		})
	}
}

func TestBadTextIsShownShort(t *testing.T) {
	t.Parallel()
	err := admitText(strings.Repeat("长", 1000) + "\x00")
	if err == nil || len(err.Error()) > 300 {
		t.Errorf("got %v", err)
	}
}

func TestIdent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, ident string
		ok          bool
	}{
		{"a table", "hazard_past", true},
		{"digits inside", "p2024", true},
		{"a reserved word is quoted", "order", true},
		{"nothing", "", false},
		{"a digit first", "2024", false},
		{"capitals, which PostgreSQL would fold", "Hazard", false},
		{"a quote", `a"b`, false},
		{"a blank", "a b", false},
		{"a semicolon", "a;drop", false},
		{"Chinese", "隐患", false},
		{"63 bytes", strings.Repeat("a", 63), true},
		{"64 bytes, which PostgreSQL would cut", strings.Repeat("a", 64), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Ident(c.ident)
			if (err == nil) != c.ok {
				t.Errorf("got %q, %v", got, err)
			}
			if c.ok && got != `"`+c.ident+`"` {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestWhere(t *testing.T) {
	t.Parallel()
	var none Where
	if got := none.SQL(); got != "" || len(none.Args()) != 0 {
		t.Errorf("no condition: got %q, %v", got, none.Args())
	}
	var w Where
	w.And("unit = ?", "430600").And("amount_fen > ? OR amount_fen IS NULL", 5).In("state", "open", "closed").In("id")
	want := " WHERE (unit = ?) AND (amount_fen > ? OR amount_fen IS NULL) AND (state IN (?, ?)) AND (1 = 0)"
	if got := w.SQL(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := w.Args(), []any{"430600", 5, "open", "closed"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	first, second := append(w.Args(), 1), append(w.Args(), 2)
	if first[4] == second[4] {
		t.Error("arguments that were appended by two callers share memory")
	}
}
