// Package figure is a value as it was stated (数据): a decimal number, a unit, and how precisely it was given.
//
// 2030.18万元 was rounded by whoever wrote it, so it stands for the interval [2030.175, 2030.185] 万元. 52个 is a count
// and stands for itself. 约560万元, 近百人, 3000余个, 5%左右 and 10—15毫米 have widths of their own (see Form). Published
// figures are compared as intervals, so rounding is understood and never excused by a tolerance.
//
//	f, err := figure.Parse("2.05亿元")   // value 2.05, unit 亿元, [2.045, 2.055] 亿元
//	f.String()                           // "2.05亿元"; Parse of it is f again
//	f.Interval().Times(f.Unit().Scale()) // [204500000, 205500000] in 元
//
// Unit knows the units of the field with dimension and exact scale, refuses to turn 起 into 人, and multiplies and
// divides (人/亿元). Interval is exact interval arithmetic. Round and As print a value in the form that a report states.
//
// Scanner finds every number of a text in one pass, with its class: a figure, or a date, a document number, a code, an
// ordinal, a telephone number, a slogan and so on, which are numbers in writing and nothing one may add. It reads
// half- and full-width digits, thousands separators, 汉字 numerals, 百分之, compound 3亿2000万 and compound units.
//
//	for s := figure.NewScanner(text); ; {
//		t, ok := s.Next() // t.Class, t.Figure, t.Date, t.Offset, t.Line, t.Column
//	}
//
// What does not live here: amounts of the books in fen (package money), days and spans (package period), and what
// figures claim of each other (account/check). On the ground floor: imports fault; anybody may import it.
package figure
