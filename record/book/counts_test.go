package book_test

import (
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// TestAPageOfALongListIsReadByItsIndex: neither the first page nor one in the middle sorts what there is.
func TestAPageOfALongListIsReadByItsIndex(t *testing.T) {
	t.Parallel()
	w := recordtest.Found(t, store.SQLite, book.Options{Blobs: anyBlob{}}, recordtest.Kind)
	w.Read(w.Admin, 0, func(v *book.View) {
		for _, down := range []bool{false, true} {
			for _, after := range []*book.Key{nil, {Sort: "2023-05-06", Row: 7}} {
				plans, err := v.Plans(book.Query{Kind: "sample", Sort: "seen_on", Down: down, After: after, Filters: []book.Filter{{Field: "colour", Op: field.OpIs, Value: "red"}, {Field: "seen_on", Op: field.OpAtLeast, Value: "2023-01-01"}}})
				if err != nil {
					t.Fatal(err)
				}
				for _, line := range plans {
					if !strings.Contains(line, "USING INDEX sample_by_seen_on") {
						t.Errorf("down %v after %v: %q", down, after, line)
					}
				}
			}
		}
	})
}

// TestARememberedCountIsThatOfItsSnapshot counts, changes what is counted in each way there is, and counts again; in a snapshot that began
// before, the old count stands.
func TestARememberedCountIsThatOfItsSnapshot(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{Blobs: anyBlob{}}, recordtest.Kind)
		made, done := samples(w, 20)
		all := book.Query{Kind: "sample"}
		count := func(v *book.View, want int64) {
			t.Helper()
			for range 2 { // asked, and remembered
				n, err := v.Count(all)
				if err != nil || n != want {
					t.Errorf("got %d, %v, want %d", n, err, want)
				}
				few, err := v.CountUpTo(all, 5)
				if err != nil || few != 5 {
					t.Errorf("up to 5: got %d, %v", few, err)
				}
			}
		}
		w.Read(w.Admin, 0, func(v *book.View) { count(v, 21) })
		w.Read(w.Admin, 0, func(before *book.View) {
			count(before, 21)
			w.Must(book.Change{Kind: "sample", ID: done[3].ID, Action: access.Withdraw, Reason: "重复"})
			w.Read(w.Admin, 0, func(v *book.View) { count(v, 20) })
			count(before, 21)
		})
		w.Must(book.Change{Kind: "sample", Action: access.Create, Record: recordtest.New("一条新的", "430602")})
		w.Read(w.Admin, 0, func(v *book.View) { count(v, 21) })
		one := book.Query{Kind: "sample", Filters: []book.Filter{{Field: "number", Op: field.OpIs, Value: made[5].Number}}}
		w.Read(w.Admin, 0, func(v *book.View) {
			if n, err := v.Count(one); err != nil || n != 1 {
				t.Errorf("got %d, %v, want 1", n, err)
			}
		})
		w.Must(book.Change{Kind: "sample", ID: done[5].ID, Action: access.Edit, Record: recordtest.New("换了编号", "430602")})
		w.Read(w.Admin, 0, func(v *book.View) {
			if n, err := v.Count(one); err != nil || n != 0 {
				t.Errorf("got %d, %v, want 0", n, err)
			}
		})
	})
}
