package app

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/blob"
	"anlan/store/journal"
)

// Faults of published reports.
var (
	ErrNotPublished = fault.Define("app.not_published", fault.NotFound,
		"日志位置%d没有公开报告", "no report was published at position %d")
	ErrFileNotKept = fault.Define("app.file_not_kept", fault.NotFound,
		"账册里没有保存这份报告的“%s”：它由较早的程序公开，请向公开单位索取", "the book does not keep %q of this report, which an earlier program published; ask the office that published it")
)

// Publications are the reports that were published and not withdrawn, the newest first.
func (a *App) Publications(ctx context.Context, actor access.Actor) (out []*report.Publication, err error) {
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Each(book.Query{Kind: report.Kind.Code(), Down: true}, func(r any) error { out = append(out, r.(*report.Publication)); return nil })
	})
	return out, err
}

// Publication is the report that was published at a position. Fault: ErrNotPublished.
func (a *App) Publication(ctx context.Context, actor access.Actor, at journal.Position) (*report.Publication, error) {
	all, err := a.Publications(ctx, actor)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(p *report.Publication) bool { return p.Began == int64(at) })
	if i < 0 {
		return nil, ErrNotPublished.With(int64(at))
	}
	return all[i], nil
}

// PublishedFile opens a file of a publication, byte for byte as it was published: it is found by the hash in the publication's
// record, and what does not have that hash is not given. Fault: ErrFileNotKept.
func (a *App) PublishedFile(ctx context.Context, p *report.Publication, name string) (io.ReadCloser, error) {
	for _, f := range p.Files {
		if f.Name != name {
			continue
		}
		sum, err := blob.ParseSum(f.SHA256)
		if err != nil {
			return nil, err
		}
		kept, err := a.Blobs.Has(ctx, sum)
		if err != nil {
			return nil, err
		}
		if !kept {
			break
		}
		return a.Blobs.Open(ctx, sum)
	}
	return nil, ErrFileNotKept.With(name)
}

// PublishedFigures are the figures of a publication, as its figures.json says.
func (a *App) PublishedFigures(ctx context.Context, p *report.Publication) ([]document.Placed, error) {
	f, err := a.PublishedFile(ctx, p, report.Figures)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in struct {
		Figures []document.Placed `json:"figures"`
	}
	return in.Figures, json.NewDecoder(f).Decode(&in)
}

// WritePublished writes a publication as one archive: its files, and the proof of today that they are what was published.
func (a *App) WritePublished(ctx context.Context, p *report.Publication, w io.Writer) error {
	z := zip.NewWriter(w)
	if err := a.AddPublished(ctx, p, z, ""); err != nil {
		return err
	}
	return z.Close()
}

// AddPublished writes a publication into a folder of an archive, as WritePublished does; folder ends in a slash, or is empty.
func (a *App) AddPublished(ctx context.Context, p *report.Publication, z *zip.Writer, folder string) error {
	key, err := a.Key(ctx)
	if err != nil {
		return err
	}
	proofs, err := report.Publisher{Book: a.Book, Key: key, Now: a.Clock().Now}.Prove(ctx, journal.Position(p.Position), journal.Position(p.Began))
	if err != nil {
		return err
	}
	for _, f := range p.Files {
		content, err := a.PublishedFile(ctx, p, f.Name)
		if err != nil {
			return err
		}
		out, err := z.Create(folder + f.Name)
		if err == nil {
			_, err = io.Copy(out, content)
		}
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	for _, name := range []string{report.Checkpoint, report.Proof, report.PublicKey} {
		out, err := z.Create(folder + name)
		if err == nil {
			_, err = io.Copy(out, strings.NewReader(string(proofs[name])))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
