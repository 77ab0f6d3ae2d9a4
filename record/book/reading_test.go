package book_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// inspector is an auditor in the full sense: he sees everything and changes nothing.
var inspector = access.Actor{Name: "审计员", Role: access.Auditor, Via: "test"}

func TestWhoReadsOfPersonsStandsInTheJournal(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		done := w.Must(recordtest.Create("sample", secretive("1", "430602")), recordtest.Create("sample", secretive("2", "430602")))
		size := func() journal.Position {
			h, err := w.Book.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return h.Size
		}
		read := func(a access.Actor, r book.Reading, see func(*book.View) error) error {
			return w.Book.ReadRecorded(t.Context(), a, 0, r, see)
		}
		all := func(filters ...book.Filter) func(*book.View) error {
			return func(v *book.View) error {
				return v.Each(book.Query{Kind: "sample", Filters: filters}, func(any) error { return nil })
			}
		}
		before := size()
		// Who sees nothing of persons is not noted, nor who gets no record, nor what went into a figure.
		for name, see := range map[string]error{
			"a leader":   read(leader, book.Reading{Way: "list"}, all()),
			"no record":  read(inspector, book.Reading{Way: "list"}, func(*book.View) error { return nil }),
			"for figure": read(inspector, book.Reading{Way: "records"}, func(v *book.View) error { err := all()(v); v.Computed(); return err }),
		} {
			if see != nil {
				t.Fatalf("%s: %v", name, see)
			}
		}
		if size() != before {
			t.Errorf("%d entries of readings that need none", size()-before)
		}
		// A record that was read twice in one command is one record; a condition on a person stands there without the name.
		phone := book.Filter{Field: "phone", Op: field.OpIs, Value: "13900001111"}
		title := book.Filter{Field: "title", Op: field.OpIs, Value: "公开的标题"}
		err := read(inspector, book.Reading{Way: "list", Filters: []book.Filter{title, phone}}, func(v *book.View) error {
			if _, err := v.Get("sample", done[0].ID); err != nil {
				return err
			}
			return all(title, phone)(v)
		})
		if err != nil {
			t.Fatal(err)
		}
		// What was shown by then is noted though the reading breaks off and the reader goes away.
		broken := errors.New("the pipe is gone")
		ctx, stop := context.WithCancel(t.Context())
		err = w.Book.ReadRecorded(ctx, inspector, 0, book.Reading{Way: "show"}, func(v *book.View) error {
			if _, err := v.Get("sample", done[1].ID); err != nil {
				return err
			}
			stop()
			return broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("a reading that broke off: %v", err)
		}
		if size() != before+2 {
			t.Fatalf("%d entries, want 2", size()-before)
		}
		var got []book.WasRead
		w.Read(leader, 0, func(v *book.View) {
			if err := v.Readings(func(r book.WasRead) error { got = append(got, r); return nil }); err != nil {
				t.Fatal(err)
			}
		})
		if len(got) != 2 || got[0].Name != "审计员" || got[0].Role != "auditor" || got[0].Way != "list" || got[0].Read[0].Records != 2 || len(got[0].Read[0].IDs) != 2 ||
			len(got[0].Where) != 2 || got[0].Where[0] != "title = 公开的标题" || got[0].Where[1] != "phone = …" ||
			got[1].Way != "show" || got[1].Read[0].Records != 1 || got[1].Read[0].IDs[0] != done[1].ID {
			t.Errorf("%+v", got)
		}
		err = w.DB.Read(t.Context(), func(tx *store.Tx) error {
			return journal.Entries(tx, before, size(), func(e journal.Stored) error {
				for _, word := range secrets {
					if bytes.Contains(e.Body, []byte(word)) {
						t.Errorf("the entry of a reading tells %s: %s", word, e.Body)
					}
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := w.Book.Replay(t.Context()); err != nil || len(v.Findings) > 0 {
			t.Errorf("replayed: %v %v", v.Findings, err)
		}
	})
}

func TestAnAuditorSeesEverythingAndChangesNothing(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		done := w.Must(recordtest.Create("sample", secretive("1", "430602")))[0]
		w.Read(inspector, 0, func(v *book.View) {
			r, err := v.Get("sample", done.ID)
			if err != nil {
				t.Fatal(err)
			}
			if s := r.(*recordtest.Sample); s.Person != "张三丰" || s.Source != "李举报" {
				t.Errorf("he sees %q and %q", s.Person, s.Source)
			}
		})
		before, err := w.Book.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for action, c := range map[string]book.Change{
			"create":   recordtest.Create("sample", secretive("2", "430602")),
			"register": {Kind: "sample", Action: access.Register, Record: secretive("3", "430602")},
			"edit":     {Kind: "sample", ID: done.ID, Expect: 1, Action: access.Edit, Record: secretive("1", "430602")},
			"withdraw": {Kind: "sample", ID: done.ID, Expect: 1, Action: access.Withdraw, Reason: "试"},
			"a step":   {Kind: "sample", ID: done.ID, Expect: 1, Action: "close"},
		} {
			if _, err := w.Book.Apply(t.Context(), inspector, []book.Change{c}); !errors.Is(err, access.ErrMayNot) {
				t.Errorf("%s: %v", action, err)
			}
		}
		if _, err := w.Book.Settle(t.Context(), inspector); !errors.Is(err, access.ErrMayNot) {
			t.Errorf("settle: %v", err)
		}
		after, err := w.Book.Head(t.Context())
		if err != nil || after != before {
			t.Errorf("the journal has gone from %d to %d: %v", before.Size, after.Size, err)
		}
	})
}
