package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
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
	PDF        = "report.pdf" // where it could be made
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
		"“%s”里已有“%s”：公开的报告要写入新目录或空目录，请换一个目录", "%q already holds %q: a published report goes into a new or empty folder; choose another")
)

// FiguresFile is figures.json: every figure that the report prints, with the place where it stands.
type FiguresFile struct {
	Book     string            `json:"book"`
	Epoch    int64             `json:"epoch"`
	Position int64             `json:"position"`
	Root     string            `json:"root"`
	Figures  []document.Placed `json:"figures"`
}

// AttachmentName is the name of the files of attachment n, from 1, without their ending: attachment-1.
func AttachmentName(n int) string { return fmt.Sprintf("attachment-%d", n) }

// Render gives the files of a report by name: report.docx, report.html, figures.json, and of each attachment the Word file and
// the workbook. The same report gives the same bytes.
func (b *Built) Render() (map[string][]byte, error) {
	var docx, html bytes.Buffer
	if err := b.Document.RenderDOCX(&docx); err != nil {
		return nil, err
	}
	if err := b.Document.RenderHTML(&html); err != nil {
		return nil, err
	}
	files := map[string][]byte{DOCX: docx.Bytes(), HTML: html.Bytes()}
	figures := b.Document.Figures()
	for i := range b.Attachments {
		a, name := &b.Attachments[i], AttachmentName(i+1)
		var word, sheet bytes.Buffer
		if err := errors.Join(a.RenderDOCX(&word), a.RenderXLSX(&sheet)); err != nil {
			return nil, err
		}
		files[name+wordEnding], files[name+sheetEnding] = word.Bytes(), sheet.Bytes()
		for _, f := range a.Figures() {
			f.File = name
			figures = append(figures, f)
		}
	}
	basis := b.Document.Basis
	list, err := json.MarshalIndent(FiguresFile{basis.Book, int64(basis.Epoch), basis.Position, basis.Root, figures}, "", " ")
	if err != nil {
		return nil, err
	}
	files[Figures] = append(list, '\n')
	return files, nil
}

// The endings of the files of attachments.
const (
	wordEnding  = ".docx"
	sheetEnding = ".xlsx"
)

// Publisher is what publishing needs beside the report.
type Publisher struct {
	Book  *book.Book
	Actor access.Actor
	Key   *journal.Key
	Now   func() time.Time
}

// Publish writes the files of a report into a new or empty folder, applies the publication record, and puts beside them what
// proves it. files are what Render gave, and what was made of it (report.pdf). They are on the disk before the record is
// applied, and get their names after it; when anything fails, nothing stays in the folder, and a record that was applied
// is withdrawn with the reason. It gives the position of the publication. A report with an unexplained rest is refused:
// ErrUnexplained.
func (p Publisher) Publish(ctx context.Context, built *Built, files map[string][]byte, dir string) (at journal.Position, err error) {
	if err := built.Frozen(); err != nil {
		return 0, err
	}
	f, err := newFolder(dir)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			f.takeBack()
		}
	}()
	if err := f.prepare(files); err != nil {
		return 0, err
	}
	done, err := p.Book.Apply(ctx, p.Actor, []book.Change{{Kind: Kind.Code(), Action: access.Create, Record: publication(built, files)}})
	if err != nil {
		return 0, err
	}
	proofs, err := p.prove(ctx, journal.Position(built.Subject.Basis.Position), done[0].Position)
	if err == nil {
		err = f.prepare(proofs)
	}
	if err == nil {
		err = f.show()
	}
	if err != nil {
		return 0, p.withdraw(ctx, done[0], err)
	}
	return done[0].Position, nil
}

// Frozen says what forbids the report to be published as it stands: ErrUnexplained for each line of the final accounts that
// does not follow from its vouchers.
func (b *Built) Frozen() error {
	var l fault.List
	for _, r := range b.Rests {
		l = append(l, ErrUnexplained.With(r.Line, signed(r.Final), signed(r.Records), signed(r.Reconciled), signed(r.Yuan)))
	}
	return l.Err()
}

// withdraw says in the book that a publication did not come about. It is done even when the user has interrupted.
func (p Publisher) withdraw(ctx context.Context, d book.Done, why error) error {
	_, err := p.Book.Apply(context.WithoutCancel(ctx), p.Actor, []book.Change{{Kind: Kind.Code(), ID: d.ID, Expect: d.Version, Action: access.Withdraw, Reason: "公开文件没有写成"}})
	if err != nil {
		return fmt.Errorf("%w (and the publication at position %d could not be withdrawn: %w)", why, d.Position, err)
	}
	return why
}

func publication(built *Built, files map[string][]byte) *Publication {
	s := built.Subject
	r := &Publication{Head: record.Head{Unit: s.Unit}, Title: built.Document.OneLineTitle(), Period: s.Period.String(), Subject: s.Unit,
		Position: s.Basis.Position, Root: s.Basis.Root}
	for name, content := range files {
		sum := sha256.Sum256(content)
		r.Files = append(r.Files, PublishedFile{name, hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(r.Files, func(a, b PublishedFile) int { return strings.Compare(a.Name, b.Name) })
	return r
}

// prove makes checkpoint, proof and public key.
func (p Publisher) prove(ctx context.Context, asOf, entry journal.Position) (map[string][]byte, error) {
	var note string
	files := map[string][]byte{}
	err := p.Book.DB().InTx(ctx, func(tx *store.Tx) (err error) { note, err = journal.Seal(tx, p.Key, p.Now()); return err })
	if err != nil {
		return nil, err
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
	files[Checkpoint], files[PublicKey] = []byte(note), []byte(p.Key.Public().File())
	return files, err
}
