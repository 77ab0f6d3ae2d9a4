package app

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/reason"
	"anlan/office/extra"
	"anlan/record/book"
	"anlan/store/backup"
	"anlan/store/journal"
)

// ErrCopyDiffers says that the tables of a backup are not what its journal says.
var ErrCopyDiffers = fault.Define("app.copy_differs", fault.Broken,
	"备份中的数据表与其日志不符，没有恢复：%s", "the tables of the backup are not what its journal says; nothing was restored: %s")

// ErrKeyOfAnother says that a copy cannot be proved by the key that was given.
var ErrKeyOfAnother = fault.Define("app.key_of_another", fault.Invalid,
	"公钥是 %s 的，不是备份中账册 %s 的，不能证明这份备份", "the public key is that of %s, not of the book %s in the backup, and does not prove it")

func (o Options) blobFolder() string { return filepath.Join(o.Data, "blob") }

// Backup writes the book into one file while it is in use. The private key is not in it.
func (a *App) Backup(ctx context.Context, path string) (backup.Made, error) {
	return backup.Write(ctx, a.DB, a.Blobs, a.Clock().Now(), path)
}

// Restoring says what a restore is to be proved by.
type Restoring struct {
	Path   string
	Key    journal.PublicKey
	Known  []string // signed checkpoints that somebody else has kept
	Accept backup.Acceptance
}

// Restored says what a restore did.
type Restored struct {
	backup.Manifest
	Lost *journal.Loss `json:"lost,omitempty"` // entries that the copy does not reach and whose loss was accepted
	Kept string        `json:"kept,omitempty"` // where what it replaced is kept; empty when there was nothing
}

// Restore proves a backup (hashes, journal, checkpoints, tables against the journal) and then puts it in the place of the
// book, if any. Nothing of the book is touched before the copy has proved itself.
func Restore(ctx context.Context, o Options, r Restoring) (*Restored, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if err := o.folder(); err != nil {
		return nil, err
	}
	data, err := filepath.Abs(o.Data) // a copy is opened beside the book, by a path of its own
	if err != nil {
		return nil, ErrNoFolder.Because(err, o.Data, reason.Of(err))
	}
	o.Data = data
	if err := belongs(r.Path, r.Key); err != nil {
		return nil, err
	}
	staged, err := backup.Stage(ctx, r.Path, backup.Target{Store: o.store(), Blobs: o.blobFolder()}, backup.Proof{Key: r.Key, Known: r.Known, Accept: r.Accept})
	if err != nil {
		return nil, err
	}
	b := book.New(staged.DB, Kinds(), book.Options{Clock: o.Clock, Random: rand.Reader, Trees: trees{}, Extras: extra.Source{}})
	tables, err := b.Replay(ctx)
	if err == nil && len(tables.Findings) > 0 {
		err = ErrCopyDiffers.With(tables.Findings[0])
	}
	if err == nil {
		err = makeReadable(ctx, staged.DB, b.Kinds())
	}
	if err != nil {
		if discarding := staged.Discard(ctx); discarding != nil {
			return nil, discarding
		}
		return nil, err
	}
	kept, err := staged.Replace(ctx)
	if err != nil {
		return nil, err
	}
	return &Restored{staged.Manifest, staged.Lost, kept}, o.keepPublicKey(r.Key)
}

// belongs refuses a key of another book: a copy in which nothing was sealed would not show it.
func belongs(path string, key journal.PublicKey) error {
	copied, err := backup.Open(path)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(key.Name(), "anlan/"+copied.Book.String()+"/") {
		err = ErrKeyOfAnother.With(key.Name(), copied.Book)
	}
	return errors.Join(err, copied.Close())
}

// keepPublicKey puts the key that the copy was proved by into a data folder that has none. The private key comes from
// where it was kept; until then nothing can be sealed.
func (o Options) keepPublicKey(key journal.PublicKey) error {
	path := filepath.Join(o.Data, "keys", "journal.pub")
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return ErrNoFolder.Because(err, path, reason.Of(err))
	}
	if err := os.WriteFile(path, []byte(key.File()), 0o644); err != nil {
		return ErrNoFolder.Because(err, path, reason.Of(err))
	}
	return nil
}
