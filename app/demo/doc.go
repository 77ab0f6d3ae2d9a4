// Package demo makes a synthetic year of a city bureau (合成示例) and walks it through the house: spreadsheets and returns, the
// real import, what does not fit and how it is mended, indicators, the score, two reports with their attachments, their check,
// the check of a published report and its comparison with the records, what came late, and for one figure the way down to its
// records and the proof. Last come the people who may sign in to it.
//
// The year is invented and says so wherever it is seen; names are visibly artificial (示例企业0417). It is fitted so that its
// sources give the figures that a published report states (2030.18万元 of basic expenditure, 92 in post, 16,424 major hazards,
// 1,165 cases, 97 deaths …). That a fitted year agrees proves nothing, so trouble is planted in the files of the first batch and
// mended by a second; and records that must not count (ordinary hazards, another year's, people who came later or left before)
// are among them, so that the figures are selections and not totals.
//
// Clock and chance are stepped and seeded, so two runs, and both databases, give the same positions, root and document
// bytes; the signing key and the first passwords are not: they are made anew each time.
// Under app: imports app and app/finding; face/cli calls it.
package demo
