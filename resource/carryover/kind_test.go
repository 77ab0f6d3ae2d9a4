package carryover_test

import (
	"errors"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/resource/carryover"
)

func TestABalanceStandsUntilTheDayBeforeItIsSettled(t *testing.T) {
	t.Parallel()
	end := period.MustDay(2022, 12, 31)
	b := &carryover.Balance{Number: "JZ-1", Sort: carryover.CarryOver, Budget: classification.GeneralPublic, Category: classification.Project,
		Amount: 106_200 * money.Yuan, From: end, Until: period.MustDay(2023, 6, 1)}
	b.Unit = "430600"
	if err := carryover.Kind.Check(b, period.MustDay(2023, 12, 31)).Err(); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[period.Day]money.Fen{end.Add(-1): 0, end: b.Amount, period.MustDay(2023, 5, 31): b.Amount, b.Until: 0} {
		var got money.Fen
		for _, p := range carryover.Standing.Post(b, nil) {
			if !day.Before(p.Day) {
				got += money.Fen(p.Value)
			}
		}
		if got != want {
			t.Errorf("on %s: got %s, want %s", day, got, want)
		}
	}
	b.Until = end.Add(-1)
	if err := carryover.Kind.Check(b, end).Err(); !errors.Is(err, carryover.ErrSettledBeforeStanding) {
		t.Errorf("got %v", err)
	}
}
