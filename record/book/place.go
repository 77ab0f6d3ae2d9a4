package book

import (
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/field"
)

// ErrBadPlace says that the place at which a page of a list begins cannot be read.
var ErrBadPlace = fault.Define("book.bad_place", fault.Invalid,
	"“%s”不是列表中的位置，请从第一页看起", "%q is no place in a list; begin at the first page")

// String writes a place in a list as addresses have it: 4711, 4711.i250 or 4711.s岳阳; "" for no place.
func (k *Key) String() string {
	if k == nil {
		return ""
	}
	row := strconv.FormatInt(k.Row, 10)
	switch x := k.Sort.(type) {
	case int64:
		return row + ".i" + strconv.FormatInt(x, 10)
	case string:
		return row + ".s" + x
	}
	return row
}

// ParseKey reads what String wrote. Fault: ErrBadPlace.
func ParseKey(s string) (*Key, error) {
	row, sort, sorted := strings.Cut(s, ".")
	n, err := strconv.ParseInt(row, 10, 64)
	if err != nil {
		return nil, ErrBadPlace.With(s)
	}
	k := &Key{Row: n}
	switch {
	case !sorted:
	case strings.HasPrefix(sort, "s"):
		k.Sort = sort[1:]
	case strings.HasPrefix(sort, "i"):
		x, err := strconv.ParseInt(sort[1:], 10, 64)
		if err != nil {
			return nil, ErrBadPlace.With(s)
		}
		k.Sort = x
	default:
		return nil, ErrBadPlace.With(s)
	}
	return k, nil
}

// Clears says whether the view's actor may see values of a sensitivity, as those in the rows of a list.
func (v *View) Clears(s access.Sensitivity) bool { return v.actor.Sees(s) }

// fits refuses a place in a list that was sorted by something else.
func (k *Key) fits(column field.SQL) error {
	if k == nil || k.Sort == nil {
		return nil
	}
	if _, text := k.Sort.(string); text != (column == field.SQLText) {
		return ErrBadPlace.With(k.String())
	}
	return nil
}
