package journal_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

func TestAKeyComesBackFromItsFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	k := testKey(t, 1)
	if err := k.Save(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	back, err := journal.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	c := journal.Checkpoint{Origin: "anlan/x/1", Size: 3, Root: journal.LeafHash(nil)}
	first, err := k.Sign(c)
	if err != nil {
		t.Fatal(err)
	}
	second, err := back.Sign(c)
	if err != nil || first != second || back.Public().String() != k.Public().String() {
		t.Errorf("the key that came back signs differently: %v", err)
	}
	if err := k.Save(path); !errors.Is(err, journal.ErrKeyExists) {
		t.Errorf("saving over it: got %v, want ErrKeyExists", err)
	}
	private, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if shown := fmt.Sprintf("%v %+v %s", k, k, k); strings.Contains(shown, strings.TrimSpace(string(private))[20:]) {
		t.Errorf("printing a key shows it: %s", shown)
	}
}

func TestLoadKeyRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		mode       os.FileMode
		want       error
	}{
		{"a file that the group may read", "", 0o640, journal.ErrKeyOpen},
		{"a file that anybody may read", "", 0o604, journal.ErrKeyOpen},
		{"a file that others may write", "", 0o602, journal.ErrKeyOpen},
		{"an empty file", " ", 0o600, journal.ErrNotAKey},
		{"a public key", "anlan-test+00000000+AAAA", 0o600, journal.ErrNotAKey},
		{"a key with another id", "PRIVATE+KEY+anlan-test+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 0o600, journal.ErrNotAKey},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "key")
			if c.text == "" {
				if err := testKey(t, 1).Save(path); err != nil {
					t.Fatal(err)
				}
			} else if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, c.mode); err != nil {
				t.Fatal(err)
			}
			if _, err := journal.LoadKey(path); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if _, err := journal.LoadKey(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: got %v", err)
	}
}

func TestTheSameBytesMakeTheSameKey(t *testing.T) {
	t.Parallel()
	if a, b := testKey(t, 1).Public().String(), testKey(t, 1).Public().String(); a != b {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := testKey(t, 1).Public().String(), testKey(t, 2).Public().String(); a == b {
		t.Error("two seeds make one key")
	}
	if _, err := journal.NewKey(strings.NewReader("short"), "anlan"); err == nil {
		t.Error("a key was made of five bytes")
	}
	if _, err := journal.NewKey(rand.Reader, "a b"); err == nil {
		t.Error("a key with a blank in its name was made")
	}
}

func TestCheckpointsAreSignedAndOpened(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		notes := newBook(t, db, 8, 21)
		c, err := testKey(t, 1).Public().Open(notes[1])
		if err != nil {
			t.Fatal(err)
		}
		read(t, db, func(tx *store.Tx) error {
			head, err := journal.HeadOf(tx)
			if err != nil {
				return err
			}
			if c != head.Checkpoint() || c.Origin != "anlan/0190f3a2-7c1e-7b4d-9a00-000000000000/1" || c.Size != 21 {
				t.Errorf("got %+v", c)
			}
			last, found, err := journal.LastSealed(tx)
			if last != notes[1] || !found {
				t.Errorf("the last sealed is %q", last)
			}
			return err
		})
		inTx(t, db, func(tx *store.Tx) error {
			again, err := journal.Seal(tx, testKey(t, 1), start.AddDate(1, 0, 0))
			if again != notes[1] {
				t.Errorf("sealed again: got %q", again)
			}
			return err
		})
		if v := verify(t, db, notes...); !v.Sound() || v.Checkpoints != 4 {
			t.Errorf("%d checkpoints, %v", v.Checkpoints, v.Findings)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	note := newBook(t, db, 3)[0]
	root := strings.Split(note, "\n")[2]
	for _, c := range []struct {
		name, old, new string
		want           error
	}{
		{"another size", "\n3\n", "\n4\n", journal.ErrNotSigned},
		{"another origin", "/1\n", "/2\n", journal.ErrNotSigned},
		{"a line more", "\n\n", "\nmore\n\n", journal.ErrNotSigned},
		{"no signature", note[strings.Index(note, "—"):], "", journal.ErrNotSigned},
		{"a size with a zero before", "\n3\n", "\n03\n", journal.ErrNotACheckpoint},
		{"a negative size", "\n3\n", "\n-3\n", journal.ErrNotACheckpoint},
		{"a size that is no number", "\n3\n", "\nthree\n", journal.ErrNotACheckpoint},
		{"a root that is none", root, "AAAA", journal.ErrNotACheckpoint},
		{"a missing line", root + "\n", "", journal.ErrNotACheckpoint},
		{"no origin", "anlan/", "\nanlan/", journal.ErrNotACheckpoint},
		{"a megabyte", "\n\n", "\n\n" + strings.Repeat("x", 1<<20), journal.ErrNotACheckpoint},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			altered := strings.Replace(note, c.old, c.new, 1)
			if altered == note {
				t.Fatal("nothing was altered")
			}
			if _, err := testKey(t, 1).Public().Open(altered); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if _, err := testKey(t, 2).Public().Open(note); !errors.Is(err, journal.ErrNotSigned) {
		t.Errorf("another key: got %v, want ErrNotSigned", err)
	}
	if _, err := (journal.PublicKey{}).Open(note); !errors.Is(err, journal.ErrNotAKey) {
		t.Errorf("no key: got %v, want ErrNotAKey", err)
	}
	if _, err := journal.ParsePublicKey("anlan+123"); !errors.Is(err, journal.ErrNotAKey) {
		t.Errorf("a public key that is none: got %v", err)
	}
}

// FuzzOpen: nothing but what the key signed is opened.
func FuzzOpen(f *testing.F) {
	k := testKey(f, 1)
	note, err := k.Sign(journal.Checkpoint{Origin: "anlan/b/1", Size: 12, Root: journal.LeafHash(nil)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(note)
	f.Add(strings.Replace(note, "12", "13", 1))
	f.Add("a\n1\n" + journal.LeafHash(nil).String() + "\n\n— a AAAA\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := k.Public().Open(text)
		if err == nil && !strings.HasPrefix(text, c.Text()+"\n") {
			t.Errorf("%q was opened as %+v", text, c)
		}
		if err == nil && c.Size != 12 {
			t.Errorf("a checkpoint that was never signed: %q", text)
		}
	})
}

func TestHashesAsText(t *testing.T) {
	t.Parallel()
	h := journal.LeafHash([]byte("x"))
	if back, err := journal.ParseHash(h.String()); err != nil || back != h {
		t.Errorf("got %v, %v", back, err)
	}
	for _, bad := range []string{"", "AAAA", h.String()[1:], h.String() + "\n", strings.TrimRight(h.String(), "="), strings.Replace(h.String(), "=", "A", 1)} {
		if _, err := journal.ParseHash(bad); !errors.Is(err, journal.ErrNotAHash) {
			t.Errorf("%q: got %v, want ErrNotAHash", bad, err)
		}
	}
}
