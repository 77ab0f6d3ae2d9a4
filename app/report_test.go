package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

var year2023 = func() period.Period {
	p, err := period.Parse("2023")
	if err != nil {
		panic(err)
	}
	return p
}()

// small fills a world with a few records of each kind.
func (w *world) small() []book.Done {
	var changes []book.Change
	for n := range 5 {
		changes = append(changes, create("hazard", newHazard(n, "430602-01", "2023-05-06")),
			create("accident", newAccident(n, "430621-01", "2023-03-04", n%3)), create("staff", newMember(n, "430600", "2020-01-01")))
	}
	for n := 5; n < 9; n++ {
		changes = append(changes, create("accident", newAccident(n, "430602-01", "2022-03-04", 1)))
	}
	return w.must(changes...)
}

func (w *world) report() (dir string) {
	w.Helper()
	dir = filepath.Join(w.TempDir(), "report")
	if _, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, Dir: dir}); err != nil {
		w.Fatalf("report: %v", err)
	}
	return dir
}

func TestAPublishedReportIsVerifiedFromItsFolderAlone(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		dir := w.report()
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil || !v.Sound() {
			w.Fatalf("got %v %v", err, v.Findings)
		}
		if len(v.Files) != 6 || v.Figures != 10 {
			w.Errorf("got %d files and %d figures, want 6 and 10", len(v.Files), v.Figures)
		}
		w.must(create("hazard", newHazard(99, "430602-01", "2023-07-01"))) // the book goes on; the folder still holds
		if v, err := report.Verify(t.Context(), dir, nil); err != nil || !v.Sound() {
			w.Errorf("after a later change: %v %v", err, v.Findings)
		}
		w.sound()
	})
}

func TestVerifyNamesWhatDiffers(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	for _, c := range []struct {
		name string
		do   func(dir string) error
		want error
	}{
		{"a byte of the Word file", flip(report.DOCX), report.ErrFileDiffers},
		{"a byte of the web page", flip(report.HTML), report.ErrFileDiffers},
		{"a figure", replace(report.Figures, `"value": "5"`, `"value": "6"`), report.ErrFileDiffers},
		{"a file taken away", func(dir string) error { return os.Remove(filepath.Join(dir, report.HTML)) }, report.ErrFileMissing},
		{"a file added", func(dir string) error { return os.WriteFile(filepath.Join(dir, "附件.docx"), nil, 0o644) }, report.ErrFileExtra},
		{"a byte of the proof's entry", replace(report.Proof, `\"position\":`, `\"position\":1`), report.ErrNotIncluded},
		{"the checkpoint's size", replace(report.Checkpoint, "\n", "\n1"), report.ErrCheckpointAltered},
	} {
		dir := filepath.Join(t.TempDir(), "report")
		if _, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, Dir: dir}); err != nil {
			t.Fatal(err)
		}
		if err := c.do(dir); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !errors.Is(fault.List(v.Findings), c.want) {
			t.Errorf("%s: got %v, want %v", c.name, v.Findings, c.want)
		}
	}
}

func TestVerifyWithAnotherKeyFails(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	other, err := journal.NewKey(seeded(9), "anlan/other/1")
	if err != nil {
		t.Fatal(err)
	}
	public := other.Public()
	v, err := report.Verify(t.Context(), dir, &public)
	if err != nil || !errors.Is(fault.List(v.Findings), report.ErrWrongKey) {
		t.Errorf("got %v %v, want %v", err, v.Findings, report.ErrWrongKey)
	}
}

func flip(name string) func(string) error {
	return func(dir string) error {
		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		if err == nil {
			b[len(b)/2] ^= 1
			err = os.WriteFile(path, b, 0o644)
		}
		return err
	}
}

func replace(name, old, new string) func(string) error {
	return func(dir string) error {
		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		changed := strings.Replace(string(b), old, new, 1)
		if changed == string(b) {
			return errors.New(old + " is not in " + name)
		}
		return os.WriteFile(path, []byte(changed), 0o644)
	}
}

func TestTheSameRecordsGiveTheSameBytesOnBothDatabases(t *testing.T) {
	t.Parallel()
	storetest.PostgresURL(t)
	var mu sync.Mutex
	files := map[store.Dialect]map[string][]byte{}
	t.Run("both", func(t *testing.T) {
		for _, d := range storetest.Dialects {
			t.Run(d.String(), func(t *testing.T) {
				t.Parallel()
				w := found(t, d)
				w.small()
				dir := w.report()
				got := map[string][]byte{}
				for _, name := range []string{report.DOCX, report.HTML, report.Figures, report.Proof} {
					b, err := os.ReadFile(filepath.Join(dir, name))
					if err != nil {
						t.Fatal(err)
					}
					got[name] = b
				}
				mu.Lock()
				defer mu.Unlock()
				files[d] = got
			})
		}
	})
	for name, want := range files[store.SQLite] {
		if !bytes.Equal(files[store.PostgreSQL][name], want) {
			t.Errorf("%s differs between the databases", name)
		}
	}
}

func TestAReportAsOfAPositionDoesNotChangeWhenARecordDoes(t *testing.T) {
	onBoth(t, func(w *world) {
		done := w.small()
		at := done[len(done)-1].Position
		build := func() *report.Built {
			b, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, AsOf: at, Dir: filepath.Join(w.TempDir(), "r")})
			if err != nil {
				w.Fatal(err)
			}
			return b.Built
		}
		first := build()
		w.must(step("hazard", done[0].ID, access.Withdraw, "重复报送"))
		files, err := first.Render()
		if err != nil {
			w.Fatal(err)
		}
		var again *report.Built
		if again, err = w.app.Build(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, AsOf: at}); err != nil {
			w.Fatal(err)
		}
		if again.Sets, err = w.app.Sets(w.ctx, w.admin, again); err != nil {
			w.Fatal(err)
		}
		then, err := again.Render()
		if err != nil {
			w.Fatal(err)
		}
		for name := range files {
			if !bytes.Equal(files[name], then[name]) {
				w.Errorf("%s as of %d changed after a later withdrawal", name, at)
			}
		}
		twice, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023, AsOf: at, Dir: filepath.Join(w.TempDir(), "twice")})
		if err != nil || !twice.Again || len(w.publications()) != 1 {
			w.Errorf("writing the published report again: got %+v %v and %d publications", twice.Issue, err, len(w.publications()))
		}
	})
}

func TestTwoReportsOfOnePositionArePublishedSideBySide(t *testing.T) {
	onBoth(t, func(w *world) {
		done := w.small()
		at := done[len(done)-1].Position
		publish := func(template, dir string) error {
			_, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Period: year2023, AsOf: at, Template: template, Dir: filepath.Join(w.TempDir(), dir)})
			return err
		}
		for _, template := range []string{"spine", "earmark"} {
			if err := publish(template, template); err != nil {
				w.Fatalf("%s: %v", template, fault.In(err, lang.Chinese))
			}
		}
		if err := publish("earmark", "again"); err != nil || len(w.publications()) != 2 {
			w.Errorf("the second report again: got %v and %d publications, want 2", err, len(w.publications()))
		}
	})
}
