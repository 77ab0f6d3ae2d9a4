package app_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/store/journal"
)

// recordsBySQL answers the indicator language from the records themselves, without postings: a second source to compare
// the first with. It counts no records.
type recordsBySQL struct{ view *book.View }

func (s recordsBySQL) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for i, a := range asks {
		kind, spec, err := s.view.MeasureOf(a.Measure)
		if errors.Is(err, book.ErrNoMeasure) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if recorded, err := s.view.RecordedBy(kind.Code(), a.Period.Last()); err != nil || !recorded {
			if err != nil {
				return nil, err
			}
			continue
		}
		b, err := s.view.BalanceBySQL(book.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit})
		if err != nil {
			return nil, err
		}
		n := b.Count
		if spec.Valued {
			n = b.Value
		}
		out[i] = indicator.Ratio(n, spec.Scale, indicator.NotCounted)
	}
	return out, nil
}

func TestShippedIndicatorsAreTheSameFromPostingsAndFromRecordsAfterRandomHistories(t *testing.T) {
	onBoth(t, func(w *world) {
		const seed = 20240229
		h := &history{world: w, random: rand.New(rand.NewPCG(seed, 2)), live: map[string][]ident.ID{}}
		set := w.indicators(0)
		positions := []journal.Position{0}
		for n := range 300 {
			h.turn()
			if n >= 40 && h.random.IntN(30) == 0 { // before, there is little to count
				head, err := w.book.Head(w.ctx)
				if err != nil {
					w.Fatal(err)
				}
				positions = append(positions, head.Size)
			}
		}
		var questions []indicator.Question
		for _, i := range set.Indicators() {
			if !h.moves(i) {
				continue
			}
			for _, u := range []place.Unit{"430600", "430602", "430621", "430602-01", "430600-14"} {
				for _, p := range []string{"2023", "2022", "2023-H1", "2022-07", "2023-01..11", "2024"} {
					questions = append(questions, indicator.Question{Indicator: i, Period: period.MustParse(p), Unit: u})
				}
			}
		}
		something := 0
		for _, at := range positions {
			something += h.sameFromBoth(at, questions)
		}
		if all := len(questions) * len(positions); something < all/4 {
			w.Errorf("only %d of %d figures are neither 0 nor lacking: the history says too little", something, all)
		}
		if w.Failed() {
			w.Logf("seed %d", seed)
		}
	})
}

// moves says whether an indicator reads a measure of the kinds that a history changes. Of any other there is nothing to read.
func (h *history) moves(i *indicator.Indicator) bool {
	return slices.ContainsFunc(i.Measures(), func(code string) bool {
		k, _, err := h.book.Measure(code)
		return err == nil && slices.Contains(changing, k.Code())
	})
}

// sameFromBoth evaluates questions from both sources as of a position, and says how many figures are numbers but not 0.
func (h *history) sameFromBoth(at journal.Position, questions []indicator.Question) (something int) {
	h.Helper()
	h.read(at, func(v *book.View) {
		posted, err := indicator.Eval(h.ctx, app.Figures{View: v}, questions...)
		if err != nil {
			h.Fatal(err)
		}
		counted, err := indicator.Eval(h.ctx, recordsBySQL{v}, questions...)
		if err != nil {
			h.Fatal(err)
		}
		for i, q := range questions {
			a, b := posted[i].Value(), counted[i].Value()
			if a.State() == indicator.Computed && a.Rat().Sign() != 0 {
				something++
			}
			if a.State() != b.State() || a.State() == indicator.Computed && a.Rat().Cmp(b.Rat()) != 0 || a.Why() != b.Why() {
				h.Errorf("as of %d, %s in %s of %s: %s from postings, %s from records\n%s", at, q.Indicator.Code(), q.Period, q.Unit,
					posted[i].Text().En, counted[i].Text().En, posted[i].Explain(lang.English))
			}
		}
	})
	return something
}
