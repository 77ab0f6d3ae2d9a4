package outbox_test

import (
	"errors"
	"testing"

	"anlan/store"
	"anlan/store/outbox"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

var errRefused = errors.New("refused")

func write(t *testing.T, db *store.DB, events ...outbox.Event) {
	t.Helper()
	if err := db.InTx(t.Context(), func(tx *store.Tx) error { return outbox.Write(tx, events) }); err != nil {
		t.Fatal(err)
	}
}

func pending(t *testing.T, db *store.DB, limit int) (events []outbox.Event) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		events, err = outbox.Pending(tx, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestEventsLeaveInTheOrderOfTheJournal(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		write(t, db)
		write(t, db, outbox.Event{Position: 7, Topic: "hazard.closed", Body: []byte(`{"a":1}`)})
		write(t, db,
			outbox.Event{Position: 3, Topic: "warning.issued", Body: []byte(`{}`)},
			outbox.Event{Position: 3, Topic: "call.due"},
			outbox.Event{Position: 4, Topic: "call.due", Body: []byte(`{}`)})
		want := []outbox.Event{
			{Position: 3, Line: 0, Topic: "warning.issued", Body: []byte(`{}`)},
			{Position: 3, Line: 1, Topic: "call.due", Body: []byte{}},
			{Position: 4, Line: 0, Topic: "call.due", Body: []byte(`{}`)},
			{Position: 7, Line: 0, Topic: "hazard.closed", Body: []byte(`{"a":1}`)},
		}
		if diff := cmp.Diff(want, pending(t, db, 10)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if diff := cmp.Diff(want[:2], pending(t, db, 2)); diff != "" {
			t.Errorf("two of them (-want +got)\n%s", diff)
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error { return outbox.Forget(tx, want[1:3]) })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]outbox.Event{want[0], want[3]}, pending(t, db, 10)); diff != "" {
			t.Errorf("after two were delivered (-want +got)\n%s", diff)
		}
	})
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	for name, e := range map[string]outbox.Event{
		"no position":      {Topic: "a"},
		"no topic":         {Position: 1},
		"a body of 2 MiB":  {Position: 1, Topic: "a", Body: make([]byte, 2<<20)},
		"a topic with NUL": {Position: 1, Topic: "a\x00"},
	} {
		if err := db.InTx(t.Context(), func(tx *store.Tx) error { return outbox.Write(tx, []outbox.Event{e}) }); err == nil {
			t.Errorf("%s: written", name)
		}
	}
}

func TestAnEventGoesWithItsTransaction(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			if err := outbox.Write(tx, []outbox.Event{{Position: 1, Topic: "a"}}); err != nil {
				t.Error(err)
			}
			return errRefused
		})
		if err != errRefused {
			t.Errorf("got %v", err)
		}
		if left := pending(t, db, 10); len(left) != 0 {
			t.Errorf("%v is pending though its change was refused", left)
		}
	})
}
