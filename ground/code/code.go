// Package code is a code list (代码表): the allowed values of a field with their labels, the standard they come from and
// its edition. A value is retired, never removed and never renamed.
//
// What does not live here: lists that a bureau owns as records (office/), and codes of places (package place).
// On the ground floor: imports lang; anybody may import it.
package code

import "anlan/ground/lang"

// Value is one value of a list.
type Value[C ~string] struct {
	Code  C
	Label lang.Text
	// Retired values are kept for old records and refused in new ones.
	Retired bool
}

// Of is a value of a list.
func Of[C ~string](c C, zh lang.Zh, en lang.En) Value[C] {
	return Value[C]{Code: c, Label: lang.Of(zh, en)}
}

// List is a code list.
type List[C ~string] struct {
	Source string // standard with number and edition, e.g. "国务院令第493号"
	Values []Value[C]
}

// NewList declares a list; a value twice or without both labels panics at start.
func NewList[C ~string](source string, values ...Value[C]) List[C] {
	seen := map[C]bool{}
	for _, v := range values {
		if v.Code == "" || seen[v.Code] || !v.Label.Whole() {
			panic("code: list " + source + ": value " + string(v.Code) + " is empty, twice, or lacks a label")
		}
		seen[v.Code] = true
	}
	return List[C]{source, values}
}

// Find gives the value with code c.
func (l List[C]) Find(c C) (Value[C], bool) {
	for _, v := range l.Values {
		if v.Code == c {
			return v, true
		}
	}
	return Value[C]{}, false
}
