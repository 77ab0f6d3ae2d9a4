package stocktake_test

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/record/measure"
	"anlan/resource/stocktake"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func taken(lines ...stocktake.Line) *stocktake.StockTake {
	s := &stocktake.StockTake{Number: "PD-2023", Name: "2023年度盘点", AsOf: today, Lines: lines}
	s.Unit = "430600"
	return s
}

func TestEveryLineComesToOneOfFourResults(t *testing.T) {
	t.Parallel()
	s := taken(
		stocktake.Line{Card: "ZC-1", Name: "打印机", Location: "601", Found: true, FoundAt: "601"},
		stocktake.Line{Card: "ZC-2", Name: "打印机", Location: "601", Found: true}, // place not written down
		stocktake.Line{Card: "ZC-3", Name: "打印机", Location: "601", Found: true, FoundAt: "602"},
		stocktake.Line{Card: "ZC-4", Name: "打印机", Location: "601", Found: true, FoundAt: "601", Difference: "型号不符"},
		stocktake.Line{Card: "ZC-5", Name: "打印机", Location: "601"},
		stocktake.Line{Name: "投影仪", Found: true, FoundAt: "603", Result: stocktake.Agrees}, // what is given is computed again
		stocktake.Line{Card: "ZC-7", Name: "打印机", Location: "601", Resolution: "已按程序报损", ResolvedOn: today},
	)
	if err := stocktake.Kind.Check(s, today).Err(); err != nil {
		t.Fatal(err)
	}
	for i, want := range []stocktake.Result{stocktake.Agrees, stocktake.Agrees, stocktake.Differs, stocktake.Differs, stocktake.Shortage, stocktake.Surplus, stocktake.Shortage} {
		if got := s.Lines[i].Result; got != want {
			t.Errorf("line %d: got %s, want %s", i+1, got, want)
		}
	}
	got := s.Unresolved()
	for i, want := range []error{stocktake.ErrDiffers, stocktake.ErrDiffers, stocktake.ErrShortage, stocktake.ErrSurplus} {
		if i >= len(got) || !got[i].Fault.Is(want) || got[i].Card != []string{"ZC-3", "ZC-4", "ZC-5", ""}[i] {
			t.Fatalf("doubt %d is not %v: %v", i+1, want, got)
		}
	}
	if len(got) != 4 {
		t.Errorf("a resolved difference is still doubted: %v", got)
	}
}

func TestWhatIsRefusedOfALine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		lines []stocktake.Line
		want  error
	}{
		{"neither card nor thing", []stocktake.Line{{Name: "打印机"}}, stocktake.ErrNothing},
		{"a card twice", []stocktake.Line{{Card: "ZC-1", Name: "打印机", Found: true}, {Card: "ZC-1", Name: "打印机"}}, stocktake.ErrCardTwice},
		{"two things without cards", []stocktake.Line{{Name: "打印机", Found: true}, {Name: "打印机", Found: true}}, nil},
		{"a resolution without its day", []stocktake.Line{{Card: "ZC-1", Name: "打印机", Resolution: "已处理"}}, stocktake.ErrResolution},
	} {
		if err := stocktake.Kind.Check(taken(c.lines...), today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestTheListIsHeldAgainstTheBooksOfItsDay(t *testing.T) {
	t.Parallel()
	from := period.MustDay(2020, 1, 1)
	s := taken(stocktake.Line{Card: "ZC-1", Found: true}, stocktake.Line{Card: "ZC-2"}, stocktake.Line{Card: "ZC-9"}, stocktake.Line{Found: true})
	got := s.AgainstBooks([]stocktake.Card{
		{"ZC-1", from, period.Day{}},
		{"ZC-2", from, today},                // disposed of on the day of the list
		{"ZC-3", from, today.Add(1)},         // still on the books, left out
		{"ZC-4", today.Add(1), period.Day{}}, // acquired later
	})
	for i, want := range []error{stocktake.ErrLeftOut, stocktake.ErrNotOnBooks, stocktake.ErrNotOnBooks} {
		if i >= len(got) || !got[i].Fault.Is(want) || got[i].Card != []string{"ZC-3", "ZC-2", "ZC-9"}[i] {
			t.Fatalf("%d: want %v, got %v", i+1, want, got)
		}
	}
	if len(got) != 3 {
		t.Errorf("got %v", got)
	}
}

// TestTheFourPilesAreAllLines: whatever is found, each line lies in exactly one pile.
func TestTheFourPilesAreAllLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := taken()
		for range rapid.IntRange(0, 20).Draw(t, "lines") {
			pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
			s.Lines = append(s.Lines, stocktake.Line{Card: pick("card", "", "ZC-1"), Location: pick("location", "", "601"), Found: rapid.Bool().Draw(t, "found"),
				FoundAt: pick("found at", "", "601", "602"), Difference: pick("difference", "", "型号不符")})
		}
		stocktake.Kind.Check(s, today)
		sum := int64(0)
		for _, m := range []*measure.Measure[stocktake.StockTake]{stocktake.AgreesCount, stocktake.DiffersCount, stocktake.ShortageCount, stocktake.SurplusCount} {
			for _, p := range m.Post(s, nil) {
				sum += p.Count
			}
		}
		if sum != int64(len(s.Lines)) {
			t.Fatalf("%d lines in the piles, %d in the list", sum, len(s.Lines))
		}
	})
}
