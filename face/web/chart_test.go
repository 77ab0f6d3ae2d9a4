package web

import (
	"math/big"
	"testing"
)

func TestBarsStandOnOneLineAndGapsStayGaps(t *testing.T) {
	t.Parallel()
	c := drawBars([]bar{{Label: "2021"}, {Label: "2022", Value: big.NewRat(50, 1)}, {Label: "2023", Value: big.NewRat(100, 1)}, {Label: "2024", Value: big.NewRat(-20, 1)}})
	if !c.Bars[0].Gap || c.Bars[1].Gap {
		t.Fatalf("gaps: %+v", c.Bars)
	}
	for i, want := range map[int]int{1: 50, 2: 100, 3: 20} {
		if got := c.Bars[i].Height; got != want {
			t.Errorf("bar %d is %d high, want %d", i, got, want)
		}
	}
	if c.Bars[1].Y+c.Bars[1].Height != c.Zero || c.Bars[2].Y+c.Bars[2].Height != c.Zero || c.Bars[3].Y != c.Zero {
		t.Errorf("bars do not stand on the line at %d: %+v", c.Zero, c.Bars)
	}
	if one := drawBars([]bar{{Label: "2023", Value: big.NewRat(1, 1)}, {Label: "2024"}}); one.Width != 0 {
		t.Errorf("one bar alone is drawn")
	}
}

func TestThousandsAreSetApart(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "0": "0", "999": "999", "1000": "1,000", "1234567.80": "1,234,567.80", "-12345": "−12,345", "12a": "12a", "2023-05": "2023-05"} {
		if got := grouped(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestOnlyAddressesOfThisSiteAreFollowed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"/figures?period=2023": "/figures?period=2023", "": "/", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/",
		"/a\nb": "/", "javascript:alert(1)": "/", "figures": "/"} {
		if got := local(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
