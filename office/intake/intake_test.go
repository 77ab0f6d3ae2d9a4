package intake_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/office/intake"
	"anlan/record/exchange"
	"anlan/store"
	"anlan/store/storetest"
)

func TestADraftIsItsUsersForADayAndTheOldestGoes(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		c := clock.NewStepped(time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC), time.Millisecond)
		drafts := intake.New(db, c, rand.Reader)
		ids := ident.NewMaker(c, rand.Reader)
		me, other := newID(t, ids), newID(t, ids)
		content := []byte("隐患编号\nYH-1\n\x00\xff")
		first, err := drafts.Begin(t.Context(), me, "hazard", "台账.csv", content)
		if err != nil {
			t.Fatal(err)
		}
		if err := drafts.Say(t.Context(), me, first.ID, func(s *intake.Said) error {
			s.Row, s.Columns = 3, []string{"number", ""}
			s.Correct(exchange.Correction{Row: 4, Code: "number", Text: "YH-2"}, exchange.Correction{Row: 4, Code: "number", Text: "YH-3"})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		got, err := drafts.Find(t.Context(), me, first.ID)
		if err != nil || !bytes.Equal(got.Content, content) || got.Said.Row != 3 || len(got.Said.Corrections) != 1 || got.Said.Corrections[0].Text != "YH-3" {
			t.Errorf("found %+v, %v", got, err)
		}
		for _, c := range []func() error{
			func() error { _, err := drafts.Find(t.Context(), other, first.ID); return err },
			func() error {
				return drafts.Say(t.Context(), other, first.ID, func(*intake.Said) error { return nil })
			},
			func() error { return drafts.Close(t.Context(), other, first.ID, intake.Receipt{}) },
		} {
			if err := c(); !errors.Is(err, intake.ErrNoDraft) {
				t.Errorf("somebody else: %v", err)
			}
		}
		if err := drafts.Drop(t.Context(), other, first.ID); err != nil {
			t.Fatal(err)
		}
		for n := range 5 {
			if _, err := drafts.Begin(t.Context(), me, "hazard", fmt.Sprintf("%d.csv", n), content); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := drafts.Find(t.Context(), me, first.ID); !errors.Is(err, intake.ErrNoDraft) {
			t.Errorf("the oldest of six: %v", err)
		}
		waiting, err := drafts.Waiting(t.Context(), me, "hazard")
		if err != nil || len(waiting) != 5 || waiting[0].File != "4.csv" {
			t.Fatalf("waiting: %+v, %v", waiting, err)
		}
		last := waiting[0]
		if err := drafts.Close(t.Context(), me, last.ID, intake.Receipt{New: 2}); err != nil {
			t.Fatal(err)
		}
		if got, err = drafts.Find(t.Context(), me, last.ID); err != nil || len(got.Content) > 0 || got.Said.Receipt.New != 2 || got.Request().Content == nil {
			t.Errorf("imported: %+v, %v", got, err)
		}
		if err := drafts.Say(t.Context(), me, last.ID, func(*intake.Said) error { return nil }); !errors.Is(err, intake.ErrOver) {
			t.Errorf("changed after it was imported: %v", err)
		}
		c.Set(c.Now().Add(25 * time.Hour))
		if _, err := drafts.Find(t.Context(), me, last.ID); !errors.Is(err, intake.ErrNoDraft) {
			t.Errorf("after a day: %v", err)
		}
		if _, err := drafts.Begin(t.Context(), me, "hazard", "大.csv", make([]byte, intake.BytesMax+1)); !errors.Is(err, intake.ErrTooLarge) {
			t.Errorf("too large: %v", err)
		}
	})
}

func TestAShapeIsRememberedByUnitAndTheOnesNotUsedGo(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		c := clock.NewStepped(time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC), time.Millisecond)
		drafts := intake.New(db, c, rand.Reader)
		for n := range 60 {
			if err := drafts.Remember(t.Context(), "430602", "hazard", fmt.Sprint(n), []string{"number", fmt.Sprint(n)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := drafts.Remember(t.Context(), "430602", "hazard", "59", []string{"title"}); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			unit, shape string
			want        []string
		}{{"430602", "59", []string{"title"}}, {"430602", "30", []string{"number", "30"}}, {"430602", "1", nil}, {"430621", "59", nil}} {
			got, err := drafts.Recall(t.Context(), "430602", "hazard", x.shape)
			if x.unit != "430602" {
				got, err = drafts.Recall(t.Context(), "430621", "hazard", x.shape)
			}
			if err != nil || !slices.Equal(got, x.want) {
				t.Errorf("%s in %s: %v, %v; want %v", x.shape, x.unit, got, err, x.want)
			}
		}
	})
}

func newID(t *testing.T, ids *ident.Maker) ident.ID {
	t.Helper()
	id, err := ids.V4()
	if err != nil {
		t.Fatal(err)
	}
	return id
}
