package check

import "strings"

// budgeted says whether a figure is planned money: 年初预算, 预算数, 调整预算.
func (m *mention) budgeted() bool { return m.edition == "预算" || m.edition == "调整预算" }

// likeness is how sure two subjects are the same.
type likeness int

const (
	unlike  likeness = iota
	related          // one ends in the other: 事故 and 生产安全事故
	equal
)

// like compares two normalised subjects.
func like(a, b string) likeness {
	switch {
	case a == "" || b == "":
		return unlike
	case a == b:
		return equal
	case len(a) > len(b):
		a, b = b, a
	}
	if runes(a) >= 2 && strings.HasSuffix(b, a) && !generic(a) {
		return related
	}
	return unlike
}

// like compares what two figures are of, casualties with what they are of.
func (m *mention) like(o *mention) likeness {
	if m.casualty() != o.casualty() {
		return unlike
	}
	if m.casualty() != "" {
		switch {
		case m.of == "" || o.of == "":
			return related
		default:
			return like(m.of, o.of)
		}
	}
	return like(m.core, o.core)
}
