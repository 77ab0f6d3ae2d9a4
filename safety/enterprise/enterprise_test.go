package enterprise

import (
	"errors"
	"strings"
	"testing"

	"anlan/ground/period"
	"anlan/record/field"
)

func TestACreditCodeNeedsItsCheckCharacter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		want bool
	}{
		{"91350100M000100Y43", true}, // the example of GB 32100-2015
		{"91350100M000100Y44", false},
		{"91350100M000100Y4", false},
		{"91350100I000100Y43", false}, // I is not used
		{"", false},
	} {
		if got := sound(c.code); got != c.want {
			t.Errorf("sound(%q): got %v, want %v", c.code, got, c.want)
		}
	}
}

func TestOneWrongCharacterIsAlwaysFound(t *testing.T) {
	t.Parallel()
	const code = "91350100M000100Y43"
	for i := range code {
		for _, c := range characters {
			if wrong := code[:i] + string(c) + code[i+1:]; wrong != code && sound(wrong) {
				t.Errorf("%s passes for %s", wrong, code)
			}
		}
	}
}

func TestCheckNamesEveryFault(t *testing.T) {
	t.Parallel()
	e := &Enterprise{CreditCode: strings.Repeat("9", 18), Industry: "farm", From: period.MustDay(2020, 1, 1)}
	e.Unit = "430602"
	faults := Kind.Check(e, period.MustDay(2024, 1, 1))
	for _, want := range []error{field.ErrRule, field.ErrMissing, field.ErrUnknownCode} {
		if !errors.Is(faults, want) {
			t.Errorf("got %v, want %v among them", faults, want)
		}
	}
	e = &Enterprise{CreditCode: "91350100M000100Y43", Name: "示例企业0001", Industry: "trade", From: period.MustDay(2020, 1, 1), Until: period.MustDay(2019, 1, 1)}
	e.Unit = "430602"
	if faults := Kind.Check(e, period.MustDay(2024, 1, 1)); !errors.Is(faults, ErrLeftBeforeComing) {
		t.Errorf("got %v, want %v", faults, ErrLeftBeforeComing)
	}
}
