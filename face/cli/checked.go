package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"anlan/account/check"
	"anlan/account/check/folder"
	"anlan/account/check/opinion"
	"anlan/account/check/reading"
	"anlan/account/check/reading/office"
	"anlan/account/report/dossier"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// ErrFolderTaken: -o names a folder in which something stands.
var ErrFolderTaken = fault.Define("cli.folder_taken", fault.Conflict,
	"“%s”不是空目录，不会覆盖其中的文件；请换一个目录名", "%q is no empty folder, and its files are not overwritten; name another")

// foldersFor makes the folder of a dossier, which must be new or empty, and those of its departments.
func foldersFor(out string, pages *dossier.Pages) error {
	entries, err := os.ReadDir(out)
	switch {
	case err == nil && len(entries) > 0:
		return ErrFolderTaken.With(out)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return ErrCannotWrite.Because(err, out, reason.Of(err))
	}
	for _, f := range pages.Folders() {
		if err := os.MkdirAll(filepath.Join(out, f), 0o755); err != nil {
			return ErrCannotWrite.Because(err, out, reason.Of(err))
		}
	}
	return nil
}

// check checks every file; one that cannot be read is said and the others go on.
// With out it writes pages there, and of each file only its counts to stdout.
func (e *env) check(ctx context.Context, args []string, out, since string, beside besides, o check.Options) (int, error) {
	departments, unread := folder.Find(args, office.Readable)
	e.below(departments)
	total := 0
	for _, d := range departments {
		total += len(d.Files)
	}
	var last lastOpinions
	if since != "" {
		var err error
		if last, err = readOpinions(since); err != nil {
			return notDone, err
		}
	}
	met := newMeetings()
	earlier, err := beside.earlier(ctx, e, met)
	if err != nil {
		return notDone, err
	}
	approved, err := beside.approved(ctx, e)
	if err != nil {
		return notDone, err
	}
	options := folder.Options{Options: o, Earlier: earlier, Approved: approved}
	var pages *dossier.Pages
	if out != "" {
		pages = dossier.NewPages(departments, e.lang, func(at string, write func(io.Writer) error) error {
			return toFile(ctx, filepath.Join(out, filepath.FromSlash(at)), write)
		})
		if err := foldersFor(out, pages); err != nil {
			return notDone, err
		}
		options.Read = pages.Page
	}
	var before func(string) map[string]opinion.Remark
	if since != "" {
		before = last.of
	}
	c := &checking{env: e, w: e.checkWriter(), many: total+len(unread) > 1 || out != "" || since != "", unread: unread, pages: pages, met: met, tables: dossier.NewTables(departments, before, pages), since: since != ""}
	tell, done := e.progress(lang.Text{Zh: "已核对%d个文件，共" + strconv.Itoa(total) + "个", En: "%d of " + strconv.Itoa(total) + " files checked"})
	err = folder.Run(ctx, departments, e.opener(ctx), options, func(r folder.Result) error {
		if r.File == nil || len(r.File.Between) == 0 {
			c.told++
		}
		if tell != nil && total > 1 {
			done()
			defer tell(c.told)
		}
		return c.take(r)
	})
	done()
	if err == nil {
		err = c.w.End()
	}
	if err == nil {
		err = c.tables.Finish()
	}
	unmet := met.unmet(beside, e.lang)
	if err == nil && pages != nil {
		err = pages.End(c.unread, unmet)
	}
	if err != nil {
		return notDone, err
	}
	c.summary()
	for _, t := range unmet {
		c.say(lang.Of("? %s", "? %s"), check.Visible(t.In(c.lang)))
	}
	switch {
	case len(c.unread) > 0:
		return notDone, c.unread
	case c.contradictions > c.tables.Dismissed():
		return notInOrder, nil
	}
	return inOrder, nil
}

// below names departments and files from e.base.
func (e *env) below(departments []folder.Department) {
	if e.base == "" {
		return
	}
	from := func(path string) string {
		if rel, err := filepath.Rel(e.base, path); err == nil {
			return rel
		}
		return path
	}
	for i := range departments {
		d := &departments[i]
		if d.Name = from(d.Name); d.Name == "." {
			d.Name = lang.Of("所选文件", "the chosen files").In(e.lang)
		}
		for k := range d.Files {
			d.Files[k].Path = from(d.Files[k].Path)
		}
	}
}

// opener opens files as below has named them.
func (e *env) opener(ctx context.Context) func(string) (*reading.Document, error) {
	return func(path string) (*reading.Document, error) {
		if e.base == "" {
			return e.document(ctx, path)
		}
		doc, err := e.document(ctx, filepath.Join(e.base, path))
		var f *fault.Fault
		if errors.As(err, &f) {
			f.Where.File = path
			return nil, f
		}
		if err == nil {
			doc.Name = path
		}
		return doc, err
	}
}

func (e *env) checkWriter() check.Writer {
	switch e.format {
	case "json":
		return check.NewJSON(e.out, check.Tool{Name: "anlan", Version: programVersion()})
	case "jsonl":
		return check.NewJSONLines(e.out)
	}
	return check.NewText(e.out, e.lang)
}

// checking is a run over files, with what is kept of each for its end.
type checking struct {
	*env
	w              check.Writer
	many           bool // the counts of all files stand at the end
	told           int
	counted        []counted
	contradictions int
	unread         fault.List
	pages          *dossier.Pages // nil without -o
	tables         *dossier.Tables
	since          bool // there was a last time
	met            *meetings
}

// counted is a file with its counts.
type counted struct {
	path string
	same bool // it is the same report as one before it
	docs int  // not 0: what so many documents of a department say of each other
	check.Summary
}

// take writes the result for a file.
func (c *checking) take(r folder.Result) error {
	c.met.take(r)
	if err := c.tables.Take(r); err != nil {
		return err
	}
	if r.Err != nil {
		before := len(c.unread)
		if internal := c.unread.Add(r.Err); internal != nil {
			return internal
		}
		for _, f := range c.unread[before:] {
			if err := c.w.Unread(check.UnreadOf(r.Path, f)); err != nil {
				return err
			}
		}
		return nil
	}
	c.contradictions += r.File.Contradictions()
	c.counted = append(c.counted, counted{r.Path, r.File.SameAs != "", len(r.File.Between), r.File.Summary})
	if c.pages != nil {
		c.pages.Take(r)
		if c.format == "text" { // the pages say it better
			return nil
		}
	}
	return c.w.File(r.File)
}

// summary is the table of all files, for people.
func (c *checking) summary() {
	if !c.many || c.format != "text" {
		return
	}
	var all check.Summary
	files, reports := 0, 0
	t := table{out: c.out, indent: "  "}
	row := func(name string, s check.Summary) {
		t.row(name, strconv.Itoa(s.Figures), percent(s.Covered, s.Figures), strconv.Itoa(s.Relations), strconv.Itoa(s.Contradictions), strconv.Itoa(s.Incomplete),
			strconv.Itoa(s.Rounding), strconv.Itoa(s.Notes), strconv.Itoa(s.NotCheckable))
	}
	c.print(lang.Of("汇总", "summary"))
	t.row(wordsIn(c.lang, lang.Of("文件", "file"), lang.Of("数据", "figures"), lang.Of("覆盖", "covered"), lang.Of("关系", "relations"), lang.Of("✗矛盾", "✗ contradict"),
		lang.Of("…不完整", "… incomplete"), lang.Of("≈舍入", "≈ by rounding"), lang.Of("·提示", "· notes"), lang.Of("?无法核对", "? not checkable"))...)
	for _, f := range c.counted {
		if f.same {
			t.row(check.Visible(f.path), "", "", "", "", "", "", "", lang.Of("同一报告，不重复计数", "the same report, counted once").In(c.lang))
			files++
			continue
		}
		if f.docs > 0 {
			row(check.Visible(f.path)+lang.Of("：材料之间", ": between its documents").In(c.lang), f.Summary)
		} else {
			row(check.Visible(f.path), f.Summary)
			files++
			reports++
		}
		all = all.Plus(f.Summary)
	}
	row(lang.Of("合计", "all").In(c.lang), all)
	t.flush()
	if c.since {
		n := c.tables.Count
		c.print(lang.Of("  与上次相比：新增%d条，未改%d条，不成立%d条，已消除%d条", "  since the last time: %d new, %d open, %d dismissed, %d closed"), n(opinion.New), n(opinion.Open), n(opinion.Dismissed), n(opinion.Closed))
	}
	c.print(lang.Of("  %d个文件，%d份报告，%d个文件没有读出", "  %d files, %d reports, %d files not read"), files+len(c.unread), reports, len(c.unread))
}

// percent is a part in per cent, cut off so that 100% means all; empty of nothing.
func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return strconv.Itoa(part*100/whole) + "%"
}

// wordsIn gives texts in a language.
func wordsIn(l lang.Lang, texts ...lang.Text) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.In(l)
	}
	return out
}
