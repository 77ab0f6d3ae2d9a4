package app_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/journal"
)

// TestManyAsksAreAnsweredAsEachAlone asks all measures of units and places together, as two actors, and each by itself.
func TestManyAsksAreAnsweredAsEachAlone(t *testing.T) {
	onBoth(t, func(w *world) {
		const seed = 19690106
		h := &history{world: w, random: rand.New(rand.NewPCG(seed, 3)), live: map[string][]ident.ID{}}
		for range 50 {
			h.turn()
		}
		half := w.head()
		for range 50 {
			h.turn()
		}
		county := access.Actor{Name: "岳阳楼区局", Role: access.Section, Unit: "430602", Via: "test"}
		for _, asOf := range []journal.Position{0, half} {
			h.sameTogether(w.admin, asOf, []book.Ask{{Unit: "430600"}, {Unit: "430602"}, {Unit: "430621-01"}, {}, {Place: "430600"}, {Place: "430621"}})
			h.sameTogether(county, asOf, []book.Ask{{Unit: "430602"}, {}, {Place: "430600"}, {Place: "430602"}})
		}
		if w.Failed() {
			w.Logf("seed %d", seed)
		}
	})
}

// sameTogether asks every measure of every subject in some periods.
func (h *history) sameTogether(actor access.Actor, asOf journal.Position, subjects []book.Ask) {
	h.Helper()
	var asks []book.Ask
	for _, k := range h.book.Kinds() {
		for _, s := range k.MeasureSpecs() {
			if !actor.Sees(s.Sensitivity) {
				continue
			}
			for _, a := range subjects {
				for _, span := range []string{"2023", "2022", "2022-Q3", "2022-06-10"} {
					a.Measure, a.Period = s.Code, period.MustParse(span)
					asks = append(asks, a)
				}
			}
		}
	}
	err := h.book.Read(h.ctx, actor, asOf, func(v *book.View) error {
		together, err := v.Balances(asks)
		if err != nil {
			return err
		}
		for i, a := range asks {
			alone, s, err := v.Balance(a)
			if err != nil {
				return err
			}
			if together[i].Balance != alone || together[i].Measure != s {
				h.Errorf("%s as of %d, %v: together %v, alone %v", actor.Name, asOf, a, together[i].Balance, alone)
			}
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
}

func TestOneBadAskAmongManyIsNamed(t *testing.T) {
	onBoth(t, func(w *world) {
		good := book.Ask{Measure: "accident.count", Period: period.Year(2023), Unit: "430600"}
		for _, c := range []struct {
			ask  book.Ask
			want error
		}{
			{book.Ask{Measure: "accident.cuont", Period: good.Period, Unit: good.Unit}, book.ErrNoMeasure},
			{book.Ask{Measure: good.Measure, Period: good.Period, Unit: "439999"}, book.ErrNoSuchUnit},
			{book.Ask{Measure: good.Measure, Period: good.Period, Place: place.Code("439999")}, book.ErrNoSuchPlace},
		} {
			w.read(0, func(v *book.View) {
				if _, err := v.Balances([]book.Ask{good, c.ask, good}); !errors.Is(err, c.want) {
					w.Errorf("%v: got %v, want %v", c.ask, err, c.want)
				}
			})
		}
		w.read(0, func(v *book.View) {
			if answers, err := v.Balances(nil); err != nil || len(answers) != 0 {
				w.Errorf("no asks: got %v %v", answers, err)
			}
		})
	})
}
