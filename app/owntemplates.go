package app

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	owntemplate "anlan/account/report/own"
	"anlan/account/report/shipped"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
)

// ErrTemplateNotOfTheBureau: reports of the whole book go by a template.
var ErrTemplateNotOfTheBureau = fault.Define("app.template_not_of_the_bureau", fault.Invalid,
	"报告模板是整个账册的，所属单位应为%s，实为%s", "a report template is the whole book's: its unit must be %s and is %s")

// NamedTemplate is a report template with what its report is called.
type NamedTemplate struct {
	Name  string
	Label lang.Text
}

// ShippedTemplates are the reports that come with the program, in the order in which they are shown.
func ShippedTemplates() []NamedTemplate {
	return []NamedTemplate{
		{DefaultTemplate, lang.Of("部门整体支出绩效自评报告", "self-evaluation of the whole department")},
		{"earmark", lang.Of("专项资金绩效自评报告", "self-evaluation of the earmarked fund")},
		{"spine", lang.Of("一页节选（示例）", "one page, as an example")},
	}
}

// Templates are the reports that can be made at the position of a view: the program's, by the book's title where the book has one in its place,
// then those that the book alone has.
func (a *App) Templates(ctx context.Context, v *book.View) ([]NamedTemplate, error) {
	out := ShippedTemplates()
	own, err := a.OwnTemplates(ctx, v)
	for _, t := range own {
		x := NamedTemplate{t.Name, lang.Text{Zh: t.Title, En: t.Title}}
		if i := slices.IndexFunc(out, func(s NamedTemplate) bool { return s.Name == t.Name }); i >= 0 {
			out[i] = x
		} else {
			out = append(out, x)
		}
	}
	return out, err
}

// TemplateLabel is what the report of a template is called; its name where nobody knows it any more.
func (a *App) TemplateLabel(ctx context.Context, v *book.View, name string) (lang.Text, error) {
	all, err := a.Templates(ctx, v)
	for _, t := range all {
		if t.Name == name {
			return t.Label, err
		}
	}
	return lang.Text{Zh: name, En: name}, err
}

// isShipped says whether the program has a report of a name.
func isShipped(name string) bool {
	return slices.ContainsFunc(ShippedTemplates(), func(t NamedTemplate) bool { return t.Name == name })
}

// OwnTemplates are the templates of the book at the position of a view, by name. They are the same for everybody who may see a report, so
// they are read as the whole book and not through the view's actor.
func (a *App) OwnTemplates(ctx context.Context, v *book.View) (out []*owntemplate.Template, err error) {
	whole := access.Actor{Name: string(v.Head.Place), Role: access.Administrator}
	err = a.Book.Read(ctx, whole, v.At(), func(all *book.View) error {
		return all.Each(book.Query{Kind: owntemplate.Kind.Code(), Sort: "name"}, func(r any) error {
			out = append(out, r.(*owntemplate.Template))
			return nil
		})
	})
	return out, err
}

// ownTemplate is the book's template of a name; nil where it has none.
func (a *App) ownTemplate(ctx context.Context, v *book.View, name string) (*owntemplate.Template, error) {
	all, err := a.OwnTemplates(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.Name == name {
			return t, nil
		}
	}
	return nil, nil
}

// templateAt is where a template is read: the book's of a name, else the program's. Fault: ErrNoTemplate.
func (a *App) templateAt(ctx context.Context, v *book.View, name string) (folder fs.FS, file string, err error) {
	own, err := a.ownTemplate(ctx, v, name)
	switch {
	case err != nil:
		return nil, "", err
	case own != nil:
		return own.Folder(), own.Main(), nil
	case isShipped(name):
		return shipped.Files, name + owntemplate.TemplateEnding, nil
	}
	all, err := a.Templates(ctx, v)
	if err != nil {
		return nil, "", err
	}
	var known []string
	for _, t := range all {
		known = append(known, t.Name)
	}
	return nil, "", ErrNoTemplate.With(name, strings.Join(known, " "))
}

// templateOrFile is templateAt for whoever works at the machine itself: the path of a .report file too, beside which the files stand that it includes.
func (a *App) templateOrFile(ctx context.Context, v *book.View, name string) (folder fs.FS, file string, err error) {
	if strings.HasSuffix(name, owntemplate.TemplateEnding) {
		return os.DirFS(filepath.Dir(name)), filepath.Base(name), nil
	}
	return a.templateAt(ctx, v, name)
}

// TemplateFiles are the files of a template as it is in force: the template, its attachments and its prose, and the book's record of it, nil
// where it is the program's. Fault: ErrNoTemplate.
func (a *App) TemplateFiles(ctx context.Context, v *book.View, name string) (files []owntemplate.File, own *owntemplate.Template, err error) {
	if own, err = a.ownTemplate(ctx, v, name); err != nil || own != nil {
		if own != nil {
			files = own.Files
		}
		return files, own, err
	}
	folder, file, err := a.templateAt(ctx, v, name)
	if err != nil {
		return nil, nil, err
	}
	files, err = filesOf(folder, file)
	return files, nil, err
}

// filesOf gathers a file of a template with those that it includes or attaches, each once, in the order of their first use.
func filesOf(folder fs.FS, main string) (out []owntemplate.File, err error) {
	waiting := []string{main}
	for len(waiting) > 0 {
		name := waiting[0]
		waiting = waiting[1:]
		if slices.ContainsFunc(out, func(f owntemplate.File) bool { return f.Name == name }) {
			continue
		}
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		out = append(out, owntemplate.File{Name: name, Text: strings.TrimRight(string(text), "\n")})
		for line := range strings.Lines(string(text)) {
			words := strings.Fields(line)
			if len(words) > 1 && (words[0] == "include" || words[0] == "attachment") {
				waiting = append(waiting, words[1])
			}
		}
	}
	return out, nil
}

// EnactTemplate keeps a template in the book, as a new one or a new version.
func (a *App) EnactTemplate(ctx context.Context, actor access.Actor, t *owntemplate.Template, reason string) (book.Done, error) {
	c := book.Change{Kind: owntemplate.Kind.Code(), Action: access.Create, Record: t, Reason: reason}
	err := a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		t.Unit = place.Unit(v.Head.Place)
		old, err := a.ownTemplate(ctx, v, t.Name)
		if err != nil || old == nil {
			return err
		}
		c.Action, c.ID, c.Expect = access.Edit, old.ID, old.Version
		return nil
	})
	if err != nil {
		return book.Done{}, err
	}
	return a.applyOne(ctx, actor, c)
}

// TryTemplate builds a report as a template that is not kept yet would make it, for reading. Faults have file, line and column.
func (a *App) TryTemplate(ctx context.Context, actor access.Actor, t *owntemplate.Template, p period.Period) (*Draft, error) {
	read, err := t.Read()
	if err != nil {
		return nil, err
	}
	built, err := a.build(ctx, actor, ReportRequest{Period: p, Template: t.Name, Draft: true}, read)
	if err != nil {
		return nil, err
	}
	return &Draft{Built: built}, nil
}

// templatesOfTheBureau refuses a template that belongs to a part of the bureau: everybody's reports would go by it.
func templatesOfTheBureau(after *book.View, touched map[ident.ID]int) error {
	bureau := place.Unit(after.Head.Place)
	var faults fault.List
	for id, n := range touched {
		r, err := after.Get(owntemplate.Kind.Code(), id)
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			continue // withdrawn
		}
		if err != nil {
			return err
		}
		if unit := owntemplate.Kind.Head(r).Unit; unit != bureau {
			f := ErrTemplateNotOfTheBureau.With(string(bureau), string(unit))
			f.Where = fault.Where{Row: n, Field: "unit"}
			faults = append(faults, f)
		}
	}
	return faults.Err()
}
