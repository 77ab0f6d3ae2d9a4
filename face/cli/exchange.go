package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/sheet"
)

// ErrFormat says that a file name ends in no format that is written.
var ErrFormat = fault.Define("cli.format", fault.Invalid,
	"“%s”的格式不支持，应为 .xlsx、.csv、.tsv 或 .jsonl", "%q has no known format; expected .xlsx, .csv, .tsv or .jsonl")

var templateVerb = verb{
	name: "template", args: "KIND -o FILE.xlsx",
	about:   lang.Of("写出导入模板：表头、类型、下拉列表、填写说明、一行示例", "write an import template: headings, types, drop-downs, notes, one example row"),
	example: "anlan template hazard -o hazard.xlsx",
	run: func(_ context.Context, e *env) (int, error) {
		out := e.flags.String("o", "", "写入文件 file to write")
		args, err := e.parse(1, 1)
		if err != nil {
			return notDone, err
		}
		if *out == "" {
			return notDone, e.usage()
		}
		k, err := kindNamed(args[0])
		if err != nil {
			return notDone, err
		}
		if f, ok := sheet.FormatOf(*out); !ok || f != sheet.XLSX {
			return notDone, ErrFormat.With(*out)
		}
		if err := toFile(*out, func(w io.Writer) error { return exchange.Template(k, w, e.lang) }); err != nil {
			return notDone, err
		}
		e.say(lang.Of("模板已写入%s", "the template is in %s"), *out)
		return inOrder, nil
	},
}

var exportVerb = verb{
	name: "export", args: "KIND -o FILE.(xlsx|csv|tsv|jsonl) [--where 'FIELD OP VALUE']… [--as-of N]",
	about:   lang.Of("导出记录；导出的文件可以原样再导入", "export records; what is exported can be imported again"),
	example: "anlan export hazard -o hazards.xlsx --where 'found_on >= 2023-01-01'",
	run: func(ctx context.Context, e *env) (int, error) {
		var q book.Query
		asOf := e.asOf()
		e.where(&q)
		out := e.flags.String("o", "", "写入文件 file to write")
		args, err := e.parse(1, 1)
		if err != nil {
			return notDone, err
		}
		if *out == "" {
			return notDone, e.usage()
		}
		k, err := kindNamed(args[0])
		if err != nil {
			return notDone, err
		}
		format, ok := sheet.FormatOf(*out)
		if !ok {
			return notDone, ErrFormat.With(*out)
		}
		q.Kind = k.Code()
		return e.view(ctx, asOf, func(_ *app.App, v *book.View) error {
			var n int
			err := toFile(*out, func(w io.Writer) (err error) {
				n, err = exchange.Export(v, q, k, w, format, e.lang)
				return err
			})
			if err == nil {
				e.say(lang.Of("已导出%d条%s到%s", "%d records of %s are in %s"), n, k.Label().In(e.lang), *out)
			}
			return err
		})
	},
}

var importVerb = verb{
	name: "import", args: "KIND FILE [--sheet NAME] [--unit CODE] [--reason TEXT] [--dry-run]",
	about:   lang.Of("导入表格：全部写入或一行不写；每行的每处错误一次列出", "import a sheet: all rows or none; every error of every row at once"),
	example: "anlan import hazard hazards.xlsx --dry-run",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var q exchange.Request
		e.flags.StringVar(&q.Sheet, "sheet", "", "工作表 sheet")
		unit := e.flags.String("unit", "", "没有“所属单位”一列时的单位 unit of rows that name none")
		e.flags.StringVar(&q.Reason, "reason", "", "理由 reason")
		e.flags.BoolVar(&q.DryRun, "dry-run", false, "只检查，不写入 check only")
		args, err := e.parse(2, 2)
		if err != nil {
			return notDone, err
		}
		if q.Unit, err = place.ParseUnit(*unit); err != nil {
			return notDone, err
		}
		q.Kind, q.Path = args[0], args[1]
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		q.Progress = e.progress(lang.Of("已读取%d行", "%d rows read"))
		outcome, err := exchange.Import(ctx, a.Book, e.actor(), q)
		var refused fault.List
		if errors.As(err, &refused) && outcome != nil {
			return notInOrder, e.printRefused(q, outcome, refused)
		}
		if err != nil {
			return notDone, err
		}
		if err := a.Book.Fold(ctx); err != nil {
			return notDone, err
		}
		return inOrder, e.printOutcome(q, outcome)
	},
}

func (e *env) printRefused(q exchange.Request, o *exchange.Outcome, refused fault.List) error {
	if e.format == "json" {
		type faultJSON struct {
			Code    string      `json:"code"`
			Where   fault.Where `json:"where"`
			Message lang.Text   `json:"message"`
		}
		var out []faultJSON
		for _, f := range refused {
			out = append(out, faultJSON{f.Code, f.Where, lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)}})
		}
		return writeJSON(e.out, map[string]any{"outcome": o, "faults": out})
	}
	for _, f := range refused {
		fmt.Fprintln(e.out, f.In(e.lang))
	}
	e.say(lang.Of("“%s”没有导入：读了%d行，%d处错误，一行也没有写入", "%q was not imported: %d rows read, %d faults, nothing was written"), filepath.Base(q.Path), o.Rows, len(refused))
	return nil
}

func (e *env) printOutcome(q exchange.Request, o *exchange.Outcome) error {
	if e.format == "json" {
		return writeJSON(e.out, o)
	}
	for _, d := range o.Diffs {
		for _, x := range d.Fields {
			fmt.Fprintf(e.out, lang.Of("第%d行 %s %s：%s → %s\n", "row %d %s %s: %s → %s\n").In(e.lang), d.Row, d.Key, x.Field.In(e.lang), orDash(x.Old), orDash(x.New))
		}
	}
	for _, h := range o.Ignored {
		e.say(lang.Of("“%s”一列没有对应的字段，未导入", "column %q has no field and was not imported"), h)
	}
	e.print(lang.Of("%s：%d行，新增%d，变更%d，相同%d，账册中有而文件中没有%d", "%s: %d rows, %d new, %d changed, %d the same, %d in the book and not in the file"), o.File, o.Rows, o.New, o.Changed, o.Same, o.Missing)
	switch {
	case q.DryRun:
		e.print(lang.Of("只是检查，没有写入", "this was a check; nothing was written"))
	case o.Applied:
		e.print(lang.Of("已写入，日志位置%d", "written, position %d"), o.Position)
	default:
		e.print(lang.Of("没有变化，没有写入", "nothing differs; nothing was written"))
	}
	return nil
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func kindNamed(code string) (record.Of, error) {
	var known []string
	for _, k := range app.Kinds() {
		if k.Code() == code {
			return k, nil
		}
		known = append(known, k.Code())
	}
	return nil, noKind(code, known)
}

// toFile writes a file that appears under its name only when it is whole.
func toFile(path string, write func(io.Writer) error) (err error) {
	part := filepath.Clean(path) + ".part"
	f, err := os.Create(part)
	if err != nil {
		return app.ErrNoFolder.Because(err, path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(part)
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(part, filepath.Clean(path))
}

// progress shows a counter on a terminal; elsewhere it is silent.
func (e *env) progress(t lang.Text) func(int) {
	f, ok := e.err.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(n int) { fmt.Fprintf(e.err, "\r"+t.In(e.lang)+" ", n) }
}
