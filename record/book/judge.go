package book

import (
	"slices"

	"anlan/ground/place"
	"anlan/record"
	"anlan/store"
)

// Judge refuses what a record may not be beside other records of the book: two spans that overlap, a code that a list of
// another kind must have. A rule of a kind sees its own record only; a judge is asked inside the transaction, when no other
// change of the book can come between. The kinds behind it stand above the record floor, so app hands it down.
type Judge interface {
	// Kinds lists the codes of the kinds that are judged.
	Kinds() []string
	// Judge gives the faults of record r of a kind as it would stand. r is sound by itself, and is not changed. What
	// stands in the book already may have the id of r: then r is its next version.
	Judge(at Beside, kind string, r any) error
}

// Beside is what a judge may look at: the book as the changes before this one have left it, now.
type Beside struct {
	Tx    *store.Tx
	Units place.Tree[place.Unit]
}

// beside asks the judge of the kind, if it has one. New records that wait are written before, so that the second of two
// that contradict each other in one Apply is refused like that of two Applies.
func (w *writer) beside(p *plan, r any) error {
	if w.book.judge == nil || !slices.Contains(w.book.judge.Kinds(), p.kind.Code()) || p.kind.Head(r).State == record.Withdrawn {
		return nil
	}
	if len(w.waiting) > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	return w.book.judge.Judge(Beside{Tx: w.tx, Units: w.around.units}, p.kind.Code(), r)
}
