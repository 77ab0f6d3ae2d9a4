package statistic

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record/field"
)

var today = period.MustDay(2025, 1, 1)

func value(e Edition, gdp int64) Value {
	return Value{Edition: e, GDP: maybe.Some(field.Scaled(gdp)), Population: maybe.Some[field.Scaled](49_964), Issuer: "示例统计局", Document: "统计公报", Quote: "原文", Verified: true}
}

func of(year int64, values ...Value) *Statistic {
	s := &Statistic{Number: "TJ-1", Scope: Whole, Year: year, Editions: values}
	s.Unit = "430600"
	return s
}

func TestTheNewestEditionCountsOnTheLastDayOfItsYear(t *testing.T) {
	t.Parallel()
	late := value(Annual, 471_067)
	late.PublishedOn = period.MustDay(2023, 4, 1)
	for _, c := range []struct {
		name   string
		values []Value
		want   int64
	}{
		{"one", []Value{late}, 471_067},
		{"the final one, also when it stands first", []Value{value(Final, 470_000), late}, 470_000},
		{"of one rank the last published", []Value{late, value(Annual, 471_000)}, 471_067},
	} {
		s := of(2022, c.values...)
		if faults := Kind.Check(s, today); len(faults) > 0 {
			t.Fatalf("%s: %v", c.name, faults)
		}
		if p := GDP.Post(s, nil); len(p) != 1 || p[0].Value != c.want || p[0].Day != period.MustDay(2022, 12, 31) {
			t.Errorf("%s: posts %v, want %d", c.name, p, c.want)
		}
	}
}

func TestAPopulationStandsThroughItsYearAndNoLonger(t *testing.T) {
	t.Parallel()
	s := of(2022, value(Annual, 471_067))
	Kind.Check(s, today)
	p := Population.Post(s, nil)
	if len(p) != 2 || p[0].Day != period.MustDay(2022, 1, 1) || p[1].Day != period.MustDay(2023, 1, 1) || p[0].Value != 49_964 || p[1].Value != -49_964 {
		t.Errorf("got %v", p)
	}
}

func TestCountiesAreNotAddedToTheWhole(t *testing.T) {
	t.Parallel()
	s := of(2022, value(Annual, 40_000))
	s.Scope = County
	Kind.Check(s, today)
	if len(GDP.Post(s, nil)) != 0 || len(CountyGDP.Post(s, nil)) != 1 {
		t.Error("a county counts as the whole")
	}
}

func TestDataOfNoYearAndNoProductAreRefused(t *testing.T) {
	t.Parallel()
	s := of(0, value(Annual, 0))
	n := 0
	for _, f := range Kind.Check(s, today) {
		if errors.Is(f, field.ErrRule) {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d values are refused, want the year and the product", n)
	}
}

func TestDoubtsOfData(t *testing.T) {
	t.Parallel()
	v := value(Annual, 484_178)
	v.Verified = false
	if got := of(2023, v).Doubts(); len(got) != 1 || !errors.Is(got[0], ErrUnverified) {
		t.Errorf("got %v", got)
	}
	v.Verified, v.Quote = true, ""
	if got := of(2023, v).Doubts(); len(got) != 1 || !errors.Is(got[0], ErrUnquoted) {
		t.Errorf("got %v", got)
	}
	if got := CountedTwice([]*Statistic{of(2022), of(2023), of(2023)}); len(got) != 1 || !errors.Is(got[0], ErrCountedTwice) {
		t.Errorf("got %v", got)
	}
}
