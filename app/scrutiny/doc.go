// Package scrutiny checks reports that somebody sends from elsewhere (送审材料的核对): whether their figures hold against each other, and, where a
// period is named, what the records of the book give for each of them.
//
//	found, archive, err := scrutiny.Run(ctx, a, actor, scrutiny.Request{Files: files, Lang: lang.Chinese, With: &scrutiny.With{Period: p, Unit: u}})
//
// found is what a page shows, archive a ZIP with everything: the reports as pages with their verdicts, 审核意见表, 比对表. The files themselves are
// in a folder of this machine while they are read, and gone afterwards, whatever happens. What is compared with the records is what the
// actor may see of figures: as on the page of a figure.
//
// Judging is account/check, comparing account/report/compare, the files of the archive account/report/dossier; keeping it is
// office/deposit. Under app: imports app and the floors below; face/web imports it.
package scrutiny
