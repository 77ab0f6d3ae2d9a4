// Package opinion makes of what a check found the table that a finance bureau sends to a department (审核意见表): a line for each
// finding with the words of the report, what is doubted, the arithmetic, how it may be explained innocently, what to do, and two
// columns that people fill in: 单位说明 and 复核结论.
//
// The table is also the memory. Given back in the next run, filled in, it says of each finding of the next version whether it is new,
// still open, or dismissed, and which ones are gone:
//
//	新增    the last table did not have it
//	未改    it did, and the report says it still
//	不成立  the reviewer dismissed it: 复核结论 begins with 不成立, and says why
//	已消除  the last table had it, and the report does not say it any more
//
// A finding is found again by its key (check.Relation.Key), which has no figure in it: a finding whose figures were changed and still
// contradict is open. What people wrote is carried over. The same report twice in a department stands once.
//
// Rows are in the order of what is at stake: money by how much a figure is off, then points, then the verdicts; dismissed ones follow,
// and those that are gone. What holds stands in a table of its own behind them. Texts are Chinese, as the form is; package check says the same in
// English.
//
// Writing the tables as Word files and workbooks is not here. On the account floor: imports check and the ground. Imported by the faces.
package opinion
