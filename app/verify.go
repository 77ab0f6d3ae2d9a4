package app

import (
	"context"
	"errors"
	"strings"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

// ErrBasisRewritten says that what a publication rests on is not what it was.
var ErrBasisRewritten = fault.Define("app.basis_rewritten", fault.Broken,
	"日志位置%d公开的“%s”所依据的日志（第%d至%d条）与公开时不符：公开之后其间有改写",
	"the journal that %[2]q rests on, published at position %[1]d, is not what it was: something between entries %[3]d and %[4]d was changed since")

// Verified is what the proofs of a book gave.
type Verified struct {
	Tree      *journal.Verification
	Tables    book.Verification // the tables against the journal
	Postings  book.Verification // the figures against the records
	Files     book.Verification // the attachments against their hashes
	Published int               // publications whose basis was compared
	Basis     fault.List        // what was found of key and publications
}

// Findings are all that was found.
func (v *Verified) Findings() (out fault.List) {
	for _, l := range []fault.List{v.Tree.Findings, v.Basis, v.Tables.Findings, v.Postings.Findings, v.Files.Findings} {
		out = append(out, l...)
	}
	return out
}

// Verify runs the proofs of the house: the tree with its checkpoints, those that the book keeps and those known outside; the
// key and what the publications swear to; the tables against the journal row by row; the postings against the records; the
// attachments against their hashes. It reads everything.
func (a *App) Verify(ctx context.Context, known ...string) (*Verified, error) {
	key, err := a.PublicKey()
	if err != nil {
		return nil, err
	}
	v := &Verified{}
	err = a.DB.Read(ctx, func(tx *store.Tx) error { v.Tree, err = journal.VerifyTree(tx, key, known...); return err })
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(key.Name(), "anlan/"+v.Tree.Head.Book.String()+"/") {
		v.Basis = append(v.Basis, ErrForeignKey.With(a.from.publicKeyPath(), key.Name(), v.Tree.Head.Book))
	}
	if v.Tables, err = a.Book.Replay(ctx); err != nil {
		return nil, err
	}
	if v.Postings, err = a.Book.Repost(ctx); err != nil {
		if !errors.Is(err, book.ErrRowUnreadable) { // which Replay has told
			return nil, err
		}
		v.Postings = book.Verification{}
	}
	if v.Files, err = a.Book.Attached(ctx, a.Blobs.Verify); err != nil {
		return nil, err
	}
	err = a.verifyBasis(ctx, v)
	if kind, known := fault.KindOf(err); known && kind == fault.Broken && len(v.Findings()) > 0 {
		err = nil // what stands in the way of reading the publications is found already
	}
	return v, err
}

// verifyBasis compares the root that each publication has named, in the journal and to the world, with the tree as it is.
func (a *App) verifyBasis(ctx context.Context, v *Verified) error {
	reader := access.Actor{Name: "verify", Role: access.Administrator, Via: "verify"}
	return a.Book.Read(ctx, reader, 0, func(view *book.View) error {
		sound := journal.Position(0)
		return view.Each(book.Query{Kind: report.Kind.Code(), Withdrawn: true}, func(r any) error {
			p := r.(*report.Publication)
			root, err := journal.RootAt(view.Tx(), journal.Position(p.Position))
			if _, broken := fault.KindOf(err); broken {
				return nil // what the tree lacks is found already
			}
			if err != nil {
				return err
			}
			v.Published++
			if root.String() == p.Root {
				sound = max(sound, journal.Position(p.Position))
			} else {
				v.Basis = append(v.Basis, ErrBasisRewritten.With(p.Began, strings.ReplaceAll(p.Title, "\n", ""), int64(sound)+1, p.Position))
			}
			return nil
		})
	})
}
