package cli

import (
	"bytes"
	"context"
	"io"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/account/check/reading/office"
	"anlan/face/cli/option"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

var checkVerb = verb{
	name: "check", args: "FILE|DIR… [-o DIR] [--since FILE|DIR] [--previous FILE|DIR] [--facts FILE] [--targets FILE|DIR] [--figures] [--window] [--format json|jsonl]",
	about: lang.Of("核对已公开的报告：文中数据之间的勾稽关系是否成立；可以一次核对许多文件和目录（- 为标准输入）",
		"check published reports: whether their figures hold against each other; many files and folders at a time (- is standard input)"),
	example: "anlan check report.docx -o pages",
	run: func(ctx context.Context, e *env) (int, error) {
		e.format = "text"
		e.Choice("format", lang.Of("结果给人看（text，默认）还是给程序读：整体（json），或每个文件一行（jsonl）",
			"the result for people (text, the default) or programs: as a whole (json), or a line for each file (jsonl)"), &e.format, "text", "json", "jsonl")
		out := e.Text("o", "DIR", lang.Of("另写出批注本（网页）、审核意见表和目录，须为新目录或空目录", "also write the reports with their verdicts as pages, tables of findings and an index: a new or empty folder"))
		since := e.Text("since", "FILE|DIR", lang.Of("上次-o写出的目录，或填好的审核意见表：区分新增、未改、不成立和已消除的疑点", "the folder that -o wrote the last time, or one of its tables, filled in: tells findings that are new, open, dismissed and closed"))
		var beside besides
		e.Declare("previous", "FILE|DIR", lang.Of("上年的报告，或放有各部门上年报告的目录：核对“上年”数据是否与当时公开的一致", "last year's report, or a folder with those of each department: whether what is said of last year is what was published then"),
			func(s string) error { beside.previous = s; return nil })
		e.Declare("facts", "FILE", lang.Of("参照表（CSV、XLSX：单位、项目、期间、数值、计量单位、来源）：文中数据与表中不同的，提出疑问", "a table of facts (CSV, XLSX: organisation, item, period, value, unit, source): figures that differ from it are asked about"),
			func(s string) error { beside.facts = s; return nil })
		e.Declare("targets", "FILE|DIR", lang.Of("批复的绩效目标表，或放有各部门目标表的目录：自评表的指标、年度指标值和分值与批复不同的，列为疑点", "the approved performance targets, or a folder with those of each department: indicators, targets and points of self-evaluations that differ from them are found"),
			func(s string) error { beside.targets = s; return nil })
		window := e.Toggle("window", lang.Of("在本机打开一个网页，把文件或文件夹拖上去核对；不连接网络，不留文件", "open a page on this machine on which files and folders are dropped; nothing is sent anywhere, and no file is left"))
		figures := e.Toggle("figures", lang.Of("列出文中每个数字及其类别", "list every number with its class"))
		args, err := e.Parse("[FILE|DIR…]")
		switch {
		case err != nil:
			return notDone, err
		case *window && len(args) > 0:
			e.Misused = true
			return notDone, option.ErrExtraArgument.With(args[0])
		case *window:
			return e.checkWindow(ctx, beside)
		case len(args) == 0:
			e.Misused = true
			return notDone, option.ErrMissingArgument.With("FILE|DIR…")
		}
		return e.check(ctx, args, *out, *since, beside, check.Options{Figures: *figures})
	},
}

func (e *env) document(ctx context.Context, path string) (*reading.Document, error) {
	if path != "-" {
		return office.Open(ctx, path)
	}
	content, err := io.ReadAll(e.in)
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	return reading.Read("-", bytes.NewReader(content), int64(len(content)))
}
