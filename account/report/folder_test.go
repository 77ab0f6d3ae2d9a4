package report

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func listed(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestAFolderShowsItsFilesOnlyWhenAllAreThere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "2023", "report")
	f, err := newFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.prepare(map[string][]byte{"b": []byte("2"), "a": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := f.prepare(map[string][]byte{"c": nil}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.part", "b.part", "c.part"}, listed(t, dir)); diff != "" {
		t.Error(diff)
	}
	if err := f.show(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, listed(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatFailsInTheMiddleLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(f *folder) error{
		"a file that cannot be written": func(f *folder) error {
			if err := os.Mkdir(f.path("b.part"), 0o755); err != nil {
				return err
			}
			return f.prepare(map[string][]byte{"a": nil, "b": nil})
		},
		"a file that cannot get its name": func(f *folder) error {
			if err := errors.Join(f.prepare(map[string][]byte{"a": nil, "b": nil, "c": nil}), os.Remove(f.path("b.part"))); err != nil {
				return err
			}
			return f.show()
		},
	} {
		for _, there := range []bool{false, true} {
			parent := t.TempDir()
			dir := filepath.Join(parent, "report")
			if there {
				if err := os.Mkdir(dir, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			f, err := newFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := spoil(f); !errors.Is(err, ErrFolder) {
				t.Errorf("%s: got %v, want %v", name, err, ErrFolder)
			}
			f.takeBack()
			if !there {
				if left := listed(t, parent); len(left) > 0 {
					t.Errorf("%s: the folder that was made is left", name)
				}
			} else if left := listed(t, dir); len(left) > 0 {
				t.Errorf("%s: left %v", name, left)
			}
		}
	}
}

func TestAFolderThatHoldsAnythingIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := newFolder(dir); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	file := filepath.Join(dir, "说明.txt")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newFolder(dir); !errors.Is(err, ErrFolderInUse) {
		t.Errorf("got %v, want %v", err, ErrFolderInUse)
	}
	if _, err := newFolder(file); !errors.Is(err, ErrFolder) {
		t.Errorf("a file in its place: got %v, want %v", err, ErrFolder)
	}
}
