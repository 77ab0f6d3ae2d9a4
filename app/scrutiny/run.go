package scrutiny

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"anlan/account/check"
	"anlan/account/check/folder"
	"anlan/account/check/reading"
	"anlan/account/check/reading/office"
	"anlan/account/report/dossier"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
)

// Upload is a file as it came.
type Upload struct {
	Name    string
	Content []byte
}

// Request says what is checked.
type Request struct {
	Files []Upload
	Lang  lang.Lang
	With  *With // nil: nothing is compared with the records
}

// With says with which records reports are compared: those of a unit, with all below it, about a period.
type With struct {
	Period period.Period
	Unit   place.Unit
}

// FilesMax is how many files are checked at a time.
const FilesMax = 20

// Faults of what was sent.
var (
	ErrNothing = fault.Define("scrutiny.nothing", fault.Invalid,
		"没有选择文件，请选择要核对的报告", "no file was chosen; choose the reports that are to be checked")
	ErrTooMany = fault.Define("scrutiny.too_many", fault.TooLarge,
		"一次最多核对%d个文件，选了%d个；请分几次，或用 anlan check", "up to %d files are checked at a time, and %d were chosen; divide them, or use anlan check")
	ErrFormat = fault.Define("scrutiny.format", fault.Invalid,
		"“%s”的格式不能核对；可读取的格式：%s", "%q is of no format that is checked; those that are: %s")
)

// Run checks the files of a request, and compares them with the records where it says with which. A file that cannot be read is said, and the
// others go on. Faults: ErrNothing, ErrTooMany, ErrFormat; where the records are asked, those of the figures.
func Run(ctx context.Context, a *app.App, actor access.Actor, q Request) (found *Found, archive []byte, err error) {
	switch {
	case len(q.Files) == 0:
		return nil, nil, ErrNothing.With()
	case len(q.Files) > FilesMax:
		return nil, nil, ErrTooMany.With(FilesMax, len(q.Files))
	}
	for _, f := range q.Files {
		if !office.Readable(f.Name) {
			return nil, nil, ErrFormat.With(f.Name, strings.Join(office.Formats(), " "))
		}
	}
	if q.With != nil { // whoever may not see them need not wait for it
		if err := a.Book.Read(ctx, actor, 0, q.With.allowed); err != nil {
			return nil, nil, err
		}
	}
	dir, err := os.MkdirTemp("", "anlan-scrutiny-")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r := &run{app: a, Request: q, at: map[string]string{}, docs: map[string]*reading.Document{}, found: &Found{Files: []File{}, Tables: []string{}}}
	r.zip = zip.NewWriter(&r.packed)
	if err := r.lay(dir); err != nil {
		return nil, nil, err
	}
	if err := r.check(ctx); err != nil {
		return nil, nil, err
	}
	if q.With != nil {
		if err := a.Book.Read(ctx, actor, 0, func(v *book.View) error { return r.compare(ctx, v) }); err != nil {
			return nil, nil, err
		}
	}
	if err := r.zip.Close(); err != nil {
		return nil, nil, err
	}
	return r.found, r.packed.Bytes(), nil
}

// allowed says whether the actor of a view may ask for the figures.
func (w *With) allowed(v *book.View) error {
	if err := v.Allow(w.Unit); err != nil {
		return err
	}
	return app.Begun(v, w.Period)
}

// run is one request on its way.
type run struct {
	Request
	app   *app.App
	names []string          // of the files, none twice
	at    map[string]string // where a file lies
	found *Found

	mu     sync.Mutex // of what follows: pages are written by several goroutines
	packed bytes.Buffer
	zip    *zip.Writer
	docs   map[string]*reading.Document // what is compared with the records
}

// lay writes the files into a folder, each under a number: what they are called is for people.
func (r *run) lay(dir string) error {
	taken := map[string]bool{}
	for i, f := range r.Files {
		name := check.Visible(f.Name)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			ext := path.Ext(f.Name)
			name = fmt.Sprintf("%s (%d)%s", check.Visible(strings.TrimSuffix(f.Name, ext)), n, ext)
		}
		taken[strings.ToLower(name)] = true
		at := filepath.Join(dir, strconv.Itoa(i)+strings.ToLower(path.Ext(f.Name)))
		if err := os.WriteFile(at, f.Content, 0o600); err != nil {
			return err
		}
		r.names, r.at[name] = append(r.names, name), at
	}
	return nil
}

// open reads a file under its own name.
func (r *run) open(ctx context.Context, name string) (*reading.Document, error) {
	doc, err := office.Open(ctx, r.at[name])
	var f *fault.Fault
	if errors.As(err, &f) {
		f.Where.File = name
		return nil, f
	}
	if err == nil {
		doc.Name = name
	}
	return doc, err
}

// put takes a file into the archive.
func (r *run) put(at string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	out, err := r.zip.Create(at)
	if err == nil {
		_, err = out.Write(b.Bytes())
	}
	return err
}

// check holds the figures of the files against each other.
func (r *run) check(ctx context.Context) error {
	d := folder.Department{Name: lang.Of("所选文件", "the chosen files").In(r.Lang)}
	for i, f := range r.Files {
		d.Files = append(d.Files, folder.File{Path: r.names[i], Bytes: int64(len(f.Content))})
	}
	departments := []folder.Department{d}
	pages := dossier.NewPages(departments, r.Lang, r.put)
	tables := dossier.NewTables(departments, nil, pages)
	o := folder.Options{Workers: 1, Read: func(department string, doc *reading.Document, f *check.File) error {
		if r.With != nil {
			r.mu.Lock()
			r.docs[doc.Name] = doc
			r.mu.Unlock()
		}
		return pages.Page(department, doc, f)
	}}
	var unread fault.List
	err := folder.Run(ctx, departments, func(name string) (*reading.Document, error) { return r.open(ctx, name) }, o, func(x folder.Result) error {
		if err := tables.Take(x); err != nil {
			return err
		}
		if x.Err != nil {
			return unread.Add(x.Err)
		}
		pages.Take(x)
		f := fileOf(x.File, pages.At(x.Path))
		if f.SameAs == "" {
			r.found.All = r.found.All.Plus(f.Summary)
		}
		r.found.Files = append(r.found.Files, f)
		return nil
	})
	if err == nil {
		err = tables.Finish()
	}
	if err == nil {
		err = pages.End(unread, nil)
	}
	for _, f := range unread {
		r.found.Unread = append(r.found.Unread, check.UnreadOf(f.Where.File, f))
	}
	for _, name := range pages.Folders() {
		for _, ending := range []string{".xlsx", ".docx"} {
			r.found.Tables = append(r.found.Tables, name+"/"+dossier.OpinionName+ending)
		}
	}
	return err
}

// compare sets the figures of each report that was read beside the records.
func (r *run) compare(ctx context.Context, v *book.View) error {
	r.found.Beside = &Beside{r.With.Period.String(), string(r.With.Unit), int64(v.At())}
	for i := range r.found.Files {
		f := &r.found.Files[i]
		doc := r.docs[f.Name]
		if doc == nil || f.SameAs != "" || len(f.Between) > 0 {
			continue
		}
		c, err := r.app.Compare(ctx, v, doc, app.Comparison{Period: r.With.Period, Unit: r.With.Unit, AsOf: strconv.FormatInt(int64(v.At()), 10)})
		if err != nil {
			return err
		}
		var tables []string
		stem := strings.TrimSuffix(f.Page, path.Ext(f.Page)) + "-" + dossier.ComparedName
		for _, ending := range []string{".xlsx", ".docx"} {
			if err := r.put(stem+ending, dossier.ComparedForms(c)[ending]); err != nil {
				return err
			}
			tables = append(tables, stem+ending)
		}
		f.Versus = versusOf(c, tables)
	}
	return nil
}
