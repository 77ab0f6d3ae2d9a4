package book_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/journal"
)

// today is the day on which the clock of a recordtest.World starts.
var today = period.DayAt(recordtest.Start)

// anyBlob stands for a place where every attachment is stored.
type anyBlob struct{}

func (anyBlob) Has(context.Context, blob.Sum) (bool, error) { return true, nil }

// samples makes random records with a field of every type, references and attachments among them.
func samples(w *recordtest.World, n int) (made []*recordtest.Sample, done []book.Done) {
	w.Helper()
	target := w.Must(recordtest.Create("sample", recordtest.New("目标", "430600")))[0].ID
	r := rand.New(rand.NewPCG(1, 1))
	var changes []book.Change
	for i := range n {
		s := recordtest.Any(r)
		s.Number = fmt.Sprintf("YB-%04d", i)
		if i%3 == 0 {
			s.Other = target
			s.Files = []field.File{{SHA256: [32]byte{byte(i)}, Size: int64(i), Name: "照片 1.jpg"}, {Size: 2, Name: "b"}}
		}
		made = append(made, s)
		changes = append(changes, recordtest.Create("sample", s))
	}
	return made, w.Must(changes...)
}

func TestEveryTypeIsReadAsItWasWritten(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{Blobs: anyBlob{}}, recordtest.Kind)
		made, done := samples(w, 300)
		for i, s := range made {
			if faults := recordtest.Kind.Check(s, today); faults != nil { // brings it into the form in which it is stored
				t.Fatal(faults)
			}
			got := w.Get("sample", done[i].ID).(*recordtest.Sample)
			want := *s
			want.Head = got.Head
			want.Unit, want.Place = s.Unit, s.Place
			for f, spec := range recordtest.Kind.Fields() {
				a, b := any(recordtest.Kind.Text(got, f)), any(recordtest.Kind.Text(&want, f))
				if spec.Type == field.TypeRows {
					a, b = got.Lines, want.Lines
				}
				if !reflect.DeepEqual(a, b) {
					t.Errorf("%s of %s: wrote %q, read %q", spec.Code, s.Number, b, a)
				}
			}
		}
		w.Sound()
	})
}

// conditions makes every condition that the fields of a sample allow, over the values that some samples have.
func conditions(made []*recordtest.Sample) (out []field.Cond[recordtest.Sample]) {
	over := func(conds ...field.Cond[recordtest.Sample]) { out = append(out, conds...) }
	for _, s := range made {
		over(equal(recordtest.Title, s)...)
		over(equal(recordtest.Paint, s)...)
		over(ordered(recordtest.On, s)...)
		over(equal(recordtest.At, s)...)
		over(ordered(recordtest.Paid, s)...)
		over(ordered(recordtest.Cost, s)...)
		over(ordered(recordtest.Heads, s)...)
		over(ordered(recordtest.Floors, s)...)
		over(ordered(recordtest.Level, s)...)
		over(ordered(recordtest.Share, s)...)
		over(equal(recordtest.Open, s)...)
		over(equal(recordtest.Insured, s)...)
		over(equal(recordtest.Other, s)...)
		over(equal(recordtest.Site, s)...)
		over(equal(recordtest.Keeper, s)...)
		over(equal(recordtest.Point, s)...)
		over(equal(recordtest.Files, s)...)
		over(equal(recordtest.Person, s)...)
	}
	return out
}

func equal[V any](f field.Typed[recordtest.Sample, V], s *recordtest.Sample) []field.Cond[recordtest.Sample] {
	out := []field.Cond[recordtest.Sample]{f.Stated(), f.Absent()}
	if f.Store(s) == nil {
		return out
	}
	v := *f.At(s)
	return append(out, f.Is(v), f.Not(v), f.In(v), f.In(v, v))
}

func ordered[V any](f field.Typed[recordtest.Sample, V], s *recordtest.Sample) []field.Cond[recordtest.Sample] {
	out := equal(f, s)
	if f.Store(s) == nil {
		return out
	}
	v := *f.At(s)
	return append(out, f.AtLeast(v), f.AtMost(v), f.Above(v), f.Below(v))
}

func TestAConditionHoldsInGoWhereItHoldsInSQL(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{Blobs: anyBlob{}}, recordtest.Kind)
		made, done := samples(w, 200)
		for _, s := range made {
			recordtest.Kind.Check(s, today)
		}
		ids := make([]ident.ID, len(done))
		for i, x := range done {
			ids[i] = x.ID
		}
		tried := map[string]bool{}
		err := w.DB.Read(w.Ctx, func(tx *store.Tx) error {
			for _, c := range conditions(made[:25]) {
				if tried[c.Canon()] {
					continue
				}
				tried[c.Canon()] = true
				var want []string
				for i, s := range made {
					if c.Holds(s) {
						want = append(want, ids[i].String())
					}
				}
				text, args := c.SQL("s")
				got, err := store.Select[string](tx, "SELECT s.id FROM sample s WHERE "+text+" AND s.number <> '目标' ORDER BY s.row_no", args...)
				if err != nil {
					return err
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: SQL finds %d, Go %d", c.Canon(), len(got), len(want))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(tried) < 150 {
			t.Errorf("only %d conditions were tried", len(tried))
		}
	})
}

func TestTheRowsOfAVersionAreThoseItHad(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		version := func(number, title string, whos ...string) *recordtest.Sample {
			s := sampleOf(1, "red", "2023-05-06")
			s.Number, s.Title = number, title
			for _, who := range whos {
				s.Lines = append(s.Lines, recordtest.Line{On: s.On, Who: who})
			}
			return s
		}
		var done []book.Done
		for i := range 250 { // more than one query takes
			done = append(done, w.Must(recordtest.Create("sample", version(fmt.Sprint(i), "一", "甲", fmt.Sprint(i))))...)
		}
		positions := []journal.Position{done[249].Position}
		edit := func(i int, s *recordtest.Sample) {
			w.Must(book.Change{Kind: "sample", ID: done[i].ID, Action: access.Edit, Record: s})
		}
		for i := range 200 {
			edit(i, version(fmt.Sprint(i), "二", "甲", fmt.Sprint(i))) // the rows stay
		}
		positions = append(positions, head(t, w.Book))
		for i := range 150 {
			edit(i, version(fmt.Sprint(i), "三", fmt.Sprint(i)))
		}
		positions = append(positions, head(t, w.Book))
		for i := range 100 {
			edit(i, version(fmt.Sprint(i), "四"))
		}
		edit(0, version("0", "五", "丙", "丁", "戊"))
		titles := []string{"一", "二", "三", "四", "五"}
		lines := func(i, stage int) []string {
			switch {
			case stage == 5 && i == 0:
				return []string{"丙", "丁", "戊"}
			case stage >= 4 && i < 100:
				return nil
			case stage >= 3 && i < 150:
				return []string{fmt.Sprint(i)}
			}
			return []string{"甲", fmt.Sprint(i)}
		}
		whos := func(r any) (out []string) {
			for _, l := range r.(*recordtest.Sample).Lines {
				out = append(out, l.Who)
			}
			return out
		}
		for stage, at := range append(positions, 0) {
			if at == 0 {
				stage = 4
			}
			w.Read(w.Admin, at, func(v *book.View) {
				i := 0
				err := v.Each(book.Query{Kind: "sample"}, func(r any) error {
					one, err := v.Get("sample", done[i].ID)
					if err != nil {
						return err
					}
					if want := lines(i, stage+1); !slices.Equal(whos(r), want) || !slices.Equal(whos(one), want) {
						t.Errorf("as of %d, record %d has the rows %v, one by one %v, want %v", at, i, whos(r), whos(one), want)
					}
					i++
					return nil
				})
				if err != nil || i != 250 {
					t.Errorf("as of %d: %d records, %v", at, i, err)
				}
				versions, err := v.History("sample", done[0].ID)
				if err != nil || len(versions) != min(stage+1, 5) {
					t.Fatalf("as of %d: %d versions, %v", at, len(versions), err)
				}
				for n, x := range versions {
					if want := lines(0, n+1); x.Record.(*recordtest.Sample).Title != titles[n] || !slices.Equal(whos(x.Record), want) {
						t.Errorf("version %d has the rows %v, want %v", n+1, whos(x.Record), want)
					}
				}
			})
		}
		w.Sound()
	})
}
