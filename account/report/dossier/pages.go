package dossier

import (
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"anlan/account/check"
	"anlan/account/check/folder"
	"anlan/account/check/marked"
	"anlan/account/check/reading"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Sink takes a file of a dossier by its path, with slashes. It may be called by several goroutines at a time.
type Sink func(at string, write func(io.Writer) error) error

// Pages are the pages of a dossier: index.html, and for each department a folder with the page of each report.
type Pages struct {
	sink   Sink
	lang   lang.Lang
	folder map[string]string // of a department
	at     map[string]string // the page of a file
	run    marked.Run
}

// NewPages says where each page will be.
func NewPages(departments []folder.Department, l lang.Lang, sink Sink) *Pages {
	p := &Pages{sink: sink, lang: l, folder: foldersOf(departments), at: map[string]string{}}
	taken := map[string]bool{}
	for _, d := range departments {
		for _, f := range d.Files {
			name := f.Path
			if rel, err := filepath.Rel(d.Name, f.Path); err == nil && filepath.IsLocal(rel) {
				name = rel
			}
			p.at[f.Path] = freeName(taken, p.folder[d.Name]+"/", strings.ReplaceAll(filepath.ToSlash(name), "/", "-"), ".html")
		}
	}
	return p
}

// Folders are the folders of the departments.
func (p *Pages) Folders() []string { return slices.Sorted(maps.Values(p.folder)) }

// At is where the page of a file is; empty of a file that is not among them.
func (p *Pages) At(file string) string { return p.at[file] }

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

// Page writes the page of a report: what folder.Options.Read asks for.
func (p *Pages) Page(_ string, doc *reading.Document, f *check.File) error {
	return p.sink(p.at[doc.Name], func(w io.Writer) error { return marked.Write(w, doc, f, p.lang) })
}

// Take keeps what the index says of a file.
func (p *Pages) Take(r folder.Result) {
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
func (p *Pages) table(within, name string, text lang.Text, d *document.Document) ([]marked.Link, error) {
	var links []marked.Link
	for _, ending := range []string{".xlsx", ".docx"} {
		at := path.Join(within, name+ending)
		if err := p.sink(at, forms(d)[ending]); err != nil {
			return nil, err
		}
		links = append(links, marked.Link{Name: lang.Text{Zh: text.Zh + ending, En: text.En + ending}, Path: at})
	}
	return links, nil
}

// End writes the index; unmet is what nothing could be compared with.
func (p *Pages) End(unread fault.List, unmet []lang.Text) error {
	p.run.Unmet = unmet
	for _, f := range unread {
		p.run.Unread = append(p.run.Unread, check.UnreadOf(f.Where.File, f))
	}
	return p.sink("index.html", func(w io.Writer) error { return marked.Index(w, p.run, p.lang) })
}
