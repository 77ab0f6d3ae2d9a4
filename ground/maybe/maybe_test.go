package maybe_test

import (
	"testing"

	"anlan/ground/maybe"
)

func TestAbsenceIsNotZero(t *testing.T) {
	t.Parallel()
	var unset maybe.Of[int64]
	if unset.OK || unset != maybe.None[int64]() {
		t.Error("the zero value is absence")
	}
	if zero := maybe.Some[int64](0); !zero.OK || zero.V != 0 || zero == unset {
		t.Error("a stated zero is a value")
	}
}
