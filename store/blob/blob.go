package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"

	"anlan/ground/fault"
	"anlan/store"
)

// SizeMax is the largest blob, in bytes.
const SizeMax = 512 << 20

// Faults of this package.
var (
	ErrTooLarge = fault.Define("blob.too_large", fault.TooLarge,
		"附件超过 %d MiB 的上限", "the attachment is over the limit of %d MiB")
	ErrNotFound = fault.Define("blob.not_found", fault.NotFound,
		"没有散列为 %s 的附件", "there is no attachment with the hash %s")
	ErrTampered = fault.Define("blob.tampered", fault.Broken,
		"附件 %s 的内容已被改动或损坏", "the content of the attachment %s was tampered with or is damaged")
	ErrNotASum = fault.Define("blob.not_a_sum", fault.Invalid,
		"“%s”不是附件的散列（应为 64 位十六进制）", "%q is not the hash of an attachment (expected 64 hexadecimal digits)")
)

// Sum is the SHA-256 of a blob's content. Its text is lower-case hexadecimal, as sha256sum prints it.
type Sum [sha256.Size]byte

// String is the hexadecimal form.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText is the hexadecimal form, for JSON.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the hexadecimal form.
func (s *Sum) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSum(string(text))
	return err
}

// ParseSum reads the hexadecimal form; the inverse of String. Fault: ErrNotASum.
func ParseSum(text string) (s Sum, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(s) || hex.EncodeToString(b) != text {
		return s, ErrNotASum.With(text)
	}
	return Sum(b), nil
}

// Ref names a blob.
type Ref struct {
	Sum  Sum   `db:"sha256" json:"sha256"`
	Size int64 `db:"size" json:"size"`
}

// Blobs is the place where the blobs of a book are. It is safe for concurrent use.
type Blobs struct {
	place place
	spool string // folder of what is being written
}

// place is where finished blobs stand: files or rows.
type place interface {
	// keep takes over the content in a file, which it may move away; it is durable when keep returns.
	keep(ctx context.Context, ref Ref, path string) error
	open(ctx context.Context, sum Sum) (io.ReadCloser, error)
	find(ctx context.Context, sum Sum) (Ref, bool, error)
	each(ctx context.Context, do func(Ref) error) error
}

// New gives the blobs of a book. dir is a folder for this purpose alone, made when it is missing: with SQLite it holds
// the blobs, with PostgreSQL only what is being uploaded.
func New(db *store.DB, dir string) (*Blobs, error) {
	b := &Blobs{spool: dir}
	if db.Dialect() == store.PostgreSQL {
		b.place = rows{db}
	} else {
		b.place = files{dir}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, store.ErrCannotOpen.Because(err, dir)
	}
	return b, nil
}

// Put stores a content and returns once it is durable. The same content again is the same blob.
// Faults: ErrTooLarge; store.ErrDiskFull and the like.
func (b *Blobs) Put(ctx context.Context, r io.Reader) (Ref, error) {
	return b.PutIf(ctx, r, func(io.Reader) error { return nil })
}

// PutIf is Put of a content that look, which is given all of it first, says nothing against; otherwise nothing of it stays.
func (b *Blobs) PutIf(ctx context.Context, r io.Reader, look func(io.Reader) error) (ref Ref, err error) {
	ref, path, err := b.receive(ctx, r)
	if path != "" {
		defer func() {
			if e := os.Remove(path); err == nil && e != nil && !errors.Is(e, os.ErrNotExist) {
				err = fileFault(e)
			}
		}()
	}
	if err != nil {
		return Ref{}, err
	}
	if err := looked(path, look); err != nil {
		return Ref{}, err
	}
	if _, found, err := b.place.find(ctx, ref.Sum); err != nil || found {
		return ref, err
	}
	return ref, b.place.keep(ctx, ref, path)
}

// looked lets somebody read what was received.
func looked(path string, look func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fileFault(err)
	}
	return errors.Join(look(f), f.Close())
}

// receive writes a content beside the blobs, on the disk, and says what it is. The file is there when path is not empty.
func (b *Blobs) receive(ctx context.Context, r io.Reader) (ref Ref, path string, err error) {
	f, err := os.CreateTemp(b.spool, "incoming-*")
	if err != nil {
		return Ref{}, "", fileFault(err)
	}
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = fileFault(e)
		}
	}()
	h := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, h), io.LimitReader(&watched{ctx, r}, SizeMax+1))
	if err != nil {
		return Ref{}, f.Name(), fileFault(err)
	}
	if size > SizeMax {
		return Ref{}, f.Name(), ErrTooLarge.With(SizeMax >> 20)
	}
	if err := f.Sync(); err != nil {
		return Ref{}, f.Name(), fileFault(err)
	}
	return Ref{Sum(h.Sum(nil)), size}, f.Name(), nil
}

// Open reads a blob. When the content is not what its hash says, the Read that would end it gives ErrTampered instead
// of io.EOF, so nothing is complete that was altered. Fault: ErrNotFound.
func (b *Blobs) Open(ctx context.Context, sum Sum) (io.ReadCloser, error) {
	r, err := b.place.open(ctx, sum)
	if err != nil {
		return nil, err
	}
	return &checked{r, sum, sha256.New()}, nil
}

// Has says whether there is such a blob. It does not look at the content.
func (b *Blobs) Has(ctx context.Context, sum Sum) (bool, error) {
	_, found, err := b.place.find(ctx, sum)
	return found, err
}

// Each walks over all blobs in the order of their hashes.
func (b *Blobs) Each(ctx context.Context, do func(Ref) error) error { return b.place.each(ctx, do) }

// Verify reads a blob to its end. Faults: ErrNotFound, ErrTampered.
func (b *Blobs) Verify(ctx context.Context, sum Sum) (err error) {
	r, err := b.Open(ctx, sum)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	_, err = io.Copy(io.Discard, r)
	return err
}

// checked compares the hash at the end of the content.
type checked struct {
	io.ReadCloser
	sum  Sum
	hash hash.Hash
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.hash.Write(p[:n])
	if err == io.EOF && Sum(c.hash.Sum(nil)) != c.sum {
		return n, ErrTampered.With(c.sum)
	}
	return n, err
}

// watched ends reading when the use is cancelled.
type watched struct {
	ctx context.Context
	r   io.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}
