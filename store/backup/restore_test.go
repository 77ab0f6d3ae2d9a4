package backup_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/backup"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// members are the parts of an archive, by name.
type members map[string][]byte

// rewrite writes an archive again with its members altered, and gives its path.
func rewrite(t *testing.T, path string, alter func(members)) string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m := members{}
	for _, f := range r.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if m[f.Name], err = io.ReadAll(content); err != nil {
			t.Fatal(err)
		}
	}
	alter(m)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range m {
		for range 1 + strings.Count(name, "twice") {
			f, err := w.Create(strings.TrimSuffix(name, "twice"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(content); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	altered := file(t)
	if err := os.WriteFile(altered, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return altered
}

// manifest alters the manifest.
func (m members) manifest(alter func(*backup.Manifest)) {
	var x backup.Manifest
	if err := json.Unmarshal(m["manifest.json"], &x); err != nil {
		panic(err)
	}
	alter(&x)
	m["manifest.json"], _ = json.Marshal(x)
}

// replace alters the rows of a table, and the manifest with them, as a forger would.
func (m members) replace(table, old, new string) {
	name := "table/" + table + ".jsonl"
	altered := bytes.Replace(m[name], []byte(old), []byte(new), 1)
	if bytes.Equal(altered, m[name]) {
		panic(old + " is not in " + table)
	}
	m[name] = altered
	m.manifest(func(x *backup.Manifest) {
		for i := range x.Tables {
			if x.Tables[i].Name == table {
				sum := sha256.Sum256(altered)
				x.Tables[i].SHA256 = hex.EncodeToString(sum[:])
				x.Tables[i].Rows = int64(bytes.Count(altered, []byte("\n")))
			}
		}
	})
}

func TestADamagedBackupIsRefused(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite, 20)
	good := file(t)
	w.write(good)
	evidence := "" // the name of an attachment
	rewrite(t, good, func(m members) {
		for name := range m {
			if strings.HasPrefix(name, "blob/") {
				evidence = name
			}
		}
	})
	const entries = "table/journal_entry.jsonl"
	for _, c := range []struct {
		name  string
		alter func(members)
		want  error
		says  string
	}{
		{"a row is altered", func(m members) { m[entries] = bytes.Replace(m[entries], []byte(`"hazard"`), []byte(`"Hazard"`), 1) }, backup.ErrDamaged, "hash"},
		{"a row is missing", func(m members) { m[entries] = m[entries][bytes.IndexByte(m[entries], '\n')+1:] }, backup.ErrDamaged, "19 rows instead of 20"},
		{"a row is there twice", func(m members) { m[entries] = append(m[entries], m[entries]...) }, backup.ErrDamaged, "exists already"},
		{"a forged row is there twice", func(m members) {
			rows := string(m["table/outbox.jsonl"])
			m.replace("outbox", rows, rows+rows)
		}, backup.ErrDamaged, "exists already"},
		{"a row is cut", func(m members) { m[entries] = m[entries][:len(m[entries])-5] }, backup.ErrDamaged, "row 20"},
		{"a row is no JSON", func(m members) { m.replace("outbox", `[1,0,`, `[1, 0,`) }, backup.ErrDamaged, "row 1"},
		{"a row has a value too few", func(m members) { m.replace("outbox", `[1,0,`, `[1,`) }, backup.ErrDamaged, "4 values"},
		{"a text stands for an integer", func(m members) { m.replace("outbox", `[1,0,`, `["x",0,`) }, backup.ErrDamaged, "position"},
		{"a blob is no Base64", func(m members) { m.replace("outbox", `"AAE="`, `"AA!="`) }, backup.ErrDamaged, "body"},
		{"an integer stands for a text", func(m members) { m.replace("journal_secret", `"name"`, `7`) }, backup.ErrDamaged, "path"},
		{"a forged entry", func(m members) { m.replace("journal_entry", `"eyJuIjox`, `"eyJuIjoy`) }, backup.ErrNotProved, "entry 1 "},
		{"a forged head", func(m members) {
			m.replace("book_head", `,20,"`, `,19,"`)
			m.manifest(func(x *backup.Manifest) { x.Position = 19 })
		}, backup.ErrNotProved, "head"},
		{"a manifest of another position", func(m members) { m.manifest(func(x *backup.Manifest) { x.Position = 21 }) }, backup.ErrDamaged, "head"},
		{"a manifest of another book", func(m members) { m.manifest(func(x *backup.Manifest) { x.Book = ident.ID{9} }) }, backup.ErrDamaged, "head"},
		{"a table is missing", func(m members) { delete(m, "table/outbox.jsonl") }, backup.ErrDamaged, "outbox"},
		{"a table that nobody knows", func(m members) {
			m["table/zebra.jsonl"] = nil
			m.manifest(func(x *backup.Manifest) {
				x.Tables = append(x.Tables, backup.Table{Name: "zebra", SHA256: hex.EncodeToString(sha256.New().Sum(nil))})
			})
		}, backup.ErrDamaged, "tables"},
		{"a table of other columns", func(m members) { m.manifest(func(x *backup.Manifest) { x.Tables[0].Columns = nil }) }, backup.ErrDamaged, "columns"},
		{"a member that the manifest does not name", func(m members) { m["readme"] = []byte("x") }, backup.ErrDamaged, "other members"},
		{"a member that stands there twice", func(m members) { m[entries+"twice"] = m[entries]; delete(m, entries) }, backup.ErrDamaged, "twice"},
		{"an attachment is altered", func(m members) { m[evidence] = append(m[evidence], 1) }, backup.ErrDamaged, "blob/"},
		{"an attachment is missing", func(m members) { delete(m, evidence) }, backup.ErrDamaged, "other members"},
		{"an attachment by another name", func(m members) { m["blob/../../x"] = m[evidence]; delete(m, evidence) }, backup.ErrDamaged, "blob/"},
		{"no manifest", func(m members) { delete(m, "manifest.json") }, backup.ErrNotABackup, "manifest"},
		{"a manifest of another format", func(m members) { m.manifest(func(x *backup.Manifest) { x.Format = "anlan-backup/2" }) }, backup.ErrNotABackup, "format"},
		{"a manifest that says more", func(m members) { m["manifest.json"] = []byte(`{"format":"anlan-backup/1","more":1}`) }, backup.ErrNotABackup, "format"},
		{"a newer version", func(m members) { m.manifest(func(x *backup.Manifest) { x.SchemaVersion = 9999 }) }, store.ErrNewerSchema, "9999"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			target := place(t, store.SQLite)
			_, err := backup.Stage(t.Context(), rewrite(t, good, c.alter), target, w.proof())
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.says)
			}
			if left, err := os.ReadDir(target.Store.Dir); len(left) > 0 || err != nil {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
	t.Run("a file that is cut", func(t *testing.T) {
		t.Parallel()
		b, err := os.ReadFile(good)
		if err != nil {
			t.Fatal(err)
		}
		cut := file(t)
		if err := os.WriteFile(cut, b[:len(b)-100], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Open(cut); !errors.Is(err, backup.ErrNotABackup) {
			t.Errorf("got %v, want ErrNotABackup", err)
		}
	})
	t.Run("bytes that the disk has turned", func(t *testing.T) {
		t.Parallel()
		b, err := os.ReadFile(good)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/3] ^= 0x10
		turned := file(t)
		if err := os.WriteFile(turned, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Stage(t.Context(), turned, place(t, store.SQLite), w.proof()); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("got %v, want ErrDamaged", err)
		}
	})
}

func TestAnOlderCopyIsRefusedOrBecomesANewEpoch(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			w := found(t, d, 20)
			path := file(t)
			w.write(path)
			later := w.append(10, "lost")
			latest := w.head()
			for name, c := range map[string]struct {
				target backup.Target
				known  []string
			}{
				"than a checkpoint that somebody kept": {place(t, d), []string{later}},
				"than the book that is there":          {w.target, nil},
			} {
				t.Run(name, func(t *testing.T) {
					_, err := backup.Stage(t.Context(), path, c.target, w.proof(c.known...))
					if !errors.Is(err, backup.ErrOlder) || !strings.Contains(err.Error(), "entry 20") || !strings.Contains(err.Error(), "entry 30") {
						t.Errorf("got %v, want ErrOlder", err)
					}
				})
			}
			proof := w.proof(later)
			proof.Accept = backup.Acceptance{At: start.AddDate(0, 0, 1), By: "周敏", Reason: "机房进水"}
			if err := w.db.Close(); err != nil {
				t.Fatal(err)
			}
			s := stage(t, path, w.target, proof)
			if s.Lost == nil || s.Lost.Known != latest.Checkpoint() {
				t.Errorf("lost %+v", s.Lost)
			}
			kept, err := s.Replace(t.Context())
			if err != nil || kept == "" {
				t.Fatalf("kept %q, %v", kept, err)
			}
			restored := open(t, w.target)
			if h := restored.head(); h.Epoch != 2 || h.Size != 21 {
				t.Errorf("the head is %+v, want epoch 2 with 21 entries", h)
			}
			restored.append(15, "anew")
			err = restored.db.Read(t.Context(), func(tx *store.Tx) error {
				v, err := journal.VerifyTree(tx, w.key.Public(), later)
				if err != nil {
					return err
				}
				if !v.Sound() || v.Lost != 1 || len(v.Epochs) != 1 || v.Epochs[0].By != "周敏" {
					t.Errorf("%d lost, epochs %+v, %v", v.Lost, v.Epochs, v.Findings)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
			// The copy of the first epoch is older than the book of the second, though it has more entries than before.
			if _, err := backup.Stage(t.Context(), path, w.target, w.proof()); !errors.Is(err, backup.ErrOlder) {
				t.Errorf("the same backup again: got %v, want ErrOlder", err)
			}
			old := w.target
			if d == store.SQLite {
				old.Store.Dir = kept
			} else {
				old.Store.Schema = kept
				t.Cleanup(func() { storetest.Drop(t, old.Store) })
			}
			if h := open(t, old).head(); h != latest {
				t.Errorf("what was replaced is %+v, want %+v", h, latest)
			}
		})
	}
}

func TestWhatACopyMustFit(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite, 20)
	path := file(t)
	w.write(path)
	sign := func(c journal.Checkpoint) string {
		note, err := w.key.Sign(c)
		if err != nil {
			t.Fatal(err)
		}
		return note
	}
	other, err := journal.NewKey(strings.NewReader(strings.Repeat("x", 32)), "other")
	if err != nil {
		t.Fatal(err)
	}
	strange, err := other.Sign(w.head().Checkpoint())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		proof backup.Proof
		want  error
	}{
		{"a checkpoint that it contradicts", w.proof(sign(journal.Checkpoint{Origin: w.head().Origin(), Size: 7})), backup.ErrNotProved},
		{"a checkpoint of another book", w.proof(sign(journal.Checkpoint{Origin: "anlan/x/1", Size: 7})), journal.ErrOtherBook},
		{"a checkpoint that the key did not sign", w.proof(strange), journal.ErrNotSigned},
		{"a file that is no checkpoint", w.proof("x"), journal.ErrNotACheckpoint},
		{"another key", backup.Proof{Key: other.Public()}, backup.ErrNotProved},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := backup.Stage(t.Context(), path, place(t, store.SQLite), c.proof); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("its own checkpoint", func(t *testing.T) {
		t.Parallel()
		s := stage(t, path, place(t, store.SQLite), w.proof(sign(w.head().Checkpoint())))
		if err := s.Discard(t.Context()); err != nil {
			t.Error(err)
		}
	})
	t.Run("another book is in the place", func(t *testing.T) {
		t.Parallel()
		target := place(t, store.SQLite)
		theirs := open(t, target)
		if err := theirs.db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		theirs.inTx(func(tx *store.Tx) error { return journal.Found(tx, ident.ID{7}, start) })
		if _, err := backup.Stage(t.Context(), path, target, w.proof()); !errors.Is(err, backup.ErrOtherBook) {
			t.Errorf("got %v, want ErrOtherBook", err)
		}
	})
}

func TestNothingIsReplacedBeforeReplace(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			w := found(t, d, 5)
			path := file(t)
			w.write(path)
			s := stage(t, path, w.target, w.proof())
			w.append(1, "goes on")
			if err := s.Discard(t.Context()); err != nil {
				t.Fatal(err)
			}
			if h := w.head(); h.Size != 6 {
				t.Errorf("the book has %d entries, want 6", h.Size)
			}
		})
	}
}

func TestABookInUseIsNotReplaced(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite, 5)
	path := file(t)
	w.write(path)
	s := stage(t, path, w.target, w.proof())
	if _, err := s.Replace(t.Context()); !errors.Is(err, store.ErrInUse) {
		t.Errorf("got %v, want ErrInUse", err)
	}
	w.append(1, "goes on")
	if h := w.head(); h.Size != 6 {
		t.Errorf("the book has %d entries, want 6", h.Size)
	}
}

func TestADamagedBookIsReplaced(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite, 5)
	path := file(t)
	w.write(path)
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	book := filepath.Join(w.target.Store.Dir, store.FileName)
	for name, content := range map[string]string{book: strings.Repeat("garbage ", 4096), book + "-wal": "half a log"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := stage(t, path, w.target, w.proof()).Replace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(kept, store.FileName)); err != nil || !strings.HasPrefix(string(b), "garbage") {
		t.Errorf("what was replaced is not kept: %v", err)
	}
	if h := open(t, w.target).head(); h.Size != 5 {
		t.Errorf("the book has %d entries, want 5", h.Size)
	}
}

func TestAnInterruptedRestoreDoesNotStandInTheWay(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			w := found(t, d, 5)
			path := file(t)
			w.write(path)
			target := place(t, d)
			left := stage(t, path, target, w.proof()) // and then the power went
			if err := left.DB.Close(); err != nil {
				t.Fatal(err)
			}
			s := stage(t, path, target, w.proof())
			if _, err := s.Replace(t.Context()); err != nil {
				t.Fatal(err)
			}
			if h := open(t, target).head(); h.Size != 5 {
				t.Errorf("the book has %d entries, want 5", h.Size)
			}
		})
	}
}
