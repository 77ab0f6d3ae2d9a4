package field

import (
	"fmt"
	"strings"

	"anlan/ground/lang"
)

// Op is how a condition compares.
type Op string

// The comparisons. Absent values satisfy only Absent and Not.
const (
	OpIs      Op = "="
	OpNot     Op = "<>"
	OpIn      Op = "in"
	OpAtLeast Op = ">="
	OpAtMost  Op = "<="
	OpAbove   Op = ">"
	OpBelow   Op = "<"
	OpStated  Op = "stated"
	OpAbsent  Op = "absent"
	OpHas     Op = "has" // a text has another somewhere in it; of lists only, no measure counts by it
)

// Cond is a condition on one stored field: data, not Go, so that one definition gives a predicate, SQL and words.
type Cond[T any] struct {
	field *Field[T]
	op    Op
	args  []literal
}

// Is holds when the field has exactly the value v; v must not be the absent value.
func (f Typed[T, V]) Is(v V) Cond[T] { return f.compare(OpIs, v) }

// Not holds when the field is stated and has another value than v.
func (f Typed[T, V]) Not(v V) Cond[T] { return f.compare(OpNot, v) }

// In holds when the field has one of the values; at least one is given.
func (f Typed[T, V]) In(vs ...V) Cond[T] {
	if len(vs) == 0 {
		panic("field: condition on " + f.Code + " asks for one of no values")
	}
	c := Cond[T]{field: f.Field, op: OpIn}
	for _, v := range vs {
		c.args = append(c.args, f.compare(OpIs, v).args[0])
	}
	return c
}

// AtLeast holds when the value is v or more.
func (f Typed[T, V]) AtLeast(v V) Cond[T] { return f.ordering(OpAtLeast, v) }

// AtMost holds when the value is v or less.
func (f Typed[T, V]) AtMost(v V) Cond[T] { return f.ordering(OpAtMost, v) }

// Above holds when the value is more than v.
func (f Typed[T, V]) Above(v V) Cond[T] { return f.ordering(OpAbove, v) }

// Below holds when the value is less than v.
func (f Typed[T, V]) Below(v V) Cond[T] { return f.ordering(OpBelow, v) }

// Stated holds when the field has a value.
func (f Typed[T, V]) Stated() Cond[T] { return Cond[T]{field: f.column(), op: OpStated} }

// Absent holds when the field has none.
func (f Typed[T, V]) Absent() Cond[T] { return Cond[T]{field: f.column(), op: OpAbsent} }

// column is the field, which must have one: rows are asked by measures over rows.
func (f Typed[T, V]) column() *Field[T] {
	if f.List != nil {
		panic("field: " + f.Code + " is a list of rows and has no value to put a condition on")
	}
	return f.Field
}

func (f Typed[T, V]) compare(op Op, v V) Cond[T] {
	x := Cond[T]{f.column(), op, []literal{f.literal(v)}}
	if x.args[0].driver == nil {
		panic("field: condition on " + f.Code + " compares with the absent value; use Absent or Stated")
	}
	return x
}

func (f Typed[T, V]) ordering(op Op, v V) Cond[T] {
	if !f.ordered {
		panic("field: " + f.Code + " has no order, so " + string(op) + " means nothing")
	}
	return f.compare(op, v)
}

// Of is the field the condition is about.
func (c Cond[T]) Of() *Field[T] { return c.field }

// Holds says whether r satisfies the condition.
func (c Cond[T]) Holds(r *T) bool {
	v := c.field.Store(r)
	switch c.op {
	case OpStated:
		return v != nil
	case OpAbsent:
		return v == nil
	}
	if v == nil {
		return false
	}
	switch c.op {
	case OpIn:
		for _, a := range c.args {
			if v == a.driver {
				return true
			}
		}
		return false
	case OpIs:
		return v == c.args[0].driver
	case OpNot:
		return v != c.args[0].driver
	}
	d := order(v, c.args[0].driver)
	switch c.op {
	case OpAtLeast:
		return d >= 0
	case OpAtMost:
		return d <= 0
	case OpAbove:
		return d > 0
	default:
		return d < 0
	}
}

// order compares two driver values of one field.
func order(a, b any) int {
	switch a := a.(type) {
	case int64:
		b := b.(int64)
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	case string:
		return strings.Compare(a, b.(string))
	}
	panic(fmt.Sprintf("field: no order on %T", a))
}

// SQL gives the condition as text with ? placeholders over columns of the table alias, and its arguments.
func (c Cond[T]) SQL(alias string) (string, []any) {
	column := c.field.Column
	if alias != "" {
		column = alias + "." + column
	}
	args := make([]any, len(c.args))
	for i, a := range c.args {
		args[i] = a.driver
	}
	switch c.op {
	case OpStated:
		return column + " IS NOT NULL", nil
	case OpAbsent:
		return column + " IS NULL", nil
	case OpIn:
		return column + " IN (?" + strings.Repeat(", ?", len(args)-1) + ")", args
	}
	return column + " " + string(c.op) + " ?", args
}

// Canon is the condition in a fixed form that a definition's hash is taken over.
func (c Cond[T]) Canon() string {
	s := c.field.Code + " " + string(c.op)
	for _, a := range c.args {
		s += fmt.Sprintf(" %q", fmt.Sprint(a.driver))
	}
	return s
}

// Words is the condition as a person reads it.
func (c Cond[T]) Words() lang.Text {
	var zh, en []string
	for _, a := range c.args {
		t := lang.Text{Zh: a.text, En: a.text}
		if choice := find(c.field.Choices, a.text); choice != nil {
			t = choice.Label
		}
		zh, en = append(zh, t.Zh), append(en, t.En)
	}
	say := map[Op]lang.Text{
		OpIs: lang.Of("为", "is"), OpNot: lang.Of("不为", "is not"), OpIn: lang.Of("为", "is one of"),
		OpAtLeast: lang.Of("不小于", "is at least"), OpAtMost: lang.Of("不大于", "is at most"),
		OpAbove: lang.Of("大于", "is more than"), OpBelow: lang.Of("小于", "is less than"),
		OpStated: lang.Of("已填", "is stated"), OpAbsent: lang.Of("未填", "is absent"),
	}[c.op]
	return lang.Text{
		Zh: c.field.Label.Zh + say.Zh + strings.Join(zh, "、"),
		En: strings.TrimSpace(c.field.Label.En + " " + say.En + " " + strings.Join(en, ", ")),
	}
}
