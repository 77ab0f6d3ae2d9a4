package app

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/account/report/pdf"
	"anlan/account/report/shipped"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

// Faults of positions.
var (
	ErrBadPosition = fault.Define("app.bad_position", fault.Invalid,
		"“%s”不是日志位置、封存点文件或时间（如2024-03-31T00:00:00+08:00）", "%q is no position, checkpoint file, or instant (as 2024-03-31T00:00:00+08:00)")
	ErrPeriodNotOver = fault.Define("app.period_not_over", fault.Conflict,
		"%s还没有结束（今天是%s），不能公开这一期的报告；已过去的部分可写作统计期，如2026-01..10", "%s is not over (today is %s), so its report cannot be published; name the part that has passed, as 2026-01..10")
	ErrNoTemplate = fault.Define("app.no_template", fault.NotFound,
		"没有报告模板“%s”，可选：%s", "there is no report template %q; known: %s")
	ErrOtherHistory = fault.Define("app.other_history", fault.Conflict,
		"这个封存点（共%d条记录）与本账册的日志不是同一个历史", "this checkpoint, of %d entries, is of another history than the journal of this book")
	ErrNothingYet = fault.Define("app.nothing_yet", fault.NotFound,
		"%s之前日志里还没有记录", "the journal has no entry before %s")
	ErrNotBegun = fault.Define("app.not_begun", fault.Invalid,
		"%s还没有开始，没有数据可言", "%s has not begun; nothing can be said of it")
	ErrFuture = fault.Define("app.future", fault.Invalid,
		"%s还没有到：届时的数据现在无从知道", "%s is still to come: what will be known then is not known now")
)

// PositionOf reads what --as-of takes: a position, a checkpoint file (whose signature and origin must be this book's), or an
// instant that has passed (the newest entry recorded by then); "" is 0, which is now.
func (a *App) PositionOf(ctx context.Context, s string) (journal.Position, error) {
	at, read, err := a.positionAt(ctx, s)
	if read || err != nil {
		return at, err
	}
	text, err := os.ReadFile(filepath.Clean(s))
	if err != nil {
		return 0, ErrBadPosition.Because(err, s)
	}
	c, err := a.checkpoint(ctx, string(text))
	if err == nil {
		err = a.holds(ctx, c)
	}
	if err != nil {
		return 0, fault.At(err, fault.Where{File: s})
	}
	return c.Size, nil
}

// holds refuses a checkpoint of another history than the book's: one that is longer, or whose root the journal does not have at its size.
func (a *App) holds(ctx context.Context, c journal.Checkpoint) error {
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		if c.Size > head.Size {
			return ErrOtherHistory.With(int64(c.Size))
		}
		root, err := journal.RootAt(tx, c.Size)
		if err == nil && root != c.Root {
			err = ErrOtherHistory.With(int64(c.Size))
		}
		return err
	})
}

// PositionAt reads a position or an instant as PositionOf does, for doors at which nobody may name files of the machine. Fault: ErrBadPosition.
func (a *App) PositionAt(ctx context.Context, s string) (journal.Position, error) {
	at, read, err := a.positionAt(ctx, s)
	if !read && err == nil {
		err = ErrBadPosition.With(s)
	}
	return at, err
}

// positionAt reads a position or an instant; read is false for anything else.
func (a *App) positionAt(ctx context.Context, s string) (at journal.Position, read bool, err error) {
	if s == "" {
		return 0, true, nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if n < 1 {
			return 0, true, ErrBadPosition.With(s)
		}
		return journal.Position(n), true, nil
	}
	instant, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return 0, false, nil
	}
	at, err = a.recordedBy(ctx, instant)
	return at, true, err
}

// checkpoint reads a signed note of this book.
func (a *App) checkpoint(ctx context.Context, note string) (c journal.Checkpoint, err error) {
	key, err := a.PublicKey()
	if err != nil {
		return c, err
	}
	if c, err = key.Open(note); err != nil {
		return c, err
	}
	head, err := a.Book.Head(ctx)
	if err == nil && c.Origin != head.Origin() {
		err = journal.ErrOtherBook.With(c.Origin, head.Origin())
	}
	return c, err
}

// recordedBy is the newest position recorded by an instant.
func (a *App) recordedBy(ctx context.Context, at time.Time) (n journal.Position, err error) {
	if at.After(a.Clock().Now()) {
		return 0, ErrFuture.With(at.Format(time.RFC3339))
	}
	var newest int64
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.QueryRow([]any{&newest}, "SELECT coalesce(max(position), 0) FROM journal_entry WHERE recorded_at <= ?", at.UnixMicro())
		return err
	})
	if err == nil && newest == 0 {
		err = ErrNothingYet.With(at.Format(time.RFC3339))
	}
	return journal.Position(newest), err
}

// Sealed is how many entries the newest checkpoint that the book keeps covers; 0 when there is none.
func (a *App) Sealed(ctx context.Context) (size journal.Position, err error) {
	var note string
	found := false
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) { note, found, err = journal.LastSealed(tx); return err })
	if err != nil || !found {
		return 0, err
	}
	key, err := a.PublicKey()
	if err != nil {
		return 0, err
	}
	c, err := key.Open(note)
	return c.Size, err
}

// Seal signs the newest tree head, keeps it in the book, and gives the note.
func (a *App) Seal(ctx context.Context) (note string, err error) {
	key, err := a.Key(ctx)
	if err != nil {
		return "", err
	}
	err = a.DB.InTx(ctx, func(tx *store.Tx) (err error) { note, err = journal.Seal(tx, key, a.Clock().Now()); return err })
	return note, err
}

// ReportRequest asks for a report.
type ReportRequest struct {
	Period   period.Period
	AsOf     journal.Position // 0: now
	Dir      string
	Template string // the name of a template of the book or the program, or the path of a .report file; empty: DefaultTemplate
	// PDF asks for report.pdf too, where LibreOffice is installed. It holds what no two runs have in common, so the demo,
	// which gives the same root everywhere, goes without.
	PDF bool
	// Draft writes the report for reading, marked on every page, and publishes nothing: of a period that is not over too.
	Draft bool
}

// Published is a report that went out.
type Published struct {
	*report.Built
	report.Issue       // of a draft: nothing
	NoPDF        error // why there is no report.pdf although it was asked for; nil otherwise
}

// Begun refuses a period of which nothing can be known yet: nothing happened in it, and 0 would say that it is over.
func Begun(v *book.View, p period.Period) error {
	if v.Today.Before(p.First()) {
		return ErrNotBegun.With(p.Label())
	}
	return nil
}

// Build computes the report as of a position, and writes nothing. One that is to be published says which publication it replaces.
func (a *App) Build(ctx context.Context, actor access.Actor, q ReportRequest) (*report.Built, error) {
	built, err := a.build(ctx, actor, q, nil)
	if err == nil && !q.Draft {
		err = built.Succeed(ctx, a.Book, actor)
	}
	return built, err
}

// DefaultTemplate is the template of a report for which none is named.
const DefaultTemplate = "department"

// build computes the report by t; nil: by the template that was asked for, with the prose that people wrote for it.
func (a *App) build(ctx context.Context, actor access.Actor, q ReportRequest, t *report.Template) (*report.Built, error) {
	var built *report.Built
	err := a.Book.Read(ctx, actor, q.AsOf, func(v *book.View) (err error) {
		if t == nil {
			if t, err = a.writtenTemplate(ctx, v, q); err != nil {
				return err
			}
		}
		set, err := a.Indicators(v)
		if err != nil {
			return err
		}
		root, err := journal.RootAt(v.Tx(), v.At())
		if err != nil {
			return err
		}
		synthetic, err := v.Synthetic()
		if err != nil {
			return err
		}
		from, err := a.reportSources(v)
		if err != nil {
			return err
		}
		newest, err := journal.EntryAt(v.Tx(), v.At())
		if err != nil {
			return err
		}
		built, err = t.Build(ctx, set, from, report.Subject{
			Bureau: v.Head.Unit, Unit: place.Unit(v.Head.Place), Period: q.Period, Day: period.DayAt(newest.RecordedAt), Synthetic: synthetic, Draft: q.Draft,
			Template: filepath.Base(cmp.Or(q.Template, DefaultTemplate)),
			Basis:    document.Basis{Book: v.Head.Book.String(), Epoch: int(v.Head.Epoch), Position: int64(v.At()), Root: root.String()},
		})
		return err
	})
	return built, err
}

// Report builds the report as of a position, writes it into a folder, and publishes it.
func (a *App) Report(ctx context.Context, actor access.Actor, q ReportRequest) (*Published, error) {
	if today := period.DayAt(a.Clock().Now()); !q.Draft && !q.Period.Last().Before(today) {
		return nil, ErrPeriodNotOver.With(q.Period.Label(), today)
	}
	if err := report.Free(q.Dir); err != nil { // before the work, and asked again after it
		return nil, err
	}
	built, err := a.Build(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	if !q.Draft {
		if built.Sets, err = a.Sets(ctx, actor, built); err != nil {
			return nil, err
		}
	}
	files, err := built.Render()
	if err != nil {
		return nil, err
	}
	out := &Published{Built: built}
	if q.PDF {
		made, err := pdf.From(ctx, files[report.DOCX])
		switch _, known := fault.KindOf(err); {
		case err == nil:
			files[report.PDF] = made
		case known:
			out.NoPDF = err
		default:
			return nil, err
		}
	}
	if q.Draft {
		return out, report.WriteDraft(files, q.Dir)
	}
	key, err := a.Key(ctx)
	if err != nil {
		return nil, err
	}
	p := report.Publisher{Book: a.Book, Actor: actor, Blobs: a.Blobs, Key: key, Now: a.Clock().Now}
	out.Issue, err = p.Publish(ctx, built, files, q.Dir)
	return out, err
}

// WriteTemplates writes the templates and prose that come with the program into a folder, for an office to edit.
func WriteTemplates(dir string) (names []string, err error) {
	if err := report.Free(dir); err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, shipped.Files); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(shipped.Files, ".")
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}
