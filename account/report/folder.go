package report

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"anlan/ground/reason"
)

// folder is where a report is being published. Its files are written under other names first, so that a reader never finds
// half a report, and a full disk is met before anything is published.
type folder struct {
	dir   string
	made  bool     // the folder was not there before
	names []string // that have been prepared
}

// newFolder makes the folder; one that holds anything is refused: what it holds would not be among the published files.
func newFolder(dir string) (*folder, error) {
	f := &folder{dir: filepath.Clean(dir)}
	entries, err := os.ReadDir(f.dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		f.made = true
		err = os.MkdirAll(f.dir, 0o755)
	case len(entries) > 0:
		return nil, ErrFolderInUse.With(dir, entries[0].Name())
	}
	if err != nil {
		return nil, ErrFolder.Because(err, dir, reason.Of(err))
	}
	return f, nil
}

func (f *folder) path(name string) string { return filepath.Join(f.dir, name) }

const partSuffix = ".part"

// prepare puts files on the disk, under names of their own.
func (f *folder) prepare(files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f.names = append(f.names, name)
		if err := writeWhole(f.path(name+partSuffix), files[name]); err != nil {
			return ErrFolder.Because(err, f.dir, reason.Of(err))
		}
	}
	return nil
}

func writeWhole(path string, content []byte) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(content)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// show gives the prepared files their names.
func (f *folder) show() error {
	for _, name := range f.names {
		if err := os.Rename(f.path(name+partSuffix), f.path(name)); err != nil {
			return ErrFolder.Because(err, f.dir, reason.Of(err))
		}
	}
	return nil
}

// takeBack removes what was written, and the folder if it was made for it.
func (f *folder) takeBack() {
	for _, name := range f.names {
		os.Remove(f.path(name + partSuffix))
		os.Remove(f.path(name))
	}
	if f.made {
		os.Remove(f.dir)
	}
}
