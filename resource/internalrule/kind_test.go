package internalrule_test

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/resource/internalrule"
)

func TestARuleIsNotRepealedBeforeItIsInForce(t *testing.T) {
	t.Parallel()
	from := period.MustDay(2021, 1, 1)
	for until, want := range map[period.Day]error{{}: nil, from: nil, from.Add(-1): internalrule.ErrRepealedEarly} {
		r := &internalrule.InternalRule{Number: "ZD-1", Name: "示例财务管理制度", Area: "accounting", Document: "岳应急〔2021〕1号", From: from, Until: until}
		r.Unit = "430600"
		if err := internalrule.Kind.Check(r, from).Err(); !errors.Is(err, want) {
			t.Errorf("repealed on %q: got %v, want %v", until, err, want)
		}
	}
}
