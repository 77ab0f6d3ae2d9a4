package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
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
	"“%s”的格式不支持，应为%s", "%q has no known format; expected %s")

var (
	written  = lang.Of(".xlsx、.csv、.tsv或.jsonl", ".xlsx, .csv, .tsv or .jsonl")
	workbook = lang.Of(".xlsx", ".xlsx")
)

// reportTemplates stands in place of a kind: the templates of reports.
const reportTemplates = "report"

var templateVerb = verb{
	name: "template", args: "KIND -o FILE.xlsx | report -o DIR",
	about: lang.Of("写出导入模板：表头、类型、下拉列表、填写说明、一行示例；report写出报告模板和文字材料，供单位修改后用 report --template 文件 使用",
		"write an import template: headings, types, drop-downs, notes, one example row; report writes the templates and prose of reports, to be edited and used by report --template FILE"),
	example: "anlan template hazard -o hazard.xlsx",
	run: func(ctx context.Context, e *env) (int, error) {
		out := e.toFile("FILE.xlsx")
		args, err := e.Parse("KIND")
		if err != nil {
			return notDone, err
		}
		if *out == "" {
			return notDone, e.Missing("o")
		}
		if args[0] == reportTemplates {
			names, err := app.WriteTemplates(*out)
			if err != nil {
				return notDone, err
			}
			e.say(lang.Of("%d个文件已写入%s", "%d files are in %s"), len(names), *out)
			return inOrder, nil
		}
		k, err := kindNamed(args[0])
		if err != nil {
			return notDone, err
		}
		if f, ok := sheet.FormatOf(*out); !ok || f != sheet.XLSX {
			return notDone, ErrFormat.With(*out, workbook)
		}
		home, err := e.home(ctx)
		if err != nil {
			return notDone, err
		}
		if err := toFile(ctx, *out, func(w io.Writer) error { return exchange.Template(k, w, e.lang, home) }); err != nil {
			return notDone, err
		}
		e.say(lang.Of("模板已写入%s", "the template is in %s"), *out)
		return inOrder, nil
	},
}

// home is the place of the bureau whose book it is; empty where no book is founded yet.
func (e *env) home(ctx context.Context) (place.Code, error) {
	a, err := e.open(ctx)
	if errors.Is(err, app.ErrNoBook) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer a.Close()
	head, err := a.Book.Head(ctx)
	return place.Code(head.Place), err
}

var exportVerb = verb{
	name: "export", args: "KIND -o FILE.(xlsx|csv|tsv|jsonl) [--where 'FIELD OP VALUE']… [--as-of N] [--unmask --reason TEXT]",
	about:   lang.Of("导出记录；导出的文件可以原样再导入", "export records; what is exported can be imported again"),
	example: "anlan export hazard -o hazards.xlsx --where 'found_on >= 2023-01-01'",
	run: func(ctx context.Context, e *env) (int, error) {
		var q book.Query
		asOf, why := e.asOf(), e.unmask()
		e.where(&q)
		out := e.toFile("FILE")
		args, err := e.Parse("KIND")
		if err != nil {
			return notDone, err
		}
		whole, err := why()
		if err != nil {
			return notDone, err
		}
		if *out == "" {
			return notDone, e.Missing("o")
		}
		k, err := kindNamed(args[0])
		if err != nil {
			return notDone, err
		}
		format, ok := sheet.FormatOf(*out)
		if !ok {
			return notDone, ErrFormat.With(*out, written)
		}
		q.Kind = k.Code()
		// The file gets its name when the reading stands in the journal.
		n, status := 0, notDone
		err = toFile(ctx, *out, func(w io.Writer) (err error) {
			status, err = e.viewRecorded(ctx, asOf, book.Reading{Way: "export", Filters: q.Filters, Unmask: whole}, func(_ *app.App, v *book.View) (err error) {
				n, err = exchange.Export(v, q, k, w, format, e.lang)
				return err
			})
			return err
		})
		if err != nil {
			return notDone, err
		}
		e.say(lang.Of("已导出%d条%s到%s", "%d records of %s are in %s"), n, k.Label().In(e.lang), *out)
		return status, nil
	},
}

var importVerb = verb{
	name: "import", args: "KIND FILE [--sheet NAME] [--unit CODE] [--reason TEXT] [--dry-run] [--format json]",
	about:   lang.Of("导入表格：全部写入或一行不写；每行的每处错误一次列出", "import a sheet: all rows or none; every error of every row at once"),
	example: "anlan import hazard hazards.xlsx --dry-run",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var q exchange.Request
		e.Declare("sheet", "NAME", lang.Of("工作表；默认为表头相符的那一张", "the sheet; by default the one with the headings"), func(s string) error { q.Sheet = s; return nil })
		e.Declare("unit", "CODE", lang.Of("没有“所属单位”的行属于哪个单位；默认本局", "the unit of rows that name none; by default the bureau"),
			func(s string) (err error) { q.Unit, err = place.ParseUnit(s); return err })
		e.Declare("reason", "TEXT", lang.Of("理由，记入日志", "the reason, for the journal"), func(s string) error { q.Reason = s; return nil })
		dry := e.Toggle("dry-run", lang.Of("只检查，不写入", "check only, write nothing"))
		args, err := e.Parse("KIND", "FILE")
		if err != nil {
			return notDone, err
		}
		q.Kind, q.Path, q.DryRun = args[0], args[1], *dry
		return e.importSheet(ctx, q)
	},
}

// importSheet imports a sheet and says what it did.
func (e *env) importSheet(ctx context.Context, q exchange.Request) (int, error) {
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	if q.Unit != "" {
		if err := a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error { return hasUnit(v, q.Unit) }); err != nil {
			return notDone, err
		}
	}
	money, err := a.MoneyOfAYear(ctx, e.actor(), q.Kind)
	if err != nil {
		return notDone, err
	}
	tell, done := e.progress(lang.Of("已读取%d行", "%d rows read"))
	q.Progress, q.Files = tell, a.Blobs
	outcome, err := exchange.Import(ctx, a.Book, e.actor(), q)
	done()
	if refused, ok := judged(outcome, err); ok {
		return notInOrder, e.printRefused(q, outcome, refused)
	}
	if err != nil {
		return notDone, err
	}
	if outcome.Applied {
		if err := a.Book.Fold(ctx); err != nil {
			return notDone, err
		}
	}
	return inOrder, e.printOutcome(q, outcome, append(outcome.Doubts, money.Improbable(outcome.Converted)...))
}

// judged tells rows that were read and refused, which is a result, from a file or a book that could not be used.
func judged(outcome *exchange.Outcome, err error) (fault.List, bool) {
	refused, ok := errors.AsType[fault.List](err)
	if !ok || outcome == nil {
		return nil, false
	}
	for _, f := range refused {
		if f.Kind == fault.Unable || f.Kind == fault.Broken {
			return nil, false
		}
	}
	return refused, true
}

// imported is the result of an import for programs.
type imported struct {
	*exchange.Outcome
	DryRun bool      `json:"dry_run"`
	Faults []finding `json:"faults"`
	Doubts []finding `json:"doubts,omitempty"` // what came in and looks wrong
}

func (e *env) printRefused(q exchange.Request, o *exchange.Outcome, refused fault.List) error {
	if e.format == "json" {
		return writeJSON(e.out, imported{Outcome: o, DryRun: q.DryRun, Faults: findings(refused)})
	}
	for _, f := range refused {
		fmt.Fprintln(e.out, f.In(e.lang))
	}
	e.say(lang.Of("“%s”没有导入：读了%d行，%d处错误，一行也没有写入", "%q was not imported: %d rows read, %d faults, nothing was written"), filepath.Base(q.Path), o.Rows, len(refused))
	return nil
}

func (e *env) printOutcome(q exchange.Request, o *exchange.Outcome, doubts fault.List) error {
	if e.format == "json" {
		return writeJSON(e.out, imported{o, q.DryRun, findings(nil), findings(doubts)})
	}
	for _, d := range o.Diffs {
		for _, x := range d.Fields {
			e.print(lang.Of("第%d行 %s %s：%s → %s", "row %d %s %s: %s → %s"), d.Row, d.Key, x.Field.In(e.lang), orDash(x.Old), orDash(x.New))
		}
	}
	if n := o.Changed - len(o.Diffs); n > 0 {
		e.print(lang.Of("另有%d条变更未列出", "%d more changed records are not listed"), n)
	}
	for _, h := range o.Ignored {
		e.say(lang.Of("“%s”一列没有对应的字段，未导入", "column %q has no field and was not imported"), h)
	}
	for _, n := range o.Examples {
		e.say(lang.Of("第%d行以“示例：”开头，是模板的示例行，未导入", "row %d begins with 示例： and is the template's example; it was not imported"), n)
	}
	for _, c := range o.Converted {
		e.print(lang.Of("“%s”按表中写明的“%s”换算，合计%s元；如果填的本是元，请改正表中的单位", "%q was taken in %s, as the file says, %s 元 in all; if the amounts are in 元, mend the unit in the file"), c.Field.In(e.lang), c.Unit, c.Total)
	}
	for _, f := range doubts {
		e.print(lang.Of("? %s", "? %s"), f.In(e.lang))
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

// toFile declares -o.
func (e *env) toFile(value string) *string {
	return e.Text("o", value, lang.Of("写入的文件；已存在的不会覆盖", "file to write; one that exists is not overwritten"))
}

// hasUnit refuses a unit that the book does not know: its figures would all be 0.
func hasUnit(v *book.View, u place.Unit) error {
	tree, err := v.UnitTree()
	if err == nil && !tree.Has(u) {
		err = book.ErrNoSuchUnit.With(string(u))
	}
	return err
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
