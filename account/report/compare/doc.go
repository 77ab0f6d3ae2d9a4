// Package compare sets a published report beside our records (比对): for each figure of a document that anybody wrote it finds the
// indicator that it is of, and says whether the records give it.
//
//	doc, err := reading.Open("2023年度自评报告.docx")
//	report, err := compare.Compare(ctx, doc, compare.Terms{Set: indicators, Catalogue: measures, Records: records, Period: period.Year(2023), …})
//	err = report.WriteText(os.Stdout, lang.Chinese)
//
// A figure is aligned by three things, all of which must fit: its words, its unit of measure, its time. The words are the name of
// an indicator and the wordings that its definition lists (also "…", docs/indicator-language.md); of several that fit the longest
// is meant. A word beside them that may make it something else (事业编制 beside 编制) makes the alignment uncertain; then, and where
// several indicators fit alike, the value may confirm one and never contradicts any. Nothing is said to differ unless words, unit
// and time leave no doubt:
//
//	agrees        what the records give, rounded once to the printed digits, is the figure
//	rounding      it is, with digits cut off or a half not rounded up; or printed figures that agree give it exactly
//	differs       it cannot
//	not recorded  no indicator has the name, or the records give it no value
//	not aligned   nobody can tell which indicator it is, or of which time
//
// What the text computes itself (shares, sums, changes since last year and their rates) is computed from the records too, by the
// claims that package check finds. One that differs follows from another that does where the printed value of that one gives it; else it
// is a difference of its own. A sum under the name of something else is told by its parts in the text. A 0 that nothing states (a year
// of which the book has no records) accuses nobody.
//
// A rate that differs is tried with other numerators and denominators: measures of the same kind of record, and figures stated
// near it. One that reproduces what is printed is a finding, and is worded as a question: 另一种口径，还是把事故起数当成了死亡人数？
//
// Judging a report by itself is package check; the figures of records are package indicator and its sources. On the account floor, a
// verb of report: imports indicator, check and the ground. Imported by app and face.
package compare
