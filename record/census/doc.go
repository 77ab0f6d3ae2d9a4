// Package census proves that a count or a sum left nothing out (清点): the records that a figure counts are a set, and a set
// has a size, a total and a root.
//
// A Member is one record with what it adds to the figure. Its leaf is one line of canonical JSON (RFC 8785): id, kind, version and
// journal position of the version counted, the unit and place that own it, the days on which it counts, the amount. No value of
// the record itself stands in it.
//
//	{"amount":"2","id":"018e3f9f-e7cf-7000-b3cb-bf7eda7fbf2e","kind":"accident","on":"2023-01-09","place":"430602","position":27938,"unit":"430602","version":1}
//
// The leaves stand in order of their ids, each id once, in a tree with the journal's hashes (RFC 6962). So three things can
// be shown to whoever holds the root alone: that a record is in the set, and with what amount (Place, its leaf and 1 + log₂ n
// hashes); that a record is not in it (the two leaves between which it would stand, side by side); and, with all the lines,
// that size and total are those of the set (Recount).
//
// What makes it complete is that both can be held against the journal: whoever has a record in the journal from before the
// position and finds it absent from the set, or with another amount, holds proof that something was left out.
//
// Which records a figure counts is not decided here (package posting keeps the balances, book reads them), nor which sets
// may be published (account/report). On the record floor: imports ground, store/canonical and store/journal; book and
// account use it.
package census
