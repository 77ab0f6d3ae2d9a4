package book_test

import (
	"errors"
	"testing"

	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

func TestAWithdrawnRecordIsFoundByItsKeyUntilAnotherTakesIt(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		made := w.Must(recordtest.Create("sample", recordtest.New("YB-1", "430602")))[0]
		stood := made.Position
		w.Must(book.Change{Kind: "sample", ID: made.ID, Expect: 1, Action: access.Withdraw, Reason: "重复报送"})
		county := access.Actor{Name: "平江县局", Role: recordtest.Clerk(access.Personal), Unit: "430621", Via: "test"}
		found := func(actor access.Actor, position bool) (r any, err error) {
			at := stood
			if !position {
				at = 0
			}
			w.Read(actor, at, func(v *book.View) { r, err = v.FindAny("sample", "ＹＢ－１") })
			return r, err
		}
		if r, err := found(w.Admin, false); err != nil || recordtest.Kind.Head(r).ID != made.ID {
			t.Errorf("withdrawn: got %v, %v", r, err)
		}
		if r, err := found(w.Admin, true); err != nil || recordtest.Kind.Head(r).Version != 1 {
			t.Errorf("as of when it stood: got %v, %v", r, err)
		}
		if _, err := found(county, false); !errors.Is(err, book.ErrNoRecord) {
			t.Errorf("another county finds it: %v", err)
		}
		again := w.Must(recordtest.Create("sample", recordtest.New("YB-1", "430602")))[0]
		if r, err := found(w.Admin, false); err != nil || recordtest.Kind.Head(r).ID != again.ID {
			t.Errorf("with another in its place: got %v, %v", r, err)
		}
		w.Must(book.Change{Kind: "sample", ID: again.ID, Expect: 1, Action: access.Withdraw, Reason: "重复报送"})
		if r, err := found(w.Admin, false); err != nil || recordtest.Kind.Head(r).ID != again.ID {
			t.Errorf("of two withdrawn, the last: got %v, %v", r, err)
		}
	})
}
