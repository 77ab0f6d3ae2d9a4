package period

import "anlan/ground/fault"

// Faults of this package.
var (
	ErrNotADay = fault.Define("period.not_a_day", fault.Invalid,
		"“%s”不是日期，应形如2023-05-06或2023年5月6日", "%q is not a day; expected the form 2023-05-06 or 2023年5月6日")
	ErrNotAPeriod = fault.Define("period.not_a_period", fault.Invalid,
		"“%s”不是统计期，应为2023、2023-H1、2023-Q2、2023-05、2023-05-T1、2023-05-06或2023-01..05", "%q is not a period; expected 2023, 2023-H1, 2023-Q2, 2023-05, 2023-05-T1, 2023-05-06 or 2023-01..05")
)
