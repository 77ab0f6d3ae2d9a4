package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"anlan/app"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/backup"
)

func TestABackupOfABookInUseComesBackWithTheSameFigures(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		path := filepath.Join(w.TempDir(), "book.zip")
		if _, err := w.app.Backup(w.ctx, path); err != nil {
			w.Fatal(err)
		}
		key, err := w.app.PublicKey()
		if err != nil {
			w.Fatal(err)
		}
		want := w.figure(0, "hazard.found", "2023", "430600")
		w.must(create("hazard", newHazard(50, "430602-01", "2023-09-01"))) // after the backup
		o := app.Options{Data: w.TempDir()}
		done, err := app.Restore(w.ctx, o, app.Restoring{Path: path, Key: key})
		if err != nil {
			w.Fatal(err)
		}
		a, err := app.Open(w.ctx, o)
		if err != nil {
			w.Fatal(err)
		}
		defer a.Close()
		r := &world{TB: w.TB, ctx: w.ctx, app: a, book: a.Book, admin: w.admin}
		if got := r.figure(0, "hazard.found", "2023", "430600"); got != want || done.Kept != "" {
			w.Errorf("hazards found: got %d, want %d; kept %q", got, want, done.Kept)
		}
		r.sound()
	})
}

func TestAnOlderCopyIsRefusedUnlessTheLossIsAccepted(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	path := filepath.Join(t.TempDir(), "old.zip")
	if _, err := w.app.Backup(w.ctx, path); err != nil {
		t.Fatal(err)
	}
	w.must(create("hazard", newHazard(50, "430602-01", "2023-09-01")))
	note, err := w.app.Seal(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	key, err := w.app.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	o := app.Options{Data: t.TempDir()}
	if _, err := app.Restore(w.ctx, o, app.Restoring{Path: path, Key: key, Known: []string{note}}); !errors.Is(err, backup.ErrOlder) {
		t.Errorf("got %v, want %v", err, backup.ErrOlder)
	}
	if _, err := os.Stat(filepath.Join(o.Data, store.FileName)); err == nil {
		t.Error("the refused copy was put in place")
	}
	accept := backup.Acceptance{At: start.AddDate(0, 1, 0), By: "测试管理员", Reason: "磁盘损坏"}
	done, err := app.Restore(w.ctx, o, app.Restoring{Path: path, Key: key, Known: []string{note}, Accept: accept})
	if err != nil || done.Lost == nil {
		t.Fatalf("accepted: %v %+v", err, done)
	}
	a, err := app.Open(w.ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	head, err := a.Book.Head(w.ctx)
	if err != nil || head.Epoch != 2 {
		t.Errorf("epoch: got %d, want 2 (%v)", head.Epoch, err)
	}
	_, err = a.Book.Apply(w.ctx, w.admin, []book.Change{{Kind: "hazard", Action: access.Create, Record: newHazard(51, "430602-01", "2023-09-02")}})
	if err != nil {
		t.Errorf("the restored book does not go on: %v", err)
	}
}
