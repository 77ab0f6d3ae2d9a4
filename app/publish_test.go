package app_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

// publisher publishes with a clock of its own, which is asked in the middle: after the record of the publication has been
// applied, before it is proved.
func (w *world) publisher(middle func()) report.Publisher {
	w.Helper()
	key, err := w.app.Key(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	return report.Publisher{Book: w.book, Actor: w.admin, Blobs: w.app.Blobs, Key: key, Now: func() time.Time { middle(); return w.clock.Now() }}
}

func (w *world) publications() (all []*report.Publication) {
	w.read(0, func(v *book.View) {
		err := v.Each(book.Query{Kind: "publication", Withdrawn: true}, func(r any) error { all = append(all, r.(*report.Publication)); return nil })
		if err != nil {
			w.Fatal(err)
		}
	})
	return all
}

func TestAPublicationThatFailsInTheMiddleLeavesNoFileAndIsWithdrawn(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		for name, c := range map[string]struct {
			spoil func(dir string, cut context.CancelFunc) error
			want  error
		}{
			"a proof that cannot be written": {func(dir string, _ context.CancelFunc) error {
				return os.Mkdir(filepath.Join(dir, "checkpoint.part"), 0o755)
			}, report.ErrFolder},
			"a file that is taken away": {func(dir string, _ context.CancelFunc) error { return os.Remove(filepath.Join(dir, "report.html.part")) }, report.ErrFolder},
			"an interrupt":              {func(_ string, cut context.CancelFunc) error { cut(); return nil }, context.Canceled},
		} {
			built, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023})
			if err != nil {
				w.Fatal(err)
			}
			files, err := built.Render()
			if err != nil {
				w.Fatal(err)
			}
			ctx, cut := context.WithCancel(w.ctx)
			defer cut()
			parent := w.TempDir()
			dir := filepath.Join(parent, "report")
			var spoiled error
			_, err = w.publisher(func() { spoiled = c.spoil(dir, cut) }).Publish(ctx, built, files, dir)
			if spoiled != nil || !errors.Is(err, c.want) {
				w.Errorf("%s: got %v (%v), want %v", name, err, spoiled, c.want)
			}
			if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
				w.Errorf("%s: left %v %v", name, left, err)
			}
			all := w.publications()
			last := all[len(all)-1]
			if last.State != "withdrawn" {
				w.Errorf("%s: the publication is %s", name, last.State)
			}
			// The same report can be published once what was in the way is gone.
			if _, err := w.publisher(func() {}).Publish(w.ctx, built, files, dir); err != nil {
				w.Errorf("%s: published again: %v", name, err)
			}
			if v, err := report.Verify(t.Context(), dir, nil); err != nil || !v.Sound() {
				w.Errorf("%s: verified again: %v %v", name, err, v)
			}
		}
		w.sound()
	})
}

func TestAFullFolderIsRefusedBeforeAnythingIsPublished(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "说明.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, Dir: dir})
	if !errors.Is(err, report.ErrFolderInUse) || len(w.publications()) > 0 {
		t.Errorf("got %v and %d publications, want %v and none", err, len(w.publications()), report.ErrFolderInUse)
	}
}

func TestWhatWasMadeOfTheReportIsPublishedWithIt(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	built, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023})
	if err != nil {
		t.Fatal(err)
	}
	files, err := built.Render()
	if err != nil {
		t.Fatal(err)
	}
	files[report.PDF] = []byte("%PDF-1.7")
	dir := filepath.Join(t.TempDir(), "report")
	if _, err := w.publisher(func() {}).Publish(w.ctx, built, files, dir); err != nil {
		t.Fatal(err)
	}
	if v, err := report.Verify(t.Context(), dir, nil); err != nil || !v.Sound() || !slices.Contains(v.Files, report.PDF) {
		t.Errorf("got %v %+v", err, v)
	}
	again := filepath.Join(t.TempDir(), "again")
	issue, err := w.publisher(func() {}).Publish(w.ctx, built, files, again)
	if err != nil || !issue.Again {
		t.Errorf("written again: got %+v %v", issue, err)
	}
	if v, err := report.Verify(t.Context(), again, nil); err != nil || !v.Sound() || !slices.Equal(v.Absent, []string{report.PDF}) {
		t.Errorf("written again: got %v %+v", err, v)
	}
	files[report.HTML] = append(files[report.HTML], ' ')
	if _, err := w.publisher(func() {}).Publish(w.ctx, built, files, again+"2"); !errors.Is(err, report.ErrPublishedOtherwise) {
		t.Errorf("other bytes: got %v, want %v", err, report.ErrPublishedOtherwise)
	}
	if err := flip(report.PDF)(dir); err != nil {
		t.Fatal(err)
	}
	if v, err := report.Verify(t.Context(), dir, nil); err != nil || !errors.Is(v.Findings, report.ErrFileDiffers) {
		t.Errorf("an exchanged PDF: got %v %v", err, v.Findings)
	}
}

func TestVerifyNamesEveryKindOfTampering(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	other := w.report() // of the same book, an earlier position
	theirs := found(t, store.SQLite)
	theirs.small()
	foreign := theirs.report()
	copied := func(from, name string) func(string) error {
		return func(dir string) error {
			b, err := os.ReadFile(filepath.Join(from, name))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name), b, 0o644)
			}
			return err
		}
	}
	gone := func(name string) func(string) error {
		return func(dir string) error { return os.Remove(filepath.Join(dir, name)) }
	}
	holds := func(name, content string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644) }
	}
	both := func(a, b func(string) error) func(string) error {
		return func(dir string) error { return errors.Join(a(dir), b(dir)) }
	}
	for _, c := range []struct {
		name string
		do   func(dir string) error
		want *fault.Declaration
		file string
	}{
		{"no checkpoint", gone(report.Checkpoint), report.ErrFileMissing, ""},
		{"no proof", gone(report.Proof), report.ErrFileMissing, ""},
		{"no key", gone(report.PublicKey), report.ErrFileMissing, ""},
		{"no figures", gone(report.Figures), report.ErrFileMissing, ""},
		{"a folder in the place of a file", both(gone(report.HTML), func(dir string) error { return os.Mkdir(filepath.Join(dir, report.HTML), 0o755) }), report.ErrFileMissing, ""},
		{"a link in the place of a file", both(gone(report.HTML), func(dir string) error {
			return os.Symlink(filepath.Join(other, report.HTML), filepath.Join(dir, report.HTML))
		}), report.ErrFileMissing, ""},
		{"a proof that is none", holds(report.Proof, "{}"), report.ErrNotIncluded, report.Proof},
		{"a proof that is no JSON", holds(report.Proof, "<html>"), report.ErrNotReadable, ""},
		{"the proof of another report", copied(other, report.Proof), report.ErrNotIncluded, report.Proof},
		{"proof and checkpoint of another report", both(copied(other, report.Proof), copied(other, report.Checkpoint)), report.ErrFileDiffers, ""},
		{"the Word file of another report", copied(other, report.DOCX), report.ErrFileDiffers, ""},
		{"a key that is none", holds(report.PublicKey, "key"), journal.ErrNotAKey, report.PublicKey},
		{"a checkpoint that is none", holds(report.Checkpoint, "42"), report.ErrWrongKey, report.Checkpoint},
		{"the key of another book", copied(foreign, report.PublicKey), report.ErrWrongKey, report.Checkpoint},
		{"a checkpoint of another book", copied(foreign, report.Checkpoint), report.ErrWrongKey, report.Checkpoint},
		{"checkpoint and key of another book", both(copied(foreign, report.Checkpoint), copied(foreign, report.PublicKey)), report.ErrNotIncluded, report.Proof},
		{"a consistency from elsewhere", replace(report.Proof, `"old": `, `"old": 1`), report.ErrNotConsistent, report.Proof},
		{"an inclusion of another size", replace(report.Proof, `"size": `, `"size": 1`), report.ErrNotIncluded, report.Proof},
	} {
		dir := filepath.Join(t.TempDir(), "report")
		if _, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, Dir: dir}); err != nil {
			t.Fatal(err)
		}
		if err := c.do(dir); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil || v.Sound() {
			t.Errorf("%s: got %v and no finding", c.name, err)
			continue
		}
		i := slices.IndexFunc(v.Findings, func(f *fault.Fault) bool { return f.Declaration == c.want && f.Where.File == c.file })
		if i < 0 {
			t.Errorf("%s: got %v, want %s in %q", c.name, v.Findings, c.want.Code, c.file)
		}
	}
	if _, err := report.Verify(t.Context(), filepath.Join(t.TempDir(), "nothing"), nil); !errors.Is(err, report.ErrNoFolder) {
		t.Errorf("no folder: got %v, want %v", err, report.ErrNoFolder)
	}
	cut, stop := context.WithCancel(t.Context())
	stop()
	if v, err := report.Verify(cut, other, nil); v != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: got %v, %v", v, err)
	}
}

func TestAnotherRecordOfTheJournalIsNoPublication(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	w.must(step("publication", w.publications()[0].ID, access.Withdraw, "另行公开")) // its entry is about this publication and is not its creation
	var entry string
	w.read(0, func(v *book.View) {
		e, err := journal.EntryAt(v.Tx(), v.Head.Size)
		if err != nil {
			t.Fatal(err)
		}
		entry = string(e.Body)
	})
	if err := forge(dir, entry); err != nil {
		t.Fatal(err)
	}
	v, err := report.Verify(t.Context(), dir, nil)
	if err != nil || !errors.Is(v.Findings, report.ErrNotThePublication) || !errors.Is(v.Findings, report.ErrNotIncluded) {
		t.Errorf("got %v %v, want %v", err, v.Findings, report.ErrNotThePublication)
	}
}
