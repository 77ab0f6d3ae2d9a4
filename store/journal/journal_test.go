package journal_test

import (
	"fmt"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"math/rand/v2"
)

var start = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func TestSmoke(t *testing.T) {
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		key, err := journal.NewKey(rand.NewChaCha8([32]byte{1}), "anlan-test")
		if err != nil {
			t.Fatal(err)
		}
		err = db.InTx(t.Context(), func(tx *store.Tx) error {
			if err := journal.Found(tx, ident.ID{1}, start); err != nil {
				return err
			}
			w, err := journal.Lock(tx)
			if err != nil {
				return err
			}
			w.Stamp(start)
			for i := range 1000 {
				if _, err := w.Append(journal.Entry{Kind: "k", Version: 1, Action: "create", Body: fmt.Appendf(nil, `{"n":%d}`, i)}); err != nil {
					return err
				}
			}
			if err := w.Flush(); err != nil {
				return err
			}
			_, err = journal.Seal(tx, key, start)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Read(t.Context(), func(tx *store.Tx) error {
			h, err := journal.HeadOf(tx)
			if err != nil {
				return err
			}
			p, err := journal.ProveInclusion(tx, 17, h.Size)
			if err != nil {
				return err
			}
			if err := p.Verify(h.Root, []byte(`{"n":16}`)); err != nil {
				t.Error(err)
			}
			v, err := journal.VerifyTree(tx, key.Public())
			if err != nil {
				return err
			}
			t.Log(v.Sound(), v.Entries, v.Checkpoints, v.Findings, v.Root == h.Root)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
