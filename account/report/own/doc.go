// Package own is the kind of report templates that a bureau keeps itself (报告模板): a template in the language of package report with the
// attachments and the prose that it names, beside those that come with the program.
//
//	department   the bureau's: department.report, department-form.report, duties.prose …     version 2, position 812
//
// A template of the book stands in place of the program's of the same name, as known at a journal position: a report as of a position is
// made by the template that stood there, so a publication can be made again byte by byte. A withdrawn one stands for none, and the
// program's is in force again.
//
// Each is whole by itself: every file that it includes or attaches is in it, and all of them can be read, or it is not accepted. Whether
// its figures are known is found where a report is built, because indicators change beside it.
//
// What does not live here: the language (package report), what comes with the program (package shipped), which template a report is made
// by (app). On the account floor: imports report and the record floor; app imports it.
package own
