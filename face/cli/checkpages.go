package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"anlan/account/check"
	"anlan/account/check/folder"
	"anlan/account/check/marked"
	"anlan/account/check/reading"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// ErrFolderTaken: -o names a folder in which something stands.
var ErrFolderTaken = fault.Define("cli.folder_taken", fault.Conflict,
	"“%s”不是空目录，不会覆盖其中的文件；请换一个目录名", "%q is no empty folder, and its files are not overwritten; name another")

// checkPages writes what a check found into a folder: index.html, and for each department a folder with the page of each report.
type checkPages struct {
	ctx    context.Context
	dir    string
	lang   lang.Lang
	folder map[string]string // of a department, below dir
	at     map[string]string // the page of a file, from dir, with slashes
	run    marked.Run
}

// newCheckPages makes the folder, which must be new or empty, and says where each page will be.
func newCheckPages(ctx context.Context, dir string, departments []folder.Department, l lang.Lang) (*checkPages, error) {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return nil, ErrFolderTaken.With(dir)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return nil, ErrCannotWrite.Because(err, dir, reason.Of(err))
	}
	p := &checkPages{ctx: ctx, dir: dir, lang: l, folder: foldersOf(departments), at: map[string]string{}}
	taken := map[string]bool{}
	for _, d := range departments {
		if err := os.MkdirAll(filepath.Join(dir, p.folder[d.Name]), 0o755); err != nil {
			return nil, ErrCannotWrite.Because(err, dir, reason.Of(err))
		}
		for _, f := range d.Files {
			name := f.Path
			if rel, err := filepath.Rel(d.Name, f.Path); err == nil && filepath.IsLocal(rel) {
				name = rel
			}
			p.at[f.Path] = freeName(taken, p.folder[d.Name]+"/", strings.ReplaceAll(filepath.ToSlash(name), "/", "-"), ".html")
		}
	}
	return p, nil
}

// foldersOf names a folder for each department.
func foldersOf(departments []folder.Department) map[string]string {
	taken, out := map[string]bool{}, map[string]string{}
	for _, d := range departments {
		out[d.Name] = freeName(taken, "", filepath.Base(d.Name), "")
	}
	return out
}

// nameRunesMax bounds the name of a file that is made of another's: file systems take 255 bytes.
const nameRunesMax = 60

// freeName is a name below a folder that no other has; systems that take А and а for one are thought of.
func freeName(taken map[string]bool, within, base, ending string) string {
	base = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, strings.Trim(base, ". "))
	if runes := []rune(base); len(runes) > nameRunesMax {
		base = string(runes[:nameRunesMax])
	}
	if base == "" || base == "-" {
		base = "reports"
	}
	for n := 1; ; n++ {
		name := within + base + ending
		if n > 1 {
			name = fmt.Sprintf("%s%s-%d%s", within, base, n, ending)
		}
		if key := strings.ToLower(name); !taken[key] {
			taken[key] = true
			return name
		}
	}
}

// page writes the page of a report.
func (p *checkPages) page(_ string, doc *reading.Document, f *check.File) error {
	return p.write(p.at[doc.Name], func(w io.Writer) error { return marked.Write(w, doc, f, p.lang) })
}

func (p *checkPages) write(at string, write func(io.Writer) error) error {
	return toFile(p.ctx, filepath.Join(p.dir, filepath.FromSlash(at)), write)
}

// take keeps what the index says of a file.
func (p *checkPages) take(r folder.Result) {
	n := len(p.run.Departments)
	if n == 0 || p.run.Departments[n-1].Name != r.Department {
		p.run.Departments = append(p.run.Departments, marked.Department{Name: r.Department})
		n++
	}
	f := r.File
	d := &p.run.Departments[n-1]
	if len(f.Between) > 0 {
		d.Files = append(d.Files, marked.Entry{Name: lang.Of("各份材料之间", "between its documents").In(p.lang), Organisation: f.Organisation, Year: f.Year, Summary: f.Summary})
		return
	}
	d.Files = append(d.Files, marked.Entry{Name: path.Base(filepath.ToSlash(r.Path)), Organisation: f.Organisation, Year: f.Year, Page: p.at[r.Path], SameAs: f.SameAs, Summary: f.Summary})
}

// table writes a document in its forms and links them, from the department that was told last or from the whole run.
func (p *checkPages) table(within, name string, text lang.Text, d *document.Document) ([]marked.Link, error) {
	var links []marked.Link
	for _, ending := range []string{".xlsx", ".docx"} {
		at := path.Join(within, name+ending)
		if err := p.write(at, opinionFiles(d)[ending]); err != nil {
			return nil, err
		}
		links = append(links, marked.Link{Name: lang.Text{Zh: text.Zh + ending, En: text.En + ending}, Path: at})
	}
	return links, nil
}

// end writes the index; unmet is what nothing could be compared with.
func (p *checkPages) end(unread fault.List, unmet []lang.Text) error {
	p.run.Unmet = unmet
	for _, f := range unread {
		p.run.Unread = append(p.run.Unread, check.UnreadOf(f.Where.File, f))
	}
	return p.write("index.html", func(w io.Writer) error { return marked.Index(w, p.run, p.lang) })
}
