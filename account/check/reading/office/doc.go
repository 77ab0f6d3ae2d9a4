// Package office runs LibreOffice, where it is installed, to make one kind of document of another, without a window and
// without leaving anything behind.
//
//	doc, err := office.Open(ctx, "2016年度自评报告.doc")  // as reading.Open, files of old Office too
//	pdf, err := office.Convert(ctx, office.Job{Name: "report.docx", Content: docx, To: "pdf"})
//
// Each run has a folder and a profile of its own that are gone afterwards, so that it neither meets the user's own LibreOffice nor
// another run. Macros do not run, and what a document would fetch from elsewhere is not fetched. It is stopped after convertMax.
//
// What a converted document says is package reading's. On the account floor, under check: imports ground and reading. Imported by the
// faces, and by account/report/pdf.
package office
