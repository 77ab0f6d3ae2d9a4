package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

// Names of the files of a published report.
const (
	DOCX       = "report.docx"
	HTML       = "report.html"
	Figures    = "figures.json"
	Checkpoint = "checkpoint"
	Proof      = "proof.json"
	PublicKey  = "key.pub"
)

// Faults of writing.
var (
	ErrFolder = fault.Define("report.folder", fault.Unable,
		"不能写入“%s”：%s", "%q cannot be written: %s")
	ErrFolderInUse = fault.Define("report.folder_in_use", fault.Conflict,
		"“%s”里已有文件“%s”，请换一个目录，已公开的文件不会被覆盖", "%q already holds %q; choose another folder: published files are not overwritten")
)

// FiguresFile is figures.json: every figure that the report prints, with the place where it stands.
type FiguresFile struct {
	Book     string            `json:"book"`
	Epoch    int64             `json:"epoch"`
	Position int64             `json:"position"`
	Root     string            `json:"root"`
	Figures  []document.Placed `json:"figures"`
}

// Render gives the files of a report by name: report.docx, report.html, figures.json. The same report gives the same bytes.
func (b *Built) Render() (map[string][]byte, error) {
	var docx, html bytes.Buffer
	if err := b.Document.RenderDOCX(&docx); err != nil {
		return nil, err
	}
	if err := b.Document.RenderHTML(&html); err != nil {
		return nil, err
	}
	basis := b.Document.Basis
	figures, err := json.MarshalIndent(FiguresFile{basis.Book, int64(basis.Epoch), basis.Position, basis.Root, b.Document.Figures()}, "", " ")
	if err != nil {
		return nil, err
	}
	return map[string][]byte{DOCX: docx.Bytes(), HTML: html.Bytes(), Figures: append(figures, '\n')}, nil
}

// Publisher is what publishing needs beside the report.
type Publisher struct {
	Book  *book.Book
	Actor access.Actor
	Key   *journal.Key
	Now   func() time.Time
}

// Publish writes the files into a new or empty folder, applies the publication record, and puts beside them what proves
// it. Nothing stays in the folder when it fails.
func (p Publisher) Publish(ctx context.Context, built *Built, dir string) (err error) {
	files, err := built.Render()
	if err != nil {
		return err
	}
	if err := emptyFolder(dir, files); err != nil {
		return err
	}
	done, err := p.Book.Apply(ctx, p.Actor, []book.Change{{Kind: Kind.Code(), Action: access.Create, Record: publication(built, files)}})
	if err != nil {
		return err
	}
	if err := p.prove(ctx, journal.Position(built.Subject.Basis.Position), done[0].Position, files); err != nil {
		return err
	}
	return writeAll(dir, files)
}

func publication(built *Built, files map[string][]byte) *Publication {
	s := built.Subject
	r := &Publication{Head: record.Head{Unit: s.Unit}, Title: built.Document.Title, Period: s.Period.String(), Subject: s.Unit,
		Position: s.Basis.Position, Root: s.Basis.Root}
	for name, content := range files {
		sum := sha256.Sum256(content)
		r.Files = append(r.Files, PublishedFile{name, hex.EncodeToString(sum[:])})
	}
	sort.Slice(r.Files, func(i, j int) bool { return r.Files[i].Name < r.Files[j].Name })
	return r
}

// prove adds checkpoint, proof and public key to files.
func (p Publisher) prove(ctx context.Context, asOf, entry journal.Position, files map[string][]byte) error {
	var note string
	err := p.Book.DB().InTx(ctx, func(tx *store.Tx) (err error) { note, err = journal.Seal(tx, p.Key, p.Now()); return err })
	if err != nil {
		return err
	}
	err = p.Book.DB().Read(ctx, func(tx *store.Tx) error {
		c, err := p.Key.Public().Open(note)
		if err != nil {
			return err
		}
		stored, err := journal.EntryAt(tx, entry)
		if err != nil {
			return err
		}
		proof := ProofFile{Entry: string(stored.Body), Position: int64(entry)}
		if proof.Inclusion, err = journal.ProveInclusion(tx, entry, c.Size); err != nil {
			return err
		}
		if proof.Consistency, err = journal.ProveConsistency(tx, asOf, c.Size); err != nil {
			return err
		}
		files[Proof], err = json.MarshalIndent(proof, "", " ")
		return err
	})
	files[Checkpoint], files[PublicKey] = []byte(note), []byte(p.Key.Public().String()+"\n")
	return err
}

// emptyFolder makes the folder; one that holds any of the files already is refused.
func emptyFolder(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return ErrFolder.Because(err, dir, err)
	}
	for _, name := range append(names(files), Checkpoint, Proof, PublicKey) {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return ErrFolderInUse.With(dir, name)
		}
	}
	return nil
}

// writeAll writes the files, each under a name of its own until it is whole; a failure takes back what was written.
func writeAll(dir string, files map[string][]byte) (err error) {
	var written []string
	defer func() {
		if err == nil {
			return
		}
		for _, path := range written {
			os.Remove(path)
		}
	}()
	for _, name := range names(files) {
		path := filepath.Join(dir, name)
		if err := writeWhole(path, files[name]); err != nil {
			return ErrFolder.Because(err, dir, err)
		}
		written = append(written, path)
	}
	return nil
}

func writeWhole(path string, content []byte) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part)
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func names(files map[string][]byte) []string {
	out := make([]string, 0, len(files))
	for name := range files {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}
