package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"anlan/app"
	"anlan/store"
)

// A checkpoint whose root the journal does not have is signed by the book's key all the same: nothing is answered as of it.
func TestACheckpointOfAnotherHistoryIsNoPosition(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	key, err := w.app.Key(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := w.app.Seal(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	c, err := key.Public().Open(signed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "checkpoint")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(signed)
	if at, err := w.app.PositionOf(w.ctx, path); err != nil || at != c.Size {
		t.Errorf("its own: got %d %v, want %d", at, err, c.Size)
	}
	forged, longer := c, c
	forged.Root[0] ^= 1
	longer.Size++
	for name, other := range map[string]struct {
		text func() (string, error)
	}{
		"another root": {func() (string, error) { return key.Sign(forged) }},
		"a longer one": {func() (string, error) { return key.Sign(longer) }},
	} {
		text, err := other.text()
		if err != nil {
			t.Fatal(err)
		}
		write(text)
		if at, err := w.app.PositionOf(w.ctx, path); !errors.Is(err, app.ErrOtherHistory) {
			t.Errorf("%s: got %d %v, want %v", name, at, err, app.ErrOtherHistory)
		}
	}
}

// Tiles are not written over something else: a published report has a checkpoint too, which would be lost.
func TestTilesAreWrittenIntoNoOtherFolder(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	before, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.app.Tiles(w.ctx, dir); !errors.Is(err, app.ErrNotTiles) {
		t.Errorf("got %v, want %v", err, app.ErrNotTiles)
	}
	if after, err := os.ReadFile(filepath.Join(dir, "checkpoint")); err != nil || string(after) != string(before) {
		t.Errorf("the checkpoint of the report is gone: %v", err)
	}
	fresh := filepath.Join(t.TempDir(), "tiles")
	for range 2 {
		if _, err := w.app.Tiles(w.ctx, fresh); err != nil {
			t.Error(err)
		}
	}
}
