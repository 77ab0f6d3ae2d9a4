package witness_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/journal/witness"
	"anlan/store/storetest"
)

var (
	start  = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	today  = time.Date(2026, 3, 8, 8, 0, 0, 0, time.UTC)
	bookID = ident.ID{0x01, 0x90, 0xf3, 0xa2, 0x7c, 0x1e, 0x7b, 0x4d, 0x9a}
)

// book is a database whose journal says what is asked of it.
type book struct {
	t   testing.TB
	db  *store.DB
	key *journal.Key
}

func keyOf(t testing.TB, seed byte, name string) *journal.Key {
	t.Helper()
	k, err := journal.NewKey(rand.NewChaCha8([32]byte{seed}), name)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var origin = journal.Head{Book: bookID, Epoch: 1}.Origin()

// newBook founds a book and gives it entries of the words, in order.
func newBook(t testing.TB, db *store.DB, words ...string) book {
	t.Helper()
	b := book{t, db, keyOf(t, 1, origin)}
	b.in(func(tx *store.Tx) error { return journal.Found(tx, bookID, start) })
	b.grow(words...)
	return b
}

func (b book) in(do func(*store.Tx) error) {
	b.t.Helper()
	if err := b.db.InTx(b.t.Context(), do); err != nil {
		b.t.Fatal(err)
	}
}

func (b book) grow(words ...string) {
	b.t.Helper()
	b.in(func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		for _, word := range words {
			w.Stamp(start.Add(time.Duration(w.Head().Size) * time.Second))
			if _, err := w.Append(journal.Entry{Kind: "hazard", Action: "create", Body: []byte(`{"n":"` + word + `"}`)}); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

func (b book) seal() (note string) {
	b.t.Helper()
	b.in(func(tx *store.Tx) (err error) { note, err = journal.Seal(tx, b.key, start); return err })
	return note
}

func (b book) prove(old journal.Position) (p journal.Consistency, err error) {
	err = b.db.Read(b.t.Context(), func(tx *store.Tx) error {
		h, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		p, err = journal.ProveConsistency(tx, old, h.Size)
		return err
	})
	return p, err
}

// submit gives the newest checkpoint of the book with the proof from a size; a size that the book does not have goes without.
func (b book) submit(w *witness.Witness, old journal.Position) (string, error) {
	b.t.Helper()
	s := witness.Submission{Old: old, Note: b.seal()}
	p, err := b.prove(old)
	if err == nil {
		s.Path = p.Path
	} else if !errors.Is(err, journal.ErrNoPosition) {
		b.t.Fatal(err)
	}
	signed, _, err := w.Cosign(s, today)
	return signed, err
}

// words are n words that begin with a letter.
func words(letter string, n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprint(letter, i))
	}
	return out
}

func newWitness(t testing.TB, seed byte, name string) *witness.Witness {
	t.Helper()
	w, err := witness.Init(t.TempDir(), rand.NewChaCha8([32]byte{seed}), name)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// watching is a witness that has cosigned the first 21 entries of the true book.
func watching(t testing.TB, db *store.DB) (*witness.Witness, book) {
	t.Helper()
	w := newWitness(t, 9, "岳阳市审计局")
	b := newBook(t, db, words("a", 8)...)
	if _, err := w.Watch(b.key.Public(), "", false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.submit(w, 0); err != nil {
		t.Fatal(err)
	}
	b.grow(words("b", 13)...)
	signed, err := b.submit(w, 8)
	if err != nil {
		t.Fatal(err)
	}
	at, found, err := w.Public().Cosigned(signed)
	if err != nil || !found || !at.Equal(today) {
		t.Fatalf("cosigned at %v, %v, %v", at, found, err)
	}
	return w, b
}

// other gives an empty database of the same kind.
func other(t testing.TB, db *store.DB) *store.DB {
	t.Helper()
	return storetest.Open(t, db.Dialect())
}

func TestCheatsAreRefusedAndToldApart(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		w, b := watching(t, db)
		truth := append(words("a", 8), words("b", 13)...)
		for _, c := range []struct {
			name    string
			history []string
			old     journal.Position
			want    error
			says    string
		}{
			{"a database rolled back", truth[:15], 15, witness.ErrRolledBack, "2026-03-08已见证到第21条，这个封存点只有15条"},
			{"a fork of the same size", append(append([]string{}, truth[:20]...), "c"), 21, witness.ErrFork, "日志分叉：同为21条"},
			{"a cut tail with others in its place", append(append([]string{}, truth[:15]...), words("c", 15)...), 21, witness.ErrRewritten, "已见证的前21条不是这个封存点（30条）的开头"},
			{"an old entry rewritten", append(append(append([]string{}, truth[:4]...), "c"), append(append([]string{}, truth[5:]...), "d")...), 21, witness.ErrRewritten, "已见证的前21条"},
			{"a proof from elsewhere", append(append([]string{}, truth...), "d"), 8, witness.ErrOtherOld, "anlan journal consistency 21 22"},
		} {
			cheat := newBook(t, other(t, db), c.history...)
			_, err := cheat.submit(w, c.old)
			if !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", c.name, err, c.want)
				continue
			}
			if zh := speak(err); !strings.Contains(zh, c.says) {
				t.Errorf("%s: says %s", c.name, zh)
			}
		}
		logs, err := w.Logs()
		if err != nil || len(logs) != 1 || logs[0].Seen.Size != 21 || len(logs[0].Forks) != 1 {
			t.Fatalf("%+v, %v", logs, err)
		}
		fork, err := os.ReadFile(logs[0].Forks[0])
		if err != nil {
			t.Fatal(err)
		}
		x, err := b.key.Public().Open(string(fork))
		if err != nil || x.Size != 21 || x.Root == logs[0].Seen.Root {
			t.Errorf("the evidence is %+v, %v", x, err)
		}
		b.grow("d") // the true log goes on as if nothing had been tried
		if _, err := b.submit(w, 21); err != nil {
			t.Error(err)
		}
	})
}

// TestATailCutBySQLIsCaught: the newest entries are deleted and the head is put back to what it was then, so that the book itself
// finds nothing wrong. Who has cosigned more does.
func TestATailCutBySQLIsCaught(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		w, b := watching(t, db)
		shorter := newBook(t, other(t, db), append(words("a", 8), words("b", 7)...)...)
		var root, edge []byte
		var at int64
		shorter.in(func(tx *store.Tx) error {
			_, err := tx.QueryRow([]any{&root, &edge, &at}, "SELECT root, edge, recorded_at FROM book_head WHERE id = 1")
			return err
		})
		b.in(func(tx *store.Tx) error {
			for _, sql := range []string{"DELETE FROM journal_entry WHERE position > 15", "DELETE FROM journal_checkpoint WHERE size > 15"} {
				if _, err := tx.Exec(sql); err != nil {
					return err
				}
			}
			_, err := tx.Exec("UPDATE book_head SET size = 15, root = ?, edge = ?, recorded_at = ? WHERE id = 1", root, edge, at)
			return err
		})
		b.in(func(tx *store.Tx) error {
			v, err := journal.VerifyTree(tx, b.key.Public())
			if err == nil && !v.Sound() {
				t.Errorf("the book itself finds %v", v.Findings)
			}
			return err
		})
		if _, err := b.submit(w, 15); !errors.Is(err, witness.ErrRolledBack) {
			t.Errorf("the witness: %v", err)
		}
		k := witness.Known{Key: w.Public(), URL: "http://witness.example/"}
		if _, err := k.Ask(t.Context(), served(w), b.seal(), b.prove); !errors.Is(err, witness.ErrAhead) {
			t.Errorf("the bureau is told: %v", err)
		}
		newest, found, err := k.Newest(t.Context(), served(w), origin)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		b.in(func(tx *store.Tx) error { // and so is whoever verifies with what the witness has kept
			v, err := journal.VerifyTree(tx, b.key.Public(), newest)
			if err == nil && (v.Sound() || v.Findings[0].Code != "journal.cut_off") {
				t.Errorf("with the witness's checkpoint: %v", v.Findings)
			}
			return err
		})
		b.grow(words("c", 9)...) // work goes on until the log is longer than it was
		if _, err := b.submit(w, 21); !errors.Is(err, witness.ErrRewritten) {
			t.Errorf("grown again: %v", err)
		}
		if _, err := k.Ask(t.Context(), served(w), b.seal(), b.prove); !errors.Is(err, witness.ErrOtherHistory) {
			t.Errorf("grown again, the bureau is told: %v", err)
		}
	})
}

func TestANewKeyAndANewEpochMustBeKnown(t *testing.T) {
	t.Parallel()
	w, b := watching(t, storetest.Open(t, store.SQLite))
	stranger := book{t, b.db, keyOf(t, 3, origin)}
	if _, err := stranger.submit(w, 21); !errors.Is(err, witness.ErrOtherKey) {
		t.Errorf("a stranger's key: %v", err)
	}
	if _, err := w.Watch(stranger.key.Public(), "", false); !errors.Is(err, witness.ErrUnfollowed) {
		t.Errorf("a stranger's key is entered: %v", err)
	}
	if _, err := w.Watch(stranger.key.Public(), "anlan/another/1", false); !errors.Is(err, witness.ErrNotOfLog) {
		t.Errorf("for another log: %v", err)
	}
	next := keyOf(t, 2, origin)
	b.in(func(tx *store.Tx) error {
		j, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		j.Stamp(today)
		r, err := j.Rotate(b.key.Public(), b.key, next, "周敏", "换届")
		if err != nil {
			return err
		}
		next = next.Following(r)
		return j.Flush()
	})
	b.key = next
	if _, err := b.submit(w, 21); !errors.Is(err, witness.ErrOtherKey) {
		t.Errorf("a change of key that nobody told the witness: %v", err)
	}
	if _, err := w.Watch(next.Public(), "", false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.submit(w, 21); err != nil {
		t.Errorf("after the change of key was told: %v", err)
	}
	logs, err := w.Logs()
	if err != nil || logs[0].Seen.Size != 22 {
		t.Errorf("%+v, %v", logs, err)
	}
	second := strings.TrimSuffix(origin, "1") + "2"
	note, err := b.key.Sign(journal.Checkpoint{Origin: second, Size: 16, Root: journal.Hash{1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Cosign(witness.Submission{Note: note}, today); !errors.Is(err, witness.ErrNewEpoch) {
		t.Errorf("a new epoch: %v", err)
	}
	if _, err := w.Watch(b.key.Public(), second, false); !errors.Is(err, witness.ErrNewEpoch) {
		t.Errorf("a new epoch is entered: %v", err)
	}
	if _, err := w.Watch(b.key.Public(), second, true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Cosign(witness.Submission{Note: note}, today); err != nil {
		t.Errorf("an accepted epoch: %v", err)
	}
	note, err = b.key.Sign(journal.Checkpoint{Origin: "go.sum database tree", Size: 16, Root: journal.Hash{1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Cosign(witness.Submission{Note: note}, today); !errors.Is(err, witness.ErrUnknownLog) {
		t.Errorf("another log: %v", err)
	}
}

// served is a client whose requests go to the witness, and to no network.
func served(w *witness.Witness) *http.Client {
	return &http.Client{Transport: direct{w.Handler(func() time.Time { return today }, slog.New(slog.NewTextHandler(io.Discard, nil)))}}
}

type direct struct{ handler http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	out := httptest.NewRecorder()
	d.handler.ServeHTTP(out, r)
	return out.Result(), nil
}

func TestTheAnswersAreThoseOfTheProtocol(t *testing.T) {
	t.Parallel()
	w, b := watching(t, storetest.Open(t, store.SQLite))
	client := served(w)
	ask := func(method, path, body string) (int, string, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, "http://witness.example"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		got, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		text, err := io.ReadAll(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		return got.StatusCode, got.Header.Get("Content-Type"), string(text)
	}
	old := b.seal()
	b.grow("c", "d")
	note := b.seal()
	proof, err := b.prove(21)
	if err != nil {
		t.Fatal(err)
	}
	right := witness.Submission{Old: 21, Path: proof.Path, Note: note}
	with := func(change func(*witness.Submission)) string {
		s := right
		change(&s)
		return s.Text()
	}
	sign := func(k *journal.Key, c journal.Checkpoint) string {
		t.Helper()
		note, err := k.Sign(c)
		if err != nil {
			t.Fatal(err)
		}
		return note
	}
	stranger := keyOf(t, 3, origin)
	c, err := journal.ParseCheckpoint(old)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, path, body string
		status           int
		kind, contains   string
	}{
		{"nothing", "/add-checkpoint", "", 400, "text/plain", "不是见证请求"},
		{"a leading zero", "/add-checkpoint", strings.Replace(right.Text(), "old 21", "old 021", 1), 400, "text/plain", "old 021"},
		{"an old size beyond the checkpoint", "/add-checkpoint", with(func(s *witness.Submission) { s.Old = 99 }), 400, "text/plain", ""},
		{"64 lines of proof", "/add-checkpoint", with(func(s *witness.Submission) { s.Path = make([]journal.Hash, 64) }), 400, "text/plain", "63"},
		{"no checkpoint", "/add-checkpoint", with(func(s *witness.Submission) { s.Note = "x\n" }), 400, "text/plain", "不是封存点"},
		{"too much", "/add-checkpoint", strings.Repeat("x", 200<<10), 400, "text/plain", "KiB"},
		{"a stranger's signature", "/add-checkpoint", with(func(s *witness.Submission) { s.Note = sign(stranger, c) }), 403, "text/plain", "the checkpoint is not signed by the key"},
		{"a log that is not watched", "/add-checkpoint", with(func(s *witness.Submission) { s.Note = sign(b.key, journal.Checkpoint{Origin: "x", Size: 22}) }), 404, "text/plain", "没有见证过日志 x"},
		{"no old size known", "/add-checkpoint", with(func(s *witness.Submission) { s.Old, s.Path = 0, nil }), 409, "text/x.tlog.size", "21\n"},
		{"rolled back", "/add-checkpoint", with(func(s *witness.Submission) {
			s.Old, s.Note = 8, sign(b.key, journal.Checkpoint{Origin: c.Origin, Size: 9})
		}), 409, "text/x.tlog.size", "21\n"},
		{"a fork", "/add-checkpoint", with(func(s *witness.Submission) {
			s.Path, s.Note = nil, sign(b.key, journal.Checkpoint{Origin: c.Origin, Size: 21})
		}), 409, "text/plain", "日志分叉"},
		{"a proof that does not hold", "/add-checkpoint", with(func(s *witness.Submission) { s.Path = s.Path[1:] }), 422, "text/plain", "证明不成立"},
		{"right", "/add-checkpoint", right.Text(), 200, "text/plain", "— 岳阳市审计局 "},
		{"the same once more", "/add-checkpoint", with(func(s *witness.Submission) { s.Old, s.Path = 23, nil }), 200, "text/plain", "— 岳阳市审计局 "},
	} {
		status, kind, body := ask(http.MethodPost, x.path, x.body)
		if kind, _, _ = strings.Cut(kind, ";"); status != x.status || kind != x.kind || !strings.Contains(body, x.contains) {
			t.Errorf("%s: %d %s %s", x.name, status, kind, body)
		}
	}
	if status, _, body := ask(http.MethodGet, "/", ""); status != 200 || body != w.Public().String()+"\n" {
		t.Errorf("the key: %d %s", status, body)
	}
	if status, _, _ := ask(http.MethodGet, "/add-checkpoint", ""); status != 405 {
		t.Errorf("GET add-checkpoint: %d", status)
	}
	if _, found, err := (witness.Known{Key: w.Public(), URL: "http://w.example"}).Newest(t.Context(), client, "x"); found || err != nil {
		t.Errorf("a log that is not watched: %v, %v", found, err)
	}
}

// TestTheBureauAsks: the witness knows nothing, then an older checkpoint, then this one.
func TestTheBureauAsks(t *testing.T) {
	t.Parallel()
	b := newBook(t, storetest.Open(t, store.SQLite), words("a", 8)...)
	w := newWitness(t, 9, "audit")
	k := witness.Known{Name: "audit", Key: w.Public(), URL: "http://audit.example/anlan/"}
	client := &http.Client{Transport: direct{http.StripPrefix("/anlan", served(w).Transport.(direct).handler)}}
	if _, err := k.Ask(t.Context(), client, b.seal(), b.prove); !errors.Is(err, witness.ErrRefused) {
		t.Errorf("before the log is watched: %v", err)
	}
	if _, err := w.Watch(b.key.Public(), "", false); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		note := b.seal()
		signed, err := k.Ask(t.Context(), client, note, b.prove)
		if err != nil {
			t.Fatal(err)
		}
		if _, found, err := w.Public().Cosigned(signed); !found || err != nil || !strings.HasPrefix(signed, note) {
			t.Errorf("%v, %v\n%s", found, err, signed)
		}
		b.grow("x", "y", "z")
	}
	impostor := witness.Known{Key: keyOf(t, 4, "audit").Cosigner(), URL: k.URL}
	if _, err := impostor.Ask(t.Context(), client, b.seal(), b.prove); !errors.Is(err, witness.ErrNotAnAnswer) {
		t.Errorf("an answer by another key: %v", err)
	}
	closed := &http.Client{Transport: refusing{}}
	if _, err := k.Ask(t.Context(), closed, b.seal(), b.prove); !errors.Is(err, witness.ErrUnreachable) {
		t.Errorf("nobody there: %v", err)
	}
}

type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("no route") }

// TestTwoAtOnceNeverGoBack: whichever is written first, the checkpoint that is kept is the largest that was cosigned.
func TestTwoAtOnceNeverGoBack(t *testing.T) {
	t.Parallel()
	b := newBook(t, storetest.Open(t, store.SQLite), words("a", 8)...)
	w := newWitness(t, 9, "audit")
	if _, err := w.Watch(b.key.Public(), "", false); err != nil {
		t.Fatal(err)
	}
	var notes []string
	for range 6 {
		notes = append(notes, b.seal())
		b.grow("x")
	}
	var group sync.WaitGroup
	largest := make([]journal.Position, len(notes))
	for i, note := range notes { // each claims to be the first
		group.Go(func() {
			if signed, _, err := w.Cosign(witness.Submission{Note: note}, today); err == nil {
				c, _ := journal.ParseCheckpoint(signed)
				largest[i] = c.Size
			}
		})
	}
	group.Wait()
	n := 0
	for _, size := range largest {
		if size > 0 {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d were cosigned as the first, want 1: %v", n, largest)
	}
}

// TestAWitnessWhoseMemoryIsNotWholeSignsNothing: what it forgot it would sign against.
func TestAWitnessWhoseMemoryIsNotWholeSignsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, err := witness.Init(dir, rand.NewChaCha8([32]byte{9}), "audit")
	if err != nil {
		t.Fatal(err)
	}
	b := newBook(t, storetest.Open(t, store.SQLite), words("a", 8)...)
	if _, err := w.Watch(b.key.Public(), "", false); err != nil {
		t.Fatal(err)
	}
	for _, old := range []journal.Position{0, 8, 9} {
		if _, err := b.submit(w, old); err != nil {
			t.Fatal(err)
		}
		b.grow("x")
	}
	files, err := filepath.Glob(filepath.Join(dir, "witness", "*", "00000000000?"))
	if err != nil || len(files) != 3 {
		t.Fatalf("%v, %v", files, err)
	}
	kept := make([][]byte, len(files))
	for i, f := range files {
		if kept[i], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		spoil func() error
		says  string
	}{
		"the first is gone":                      {func() error { return os.Remove(files[0]) }, "没有第1个封存点"},
		"one in the middle is gone":              {func() error { return os.Remove(files[1]) }, "没有第2个封存点"},
		"the first stands in the newest's place": {func() error { return os.WriteFile(files[2], kept[0], 0o644) }, "到第8条，前一个却已到第9条"},
		"the newest is edited": {func() error {
			return os.WriteFile(files[2], bytes.Replace(kept[2], []byte("\n10\n"), []byte("\n9\n"), 1), 0o644)
		}, "000000000003"},
	} {
		if err := c.spoil(); err != nil {
			t.Fatal(err)
		}
		if _, err := b.submit(w, 10); !errors.Is(err, witness.ErrDamaged) || !strings.Contains(speak(err), c.says) {
			t.Errorf("%s: %v", name, speak(err))
		}
		for i, f := range files {
			if err := os.WriteFile(f, kept[i], 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := b.submit(w, 10); err != nil {
		t.Errorf("whole again: %v", err)
	}
}

// speak is an error in Chinese.
func speak(err error) string {
	var l fault.List
	_ = l.Add(err)
	return l.In("zh")
}

func TestAWitnessHasANameAndOneKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := witness.Open(dir); !errors.Is(err, witness.ErrNoWitness) {
		t.Errorf("before init: %v", err)
	}
	for _, name := range []string{"", "a b", "a+b", "审计局　一科"} {
		if _, err := witness.Init(dir, rand.NewChaCha8([32]byte{1}), name); !errors.Is(err, witness.ErrBadName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	w, err := witness.Init(dir, rand.NewChaCha8([32]byte{1}), "岳阳市审计局")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := witness.Init(dir, rand.NewChaCha8([32]byte{2}), "岳阳市审计局"); !errors.Is(err, journal.ErrKeyExists) {
		t.Errorf("twice: %v", err)
	}
	again, err := witness.Open(dir)
	if err != nil || again.Public().String() != w.Public().String() {
		t.Errorf("%v, %v", again, err)
	}
}
