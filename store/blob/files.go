package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"anlan/store"
)

// files are blobs in a folder: <dir>/ab/abcdef….
type files struct{ dir string }

func (f files) path(sum Sum) string { return filepath.Join(f.dir, sum.String()[:2], sum.String()) }

// keep gives the synced content its name and then syncs the folders: whatever moment the power goes, a name stands over
// the whole content or does not stand.
func (f files) keep(_ context.Context, ref Ref, path string) error {
	if err := os.Chmod(path, 0o400); err != nil {
		return fileFault(err)
	}
	folder := filepath.Dir(f.path(ref.Sum))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fileFault(err)
	}
	if err := os.Rename(path, f.path(ref.Sum)); err != nil {
		return fileFault(err)
	}
	for _, d := range []string{folder, f.dir} {
		if err := store.SyncFolder(d); err != nil {
			return fileFault(err)
		}
	}
	return nil
}

func (f files) open(_ context.Context, sum Sum) (io.ReadCloser, error) {
	r, err := os.Open(f.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound.Because(err, sum)
	}
	if err != nil {
		return nil, fileFault(err)
	}
	return r, nil
}

func (f files) find(_ context.Context, sum Sum) (Ref, bool, error) {
	info, err := os.Stat(f.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return Ref{}, false, nil
	}
	if err != nil {
		return Ref{}, false, fileFault(err)
	}
	return Ref{sum, info.Size()}, true, nil
}

func (f files) each(ctx context.Context, do func(Ref) error) error {
	return filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fileFault(err)
		}
		if d.IsDir() {
			return ctx.Err()
		}
		sum, err := ParseSum(d.Name())
		if err != nil {
			return nil // what is being written, or was when the power went
		}
		info, err := d.Info()
		if err != nil {
			return fileFault(err)
		}
		return do(Ref{sum, info.Size()})
	})
}

func fileFault(err error) error { return store.FileFault("blob", err) }
