package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"anlan/ground/fault"
	"modernc.org/sqlite"
)

// ErrInUse is what Detach says of a database that another program has open.
var ErrInUse = fault.Define("store.in_use", fault.Conflict,
	"%s 正被另一个程序使用（例如 anlan serve），请先停止它", "%s is in use by another program (anlan serve, perhaps); stop it first")

// SyncFolder makes the names in a folder durable, after files were made in it or moved. Windows does that by itself
// and refuses to sync a folder.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// ReadSecret reads at most max bytes of a file that nobody but its owner may read or write. open says that others may, and mode what
// they may: then nothing is read. Windows has other permissions, and is not asked.
func ReadSecret(path string, max int64) (content []byte, mode fs.FileMode, open bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, false, err
	}
	if mode = info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, mode, true, nil
	}
	content, err = io.ReadAll(io.LimitReader(f, max))
	return content, mode, false, err
}

// FileFault is an error of a file as a fault of this package, so that a full or read-only disk is told in one way
// wherever it is met. An error that is none of these keeps its text after what.
func FileFault(what string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return ErrDiskFull.Because(err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly.Because(err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Detach brings all of a folder's SQLite database into its one file and runs do while nobody else can open it: do may
// move or replace the file. It leaves WAL mode, which SQLite does only when nobody else has the database open; the next
// Open returns to WAL. Faults: ErrInUse; ErrCorrupt and ErrNotADatabase when there is nothing that could be brought
// into the file, and do has not run.
func Detach(ctx context.Context, dir string, do func() error) (err error) {
	path := filepath.Join(dir, FileName)
	c, err := sqlite.NewConnector(sqliteDSN(path))
	if err != nil {
		return ErrCannotOpen.Because(err, path)
	}
	pool := sql.OpenDB(c)
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, pool.Close()) }()
	mode := ""
	err = pool.QueryRowContext(ctx, "PRAGMA busy_timeout = 100").Scan(new(int))
	if err == nil {
		err = pool.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	}
	if err == nil && mode == "delete" {
		_, err = pool.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	err = sqliteFault(err, path)
	switch {
	case errors.Is(err, ErrBusy) || err == nil && mode != "delete":
		return ErrInUse.Because(err, path)
	case err != nil:
		return err
	}
	if runtime.GOOS == "windows" { // which moves no file that is open
		if err := pool.Close(); err != nil {
			return sqliteFault(err, path)
		}
	}
	return do()
}
