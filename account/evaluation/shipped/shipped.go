// Package shipped holds the scoring schemes that come with the program (随系统提供的评分方案). A bureau takes one out as a
// spreadsheet (anlan scheme export), edits it, and imports it as its own; the scheme of the book then stands in its place.
//
//	department.scheme  the five groups of a city's whole-department report of 2023; the points per line are not published, so
//	                   they are examples (示例) and its printed total cannot be reproduced from the published text
//	hunan.scheme       the whole-department rubric of Hunan, 10 + 60 + 30
//	project.scheme     the self-evaluation of a project, 10 + 50 + 30 + 10 (财预〔2020〕10号)
//
// What does not live here: the form of the files (package evaluation), the indicators that they name (package
// indicator/shipped). On the account floor: imports nothing of the house; app and tests import it.
package shipped

import "embed"

// Files holds the shipped files by name.
//
//go:embed *.scheme
var Files embed.FS
