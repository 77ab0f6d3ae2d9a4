package token

import (
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/record/field"
)

// Scope is what a token is good for: words such as read, write:hazard, read:safety. A word without a name is for everything; write is for
// reading too.
type Scope []string

const (
	reading = "read"
	writing = "write"
	wordMax = 100 // of a scope
)

// ErrBadScope says that a word of a scope is none.
var ErrBadScope = fault.Define("token.bad_scope", fault.Invalid,
	"“%s”不是授权范围，应形如 read、write:hazard、read:safety，名称最接近的是“%s”", "%q is no scope; expected the form read, write:hazard, read:safety; the nearest name is %q")

// ParseScope reads words separated by blanks; known are the names that may stand in them. Fault: ErrBadScope.
func ParseScope(text string, known []string) (Scope, error) {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > wordMax {
		return nil, ErrBadScope.With(text, "")
	}
	var faults fault.List
	for _, w := range words {
		way, name, named := strings.Cut(w, ":")
		if way != reading && way != writing || named && !slices.Contains(known, name) {
			faults = append(faults, ErrBadScope.With(w, field.Nearest(name, known)))
		}
	}
	slices.Sort(words)
	return Scope(slices.Compact(words)), faults.Err()
}

// String is the scope as ParseScope reads it.
func (s Scope) String() string { return strings.Join(s, " ") }

// Names says whether the scope is for reading, or for changing, a name and says so itself: not by a word for everything, nor by an area.
func (s Scope) Names(change bool, name string) bool {
	return slices.Contains(s, writing+":"+name) || !change && slices.Contains(s, reading+":"+name)
}

// Allows says whether the scope is for reading, or for changing, what any of the names names.
func (s Scope) Allows(change bool, names ...string) bool {
	return slices.ContainsFunc(s, func(w string) bool {
		way, name, named := strings.Cut(w, ":")
		return (way == writing || !change) && (!named || slices.Contains(names, name))
	})
}
