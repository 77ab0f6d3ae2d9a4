package deposit_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/office/deposit"
	"anlan/store"
	"anlan/store/storetest"
)

func TestAResultIsItsUsersAloneAndGoesUnlessItIsKept(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		c := clock.NewStepped(time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC), time.Millisecond)
		deposits := deposit.New(db, c, rand.Reader)
		ids := ident.NewMaker(c, rand.Reader)
		me, other := newID(t, ids), newID(t, ids)
		content := []byte("PK\x00\xff")
		put := func(name string) deposit.Deposit {
			t.Helper()
			d, err := deposits.Put(t.Context(), me, deposit.Result{Name: name, Said: "{}", Content: content})
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		first, second := put("甲"), put("乙")
		if _, err := deposits.Find(t.Context(), other, first.ID); !errors.Is(err, deposit.ErrNone) {
			t.Errorf("somebody else finds it: %v", err)
		}
		if err := deposits.Keep(t.Context(), other, first.ID); !errors.Is(err, deposit.ErrNone) {
			t.Errorf("somebody else keeps it: %v", err)
		}
		if err := errors.Join(deposits.Drop(t.Context(), other, first.ID), deposits.Keep(t.Context(), me, first.ID), deposits.Keep(t.Context(), me, first.ID)); err != nil {
			t.Fatal(err)
		}
		got, err := deposits.Find(t.Context(), me, first.ID)
		if err != nil || !got.Kept || !bytes.Equal(got.Content, content) || got.Ends.Sub(c.Now()) < 29*24*time.Hour {
			t.Errorf("kept: %+v, %v", got, err)
		}
		for n := range 4 {
			put(fmt.Sprint(n))
		}
		if _, err := deposits.Find(t.Context(), me, second.ID); !errors.Is(err, deposit.ErrNone) {
			t.Errorf("the oldest of five that are not kept: %v", err)
		}
		if all, err := deposits.List(t.Context(), me); err != nil || len(all) != 5 || all[4].Name != "甲" {
			t.Errorf("listed: %+v, %v", all, err)
		}
		c.Set(c.Now().Add(deposit.Held + time.Minute))
		if all, err := deposits.List(t.Context(), me); err != nil || len(all) != 1 || all[0].ID != first.ID {
			t.Errorf("after two hours: %+v, %v", all, err)
		}
		if err := deposits.Drop(t.Context(), me, first.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := deposits.Find(t.Context(), me, first.ID); !errors.Is(err, deposit.ErrNone) {
			t.Errorf("dropped: %v", err)
		}
	})
}

func TestSoManyResultsAreKept(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		c := clock.NewStepped(time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC), time.Millisecond)
		deposits := deposit.New(db, c, rand.Reader)
		me := newID(t, ident.NewMaker(c, rand.Reader))
		for n := range 11 {
			d, err := deposits.Put(t.Context(), me, deposit.Result{Name: fmt.Sprint(n), Said: "{}", Content: []byte{}})
			if err != nil {
				t.Fatal(err)
			}
			if err := deposits.Keep(t.Context(), me, d.ID); errors.Is(err, deposit.ErrTooMany) != (n == 10) || err != nil && n < 10 {
				t.Errorf("result %d: %v", n, err)
			}
		}
		if _, err := deposits.Put(t.Context(), me, deposit.Result{Content: make([]byte, deposit.BytesMax+1)}); !errors.Is(err, deposit.ErrTooLarge) {
			t.Errorf("too large: %v", err)
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
