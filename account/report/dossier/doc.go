// Package dossier writes what a check found as files (核对卷宗): an index, each report as a page with its verdicts, for each department its
// 审核意见表 and for all of them 汇总表, as workbooks and Word documents; and what a comparison with the records found, as a table.
//
//	pages := dossier.NewPages(departments, lang.Chinese, sink)     // sink: files of a folder, or of an archive
//	tables := dossier.NewTables(departments, nil, pages)
//	err := folder.Run(ctx, departments, open, folder.Options{Read: pages.Page}, func(r folder.Result) error {
//		pages.Take(r)
//		return tables.Take(r)
//	})
//	err = tables.Finish()
//	err = pages.End(unread, nil)
//
// A file has a name that no other of its folder has on any system, whatever the report is called. What is found is for packages check and
// folder; how a page looks, for package marked; which finding is new, for package opinion. On the account floor: imported by app and the faces.
package dossier
