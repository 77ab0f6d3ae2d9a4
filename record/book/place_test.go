package book_test

import (
	"testing"

	"anlan/ground/fault"
	"anlan/record/book"
)

// FuzzPlace: a place in a list is read as it was written, or refused; and so is a filter.
func FuzzPlace(f *testing.F) {
	for _, s := range []string{"4711", "4711.i250", "4711.s岳阳", "4711.i-3", "x", "1.", "1.sa.b", "grade = major", "found_on >= 2023-01-01", "title has a b", "cost absent", "a  b  c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k, err := book.ParseKey(s); err == nil {
			again, err := book.ParseKey(k.String())
			if err != nil || again.String() != k.String() {
				t.Errorf("%q: %v %v", s, again, err)
			}
		} else if _, known := fault.KindOf(err); !known {
			t.Errorf("%q: no fault: %v", s, err)
		}
		x, err := book.ParseFilter(s)
		if _, known := fault.KindOf(err); err != nil && !known {
			t.Errorf("%q: no fault: %v", s, err)
		}
		if err == nil && (x.Field == "" || x.Op == "") {
			t.Errorf("%q: %+v", s, x)
		}
	})
}
