package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"

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

// Detach brings all of a folder's SQLite database into its one file, so that the file can be moved or replaced: it
// leaves WAL mode, which SQLite does only when nobody else has it open. The next Open returns to WAL.
// Faults: ErrInUse; ErrCorrupt and ErrNotADatabase when there is nothing that could be brought into it.
func Detach(ctx context.Context, dir string) (err error) {
	path := filepath.Join(dir, FileName)
	c, err := sqlite.NewConnector(sqliteDSN(path))
	if err != nil {
		return ErrCannotOpen.Because(err, path)
	}
	pool := sql.OpenDB(c)
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, pool.Close()) }()
	if _, err := pool.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		return sqliteFault(err, path)
	}
	var mode string
	err = sqliteFault(pool.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode), path)
	if errors.Is(err, ErrBusy) || err == nil && mode != "delete" {
		return ErrInUse.Because(err, path)
	}
	return err
}
