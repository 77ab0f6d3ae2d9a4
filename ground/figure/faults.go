package figure

import "anlan/ground/fault"

// Faults of this package.
var (
	ErrOtherDimension = fault.Define("figure.other_dimension", fault.Invalid,
		"单位“%s”与“%s”的量纲不同，不能相加、比较或换算", "the units %s and %s measure different things and cannot be added, compared or converted")
	ErrNotAFigure = fault.Define("figure.not_a_figure", fault.Invalid,
		"“%s”不是数据，应形如2030.18万元、约560万元、近百人、15.5%%、10—15毫米", "%q is not a figure; expected the form 2030.18万元, 约560万元, 近百人, 15.5%%, 10—15毫米")
	ErrTooFine = fault.Define("figure.too_fine", fault.Invalid,
		"%d位小数超出可表示的范围（最多%d位）", "%d decimals are more than can be stated (at most %d)")
	ErrUntrue = fault.Define("figure.untrue", fault.Invalid,
		"写成“%s”与实际值%s不符", "%s is not true of the value %s")
)
