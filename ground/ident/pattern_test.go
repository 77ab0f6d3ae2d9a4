package ident_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"anlan/ground/ident"
)

func TestSerialNumberIsWrittenAndRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern string
		serial  ident.Serial
		text    string
	}{
		{"岳应急罚〔{year}〕{n}号", ident.Serial{Year: 2026, Number: 12}, "岳应急罚〔2026〕12号"},
		{"岳应急罚〔{year}〕{n}号", ident.Serial{Year: 2026, Number: 1234}, "岳应急罚〔2026〕1234号"},
		{"HZ-{year}-{n:4}", ident.Serial{Year: 2023, Number: 7}, "HZ-2023-0007"},
		{"HZ-{year}-{n:4}", ident.Serial{Year: 2023, Number: 12345}, "HZ-2023-12345"},
		{"{year}{n:3}", ident.Serial{Year: 2023, Number: 7}, "2023007"},
		{"KP{n:6}", ident.Serial{Number: 42}, "KP000042"},
		{"第{n}批", ident.Serial{Number: 3}, "第3批"},
	} {
		p := ident.MustPattern(c.pattern)
		if got := p.Format(c.serial); got != c.text {
			t.Errorf("%s: wrote %s, want %s", p, got, c.text)
		}
		if got, err := p.Parse(c.text); err != nil || got != c.serial {
			t.Errorf("%s: read %v of %s, want %v, %v", p, got, c.text, c.serial, err)
		}
	}
}

func TestSerialNumberIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	p := ident.MustPattern("岳应急罚〔{year}〕{n}号")
	for _, s := range []string{"岳应急罚[2026]12号", "岳应急罚【2026】12号", "岳应急罚（2026）12号", "岳应急罚﹝2026﹞12号", "岳应急罚〔２０２６〕１２号", " 岳应急罚 〔2026〕 012 号 "} {
		got, err := p.Parse(s)
		if err != nil || p.Format(got) != "岳应急罚〔2026〕12号" {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"岳应急罚〔2026〕号", "岳应急罚〔26〕12号", "岳应急罚〔2026〕12", "岳应急罚〔2026〕12号。", "岳应急处〔2026〕12号", "岳应急罚〔2026〕0号", "岳应急罚〔0000〕1号",
		"岳应急罚〔2026〕1000000000号", "岳应急罚〔2026〕99999999999999999999号", "岳应急罚〔20266〕12号", "岳应急罚〔2026〕-1号", "岳应急罚〔2026〕第12号"} {
		if got, err := p.Parse(s); !errors.Is(err, ident.ErrNotASerial) {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
	if got, err := p.Parse(""); err != nil || got != (ident.Serial{}) {
		t.Errorf("the empty text is no serial, got %v, %v", got, err)
	}
	var none ident.Pattern
	if _, err := none.Parse("12"); !errors.Is(err, ident.ErrNotASerial) {
		t.Errorf("no pattern refuses, got %v", err)
	}
}

func TestPatternThatCannotBeReadBackIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "岳应急罚", "{year}", "{n}{n}", "{year}{year}{n}", "{n}{year}", "{n}1", "{n}１", "{n:0}", "{n:10}", "{n:x}", "{month}{n}", "{n", "n}{n}", "{n} {year}", " {n}x} "} {
		if p, err := ident.ParsePattern(s); !errors.Is(err, ident.ErrNotAPattern) {
			t.Errorf("%q was taken: %v, %v", s, p, err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a wrong declaration does not stop the start")
		}
	}()
	ident.MustPattern("{n}{n}")
}

func TestNumbersBeginAgainEachYear(t *testing.T) {
	t.Parallel()
	yearly, running := ident.MustPattern("A〔{year}〕{n}号"), ident.MustPattern("A{n}")
	for _, c := range []struct {
		p    ident.Pattern
		last ident.Serial
		year int
		want ident.Serial
	}{
		{yearly, ident.Serial{}, 2026, ident.Serial{Year: 2026, Number: 1}},
		{yearly, ident.Serial{Year: 2026, Number: 12}, 2026, ident.Serial{Year: 2026, Number: 13}},
		{yearly, ident.Serial{Year: 2025, Number: 300}, 2026, ident.Serial{Year: 2026, Number: 1}},
		{running, ident.Serial{}, 2026, ident.Serial{Number: 1}},
		{running, ident.Serial{Number: 300}, 2027, ident.Serial{Number: 301}},
	} {
		if got, err := c.p.Next(c.last, c.year); err != nil || got != c.want {
			t.Errorf("%s after %v in %d: got %v, want %v, %v", c.p, c.last, c.year, got, c.want, err)
		}
	}
	if got, err := running.Next(ident.Serial{Number: 999_999_999}, 2026); !errors.Is(err, ident.ErrOutOfNumbers) {
		t.Errorf("past the last number: got %v, %v", got, err)
	}
	if !yearly.Yearly() || running.Yearly() {
		t.Error("a pattern with {year} is yearly, one without is not")
	}
}

func TestEverySerialIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, err := ident.ParsePattern(rapid.StringMatching(`[A-Z岳（〔 -]{0,4}(\{year\}[-〕]?)?\{n(:[1-9])?\}[-号〕]?`).Draw(t, "pattern"))
		if err != nil {
			t.Skip(err)
		}
		want := ident.Serial{Number: rapid.Int64Range(1, 999_999_999).Draw(t, "number")}
		if p.Yearly() {
			want.Year = rapid.IntRange(1, 9999).Draw(t, "year")
		}
		text := p.Format(want)
		got, err := p.Parse(text)
		if err != nil || got != want || p.Format(got) != text {
			t.Fatalf("%s: %v is written %s and read %v, %v", p, want, text, got, err)
		}
	})
}

func FuzzPatternParse(f *testing.F) {
	f.Add("岳应急罚〔{year}〕{n}号", "岳应急罚〔2026〕12号")
	f.Add("HZ-{year}-{n:4}", "HZ-2023-0007")
	f.Add("{n}", "９")
	f.Add("{{n}", "\xff{1")
	f.Fuzz(func(t *testing.T, pattern, s string) {
		p, err := ident.ParsePattern(pattern)
		if err != nil {
			return
		}
		got, err := p.Parse(s)
		if err != nil || s == "" {
			return
		}
		if again, err := p.Parse(p.Format(got)); err != nil || again != got {
			t.Fatalf("%q reads %q as %v, writes %q, reads %v, %v", pattern, s, got, p.Format(got), again, err)
		}
	})
}
