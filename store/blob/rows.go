package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"anlan/store"
)

const pieceBytes = 1 << 20

// rows are blobs in the database, in pieces, so that neither side holds a whole one in memory.
type rows struct{ db *store.DB }

func (r rows) keep(ctx context.Context, ref Ref, path string) (err error) {
	spooled, err := os.Open(path)
	if err != nil {
		return fileFault(err)
	}
	defer func() { err = errors.Join(err, spooled.Close()) }()
	return r.db.InTx(ctx, func(tx *store.Tx) error {
		// Who comes second waits here for the first, and then finds that nothing is left to do.
		n, err := tx.Exec("INSERT INTO blob (sha256, size) VALUES (?, ?) ON CONFLICT DO NOTHING", ref.Sum, ref.Size)
		if err != nil || n == 0 {
			return err
		}
		return insertPieces(tx, ref.Sum, spooled)
	})
}

func insertPieces(tx *store.Tx, sum Sum, content io.Reader) error {
	var failed error
	_, err := tx.InsertRows("blob_piece", []string{"sha256", "piece", "content"}, func(yield func([]any) bool) {
		for i := int64(0); ; i++ {
			piece := make([]byte, pieceBytes)
			n, err := io.ReadFull(content, piece)
			if n > 0 && !yield([]any{sum[:], i, piece[:n]}) || err == io.EOF || err == io.ErrUnexpectedEOF {
				return
			}
			if err != nil {
				failed = fileFault(err)
				return
			}
		}
	})
	return errors.Join(failed, err)
}

func (r rows) open(ctx context.Context, sum Sum) (io.ReadCloser, error) {
	if _, found, err := r.find(ctx, sum); err != nil {
		return nil, err
	} else if !found {
		return nil, ErrNotFound.With(sum)
	}
	return &pieces{ctx: ctx, db: r.db, sum: sum}, nil
}

func (r rows) find(ctx context.Context, sum Sum) (ref Ref, found bool, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		ref.Sum = sum
		found, err = tx.QueryRow([]any{&ref.Size}, "SELECT size FROM blob WHERE sha256 = ?", sum)
		return err
	})
	return ref, found, err
}

const listedMax = 1000

func (r rows) each(ctx context.Context, do func(Ref) error) error {
	after := []byte{}
	for {
		var refs []Ref
		err := r.db.Read(ctx, func(tx *store.Tx) (err error) {
			refs, err = store.Select[Ref](tx, "SELECT sha256, size FROM blob WHERE sha256 > ? ORDER BY sha256 LIMIT ?", after, listedMax)
			return err
		})
		if err != nil || len(refs) == 0 {
			return err
		}
		for _, ref := range refs {
			if err := do(ref); err != nil {
				return err
			}
		}
		after = refs[len(refs)-1].Sum[:]
	}
}

// pieces reads a blob piece by piece, each in a transaction of its own: a blob never changes, and a slow reader holds
// no connection.
type pieces struct {
	ctx   context.Context
	db    *store.DB
	sum   Sum
	next  int64
	piece bytes.Reader
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.piece.Len() == 0 {
		var content []byte
		var found bool
		err := p.db.Read(p.ctx, func(tx *store.Tx) (err error) {
			found, err = tx.QueryRow([]any{&content}, "SELECT content FROM blob_piece WHERE sha256 = ? AND piece = ?", p.sum, p.next)
			return err
		})
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, io.EOF
		}
		p.next++
		p.piece.Reset(content)
	}
	return p.piece.Read(b)
}

func (p *pieces) Close() error { return nil }
