// Package check reads a published report, whoever wrote it, finds its figures and what they claim of each other, and says
// which claims hold, which hold only by rounding, and which contradict (核对).
//
// Two duties, in this order: never accuse falsely; then miss nothing that can be shown from the text alone. A printed
// figure is the interval that its digits allow (package figure). A claim is judged in this order, and nothing else widens:
//
//	holds          the operands as printed give the stated figure at its printed precision; an exact half may have gone
//	               up or to even
//	rounding       some true values inside the half-unit intervals do; else with the last digits of the stated figure cut
//	               off (truncated); else when rounded twice (twice); else when zeros were filled in (padded)
//	contradiction  none of these
//
// What the text states is judged both ways. What a rule only supposes from subjects (that two amounts are parts of a
// third) is reported when it holds, and contradicted only where another column of the same list confirms it or one wrong
// digit explains the difference and chance hardly does (slip.go). When a scope, a period or a base cannot be told from
// the text, there is no verdict; the claim is counted as not checkable where the text makes one. A breakdown, total or
// balance that fails and may have other parts is asked about in the same place, with its arithmetic (doubt.go).
//
//	doc, err := reading.Open("2023年度自评报告.docx")
//	file := check.Check(doc, check.Options{})
//	report := check.Report{Tool: check.Tool{Name: "anlan"}, Files: []check.File{file}}
//	err = report.WriteJSON(os.Stdout) // or WriteText
//
// A document is read once, sentence by sentence: sentence.go takes a sentence apart, mention.go reads the words around
// each figure, and each rule (parts.go, share.go, change.go, …) is one file with its own table test, listed in check.go.
// Windows are bounded (paper.go), so time is in proportion to the text and memory does not grow with what was read.
//
// A table is judged when its last line is read (sheet.go): headings, labels, codes and columns of amounts are told apart
// (sheetcolumns.go), then totals of rows (sheetrows.go), levels and totals of columns (sheetlevels.go), totals of both
// sides and amounts that another table gives (sheetacross.go), and those that the prose states in another unit
// (sheetprose.go), and what the forms of evaluation claim of each other (form.go). A layout can be misread, so that it accuses
// only by families (family.go): a reading of which most claims hold, or a slip of one digit. What could not be placed on the
// page makes its neighbours accuse nobody, and a table in which nothing was understood is listed as not checkable.
//
// What a rate divides by and nobody prints (地区生产总值) follows from the rate and what it counts, as an interval (implied.go); it is held
// against a table of reference and against other rates when all was read, and only asked about.
//
// Forms of targets (绩效目标表, 自评表) are read before the text (targetform.go), for large deviations that they leave
// unexplained and, where the approved targets are given, for what differs from them (target.go).
//
// How files become lines and tables is package reading. On the account floor: imports ground only, and account/check/reading.
package check
