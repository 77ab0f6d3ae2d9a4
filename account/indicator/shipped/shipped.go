// Package shipped holds the indicator files that come with the program (随系统提供的指标), which app checks against the measures of
// a book whenever indicators are asked for.
//
//	spine.indicators       staff, hazards, accidents, deaths and their changes
//	evaluation.indicators  what the scoring schemes ask: control, completion and execution rates
//	account.indicators     the figures of the yearly report, its attachments and the earmark's self-evaluation
//
// What does not live here: the language (package indicator) and the measures that the files name (their kinds, and the items of
// forms). On the account floor: imports nothing of the house; app and tests import it.
package shipped

import "embed"

// Files holds the shipped files by name.
//
//go:embed spine.indicators evaluation.indicators account.indicators
var Files embed.FS
