package book_test

import (
	"errors"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

func withdrawal(kind string, id ident.ID) book.Change {
	return book.Change{Kind: kind, ID: id, Action: access.Withdraw, Reason: "重复报送"}
}

func reinstatement(kind string, id ident.ID) book.Change {
	return book.Change{Kind: kind, ID: id, Action: access.Reinstate, Reason: "不是重复"}
}

func TestAReinstatedRecordStandsAsItStoodAndIsCountedAgain(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		made := w.Must(recordtest.Create("sample", sampleOf(1, "red", "2023-05-06")))[0]
		counted := func() int64 { return w.Count(0, "sample.red", "2023", "430600") }
		if _, err := w.Apply(w.Admin, reinstatement("sample", made.ID)); !errors.Is(err, book.ErrNotWithdrawn) {
			t.Errorf("one that stands: got %v", err)
		}
		gone := w.Must(withdrawal("sample", made.ID))[0]
		if n := counted(); n != 0 {
			t.Fatalf("withdrawn, it counts %d", n)
		}
		none := reinstatement("sample", made.ID)
		none.Reason = ""
		if _, err := w.Apply(w.Admin, none); !errors.Is(err, record.ErrNoReason) {
			t.Errorf("without a reason: got %v", err)
		}
		stale := reinstatement("sample", made.ID)
		stale.Expect = 1
		if _, err := w.Apply(w.Admin, stale); !errors.Is(err, book.ErrStale) {
			t.Errorf("on version 1 when 2 stands: got %v", err)
		}
		content := reinstatement("sample", made.ID)
		content.Record = sampleOf(2, "blue", "2024-05-06") // what is given besides is not looked at
		back := w.Must(content)[0]
		if back.Version != 3 || back.Position <= gone.Position || counted() != 1 {
			t.Errorf("back: %+v, counted %d", back, counted())
		}
		if n := w.Count(gone.Position, "sample.red", "2023", "430600"); n != 0 {
			t.Errorf("as of when it was withdrawn it counts %d", n)
		}
		r := w.Get("sample", made.ID).(*recordtest.Sample)
		if r.State != record.Kept || r.Number != sampleOf(1, "red", "2023-05-06").Number || r.MovedBy != w.Admin.Name {
			t.Errorf("stands as %+v", r)
		}
		w.Read(w.Admin, 0, func(v *book.View) {
			h, err := v.History("sample", made.ID)
			if err != nil || len(h) != 3 || h[1].Action != access.Withdraw || h[2].Action != access.Reinstate || h[2].Reason != "不是重复" {
				t.Errorf("history: %+v, %v", h, err)
			}
		})
		w.Must(withdrawal("sample", made.ID))
		w.Must(reinstatement("sample", made.ID))
		if n := counted(); n != 1 {
			t.Errorf("after a second time it counts %d", n)
		}
		w.Sound()
	})
}

func TestWhoMayWithdrawMayReinstateAndNobodyElse(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		made := w.Must(recordtest.Create("sample", recordtest.New("1", "430602")))[0]
		w.Must(withdrawal("sample", made.ID))
		role := func(rights string) access.Role {
			return access.Role{Code: "own", Label: record.StateLabel(recordtest.Kind, record.Kept), Clearance: access.Restricted, Rights: access.MustRights(rights)}
		}
		for _, c := range []struct {
			name   string
			rights string
			unit   place.Unit
			want   *fault.Declaration
		}{
			{"who may not withdraw", "*: read create edit step register", "430600", access.ErrMayNot},
			{"who may withdraw elsewhere", "*: read withdraw", "430621", book.ErrNoRecord},
			{"who may withdraw", "*: read withdraw", "430602", nil},
		} {
			actor := access.Actor{Name: "某人", Role: role(c.rights), Unit: c.unit, Via: "test"}
			_, err := w.Apply(actor, reinstatement("sample", made.ID))
			if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
	})
}

func TestAReinstatedRecordTakesItsKeyOrIsRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		made := func(number string) book.Change { return recordtest.Create("sample", recordtest.New(number, "430600")) }
		a := w.Must(made("甲"))[0]
		w.Must(withdrawal("sample", a.ID))
		b := w.Must(made("甲"))[0]
		for _, c := range []struct {
			name    string
			changes []book.Change
			refused int
		}{
			{"a key that another has", []book.Change{reinstatement("sample", a.ID)}, 1},
			{"a key that is given up in the same batch", []book.Change{withdrawal("sample", b.ID), reinstatement("sample", a.ID)}, 0},
			{"a key that a record of the same batch takes first", []book.Change{withdrawal("sample", a.ID), made("甲"), reinstatement("sample", a.ID)}, 3},
			{"a key that comes back before another takes it", []book.Change{withdrawal("sample", a.ID), reinstatement("sample", a.ID), made("甲")}, 3},
		} {
			_, err := w.Apply(w.Admin, c.changes...)
			var faults fault.List
			if internal := faults.Add(err); internal != nil {
				t.Fatalf("%s: %v", c.name, internal)
			}
			switch {
			case c.refused == 0 && err != nil:
				t.Errorf("%s: got %v", c.name, err)
			case c.refused > 0 && (len(faults) == 0 || !faults[0].Is(book.ErrDuplicate) || len(c.changes) > 1 && faults[0].Where.Row != c.refused):
				t.Errorf("%s: got %v, want a duplicate at change %d", c.name, err, c.refused)
			}
			w.Sound()
		}
	})
}

func TestAReinstatedRecordIsJudgedAsANewOne(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind, relics)
		target := w.Must(recordtest.Create("sample", recordtest.New("目标", "430600")))[0].ID
		r := newRelic("一")
		r.Sample = target
		id := w.Must(recordtest.Create("relic", r))[0].ID
		w.Must(withdrawal("relic", id), withdrawal("sample", target))
		if _, err := w.Apply(w.Admin, reinstatement("relic", id)); !errors.Is(err, book.ErrNoSuchRef) {
			t.Errorf("it refers to what is withdrawn: got %v", err)
		}
		w.Must(reinstatement("sample", target), reinstatement("relic", id))
		w.Sound()
	})
}

// TestAWithdrawalTakenBackHidesNobodysHand: whoever handed a record in does not approve it when it has been away in between, and whoever
// fetched it back has no hand in it.
func TestAWithdrawalTakenBackHidesNobodysHand(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, petitions)
		who := func(name string) access.Actor {
			return access.Actor{Name: name, Role: access.Administrator, Via: "test"}
		}
		p := &petition{Number: "一"}
		p.Unit = "430600"
		must := func(actor string, c book.Change) book.Done {
			done, err := w.Apply(who(actor), c)
			if err != nil {
				t.Fatal(err)
			}
			return done[0]
		}
		id := must("甲", recordtest.Create("petition", p)).ID
		must("丙", book.Change{Kind: "petition", ID: id, Action: "submit"})
		must("丙", withdrawal("petition", id))
		must("丁", reinstatement("petition", id))
		if r := w.Get("petition", id).(*petition); r.State != "submitted" || r.MovedBy != "丙" {
			t.Errorf("it came back %s, moved by %s", r.State, r.MovedBy)
		}
		approve := book.Change{Kind: "petition", ID: id, Action: "approve"}
		for _, name := range []string{"甲", "丙"} {
			if _, err := w.Apply(who(name), approve); !errors.Is(err, record.ErrOwnWork) {
				t.Errorf("%s approves: %v", name, err)
			}
		}
		must("丁", approve)
		w.Sound()
	})
}
