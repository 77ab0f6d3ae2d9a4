package period_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anlan/ground/period"
)

func TestDayIsReadAsOfficesWriteIt(t *testing.T) {
	t.Parallel()
	want := period.MustDay(2023, 5, 6)
	for _, s := range []string{
		"2023-05-06", "2023-5-6", "2023/5/6", "2023/05/06", "2023.5.6", "2023.05.06", "20230506",
		"2023年5月6日", "2023年05月06日", "2023 年 5 月 6 日", "2023年5月6号", "二〇二三年五月六日", "二零二三年五月六日", "二○二三年五月六日",
		"２０２３年５月６日", "２０２３－０５－０６", "２０２３／５／６", "２０２３．５．６", "　2023-05-06　", "\u00a02023-05-06\t", "\ufeff2023-05-06",
		"2023-05-06 00:00:00", "2023-05-06T00:00:00", "2023/5/6 0:00", "2023年5月6日 00:00", "2023-05-06 00:00:00.000", "2023 - 5 - 6",
	} {
		if got, err := period.ParseDay(s); err != nil || got != want {
			t.Errorf("%q: got %s, %v", s, got, err)
		}
	}
	for s, want := range map[string]string{
		"二〇二三年十月十日": "2023-10-10", "二〇二三年十二月三十一日": "2023-12-31", "二〇二三年十一月二十日": "2023-11-20", "二〇二四年二月二十九日": "2024-02-29",
		"2024-02-29": "2024-02-29", "0001-01-01": "0001-01-01", "9999/12/31": "9999-12-31", "": "", "　": "",
	} {
		if got, err := period.ParseDay(s); err != nil || got.String() != want {
			t.Errorf("%q: got %s, want %s, %v", s, got, want, err)
		}
	}
}

func TestWhatIsNoDayIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"2023-02-29", "2023年2月30日", "2023-13-01", "2023-00-10", "2023-05", "2023年5月", "2023年", "5月6日", "23-5-6", "6/5/2023", "2023-5/6", "2023-05-06-07",
		"45052", "2023-05-006", "二〇二三年〇五月六日", "二〇二三年十十月六日", "二〇二三年五月三十二日", "二三年五月六日", "二〇二三年五六月六日", "二〇二三年五月二百日",
		"0000-01-01", "昨天", "-", "年月日", "十月", "2023年5月6", "2023-05-06 上午", "2023-05-06日", "+202-1-1", "2023-+5-6", "2023-05-06 星期六",
		"2０23-０2-30", strings.Repeat("2", 1000),
	} {
		if got, err := period.ParseDay(s); !errors.Is(err, period.ErrNotADay) {
			t.Errorf("%q: got %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"2023-05-06 14:30:00", "2023-05-06T00:01", "2023年5月6日 8:00", "2023-05-06 00:00:00.5"} {
		if got, err := period.ParseDay(s); !errors.Is(err, period.ErrHasTime) {
			t.Errorf("%q: got %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"2023-5-6", " 2023-05-06", "2023-05-06 ", "２０２３-05-06", "20230506", "2023-02-29", "+023-05-06"} {
		if got, err := period.ISODay(s); !errors.Is(err, period.ErrNotADay) {
			t.Errorf("the stored form %q: got %s, %v", s, got, err)
		}
	}
}

func TestSerialsOfSpreadsheets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n      int64
		system period.Serials
		want   string
	}{
		{1, period.Serials1900, "1900-01-01"}, {59, period.Serials1900, "1900-02-28"}, {61, period.Serials1900, "1900-03-01"},
		{25569, period.Serials1900, "1970-01-01"}, {45052, period.Serials1900, "2023-05-06"}, {2958465, period.Serials1900, "9999-12-31"},
		{0, period.Serials1904, "1904-01-01"}, {59, period.Serials1904, "1904-02-29"}, {43590, period.Serials1904, "2023-05-06"},
		{2957003, period.Serials1904, "9999-12-31"},
	} {
		d, err := period.FromSerial(c.n, c.system)
		if err != nil || d.String() != c.want {
			t.Errorf("serial %d: got %s, want %s, %v", c.n, d, c.want, err)
		}
		if n, ok := period.Serial(d, c.system); !ok || n != c.n {
			t.Errorf("%s: got serial %d, want %d", d, n, c.n)
		}
	}
	for _, c := range []struct {
		n      int64
		system period.Serials
	}{{0, period.Serials1900}, {60, period.Serials1900}, {-1, period.Serials1900}, {2958466, period.Serials1900}, {-1, period.Serials1904},
		{2957004, period.Serials1904}, {1 << 62, period.Serials1904}} {
		if d, err := period.FromSerial(c.n, c.system); !errors.Is(err, period.ErrNotASerial) {
			t.Errorf("serial %d: got %s, %v", c.n, d, err)
		}
	}
	for _, d := range []period.Day{{}, period.MustDay(1899, 12, 31), period.MustDay(1, 1, 1)} {
		if n, ok := period.Serial(d, period.Serials1900); ok {
			t.Errorf("%s got serial %d", d, n)
		}
	}
	if n, ok := period.Serial(period.MustDay(1903, 12, 31), period.Serials1904); ok {
		t.Errorf("a day before 1904 got serial %d", n)
	}
}

func TestDayAndSerialAreOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		system := rapid.SampledFrom([]period.Serials{period.Serials1900, period.Serials1904}).Draw(t, "system")
		n := rapid.Int64Range(0, 2957003).Draw(t, "serial")
		d, err := period.FromSerial(n, system)
		if err != nil {
			return // 0 and 60
		}
		if back, ok := period.Serial(d, system); !ok || back != n {
			t.Fatalf("serial %d is %s, whose serial is %d", n, d, back)
		}
	})
}

func TestDayIsTheDateOfTheCalendar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := drawDay(t, "day"), rapid.IntRange(-1000, 1000).Draw(t, "n")
		y, m, day := d.Date()
		at := time.Date(y, m, day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
		e := d.Add(n)
		if at.Year() < 1 || at.Year() > 9999 {
			if !e.IsZero() {
				t.Fatalf("%s + %d leaves the calendar but is %s", d, n, e)
			}
			return
		}
		if e.String() != at.Format("2006-01-02") || e.Sub(d) != n || e.Add(-n) != d {
			t.Fatalf("%s + %d is %s, want %s", d, n, e, at.Format("2006-01-02"))
		}
		if d.Before(e) != (n > 0) || e.Before(d) != (n < 0) {
			t.Fatalf("%s and %s stand in the wrong order", d, e)
		}
		again, err := period.ParseDay(e.String())
		if iso, err2 := period.ISODay(e.String()); err != nil || err2 != nil || again != e || iso != e {
			t.Fatalf("%s reads as %s, %v, and as %s, %v", e, again, err, iso, err2)
		}
		var back period.Day
		if text, err := json.Marshal(e); err != nil || json.Unmarshal(text, &back) != nil || back != e {
			t.Fatalf("JSON %s of %s gives %s, %v", text, e, back, err)
		}
		if stored, err := e.Value(); err != nil || back.Scan(stored) != nil || back != e {
			t.Fatalf("stored %v of %s gives %s, %v", stored, e, back, err)
		}
	})
}

func TestNoDayStandsBeforeEveryDay(t *testing.T) {
	t.Parallel()
	var none period.Day
	days := []period.Day{period.MustDay(1970, 1, 1), none, period.MustDay(1969, 12, 31), period.MustDay(9999, 12, 31), period.MustDay(1, 1, 1)}
	slices.SortFunc(days, func(a, b period.Day) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	var got []string
	for _, d := range days {
		got = append(got, d.String())
	}
	if want := []string{"", "0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !none.Add(1).IsZero() || none.Year() != 0 || none.Before(none) {
		t.Error("no day stays no day")
	}
	if !days[4].Add(1).IsZero() || !days[1].Add(-1).IsZero() || !days[3].Add(1<<40).IsZero() {
		t.Error("the calendar ends at its ends")
	}
	if v, err := none.Value(); v != nil || err != nil {
		t.Errorf("no day is stored as %v, %v", v, err)
	}
}

func TestDayOfTheBureauBeginsAtItsMidnight(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2023-12-31T15:59:59Z": "2023-12-31", "2023-12-31T16:00:00Z": "2024-01-01", "2024-01-01T00:00:00+08:00": "2024-01-01",
		"1969-12-31T15:59:59Z": "1969-12-31", "1969-12-31T16:00:00Z": "1970-01-01",
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := period.DayAt(instant).String(); got != want {
			t.Errorf("%s: got %s, want %s", at, got, want)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2023-05-06", "2023/5/6", "2023.5.6", "20230506", "2023年5月6日", "二〇二三年五月六日", "２０２３－０５－０６", "2023-05-06 00:00:00",
		"2023-05-06T14:30", "二〇二三年十十月六日", "年月日", "T:", "45052", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := period.ParseDay(s)
		if err != nil || d.IsZero() {
			return
		}
		if again, err := period.ISODay(d.String()); err != nil || again != d {
			t.Fatalf("%q is %s, which reads as %s, %v", s, d, again, err)
		}
	})
}
