package journal_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

var (
	start  = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	bookID = ident.ID{0x01, 0x90, 0xf3, 0xa2, 0x7c, 0x1e, 0x7b, 0x4d, 0x9a}
)

func testKey(t testing.TB, seed byte) *journal.Key {
	t.Helper()
	k, err := journal.NewKey(rand.NewChaCha8([32]byte{seed}), "anlan-test")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func inTx(t testing.TB, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// body is the content of the entry at a position.
func body(p journal.Position) []byte { return fmt.Appendf(nil, `{"n":%d}`, p) }

// appendEntries appends entries in one transaction, a second apart.
func appendEntries(tx *store.Tx, n int) error {
	w, err := journal.Lock(tx)
	if err != nil {
		return err
	}
	for range n {
		p := w.Head().Size + 1
		w.Stamp(start.Add(time.Duration(p) * time.Second))
		e := journal.Entry{Kind: "hazard", Record: ident.ID{byte(p), 1}, Version: int64(p), Action: "create", Body: body(p)}
		got, err := w.Append(e)
		if err != nil {
			return err
		}
		if got != p {
			return fmt.Errorf("appended at %d, want %d", got, p)
		}
	}
	return w.Flush()
}

// newBook is a book with entries up to each of the positions, which are sealed.
func newBook(t testing.TB, db *store.DB, sealed ...journal.Position) (notes []string) {
	t.Helper()
	inTx(t, db, func(tx *store.Tx) error { return journal.Found(tx, bookID, start) })
	size := journal.Position(0)
	for _, p := range sealed {
		inTx(t, db, func(tx *store.Tx) error {
			if err := appendEntries(tx, int(p-size)); err != nil {
				return err
			}
			note, err := journal.Seal(tx, testKey(t, 1), start)
			notes = append(notes, note)
			return err
		})
		size = p
	}
	return notes
}

// verify runs VerifyTree with the key of newBook.
func verify(t testing.TB, db *store.DB, known ...string) (v *journal.Verification) {
	t.Helper()
	read(t, db, func(tx *store.Tx) (err error) {
		v, err = journal.VerifyTree(tx, testKey(t, 1).Public(), known...)
		return err
	})
	return v
}

func both(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	storetest.Run(t, test)
}
