package main

import (
	"strings"
	"testing"
)

func TestChangesOfAFigure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, got, want string }{
		{"a digit", digit("2030.18万元", 0), "5030.18万元"},
		{"the next place", digit("2030.18万元", 1), "2330.18万元"},
		{"a number without digits", digit("十五起", 3), "十五起"},
		{"a first digit does not become 0", digit("7起", 0), "5起"},
		{"two digits", turned("2030.18万元"), "2030.81万元"},
		{"no two that differ", turned("11人"), "11人"},
		{"the point", shifted("1,235.34万元"), "123.534万元"},
		{"no point", shifted("97人"), "97人"},
		{"the unit", otherUnit("2.05亿元"), "2.05万元"},
		{"a unit that is taken for no other", otherUnit("97人"), "97人"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	text := "比上年减少16起、下降15.5%"
	if from, to, word := direction(text, strings.Index(text, "15.5")); text[from:to] != "下降" || word != "上升" {
		t.Errorf("%q becomes %q", text[from:to], word)
	}
}

func TestAMutantThatContradictsIsFoundAndNothingElseAccused(t *testing.T) {
	t.Parallel()
	e, err := examined("某局2023年度报告\n基本支出2030.18万元，其中：人员经费1604.61万元、公用经费425.57万元。\n全年发生事故87起，比上年减少16起、下降15.5%。\n")
	if err != nil {
		t.Fatal(err)
	}
	all := mutantsOf(&e)
	if len(all) < 8 {
		t.Fatalf("%d mutants", len(all))
	}
	for _, m := range all {
		if got := judge(&e, m); got != (tally{found: 1}) {
			t.Errorf("%s: %s for %s: %+v", m.kind, m.is, m.was, got)
		}
	}
}
