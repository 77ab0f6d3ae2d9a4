// Package sheet reads and writes tables as offices keep them (表格): XLSX, CSV, TSV and JSONL, row by row, knowing nothing
// of record kinds. What a file says of a cell comes out as it stands: a text, a number in plain decimal digits, a day.
//
//	book, err := sheet.Open("hazards.xlsx")
//	table, err := book.Table("", []sheet.Heading{{Names: []string{"隐患描述", "description", "title"}, Required: true}, …})
//	for row, err := range table.Rows() {
//		text, where := row.Cells[0].Text, table.Where(row.Number, 0) // hazards.xlsx, 工作表“台账”, row 12, “隐患描述”, A12
//	}
//
// A Table finds the headings below whatever stands above them and by any of their names; «单位：万元» above the table or
// （万元） in a heading is told with the column. Merged ranges give their value to each of their cells. A date is a Day by the
// format of its cell; a number elsewhere can be asked for as one (Book.Day). A percentage keeps its sign, a code its
// leading zeros. CSV may be UTF-8, UTF-16 or GB18030. What is refused says what it is and what to do: a password, a file cut
// short, an .xls or a web page that is called one, a formula without a result, a number whose last digits are lost.
//
// A sheet is read in one pass over its rows (and one before, for merged ranges), so memory does not grow with it; only the
// shared texts of a workbook are held, at most 128 MiB. Unpacking is bounded by what comes out, whatever an archive claims.
//
// What a Writer writes is read back as it was given: texts to the last byte (CSV guards them against being run as
// formulas, and takes the guard away again), numbers of up to 15 characters as numbers, days from March 1900 as days. The
// same calls give the same bytes. XLSX is written and read here and not by a library because numbers would go through
// floats on their way, bytes would differ from run to run, and reading would take longer than the import around it.
//
// Fields and their parsers do not live here, nor what becomes of a row (package exchange). On the record floor: imports ground.
package sheet
