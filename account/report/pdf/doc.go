// Package pdf makes report.pdf from report.docx (版式文件), by LibreOffice where it is installed.
//
//	b, err := pdf.From(ctx, docx)
//	errors.Is(err, pdf.ErrNotInstalled)   // the report goes out without it, and a line says which package to install
//
// How LibreOffice is run is package office's. Fonts of official documents that the machine lacks are stood in for as
// document.Fonts says.
//
// The result is not reproducible: it holds the time and an identity of its own, and the fonts of the machine. It is
// published and hashed all the same, because it is what people read (docs/decisions/0012-pdf-is-published-but-not-reproducible.md).
//
// Layout is the Word file's; nothing is laid out here. On the account floor, under report: imports ground, document, and
// account/check/reading/office.
package pdf
