package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"anlan/ground/fault"
	"anlan/store"
)

const keptName = "replaced" // folder in the data folder, or part of a schema's name

// Replace puts the copy in the place of the book, if any, and says where what it replaced is kept: a folder, or a
// schema. DB is closed; open the target anew. With SQLite nobody may have the book open (store.ErrInUse); with
// PostgreSQL it is one transaction, and who is connected goes on with the restored tables.
func (s *Staged) Replace(ctx context.Context) (kept string, err error) {
	if err := s.DB.Close(); err != nil {
		return "", err
	}
	if s.staging.URL == "" {
		return s.replaceFile(ctx)
	}
	return s.replaceSchema(ctx)
}

func (s *Staged) replaceFile(ctx context.Context) (kept string, err error) {
	dir := s.target.Store.Dir
	if err := store.Detach(ctx, s.staging.Dir, func() error { return nil }); err != nil {
		return "", err
	}
	take := func() error {
		err := os.Rename(filepath.Join(s.staging.Dir, store.FileName), filepath.Join(dir, store.FileName))
		if err != nil {
			return fileFault(err)
		}
		return store.SyncFolder(dir)
	}
	switch _, err := os.Stat(filepath.Join(dir, store.FileName)); {
	case errors.Is(err, fs.ErrNotExist):
		if err := take(); err != nil {
			return "", err
		}
		return "", s.clear(ctx)
	case err != nil:
		return "", fileFault(err)
	}
	if kept, err = folderFor(dir); err != nil {
		return "", err
	}
	keepAndTake := func() error {
		if err := keep(dir, kept); err != nil {
			return err
		}
		return take()
	}
	err = store.Detach(ctx, dir, keepAndTake)
	if kind, ok := fault.KindOf(err); ok && kind == fault.Broken { // what is there cannot be read
		if err = keepLog(dir, kept); err == nil {
			err = keepAndTake()
		}
	}
	if err != nil {
		_ = os.Remove(kept) // when nothing has got there; the error that counts is told
		return "", err
	}
	return kept, s.clear(ctx)
}

// folderFor makes a folder for what is replaced.
func folderFor(dir string) (string, error) {
	for n := 1; ; n++ {
		kept := filepath.Join(dir, fmt.Sprintf("%s-%d", keptName, n))
		switch err := os.Mkdir(kept, 0o700); {
		case err == nil:
			return kept, nil
		case !errors.Is(err, fs.ErrExist):
			return "", fileFault(err)
		}
	}
}

// keep gives the present database a second name; it stays in its place until the copy takes it.
func keep(dir, kept string) error {
	if err := os.Link(filepath.Join(dir, store.FileName), filepath.Join(kept, store.FileName)); err != nil {
		return move(dir, kept, store.FileName) // a file system without links
	}
	return store.SyncFolder(kept)
}

// keepLog takes the log of a damaged database away first: it must not be taken for that of the copy.
func keepLog(dir, kept string) error {
	if err := move(dir, kept, store.FileName+"-wal"); err != nil {
		return err
	}
	return move(dir, kept, store.FileName+"-shm")
}

// move moves a file that may not be there.
func move(from, to, name string) error {
	err := os.Rename(filepath.Join(from, name), filepath.Join(to, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileFault(err)
	}
	return nil
}

// replaceSchema gives both schemas their new names in one transaction.
func (s *Staged) replaceSchema(ctx context.Context) (kept string, err error) {
	name := schemaOf(s.target.Store)
	book, err := store.Ident(name)
	if err != nil {
		return "", err
	}
	copied, err := store.Ident(s.staging.Schema)
	if err != nil {
		return "", err
	}
	free, exists, err := freeSchema(ctx, s.target.Store, name)
	if err != nil {
		return "", err
	}
	statements := []string{"ALTER SCHEMA " + copied + " RENAME TO " + book}
	if exists {
		kept = free
		quoted, err := store.Ident(free)
		if err != nil {
			return "", err
		}
		statements = append([]string{"ALTER SCHEMA " + book + " RENAME TO " + quoted}, statements...)
	}
	return kept, onServer(ctx, s.target.Store, statements...)
}

// freeSchema is a name for the schema that is replaced, and whether there is one.
func freeSchema(ctx context.Context, o store.Options, name string) (free string, exists bool, err error) {
	db, err := store.Open(ctx, store.Options{URL: o.URL, Schema: "pg_catalog"})
	if err != nil {
		return "", false, err
	}
	err = db.Read(ctx, func(tx *store.Tx) error {
		names, err := store.Select[string](tx, "SELECT nspname::text FROM pg_namespace")
		if err != nil {
			return err
		}
		taken := map[string]bool{}
		for _, n := range names {
			taken[n] = true
		}
		exists = taken[name]
		for n := 1; free == "" || taken[free]; n++ {
			free = fmt.Sprintf("%s_%s_%d", name, keptName, n)
		}
		return nil
	})
	return free, exists, errors.Join(err, db.Close())
}
