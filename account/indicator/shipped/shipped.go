// Package shipped holds the indicator files that come with the program (随系统提供的指标). They are imported when a book is
// founded, like anybody's, and from then on are records of the book that it may change.
//
//	spine.indicators       the ten figures of the first report page: staff, hazards, accidents, deaths and their changes
//	evaluation.indicators  what the scoring schemes ask: control, completion and execution rates
//	account.indicators     the figures of the yearly report, its attachments and the earmark's self-evaluation
//
// What does not live here: the language (package indicator), the measures that the files name (their kinds), and the
// indicators of a bureau's own. On the account floor: imports nothing of the house; app and tests import it.
package shipped

import "embed"

// Files holds the shipped files by name.
//
//go:embed spine.indicators evaluation.indicators account.indicators
var Files embed.FS
