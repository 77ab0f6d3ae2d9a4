// Package folder reads the reports of many offices in one go (批量核对): which files there are and which department each belongs
// to, all of them judged side by side in bounded memory, and what the documents of one department say of each other.
//
//	departments, unread := folder.Find([]string{"2023年度"}, readable)
//	err := folder.Run(ctx, departments, reading.Open, folder.Options{}, func(r folder.Result) error { … })
//
// A department (部门) is a folder. On the way down from what was named, the first folder that holds a report of its own is one, with
// all that lies below it: so a folder of folders is as many departments, and a report with its attachments in a folder beside it is
// one. Results come in the order of the files, whichever is done first.
//
// The same report twice, as a PDF and as the Word file it was made from, counts once: the words of two documents of a department
// are alike and their figures the same (twin.go). Where the words are alike and a few figures are not, both count, and the figures
// that only one of them has are noted: one of the two was corrected and the other was not.
//
// When the last document of a department was told, what its documents say of each other and of earlier ones is told too (together.go).
//
// A file that cannot be read, and one on which the program itself fails, is a result with its fault; the others go on.
//
// What one document says of itself is package check; how files become lines is package reading. On the account floor: imports check
// and the ground. Imported by the faces.
package folder
