package period

import "anlan/ground/fault"

// Faults of this package.
var (
	ErrNotADay = fault.Define("period.not_a_day", fault.Invalid,
		"“%s”不是日期，应形如2023-05-06或2023年5月6日", "%q is not a day; expected the form 2023-05-06 or 2023年5月6日")
	ErrHasTime = fault.Define("period.has_time", fault.Invalid,
		"“%s”带有时刻，这里只填日期，如2023-05-06", "%q has a time of day; only the day is wanted here, as 2023-05-06")
	ErrNotAPeriod = fault.Define("period.not_a_period", fault.Invalid,
		"“%s”不是统计期，应为2023、2023-H1、2023-Q2、2023-05、2023-05-T1、2023-05-06或2023-01..05", "%q is not a period; expected 2023, 2023-H1, 2023-Q2, 2023-05, 2023-05-T1, 2023-05-06 or 2023-01..05")
	ErrEndsBeforeItBegins = fault.Define("period.ends_before_it_begins", fault.Invalid,
		"统计期“%s”的结束早于开始", "the period %q ends before it begins")
	ErrNotASerial = fault.Define("period.not_a_serial", fault.Invalid,
		"%d不是电子表格中的日期序号", "%d is not the serial number of a day in a spreadsheet")
)
