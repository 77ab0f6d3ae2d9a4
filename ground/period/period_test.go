package period_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/ground/lang"
	"anlan/ground/period"
)

func drawDay(t *rapid.T, label string) period.Day {
	from, to := period.MustDay(2019, 12, 1), period.MustDay(2025, 2, 1)
	if rapid.IntRange(0, 9).Draw(t, label+" anywhere") == 0 {
		from, to = period.MustDay(1, 1, 1), period.MustDay(9999, 12, 31)
	}
	return from.Add(rapid.IntRange(0, to.Sub(from)).Draw(t, label))
}

func drawPeriod(t *rapid.T) period.Period {
	d := drawDay(t, "day")
	y, m, _ := d.Date()
	switch rapid.IntRange(0, 7).Draw(t, "form") {
	case 0:
		return period.Year(y)
	case 1:
		return period.Half(y, rapid.IntRange(1, 2).Draw(t, "half"))
	case 2:
		return period.Quarter(y, rapid.IntRange(1, 4).Draw(t, "quarter"))
	case 3:
		return period.Month(y, m)
	case 4:
		return period.TenDay(y, m, rapid.IntRange(1, 3).Draw(t, "third"))
	case 5:
		return period.OfDay(d)
	case 6:
		return period.Month(y, m).YearToDate()
	}
	e := drawDay(t, "other day")
	if e.Before(d) {
		d, e = e, d
	}
	if rapid.Bool().Draw(t, "whole months") {
		y2, m2, _ := e.Date()
		return period.Span(period.Month(y, m).First(), period.Month(y2, m2).Last())
	}
	return period.Span(d, e)
}

func TestPeriodIsReadFromItsName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, first, last, name string }{
		{"2023", "2023-01-01", "2023-12-31", "2023"},
		{"2023-H1", "2023-01-01", "2023-06-30", "2023-H1"},
		{"2023-H2", "2023-07-01", "2023-12-31", "2023-H2"},
		{"2023-Q2", "2023-04-01", "2023-06-30", "2023-Q2"},
		{"2023-05", "2023-05-01", "2023-05-31", "2023-05"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-02"},
		{"2023-05-T1", "2023-05-01", "2023-05-10", "2023-05-T1"},
		{"2023-05-T2", "2023-05-11", "2023-05-20", "2023-05-T2"},
		{"2023-02-T3", "2023-02-21", "2023-02-28", "2023-02-T3"},
		{"2023-05-06", "2023-05-06", "2023-05-06", "2023-05-06"},
		{"2023-01..05", "2023-01-01", "2023-05-31", "2023-01..05"},
		{"2023-01..06", "2023-01-01", "2023-06-30", "2023-H1"},
		{"2023-04..06", "2023-04-01", "2023-06-30", "2023-Q2"},
		{"2023-01..12", "2023-01-01", "2023-12-31", "2023"},
		{"2023-03..03", "2023-03-01", "2023-03-31", "2023-03"},
		{"2022-10..2023-03", "2022-10-01", "2023-03-31", "2022-10..2023-03"},
		{"2021..2023", "2021-01-01", "2023-12-31", "2021..2023"},
		{"2023..2023", "2023-01-01", "2023-12-31", "2023"},
		{"2023-01-01..2023-05-06", "2023-01-01", "2023-05-06", "2023-01-01..2023-05-06"},
		{"2023-05-01..2023-05-10", "2023-05-01", "2023-05-10", "2023-05-T1"},
		{"0001", "0001-01-01", "0001-12-31", "0001"},
		{"9999-12-T3", "9999-12-21", "9999-12-31", "9999-12-T3"},
	} {
		p, err := period.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got := []string{p.First().String(), p.Last().String(), p.String()}
		if diff := cmp.Diff(got, []string{c.first, c.last, c.name}); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

func TestWhatIsNoPeriodIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"0000", "23", "2023-", "2023-0", "2023-13", "2023-00", "2023-H0", "2023-H3", "2023-Q5", "2023-Q", "2023-h1", "2023-05-T0",
		"2023-05-T4", "2023-13-T1", "2023-02-29", "2023-5", "2023/05", "2023年", "２０２３", " 2023", "2023 ", "2023-05-", "2023-05-6",
		"2023..", "..2023", "..", "2023..2024..2025", "2023-01..2023", "2023-Q1..2023-Q2", "2023-01..13", "2023-01..5", "2023-05-01..06",
		"2023-01...05", "-023", "2023-+5", "2023-05-+6",
	} {
		if p, err := period.Parse(s); !period.ErrNotAPeriod.With(s).Is(period.ErrNotAPeriod) || err == nil {
			t.Errorf("%q was read as %s", s, p)
		}
	}
	for _, s := range []string{"2023-05..01", "2023..2022", "2023-05-06..2023-05-05"} {
		if _, err := period.Parse(s); err == nil || !err.(interface{ Is(error) bool }).Is(period.ErrEndsBeforeItBegins) {
			t.Errorf("%q: got %v", s, err)
		}
	}
	if p, err := period.Parse(""); err != nil || !p.IsZero() {
		t.Errorf("the empty text is no period, got %s, %v", p, err)
	}
}

func TestComparedPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ p, lastYear, previous, toDate, yearEnd string }{
		{"2023", "2022", "2022", "2023", "2022-12-31"},
		{"2023-H1", "2022-H1", "2022-H2", "2023-H1", "2022-12-31"},
		{"2023-Q1", "2022-Q1", "2022-Q4", "2023-Q1", "2022-12-31"},
		{"2023-Q2", "2022-Q2", "2023-Q1", "2023-H1", "2022-12-31"},
		{"2023-01", "2022-01", "2022-12", "2023-01", "2022-12-31"},
		{"2024-02", "2023-02", "2024-01", "2024-01..02", "2023-12-31"},
		{"2025-02", "2024-02", "2025-01", "2025-01..02", "2024-12-31"},
		{"2024-01..02", "2023-01..02", "2023-11..12", "2024-01..02", "2023-12-31"},
		{"2023-01..05", "2022-01..05", "2022-08..12", "2023-01..05", "2022-12-31"},
		{"2023-04..09", "2022-04..09", "2022-10..2023-03", "2023-01..09", "2022-12-31"},
		{"2022-10..2023-03", "2021-10..2022-03", "2022-04..09", "2023-Q1", "2022-12-31"},
		{"2024-02-T3", "2023-02-T3", "2024-02-T2", "2024-01..02", "2023-12-31"},
		{"2024-03-T1", "2023-03-T1", "2024-02-T3", "2024-01-01..2024-03-10", "2023-12-31"},
		{"2024-02-29", "2023-02-28", "2024-02-28", "2024-01..02", "2023-12-31"},
		{"2025-02-28", "2024-02-28", "2025-02-27", "2025-01..02", "2024-12-31"},
		{"2024-02-29..2024-03-05", "2023-02-28..2023-03-05", "2024-02-23..2024-02-28", "2024-01-01..2024-03-05", "2023-12-31"},
		{"2023-01-01..2023-05-06", "2022-01-01..2022-05-06", "2022-08-28..2022-12-31", "2023-01-01..2023-05-06", "2022-12-31"},
		{"2021..2023", "2020..2022", "2018..2020", "2023", "2022-12-31"},
		{"0001", "", "", "0001", ""},
	} {
		p := period.MustParse(c.p)
		got := []string{p.LastYear().String(), p.Previous().String(), p.YearToDate().String(), p.YearEndBefore().String()}
		if diff := cmp.Diff(got, []string{c.lastYear, c.previous, c.toDate, c.yearEnd}); diff != "" {
			t.Errorf("%s: %s", c.p, diff)
		}
	}
}

func TestLabelIsWhatAReportPrints(t *testing.T) {
	t.Parallel()
	for p, want := range map[string]lang.Text{
		"2023":                   {Zh: "2023年", En: "2023"},
		"2023-H1":                {Zh: "2023年上半年", En: "first half of 2023"},
		"2023-Q4":                {Zh: "2023年第四季度", En: "fourth quarter of 2023"},
		"2023-05":                {Zh: "2023年5月", En: "May 2023"},
		"2023-05-T1":             {Zh: "2023年5月上旬", En: "1–10 May 2023"},
		"2023-02-T3":             {Zh: "2023年2月下旬", En: "21–28 February 2023"},
		"2023-05-06":             {Zh: "2023年5月6日", En: "6 May 2023"},
		"2023-01..05":            {Zh: "2023年1—5月", En: "January–May 2023"},
		"2022-10..2023-03":       {Zh: "2022年10月—2023年3月", En: "October 2022 – March 2023"},
		"2021..2023":             {Zh: "2021—2023年", En: "2021–2023"},
		"2023-05-06..2023-05-08": {Zh: "2023年5月6—8日", En: "6–8 May 2023"},
		"2023-01-01..2023-05-06": {Zh: "2023年1月1日—5月6日", En: "1 January – 6 May 2023"},
		"2022-12-30..2023-01-02": {Zh: "2022年12月30日—2023年1月2日", En: "30 December 2022 – 2 January 2023"},
	} {
		if diff := cmp.Diff(period.MustParse(p).Label(), want); diff != "" {
			t.Errorf("%s: %s", p, diff)
		}
	}
	if l := (period.Period{}).Label(); l != (lang.Text{}) {
		t.Errorf("no period has no label, got %v", l)
	}
}

func TestNoPeriodStaysNone(t *testing.T) {
	t.Parallel()
	var none period.Period
	for what, p := range map[string]period.Period{
		"last year": none.LastYear(), "previous": none.Previous(), "to date": none.YearToDate(), "of no day": period.OfDay(period.Day{}),
		"year 0": period.Year(0), "year 10000": period.Year(10000), "half 3": period.Half(2023, 3), "quarter 0": period.Quarter(2023, 0),
		"month 13": period.Month(2023, 13), "third 4": period.TenDay(2023, 5, 4), "third of no month": period.TenDay(2023, 0, 1),
		"backwards": period.Span(period.MustDay(2023, 5, 2), period.MustDay(2023, 5, 1)),
	} {
		if !p.IsZero() {
			t.Errorf("%s: got %s", what, p)
		}
	}
	if none.Days() != 0 || none.Contains(period.Day{}) || !none.YearEndBefore().IsZero() || none.String() != "" {
		t.Error("no period has no days, no year end and no name")
	}
	for range none.Months() {
		t.Error("no period has no months")
	}
}

func TestNameAndPeriodAreOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPeriod(t)
		again, err := period.Parse(p.String())
		if err != nil || again != p {
			t.Fatalf("%s..%s is named %s, which reads as %s, %v", p.First(), p.Last(), p, again, err)
		}
		text, _ := p.MarshalText()
		var back period.Period
		if err := back.UnmarshalText(text); err != nil || back != p {
			t.Fatalf("JSON gives %s, %v", back, err)
		}
		stored, _ := p.Value()
		if err := back.Scan(stored); err != nil || back != p {
			t.Fatalf("the database gives %s, %v", back, err)
		}
		if !p.Label().Whole() {
			t.Fatalf("%s lacks a label: %v", p, p.Label())
		}
	})
}

func TestMonthsAreTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t, "from")
		p := period.Span(d, d.Add(rapid.IntRange(0, 900).Draw(t, "days")))
		if _, _, ok := lastDate(p); !ok {
			t.Skip("past the calendar")
		}
		next, days := p.First(), 0
		for part := range p.Months() {
			y1, m1, _ := part.First().Date()
			y2, m2, _ := part.Last().Date()
			if part.First() != next || y1 != y2 || m1 != m2 {
				t.Fatalf("%s has the part %s where one from %s was due", p, part, next)
			}
			next, days = part.Last().Add(1), days+part.Days()
		}
		if days != p.Days() {
			t.Fatalf("the parts of %s have %d days, it has %d", p, days, p.Days())
		}
	})
}

func lastDate(p period.Period) (int, time.Month, bool) {
	y, m, _ := p.Last().Date()
	return y, m, !p.IsZero() && y <= 9999
}

func TestMonthsStopWhenAsked(t *testing.T) {
	t.Parallel()
	var got []string
	for m := range period.Year(2023).Months() {
		if got = append(got, m.String()); len(got) == 2 {
			break
		}
	}
	if !slices.Equal(got, []string{"2023-01", "2023-02"}) {
		t.Errorf("got %v", got)
	}
}

func TestPreviousEndsTheDayBefore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPeriod(t)
		before := p.Previous()
		if before.IsZero() {
			return // at the beginning of the calendar
		}
		if before.Last().Add(1) != p.First() {
			t.Fatalf("%s follows on %s", p, before)
		}
		if p.Contains(before.Last()) || before.Contains(p.First()) || !p.Contains(p.First()) || !p.Contains(p.Last()) {
			t.Fatalf("%s and %s share a day", before, p)
		}
	})
}

func TestLastYearKeepsTheKindOfSpan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPeriod(t)
		q := p.LastYear()
		if q.IsZero() {
			return
		}
		if got, want := q.Last().Year(), p.Last().Year()-1; got != want {
			t.Fatalf("%s a year earlier is %s", p, q)
		}
		if d := p.Days() - q.Days(); d < -1 || d > 1 {
			t.Fatalf("%s has %d days, a year earlier %s has %d", p, p.Days(), q, q.Days())
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2023", "2023-H1", "2023-Q2", "2023-05", "2023-05-T1", "2023-05-06", "2023-01..05", "2022-10..2023-03", "2021..2023", "2023-01-01..2023-05-06", "2023-05..01", "..", "2023-é1", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := period.Parse(s)
		if err != nil {
			return
		}
		if again, err := period.Parse(p.String()); err != nil || again != p {
			t.Fatalf("%q is %s, which reads as %s, %v", s, p, again, err)
		}
	})
}
