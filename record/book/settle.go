package book

import (
	"context"
	"fmt"
	"slices"

	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// accountKind is what the journal calls the accounts of measures.
const accountKind = "account"

// Settle opens the account of every measure whose definition has none, fills it from current and past rows at the original
// positions, and makes it current by one journalled entry a measure. It says how many became current.
//
// It works a piece at a time, each in a transaction of its own, and other changes go in between: those post to the new
// account from its opening on, while figures are still those of the old one and say so (View.Standing). A Settle that was
// broken off goes on where it stopped.
func (b *Book) Settle(ctx context.Context, actor access.Actor) (settled int, err error) {
	if err := actor.Allow(access.Edit, accountKind, lang.Of("台账", "account")); err != nil {
		return 0, err
	}
	for done := false; !done; {
		var n int
		err := b.db.InTx(ctx, func(tx *store.Tx) (err error) {
			s := &settling{book: b, tx: tx, actor: actor, fresh: map[int64]bool{}, silent: map[silence]bool{}}
			n, done, err = s.piece()
			return err
		})
		if err != nil {
			return settled, err
		}
		settled += n
	}
	return settled, nil
}

// settling is one piece of a Settle, in its transaction.
type settling struct {
	book     *Book
	tx       *store.Tx
	actor    access.Actor
	log      *journal.Writer
	accounts posting.Accounts
	lines    []posting.Line
	left     int              // versions that this piece may still read
	fresh    map[int64]bool   // accounts opened in this piece: nothing is posted to them but by this piece
	silent   map[silence]bool // of which kinds nothing was recorded before an opening
}

// silence is a kind, and a position up to which nothing of it was recorded.
type silence struct {
	plan *plan
	upTo journal.Position
}

// versionsAtOnce bounds the versions read in one piece: about a tenth of a second under the lock.
const versionsAtOnce = 2_000

// piece opens what is missing, fills so much, and makes current what is whole.
func (s *settling) piece() (settled int, done bool, err error) {
	if s.log, err = journal.Lock(s.tx); err != nil {
		return 0, false, err
	}
	s.log.Stamp(s.book.clock.Now())
	if err := s.open(); err != nil {
		return 0, false, err
	}
	s.left = versionsAtOnce
	for _, p := range s.book.order {
		for m, spec := range p.measures {
			a, _ := s.accounts.Open(spec)
			if a.Current > 0 {
				continue
			}
			posted, err := s.fill(p, m, &a)
			if err != nil {
				return settled, false, err
			}
			if !a.Whole() {
				if err := posting.FilledThrough(s.tx, &a); err != nil {
					return settled, false, err
				}
				return settled, false, s.log.Flush()
			}
			if err := s.makeCurrent(spec, &a, posted || !s.fresh[a.No]); err != nil {
				return settled, false, err
			}
			settled++
		}
	}
	return settled, true, s.log.Flush()
}

// open opens the accounts that no definition has yet. From here on changes post to them.
func (s *settling) open() (err error) {
	if s.accounts, err = posting.Load(s.tx); err != nil {
		return err
	}
	var missing []*measure.Spec
	for _, p := range s.book.order {
		for _, spec := range p.measures {
			if _, ok := s.accounts.Open(spec); !ok {
				missing = append(missing, spec)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	before := len(s.accounts)
	if s.accounts, err = s.accounts.Found(s.tx, missing, s.log.Head().Size); err != nil {
		return err
	}
	for _, a := range s.accounts[before:] {
		s.fresh[a.No] = true
	}
	return nil
}

// fill posts the changes up to the opening of an account that have not been posted yet, as far as this piece may go, and
// says whether there were any.
func (s *settling) fill(p *plan, m int, a *posting.Account) (posted bool, err error) {
	var before, after []measure.Posting
	for !a.Whole() && s.left > 0 {
		if a.Filled == 0 && s.silent[silence{p, a.Opened}] {
			a.Filled = a.Opened
			break
		}
		turns, through, err := p.turns(s.tx, int64(a.Filled), int64(a.Opened))
		if err != nil {
			return posted, err
		}
		if len(turns) == 0 && a.Filled == 0 {
			s.silent[silence{p, a.Opened}] = true
		}
		s.lines = s.lines[:0]
		for _, t := range turns {
			s.lines = p.turn(s.lines, m, a.No, journal.Position(p.kind.Head(t.after).Began), t.before, t.after, &before, &after)
		}
		if err := posting.Insert(s.tx, slices.Values(s.lines)); err != nil {
			return posted, err
		}
		posted = posted || len(s.lines) > 0
		a.Filled = journal.Position(through)
		s.left -= len(turns)
	}
	return posted, nil
}

// makeCurrent lets an account give the figures of its measure, and journals it.
func (s *settling) makeCurrent(spec *measure.Spec, a *posting.Account, posted bool) error {
	at := s.log.Head().Size + 1
	now := s.log.Stamp(s.book.clock.Now())
	body := append([]byte(`{"action":"open","actor":`), appendActor(nil, s.actor)...)
	body = appendText(body, "definition", spec.Canon())
	body = appendText(body, "kind", accountKind)
	body = appendText(body, "measure", spec.Code)
	body = appendNumber(body, "position", int64(at))
	body = appendText(body, "recorded_at", now.UTC().Format(instantForm))
	got, err := s.log.Append(journal.Entry{Kind: accountKind, Action: "open", Body: append(body, '}')})
	if err != nil {
		return err
	}
	if got != at {
		return fmt.Errorf("book: the journal gave position %d, announced was %d", got, at)
	}
	return posting.MakeCurrent(s.tx, a, at, posted)
}

// Unsettled lists the measures that have no account for their definition, or one that is not filled yet.
func (b *Book) Unsettled(ctx context.Context) (measures []string, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		accounts, err := posting.Load(tx)
		if err != nil {
			return err
		}
		for _, p := range b.order {
			for _, s := range p.measures {
				if a, ok := accounts.Open(s); !ok || a.Current == 0 {
					measures = append(measures, s.Code)
				}
			}
		}
		return nil
	})
	return measures, err
}
