package exchange

import (
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/record"
	"anlan/record/field"
)

// Run is the record of an import (导入记录): which file, what it held, what became of it.
type Run struct {
	record.Head
	Serial  string // SHA-256 of the file and the id of the run: one file may come twice
	Target  string // kind imported
	File    string
	SHA256  string
	Rows    int64
	New     int64
	Changed int64
	Same    int64
	// Corrected counts cells that were typed in place of what the file has, LeftOut rows that were left out on purpose: with these the file alone
	// does not say what was written.
	Corrected maybe.Of[int64]
	LeftOut   maybe.Of[int64]
	// Undoes is the import that this one undoes; then Changed counts the records that it changed back, Withdrawn those that it withdrew, and
	// LeftStanding those that it did not touch.
	Undoes       ident.ID
	Withdrawn    maybe.Of[int64]
	LeftStanding maybe.Of[int64]
}

var (
	serial  = field.Text("serial", "导入编号", "number", func(r *Run) *string { return &r.Serial }, field.Max(120)).Required()
	target  = field.Text("target", "记录类型", "kind", func(r *Run) *string { return &r.Target }, field.Max(30)).Required()
	file    = field.Text("file", "文件名", "file", func(r *Run) *string { return &r.File }, field.Max(255)).Required()
	sum     = field.Text("sha256", "SHA-256", "SHA-256", func(r *Run) *string { return &r.SHA256 }, field.Max(64)).Required()
	rows    = field.Number("rows", "行数", "rows", func(r *Run) *int64 { return &r.Rows })
	created = field.Number("created", "新增", "new", func(r *Run) *int64 { return &r.New })
	changed = field.Number("changed", "变更", "changed", func(r *Run) *int64 { return &r.Changed })
	same    = field.Number("same", "相同", "same", func(r *Run) *int64 { return &r.Same })
	typed   = field.Number("corrected", "页面更正的格数", "cells corrected in the page", func(r *Run) *maybe.Of[int64] { return &r.Corrected })
	left    = field.Number("left_out", "未导入的行数", "rows left out", func(r *Run) *maybe.Of[int64] { return &r.LeftOut })
	undoes  = field.Ref("undoes", "import_run", "撤销的是", "undoes", func(r *Run) *ident.ID { return &r.Undoes })
	taken   = field.Number("withdrawn", "作废", "withdrawn", func(r *Run) *maybe.Of[int64] { return &r.Withdrawn })
	stands  = field.Number("left_standing", "没有动的", "left standing", func(r *Run) *maybe.Of[int64] { return &r.LeftStanding })
)

// Kind is the kind of imports.
var Kind = record.Define("import_run", "导入记录", "import", func(r *Run) *record.Head { return &r.Head },
	serial, target, file, sum, rows, created, changed, same, typed, left, undoes, taken, stands,
).Key(serial).ForGood()
