// Package reading takes a published report, whoever wrote it, apart into numbered lines and tables (读入).
//
// A Document is the extracted text and what each of its lines is: title, heading, paragraph, list item, note, table
// cell. Lines count from 1, columns in Unicode code points from 1, offsets are UTF-8 bytes of the extracted text.
//
//	format    extracted text                                     a line is
//	txt, md   the source itself, decoded; blank lines count      a line of the source, marks included
//	html      the article without menus, scripts and footers     a paragraph, a list item, a paragraph of a cell
//	docx      as printed, tracked changes taken as accepted      a paragraph (its number before it), of a cell or note
//	xlsx      sheets, cells as they are shown                    a paragraph of a cell; a cell above or below a table
//	pdf       as printed, without running heads                  a paragraph joined over lines and pages, of a cell
//
// A table keeps its grid: a cell knows row, column, spans and where its text stands, so that "合计" at the foot of a
// column can be held against the cells above it:
//
//	doc, err := reading.Open("2023年度自评报告.docx")
//	for _, t := range doc.Tables {
//		total := t.At(t.Rows, 2) // nil where the table has no such cell
//	}
//
// In plain text a table is rows between bars or tabs, or lines of pieces that stand in columns (aligned.go, columns.go): its
// columns are found page by page from where amounts end, and a cell whose row or column cannot be told is Loose. Lines that
// were broken to fit a page are marked (Wraps), and stay lines.
//
// A PDF says only where characters stand (package printed). Its tables are found by ruled lines (pdfgrid.go), also where they go
// on over pages or lines between rows are not drawn, and else by columns, as in plain text; paragraphs by the edges of the
// prose (pdfparagraph.go); running heads, feet and numbers of pages are told by coming again (pdfheads.go) and left out.
// Document.Page says on which page a place of the text stands.
//
// Files of old Office are read by package office. Of a workbook's formulas those are kept that give another result than is shown
// (formula.go).
//
// Encodings are UTF-8, with or without a byte order mark, and GB18030 (so GBK and GB 2312), told apart by the bytes and
// never by what a page claims. What stands in the file and cannot be read as text (pictures, charts, embedded objects) is listed in
// Unread: a figure in a picture was not checked, and the reader of the result must know.
//
// Every input is hostile until read: sizes, counts, nesting and the growth of compressed parts are bounded (see the
// constants in open.go), and what is beyond a bound is a fault. A text of 200 MB is read in a small multiple of its size.
//
// What a number is, and what the figures claim of each other, does not live here: packages figure and check.
// On the account floor under check: imports ground, printed, and the parsers of HTML, workbooks and encodings.
package reading
