package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/journal"
)

// ErrBasisRewritten says that what a publication rests on is not what it was.
var ErrBasisRewritten = fault.Define("app.basis_rewritten", fault.Broken,
	"日志位置%d公开的“%s”所依据的日志（第%d至%d条）与公开时不符：公开之后其间有改写",
	"the journal that %[2]q rests on, published at position %[1]d, is not what it was: something between entries %[3]d and %[4]d was changed since")

// What else stands in the database, or no longer does.
var (
	// ErrAdded names what the program never makes: it may alter what is written, or show what is not there.
	ErrAdded = fault.Define("app.added_to_database", fault.Broken,
		"数据库里有账册没有建立的%s“%s”（在%s上）：它可能改动写入的内容，或让查询的人看到别的内容", "the database holds a %s %q (on %s) that the book did not make: it may alter what is written, or show others something else")
	// ErrViewAltered is of a view for auditors that the program makes, and that shows something else or is gone.
	ErrViewAltered = fault.Define("app.view_altered", fault.Broken,
		"供审计查询的视图“%s”显示的不是账册里的内容，或者不见了：它被改动过；若是升级程序以后还没有运行 anlan migrate，请先运行它再核验",
		"the view %q for auditors shows something else than the book has, or is gone: it was altered; after an upgrade of the program run anlan migrate first, and verify again")
	// ErrPublishedAltered and ErrPublishedGone are of the files of a publication that the book keeps, which the public is given.
	ErrPublishedAltered = fault.Define("app.published_altered", fault.Broken,
		"日志位置%d公开的“%s”：账册保存的公开文件“%s”（%s）内容被改动或损坏", "%[2]q, published at position %[1]d: the file %[3]q (%[4]s) that the book keeps was altered or is damaged")
	ErrPublishedGone = fault.Define("app.published_gone", fault.Broken,
		"日志位置%d公开的“%s”：账册保存的公开文件“%s”（%s）不见了", "%[2]q, published at position %[1]d: the file %[3]q (%[4]s) that the book keeps is gone")
	// ErrCheckpointGone: a report is never published without a checkpoint behind it.
	ErrCheckpointGone = fault.Define("app.checkpoint_gone", fault.Broken,
		"日志位置%d公开了报告，公开时必有封存点，账册里却没有这以后的封存点：封存点被删除", "a report was published at position %d, for which there was a checkpoint; the book keeps none from then on: checkpoints were deleted")
	// ErrCheckpointsFewer: a publication says how many there were before it.
	ErrCheckpointsFewer = fault.Define("app.checkpoints_fewer", fault.Broken,
		"日志位置%d公开报告时，账册保存着%d个更早的封存点，现在只有%d个：封存点被删除", "when a report was published at position %d, the book kept %d earlier checkpoints, and now has %d of them: checkpoints were deleted")
)

// Verified is what the proofs of a book gave.
type Verified struct {
	Tree      *journal.Verification
	Tables    book.Verification // the tables against the journal
	Postings  book.Verification // the figures against the records
	Files     book.Verification // the attachments, and the files of publications, against their hashes
	Published int               // publications whose basis was compared
	Basis     fault.List        // what was found of key and publications, and by the database of itself
}

// Findings are all that was found.
func (v *Verified) Findings() (out fault.List) {
	for _, l := range []fault.List{v.Tree.Findings, v.Basis, v.Tables.Findings, v.Postings.Findings, v.Files.Findings} {
		out = append(out, l...)
	}
	return out
}

// addedTo finds what somebody has put into the database beside the tables, and views of the book that show something else.
func (a *App) addedTo(tx *store.Tx, v *Verified) error {
	added, err := store.AddedTo(tx)
	if err != nil {
		return err
	}
	own := record.ReadableViews(a.Book.Kinds())
	for _, x := range added {
		if x.Name != x.On || !slices.ContainsFunc(own, func(v record.View) bool { return v.Name == x.Name }) {
			v.Basis = append(v.Basis, ErrAdded.With(x.Sort, x.Name, x.On))
		}
	}
	for _, view := range own {
		same, err := store.ShowsAs(tx, view.Name, view.SQL, view.Columns)
		if err != nil {
			return err
		}
		if !same {
			v.Basis = append(v.Basis, ErrViewAltered.With(view.Name))
		}
	}
	return nil
}

// Verify runs the proofs of the house: the database's own tables against their indexes; the tree with its checkpoints, those that the book keeps and those known outside; the
// key and what the publications swear to; the tables against the journal row by row; the postings against the records; the
// attachments and the files of publications against their hashes. It reads everything.
func (a *App) Verify(ctx context.Context, known ...string) (*Verified, error) {
	key, err := a.PublicKey()
	if err != nil {
		return nil, err
	}
	v := &Verified{}
	if v.Basis, err = a.DB.Integrity(ctx); err != nil { // an index that leads past records makes figures smaller, and no row is altered
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		err := a.addedTo(tx, v)
		if err == nil {
			v.Tree, err = journal.VerifyTree(tx, key, known...)
		}
		return err
	})
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
	var stand []*report.Publication
	err := a.Book.Read(ctx, reader, 0, func(view *book.View) error {
		sound, newest := journal.Position(0), journal.Position(0)
		err := view.Each(book.Query{Kind: report.Kind.Code(), Withdrawn: true}, func(r any) error {
			p := r.(*report.Publication)
			if report.Kind.Head(r).State != record.Withdrawn { // one that did not come about may have been sealed or not
				newest = max(newest, journal.Position(p.Began))
				stand = append(stand, p)
			}
			if err := fewer(view.Tx(), p, v); err != nil {
				return err
			}
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
		if err != nil || newest == 0 {
			return err
		}
		kept, err := journal.SealedFrom(view.Tx(), newest)
		if err == nil && !kept {
			v.Basis = append(v.Basis, ErrCheckpointGone.With(int64(newest)))
		}
		return err
	})
	if err != nil {
		return err
	}
	return a.verifyPublished(ctx, stand, v)
}

// fewer finds checkpoints that are gone since a publication counted them.
func fewer(tx *store.Tx, p *report.Publication, v *Verified) error {
	if !p.Sealed.OK {
		return nil
	}
	n, err := journal.SealedBefore(tx, journal.Position(p.Position))
	if err == nil && n < p.Sealed.V {
		v.Basis = append(v.Basis, ErrCheckpointsFewer.With(p.Began, p.Sealed.V, n))
	}
	return err
}

// verifyPublished reads the files that the book keeps of each publication, each content once, and compares them with the hashes
// that the publication names.
func (a *App) verifyPublished(ctx context.Context, stand []*report.Publication, v *Verified) error {
	read := map[blob.Sum]bool{}
	for _, p := range stand {
		for _, f := range p.Files {
			sum, err := blob.ParseSum(f.SHA256)
			if err != nil {
				return err
			}
			if read[sum] {
				continue
			}
			read[sum] = true
			v.Files.Files++
			declared := ErrPublishedAltered
			switch err = a.Blobs.Verify(ctx, sum); {
			case err == nil:
				continue
			case errors.Is(err, blob.ErrNotFound):
				declared = ErrPublishedGone
			case !errors.Is(err, blob.ErrTampered):
				return err
			}
			v.Files.Findings = append(v.Files.Findings, declared.Because(err, p.Began, strings.ReplaceAll(p.Title, "\n", ""), f.Name, sum))
		}
	}
	return nil
}
