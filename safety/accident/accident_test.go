package accident

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"

	"pgregory.net/rapid"
)

func day(text string) period.Day {
	d, err := period.ISODay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// deaths asks the measure what the accident posts to it, and on which day.
func deaths(a *Accident) (n int64, on period.Day) {
	for _, p := range Deaths.Post(a, nil) {
		n, on = n+p.Count, p.Day
	}
	return n, on
}

func TestADeathCountsOnTheDayOfTheAccidentWhenItFallsWithinTheWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		sector Sector
		died   string
		want   int64
	}{
		{"day not recorded", "trade", "", 1},
		{"on the day itself", "trade", "2023-12-20", 1},
		{"on the thirtieth day after", "trade", "2024-01-19", 1},
		{"on the thirty-first", "trade", "2024-01-20", 0},
		{"road traffic, on the seventh day after", SectorRoad, "2023-12-27", 1},
		{"road traffic, on the eighth", SectorRoad, "2023-12-28", 0},
		{"fire, on the eighth", SectorFire, "2023-12-28", 0},
		{"sector not recorded", "", "2024-01-19", 1},
	} {
		a := &Accident{Number: "SG20230001", OccurredOn: day("2023-12-20"), Sector: c.sector, Casualties: []Casualty{{Fate: Death}}}
		a.Unit = "430602"
		if c.died != "" {
			a.Casualties[0].DiedOn = day(c.died)
		}
		if faults := Kind.Check(a, day("2024-06-01")); len(faults) > 0 {
			t.Fatalf("%s: %v", c.name, faults)
		}
		n, on := deaths(a)
		if n != c.want || n == 1 && on != a.OccurredOn {
			t.Errorf("%s: %d deaths on %s, want %d", c.name, n, on, c.want)
		}
	}
}

func TestACancelledAccidentCountsNowhereAndNamesItsDocument(t *testing.T) {
	t.Parallel()
	a := &Accident{Number: "SG20230001", OccurredOn: day("2023-05-06"), Casualties: []Casualty{{Fate: Death}, {Fate: Minor}},
		Loss: maybe.Some(2 * money.Yi), CancelledOn: day("2023-09-01")}
	a.Unit = "430602"
	if faults := Kind.Check(a, day("2024-06-01")); !errors.Is(faults, ErrCancelledWithoutDocument) {
		t.Errorf("got %v, want %v", faults, ErrCancelledWithoutDocument)
	}
	a.CancelledBy = "湘安办〔2023〕9号"
	if faults := Kind.Check(a, day("2024-06-01")); len(faults) > 0 {
		t.Error(faults)
	}
	if n := len(Count.Post(a, nil)) + len(Deaths.Post(a, nil)) + len(Injuries.Post(a, nil)) + len(Graver.Post(a, nil)) + len(Loss.Post(a, nil)); n != 0 {
		t.Errorf("a cancelled accident posts %d times", n)
	}
	if a.Grade != GradeExceptional {
		t.Errorf("the grade of a cancelled accident is %s", a.Grade)
	}
	a.CancelledOn, a.CancelledBy = period.Day{}, ""
	if Kind.Check(a, day("2024-06-01")); len(Count.Post(a, nil)) != 1 || len(Deaths.Post(a, nil)) != 1 {
		t.Error("an accident that is no longer cancelled does not count again")
	}
}

// TestTheGradeIsTheWorstOfThreeColumns computes the grade a second way, column by column, as art. 3 is written.
func TestTheGradeIsTheWorstOfThreeColumns(t *testing.T) {
	t.Parallel()
	column := func(v int64, serious, major, exceptional int64) int {
		switch {
		case v >= exceptional:
			return 3
		case v >= major:
			return 2
		case v >= serious:
			return 1
		}
		return 0
	}
	order := []Grade{GradeOrdinary, GradeSerious, GradeMajor, GradeExceptional}
	rapid.Check(t, func(t *rapid.T) {
		dead := rapid.IntRange(0, 35).Draw(t, "dead")
		late := rapid.IntRange(0, 5).Draw(t, "late")
		serious := rapid.IntRange(0, 110).Draw(t, "serious")
		lost := rapid.Int64Range(0, 12_000).Draw(t, "lost 万元")
		a := &Accident{OccurredOn: day("2023-05-06"), Loss: maybe.Some(money.Fen(lost) * money.Wan)}
		for range dead {
			a.Casualties = append(a.Casualties, Casualty{Fate: Death})
		}
		for range late {
			a.Casualties = append(a.Casualties, Casualty{Fate: Death, DiedOn: day("2023-08-01")})
		}
		for range serious {
			a.Casualties = append(a.Casualties, Casualty{Fate: Serious})
		}
		a.derive()
		want := order[max(column(int64(dead), 3, 10, 30), column(int64(serious), 10, 50, 100), column(lost, 1000, 5000, 10_000))]
		if a.Grade != want {
			t.Fatalf("%d dead (and %d late), %d serious, %d 万元: got %s, want %s", dead, late, serious, lost, a.Grade, want)
		}
	})
}

func TestDoubtsAreNamedAndDoNotRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		edit func(*Accident)
		want error
	}{
		{"the year of the number is not that of the day", func(a *Accident) { a.Number, a.OccurredOn = "SG20240001", day("2023-01-02") }, ErrNumberOfAnotherYear},
		{"reported before it occurred", func(a *Accident) { a.ReportedOn = day("2023-05-05") }, ErrReportedBefore},
		{"died before the accident", func(a *Accident) { a.Casualties[0].DiedOn = day("2023-05-05") }, ErrDiedBefore},
		{"a day of death on somebody who lives", func(a *Accident) { a.Casualties[0] = Casualty{Fate: Minor, DiedOn: day("2023-05-07")} }, ErrNotDead},
		{"nobody hurt and little lost", func(a *Accident) { a.Casualties, a.Loss = nil, maybe.Some(99*money.Wan) }, ErrBelowThreshold},
		{"nobody hurt and the threshold lost", func(a *Accident) { a.Casualties, a.Loss = nil, maybe.Some(100*money.Wan) }, nil},
		{"a number without a year", func(a *Accident) { a.Number = "SG-17" }, nil},
		{"nothing", func(*Accident) {}, nil},
	} {
		a := &Accident{Number: "SG20230001", OccurredOn: day("2023-05-06"), Casualties: []Casualty{{Fate: Death}}}
		a.Unit = "430602"
		c.edit(a)
		if faults := Kind.Check(a, day("2024-06-01")); len(faults) > 0 {
			t.Errorf("%s: refused: %v", c.name, faults)
		}
		switch doubts := a.Doubts(); {
		case c.want == nil && len(doubts) > 0:
			t.Errorf("%s: doubted: %v", c.name, doubts)
		case c.want != nil && (len(doubts) != 1 || !errors.Is(doubts[0], c.want)):
			t.Errorf("%s: got %v, want %v", c.name, doubts, c.want)
		}
	}
}
