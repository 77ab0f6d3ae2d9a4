package journal_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// lose makes a book of 20 entries of which 30 were known outside, and opens the new epoch. It gives the signed
// checkpoints at 10, 25 and 30 of the history that is lost.
func lose(t *testing.T, db *store.DB) (notes []string) {
	t.Helper()
	other := storetest.Open(t, store.SQLite)
	newBook(t, other, 20)
	inTx(t, other, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(start.AddDate(0, 0, 1))
		for range 10 {
			if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: []byte("lost")}); err != nil {
				return err
			}
		}
		return w.Flush()
	})
	for _, size := range []journal.Position{10, 25, 30} {
		read(t, other, func(tx *store.Tx) error {
			head, err := journal.HeadOf(tx)
			if err != nil {
				return err
			}
			root, err := journal.RootAt(tx, size)
			if err != nil {
				return err
			}
			note, err := testKey(t, 1).Sign(journal.Checkpoint{Origin: head.Origin(), Size: size, Root: root})
			notes = append(notes, note)
			return err
		})
	}
	newBook(t, db, 20)
	inTx(t, db, func(tx *store.Tx) error {
		known, err := testKey(t, 1).Public().Open(notes[2])
		if err != nil {
			return err
		}
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(start.AddDate(0, 0, 2))
		p, err := w.OpenEpoch(journal.Loss{Known: known, By: "周敏", Reason: "硬盘损坏"})
		if p != 21 {
			t.Errorf("the epoch begins at %d, want 21", p)
		}
		if err != nil {
			return err
		}
		return w.Flush()
	})
	return notes
}

func TestANewEpochSaysWhatIsLost(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		notes := lose(t, db)
		inTx(t, db, func(tx *store.Tx) error {
			w, err := journal.Lock(tx)
			if err != nil {
				return err
			}
			w.Stamp(start.AddDate(0, 0, 3))
			if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: []byte("again")}); err != nil {
				return err
			}
			if err := w.Flush(); err != nil {
				return err
			}
			note, err := journal.Seal(tx, testKey(t, 1), start)
			if !strings.Contains(note, "/2\n22\n") {
				t.Errorf("the checkpoint of the new epoch is %s", note)
			}
			return err
		})
		known, err := testKey(t, 1).Public().Open(notes[2])
		if err != nil {
			t.Fatal(err)
		}
		v := verify(t, db, notes...)
		if !v.Sound() || v.Lost != 2 || v.Checkpoints != 3 {
			t.Errorf("%d lost, %d compared, %v", v.Lost, v.Checkpoints, v.Findings)
		}
		want := []journal.Epoch{{Epoch: 2, Position: 21, RecordedAt: start.AddDate(0, 0, 2), Lost: known, By: "周敏", Reason: "硬盘损坏"}}
		if diff := cmp.Diff(want, v.Epochs); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		read(t, db, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, 21)
			want := `{"action":"epoch","by":"周敏","epoch":2,"kind":"journal","lost":{"origin":"` + known.Origin + `","root":"` + known.Root.String() +
				`","size":30},"position":21,"reason":"硬盘损坏","recorded_at":"2026-03-03T08:00:00.000000Z"}`
			if string(e.Body) != want {
				t.Errorf("got  %s\nwant %s", e.Body, want)
			}
			return err
		})
	})
}

func TestAnEpochHidesNothingElse(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	lose(t, db)
	key := testKey(t, 1)
	for _, c := range []struct {
		name   string
		tamper string
		known  journal.Checkpoint
		want   []string
	}{
		{"another history of the size that is declared", "", journal.Checkpoint{Origin: "anlan/" + bookID.String() + "/1", Size: 30}, []string{"cut_off 30 21"}},
		{"more than is declared", "", journal.Checkpoint{Origin: "anlan/" + bookID.String() + "/1", Size: 31}, []string{"cut_off 31 21"}},
		{"another beginning", "", journal.Checkpoint{Origin: "anlan/" + bookID.String() + "/1", Size: 12}, []string{"rewritten 12 1 12"}},
		{"the new epoch cut short", "", journal.Checkpoint{Origin: "anlan/" + bookID.String() + "/2", Size: 25}, []string{"cut_off 25 21"}},
		{"an epoch that is known outside only", "", journal.Checkpoint{Origin: "anlan/" + bookID.String() + "/3", Size: 7}, []string{"head_epoch 2 3"}},
		{"an epoch that the head does not know", "INSERT INTO journal_epoch (epoch, position) VALUES (3, 5)", journal.Checkpoint{}, []string{"epoch_forged 3 5", "epoch_hidden 21"}},
		{"an epoch without its entry", "UPDATE journal_epoch SET position = 99", journal.Checkpoint{}, []string{"epoch_forged 2 99", "epoch_hidden 21"}},
		{"the head back in the first epoch", "UPDATE book_head SET epoch = 1", journal.Checkpoint{}, []string{"head_epoch 1 2"}},
		{"the epoch forgotten", "DELETE FROM journal_epoch", journal.Checkpoint{}, []string{"head_epoch 2 1", "epoch_hidden 21"}},
		{"the epoch forgotten, and the head with it", "UPDATE book_head SET epoch = 1; DELETE FROM journal_epoch", journal.Checkpoint{}, []string{"epoch_hidden 21"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var known []string
			if c.known.Size > 0 {
				note, err := key.Sign(c.known)
				if err != nil {
					t.Fatal(err)
				}
				known = []string{note}
			}
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				for _, tamper := range strings.Split(c.tamper, "; ") {
					if tamper == "" {
						continue
					}
					if _, err := tx.Exec(tamper); err != nil {
						return err
					}
				}
				v, err := journal.VerifyTree(tx, key.Public(), known...)
				if err != nil {
					return err
				}
				if diff := cmp.Diff(c.want, codes(v.Findings)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
				return errRefused
			})
			if err != errRefused {
				t.Error(err)
			}
		})
	}
}

func TestAnEpochOpensOnlyOnALoss(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	newBook(t, db, 5)
	origin := "anlan/" + bookID.String()
	for _, c := range []struct {
		name    string
		stamped bool
		known   journal.Checkpoint
		want    string
	}{
		{"nothing is lost", true, journal.Checkpoint{Origin: origin + "/1", Size: 5}, "nothing of"},
		{"before Stamp", false, journal.Checkpoint{Origin: origin + "/1", Size: 6}, "before Stamp"},
		{"another book", true, journal.Checkpoint{Origin: "anlan/x/1", Size: 6}, "belongs to"},
		{"an epoch that is no number", true, journal.Checkpoint{Origin: origin + "/01", Size: 6}, "belongs to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				w, err := journal.Lock(tx)
				if err != nil {
					return err
				}
				if c.stamped {
					w.Stamp(start.AddDate(1, 0, 0))
				}
				_, err = w.OpenEpoch(journal.Loss{Known: c.known})
				return err
			})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if c.want == "belongs to" && !errors.Is(err, journal.ErrOtherBook) {
				t.Errorf("got %v, want ErrOtherBook", err)
			}
		})
	}
}
