package figure

import "anlan/ground/fault"

// Faults of this package.
var (
	ErrOtherDimension = fault.Define("figure.other_dimension", fault.Invalid,
		"单位“%s”与“%s”的量纲不同，不能相加、比较或换算", "the units %s and %s measure different things and cannot be added, compared or converted")
)
