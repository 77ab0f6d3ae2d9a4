// Package demo makes a small synthetic year of a city bureau (合成示例) and walks it through the house: spreadsheets, the real
// import, indicators, a report, its check, the check of a published report, and for one figure the way down to its records
// and the proof.
//
// The year is invented and says so wherever it is seen; names are visibly artificial (示例企业0417). It is fitted so that its
// records give ten figures that a published report states: 92 in post, 17 retired, 16,424 major hazards found, 6,682 listed,
// 87 accidents, 97 deaths, 16 and 12 fewer than the year before, −15.5%, −11%. Records that must not count (ordinary hazards,
// another year's, people who came later or left before) are among them, so that the figures are selections and not totals.
//
// Clock and chance are stepped and seeded, so two runs, and both databases, give the same positions, root and document
// bytes; the signing key is not: it is made anew each time.
// Under app: imports app; face/cli calls it.
package demo
