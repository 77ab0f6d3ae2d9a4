package app_test

import (
	"cmp"
	"math/rand/v2"
	"testing"

	"anlan/app/demo"
	"anlan/ground/period"
)

// A sound record of which one cell cannot be read has no other fault: each rule between fields says which of them it looks at.
// Shown with the records of a whole year.
func TestACellThatCannotBeReadMakesNoOtherFault(t *testing.T) {
	t.Parallel()
	const recordsOfAKind = 150
	today := period.MustDay(2024, 12, 31)
	year := demo.NewYear(rand.New(rand.NewChaCha8([32]byte{2, 0, 2, 3})))
	for _, s := range year.First {
		fields, left := s.Kind.Fields(), recordsOfAKind
		for r := range s.Records {
			if left--; left < 0 {
				break
			}
			r = s.Kind.Clone(r)
			h := s.Kind.Head(r)
			h.Unit, h.State = cmp.Or(h.Unit, "430600"), cmp.Or(h.State, s.Kind.Start())
			if len(s.Kind.Check(r, today)) > 0 {
				continue // trouble of its own
			}
			for f, spec := range fields {
				if spec.Computed {
					continue
				}
				unread, without := make([]bool, len(fields)), s.Kind.Clone(r)
				unread[f] = true
				if list := s.Kind.List(f); list != nil {
					list.Reset(without)
				} else if err := s.Kind.Parse(without, f, ""); err != nil {
					t.Fatalf("%s: %s cannot be emptied: %v", s.Kind.Code(), spec.Code, err)
				}
				if faults := s.Kind.CheckRead(without, today, unread); len(faults) > 0 {
					t.Errorf("%s without %s: %v", s.Kind.Code(), spec.Code, faults)
				}
			}
		}
	}
}
