package book

import (
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store/journal"
)

// Ask is a question to a measure.
type Ask struct {
	Measure string
	Period  period.Period
	Unit    place.Unit // the unit with all under it; empty: all that the actor acts for
	Place   place.Code // instead of Unit: the place with all in it, as far as the actor's units own what happened there
	// Definition asks by an earlier definition of the measure, which a published figure names; zero: the present one.
	Definition [32]byte
}

// Faults of figures.
var (
	// ErrNoMeasure says that no kind declares the measure, or that the actor may not see what it reads.
	ErrNoMeasure = fault.Define("book.no_measure", fault.NotFound,
		"没有统计项“%s”，最接近的是“%s”", "there is no measure %q; the nearest is %q")
	// ErrNotFilled says that a measure's books have not been opened since it was declared.
	ErrNotFilled = fault.Define("book.not_filled", fault.Conflict,
		"统计项“%s”的台账尚未建立，请先运行 anlan migrate", "the account of measure %q has not been opened; run anlan migrate first")
	// ErrNoDefinition says that a measure never gave figures by a definition.
	ErrNoDefinition = fault.Define("book.no_definition", fault.NotFound,
		"统计项“%s”没有口径为%x的台账", "measure %q has no account of the definition %x")
	// ErrDefinitionClosed says that a figure by an earlier definition is asked for after that definition had been replaced.
	ErrDefinitionClosed = fault.Define("book.definition_closed", fault.Conflict,
		"统计项“%s”的该口径只用到日志位置%d，请用 --as-of %[2]d 或更早的位置", "measure %q was counted by this definition up to position %d only; ask as of %[2]d or earlier")
)

// Measure finds a measure, its kind, and its index in the kind.
func (b *Book) Measure(code string) (record.Of, int, error) {
	var known []string
	for _, p := range b.order {
		for i, s := range p.measures {
			if s.Code == code {
				return p.kind, i, nil
			}
			known = append(known, s.Code)
		}
	}
	return nil, 0, ErrNoMeasure.With(code, field.Nearest(code, known))
}

// MeasureOf finds a measure that the actor may see, with its kind: whoever may not see a field may not count by it.
func (v *View) MeasureOf(code string) (record.Of, *measure.Spec, error) {
	var known []string
	for _, p := range v.book.order {
		for _, s := range p.measures {
			if !v.actor.Sees(s.Sensitivity) {
				continue
			}
			if s.Code == code {
				return p.kind, s, nil
			}
			known = append(known, s.Code)
		}
	}
	return nil, nil, ErrNoMeasure.With(code, field.Nearest(code, known))
}

// Standing says by which definition the figures of a measure are counted at the view's position.
type Standing struct {
	Spec *measure.Spec
	// Replaced says that the definition declared by this program is another, whose account is not filled yet: figures are
	// still counted by the old one, and hold what was changed up to Through only.
	Replaced bool
	Through  journal.Position
}

// Standing says by which definition a measure is counted, so that whoever prints a figure can say so.
func (v *View) Standing(code string) (Standing, error) {
	_, declared, err := v.MeasureOf(code)
	if err != nil {
		return Standing{}, err
	}
	a, ok := v.around.accounts.Current(code)
	if !ok {
		return Standing{}, ErrNotFilled.With(code)
	}
	s, err := specOf(a, declared)
	if err != nil {
		return Standing{}, err
	}
	x := Standing{Spec: s, Replaced: a.Hash != declared.Hash(), Through: v.Head.Size}
	if a.IsClosed {
		x.Through = a.Closed
	}
	return x, nil
}

// specOf is the definition that an account was counted by: the declared one, or one read back from the account.
func specOf(a posting.Account, declared *measure.Spec) (*measure.Spec, error) {
	if a.Hash == declared.Hash() {
		return declared, nil
	}
	s, err := measure.Recall(a.Definition)
	if err != nil {
		return nil, err
	}
	s.Kind, s.Label, s.Sensitivity = declared.Kind, declared.Label, declared.Sensitivity
	return s, nil
}

// account finds the account that answers a question.
func (v *View) account(a Ask) (posting.Account, error) {
	if a.Definition == ([32]byte{}) {
		x, ok := v.around.accounts.Current(a.Measure)
		if !ok {
			return x, ErrNotFilled.With(a.Measure)
		}
		return x, nil
	}
	x, ok := v.around.accounts.Of(a.Measure, a.Definition)
	switch {
	case !ok:
		return x, ErrNoDefinition.With(a.Measure, a.Definition[:4])
	case x.IsClosed && v.At() > x.Closed:
		return x, ErrDefinitionClosed.With(a.Measure, int64(x.Closed))
	}
	return x, nil
}

// question turns an Ask into one for the postings.
func (v *View) question(a Ask) (posting.Question, *measure.Spec, error) {
	account, s, err := v.counted(a)
	if err != nil {
		return posting.Question{}, nil, err
	}
	q, err := v.about(a)
	return asked(q, account, s, a), s, err
}

// asked completes a question that says what it is about by what is counted.
func asked(q posting.Question, account posting.Account, s *measure.Spec, a Ask) posting.Question {
	q.Account, q.Shape, q.First, q.Last = account, s.Shape, a.Period.First(), a.Period.Last()
	return q
}

// counted finds what an Ask counts by: the account and its definition.
func (v *View) counted(a Ask) (posting.Account, *measure.Spec, error) {
	_, declared, err := v.MeasureOf(a.Measure)
	if err != nil {
		return posting.Account{}, nil, err
	}
	account, err := v.account(a)
	if err != nil {
		return posting.Account{}, nil, err
	}
	s, err := specOf(account, declared)
	return account, s, err
}

// foldedThrough is posting.FoldedThrough, asked once in a snapshot, and only where figures are.
func (v *View) foldedThrough() (journal.Position, error) {
	if v.folded == nil {
		at, err := posting.FoldedThrough(v.tx, false)
		if err != nil {
			return 0, err
		}
		v.folded = &at
	}
	return *v.folded, nil
}

// about is what an Ask is about: leaves of one of the trees, as known at the view's position.
func (v *View) about(a Ask) (posting.Question, error) {
	q := posting.Question{Axis: posting.ByUnit, AsOf: v.AsOf}
	var err error
	if q.Folded, err = v.foldedThrough(); err != nil {
		return q, err
	}
	units, places, err := v.leaves(a)
	switch {
	case err != nil:
		return q, err
	case places != nil:
		q.Axis, q.Nodes, q.Within = posting.ByPlace, posting.Nodes(places), v.scope.within()
	case units != nil:
		q.Nodes = posting.Nodes(units)
	}
	return q, nil
}

// leaves are the leaves of one of the trees that an Ask is about, with the days on which they belong; both nil for the
// whole book.
func (v *View) leaves(a Ask) (units []place.Held[place.Unit], places []place.Held[place.Code], err error) {
	if a.Place != "" {
		tree, err := v.PlaceTree()
		if err != nil {
			return nil, nil, err
		}
		if !tree.Has(a.Place) {
			return nil, nil, ErrNoSuchPlace.With(string(a.Place))
		}
		return nil, tree.Under(a.Place), nil
	}
	unit := a.Unit
	if unit == "" {
		if v.scope.all {
			return nil, nil, nil
		}
		unit = v.actor.Unit
	}
	if err := v.Allow(unit); err != nil {
		return nil, nil, err
	}
	return v.units.Under(unit), nil, nil
}

// Balance is the figure of a measure, before scaling, by its postings, with the definition it was counted by.
func (v *View) Balance(a Ask) (posting.Balance, *measure.Spec, error) {
	q, s, err := v.question(a)
	if err != nil {
		return posting.Balance{}, nil, err
	}
	x, err := posting.Ask(v.tx, q)
	return x, s, err
}

// recordedAsOf finds a record of a kind that stood at a position and has a day up to another, or none at all. One row; it reads
// the table to its end where there is none, which is so for years before the first record.
const recordedAsOf = `
SELECT 1 FROM {kind} WHERE began <= ? AND state <> 'withdrawn'{days}
UNION ALL
SELECT 1 FROM {kind}_past WHERE began <= ? AND ended > ? AND state <> 'withdrawn'{days}
LIMIT 1`

// kindYear is a kind in a calendar year.
type kindYear struct {
	kind string
	year int
}

// RecordedBy says whether the book, at the view's position, has any record of a kind that is of the calendar year of a day or of
// one before, by any of its days, of whatever unit; one without a day is of every year, and withdrawn ones are none. Where it has
// none, nobody has recorded what the measures of the kind count: their figure is not 0. The whole year of the first record counts
// as kept, so that the months before it are months in which nothing happened.
func (v *View) RecordedBy(kind string, by period.Day) (bool, error) {
	key := kindYear{kind, by.Year()}
	if known, ok := v.recorded[key]; ok {
		return known, nil
	}
	k, err := v.book.Kind(kind)
	if err != nil {
		return false, err
	}
	var early, undated []string
	var bounds []any
	for _, f := range k.Fields() {
		if f.Type == field.TypeDay {
			early, undated = append(early, f.Column+" <= ?"), append(undated, f.Column+" IS NULL")
			bounds = append(bounds, period.Year(key.year).Last().String())
		}
	}
	days := ""
	if early != nil {
		days = " AND (" + strings.Join(early, " OR ") + " OR " + strings.Join(undated, " AND ") + ")"
	}
	var one, at = int64(0), int64(v.At())
	args := slices.Concat([]any{at}, bounds, []any{at, at}, bounds)
	found, err := v.tx.QueryRow([]any{&one}, strings.NewReplacer("{kind}", kind, "{days}", days).Replace(recordedAsOf), args...)
	if err != nil {
		return false, err
	}
	v.recorded[key] = found
	return found, nil
}

// Behind says how many records stand behind a balance, whether the actor may see them or not.
func (v *View) Behind(a Ask) (int64, error) {
	q, _, err := v.question(a)
	if err != nil {
		return 0, err
	}
	return posting.CountRecords(v.tx, q)
}

// behindMax bounds one page of the records behind a balance.
const behindMax = 10_000

// Records lists the records behind a balance, in order of birth after a row number, at most limit (and never more than
// 10,000): what each contributes, which adds up to the balance. Row gives the record, to those who may see it.
func (v *View) Records(a Ask, after int64, limit int) ([]posting.Item, error) {
	q, _, err := v.question(a)
	if err != nil {
		return nil, err
	}
	return posting.Records(v.tx, q, after, min(limit, behindMax))
}

// BalanceBySQL asks the records themselves instead of the postings, by the declared definition. It reads the whole table:
// for comparison and doubt.
func (v *View) BalanceBySQL(a Ask) (posting.Balance, error) {
	if _, _, err := v.MeasureOf(a.Measure); err != nil {
		return posting.Balance{}, err
	}
	k, i, err := v.book.Measure(a.Measure)
	if err != nil {
		return posting.Balance{}, err
	}
	s := measure.Slice{First: a.Period.First(), Last: a.Period.Last(), AsOf: int64(v.AsOf)}
	if s.Units, s.Places, err = v.leaves(a); err != nil {
		return posting.Balance{}, err
	}
	if s.Places != nil {
		s.Within = v.scope.within()
	}
	query, args := k.MeasureSQL(i, s)
	var x posting.Balance
	_, err = v.tx.QueryRow([]any{&x.Count, &x.Value}, query, args...)
	return x, err
}
