package finding

import (
	"context"
	"errors"
	"slices"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

// Finding is one thing that does not fit.
type Finding struct {
	Doubt  *fault.Fault // what was found and what was expected
	Way                 // to the record that it is about; the zero one where it is about what is not there
	Others []Way        // to the records that it is held against: the parts of a total
	Number int          // in the order of finding, from 1
}

// Way leads to a record.
type Way struct {
	Kind  string
	Label lang.Text // of the kind
	Key   string    // the record's natural key
	ID    ident.ID
}

func wayTo(k record.Of, r any) Way {
	return Way{k.Code(), k.Label(), record.NameOf(k, r), k.Head(r).ID}
}

// Search looks through the book as the view's actor may see it. The period says which year's projects, returns and accounts
// are held against each other: those of which the whole period lies in it, so that a year's accounts are not held against the
// vouchers of a month. Doubts that a record has by itself are found whenever it happened. What is held against kinds that the actor may not
// read is not looked for.
func Search(ctx context.Context, a *app.App, v *book.View, p period.Period) ([]Finding, error) {
	s := &search{ctx: ctx, app: a, view: v, period: p}
	for _, rule := range []func() error{s.alone, s.approvals, s.vouchers, s.statements, s.coverages, s.staff, s.things, s.targets, s.deductions} {
		if err := rule(); err != nil && !errors.Is(err, access.ErrMayNot) {
			return nil, err
		}
	}
	for i := range s.found {
		s.found[i].Number = i + 1
	}
	return s.found, nil
}

type search struct {
	ctx    context.Context
	app    *app.App
	view   *book.View
	period period.Period
	found  []Finding
}

// doubting is a record that knows what does not fit in it.
type doubting interface{ Doubts() fault.List }

// aging is one of which that depends on the day.
type aging interface {
	Doubts(on period.Day) fault.List
}

// naming is one of which some doubts rest on who is named in it: whoever may not see persons cannot tell a name that is missing from one
// that is kept from him, and is not told of these.
type naming interface {
	DoubtsOfPersons() []*fault.Declaration
}

// alone asks every record that can doubt itself; what depends on the day, of the last day of the period.
func (s *search) alone() error {
	for _, k := range s.view.Kinds() {
		var ask func(r any) fault.List
		switch k.New().(type) {
		case doubting:
			ask = func(r any) fault.List { return r.(doubting).Doubts() }
		case aging:
			ask = func(r any) fault.List { return r.(aging).Doubts(s.period.Last()) }
		default:
			continue
		}
		var untold []*fault.Declaration
		if n, names := k.New().(naming); names && !s.seesAll(k) {
			untold = n.DoubtsOfPersons()
		}
		if err := s.view.Each(book.Query{Kind: k.Code()}, func(r any) error {
			for _, doubt := range ask(r) {
				if !slices.Contains(untold, doubt.Declaration) {
					s.add(doubt, k, r)
				}
			}
			return nil
		}); err != nil && !errors.Is(err, access.ErrMayNot) {
			return err
		}
	}
	return nil
}

// seesAll says whether the reader sees every field of a kind.
func (s *search) seesAll(k record.Of) bool {
	for i := range k.Fields() {
		if !s.view.Sees(k, i) {
			return false
		}
	}
	return true
}

// add keeps a finding about record r of a kind, held against others; nil is about none.
func (s *search) add(doubt *fault.Fault, k record.Of, r any, others ...Way) {
	f := Finding{Doubt: doubt, Others: others}
	if r != nil {
		f.Way = wayTo(k, r)
	}
	s.found = append(s.found, f)
}

// years are the whole years of the period; none where it is not made up of them.
func (s *search) years() (out []period.Period) {
	first, last := s.period.First().Year(), s.period.Last().Year()
	if s.period != period.Span(period.Year(first).First(), period.Year(last).Last()) {
		return nil
	}
	for y := first; y <= last; y++ {
		out = append(out, period.Year(y))
	}
	return out
}
