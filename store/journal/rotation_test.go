package journal_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// rotate changes the key and seals with the new one; old nil declares from to be lost.
func rotate(t testing.TB, db *store.DB, from journal.PublicKey, old, to *journal.Key) (r journal.Rotation, note string) {
	t.Helper()
	inTx(t, db, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(start.AddDate(1, 0, 0))
		reason := ""
		if old == nil {
			reason = "硬盘损坏"
		}
		if r, err = w.Rotate(from, old, to, "管理员", reason); err != nil {
			return err
		}
		return w.Flush()
	})
	inTx(t, db, func(tx *store.Tx) (err error) { note, err = journal.Seal(tx, to, start.AddDate(1, 0, 0)); return err })
	return r, note
}

func verifyBy(t testing.TB, db *store.DB, key journal.PublicKey, known ...string) (v *journal.Verification) {
	t.Helper()
	read(t, db, func(tx *store.Tx) (err error) { v, err = journal.VerifyTree(tx, key, known...); return err })
	return v
}

func TestWhoeverTrustsOneKeyOfABookCanOpenWhatTheOthersSignedInTheirTime(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		first, second, third := testKey(t, 1), testKey(t, 2), testKey(t, 3)
		old := newBook(t, db, 5)[0]
		one, noteTwo := rotate(t, db, first.Public(), first, second)
		two, noteThree := rotate(t, db, second.Public(), second, third)
		if one.Position != 6 || two.Position != 7 || one.Lost {
			t.Errorf("got %+v and %+v", one, two)
		}
		for name, key := range map[string]*journal.Key{"the first": first, "the second": second, "the third": third} {
			if v := verifyBy(t, db, key.Public(), old, noteTwo, noteThree); !v.Sound() || v.Checkpoints != 8 || len(v.Changes) != 2 {
				t.Errorf("%s key: %d checkpoints, %v", name, v.Checkpoints, v.Findings)
			}
			file, err := journal.ParsePublicKey(key.Public().Follow(one, two).File())
			if err != nil || file.String() != key.Public().String() || file.Newest() != third.Public().String() {
				t.Fatalf("%s key as a file: %v, %v", name, file, err)
			}
			for _, note := range []string{old, noteTwo, noteThree} {
				if _, err := file.Open(note); err != nil {
					t.Errorf("%s key, from its file alone: %v", name, err)
				}
			}
		}
		if v := verifyBy(t, db, testKey(t, 9).Public()); v.Sound() {
			t.Error("a key of nobody vouches for the book")
		}
		// A key whose time is over signs nothing more, and one whose time has not come has signed nothing.
		read(t, db, func(tx *store.Tx) error {
			head, err := journal.HeadOf(tx)
			if err != nil {
				return err
			}
			late, err := first.Sign(head.Checkpoint())
			if err != nil {
				return err
			}
			early, err := third.Sign(one.Before)
			if err != nil {
				return err
			}
			for _, note := range []string{late, early} {
				if _, err := third.Public().Follow(one, two).Open(note); !errors.Is(err, journal.ErrNotSigned) {
					t.Errorf("out of its time: got %v", err)
				}
			}
			return nil
		})
	})
}

func TestALostKeyVouchesForNobodyAndIsShown(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		first, second := testKey(t, 1), testKey(t, 2)
		old := newBook(t, db, 5)[0]
		r, note := rotate(t, db, first.Public(), nil, second)
		v := verifyBy(t, db, second.Public(), old, note)
		if !v.Sound() || len(v.Changes) != 1 || !v.Changes[0].Lost || v.Changes[0].Reason != "硬盘损坏" || v.Changes[0].By != "管理员" || v.Changes[0].Position != 6 {
			t.Errorf("by the new key: %+v, %v", v.Changes, v.Findings)
		}
		if _, err := first.Public().Follow(r).Open(note); !errors.Is(err, journal.ErrNotSigned) {
			t.Errorf("trust goes on from a lost key: %v", err)
		}
		if v := verifyBy(t, db, first.Public()); v.Sound() || !v.Changes[0].Lost {
			t.Error("by the lost key: nothing is found")
		}
	})
}

func TestAChangeOfKeyThatIsTamperedWithIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, sql, want string }{
		{"the table forgets it", "DELETE FROM journal_rotation", "journal.rotation_hidden"},
		{"the table names another entry", "UPDATE journal_rotation SET position = 3", "journal.rotation_forged"},
		{"the table names no entry", "INSERT INTO journal_rotation (position) VALUES (99)", "journal.rotation_forged"},
		{"the entry names another key", "UPDATE journal_entry SET body = CAST(replace(CAST(body AS text), 'anlan key rotation', 'anlan key rotatiom') AS blob) WHERE position = 6", "journal.rotation_forged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db := storetest.Open(t, store.SQLite)
			newBook(t, db, 5)
			rotate(t, db, testKey(t, 1).Public(), testKey(t, 1), testKey(t, 2))
			inTx(t, db, func(tx *store.Tx) error { _, err := tx.Exec(c.sql); return err })
			var codes []string
			for _, f := range verifyBy(t, db, testKey(t, 2).Public()).Findings {
				codes = append(codes, f.Code)
			}
			if !strings.Contains(strings.Join(codes, " "), c.want) {
				t.Errorf("got %v, want %s", codes, c.want)
			}
		})
	}
}

func TestAKeyFileWithAForgedChangeIsRefused(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	newBook(t, db, 5)
	r, _ := rotate(t, db, testKey(t, 1).Public(), testKey(t, 1), testKey(t, 2))
	lost, _ := rotate(t, db, testKey(t, 2).Public(), nil, testKey(t, 3))
	good := testKey(t, 3).Public().Follow(r, lost).File()
	foreign := testKey(t, 9).Public().String()
	for _, c := range []struct {
		name, old, new string
		want           *fault.Declaration
	}{
		{"another new key", testKey(t, 2).Public().String() + "\n\n", foreign + "\n\n", journal.ErrNotSigned},
		{"another old key", testKey(t, 1).Public().String(), foreign, journal.ErrNotSigned},
		{"another root", r.Before.Root.String(), journal.LeafHash(nil).String(), journal.ErrNotSigned},
		{"a change that says it is of a lost key", testKey(t, 2).Public().String() + "\n\n", testKey(t, 2).Public().String() + "\nthe old key is lost\n\n", journal.ErrNotSigned},
		{"a change that no longer says so", "the old key is lost\n", "", journal.ErrNotSigned},
		{"half a change", "\n\n—", "\n—", journal.ErrNotAKey},
		{"another kind of note", "anlan key rotation", "anlan/b/1", journal.ErrNotARotation},
	} {
		altered := strings.Replace(good, c.old, c.new, 1)
		if altered == good {
			t.Fatalf("%s: nothing was altered", c.name)
		}
		if _, err := journal.ParsePublicKey(altered); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	if k, err := journal.ParsePublicKey(strings.ReplaceAll(good, "\n", "\r\n")); err != nil || len(k.Changes()) != 2 {
		t.Errorf("with the line ends of Windows: %v", err)
	}
}

// FuzzParsePublicKey: a key file that is read is written again as it was, and what it cannot mean is refused, not crashed on.
func FuzzParsePublicKey(f *testing.F) {
	db := storetest.Open(f, store.SQLite)
	newBook(f, db, 5)
	r, _ := rotate(f, db, testKey(f, 1).Public(), testKey(f, 1), testKey(f, 2))
	f.Add(testKey(f, 2).Public().File())
	f.Add(testKey(f, 2).Public().Follow(r).File())
	f.Fuzz(func(t *testing.T, text string) {
		k, err := journal.ParsePublicKey(text)
		if err != nil {
			return
		}
		again, err := journal.ParsePublicKey(k.File())
		if err != nil || again.File() != k.File() {
			t.Errorf("%q is written as %q and read as %q (%v)", text, k.File(), again.File(), err)
		}
	})
}
