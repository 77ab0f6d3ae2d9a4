package field

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
)

// defineEither is define for a member that is either always stated (B) or may be absent (maybe.Of[B]). The choice is made
// once, at declaration, by the accessor's type.
func defineEither[T, B, V any](code string, zh lang.Zh, en lang.En, at func(*T) *V, c codec[B], rules []Rule[B]) Typed[T, V] {
	switch at := any(at).(type) {
	case func(*T) *B:
		f := define(code, zh, en, at, c, rules)
		f.Field.Required = true // always stated
		return any(f).(Typed[T, V])
	case func(*T) *maybe.Of[B]:
		lifted := make([]Rule[maybe.Of[B]], len(rules))
		for i, r := range rules {
			lifted[i] = Rule[maybe.Of[B]]{r.Words, func(v maybe.Of[B], today period.Day) bool { return r.Holds(v.V, today) }}
		}
		return any(define(code, zh, en, at, optional(c), lifted)).(Typed[T, V])
	}
	panic("field: " + code + ": accessor of an unexpected type")
}

func optional[B any](c codec[B]) codec[maybe.Of[B]] {
	return codec[maybe.Of[B]]{
		typ: c.typ, suffix: c.suffix, sql: c.sql, bare: c.bare, ordered: c.ordered,
		absent: func(v maybe.Of[B]) bool { return !v.OK },
		normal: func(v maybe.Of[B]) maybe.Of[B] {
			switch {
			case !v.OK:
				return maybe.Of[B]{}
			case c.normal != nil:
				v.V = c.normal(v.V)
			}
			return v
		},
		sound: func(v maybe.Of[B]) *fault.Fault {
			if c.sound == nil {
				return nil
			}
			return c.sound(v.V)
		},
		encode: func(v maybe.Of[B]) any { return c.encode(v.V) },
		decode: func(src any) (maybe.Of[B], error) {
			v, err := c.decode(src)
			return maybe.Of[B]{V: v, OK: err == nil}, err
		},
		show: func(v maybe.Of[B]) string { return c.show(v.V) },
		parse: func(s string) (maybe.Of[B], error) {
			v, err := c.parse(s)
			return maybe.Of[B]{V: v, OK: err == nil}, err
		},
	}
}
