package store

import (
	"fmt"
	"strings"
)

// Where builds the condition of a query from what was asked for. The zero value is no condition. Texts are constants
// of the caller; whatever a user typed goes into args.
//
//	var w store.Where
//	w.And("unit = ?", unit).In("state", states)
//	rows, err := tx.Query("SELECT id FROM hazard"+w.SQL()+" ORDER BY id LIMIT ?", append(w.Args(), limit)...)
type Where struct {
	parts []string
	args  []any
}

// And adds a condition with its arguments.
func (w *Where) And(condition string, args ...any) *Where {
	w.parts = append(w.parts, condition)
	w.args = append(w.args, args...)
	return w
}

// In adds that an expression is one of the values; none of no values is never true.
func (w *Where) In(expression string, values ...any) *Where {
	if len(values) == 0 {
		return w.And("1 = 0")
	}
	return w.And(expression+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
}

// SQL is " WHERE (…) AND (…)", or nothing when there is no condition.
func (w *Where) SQL() string {
	if len(w.parts) == 0 {
		return ""
	}
	return " WHERE (" + strings.Join(w.parts, ") AND (") + ")"
}

// Args are the arguments in the order of the conditions; the caller may append to them.
func (w *Where) Args() []any { return append([]any(nil), w.args...) }

const identBytesMax = 63 // PostgreSQL cuts longer names without a word

// Ident quotes the name of a table or column. It refuses anything but a small letter followed by [a-z0-9_], at most 63
// bytes, so that no name needs a second thought in either database.
func Ident(name string) (string, error) {
	ok := name != "" && len(name) <= identBytesMax && (name[0] == '_' || name[0] >= 'a' && name[0] <= 'z')
	for i := 0; ok && i < len(name); i++ {
		c := name[i]
		ok = c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
	}
	if !ok {
		return "", fmt.Errorf("store: %q cannot be a name in the database", name)
	}
	return `"` + name + `"`, nil
}

func idents(names []string) (string, error) {
	quoted := make([]string, len(names))
	for i, n := range names {
		q, err := Ident(n)
		if err != nil {
			return "", err
		}
		quoted[i] = q
	}
	return strings.Join(quoted, ", "), nil
}
