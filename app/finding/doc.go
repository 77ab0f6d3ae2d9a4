// Package finding looks for what does not fit in a book (疑点): a county's return whose parts do not come to its total, an
// accident whose number is of another year, a voucher on the wrong project, a card without a thing.
//
// Nothing here refuses anything. What must not be recorded at all, a kind refuses when it is written; what came as it came is
// recorded, found here, and mended by a correction that the history keeps. A finding names the record, what was found and what
// was expected; whether it is a fault is for people to say.
//
// Kinds know the doubts about their own records, and functions beside them those between records (their Doubts methods, and
// voucher.WrongProjects and its like); wings do not know each other, so what lies between two of them is joined here.
// Lives here: that joining. Does not live here: the doubts themselves, figures that differ from a published report
// (account/report/compare), and what a journal has lost (store/journal). Under app: imports app and the floors
// below; app/demo and face/cli import it.
package finding
