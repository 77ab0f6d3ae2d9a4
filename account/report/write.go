package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"anlan/account/evaluation"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/blob"
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
	Scorings []Scoring         `json:"scorings,omitempty"`
	Figures  []document.Placed `json:"figures"`
}

// Scoring is by what the scores of an evaluation were given: the text of its scheme (evaluation.Scheme.Scoring) under the command that
// gives them again, by which the figures name it.
type Scoring struct {
	Recompute string        `json:"recompute"`
	Text      string        `json:"text"`
	Lines     []ScoringLine `json:"lines,omitempty"`
}

// ScoringLine is a line of the scheme as arithmetic, for whoever gives its score again without reading its words: verify.html. It follows
// from the text.
type ScoringLine struct {
	Name   string `json:"name"`
	Points string `json:"points"`
	Rule   string `json:"rule,omitempty"`      // evaluation.Line.Settled; empty: people judge it
	Bare   string `json:"bare,omitempty"`      // the unit in which a number without one is meant
	Rate   bool   `json:"execution,omitempty"` // that of the execution rate, which stands apart
}

// scoringLines are the lines of the scheme that a text says.
func scoringLines(s *evaluation.Scheme) (out []ScoringLine) {
	for _, l := range s.Lines {
		settled, bare := l.Settled()
		out = append(out, ScoringLine{l.Level3, scoreText(l.Full()), settled, bare, l.Indicator == evaluation.Executing})
	}
	return out
}

// AttachmentName is the name of the files of attachment n, from 1, without their ending: attachment-1.
func AttachmentName(n int) string { return fmt.Sprintf("attachment-%d", n) }

// Render gives the files of a report by name: report.docx, report.html, figures.json, of each attachment the Word file and the
// workbook, and of one that is published the sets of records and the page that verifies. The same report gives the same bytes.
func (b *Built) Render() (map[string][]byte, error) {
	var docx, html bytes.Buffer
	if err := b.Document.RenderDOCX(&docx); err != nil {
		return nil, err
	}
	if err := b.Document.RenderHTML(&html); err != nil {
		return nil, err
	}
	files := map[string][]byte{DOCX: docx.Bytes(), HTML: html.Bytes()}
	for i := range b.Attachments {
		a, name := &b.Attachments[i], AttachmentName(i+1)
		var word, sheet bytes.Buffer
		if err := errors.Join(a.RenderDOCX(&word), a.RenderXLSX(&sheet)); err != nil {
			return nil, err
		}
		files[name+wordEnding], files[name+sheetEnding] = word.Bytes(), sheet.Bytes()
	}
	basis := b.Document.Basis
	list, err := json.MarshalIndent(FiguresFile{basis.Book, int64(basis.Epoch), basis.Position, basis.Root, b.scorings(), b.Figures()}, "", " ")
	if err != nil {
		return nil, err
	}
	files[Figures] = append(list, '\n')
	if b.Sets != nil {
		sets, err := b.Sets.render(basis, b.Computed)
		if err != nil {
			return nil, err
		}
		maps.Copy(files, sets)
		if files[VerifyPage], err = verifyPage(); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// scorings are those that a printed score names.
func (b *Built) scorings() (out []Scoring) {
	figures := b.Figures()
	for _, s := range b.Scorings {
		if slices.ContainsFunc(figures, func(f document.Placed) bool {
			return f.Source == evaluationSource && f.Code != "" && f.Recompute == s.Recompute
		}) {
			out = append(out, s)
		}
	}
	return out
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
	Blobs *blob.Blobs // keep each published file by its hash, for the public to be given; Prove needs none
	Key   *journal.Key
	Now   func() time.Time
}

// Publish writes the files of a report into a new or empty folder, applies the publication record, and puts beside them what
// proves it. files are what Render gave, and what was made of it (report.pdf). They are on the disk before the record is
// applied, and get their names after it; when anything fails, nothing stays in the folder, and a record that was applied
// is withdrawn with the reason. A report that is not Frozen is refused.
//
// A report that has been published as of this position is not published again: its files are written once more, if they are the
// same to the byte, with the proof of that publication. A PDF is not: no two are the same.
func (p Publisher) Publish(ctx context.Context, built *Built, files map[string][]byte, dir string) (out Issue, err error) {
	if err := built.Frozen(); err != nil {
		return Issue{}, err
	}
	wanted := publication(built, files)
	before, _, err := earlier(ctx, p.Book, p.Actor, wanted)
	if err != nil {
		return Issue{}, err
	}
	if before != nil {
		out.Again = true
		if _, had := files[PDF]; had || before.has(PDF) {
			files = maps.Clone(files)
			delete(files, PDF)
		}
		if err := before.same(files); err != nil {
			return Issue{}, err
		}
	}
	f, err := newFolder(dir)
	if err != nil {
		return Issue{}, err
	}
	defer func() {
		if err != nil {
			f.takeBack()
		}
	}()
	if err := f.prepare(files); err != nil {
		return Issue{}, err
	}
	var done book.Done
	if before != nil {
		out.Position = journal.Position(before.Began)
	} else {
		if out.Replaces = built.Replaces; out.Replaces > 0 {
			wanted.Replaces = maybe.Some(int64(out.Replaces))
		}
		sealed, err := p.sealedBefore(ctx, journal.Position(wanted.Position))
		if err != nil {
			return Issue{}, err
		}
		wanted.Sealed = maybe.Some(sealed)
		for _, content := range files { // before the record that names them, as attachments are
			if _, err := p.Blobs.Put(ctx, bytes.NewReader(content)); err != nil {
				return Issue{}, err
			}
		}
		made, err := p.Book.Apply(ctx, p.Actor, []book.Change{{Kind: Kind.Code(), Action: access.Create, Record: wanted}})
		if err != nil {
			return Issue{}, err
		}
		done = made[0]
		out.Position = done.Position
	}
	proofs, err := p.Prove(ctx, journal.Position(built.Subject.Basis.Position), out.Position)
	if err == nil {
		err = f.prepare(proofs)
	}
	if err == nil {
		err = f.show()
	}
	if err != nil && before == nil {
		err = p.withdraw(ctx, done, err)
	}
	return out, err
}

// sealedBefore counts the checkpoints of less than a position that the book keeps. None is added there later.
func (p Publisher) sealedBefore(ctx context.Context, position journal.Position) (n int64, err error) {
	err = p.Book.DB().Read(ctx, func(tx *store.Tx) (err error) { n, err = journal.SealedBefore(tx, position); return err })
	return n, err
}

// Issue is what became of a publication.
type Issue struct {
	Position journal.Position // of the publication
	Replaces journal.Position // of the publication of the same report that stood before; 0: none
	Again    bool             // it was published before, and its files were written once more
}

// Succeed says below the title which publication of the same report this one replaces, where there is one (更正说明). As of a
// position of which it was published before, that is what it replaced then, so that its files are the same again.
func (b *Built) Succeed(ctx context.Context, in *book.Book, actor access.Actor) error {
	same, other, err := earlier(ctx, in, actor, publication(b, nil))
	if err != nil {
		return err
	}
	switch {
	case same != nil:
		b.Replaces = journal.Position(same.Replaces.V)
	case other != nil:
		b.Replaces = journal.Position(other.Began)
	}
	if b.Replaces == 0 {
		return nil
	}
	return in.DB().Read(ctx, func(tx *store.Tx) error {
		stored, err := journal.EntryAt(tx, b.Replaces)
		b.Document.Correction = fmt.Sprintf("更正说明：本报告替代%s公开的同一报告（公开记录在日志位置%d），两者不一致的以本报告为准。", dayText(period.DayAt(stored.RecordedAt)), b.Replaces)
		return err
	})
}

// earlier finds the publication of the same report as of the same position, or else the newest as of another.
func earlier(ctx context.Context, in *book.Book, actor access.Actor, wanted *Publication) (same, other *Publication, err error) {
	err = in.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Each(book.Query{Kind: Kind.Code(), Filters: []book.Filter{
			{Field: "subject", Op: field.OpIs, Value: string(wanted.Subject)},
			{Field: "period", Op: field.OpIs, Value: wanted.Period},
			{Field: "title", Op: field.OpIs, Value: wanted.Title},
		}}, func(r any) error {
			x := r.(*Publication)
			switch {
			case x.Position == wanted.Position:
				same = x
			case other == nil || other.Began < x.Began:
				other = x
			}
			return nil
		})
	})
	return same, other, err
}

func (r *Publication) has(name string) bool {
	return slices.ContainsFunc(r.Files, func(f PublishedFile) bool { return f.Name == name })
}

// same says whether files are those that were published. Fault: ErrPublishedOtherwise.
func (r *Publication) same(files map[string][]byte) error {
	var l fault.List
	for _, f := range r.Files {
		if f.Name == PDF {
			continue
		}
		sum := sha256.Sum256(files[f.Name])
		if got := hex.EncodeToString(sum[:]); got != f.SHA256 {
			l = append(l, ErrPublishedOtherwise.With(r.Position, r.Began, f.Name))
		}
	}
	return l.Err()
}

// WriteDraft writes the files of a report that is not published into a new or empty folder, whole or not at all.
func WriteDraft(files map[string][]byte, dir string) (err error) {
	f, err := newFolder(dir)
	if err != nil {
		return err
	}
	if err = f.prepare(files); err == nil {
		err = f.show()
	}
	if err != nil {
		f.takeBack()
	}
	return err
}

// Frozen says what forbids the report to be published as it stands: ErrUnexplained for each line of the final accounts that
// does not follow from its vouchers, ErrUnscored for each line of an evaluation without a score, and the gaps.
func (b *Built) Frozen() error {
	var l fault.List
	for _, u := range b.Unscored {
		l = append(l, ErrUnscored.With(u.Of.text(u.Project), u.Line, u.Why))
	}
	for _, r := range b.Rests {
		l = append(l, ErrUnexplained.With(r.Line, signed(r.Final), signed(r.Records), signed(r.Reconciled), signed(r.Yuan)))
	}
	return append(l, b.Gaps...).Err()
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

// Prove makes what proves the publication at a position, whose figures were computed as of another: checkpoint, proof and public key.
func (p Publisher) Prove(ctx context.Context, asOf, entry journal.Position) (map[string][]byte, error) {
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
