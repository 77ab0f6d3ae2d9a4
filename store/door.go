package store

import (
	"database/sql/driver"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"
)

// admit turns an argument into one of the four kinds of value that both databases keep alike: nil, int64, string,
// []byte. A nil slice or pointer is NULL. Floats and time.Time are refused: nothing that is stored passes through a
// float, and an instant is µs, a decision of the caller.
func admit(arg any) (any, error) {
	switch v := arg.(type) {
	case nil, int64:
		return arg, nil
	case string:
		return arg, admitText(v)
	case []byte:
		if v == nil {
			return nil, nil
		}
		return arg, nil
	case int:
		return int64(v), nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case driver.Valuer:
		if p := reflect.ValueOf(v); p.Kind() == reflect.Pointer && p.IsNil() {
			return nil, nil
		}
		inner, err := v.Value()
		if err != nil {
			return nil, fmt.Errorf("store: value of %T: %w", arg, err)
		}
		if _, again := inner.(driver.Valuer); again {
			return nil, fmt.Errorf("store: %T gives another Valuer", arg)
		}
		return admit(inner)
	}
	return admitKind(reflect.ValueOf(arg))
}

// admitKind admits named types by what they are made of.
func admitKind(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return admit(v.Elem().Interface())
	case reflect.String:
		return v.String(), admitText(v.String())
	case reflect.Bool:
		return admit(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Uint() > math.MaxInt64 {
			return nil, fmt.Errorf("store: %d does not fit a bigint", v.Uint())
		}
		return int64(v.Uint()), nil
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return admit(v.Bytes())
		}
	case reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			b := make([]byte, v.Len())
			reflect.Copy(reflect.ValueOf(b), v)
			return b, nil
		}
	}
	return nil, fmt.Errorf("store: a %s cannot be stored", v.Type())
}

const badTextShownMax = 40 // bytes of a refused text that the fault shows

// admitText is the text door: what one of the databases would refuse or cut, neither gets.
func admitText(s string) error {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return nil
	}
	if len(s) > badTextShownMax {
		s = s[:badTextShownMax]
	}
	return ErrBadText.With(s)
}
