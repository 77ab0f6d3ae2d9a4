// Package exchange imports and exports records of any kind as sheets (导入、导出、模板): XLSX, CSV, TSV, JSONL, all from the kind's
// own definition.
//
//	outcome, err := exchange.Import(ctx, b, actor, exchange.Request{Kind: "hazard", Path: "hazards.xlsx"})
//	n, err := exchange.Export(v, book.Query{Kind: "hazard"}, file, sheet.XLSX, lang.Chinese)
//
// A column is a field, found by its label in either language or its code; one more column is the state. Codes stand by their
// labels and references by the natural key of what they name; in JSONL, which programs read, both as they are. A list of
// rows is one cell: a line a row, values separated by " | " (伤亡人员: 姓名 | 伤亡情况), with \| \\ and \n inside a value.
//
// An import reads and checks every row outside the lock, gathers every fault of every row (up to a stated number) with file,
// sheet, row, column, cell, value and what was expected, compares with the book by natural key — new, changed with old → new,
// same — and then writes all or nothing; rows that are the same change nothing. A dry run tries what is judged beside other
// records, and takes it back. What the file has no column for (or a line of JSONL no member) stays as it is; an empty cell makes its field absent, and is a fault where a value must be stated: empty
// is not zero. A row that would bring back what was corrected, or a withdrawn record, needs an import with a reason. Amounts obey the unit of their heading or of the line above the table (单位：万元), quantities that of their
// heading, exactly or not at all. An import is itself a record (Run): file hash, kind, counts.
//
// What is exported can be imported again unchanged, as far as the exporter could see it: a field above clearance is no column.
// A new record may come in a later state (补录); the state of a record that is there already changes by its workflow only.
//
// Reading and writing of files is package sheet; writing of records is package book.
// On the record floor: imports ground, record, book, query values, sheet.
package exchange
