// Package maybe is a value that may be absent while its zero means something: 0 元 and "not recorded" differ.
//
// The zero value is absence. For text, codes, references and days the empty value already is the absence, so they need
// no maybe. On the ground floor: imports nothing of the house; anybody may import it.
package maybe

// Of is a value or its absence.
type Of[V any] struct {
	V  V
	OK bool
}

// Some is a stated value.
func Some[V any](v V) Of[V] { return Of[V]{v, true} }

// None is the absence of a V.
func None[V any]() Of[V] { return Of[V]{} }
