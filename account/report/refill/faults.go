package refill

import "anlan/ground/fault"

// What a file can lack to be refilled.
var (
	// ErrNotOurs: no content control of the file is tagged as a figure, and nothing says that it is a report.
	ErrNotOurs = fault.Define("refill.not_ours", fault.Invalid,
		"这个Word文件里没有安澜报告的数据（没有带编号的内容控件）：请用 anlan report 写出的 report.docx 或附件修改后再填",
		"this Word file holds no figure of a report (no tagged content control): refill what anlan report wrote, report.docx or an attachment, after editing it")

	// ErrOtherBook: the file's figures are another book's. Arguments: its book, the open one.
	ErrOtherBook = fault.Define("refill.other_book", fault.Invalid,
		"这个文件的数据出自账册%s，现在打开的是账册%s：请用 --data 或 --db 指定原来的账册", "the figures of this file are from book %s and the open one is %s: name its own by --data or --db")

	// ErrOtherReport: no figure of the file is among those of the report. Arguments: the template.
	ErrOtherReport = fault.Define("refill.other_report", fault.Invalid,
		"文件里的数据没有一个属于模板“%s”的报告：请用 --template 指定写出它的模板", "no figure of the file belongs to the report of template %q: name the template that wrote it by --template")

	// ErrNotPacked: the edited file did not read back as it was meant. Arguments: the figure, what stands, what was to stand.
	ErrNotPacked = fault.Define("refill.not_packed", fault.Broken,
		"填入后复读不一致，没有写出：数据“%s”读到“%s”，应为“%s”", "what was put in does not read back, and nothing was written: figure %q reads %q and should be %q")
)
