package book

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatEntriesSayOfTheirPlaceTellsWhatWasDone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		says string // of the entries at 1, 2, 3 …
		size int64
		want []string
	}{
		{"nothing was done", "1 2 3 4 5", 5, nil},
		{"one is cut out and the rest numbered anew", "1 2 4 5 6", 5, []string{"entries_cut 3 1"}},
		{"two are cut out", "1 4 5 6", 4, []string{"entries_cut 2 2"}},
		{"the last but one is cut out", "1 2 3 5", 4, []string{"entries_cut 4 1"}},
		{"one is slipped in", "1 2 3 3 4 5", 6, []string{"entries_slipped_in 4 1"}},
		{"one is slipped in and the head is not put back", "1 2 3 3 4 5", 5, []string{"entries_slipped_in 4 1"}},
		{"a copy of an earlier one is slipped in", "1 2 1 3 4 5", 6, []string{"entries_slipped_in 4 1"}},
		{"one is cut out and another slipped in behind it", "1 3 4 4 5 6", 6, []string{"entries_cut 2 1"}},
		{"two change places", "1 5 3 4 2 6", 6, []string{"entry_moved 2 5", "entry_moved 5 2"}},
		{"neighbours change places at the end", "1 2 4 3", 4, []string{"entry_moved 3 4", "entry_moved 4 3"}},
		{"three go round", "1 3 4 2 5", 5, []string{"entry_moved 2 3", "entry_moved 3 4", "entry_moved 4 2"}},
		{"one is replaced by a copy of another", "1 2 3 2 5", 5, nil}, // told where its version is looked for
		{"the end is missing", "1 2 3", 5, nil},                       // told by the versions that stand there
	} {
		o := order{next: 1}
		for i, word := range strings.Fields(c.says) {
			var says int64
			if _, err := fmt.Sscan(word, &says); err != nil {
				t.Fatal(err)
			}
			o.look(int64(i)+1, says)
		}
		var v Verification
		o.end(c.size, &v)
		var got []string
		for _, f := range v.Findings {
			got = append(got, fmt.Sprint(strings.TrimPrefix(f.Code, "book."), " ", f.Args[0], " ", f.Args[1]))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
}
