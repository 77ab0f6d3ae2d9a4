package income_test

import (
	"errors"
	"testing"

	"anlan/ground/classification"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/income"
)

func TestExactlyAnAppropriationBelongsToABudget(t *testing.T) {
	t.Parallel()
	today := period.MustDay(2023, 12, 31)
	for _, c := range []struct {
		source income.Source
		budget classification.Budget
		want   error
	}{
		{income.Appropriation, classification.GeneralPublic, nil},
		{income.Appropriation, "", income.ErrBudget},
		{income.Other, "", nil},
		{income.FromAbove, classification.GovernmentFund, income.ErrBudget},
		{income.Appropriation, classification.OwnFunds, income.ErrBudget},
		{income.Undertaking, classification.SpecialAccount, income.ErrBudget},
	} {
		i := &income.Income{Number: "SR-1", ReceivedOn: today, Source: c.source, Budget: c.budget, Amount: -1}
		i.Unit = "430600"
		if err := income.Kind.Check(i, today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s of %q: got %v, want %v", c.source, c.budget, err, c.want)
		}
	}
	i := &income.Income{Number: "SR-1", ReceivedOn: today, Source: income.Other}
	i.Unit = "430600"
	if err := income.Kind.Check(i, today).Err(); !errors.Is(err, field.ErrRule) {
		t.Errorf("an income of nothing: got %v", err)
	}
}
