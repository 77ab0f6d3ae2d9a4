package app_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"maps"
	"math/bits"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/store"
	"anlan/store/journal"
)

// bodies are the entries of the journal up to a position.
func (w *world) bodies(upTo int64) (bodies [][]byte) {
	w.Helper()
	err := w.app.DB.Read(w.ctx, func(tx *store.Tx) error {
		return journal.Entries(tx, 0, journal.Position(upTo), func(s journal.Stored) error {
			bodies = append(bodies, append([]byte(nil), s.Body...))
			return nil
		})
	})
	if err != nil {
		w.Fatal(err)
	}
	return bodies
}

func leafHash(body []byte) journal.Hash { return sha256.Sum256(append([]byte{0}, body...)) }

// rootOf and goesOn are the root of some leaves and the proof that a tree goes on from its first m, as RFC 6962, 2.1.1 and 2.1.2 have them.
func rootOf(leaves []journal.Hash) journal.Hash {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1 << (bits.Len(uint(len(leaves)-1)) - 1)
	left, right := rootOf(leaves[:k]), rootOf(leaves[k:])
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

func goesOn(m int, leaves []journal.Hash, whole bool) []journal.Hash {
	n := len(leaves)
	if m == n {
		if whole {
			return nil
		}
		return []journal.Hash{rootOf(leaves)}
	}
	k := 1 << (bits.Len(uint(n-1)) - 1)
	if m <= k {
		return append(goesOn(m, leaves[:k], whole), rootOf(leaves[k:]))
	}
	return append(goesOn(m-k, leaves[k:], false), rootOf(leaves[:k]))
}

// resign puts another entry in the place of the publication, and makes checkpoint, proof and signature for the journal that ends with it.
func (w *world) resign(dir string, change func(entry string) string) {
	w.Helper()
	var proof report.ProofFile
	b, err := os.ReadFile(filepath.Join(dir, report.Proof))
	if err != nil {
		w.Fatal(err)
	}
	if err := json.Unmarshal(b, &proof); err != nil {
		w.Fatal(err)
	}
	signed, err := os.ReadFile(filepath.Join(dir, report.Checkpoint))
	if err != nil {
		w.Fatal(err)
	}
	c, err := journal.ParseCheckpoint(string(signed))
	if err != nil {
		w.Fatal(err)
	}
	entry := change(proof.Entry)
	if entry == proof.Entry {
		w.Fatal("nothing was changed in the entry")
	}
	var leaves journal.Leaves
	var hashes []journal.Hash
	for _, body := range append(w.bodies(proof.Position-1), []byte(entry)) {
		if err := leaves.Add(body); err != nil {
			w.Fatal(err)
		}
		hashes = append(hashes, leafHash(body))
	}
	proof.Entry = entry
	if proof.Inclusion, err = leaves.Prove(journal.Position(proof.Position)); err != nil {
		w.Fatal(err)
	}
	proof.Consistency = journal.Consistency{Old: proof.Consistency.Old, New: journal.Position(len(hashes)), Path: goesOn(int(proof.Consistency.Old), hashes, true)}
	c.Size, c.Root = journal.Position(len(hashes)), rootOf(hashes)
	key, err := w.app.Key(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	again, err := key.Sign(c)
	if err != nil {
		w.Fatal(err)
	}
	w.put(dir, report.Checkpoint, []byte(again))
	w.put(dir, report.Proof, spelled(w, proof))
}

func (w *world) put(dir, name string, content []byte) {
	w.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
		w.Fatal(err)
	}
}

// swapped gives a text with one text in the place of another.
func swapped(t testing.TB, s, old, new string) string {
	t.Helper()
	if !strings.Contains(s, old) {
		t.Fatalf("no %q in %s", old, s)
	}
	return strings.Replace(s, old, new, 1)
}

// Whoever holds a signing key may sign any entry, and whoever holds a folder may put anything into it.
func TestAFolderIsReadInOneWay(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	entry := func(change func(string) string) func(dir string) {
		return func(dir string) { w.resign(dir, change) }
	}
	swap := func(old, new string) func(dir string) {
		return entry(func(s string) string { return swapped(t, s, old, new) })
	}
	proof := func(change func(string) string) func(dir string) {
		return func(dir string) {
			b, err := os.ReadFile(filepath.Join(dir, report.Proof))
			if err != nil {
				t.Fatal(err)
			}
			w.put(dir, report.Proof, []byte(change(string(b))))
		}
	}
	all := map[string]seeing{}
	for name, c := range map[string]struct {
		do   func(dir string)
		want *fault.Declaration
		says string
	}{
		"an entry of other content, well signed": {swap(`"title":"`, `"title":"又一份`), nil, ""},
		"a file named twice": {entry(func(s string) string {
			_, rest, _ := strings.Cut(s, `"file":[`)
			first, _, _ := strings.Cut(rest, "}")
			return swapped(t, s, `"file":[`, `"file":[`+first+"},")
		}), report.ErrTwice, "figures.json"},
		"a proof among the files":                {swap(`"name":"report.docx"`, `"name":"proof.json"`), report.ErrTwice, "proof.json"},
		"a file in another folder":               {swap(`"name":"report.docx"`, `"name":"../report.docx"`), report.ErrFileMissing, "../report.docx"},
		"a file under no name":                   {swap(`"name":"report.docx"`, `"name":""`), report.ErrFileMissing, ""},
		"a member twice":                         {swap(`"title":"`, `"title":"甲","title":"`), report.ErrNotThePublication, ""},
		"a member in other letters is no member": {swap(`"title":"`, `"Title":"`), report.ErrNotThePublication, ""},
		"a member that only looks so":            {swap(`"sha256":"`, `"ſha256":"`), report.ErrNotThePublication, ""},
		"blanks":                                 {swap(`"kind":"`, `"kind": "`), report.ErrNotThePublication, ""},
		"another order":                          {swap(`{"action":"create",`, `{"zeit":1,"action":"create",`), report.ErrNotThePublication, ""},
		"a position with an exponent":            {swap(`"sha256":"`, `"size":1e2,"sha256":"`), report.ErrNotThePublication, ""},
		"a publication that was withdrawn":       {swap(`"action":"create"`, `"action":"withdraw"`), report.ErrNotThePublication, ""},
		"no time":                                {swap(`"recorded_at":"`, `"recorded_at":"x`), report.ErrNotThePublication, ""},

		"a proof with an entry more, in other letters": {proof(func(s string) string { return swapped(t, s, "{\n", "{\n \"Entry\": \"\",\n") }), report.ErrNotReadable, report.Proof},
		"a proof with something behind it":             {proof(func(s string) string { return s + "{}" }), report.ErrNotReadable, report.Proof},
		"a proof with a byte order mark":               {proof(func(s string) string { return "\ufeff" + s }), report.ErrNotReadable, report.Proof},
		"a file that nobody published":                 {func(dir string) { w.put(dir, "附件2.docx", nil) }, report.ErrFileExtra, "附件2.docx"},
		"a folder in it": {func(dir string) {
			if err := os.Mkdir(filepath.Join(dir, "原件"), 0o700); err != nil {
				t.Fatal(err)
			}
		}, report.ErrFileExtra, "原件"},
		"a link in the place of a file": {func(dir string) {
			aside := filepath.Join(t.TempDir(), report.DOCX)
			if err := os.Rename(filepath.Join(dir, report.DOCX), aside); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(aside, filepath.Join(dir, report.DOCX)); err != nil {
				t.Fatal(err)
			}
		}, report.ErrFileMissing, report.DOCX},
		"a link beside the files": {func(dir string) {
			if err := os.Symlink(report.DOCX, filepath.Join(dir, "report-1.docx")); err != nil {
				t.Fatal(err)
			}
		}, report.ErrFileExtra, "report-1.docx"},
	} {
		dir := w.forge(func(files) {})
		c.do(dir)
		v, err := report.Verify(t.Context(), dir, nil)
		if c.want == nil {
			if err != nil || !v.Sound() {
				t.Errorf("%s: got %v %v", name, err, v.Findings)
			}
		} else if err != nil || !errors.Is(v.Findings, c.want) || !strings.Contains(v.Findings.Error(), c.says) {
			t.Errorf("%s: got %v %v, want %s with %q", name, err, v.Findings, c.want.Code, c.says)
		}
		if name == "a folder in it" || strings.HasPrefix(name, "a link") {
			continue // the page is given files
		}
		sound := `data-sound="false"`
		if c.want == nil {
			sound = `data-sound="true"`
		}
		all[name] = seeing{"", "", instead(t, dir), []string{sound}}
	}
	seen(t, chromium, w.forge(func(files) {}), all)
}

// instead puts the files of another folder in the place of those that are chosen.
func instead(t *testing.T, dir string) func(chosen map[string][]byte) {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return func(chosen map[string][]byte) { clear(chosen); maps.Copy(chosen, files) }
}

// Two clocks that do not agree are told, by the command and by the page.
func TestAPublicationFromTheFutureIsTold(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	dir := w.forge(func(files) {})
	v, err := report.Verify(t.Context(), dir, nil)
	if err != nil || v.RecordedAt.IsZero() || v.Ahead(v.RecordedAt.Add(-time.Hour)) || !v.Ahead(v.RecordedAt.Add(-25*time.Hour)) {
		t.Fatalf("got %v %v", err, v.RecordedAt)
	}
	recorded := v.RecordedAt.UTC().Format("2006-01-02T15:04:05.000000Z")
	w.resign(dir, func(s string) string { return swapped(t, s, recorded, "2999"+recorded[4:]) })
	if v, err := report.Verify(t.Context(), dir, nil); err != nil || !v.Sound() || v.RecordedAt.Year() != 2999 || !v.Ahead(w.clock.Now()) {
		t.Errorf("got %v %v %v", err, v.Findings, v.RecordedAt)
	}
	seen(t, chromium, dir, map[string]seeing{"the future": {"", "", func(map[string][]byte) {}, []string{`data-sound="true"`, "晚于现在"}}})
}
