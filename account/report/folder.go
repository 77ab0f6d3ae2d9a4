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

// Free says whether a report can be published into dir: it is new or empty. What it holds would not be among the published
// files, and published files are not overwritten. Faults: ErrFolderInUse, ErrFolder.
func Free(dir string) error {
	entries, err := os.ReadDir(filepath.Clean(dir))
	switch {
	case len(entries) > 0:
		return ErrFolderInUse.With(dir, entries[0].Name())
	case err == nil || errors.Is(err, os.ErrNotExist):
		return nil
	}
	return ErrFolder.Because(err, dir, reason.Of(err))
}

// newFolder makes the folder where it is not there.
func newFolder(dir string) (*folder, error) {
	if err := Free(dir); err != nil {
		return nil, err
	}
	f := &folder{dir: filepath.Clean(dir)}
	_, err := os.Lstat(f.dir)
	f.made = errors.Is(err, os.ErrNotExist)
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
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
