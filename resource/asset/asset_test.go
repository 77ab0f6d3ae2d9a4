package asset_test

import (
	"errors"
	"testing"
	"time"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/asset"

	"pgregory.net/rapid"
)

var today = period.MustDay(2023, 12, 31)

func card() *asset.Asset {
	a := &asset.Asset{Number: "ZC-0001", Name: "示例台式计算机", Class: "A02010105", Way: "purchase", AcquiredOn: period.MustDay(2017, 3, 15), Value: 5000 * money.Yuan,
		DepreciationMonths: maybe.Some(int64(72)), Status: asset.InUse, Location: "六楼档案室"}
	a.Unit = "430600"
	return a
}

func TestWhatIsRefusedOfACard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*asset.Asset)
		want   error
	}{
		{"in use", func(*asset.Asset) {}, nil},
		{"disposed of with approval", func(a *asset.Asset) {
			a.DisposedOn, a.Disposal, a.Document = today, "scrapping", "岳财资〔2023〕1号"
		}, nil},
		{"disposed of without approval", func(a *asset.Asset) { a.DisposedOn, a.Disposal = today, "scrapping" }, asset.ErrDisposal},
		{"a way of disposal without a day", func(a *asset.Asset) { a.Disposal = "scrapping" }, asset.ErrDisposal},
		{"disposed of before it was acquired", func(a *asset.Asset) {
			a.DisposedOn, a.Disposal, a.Document = a.AcquiredOn.Add(-1), "scrapping", "岳财资〔2023〕1号"
		}, asset.ErrDisposedEarly},
		{"depreciated books", func(a *asset.Asset) { a.Class = "A04010100" }, asset.ErrNotDepreciated},
		{"books", func(a *asset.Asset) { a.Class, a.DepreciationMonths = "A04010100", maybe.None[int64]() }, nil},
		{"intangible assets are no fixed assets", func(a *asset.Asset) { a.Class = "A08060300" }, field.ErrRule},
		{"a code of the older standard", func(a *asset.Asset) { a.Class = "2010104" }, field.ErrRule},
	} {
		a := card()
		c.change(a)
		if err := asset.Kind.Check(a, today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestDepreciationBeginsInTheMonthOfAcquisitionAndEndsBeforeThatOfDisposal(t *testing.T) {
	t.Parallel()
	a := card()
	a.Value, a.DepreciationMonths = 100_00, maybe.Some(int64(3)) // 33.33, 33.33, 33.34
	for _, c := range []struct {
		on   period.Day
		want money.Fen
	}{
		{period.MustDay(2017, 2, 28), 0},
		{period.MustDay(2017, 3, 1), 33_33},
		{period.MustDay(2017, 4, 30), 66_66},
		{period.MustDay(2017, 5, 1), 100_00},
		{period.MustDay(2023, 1, 1), 100_00},
	} {
		if got := a.Depreciated(c.on); got != c.want || a.Net(c.on) != a.Value-c.want {
			t.Errorf("at %s: got %s, net %s; want %s", c.on, got, a.Net(c.on), c.want)
		}
	}
	a.DisposedOn = period.MustDay(2017, 4, 20)
	if got := a.Depreciated(today); got != 33_33 {
		t.Errorf("disposed of in the second month: got %s", got)
	}
}

// TestDepreciationNeverFallsAndEndsAtTheValue: over any term and value.
func TestDepreciationNeverFallsAndEndsAtTheValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := card()
		a.Category = asset.Equipment
		a.Value = money.Fen(rapid.Int64Range(0, 1e12).Draw(t, "value"))
		n := rapid.Int64Range(1, 240).Draw(t, "months")
		a.DepreciationMonths = maybe.Some(n)
		before := money.Fen(0)
		for m := int64(-1); m <= n+1; m++ {
			on, _ := period.DayOf(2017+int(2+m)/12, time.Month((2+m)%12+1), 1)
			got := a.Depreciated(on)
			if got < before || got > a.Value || m < 0 && got != 0 || m >= n-1 && got != a.Value {
				t.Fatalf("month %d of %d: %s after %s, value %s", m+1, n, got, before, a.Value)
			}
			before = got
		}
	})
}

func TestWhatIsDoubtedOfACard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*asset.Asset)
		want   error
	}{
		{"depreciated and in use", func(*asset.Asset) {}, nil},
		{"depreciated and idle", func(a *asset.Asset) { a.Status = asset.Idle }, asset.ErrIdleBeyondLife},
		{"idle and not yet depreciated", func(a *asset.Asset) { a.Status, a.DepreciationMonths = asset.Idle, maybe.Some(int64(120)) }, nil},
		{"idle and gone", func(a *asset.Asset) { a.Status, a.DisposedOn = asset.Idle, today }, nil},
		{"a computer in five years", func(a *asset.Asset) { a.DepreciationMonths = maybe.Some(int64(60)) }, asset.ErrShortTerm},
		{"furniture in fifteen years", func(a *asset.Asset) { a.Class, a.DepreciationMonths = "A05010201", maybe.Some(int64(180)) }, nil},
		{"furniture in ten", func(a *asset.Asset) { a.Class, a.DepreciationMonths = "A05010201", maybe.Some(int64(120)) }, asset.ErrShortTerm},
	} {
		a := card()
		c.change(a)
		if err := a.Doubts(today).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}
