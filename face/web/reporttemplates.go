package web

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	owntemplate "anlan/account/report/own"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/office/intake"
	"anlan/record/access"
	"anlan/record/book"
)

// templateFileBytes bounds a file of a template.
const templateFileBytes = 1 << 20

// Faults of files of templates.
var (
	ErrNotATemplateFile = fault.Define("web.not_a_template_file", fault.Invalid,
		"“%s”不是模板的文件：要.report或.prose，或者装着它们的.zip", "%q is no file of a template: expected .report or .prose, or a .zip of them")
	ErrTemplateFileText = fault.Define("web.template_file_text", fault.Invalid,
		"“%s”不是UTF-8文字，或者超过%d字节", "%q is not UTF-8 text, or longer than %d bytes")
)

// templateList is the page of the report templates (报告模板).
type templateList struct {
	Rows   []templateRow
	Upload *settingUpload // nil: the reader may not
	Names  []option       // whose files can be sent
	Title  string         // that was typed
}

type templateRow struct {
	Name, Label, Whose, Since, To, History, Files string
}

func templatePath(name string) string { return "/settings/templates/" + name }

func (v *visit) allowTemplates(a access.Action) error {
	return v.actor().Allow(a, owntemplate.Kind.Code(), owntemplate.Kind.Label())
}

// reportTemplates lists them.
func (s *Server) reportTemplates(v *visit) error { return s.showTemplates(v, nil) }

func (s *Server) showTemplates(v *visit, sent *settingUpload) error {
	if err := v.allowTemplates(access.Read); err != nil {
		return err
	}
	x := templateList{Title: v.r.FormValue("title")}
	chosen := v.r.FormValue("name")
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		all, err := s.app.Templates(v.r.Context(), view)
		if err != nil {
			return err
		}
		for _, t := range all {
			files, own, err := s.app.TemplateFiles(v.r.Context(), view, t.Name)
			if err != nil {
				return err
			}
			row := templateRow{Name: t.Name, Label: t.Label.In(v.lang), Whose: v.t("随系统", "program"), To: templatePath(t.Name), Files: strconv.Itoa(len(files))}
			if own != nil {
				row.Whose, row.History = v.t("本局", "the bureau's"), "/records/report_template/"+own.ID.String()
				if row.Since, err = v.sinceTemplate(view, own); err != nil {
					return err
				}
			}
			x.Rows = append(x.Rows, row)
			x.Names = append(x.Names, option{Value: t.Name, Text: t.Name + " " + row.Label, On: t.Name == chosen})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if v.allowTemplates(access.Create) == nil {
		if x.Upload = sent; sent == nil {
			x.Upload = v.templateUpload()
		}
	}
	p := v.settingsPage(v.t("报告模板", "Report templates"), v.t("报告怎样写：每个数字都是引用；本局的模板代替随系统的同名模板，以前公开的报告不变", "how a report is written, each number a reference; the bureau's template stands in place of the program's of the same name, and what was published stays"))
	p.Path = "/settings/templates"
	return v.show(p, templatesPage(p, x))
}

// sinceTemplate says since when the book has a template, and by whom, as far as the reader may see its record.
func (v *visit) sinceTemplate(view *book.View, t *owntemplate.Template) (string, error) {
	since, err := v.lastChange(view, owntemplate.Kind, t)
	if absent(err) {
		n, at := strconv.FormatInt(t.Version, 10), strconv.FormatInt(t.Began, 10)
		return v.t(lang.Zh("第"+n+"版，日志位置"+at), lang.En("version "+n+", position "+at)), nil
	}
	return since, err
}

func (v *visit) templateUpload() *settingUpload {
	return &settingUpload{To: "/settings/templates", Several: true, Accept: ".report,.prose,.zip", Label: v.t("模板的文件，可以选几个", "files of the template, one or several"),
		Hint: v.t("只传改过的：没有传的文件照现在的。.report 是模板和附件，.prose 是文稿，.zip 是整份。先列出全部错误，没有错误时列出会变什么、报告会印成什么样，最后才保存。",
			"Only those that were changed: the others stay as they are. .report are the template and its attachments, .prose its prose, .zip all of it. Every fault is told first; where there is none, what would change and how the report would print; only then is anything kept.")}
}

// uploadTemplate takes files of a template and lays them over those that are in force.
func (s *Server) uploadTemplate(v *visit) error {
	if err := v.allowTemplates(access.Create); err != nil {
		return err
	}
	u := v.templateUpload()
	sent, err := v.sentTemplateFiles()
	if _, known := fault.KindOf(err); known {
		if err = u.refused(v, "", nil, err); err == nil {
			err = s.showTemplates(v, u)
		}
		return err
	}
	if err != nil {
		return err
	}
	t, err := s.templateSent(v, sent)
	if err != nil {
		return err
	}
	of, err := s.templatePeriod(v)
	if err != nil {
		return err
	}
	if _, err = t.Read(); err == nil { // first, because it says the line
		err = owntemplate.Kind.Check(t, period.DayAt(s.app.Clock().Now())).Err()
	}
	if err == nil {
		_, err = s.app.TryTemplate(v.r.Context(), v.actor(), t, of)
	}
	if err != nil {
		texts := map[string][]byte{}
		for _, f := range t.Files {
			texts[f.Name] = []byte(f.Text)
		}
		if err = u.refused(v, t.Name, texts, err); err != nil {
			return err
		}
		return s.showTemplates(v, u)
	}
	content, err := packTemplate(t)
	if err != nil {
		return err
	}
	d, err := s.app.Drafts.Begin(v.r.Context(), v.session.User, templateDraft, t.Name+".zip", content)
	if err != nil {
		return err
	}
	return v.redirect("/settings/drafts/" + d.ID.String())
}

// templateSent is the template that a form names with the files that it sent laid over those in force.
func (s *Server) templateSent(v *visit, sent []owntemplate.File) (*owntemplate.Template, error) {
	t := &owntemplate.Template{Name: strings.TrimSpace(v.r.FormValue("own")), Title: strings.TrimSpace(v.r.FormValue("title"))}
	if t.Name == "" {
		t.Name = v.r.FormValue("name")
	}
	t.Unit = v.top
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		files, own, err := s.app.TemplateFiles(v.r.Context(), view, t.Name)
		if errors.Is(err, app.ErrNoTemplate) {
			return nil
		}
		if err != nil {
			return err
		}
		t.Files = slices.Clone(files)
		if own != nil {
			t.Basis = own.Basis
		}
		if t.Title == "" {
			label, err := s.app.TemplateLabel(v.r.Context(), view, t.Name)
			t.Title = label.Zh
			return err
		}
		return nil
	})
	for _, f := range sent {
		if i := slices.IndexFunc(t.Files, func(o owntemplate.File) bool { return o.Name == f.Name }); i >= 0 {
			t.Files[i] = f
		} else {
			t.Files = append(t.Files, f)
		}
	}
	return t, err
}

// templatePeriod is the year with whose figures a template is tried: that of the newest report, or the last that is over.
func (s *Server) templatePeriod(v *visit) (period.Period, error) {
	q, err := s.readQuestion(v)
	return q.Period, err
}

// sentTemplateFiles are the files that a form sends, those in archives too.
func (v *visit) sentTemplateFiles() (out []owntemplate.File, err error) {
	if err := v.r.ParseMultipartForm(memoryBytes); errors.Is(err, http.ErrNotMultipart) {
		return nil, ErrNoSheetSent.With()
	} else if err != nil {
		return nil, err
	}
	defer v.r.MultipartForm.RemoveAll()
	headers := v.r.MultipartForm.File["file"]
	if len(headers) == 0 {
		return nil, ErrNoSheetSent.With()
	}
	for _, h := range headers {
		name := h.Filename[strings.LastIndexAny(h.Filename, `/\`)+1:]
		f, err := h.Open()
		if err != nil {
			return nil, err
		}
		content, err := v.readSent(name, io.LimitReader(f, intake.BytesMax))
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		some := []owntemplate.File{{}}
		if path.Ext(name) == ".zip" {
			some, err = unpackTemplate(name, content)
		} else {
			some[0], err = templateFile(name, content)
		}
		if err != nil {
			return nil, err
		}
		if out = append(out, some...); len(out) > owntemplate.FilesMax {
			return nil, owntemplate.ErrTooManyFiles.With(len(out), owntemplate.FilesMax)
		}
	}
	return out, nil
}

// templateFile is a file of a template as somebody saved it.
func templateFile(name string, content []byte) (owntemplate.File, error) {
	if e := path.Ext(name); e != owntemplate.TemplateEnding && e != owntemplate.ProseEnding {
		return owntemplate.File{}, ErrNotATemplateFile.With(name)
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if len(content) > templateFileBytes || !utf8.Valid(content) {
		return owntemplate.File{}, ErrTemplateFileText.With(name, templateFileBytes)
	}
	return owntemplate.File{Name: name, Text: strings.TrimRight(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n")}, nil
}

// titleFile is where an archive has what the report is called.
const titleFile = "title.txt"

// packTemplate puts a template into an archive, the same bytes for the same files.
func packTemplate(t *owntemplate.Template) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range append([]owntemplate.File{{Name: titleFile, Text: t.Title}}, t.Files...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Time{}})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, f.Text+"\n"); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// unpackTemplate reads the files of an archive; what stands in folders of it is read by its name alone.
func unpackTemplate(name string, content []byte) (out []owntemplate.File, err error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, ErrNotATemplateFile.Because(err, name)
	}
	if len(z.File) > owntemplate.FilesMax+1 {
		return nil, owntemplate.ErrTooManyFiles.With(len(z.File), owntemplate.FilesMax)
	}
	for _, f := range z.File {
		inner := path.Base(f.Name)
		if strings.HasSuffix(f.Name, "/") || inner == titleFile {
			continue
		}
		text, err := readZipped(f)
		if err != nil {
			return nil, ErrNotATemplateFile.Because(err, inner)
		}
		x, err := templateFile(inner, text)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// readZipped is one file of an archive, up to a byte more than a file may have.
func readZipped(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, templateFileBytes+1))
	return text, errors.Join(err, r.Close())
}

// draftTemplate is the template of a draft.
func draftTemplate(d intake.Draft) (*owntemplate.Template, error) {
	t := &owntemplate.Template{Name: strings.TrimSuffix(d.File, ".zip")}
	var err error
	if t.Files, err = unpackTemplate(d.File, d.Content); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(d.Content), int64(len(d.Content)))
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		if f.Name == titleFile {
			title, err := readZipped(f)
			if err != nil {
				return nil, err
			}
			t.Title = strings.TrimSpace(string(title))
		}
	}
	return t, nil
}

// reviewTemplate says which files a template changes, and how the report would print.
func (s *Server) reviewTemplate(v *visit, d intake.Draft, x *settingDraft) error {
	t, err := draftTemplate(d)
	if err != nil {
		return err
	}
	x.Title = v.t(lang.Zh("保存报告模板"+t.Name), lang.En("Keep the report template "+t.Name))
	x.Is = t.Title
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		was, own, err := s.app.TemplateFiles(v.r.Context(), view, t.Name)
		if err != nil && !errors.Is(err, app.ErrNoTemplate) {
			return err
		}
		x.Same = len(was) == len(t.Files) && (own == nil || own.Title == t.Title)
		for _, f := range t.Files {
			c := definitionChange{Code: f.Name, Kind: v.t("新增", "new"), Is: f.Text}
			for _, o := range was {
				if o.Name == f.Name {
					c.Kind, c.Same = v.t("改动", "changed"), o.Text == f.Text
					c.Was, c.Is = changedLines(o.Text, f.Text)
				}
			}
			if !c.Same {
				x.Same = false
				x.Definitions = append(x.Definitions, c)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	of, err := s.templatePeriod(v)
	if err != nil {
		return err
	}
	tried, err := s.app.TryTemplate(v.r.Context(), v.actor(), t, of)
	if err != nil {
		return err
	}
	w := wholeDraft{Title: tried.Document.OneLineTitle()}
	for _, f := range tried.Gaps {
		w.Faults = append(w.Faults, f.In(v.lang))
	}
	for _, b := range tried.Document.Numbered() {
		block := draftBlock{}
		v.printed(&block, b, of)
		w.Blocks = append(w.Blocks, block)
	}
	x.Draft = &w
	return nil
}

// changedLines are the lines of two texts from the first that differs to the last.
func changedLines(was, is string) (string, string) {
	a, b := strings.Split(was, "\n"), strings.Split(is, "\n")
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	ends := 0
	for ends < len(a)-from && ends < len(b)-from && a[len(a)-1-ends] == b[len(b)-1-ends] {
		ends++
	}
	return strings.Join(a[from:len(a)-ends], "\n"), strings.Join(b[from:len(b)-ends], "\n")
}

// keepTemplate keeps it, and gives where it is seen.
func (s *Server) keepTemplate(v *visit, d intake.Draft, why string) (string, error) {
	t, err := draftTemplate(d)
	if err != nil {
		return "", err
	}
	_, err = s.app.EnactTemplate(v.r.Context(), v.actor(), t, why)
	return templatePath(t.Name), err
}

// templateSheet is the page of one template.
type templateSheet struct {
	Basis string
	Files []owntemplate.File
}

// reportTemplate shows one, file by file.
func (s *Server) reportTemplate(v *visit) error {
	if err := v.allowTemplates(access.Read); err != nil {
		return err
	}
	name := v.r.PathValue("name")
	var x templateSheet
	var row templateRow
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		var own *owntemplate.Template
		if x.Files, own, err = s.app.TemplateFiles(v.r.Context(), view, name); err != nil {
			return err
		}
		label, err := s.app.TemplateLabel(v.r.Context(), view, name)
		row.Label = label.In(v.lang)
		if err != nil || own == nil {
			return err
		}
		x.Basis, row.History = own.Basis, "/records/report_template/"+own.ID.String()
		row.Since, err = v.sinceTemplate(view, own)
		return err
	})
	if err != nil {
		return err
	}
	of, err := s.templatePeriod(v)
	if err != nil {
		return err
	}
	p := v.settingsPage(row.Label, v.t("随系统提供，账册里没有改过", "as the program brings it; the book has none of its own"))
	if row.Since != "" {
		p.Lead = v.t(lang.Zh("本局的："+row.Since), lang.En("the bureau's: "+row.Since))
	}
	p.Crumbs = append(p.Crumbs, anchor{Text: v.t("报告模板", "Report templates"), To: "/settings/templates"})
	p.Actions = []anchor{{Text: v.t("全部文件", "All files"), To: templatePath(name) + "/file"}, {Text: v.t(lang.Zh("写"+of.Label().Zh+"的报告"), lang.En("Write that of "+of.Label().En)), To: "/reports/" + name + "/" + of.String()}}
	if row.History != "" {
		p.Actions = append(p.Actions, anchor{Text: v.t("各版", "Versions"), To: row.History})
	}
	return v.show(p, templatePage(p, x))
}

// templateArchive sends a template with all its files.
func (s *Server) templateArchive(v *visit) error {
	if err := v.allowTemplates(access.Read); err != nil {
		return err
	}
	t := &owntemplate.Template{Name: v.r.PathValue("name")}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		if t.Files, _, err = s.app.TemplateFiles(v.r.Context(), view, t.Name); err != nil {
			return err
		}
		label, err := s.app.TemplateLabel(v.r.Context(), view, t.Name)
		t.Title = label.Zh
		return err
	})
	if err != nil {
		return err
	}
	content, err := packTemplate(t)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": t.Name + ".zip"}))
	return v.send(content)
}
