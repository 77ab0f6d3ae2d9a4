package store_test

import (
	"errors"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

func TestSmoke(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		v, err := db.SchemaVersion(t.Context())
		if err != nil || v < 1 {
			t.Fatal(v, err)
		}
		err = db.InTx(t.Context(), func(tx *store.Tx) error {
			n, err := tx.Exec("INSERT INTO outbox (position, line, topic, body) VALUES (?, ?, ?, ?)", 1, 2, "a?b", []byte{1})
			if n != 1 {
				t.Error(n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO outbox (position, line, topic, body) VALUES (?, ?, ?, ?)", 1, 2, "a?b", []byte{1})
			return err
		})
		v1, ok := store.ViolationOf(err)
		t.Log(err, v1, ok, errors.Is(err, store.ErrUnique))
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			s, err := tx.Schema()
			if err != nil {
				return err
			}
			for _, tb := range s.Tables {
				t.Logf("%+v", tb)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
