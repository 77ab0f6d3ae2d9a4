package backup

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/canonical"
)

const (
	manifestBytesMax = 16 << 20
	lineBytesMax     = 64 << 20 // of one row; an entry of 16 MiB in Base64, and room
)

// Archive is a backup that is open for reading.
type Archive struct {
	Manifest
	path    string
	zip     *zip.ReadCloser
	members map[string]*zip.File
}

// Open reads the manifest and checks that the members are those it names; their content is checked when it is loaded.
// Faults: ErrNotABackup, ErrDamaged.
func Open(path string) (*Archive, error) {
	z, err := zip.OpenReader(path)
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, ErrNotABackup.Because(err, path, lang.Of("不是 ZIP 压缩包", "it is no ZIP archive"))
	}
	if err != nil {
		return nil, fileFault(err)
	}
	a := &Archive{path: path, zip: z, members: map[string]*zip.File{}}
	if err := a.readManifest(); err != nil {
		return nil, errors.Join(err, z.Close())
	}
	return a, nil
}

// damage says what is wrong with a member.
func damage(err error) lang.Text {
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) {
		return lang.Of("校验和不符", "its checksum does not fit")
	}
	return reason.Of(err)
}

func ofVersion(zh lang.Zh, en lang.En, version int64) lang.Text {
	return lang.Text{Zh: fmt.Sprintf("%s与结构版本 %d 不符", zh, version), En: fmt.Sprintf("its %s are not those of version %d", en, version)}
}

// Close closes the file.
func (a *Archive) Close() error { return a.zip.Close() }

func (a *Archive) readManifest() error {
	blobs := int64(0)
	for _, f := range a.zip.File {
		if a.members[f.Name] != nil {
			return ErrDamaged.With(f.Name, lang.Of("出现了两次", "it is there twice"))
		}
		a.members[f.Name] = f
		if strings.HasPrefix(f.Name, blobFolder) {
			blobs++
		}
	}
	member := a.members[manifestName]
	if member == nil {
		return ErrNotABackup.With(a.path, lang.Text{Zh: "缺少 " + manifestName, En: "it has no " + manifestName})
	}
	r, err := member.Open()
	if err != nil {
		return ErrDamaged.Because(err, manifestName, damage(err))
	}
	text, err := io.ReadAll(io.LimitReader(r, manifestBytesMax))
	if err = errors.Join(err, r.Close()); err != nil {
		return ErrDamaged.Because(err, manifestName, damage(err))
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&a.Manifest); err != nil || a.Format != Format {
		return ErrNotABackup.Because(err, a.path, lang.Text{Zh: "格式不是 " + Format, En: "its format is not " + Format})
	}
	for _, t := range a.Tables {
		if a.members[tableFolder+t.Name+tableSuffix] == nil {
			return ErrDamaged.With(t.Name, lang.Of("缺少这张表", "the table is missing"))
		}
	}
	if blobs != a.Blobs || int(blobs)+len(a.Tables)+1 != len(a.members) {
		return ErrDamaged.With(manifestName, lang.Of("所列内容与实际不符", "it names other members than there are"))
	}
	return nil
}

// load fills the tables of a database that has the backup's version, and its attachments.
func (a *Archive) load(ctx context.Context, db *store.DB, blobs *blob.Blobs) error {
	order, err := a.loadOrder(ctx, db)
	if err != nil {
		return err
	}
	err = db.InTx(ctx, func(tx *store.Tx) error {
		for _, t := range slices.Backward(order) { // rows that migrations have put there
			name, err := store.Ident(t.Name)
			if err != nil {
				return err
			}
			if _, err := tx.Exec("DELETE FROM " + name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range order {
		err := db.InTx(ctx, func(tx *store.Tx) error { return a.loadTable(tx, t) })
		if kind, ok := fault.KindOf(err); ok && (kind == fault.Conflict || kind == fault.Invalid) {
			// Rows that no book could have held. A flipped bit is often met here before the hash is known.
			err = ErrDamaged.Because(err, t.Name, lang.Of(lang.Zh(fault.In(err, lang.Chinese)), lang.En(fault.In(err, lang.English))))
		}
		if err != nil {
			return err
		}
	}
	return a.loadBlobs(ctx, blobs)
}

// loadOrder compares the tables of the backup with those of the database, and puts each behind those it refers to.
func (a *Archive) loadOrder(ctx context.Context, db *store.DB) ([]Table, error) {
	var schema *store.Schema
	err := db.Read(ctx, func(tx *store.Tx) (err error) { schema, err = tx.Schema(); return err })
	if err != nil {
		return nil, err
	}
	have := map[string]Table{}
	for _, t := range a.Tables {
		have[t.Name] = t
	}
	var order []Table
	placed := map[string]bool{}
	var place func(t store.Table) error
	place = func(t store.Table) error {
		if placed[t.Name] || ownTables[t.Name] {
			return nil
		}
		placed[t.Name] = true
		for _, k := range t.ForeignKeys {
			if to, ok := schema.Table(k.Table); ok {
				if err := place(to); err != nil {
					return err
				}
			}
		}
		in, ok := have[t.Name]
		columns, err := columnsOf(t)
		if err != nil {
			return err
		}
		if !ok || !slices.Equal(in.Columns, columns) {
			return ErrDamaged.With(t.Name, ofVersion("列", "columns", a.SchemaVersion))
		}
		order = append(order, in)
		return nil
	}
	for _, t := range schema.Tables {
		if err := place(t); err != nil {
			return nil, err
		}
	}
	if len(order) != len(a.Tables) {
		return nil, ErrDamaged.With(manifestName, ofVersion("表", "tables", a.SchemaVersion))
	}
	return order, nil
}

// loadTable inserts the rows of a table as they are read, and compares their number and hash at the end.
func (a *Archive) loadTable(tx *store.Tx, t Table) error {
	if tx.Dialect() == store.SQLite {
		// A row may refer to a later one of its own table; PostgreSQL looks at the end of the statement anyway.
		if _, err := tx.Exec("PRAGMA defer_foreign_keys = ON"); err != nil {
			return err
		}
	}
	member, err := a.members[tableFolder+t.Name+tableSuffix].Open()
	if err != nil {
		return ErrDamaged.Because(err, t.Name, damage(err))
	}
	r := &rowReader{table: t, lines: bufio.NewReaderSize(member, 1<<16), hash: sha256.New(), row: make([]any, len(t.Columns))}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	_, err = tx.InsertRows(t.Name, names, r.rows)
	switch {
	case r.failed != nil:
		err = r.failed
	case err == nil && r.n != t.Rows:
		err = ErrDamaged.With(t.Name, lang.Text{Zh: fmt.Sprintf("应有 %d 行，只有 %d 行", t.Rows, r.n), En: fmt.Sprintf("%d rows instead of %d", r.n, t.Rows)})
	case err == nil && hex.EncodeToString(r.hash.Sum(nil)) != t.SHA256:
		err = ErrDamaged.With(t.Name, lang.Of("散列与清单不符", "its hash is not that of the manifest"))
	}
	return errors.Join(err, member.Close())
}

// rowReader reads the lines of a table.
type rowReader struct {
	table  Table
	lines  *bufio.Reader
	hash   hash.Hash
	line   []byte
	row    []any
	n      int64
	failed error
}

func (r *rowReader) rows(yield func([]any) bool) {
	for r.next() && yield(r.row) {
	}
}

// next reads the next row; false at the end and when something is wrong, see failed.
func (r *rowReader) next() bool {
	more, err := r.readLine()
	if err == nil && more {
		r.n++
		err = r.decode()
	}
	if err != nil {
		row := r.n
		if !more {
			row++
		}
		r.failed = ErrDamaged.Because(err, r.table.Name, lang.Text{Zh: fmt.Sprintf("第 %d 行：%s", row, damage(err).Zh), En: fmt.Sprintf("row %d: %s", row, damage(err).En)})
	}
	return more && err == nil
}

func (r *rowReader) readLine() (more bool, err error) {
	r.line = r.line[:0]
	for {
		piece, err := r.lines.ReadSlice('\n')
		r.line = append(r.line, piece...)
		r.hash.Write(piece)
		switch {
		case len(r.line) > lineBytesMax:
			return false, errors.New("the line is too long")
		case err == nil:
			return true, nil
		case err == io.EOF && len(r.line) == 0:
			return false, nil
		case err != bufio.ErrBufferFull:
			return false, err
		}
	}
}

func (r *rowReader) decode() error {
	v, err := canonical.Parse(r.line[:len(r.line)-1])
	if err != nil {
		return err
	}
	if v.Kind() != canonical.IsArray || v.Len() != len(r.row) {
		return fmt.Errorf("not an array of %d values", len(r.row))
	}
	for i, c := range r.table.Columns {
		if r.row[i], err = decodeValue(v.At(i), c.Type); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return nil
}

// decodeValue reads a value by the type of its column.
func decodeValue(v canonical.Value, columnType string) (any, error) {
	if v.Kind() == canonical.IsNull {
		return nil, nil
	}
	text, isText := v.Text()
	switch columnType {
	case "integer":
		if n, ok := v.Int(); ok {
			return n, nil
		}
	case "text":
		if isText {
			return text, nil
		}
	case "blob":
		if isText {
			b, err := base64.StdEncoding.Strict().DecodeString(text)
			if err == nil && base64.StdEncoding.EncodedLen(len(b)) != len(text) {
				err = errors.New("the Base64 holds line ends")
			}
			return append([]byte{}, b...), err // never nil, which would be NULL
		}
	}
	return nil, fmt.Errorf("%s is no %s", v.Raw(), columnType)
}

// loadBlobs puts each attachment where attachments are kept; its name is its hash.
func (a *Archive) loadBlobs(ctx context.Context, blobs *blob.Blobs) error {
	for _, f := range a.zip.File {
		digits, ok := strings.CutPrefix(f.Name, blobFolder)
		if !ok {
			continue
		}
		if err := loadBlob(ctx, blobs, f, digits); err != nil {
			return err
		}
	}
	return nil
}

func loadBlob(ctx context.Context, blobs *blob.Blobs, f *zip.File, digits string) error {
	sum, err := blob.ParseSum(digits)
	if err != nil {
		return ErrDamaged.Because(err, f.Name, damage(err))
	}
	r, err := f.Open()
	if err != nil {
		return ErrDamaged.Because(err, f.Name, damage(err))
	}
	ref, err := blobs.Put(ctx, r)
	switch {
	case errors.Is(err, zip.ErrChecksum) || err == nil && ref.Sum != sum:
		err = ErrDamaged.Because(err, f.Name, lang.Of("内容与其散列不符", "its content is not what its hash says"))
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = ErrDamaged.Because(err, f.Name, damage(err))
	}
	return errors.Join(err, r.Close())
}
