package journal_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
)

const proven = 40 // entries of the book whose proofs are all tried

func slices(path []journal.Hash) [][]byte {
	out := make([][]byte, len(path))
	for i := range path {
		out[i] = path[i][:]
	}
	return out
}

// TestEveryInclusionIsProved tries each position in each size, by this package's check and by another's.
func TestEveryInclusionIsProved(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, proven)
		read(t, db, func(tx *store.Tx) error {
			for size := journal.Position(1); size <= proven; size++ {
				root, err := journal.RootAt(tx, size)
				if err != nil {
					return err
				}
				for p := journal.Position(1); p <= size; p++ {
					inclusion, err := journal.ProveInclusion(tx, p, size)
					if err != nil {
						return err
					}
					if err := inclusion.Verify(root, body(p)); err != nil {
						t.Errorf("%d in %d: %v", p, size, err)
					}
					leaf := journal.LeafHash(body(p))
					if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(p-1), uint64(size), leaf[:], slices(inclusion.Path), root[:]); err != nil {
						t.Errorf("%d in %d by transparency-dev/merkle: %v", p, size, err)
					}
				}
			}
			return nil
		})
	})
}

func TestEveryConsistencyIsProved(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, proven)
		read(t, db, func(tx *store.Tx) error {
			roots := make([]journal.Hash, proven+1)
			for size := range roots {
				var err error
				if roots[size], err = journal.RootAt(tx, journal.Position(size)); err != nil {
					return err
				}
			}
			for new := journal.Position(0); new <= proven; new++ {
				for old := journal.Position(0); old <= new; old++ {
					c, err := journal.ProveConsistency(tx, old, new)
					if err != nil {
						return err
					}
					if err := c.Verify(roots[old], roots[new]); err != nil {
						t.Errorf("%d before %d: %v", old, new, err)
					}
					if old > 0 && c.Verify(roots[old-1], roots[new]) == nil {
						t.Errorf("%d before %d holds for another old root", old, new)
					}
					if old == 0 {
						continue
					}
					if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old), uint64(new), slices(c.Path), roots[old][:], roots[new][:]); err != nil {
						t.Errorf("%d before %d by transparency-dev/merkle: %v", old, new, err)
					}
				}
			}
			return nil
		})
	})
}

// TestAProofHoldsForNothingElse alters each part of a proof in turn.
func TestAProofHoldsForNothingElse(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	newBook(t, db, 21)
	read(t, db, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		good, err := journal.ProveInclusion(tx, 7, 21)
		if err != nil {
			return err
		}
		alter := func(f func(*journal.Inclusion)) journal.Inclusion {
			p := good
			p.Path = append([]journal.Hash(nil), good.Path...)
			f(&p)
			return p
		}
		for name, p := range map[string]journal.Inclusion{
			"another position":   alter(func(p *journal.Inclusion) { p.Position = 8 }),
			"position 0":         alter(func(p *journal.Inclusion) { p.Position = 0 }),
			"beyond the size":    alter(func(p *journal.Inclusion) { p.Position = 22 }),
			"a negative size":    alter(func(p *journal.Inclusion) { p.Size = -1 }),
			"another size":       alter(func(p *journal.Inclusion) { p.Size = 40 }),
			"a hash that is off": alter(func(p *journal.Inclusion) { p.Path[2][0] ^= 1 }),
			"a hash too few":     alter(func(p *journal.Inclusion) { p.Path = p.Path[1:] }),
			"a hash too many":    alter(func(p *journal.Inclusion) { p.Path = append(p.Path, journal.Hash{}) }),
		} {
			if err := p.Verify(head.Root, body(7)); !errors.Is(err, journal.ErrProofFails) {
				t.Errorf("%s: got %v, want ErrProofFails", name, err)
			}
		}
		if err := good.Verify(head.Root, body(8)); !errors.Is(err, journal.ErrProofFails) {
			t.Errorf("another body: got %v", err)
		}
		root := head.Root
		root[31] ^= 1
		if err := good.Verify(root, body(7)); !errors.Is(err, journal.ErrProofFails) {
			t.Errorf("another root: got %v", err)
		}
		for name, c := range map[string]journal.Consistency{
			"turned round":           {Old: 21, New: 7},
			"negative":               {Old: -1, New: 7},
			"empty with a path":      {Old: 0, New: 7, Path: good.Path},
			"empty with a wrong old": {Old: 0, New: 7},
		} {
			if err := c.Verify(head.Root, head.Root); !errors.Is(err, journal.ErrProofFails) {
				t.Errorf("%s: got %v, want ErrProofFails", name, err)
			}
		}
		return nil
	})
}

func TestProofsOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, 5)
		for name, ask := range map[string]func(*store.Tx) error{
			"position 0":            func(tx *store.Tx) error { _, err := journal.ProveInclusion(tx, 0, 5); return err },
			"a position beyond":     func(tx *store.Tx) error { _, err := journal.ProveInclusion(tx, 6, 6); return err },
			"a position after size": func(tx *store.Tx) error { _, err := journal.ProveInclusion(tx, 4, 3); return err },
			"old after new":         func(tx *store.Tx) error { _, err := journal.ProveConsistency(tx, 4, 3); return err },
			"a root beyond":         func(tx *store.Tx) error { _, err := journal.RootAt(tx, 6); return err },
			"a negative root":       func(tx *store.Tx) error { _, err := journal.RootAt(tx, -1); return err },
		} {
			if err := db.Read(t.Context(), ask); !errors.Is(err, journal.ErrNoPosition) {
				t.Errorf("%s: got %v, want ErrNoPosition", name, err)
			}
		}
		inTx(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec("DELETE FROM journal_entry WHERE position = 4")
			return err
		})
		err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := journal.ProveInclusion(tx, 5, 5); return err })
		if !errors.Is(err, journal.ErrMissingEntry) {
			t.Errorf("over a gap: got %v, want ErrMissingEntry", err)
		}
	})
}

func TestProofsAsFiles(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	note := newBook(t, db, 21)[0]
	var proof journal.Proof
	var c journal.Consistency
	read(t, db, func(tx *store.Tx) (err error) {
		if proof, err = journal.Prove(tx, 7, 21, note); err != nil {
			return err
		}
		c, err = journal.ProveConsistency(tx, 7, 21)
		return err
	})
	text, p := proof.Text(), proof.Inclusion
	back, err := journal.ParseProof(text)
	if err != nil || cmp.Diff(proof, back) != "" || string(back.Body) != string(body(7)) {
		t.Errorf("text: got %v, %v\n%s", err, cmp.Diff(proof, back), text)
	}
	if checkpoint, err := back.Open(testKey(t, 1).Public()); err != nil || checkpoint.Size != 21 {
		t.Errorf("with nothing but file and key: %v, %v", checkpoint, err)
	}
	if _, err := back.Open(testKey(t, 2).Public()); !errors.Is(err, journal.ErrNotSigned) {
		t.Errorf("with another key: %v", err)
	}
	back.Body = body(8)
	if _, err := back.Open(testKey(t, 1).Public()); !errors.Is(err, journal.ErrProofFails) {
		t.Errorf("with another body: %v", err)
	}
	j, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var fromJSON journal.Inclusion
	if err := json.Unmarshal(j, &fromJSON); err != nil || cmp.Diff(p, fromJSON) != "" {
		t.Errorf("JSON: %v %s", err, cmp.Diff(p, fromJSON))
	}
	if j, err = json.Marshal(c); err != nil {
		t.Fatal(err)
	}
	var consistency journal.Consistency
	if err := json.Unmarshal(j, &consistency); err != nil || cmp.Diff(c, consistency) != "" {
		t.Errorf("JSON: %v %s", err, cmp.Diff(c, consistency))
	}
	if !strings.Contains(string(j), `{"old":7,"new":21,"path":["`) {
		t.Errorf("got %s", j)
	}
}

func TestParseProofRefuses(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	note := newBook(t, db, 2)[0]
	leaf := journal.LeafHash(body(2))
	good := journal.Proof{Inclusion: journal.Inclusion{Position: 1, Size: 2, Path: []journal.Hash{leaf}}, Body: body(1), Note: note}.Text()
	if _, err := journal.ParseProof(good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new string }{
		{"another header", "@v1", "@v2"},
		{"no checkpoint", "\n\n", "\n"},
		{"no entry", "extra ", "more "},
		{"an empty entry", "extra eyJuIjoxfQ==", "extra "},
		{"an entry that is no Base64", "extra eyJuIjoxfQ==", "extra eyJu!joxfQ=="},
		{"an entry of other bits at its end", "extra eyJuIjoxfQ==", "extra eyJuIjoxfR=="},
		{"no index", "index 0\n", ""},
		{"an index with a zero before", "index 0", "index 00"},
		{"a negative index", "index 0", "index -1"},
		{"an index beyond the size", "index 0", "index 2"},
		{"a hash that is none", leaf.String(), "AAAA"},
		{"a hash of other bits at its end", leaf.String()[40:], strings.Replace(leaf.String()[40:], "=", "", 1)},
		{"too many hashes", leaf.String() + "\n", strings.Repeat(leaf.String()+"\n", 65)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, c.old, c.new, 1)
			if text == good {
				t.Fatal("nothing was altered")
			}
			_, err := journal.ParseProof(text)
			if !errors.Is(err, journal.ErrNotAProof) && !errors.Is(err, journal.ErrNotACheckpoint) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzParseProof: what is read is written again as it was.
func FuzzParseProof(f *testing.F) {
	h := journal.LeafHash([]byte("x")).String()
	f.Add("c2sp.org/tlog-proof@v1\nextra eA==\nindex 0\n" + h + "\n\nanlan/b/1\n2\n" + h + "\n\n— anlan-test AAAA\n")
	f.Add("c2sp.org/tlog-proof@v1\nextra eA==\nindex 0\n\nanlan/b/1\n1\n" + h + "\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := journal.ParseProof(text)
		if err != nil {
			return
		}
		if again := p.Text(); again != text {
			t.Errorf("%q is written again as %q", text, again)
		}
	})
}
