package backup

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anlan/store"
	"anlan/store/blob"
	"anlan/store/canonical"
	"anlan/store/journal"
)

// Made is a backup that was written. Damaged are attachments whose content is not what their hash says; they are not
// in it, and the operator must know.
type Made struct {
	Manifest
	Damaged []blob.Sum
}

// Write makes a backup of a book in use. The file appears under its name only when it is whole and on the disk.
// Faults: ErrExists, journal.ErrNoBook; store.ErrDiskFull and the like.
func Write(ctx context.Context, db *store.DB, blobs *blob.Blobs, at time.Time, path string) (made Made, err error) {
	if _, err := os.Stat(path); err == nil {
		return Made{}, ErrExists.With(path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return Made{}, fileFault(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*")
	if err != nil {
		return Made{}, fileFault(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	w := newWriter(f)
	if err := w.tables(ctx, db, at); err != nil {
		return Made{}, err
	}
	if err := w.blobs(ctx, blobs); err != nil {
		return Made{}, err
	}
	if err := w.finish(); err != nil {
		return Made{}, err
	}
	if err := f.Sync(); err != nil {
		return Made{}, fileFault(err)
	}
	return w.made, w.name(f, path)
}

// writer writes the members of the archive.
type writer struct {
	zip  *zip.Writer
	made Made
}

func newWriter(w io.Writer) *writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return &writer{zip: z}
}

// tables writes all tables in one snapshot, and takes down the head of that snapshot.
func (w *writer) tables(ctx context.Context, db *store.DB, at time.Time) error {
	version, err := db.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	return db.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		w.made.Manifest = Manifest{Format: Format, MadeAt: at.UTC(), SchemaVersion: version, Book: head.Book, Epoch: head.Epoch,
			Position: head.Size, Root: head.Root, Unit: head.Unit, Place: head.Place}
		schema, err := tx.Schema()
		if err != nil {
			return err
		}
		for _, t := range schema.Tables {
			if ownTables[t.Name] {
				continue
			}
			written, err := w.table(tx, t)
			if err != nil {
				return fmt.Errorf("backup: table %s: %w", t.Name, err)
			}
			w.made.Tables = append(w.made.Tables, written)
		}
		return nil
	})
}

// table writes the rows of a table in the order of its primary key, each a canonical JSON array on a line.
func (w *writer) table(tx *store.Tx, t store.Table) (Table, error) {
	columns, err := columnsOf(t)
	if err != nil {
		return Table{}, err
	}
	query, err := selectAll(t)
	if err != nil {
		return Table{}, err
	}
	member, err := w.zip.Create(tableFolder + t.Name + tableSuffix)
	if err != nil {
		return Table{}, fileFault(err)
	}
	rows, err := tx.Query(query)
	if err != nil {
		return Table{}, err
	}
	defer rows.Close()
	hash := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(member, hash), 1<<16)
	written := Table{Name: t.Name, Columns: columns}
	var line lineWriter
	for rows.Next() {
		b, err := line.encode(rows.Values())
		if err != nil {
			return Table{}, err
		}
		if _, err := out.Write(b); err != nil {
			return Table{}, fileFault(err)
		}
		written.Rows++
	}
	if err := out.Flush(); err != nil {
		return Table{}, fileFault(err)
	}
	written.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return written, rows.Close()
}

// selectAll reads a table in the order of its primary key; every table of the house has one.
func selectAll(t store.Table) (string, error) {
	if len(t.PrimaryKey) == 0 {
		return "", fmt.Errorf("backup: the table has no primary key")
	}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	columns, err := idents(names)
	if err != nil {
		return "", err
	}
	order, err := idents(t.PrimaryKey)
	if err != nil {
		return "", err
	}
	name, err := store.Ident(t.Name)
	return "SELECT " + columns + " FROM " + name + " ORDER BY " + order, err
}

func idents(names []string) (string, error) {
	quoted := make([]string, len(names))
	for i, n := range names {
		var err error
		if quoted[i], err = store.Ident(n); err != nil {
			return "", err
		}
	}
	return strings.Join(quoted, ", "), nil
}

// lineWriter encodes rows without allocating for each.
type lineWriter struct {
	row  canonical.Array
	line []byte
	b64  []byte
}

func (l *lineWriter) encode(values []any) ([]byte, error) {
	l.row.Reset()
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			l.row.Null()
		case int64:
			l.row.Int(v)
		case string:
			l.row.Text(v)
		case []byte:
			l.b64 = base64.StdEncoding.AppendEncode(l.b64[:0], v)
			l.row.Text(string(l.b64))
		}
	}
	var err error
	l.line, err = l.row.Append(l.line[:0])
	l.line = append(l.line, '\n')
	return l.line, err
}

// blobs copies the attachments, each of which is checked while it is read.
func (w *writer) blobs(ctx context.Context, blobs *blob.Blobs) error {
	return blobs.Each(ctx, func(ref blob.Ref) error {
		switch err := blobs.Verify(ctx, ref.Sum); {
		case errors.Is(err, blob.ErrTampered):
			w.made.Damaged = append(w.made.Damaged, ref.Sum)
			return nil
		case err != nil:
			return err
		}
		// Stored as it is: attachments are photographs and office files, which are compressed already.
		member, err := w.zip.CreateHeader(&zip.FileHeader{Name: blobFolder + ref.Sum.String(), Method: zip.Store})
		if err != nil {
			return fileFault(err)
		}
		r, err := blobs.Open(ctx, ref.Sum)
		if err != nil {
			return err
		}
		w.made.Blobs++
		_, err = io.Copy(member, r)
		return errors.Join(err, r.Close())
	})
}

func (w *writer) finish() error {
	text, err := json.MarshalIndent(w.made.Manifest, "", "  ")
	if err != nil {
		return err
	}
	member, err := w.zip.Create(manifestName)
	if err != nil {
		return fileFault(err)
	}
	if _, err := member.Write(append(text, '\n')); err != nil {
		return fileFault(err)
	}
	if err := w.zip.Close(); err != nil {
		return fileFault(err)
	}
	return nil
}

// name gives the finished file its name, unless somebody has taken it meanwhile.
func (w *writer) name(f *os.File, path string) error {
	if err := f.Close(); err != nil {
		return fileFault(err)
	}
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return ErrExists.Because(err, path)
	} else if err != nil { // a file system without links
		if err := os.Rename(f.Name(), path); err != nil {
			return fileFault(err)
		}
		return store.SyncFolder(filepath.Dir(path))
	}
	if err := os.Remove(f.Name()); err != nil {
		return fileFault(err)
	}
	return store.SyncFolder(filepath.Dir(path))
}

func fileFault(err error) error { return store.FileFault("backup", err) }

func errColumnType(table string, c store.Column) error {
	return fmt.Errorf("backup: column %s.%s is of type %s, which no backup holds", table, c.Name, c.Type)
}
