package journal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

// codes are the findings in short: "journal.edited 5".
func codes(list fault.List) (out []string) {
	for _, f := range list {
		s := strings.TrimPrefix(f.Code, "journal.")
		for _, a := range f.Args {
			s += fmt.Sprint(" ", a)
		}
		out = append(out, s)
	}
	return out
}

// renumber moves the entries from a position on by k places.
func renumber(from, k int) []string {
	return []string{
		fmt.Sprintf("UPDATE journal_entry SET position = -(position + %d) WHERE position >= %d", k, from),
		"UPDATE journal_entry SET position = -position WHERE position < 0",
	}
}

// TestTamperingIsFound alters a book of 21 entries, sealed at 8, 16 and 21, with plain SQL.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	const flip = "UPDATE journal_entry SET body = ? WHERE position = %d"
	other := []byte(`{"n":"other"}`)
	leafOf := func(b []byte) []byte { h := journal.LeafHash(b); return h[:] }
	type statement struct {
		sql  string
		args []any
	}
	plain := func(sql ...string) (out []statement) {
		for _, s := range sql {
			out = append(out, statement{sql: s})
		}
		return out
	}
	edit := func(p int) statement { return statement{fmt.Sprintf(flip, p), []any{other}} }
	// hashAt overwrites the stored hash of a level. BLOB is the word of each database.
	hashAt := func(p, level int) statement {
		return statement{fmt.Sprintf("UPDATE journal_entry SET hashes = CAST(substr(hashes, 1, %d) || ? || substr(hashes, %d) AS BLOB) WHERE position = %d",
			32*level, 32*level+33, p), []any{leafOf([]byte("x"))}}
	}
	leafAt := func(p int, b []byte) statement {
		s := hashAt(p, 0)
		s.args = []any{leafOf(b)}
		return s
	}
	cases := []struct {
		name   string
		tamper []statement
		want   []string
	}{
		{"nothing", nil, nil},
		{"a body is edited", []statement{edit(5)}, []string{"edited 5"}},
		{"the body of an even entry is edited", []statement{edit(6)}, []string{"edited 6"}},
		{"the last body is edited", []statement{edit(21)}, []string{"edited 21"}},
		{"two neighbours are edited", []statement{edit(5), edit(6)}, []string{"edited 5", "edited 6"}},
		{"bodies far apart are edited", []statement{edit(1), edit(12), edit(20)}, []string{"edited 1", "edited 12", "edited 20"}},
		{"two bodies change places", []statement{{fmt.Sprintf(flip, 3), []any{body(11)}}, {fmt.Sprintf(flip, 11), []any{body(3)}}},
			[]string{"moved 3 11", "moved 11 3"}},
		{"three bodies go round", []statement{{fmt.Sprintf(flip, 3), []any{body(11)}}, {fmt.Sprintf(flip, 11), []any{body(20)}}, {fmt.Sprintf(flip, 20), []any{body(3)}}},
			[]string{"moved 3 11", "moved 11 20", "moved 20 3"}},
		{"a body is put over another", []statement{{fmt.Sprintf(flip, 3), []any{body(11)}}}, []string{"edited 3"}},
		{"a leaf hash is altered", []statement{hashAt(5, 0)}, []string{"leaf_altered 5"}},
		{"the leaf hash of the last is altered", []statement{hashAt(21, 0)}, []string{"leaf_altered 21"}},
		{"a node is altered", []statement{hashAt(6, 1)}, []string{"node_altered 6 1"}},
		{"a node at the top is altered", []statement{hashAt(16, 4)}, []string{"node_altered 16 4"}},
		{"a body and a leaf hash elsewhere are altered", []statement{edit(2), hashAt(13, 0)}, []string{"edited 2", "leaf_altered 13"}},
		{"a body is edited with its leaf hash", []statement{edit(5), leafAt(5, other)},
			[]string{"span_changed 5 6"}},
		{"the last body is edited with its leaf hash", []statement{edit(21), leafAt(21, other)},
			[]string{"rewritten 21 17 21", "head_root 21"}},
		{"an edited body under an altered node", []statement{edit(5), hashAt(6, 1)}, []string{"edited 5", "node_altered 6 1"}},
		{"neighbours, one with its body and one with its hash", []statement{edit(5), hashAt(6, 0)}, []string{"edited 5", "leaf_altered 6"}},
		{"so much that nothing above is left", []statement{edit(5), hashAt(6, 1), hashAt(8, 2), hashAt(8, 3), hashAt(16, 4)},
			[]string{"edited 5", "node_altered 6 1", "node_altered 8 2", "node_altered 8 3", "node_altered 16 4"}},
		{"the last body is edited and nothing is left to decide by", append(plain("UPDATE book_head SET root = (SELECT substr(hashes, 1, 32) FROM journal_entry WHERE position = 1)",
			"DELETE FROM journal_checkpoint WHERE size = 21"), edit(21)), []string{"unsettled 21"}},
		{"a change with all hashes above it altered", append(plain("UPDATE book_head SET root = (SELECT substr(hashes, 1, 32) FROM journal_entry WHERE position = 1)",
			"DELETE FROM journal_checkpoint WHERE size = 21"), edit(20), leafAt(20, other), hashAt(20, 1), hashAt(20, 2)), []string{"span_changed 19 20"}},
		{"an entry is removed", plain("DELETE FROM journal_entry WHERE position = 5"), []string{"removed 5 5"}},
		{"three entries are removed", plain("DELETE FROM journal_entry WHERE position BETWEEN 7 AND 9"), []string{"removed 7 9"}},
		{"the first entry is removed", plain("DELETE FROM journal_entry WHERE position = 1"), []string{"removed 1 1"}},
		{"the end is removed", plain("DELETE FROM journal_entry WHERE position > 18"),
			[]string{"truncated 19 21", "cut_off 21 18"}},
		{"everything is removed", plain("DELETE FROM journal_entry"),
			[]string{"truncated 1 21", "cut_off 8 0", "cut_off 16 0", "cut_off 21 0"}},
		{"an entry is removed and the rest renumbered", plain(append([]string{"DELETE FROM journal_entry WHERE position = 5"}, renumber(6, -1)...)...),
			[]string{"truncated 21 21", "cut_out 5 1", "cut_off 21 20"}},
		{"an entry is slipped in and the rest renumbered", append(plain(renumber(5, 1)...),
			statement{"INSERT INTO journal_entry (position, recorded_at, kind, version, action, hashes, body) SELECT 5, recorded_at, 'k', 1, 'a', ?, ? FROM journal_entry WHERE position = 4", []any{leafOf(other), other}}),
			[]string{"beyond_head 22 22", "slipped_in 6 1"}},
		{"an entry is added behind the head", plain(
			"INSERT INTO journal_entry (position, recorded_at, kind, version, action, hashes, body) SELECT 22, recorded_at, kind, version, action, CAST(hashes || hashes AS BLOB), body FROM journal_entry WHERE position = 21"),
			[]string{"beyond_head 22 22"}},
		{"stored hashes are emptied", plain("UPDATE journal_entry SET hashes = substr(hashes, 1, 0) WHERE position = 9"),
			[]string{"unsettled 9", "row_damaged 9"}},
		{"a time is set back", plain("UPDATE journal_entry SET recorded_at = recorded_at - 60000000 WHERE position = 9"), []string{"time_decreased 9"}},
		{"the head's root is altered", plain("UPDATE book_head SET root = (SELECT substr(hashes, 1, 32) FROM journal_entry WHERE position = 1)"), []string{"head_root 21"}},
		{"the head's edge is altered", plain("UPDATE book_head SET edge = CAST(substr(edge, 1, 64) || substr(edge, 1, 32) AS BLOB)"), []string{"head_edge 21"}},
		{"the head's time is altered", plain("UPDATE book_head SET recorded_at = recorded_at + 1"), []string{"head_time 21"}},
		{"the head is set back", plain("UPDATE book_head SET size = 20"),
			[]string{"head_root 20", "beyond_head 21 21", "cut_off 21 20"}},
		{"a kept checkpoint is altered", plain("UPDATE journal_checkpoint SET note = replace(note, '16', '61') WHERE size = 16"),
			[]string{"kept_altered 16"}},
		{"an entry stands before the first", plain(
			"INSERT INTO journal_entry (position, recorded_at, kind, version, action, hashes, body) SELECT 0, recorded_at, kind, version, action, hashes, body FROM journal_entry WHERE position = 1"),
			[]string{"before_first 0"}},
		{"kept checkpoints change places", plain(
			"UPDATE journal_checkpoint SET note = (SELECT note FROM journal_checkpoint WHERE size = 16) WHERE size = 8"),
			[]string{"kept_foreign 8 anlan/0190f3a2-7c1e-7b4d-9a00-000000000000/1"}},
		{"a kept checkpoint is of an epoch that never was", plain("UPDATE journal_checkpoint SET epoch = 3 WHERE size = 16"),
			[]string{"kept_foreign 16 anlan/0190f3a2-7c1e-7b4d-9a00-000000000000/1"}},
	}
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, 8, 16, 21)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				err := db.InTx(t.Context(), func(tx *store.Tx) error {
					for _, s := range c.tamper {
						sql := s.sql
						if tx.Dialect() == store.PostgreSQL {
							sql = strings.ReplaceAll(sql, "AS BLOB", "AS bytea")
						}
						if n, err := tx.Exec(sql, s.args...); err != nil || n == 0 {
							return fmt.Errorf("%s changed %d rows: %w", sql, n, err)
						}
					}
					v, err := journal.VerifyTree(tx, testKey(t, 1).Public())
					if err != nil {
						return err
					}
					if diff := cmp.Diff(c.want, codes(v.Findings)); diff != "" {
						t.Errorf("(-want +got)\n%s", diff)
					}
					if v.Sound() != (len(c.want) == 0) {
						t.Errorf("sound: %v", v.Sound())
					}
					return errRefused // the next case begins with a sound book
				})
				if err != errRefused {
					t.Error(err)
				}
			})
		}
	})
}

// rewrite makes a book anew with one body changed, as somebody with the database and without the key would.
func rewrite(t *testing.T, db *store.DB, changed journal.Position, size int) {
	t.Helper()
	inTx(t, db, func(tx *store.Tx) error {
		for _, s := range []string{"DELETE FROM journal_entry", "DELETE FROM book_head"} {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		if err := journal.Found(tx, bookID, start); err != nil {
			return err
		}
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		for range size {
			p := w.Head().Size + 1
			w.Stamp(start)
			b := body(p)
			if p == changed {
				b = []byte(`{"n":0}`)
			}
			if _, err := w.Append(journal.Entry{Kind: "hazard", Version: 1, Action: "create", Body: b}); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

func TestOnlyCheckpointsSpeakAfterARewrite(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		notes := newBook(t, db, 8, 16, 21)
		rewrite(t, db, 12, 21)
		if diff := cmp.Diff([]string{"rewritten 16 9 16"}, codes(verify(t, db).Findings)); diff != "" {
			t.Errorf("with the kept checkpoints (-want +got)\n%s", diff)
		}
		inTx(t, db, func(tx *store.Tx) error { _, err := tx.Exec("DELETE FROM journal_checkpoint"); return err })
		if v := verify(t, db); !v.Sound() {
			t.Errorf("without any checkpoint there is nothing to find, got %v", v.Findings)
		}
		if diff := cmp.Diff([]string{"rewritten 21 1 21"}, codes(verify(t, db, notes[2]).Findings)); diff != "" {
			t.Errorf("with the one that somebody else kept (-want +got)\n%s", diff)
		}
		rewrite(t, db, 0, 10)
		if diff := cmp.Diff([]string{"cut_off 21 10"}, codes(verify(t, db, notes[0], notes[2]).Findings)); diff != "" {
			t.Errorf("an older copy (-want +got)\n%s", diff)
		}
	})
}

func TestTwoHistoriesUnderOneKeyAreToldFromARewrittenOne(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, 8, 16, 21)
		var head journal.Head
		read(t, db, func(tx *store.Tx) (err error) { head, err = journal.HeadOf(tx); return err })
		theirs, err := testKey(t, 1).Sign(journal.Checkpoint{Origin: head.Origin(), Size: 16, Root: journal.LeafHash([]byte("theirs"))})
		if err != nil {
			t.Fatal(err)
		}
		forked := "forked 16 " + head.Origin()
		if diff := cmp.Diff([]string{forked}, codes(verify(t, db, theirs).Findings)); diff != "" {
			t.Errorf("the book is one of the two (-want +got)\n%s", diff)
		}
		rewrite(t, db, 12, 21)
		if diff := cmp.Diff([]string{forked, "rewritten 16 9 16"}, codes(verify(t, db, theirs).Findings)); diff != "" {
			t.Errorf("the book is neither (-want +got)\n%s", diff)
		}
	})
}

func TestAWrongPublicKey(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	notes := newBook(t, db, 8, 16)
	wrong := testKey(t, 2).Public()
	read(t, db, func(tx *store.Tx) error {
		v, err := journal.VerifyTree(tx, wrong)
		if diff := cmp.Diff([]string{"kept_unsigned 8 anlan-test", "kept_unsigned 16 anlan-test"}, codes(v.Findings)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if err != nil {
			return err
		}
		_, err = journal.VerifyTree(tx, wrong, notes[0])
		if !errors.Is(err, journal.ErrNotSigned) {
			t.Errorf("a given checkpoint: got %v, want ErrNotSigned", err)
		}
		return nil
	})
	foreign, err := testKey(t, 1).Sign(journal.Checkpoint{Origin: "anlan/other/1", Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		_, err := journal.VerifyTree(tx, testKey(t, 1).Public(), foreign)
		return err
	})
	if !errors.Is(err, journal.ErrOtherBook) {
		t.Errorf("a checkpoint of another book: got %v, want ErrOtherBook", err)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	newBook(t, db, 300)
	inTx(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE journal_entry SET body = ?", []byte("x"))
		return err
	})
	v := verify(t, db)
	if len(v.Findings) != 100 || v.More != 200 {
		t.Errorf("%d findings and %d more", len(v.Findings), v.More)
	}
}
