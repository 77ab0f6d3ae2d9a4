package book_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// version is the kind of samples as a version of the program declares it: sample.chosen counts what that version chooses.
func version(m *measure.Measure[recordtest.Sample], more ...*measure.Measure[recordtest.Sample]) record.Of {
	return record.Define("sample", "样本", "sample", func(s *recordtest.Sample) *record.Head { return &s.Head },
		recordtest.Number, recordtest.Title, recordtest.Paint, recordtest.On, recordtest.Until, recordtest.At, recordtest.Paid, recordtest.Cost,
		recordtest.Heads, recordtest.Floors, recordtest.Level, recordtest.Share, recordtest.Open, recordtest.Insured, recordtest.Other, recordtest.Site,
		recordtest.Keeper, recordtest.Point, recordtest.Files, recordtest.Person, recordtest.Phone, recordtest.Source, recordtest.Lines,
	).Key(recordtest.Number).Measures(append([]*measure.Measure[recordtest.Sample]{m}, more...)...)
}

// Two versions, declared before any test runs: a declaration writes to the fields that other tests read.
var (
	red = version(measure.Count("sample.chosen", "选中样本数", "samples chosen", "个", recordtest.On, recordtest.Paint.Is("red")))
	// standing chooses otherwise: blue ones, and as a stock.
	standing = version(measure.StockOf("sample.chosen", "选中样本数", "samples chosen", "个", recordtest.On, recordtest.Until, recordtest.Paint.Is("blue")),
		measure.Count("sample.extra", "新增统计项", "a new measure", "个", recordtest.On))
)

func sampleOf(n int, colour recordtest.Colour, on string) *recordtest.Sample {
	s := recordtest.New(fmt.Sprintf("YB-%05d", n), "430602")
	s.Colour = colour
	s.On, _ = period.ISODay(on)
	return s
}

// breaking cancels a context when the clock has been read so many times: a Settle is broken off at its next piece.
type breaking struct {
	clock.Clock
	left   int
	cancel context.CancelFunc
}

func (b *breaking) Now() time.Time {
	if b.left--; b.left == 0 {
		b.cancel()
	}
	return b.Clock.Now()
}

func TestAChangedDefinitionIsCountedBesideTheOldOneUntilItIsWhole(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, red)
		old := w.Book
		oldHash := red.MeasureSpecs()[0].Hash()
		colours := []recordtest.Colour{"red", "blue", "red"}
		var changes []book.Change
		for i := range 2400 { // more than one piece of a Settle
			changes = append(changes, recordtest.Create("sample", sampleOf(i, colours[i%3], "2023-05-06")))
		}
		done := w.Must(changes...)
		for i := range 30 { // each of these has a past
			s := sampleOf(i, "blue", "2023-06-01")
			s.Until = period.MustDay(2023, 12, 1)
			w.Must(book.Change{Kind: "sample", ID: done[i].ID, Action: access.Edit, Record: s})
		}
		if err := old.Fold(w.Ctx); err != nil {
			t.Fatal(err)
		}
		const reds = 1600 - 20
		if n := w.Count(0, "sample.chosen", "2023", "430600"); n != reds {
			t.Fatalf("by the old definition: %d, want %d", n, reds)
		}
		closed := head(t, old)

		// A program with another definition comes. Its figures are still those of the old one, and it says so.
		ctx, cancel := context.WithCancel(w.Ctx)
		defer cancel()
		breaker := &breaking{Clock: w.Clock, cancel: cancel}
		next := w.With(book.Options{Clock: breaker}, standing)
		w.Book = next
		if open, err := next.Unsettled(w.Ctx); err != nil || !slices.Equal(open, []string{"sample.chosen", "sample.extra"}) {
			t.Errorf("unsettled: %v, %v", open, err)
		}
		stands := func(replaced bool, through journal.Position) {
			t.Helper()
			w.Read(w.Admin, 0, func(v *book.View) {
				x, err := v.Standing("sample.chosen")
				if err != nil || x.Replaced != replaced || x.Through != through || x.Spec.Unit != "个" {
					t.Errorf("standing: %+v, %v; want replaced %v through %d", x, err, replaced, through)
				}
				if want := map[bool]measure.Shape{true: measure.Flow, false: measure.Stock}[replaced]; x.Spec.Shape != want {
					t.Errorf("the figure is a %s, want %s", x.Spec.Shape, want)
				}
			})
		}
		stands(true, closed)
		if n := w.Count(0, "sample.chosen", "2023", "430600"); n != reds {
			t.Errorf("before the new account: %d, want %d", n, reds)
		}
		late := recordtest.Create("sample", sampleOf(9000, "blue", "2023-07-01"))
		if _, err := w.Apply(w.Admin, late); !errors.Is(err, book.ErrNotSettled) {
			t.Errorf("a change that would be counted nowhere: got %v", err)
		}

		// Settle is broken off in the middle. Changes go in now, and count in the new account only.
		breaker.left = 3
		if _, err := next.Settle(ctx, w.Admin); !errors.Is(err, context.Canceled) {
			t.Fatalf("the broken Settle: got %v", err)
		}
		stands(true, closed)
		w.Must(late)
		stands(true, closed)
		if n := w.Count(0, "sample.chosen", "2023", "430600"); n != reds {
			t.Errorf("while the new account is filled: %d, want %d", n, reds)
		}
		w.Sound()
		if err := next.Fold(w.Ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := old.Apply(w.Ctx, w.Admin, []book.Change{recordtest.Create("sample", sampleOf(9001, "red", "2023-07-01"))}); !errors.Is(err, book.ErrNotSettled) {
			t.Errorf("the old program writes beside the new one: got %v", err)
		}

		// It goes on where it stopped.
		breaker.left = 0
		if n, err := next.Settle(w.Ctx, w.Admin); err != nil || n != 2 {
			t.Fatalf("settle: %d became current, %v", n, err)
		}
		stands(false, head(t, next))
		if n, err := next.Settle(w.Ctx, w.Admin); err != nil || n != 0 {
			t.Errorf("settle again: %d, %v", n, err)
		}
		for _, c := range []struct {
			asOf journal.Position
			span string
			want int64
		}{{0, "2023", 801 - 10}, {0, "2023-11", 801 + 20}, {0, "2022", 0}, {done[2399].Position, "2023", 800}, {done[2].Position, "2023", 1}, {closed, "2023-11", 820}} {
			if n := w.Count(c.asOf, "sample.chosen", c.span, "430600"); n != c.want {
				t.Errorf("by the new definition, as of %d at the end of %s: %d, want %d", c.asOf, c.span, n, c.want)
			}
			w.Read(w.Admin, c.asOf, func(v *book.View) {
				a := book.Ask{Measure: "sample.chosen", Period: mustPeriod(t, c.span), Unit: "430600"}
				if sql, err := v.BalanceBySQL(a); err != nil || sql.Count != c.want {
					t.Errorf("by SQL, as of %d at the end of %s: %d, want %d (%v)", c.asOf, c.span, sql.Count, c.want, err)
				}
			})
		}

		// A figure that was published by the old definition can still be counted again, as of then.
		ask := func(asOf journal.Position, definition [32]byte) (b posting.Balance, s *measure.Spec, err error) {
			err = next.Read(w.Ctx, w.Admin, asOf, func(v *book.View) (err error) {
				b, s, err = v.Balance(book.Ask{Measure: "sample.chosen", Period: mustPeriod(t, "2023"), Unit: "430600", Definition: definition})
				return err
			})
			return b, s, err
		}
		if b, s, err := ask(closed, oldHash); err != nil || b.Count != reds || s.Hash() != oldHash || s.Shape != measure.Flow {
			t.Errorf("by the old definition as of %d: %v %+v, %v", closed, b, s, err)
		}
		if _, _, err := ask(0, oldHash); !errors.Is(err, book.ErrDefinitionClosed) {
			t.Errorf("by the old definition as of now: got %v", err)
		}
		if _, _, err := ask(0, [32]byte{1}); !errors.Is(err, book.ErrNoDefinition) {
			t.Errorf("by a definition that never was: got %v", err)
		}
		w.Sound()

		// Going back to the old program opens a third account: the first has a gap.
		w.Book = old
		if n, err := old.Settle(w.Ctx, w.Admin); err != nil || n != 1 {
			t.Fatalf("settle of the old program: %d, %v", n, err)
		}
		if n := w.Count(0, "sample.chosen", "2023", "430600"); n != reds {
			t.Errorf("back to the old definition: %d, want %d", n, reds)
		}
		w.Sound()
	})
}

func head(t *testing.T, b *book.Book) journal.Position {
	t.Helper()
	h, err := b.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h.Size
}

func TestADefinitionIsReadBackFromItsFixedForm(t *testing.T) {
	t.Parallel()
	for _, s := range append(recordtest.Kind.MeasureSpecs(), standing.MeasureSpecs()...) {
		got, err := measure.Recall(s.Canon())
		if err != nil || got.Code != s.Code || got.Shape != s.Shape || got.Unit != s.Unit || got.Scale != s.Scale || got.Valued != s.Valued || got.Hash() != s.Hash() {
			t.Errorf("%s: got %+v, %v", s.Code, got, err)
		}
	}
	for _, canon := range []string{"", "measure a.b\n", "measure a.b\nshape flow\nscale x\n", "measure a.b\nshape cloud\nscale 1\n"} {
		if got, err := measure.Recall(canon); err == nil {
			t.Errorf("%q was read as %+v", canon, got)
		}
	}
}
