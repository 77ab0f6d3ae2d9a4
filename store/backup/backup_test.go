package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/backup"
	"anlan/store/blob"
	"anlan/store/journal"
	"anlan/store/outbox"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

var (
	start  = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	bookID = ident.ID{0x01, 0x90, 0xf3, 0xa2, 0x7c, 0x1e, 0x7b, 0x4d, 0x9a}
)

// world is a book with its attachments, and where it is.
type world struct {
	t      testing.TB
	target backup.Target
	db     *store.DB
	blobs  *blob.Blobs
	key    *journal.Key
}

// place is a target where no book is yet.
func place(t testing.TB, d store.Dialect) backup.Target {
	t.Helper()
	return backup.Target{Store: storetest.Options(t, d), Blobs: filepath.Join(t.TempDir(), "blob")}
}

// open opens the book of a target.
func open(t testing.TB, target backup.Target) *world {
	t.Helper()
	db := storetest.OpenAt(t, target.Store)
	blobs, err := blob.New(db, target.Blobs)
	if err != nil {
		t.Fatal(err)
	}
	key, err := journal.NewKey(rand.NewChaCha8([32]byte{1}), "anlan-test")
	if err != nil {
		t.Fatal(err)
	}
	return &world{t, target, db, blobs, key}
}

// found is a new book with entries, secrets, events and attachments.
func found(t testing.TB, d store.Dialect, entries int) *world {
	t.Helper()
	w := open(t, place(t, d))
	if err := w.db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.inTx(func(tx *store.Tx) error {
		if err := journal.Found(tx, bookID, start); err != nil {
			return err
		}
		return journal.Inscribe(tx, "岳阳市应急管理局", "430600")
	})
	w.append(entries, "entry")
	for i := range 3 {
		if _, err := w.blobs.Put(t.Context(), bytes.NewReader(bytes.Repeat([]byte{byte(i)}, i*700_000))); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func (w *world) inTx(do func(*store.Tx) error) {
	w.t.Helper()
	if err := w.db.InTx(context.Background(), do); err != nil {
		w.t.Fatal(err)
	}
}

// append adds entries, with a secret and an event each, and seals the head.
func (w *world) append(n int, text string) (note string) {
	w.t.Helper()
	w.inTx(func(tx *store.Tx) error {
		log, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		log.Stamp(start)
		var events []outbox.Event
		var secrets [][]any
		for range n {
			p := log.Head().Size + 1
			if _, err := log.Append(journal.Entry{Kind: "hazard", Record: ident.ID{byte(p), byte(p >> 8), 1}, Version: 1, Action: "create",
				Body: fmt.Appendf(nil, `{"n":%d,"text":"%s"}`, p, text)}); err != nil {
				return err
			}
			events = append(events, outbox.Event{Position: p, Topic: "a\"b\\\u0001\u2028", Body: []byte{0, byte(p)}})
			value := []any{int64(p), "name", []byte{byte(p)}, []byte{}}
			if p%3 == 0 {
				value[3] = nil
			}
			secrets = append(secrets, value)
		}
		if err := log.Flush(); err != nil {
			return err
		}
		if _, err := tx.InsertRows("journal_secret", []string{"position", "path", "salt", "value"}, func(yield func([]any) bool) {
			for _, s := range secrets {
				if !yield(s) {
					return
				}
			}
		}); err != nil {
			return err
		}
		if err := outbox.Write(tx, events); err != nil {
			return err
		}
		note, err = journal.Seal(tx, w.key, start)
		return err
	})
	return note
}

func (w *world) write(path string) backup.Made {
	w.t.Helper()
	made, err := backup.Write(w.t.Context(), w.db, w.blobs, start, path)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func (w *world) head() (h journal.Head) {
	w.t.Helper()
	err := w.db.Read(context.Background(), func(tx *store.Tx) (err error) { h, err = journal.HeadOf(tx); return err })
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

func (w *world) proof(known ...string) backup.Proof {
	return backup.Proof{Key: w.key.Public(), Known: known}
}

func stage(t testing.TB, path string, target backup.Target, proof backup.Proof) *backup.Staged {
	t.Helper()
	s, err := backup.Stage(t.Context(), path, target, proof)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func file(t testing.TB) string { return filepath.Join(t.TempDir(), "book.zip") }

// TestABookGoesFromAnyDatabaseToAny: the tables of the restored book are the same, byte for byte.
func TestABookGoesFromAnyDatabaseToAny(t *testing.T) {
	t.Parallel()
	for _, from := range storetest.Dialects {
		for _, to := range storetest.Dialects {
			t.Run(from.String()+" to "+to.String(), func(t *testing.T) {
				t.Parallel()
				w := found(t, from, 200)
				path := file(t)
				made := w.write(path)
				if made.Position != 200 || made.Blobs != 3 || made.Unit != "岳阳市应急管理局" || len(made.Damaged) > 0 {
					t.Errorf("made %+v", made)
				}
				target := place(t, to)
				s := stage(t, path, target, w.proof())
				kept, err := s.Replace(t.Context())
				if err != nil || kept != "" || s.Lost != nil {
					t.Fatalf("kept %q, lost %v, %v", kept, s.Lost, err)
				}
				restored := open(t, target)
				if diff := cmp.Diff(w.head(), restored.head()); diff != "" {
					t.Errorf("head (-want +got)\n%s", diff)
				}
				again := restored.write(file(t))
				if diff := cmp.Diff(made.Manifest, again.Manifest); diff != "" {
					t.Errorf("a backup of the restored book differs (-want +got)\n%s", diff)
				}
				restored.append(1, "and on it goes")
			})
		}
	}
}

// TestABackupWhileTheBookIsWritten is one state of it, however fast it changes.
func TestABackupWhileTheBookIsWritten(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, _ *store.DB) {
		d := store.SQLite
		if strings.HasSuffix(t.Name(), "postgres") {
			d = store.PostgreSQL
		}
		w := found(t, d, 50)
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		writing := make(chan struct{})
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				w.append(1+n%7, "meanwhile")
				if n == 0 {
					close(writing)
				}
			}
		})
		<-writing
		path := file(t)
		made := w.write(path)
		stop()
		wg.Wait()
		s := stage(t, path, place(t, store.SQLite), w.proof())
		if s.Verified.Entries != made.Position || made.Position < 51 {
			t.Errorf("%d entries, the manifest says %d", s.Verified.Entries, made.Position)
		}
		if err := s.Discard(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestABackupIsNotOverwritten(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite, 1)
	path := file(t)
	w.write(path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Write(t.Context(), w.db, w.blobs, start, path); !errors.Is(err, backup.ErrExists) {
		t.Errorf("got %v, want ErrExists", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("it was touched, %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); len(left) != 1 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestABackupOfNoBook(t *testing.T) {
	t.Parallel()
	w := open(t, place(t, store.SQLite))
	if err := w.db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := file(t)
	if _, err := backup.Write(t.Context(), w.db, w.blobs, start, path); !errors.Is(err, journal.ErrNoBook) {
		t.Errorf("got %v, want ErrNoBook", err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); len(left) != 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestATableThatNoBackupHolds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ made, says string }{
		"a column of fractions": {"CREATE TABLE odd (id integer PRIMARY KEY, x real)", "odd.x is of type real"},
		"no primary key":        {"CREATE TABLE odd (id integer)", "no primary key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := found(t, store.SQLite, 1)
			w.inTx(func(tx *store.Tx) error { _, err := tx.Exec(c.made); return err })
			path := file(t)
			if _, err := backup.Write(t.Context(), w.db, w.blobs, start, path); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
			if left, err := os.ReadDir(filepath.Dir(path)); len(left) != 0 || err != nil {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func TestADamagedAttachmentIsTold(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite, 1)
	ref, err := w.blobs.Put(t.Context(), strings.NewReader("evidence"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(w.target.Blobs, ref.Sum.String()[:2], ref.Sum.String())
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("Evidence"), 0o600); err != nil {
		t.Fatal(err)
	}
	made := w.write(file(t))
	if diff := cmp.Diff([]blob.Sum{ref.Sum}, made.Damaged); diff != "" || made.Blobs != 3 {
		t.Errorf("%d blobs, damaged (-want +got)\n%s", made.Blobs, diff)
	}
}
