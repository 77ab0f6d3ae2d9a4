package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"anlan/account/evaluation"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/record/book"
	"anlan/record/sheet"
)

// schemeOptions are the options of the verb; each subverb takes those it needs.
type schemeOptions struct {
	out, sheet, reason string
	dry                bool
	preset             evaluation.Preset
}

// schemeVerbs are what can be done with schemes, in the order of the help.
var schemeVerbs = []subverb[func(e *env, ctx context.Context, args []string, o schemeOptions) (int, error)]{
	{"list", nil, (*env).schemeList},
	{"import", []string{"FILE"}, (*env).schemeImport},
	{"export", []string{"S"}, (*env).schemeExport},
	{"diff", []string{"A", "B"}, (*env).schemeDiff},
}

var schemeFormats = lang.Of(".xlsx、.csv、.jsonl或.scheme", ".xlsx, .csv, .jsonl or .scheme")

var schemeVerb = verb{
	name: "scheme", args: "list | import FILE | export S -o FILE | diff A B [--format json]",
	about:   lang.Of("评分方案：列出、导入、导出为表格、比较两个年度", "scoring schemes: list, import, export as a sheet, compare two years"),
	example: "anlan scheme export hunan@2023 -o hunan.xlsx",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		o := schemeOptions{preset: evaluation.Preset{}}
		out := e.toFile("FILE.(xlsx|csv|jsonl|scheme)")
		e.Declare("sheet", "NAME", lang.Of("工作表；默认为表头相符的那一张", "the sheet; by default the one with the headings"), func(s string) error { o.sheet = s; return nil })
		e.Declare("code", "CODE", lang.Of("导入的表没有“方案代码”列时的代码", "the code where the sheet has no column for it"), func(s string) error { o.preset["code"] = s; return nil })
		e.Declare("year", "YEAR", lang.Of("导入的表没有“年度”列时的年度", "the year where the sheet has no column for it"), func(s string) error { o.preset["year"] = s; return nil })
		e.Declare("name", "TEXT", lang.Of("导入的表没有“方案名称”列时的名称", "the name where the sheet has no column for it"), func(s string) error { o.preset["name"] = s; return nil })
		e.Declare("subject", "department|project", lang.Of("导入的表没有“评价对象”列时的对象", "the subject where the sheet has no column for it"), func(s string) error { o.preset["subject"] = s; return nil })
		e.Declare("reason", "TEXT", lang.Of("理由，记入日志", "the reason, for the journal"), func(s string) error { o.reason = s; return nil })
		dry := e.Toggle("dry-run", lang.Of("只检查，不写入", "check only, write nothing"))
		run, args, err := parseSubverb(e, schemeVerbs)
		if err != nil {
			return notDone, err
		}
		o.out, o.dry = *out, *dry
		return run(e, ctx, args, o)
	},
}

// schemeJSON is a scheme in a list.
type schemeJSON struct {
	Code    string `json:"code"`
	Year    int64  `json:"year"`
	Name    string `json:"name"`
	Subject string `json:"subject"`
	Lines   int    `json:"lines"`
	Example bool   `json:"example"`
	Shipped bool   `json:"shipped"` // comes with the program; no record of the book
}

func (e *env) schemeList(ctx context.Context, _ []string, _ schemeOptions) (int, error) {
	now := ""
	return e.view(ctx, &now, func(_ *app.App, v *book.View) error {
		all, err := app.Schemes(v)
		if err != nil {
			return err
		}
		t := table{out: e.out}
		for _, s := range all {
			x := schemeJSON{s.Code, s.Year, s.Name, string(s.Subject), len(s.Lines), s.Example, s.Version == 0}
			if e.format == "json" {
				if err := writeLine(e.out, x); err != nil {
					return err
				}
				continue
			}
			whose := lang.Of("账册", "book")
			if x.Shipped {
				whose = lang.Of("随系统", "program")
			}
			label, _ := evaluation.Subjects.Find(s.Subject)
			t.row(s.Code+"@"+strconv.FormatInt(s.Year, 10), label.Label.In(e.lang), whose.In(e.lang), s.Name)
		}
		t.flush()
		return nil
	})
}

func (e *env) schemeImport(ctx context.Context, args []string, o schemeOptions) (int, error) {
	s, err := readSchemeFile(args[0], o.sheet, o.preset)
	if refused, ok := errors.AsType[fault.List](err); ok && refusedContent(refused) {
		if refused, err = e.allFaults(ctx, s, refused); err != nil {
			return notDone, err
		}
		return notInOrder, e.printSchemeFaults(args[0], refused)
	}
	if err != nil {
		return notDone, err
	}
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	if o.dry {
		err := a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error { return a.Fits(v, s) })
		if refused, ok := errors.AsType[fault.List](err); ok {
			return notInOrder, e.printSchemeFaults(args[0], refused)
		}
		e.say(lang.Of("“%s”没有错误；只是检查，没有写入", "%q is in order; this was a check, nothing was written"), filepath.Base(args[0]))
		return inOrder, err
	}
	done, err := a.Enact(ctx, e.actor(), s, o.reason)
	if refused, ok := errors.AsType[fault.List](err); ok {
		return notInOrder, e.printSchemeFaults(args[0], refused)
	}
	if err != nil {
		return notDone, err
	}
	if e.format == "json" {
		return inOrder, writeJSON(e.out, struct {
			Code     string `json:"code"`
			Year     int64  `json:"year"`
			Version  int64  `json:"version"`
			Position int64  `json:"position"`
			Same     bool   `json:"same"`
		}{s.Code, s.Year, done.Version, int64(done.Position), done.Same})
	}
	if done.Same {
		e.print(lang.Of("%s@%d没有变化，没有写入", "%s@%d does not differ; nothing was written"), s.Code, s.Year)
		return inOrder, nil
	}
	e.print(lang.Of("%s@%d已写入：第%d版，%d项指标，日志位置%d", "%s@%d is written: version %d, %d lines, position %d"), s.Code, s.Year, done.Version, len(s.Lines), int64(done.Position))
	return inOrder, nil
}

// allFaults are the faults with which a scheme was read and those of its indicators, where there is a book that knows them.
func (e *env) allFaults(ctx context.Context, s *evaluation.Scheme, read fault.List) (all fault.List, err error) {
	if s == nil {
		return read, nil
	}
	a, err := e.open(ctx)
	if errors.Is(err, app.ErrNoBook) {
		return read, nil
	}
	if err != nil {
		return nil, err
	}
	defer a.Close()
	err = a.Book.Read(ctx, e.actor(), 0, func(v *book.View) (err error) {
		all, err = a.Unknown(v, s, read)
		return err
	})
	return all, err
}

// refusedContent tells what a file says wrongly from a file that cannot be used.
func refusedContent(l fault.List) bool {
	return !slices.ContainsFunc(l, func(f *fault.Fault) bool { return f.Kind == fault.Unable || f.Kind == fault.Broken })
}

func (e *env) printSchemeFaults(path string, l fault.List) error {
	if e.format == "json" {
		return writeJSON(e.out, struct {
			Faults []finding `json:"faults"`
		}{findings(l)})
	}
	for _, f := range l {
		e.print(lang.Of("%s", "%s"), f.In(e.lang))
	}
	e.say(lang.Of("“%s”没有导入：%d处错误", "%q was not imported: %d faults"), filepath.Base(path), len(l))
	return nil
}

// readSchemeFile reads a scheme from a file.
func readSchemeFile(path, sheetName string, preset evaluation.Preset) (*evaluation.Scheme, error) {
	content, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	return app.ReadScheme(filepath.Base(path), content, sheetName, preset)
}

// schemeNamed is the scheme that an argument names: a file, CODE or CODE@YEAR.
func (e *env) schemeNamed(ctx context.Context, name string) (s *evaluation.Scheme, err error) {
	if _, err := os.Stat(filepath.Clean(name)); err == nil {
		return readSchemeFile(name, "", evaluation.Preset{})
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, ErrCannotRead.Because(err, name, reason.Of(err))
	}
	code, in, dated := strings.Cut(name, "@")
	year, err := strconv.Atoi(in)
	if dated && err != nil || strings.ContainsAny(name, `./\`) {
		return nil, app.ErrSchemeName.With(name)
	}
	now := ""
	_, err = e.view(ctx, &now, func(_ *app.App, v *book.View) (err error) {
		if !dated {
			year = v.Today.Year()
		}
		s, err = app.Scheme(v, code, year)
		if err == nil && dated && s.Year != int64(year) {
			err = app.ErrNoScheme.With(year, code, code+"@"+strconv.FormatInt(s.Year, 10))
		}
		return err
	})
	return s, err
}

func (e *env) schemeExport(ctx context.Context, args []string, o schemeOptions) (int, error) {
	if o.out == "" {
		return notDone, e.Missing("o")
	}
	format, ok := sheet.FormatOf(o.out)
	if text := filepath.Ext(o.out) == evaluation.Suffix; !ok && !text {
		return notDone, ErrFormat.With(o.out, schemeFormats)
	}
	s, err := e.schemeNamed(ctx, args[0])
	if err != nil {
		return notDone, err
	}
	err = toFile(ctx, o.out, func(w io.Writer) error {
		if !ok {
			_, err := io.WriteString(w, s.Text())
			return err
		}
		return s.WriteSheet(w, format, e.lang)
	})
	if err != nil {
		return notDone, err
	}
	e.say(lang.Of("方案%s@%d已导出到%s，修改后用 anlan scheme import 导入", "the scheme %s@%d is in %s; edit it and import it by anlan scheme import"), s.Code, s.Year, o.out)
	return inOrder, nil
}

// schemeDiff tells in words what became of a scheme.
func (e *env) schemeDiff(ctx context.Context, args []string, _ schemeOptions) (int, error) {
	var both [2]*evaluation.Scheme
	for i, name := range args {
		s, err := e.schemeNamed(ctx, name)
		if err != nil {
			return notDone, err
		}
		both[i] = s
	}
	differences := evaluation.Diff(both[0], both[1])
	for _, d := range differences {
		if e.format == "json" {
			err := writeLine(e.out, struct {
				Kind  evaluation.DifferenceKind `json:"kind"`
				Line  string                    `json:"line,omitempty"`
				Words lang.Text                 `json:"words"`
			}{d.Kind, d.Line, d.Words})
			if err != nil {
				return notDone, err
			}
			continue
		}
		e.print(lang.Of("%s", "%s"), d.Words.In(e.lang))
	}
	if len(differences) == 0 {
		e.say(lang.Of("两个方案相同", "the schemes are the same"))
	}
	return inOrder, nil
}
