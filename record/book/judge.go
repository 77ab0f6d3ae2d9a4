package book

import (
	"slices"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
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

// Judge asks the judge of a kind about a record that is not sound by itself and will not be written, beside the book as the view shows
// it, so that whoever corrects it hears everything at once. What a fault says of a field that could not be read counts for nothing.
func (v *View) Judge(kind string, r any) error {
	if v.book.judge == nil || !slices.Contains(v.book.judge.Kinds(), kind) {
		return nil
	}
	units, err := v.UnitTree()
	if err != nil {
		return err
	}
	return v.book.judge.Judge(Beside{Tx: v.tx, Units: units}, kind, r)
}

// JudgedAlone says whether records of a kind are judged beside others one by one, and never as a whole with those beside them.
func (b *Book) JudgedAlone(kind string) bool { return b.Judged(kind) && !b.wholeOf(kind) }

// Whole refuses what the changes of one Apply make of the book together: definitions that name each other, of which one is
// changed and another taken away. A Judge sees each record as it goes in; Whole is asked once, when all of them are in and
// nothing is committed, so that the order of the changes does not matter.
type Whole interface {
	// Kinds lists the codes of the kinds of which a change, a withdrawal too, makes it be asked.
	Kinds() []string
	// Whole gives the faults of the book as it would stand. before shows it as it stood before this Apply, after as the changes
	// have left it; both show everything, whoever the actor is. A fault of a changed record has the number of its change as
	// Where.Row.
	Whole(before, after *View, touched Touched) error
}

// Touched are the changed records of the kinds of a Whole: by kind and id the number of the change, from 1; 0 for the only one.
type Touched map[string]map[ident.ID]int

// Judged says whether records of a kind are judged beside others, which can be found only by writing them.
func (b *Book) Judged(kind string) bool {
	return b.judge != nil && slices.Contains(b.judge.Kinds(), kind) || b.wholeOf(kind)
}

func (b *Book) wholeOf(kind string) bool {
	return b.whole != nil && slices.Contains(b.whole.Kinds(), kind)
}

// touch notes that a change was made of a kind that is judged as a whole.
func (w *writer) touch(i int, kind string, d Done) {
	if d.Same || !w.book.wholeOf(kind) {
		return
	}
	if w.touched[kind] == nil {
		w.touched[kind] = map[ident.ID]int{}
	}
	w.touched[kind][d.ID] = 0
	if w.total > 1 {
		w.touched[kind][d.ID] = i + 1
	}
}

// whole asks for the faults of the book as all the changes, which have been written, leave it.
func (w *writer) whole() error {
	if len(w.touched) == 0 {
		return nil
	}
	before, err := w.everything(w.first)
	if err != nil {
		return err
	}
	after, err := w.everything(0)
	if err != nil {
		return err
	}
	return w.book.whole.Whole(before, after, w.touched)
}

// everything is a view without bounds of what this transaction sees, as of a position; 0 is with all the changes.
func (w *writer) everything(asOf journal.Position) (*View, error) {
	v := &View{Head: w.log.Head(), AsOf: asOf, Today: period.DayAt(w.now), book: w.book, tx: w.tx, scope: scope{all: true},
		actor: access.Actor{Name: w.actor.Name, Role: access.Administrator, Via: w.actor.Via}, recorded: map[kindYear]bool{}}
	var err error
	if v.around, err = w.book.look(w.tx); err != nil {
		return nil, err
	}
	v.units, err = w.book.trees.Units(w.tx, asOf)
	return v, err
}
