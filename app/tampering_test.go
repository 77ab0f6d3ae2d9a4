package app

import (
	"slices"
	"strings"
	"testing"

	"anlan/ground/fault"
)

// notFound are faults of these packages that refuse something and are no finding of a verifier, or stand for what they hold.
var notFound = []string{"app.copy_differs", "backup.not_proved", "journal.proof_fails", "store.corrupt", "store.not_a_database"}

func TestEveryFindingOfAVerifierTellsWhatWasDone(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, d := range fault.All() {
		known[d.Code] = true
		noun, _, _ := strings.Cut(d.Code, ".")
		if d.Kind != fault.Broken || !slices.Contains([]string{"app", "backup", "book", "journal", "store", "verify"}, noun) || slices.Contains(notFound, d.Code) {
			continue
		}
		if _, ok := meanings[d.Code]; !ok {
			t.Errorf("%s is found by a verifier, and nothing says of what it is a sign", d.Code)
		}
	}
	for code, m := range meanings {
		if !known[code] {
			t.Errorf("no fault has the code %s", code)
		}
		if m.sort.Label().Zh == "" {
			t.Errorf("%s is the sign of %q, which has no words", code, m.sort)
		}
	}
}
