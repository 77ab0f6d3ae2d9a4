package own

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
)

// Template is a report template of the bureau's own (报告模板) as a record of its book.
type Template struct {
	record.Head
	Name  string // by which reports and their sections name it: department
	Title string // what the report is called
	Basis string // 依据: the document by which the report is so
	Files []File
}

// File is a file of a template: the template itself (NAME.report), an attachment of it, or prose that they include.
type File struct {
	Name string
	Text string
}

// Endings of the names of files.
const (
	TemplateEnding = ".report"
	ProseEnding    = ".prose"
)

// Bounds of a template. A text is no longer than a cell of a spreadsheet, so that what is exported can be imported.
const (
	TextMax  = 30_000 // characters
	FilesMax = 60
)

var (
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	fileForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}\.(report|prose)$`)
)

// Faults of a template.
var (
	ErrNoMain = fault.Define("report_template.no_main", fault.Invalid,
		"模板%s缺少文件%s", "the template %s lacks the file %s")
	ErrFileTwice = fault.Define("report_template.file_twice", fault.Invalid,
		"文件%s出现两次", "the file %s stands twice")
	ErrTooManyFiles = fault.Define("report_template.too_many_files", fault.TooLarge,
		"模板有%d个文件，最多%d个", "the template has %d files; at most %d are allowed")
)

// Fields, in the order of the sheet.
var (
	name = field.Text("name", "模板代码", "name", func(t *Template) *string { return &t.Name }, field.Rule[string]{
		Words: lang.Of("小写字母开头，由小写字母、数字和连字符组成，最多40个", "a to z, digits and hyphens, a letter first, at most 40"),
		Holds: func(s string, _ period.Day) bool { return nameForm.MatchString(s) },
	}).Required().Fixed()
	title = field.Text("title", "报告名称", "report", func(t *Template) *string { return &t.Title }, field.Max(100)).Required()
	basis = field.Text("basis", "依据", "basis", func(t *Template) *string { return &t.Basis }, field.Max(200)).Note("文号或制度", "a document or rule")
	files = field.Rows("file", "文件", "files", func(t *Template) *[]File { return &t.Files }, fileName, fileText)

	fileName = field.Text("file_name", "文件名", "file name", func(f *File) *string { return &f.Name }, field.Rule[string]{
		Words: lang.Of("代码加.report（模板、附件）或.prose（文稿）", "a name with .report (template, attachment) or .prose (prose)"),
		Holds: func(s string, _ period.Day) bool { return fileForm.MatchString(s) },
	}).Required()
	fileText = field.Text("text", "内容", "text", func(f *File) *string { return &f.Text }, field.Max(TextMax)).Required().
			Note("报告模板的语言，可以换行", "in the language of report templates, on several lines")
)

// Kind is the kind of report templates.
var Kind = record.Define("report_template", "报告模板", "report template", func(t *Template) *record.Head { return &t.Head },
	name, title, basis, files,
).Key(name).Rule((*Template).sound, name, files)

// Main is the file that is the template itself.
func (t *Template) Main() string { return t.Name + TemplateEnding }

// Folder are the files of the template, to be read as those of a folder.
func (t *Template) Folder() fs.FS { return folder{t.Files} }

// Read reads the template whole. Faults have file, line and column.
func (t *Template) Read() (*report.Template, error) {
	if err := t.named(); err != nil {
		return nil, err
	}
	return report.Read(t.Folder(), t.Main())
}

// named refuses files that cannot be told apart, or without the one that is the template.
func (t *Template) named() error {
	if len(t.Files) > FilesMax {
		return ErrTooManyFiles.With(len(t.Files), FilesMax)
	}
	var names []string
	for _, f := range t.Files {
		if slices.Contains(names, f.Name) {
			return ErrFileTwice.With(f.Name)
		}
		names = append(names, f.Name)
	}
	if !slices.Contains(names, t.Main()) {
		return ErrNoMain.With(t.Name, t.Main())
	}
	return nil
}

// sound is the rule of the kind: everything that the template names is in it and can be read. A fault stands at its file, with line and column.
func (t *Template) sound() error {
	_, err := t.Read()
	if err == nil {
		return nil
	}
	var list fault.List
	if internal := list.Add(err); internal != nil {
		return internal
	}
	for i, f := range list {
		moved := *f
		moved.Where = fault.Where{Field: files.Code, File: f.Where.File, Line: f.Where.Line, Col: f.Where.Col}
		list[i] = &moved
	}
	return list
}

// folder are files by their names.
type folder struct{ files []File }

// Open says that nothing can be opened otherwise than by ReadFile.
func (f folder) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadFile gives the text of a file.
func (f folder) ReadFile(name string) ([]byte, error) {
	for _, x := range f.files {
		if x.Name == name {
			return []byte(strings.ReplaceAll(x.Text, "\r\n", "\n") + "\n"), nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
