package book_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// TestNumbersOfPersonsAreMaskedUnlessSomebodySaysWhy: what people get to see has them masked, and what comes back masked is what stands.
func TestNumbersOfPersonsAreMaskedUnlessSomebodySaysWhy(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		s := recordtest.New("1", "430602")
		s.Person, s.Phone = "张三丰", "13912341111"
		done := w.Must(recordtest.Create("sample", s))[0]
		second := recordtest.New("2", "430602")
		second.Phone = "0730-8880000"
		w.Must(recordtest.Create("sample", second))
		whole := func(why string) (out []byte) {
			err := w.Book.ReadRecorded(w.Ctx, county, 0, book.Reading{Way: "show", Unmask: why}, func(v *book.View) error {
				var all []any
				r, err := v.Get("sample", done.ID)
				all = append(all, r)
				if err == nil {
					r, err = v.Find("sample", "1")
					all = append(all, r)
				}
				if err == nil {
					r, _, err = v.List(book.Query{Kind: "sample", Sort: "phone"})
					all = append(all, r)
				}
				if err == nil {
					err = v.Each(book.Query{Kind: "sample"}, func(r any) error { all = append(all, r); return nil })
				}
				if err == nil {
					r, err = v.History("sample", done.ID)
					all = append(all, r)
				}
				if v.Masked() == (why != "") {
					t.Errorf("for the reason %q it says masked: %v", why, v.Masked())
				}
				out, _ = json.Marshal(all)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := whole(""); bytes.Contains(got, []byte("13912341111")) || !bytes.Contains(got, []byte("139****1111")) || !bytes.Contains(got, []byte("0730-8880000")) || !bytes.Contains(got, []byte("张三丰")) {
			t.Errorf("without a reason: %s", got)
		}
		if got := whole("核实联系方式"); !bytes.Contains(got, []byte("13912341111")) || bytes.Contains(got, []byte("*")) {
			t.Errorf("with a reason: %s", got)
		}
		var said []string
		w.Read(w.Admin, 0, func(v *book.View) {
			if err := v.Readings(func(r book.WasRead) error { said = append(said, r.Reason); return nil }); err != nil {
				t.Fatal(err)
			}
		})
		if len(said) != 2 || said[0] != "" || said[1] != "核实联系方式" {
			t.Errorf("the journal says %q", said)
		}

		// A page of a list that is sorted by what is masked goes on where it ended.
		err := w.Book.ReadRecorded(w.Ctx, county, 0, book.Reading{Way: "list"}, func(v *book.View) error {
			_, next, err := v.List(book.Query{Kind: "sample", Sort: "phone", Limit: 1})
			if err != nil || next == nil {
				return err
			}
			rest, _, err := v.List(book.Query{Kind: "sample", Sort: "phone", Limit: 1, After: next})
			if len(rest) != 1 || rest[0].(*recordtest.Sample).Phone != "139****1111" {
				t.Errorf("the second page: %v", rest)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}

		// Sent back as it was shown, the number stays; changed, it is changed; masked where none stands, it is refused.
		edit := func(phone string) error {
			s := recordtest.New("1", "430602")
			s.Person, s.Phone = "张三丰", phone
			_, err := w.Apply(county, book.Change{Kind: "sample", ID: done.ID, Action: access.Edit, Record: s})
			return err
		}
		stands := func(want string) {
			t.Helper()
			w.Read(w.Admin, 0, func(v *book.View) {
				if r, err := v.Get("sample", done.ID); err != nil || r.(*recordtest.Sample).Phone != want {
					t.Errorf("it is %v, %v, want %s", r, err, want)
				}
			})
		}
		if err := edit("139****1111"); err != nil {
			t.Error(err)
		}
		stands("13912341111")
		if err := edit("13800002222"); err != nil {
			t.Error(err)
		}
		stands("13800002222")
		if err := edit("139****1111"); !errors.Is(err, field.ErrMasked) {
			t.Errorf("the mask of what stood before: %v", err)
		}
		fresh := recordtest.New("3", "430602")
		fresh.Phone = "139****1111"
		if _, err := w.Apply(county, recordtest.Create("sample", fresh)); !errors.Is(err, field.ErrMasked) {
			t.Errorf("a new record with a mask: %v", err)
		}
		w.Sound()
	})
}
