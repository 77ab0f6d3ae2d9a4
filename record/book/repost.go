package book

import (
	"context"

	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// Repost makes every posting of every current account again, from the versions of the records, and compares: each record's
// contribution at each position, then the cells with the postings. It reads everything, in bounded memory.
func (b *Book) Repost(ctx context.Context) (v Verification, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		accounts, err := posting.Load(tx)
		if err != nil {
			return err
		}
		for _, p := range b.plansInOrder() {
			for m, s := range p.kind.MeasureSpecs() {
				a, ok := accounts.Of(s)
				if !ok {
					continue
				}
				if err := b.repostOne(tx, p, m, s, a, &v); err != nil {
					return err
				}
				if err := cellsAgree(tx, s, a, &v); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return v, err
}

// repostOne walks the records of a kind and the postings of one account side by side, both in order of record.
func (b *Book) repostOne(tx *store.Tx, p *plan, m int, s *measure.Spec, a posting.Account, v *Verification) error {
	var before, after []measure.Posting
	var lines []posting.Line
	made := map[posting.Mark]posting.Balance{}
	posted := &posting.Walk{Tx: tx, Account: a.No}
	settle := func(row int64) error {
		stored, err := posted.Through(row)
		if err != nil {
			return err
		}
		for mark, want := range made {
			if have := stored[mark]; have != want {
				v.add(ErrPostingsDiffer.With(s.Label, p.kind.Label(), mark.Record, want.Count, want.Value, have.Count, have.Value))
			}
			delete(stored, mark)
		}
		for mark, have := range stored {
			if have != (posting.Balance{}) {
				v.add(ErrPostingsDiffer.With(s.Label, p.kind.Label(), mark.Record, 0, 0, have.Count, have.Value))
			}
		}
		clear(made)
		return nil
	}
	var row, records int64
	err := b.versions(tx, p, func(old, r any) error {
		h := p.kind.Head(r)
		if h.Row != row {
			if records++; records%recordsAtOnce == 0 {
				if err := settle(row); err != nil {
					return err
				}
			}
			row = h.Row
		}
		lines = turn(lines[:0], p, m, a.No, journal.Position(h.Began), h.Row, old, r, &before, &after)
		for _, l := range lines {
			k := l.Mark()
			x := made[k]
			x.Count, x.Value = x.Count+l.Count, x.Value+l.Value
			made[k] = x
			v.Postings++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return settle(posting.LastRecord)
}

// recordsAtOnce bounds the postings that are held while comparing.
const recordsAtOnce = 1000

func cellsAgree(tx *store.Tx, s *measure.Spec, a posting.Account, v *Verification) error {
	wrong, err := posting.WrongCells(tx, a, findingsMax)
	for _, c := range wrong {
		v.add(ErrCellsDiffer.With(s.Label, c.Axis, c.Code, c.Span, c.Want.Count, c.Want.Value, c.Have.Count, c.Have.Value))
	}
	return err
}
