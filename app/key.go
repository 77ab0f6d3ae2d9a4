package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/seal"
)

// Faults of keys.
var (
	ErrKeyExists = fault.Define("app.key_exists", fault.Conflict,
		"“%s”已有另一账册的签名密钥，不会覆盖；请用 --data 另指定一个目录", "%q already holds the signing key of another book, which is not overwritten; name another folder by --data")
	ErrForeignKey = fault.Define("app.foreign_key", fault.Conflict,
		"密钥文件“%s”是另一账册的（%s），不是账册%s的，不能用来签名", "the key file %q is that of another book (%s), not of %s, and does not sign for it")
	ErrRetiredKey = fault.Define("app.retired_key", fault.Conflict,
		"密钥文件“%s”已在日志位置%d被更换，不能再用来签名；更换中断过的，请再运行 anlan journal key rotate", "the key file %q was replaced at position %d and signs nothing more; if the replacement was broken off, run anlan journal key rotate again")
	ErrKeyPresent = fault.Define("app.key_present", fault.Conflict,
		"密钥文件“%s”还在，并未遗失：请不带 --declare-lost 更换", "the key file %q is there and not lost: rotate without --declare-lost")
	ErrSealingKey = fault.Define("app.sealing_key", fault.Unable,
		"不能使用封存密钥文件“%s”：%s；它保护动态口令和回调的密钥，没有它时自动建立", "the key file for sealing, %q, cannot be used: %s; it guards the secrets of second factors and of webhooks, and is made where there is none")
	ErrKey = fault.Define("app.key", fault.Unable,
		"不能使用密钥文件“%s”：%s；密钥在 anlan init 时建立，请从备份取回；确已遗失的，用 anlan journal key rotate --declare-lost", "the key file %q cannot be used: %s; anlan init made it: bring it back from a backup, or if it is lost run anlan journal key rotate --declare-lost")
)

func (o Options) keyFolder() string     { return filepath.Join(o.Data, "keys") }
func (o Options) keyPath() string       { return filepath.Join(o.keyFolder(), "journal.key") }
func (o Options) nextKeyPath() string   { return filepath.Join(o.keyFolder(), "journal.key.next") }
func (o Options) publicKeyPath() string { return filepath.Join(o.keyFolder(), "journal.pub") }

// sealingKey is the key of this machine by which the sign-in keeps what it must read again; it is made at first need. Fault: ErrSealingKey.
func (o Options) sealingKey() (seal.Key, error) {
	path := filepath.Join(o.keyFolder(), "sign-in.key")
	if err := os.MkdirAll(o.keyFolder(), 0o700); err != nil {
		return seal.Key{}, ErrSealingKey.Because(err, path, reason.Of(err))
	}
	k, err := seal.Load(rand.Reader, path)
	if err != nil {
		return k, ErrSealingKey.Because(err, path, reason.Of(err))
	}
	return k, nil
}

// KeyFolder is where the signing key is.
func (a *App) KeyFolder() string { return a.from.keyFolder() }

// Key is the key that signs for the journal now; it knows the keys before it. Faults: ErrKey, ErrForeignKey, ErrRetiredKey.
func (a *App) Key(ctx context.Context) (*journal.Key, error) {
	k, changes, err := a.key(ctx, a.from.keyPath())
	if err != nil {
		return nil, err
	}
	for _, r := range changes {
		if r.From == k.Public().String() {
			return nil, ErrRetiredKey.With(a.from.keyPath(), int64(r.Position))
		}
	}
	return k.Following(changes...), nil
}

// key reads a key of this book from a file, and the book's changes of key.
func (a *App) key(ctx context.Context, path string) (*journal.Key, []journal.Rotation, error) {
	k, err := journal.LoadKey(path)
	if err != nil {
		return nil, nil, a.keyFault(err, path)
	}
	var head journal.Head
	var changes []journal.Rotation
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if head, err = journal.HeadOf(tx); err == nil {
			changes, err = journal.Rotations(tx)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if !strings.HasPrefix(k.Name(), "anlan/"+head.Book.String()+"/") {
		return nil, nil, ErrForeignKey.With(path, k.Name(), head.Book)
	}
	return k, changes, nil
}

// PublicKey is what signatures of this book are verified with: the key of the data folder, with the changes of key that
// its file holds.
func (a *App) PublicKey() (journal.PublicKey, error) {
	text, err := os.ReadFile(a.from.publicKeyPath())
	if err != nil {
		return journal.PublicKey{}, a.keyFault(err, a.from.publicKeyPath())
	}
	k, err := journal.ParsePublicKey(string(text))
	if err != nil {
		return k, fault.At(err, fault.Where{File: a.from.publicKeyPath()})
	}
	return k, nil
}

// keyFault says of a key file what the system said; what is a fault already stays so.
func (a *App) keyFault(err error, path string) error {
	if _, known := fault.KindOf(err); known {
		return err
	}
	return ErrKey.Because(err, path, reason.Of(err))
}

// Rotating says how the signing key is changed.
type Rotating struct {
	Lost   bool   // the private key is lost: the old key does not sign the change
	Reason string // for the journal
}

// Rotate makes a new signing key and lets it sign in place of the old one from the next entry on. The old private key is
// overwritten when the new one stands in the journal; a change that was broken off between the two is finished. Of a lost
// key the public half must be there, so that the journal can say which.
func (a *App) Rotate(ctx context.Context, actor access.Actor, q Rotating) (journal.Rotation, error) {
	if err := actor.Allow(access.Edit, "key", lang.Of("签名密钥", "signing key")); err != nil {
		return journal.Rotation{}, err
	}
	if r, done, err := a.finishRotation(ctx); err != nil || done {
		return r, err
	}
	from, err := a.PublicKey()
	if err != nil {
		return journal.Rotation{}, err
	}
	var old *journal.Key
	if q.Lost {
		if _, err := os.Lstat(a.from.keyPath()); err == nil {
			return journal.Rotation{}, ErrKeyPresent.With(a.from.keyPath())
		}
	} else if old, err = a.Key(ctx); err != nil {
		return journal.Rotation{}, err
	} else {
		from = old.Public()
	}
	head, err := a.Book.Head(ctx)
	if err != nil {
		return journal.Rotation{}, err
	}
	next, err := journal.NewKey(rand.Reader, head.Origin())
	if err != nil {
		return journal.Rotation{}, err
	}
	if err := next.Save(a.from.nextKeyPath()); err != nil {
		return journal.Rotation{}, a.keyFault(err, a.from.nextKeyPath())
	}
	err = a.DB.InTx(ctx, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(a.Clock().Now())
		if _, err := w.Rotate(from, old, next, actor.Name, q.Reason); err != nil {
			return err
		}
		return w.Flush()
	})
	if err != nil {
		return journal.Rotation{}, errors.Join(err, os.Remove(a.from.nextKeyPath()))
	}
	r, _, err := a.finishRotation(ctx)
	return r, err
}

// finishRotation puts a new key that stands in the journal in the place of the old one; one that never got there is taken
// away. done is false when there was none to finish.
func (a *App) finishRotation(ctx context.Context) (r journal.Rotation, done bool, err error) {
	if _, err := os.Lstat(a.from.nextKeyPath()); errors.Is(err, fs.ErrNotExist) {
		return r, false, nil
	}
	next, changes, err := a.key(ctx, a.from.nextKeyPath())
	if err != nil {
		return r, false, err
	}
	if n := len(changes); n == 0 || changes[n-1].To != next.Public().String() {
		return r, false, os.Remove(a.from.nextKeyPath())
	}
	if err := os.Rename(a.from.nextKeyPath(), a.from.keyPath()); err != nil {
		return r, false, a.keyFault(err, a.from.keyPath())
	}
	return changes[len(changes)-1], true, a.writePublicKey(next.Following(changes...).Public())
}

// writePublicKey puts the public key in its place, whole or not at all.
func (a *App) writePublicKey(k journal.PublicKey) error {
	part := a.from.publicKeyPath() + ".part"
	err := os.WriteFile(part, []byte(k.File()), 0o644)
	if err == nil {
		err = os.Rename(part, a.from.publicKeyPath())
	}
	if err == nil {
		err = store.SyncFolder(a.from.keyFolder())
	}
	if err != nil {
		return a.keyFault(err, a.from.publicKeyPath())
	}
	return nil
}
