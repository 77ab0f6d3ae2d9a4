// Package posting keeps the books of the measures (台账): each change of a record posts to every measure whose conditions
// it enters, leaves or alters, and a figure is a balance of these postings.
//
// A posting is (account, position, unit, place, day, record, ±count, ±value). Nothing here edits a posting: a correction is
// a reversal and a new posting at the position of the correction, so the balance as of any position stays what it was.
//
//	position 41   hazard.found   430602  2023-05-06   record 41   +1
//	position 58   hazard.found   430602  2023-05-06   record 41   −1   withdrawn: reported twice
//	balance of hazard.found in 2023 = 0; as of position 50 = 1
//
// An account is (measure, hash of its definition): a changed definition opens a new account, filled at the original
// positions before it becomes current; that of the old definition is closed and kept. A posting names the leaf unit
// and the leaf place; ancestors are summed at reading over dated trees (package place), so moving a unit touches nothing.
// A flow follows the tree of each posting's day ("as it was"); a stock follows the tree of the last day asked for.
//
// Cells are sums of postings by account, unit or place or everything, and month or year, folded in order of position up to
// folded_through by Fold; a balance is cells plus the postings not yet folded, so it is exact at every moment, and the
// cost of a year's figure does not grow with the number of records, nor with the units under the one asked for: nearly all
// are everything less a few others. AskAll answers the questions of a whole report in a few queries. Postings and cells are
// derived: they are not journalled, and package book can make them again from the records and compare.
//
// Values are exact integers in the measure's scale; nothing is rounded or divided here.
// On the record floor: imports ground, measure and store; serves book and account.
package posting
