package demo

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"anlan/account/check/reading"
	"anlan/account/report"
	"anlan/app"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/sheet"
	"anlan/resource/project"
)

// Options are what the demo is asked for.
type Options struct {
	Dir       string // folder that it makes
	DB        string // address of a PostgreSQL database; empty: embedded
	Schema    string
	Published string // a published report to check; empty: the embedded sample
	Lang      lang.Lang
	Out       io.Writer
}

// Faults of the demo.
var (
	ErrNotOurs = fault.Define("demo.not_ours", fault.Conflict,
		"“%s”不是演示目录，不会清空；请用 --dir 指定一个新目录", "%q is not a folder of the demo and is not emptied; name a new one by --dir")
	ErrFolder = fault.Define("demo.folder", fault.Unable,
		"不能使用目录“%s”：%s", "the folder %q cannot be used: %s")
)

// The demo's fixed points: where its clock starts, what its chance is seeded with, who acts.
var (
	startsAt = time.Date(2024, 3, 15, 1, 0, 0, 0, time.UTC)
	operator = access.Actor{Name: "演示管理员", Role: access.Administrator, Via: "cli"}
	approver = access.Actor{Name: "演示复核人", Role: access.Administrator, Via: "cli"}
)

const (
	marker     = ".anlan-demo"
	bureau     = "岳阳市应急管理局"
	bureauCode = "430600"
)

// demo is a run under way.
type demo struct {
	Options
	app       *app.App
	year      *Year
	published int64             // position of which the first report speaks
	original  *reading.Document // the published report that is checked
}

// Run makes the synthetic year and walks it through the house. Findings in the published report are its result, not its
// failure.
func Run(ctx context.Context, o Options) error {
	d := &demo{Options: o}
	var err error
	if d.original, err = d.publishedReport(); err != nil { // before half a minute of work, and before what an earlier run made is gone
		return err
	}
	if err := d.clean(); err != nil {
		return err
	}
	d.say(lang.Of("安澜演示：合成示例数据，不反映任何真实情况", "Anlan, a demonstration: synthetic records that show nothing real"))
	for _, step := range []func(context.Context) error{
		d.found, d.sheets, d.doubts, d.mend, d.figures, d.score, d.report, d.checkOwn, d.checkPublished, d.compared, d.late, d.wayDown, d.proofs, d.farewell, d.people,
	} {
		if err := step(ctx); err != nil {
			if d.app != nil {
				d.app.Close()
			}
			return err
		}
	}
	return d.app.Close()
}

func (d *demo) say(t lang.Text, args ...any) { fmt.Fprintf(d.Out, t.In(d.Lang)+"\n", args...) }

// head begins a part of the output.
func (d *demo) head(t lang.Text) { fmt.Fprintf(d.Out, "\n%s\n", t.In(d.Lang)) }

// clean makes the folder, or empties one that an earlier run made.
func (d *demo) clean() error {
	entries, err := os.ReadDir(d.Dir)
	switch {
	case d.Dir == "": // an unset variable of a script, not this folder
		return ErrNotOurs.With(d.Dir)
	case os.IsNotExist(err) || err == nil && len(entries) == 0:
	case err != nil:
		return ErrFolder.Because(err, d.Dir, reason.Of(err))
	default:
		if _, err := os.Stat(filepath.Join(d.Dir, marker)); err != nil {
			return ErrNotOurs.Because(err, d.Dir)
		}
		for _, name := range []string{"input", "data", "report", earmarkDir, "check", report.PDF} {
			if err := os.RemoveAll(filepath.Join(d.Dir, name)); err != nil {
				return ErrFolder.Because(err, d.Dir, reason.Of(err))
			}
		}
	}
	if err := os.MkdirAll(filepath.Join(d.Dir, "input"), 0o755); err != nil {
		return ErrFolder.Because(err, d.Dir, reason.Of(err))
	}
	if err := os.WriteFile(filepath.Join(d.Dir, marker), nil, 0o644); err != nil {
		return ErrFolder.Because(err, d.Dir, reason.Of(err))
	}
	return nil
}

// found founds the demo's book, with a stepped clock and seeded chance.
func (d *demo) found(ctx context.Context) (err error) {
	d.app, err = app.Init(ctx, app.Options{Data: DataDir(d.Dir), DB: d.DB, Schema: d.Schema,
		Clock: clock.NewStepped(startsAt, time.Millisecond), Random: rand.NewChaCha8(seed), Synthetic: true}, operator, bureau, bureauCode)
	return err
}

// seed is what the demo's chance begins with; nothing else in the house is seeded.
var seed = [32]byte{2, 0, 2, 3}

// hand writes sheets as the sections would hand them in, and imports them by the import that everybody uses. A sheet whose
// rows are refused is given back with what was said of it.
func (d *demo) hand(ctx context.Context, sheets []Sheet) (rows int, refused error, err error) {
	for _, s := range sheets {
		path := filepath.Join(d.Dir, "input", s.Name+"（示例）.xlsx")
		if err := writeSheet(path, s); err != nil {
			return rows, nil, err
		}
		o, err := exchange.Import(ctx, d.app.Book, operator, exchange.Request{Kind: s.Kind.Code(), Path: path})
		if _, known := fault.KindOf(err); known {
			return rows, err, nil
		}
		if err != nil {
			return rows, nil, err
		}
		rows += o.Rows
	}
	return rows, nil, d.app.Book.Fold(ctx)
}

// sheets hands in the year with the trouble in it.
func (d *demo) sheets(ctx context.Context) error {
	d.year = NewYear(rand.New(rand.NewChaCha8(seed)))
	d.head(lang.Of("一、交来的表格", "1. The files that were handed in"))
	rows, refused, err := d.hand(ctx, d.year.First)
	if refused != nil {
		err = refused
	}
	if err != nil {
		return err
	}
	d.say(lang.Of("  %d份表格，%d条记录", "  %d files, %d records"), len(d.year.First), rows)
	return d.approve(ctx)
}

// approve has the targets of the projects declared by one person and approved by another.
func (d *demo) approve(ctx context.Context) error {
	var drafts []*project.Project
	if err := d.read(ctx, func(v *book.View) error {
		return v.Each(book.Query{Kind: project.Workflow.Code()}, func(r any) error { drafts = append(drafts, r.(*project.Project)); return nil })
	}); err != nil {
		return err
	}
	var declared, approved []book.Change
	for _, p := range drafts {
		declared = append(declared, book.Change{Kind: project.Workflow.Code(), ID: p.ID, Action: "declare"})
		p.ApprovedOn, p.Document = approvedOn, approvedBy
		approved = append(approved, book.Change{Kind: project.Workflow.Code(), ID: p.ID, Action: "approve", Record: p})
	}
	if _, err := d.app.Book.Apply(ctx, operator, declared); err != nil {
		return err
	}
	if _, err := d.app.Book.Apply(ctx, approver, approved); err != nil {
		return err
	}
	d.say(lang.Of("  %d个项目的绩效目标由%s申报、%s批复", "  the targets of %d projects are declared by %s and approved by %s"), len(drafts), operator.Name, approver.Name)
	return d.app.Book.Fold(ctx)
}

func writeSheet(path string, s Sheet) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return ErrFolder.Because(err, path, reason.Of(err))
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	return exchange.Write(s.Kind, f, sheet.XLSX, lang.Chinese, s.Records)
}
