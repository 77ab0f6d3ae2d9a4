package check

import (
	"math/big"
	"testing"

	"anlan/ground/figure"
	"pgregory.net/rapid"
)

// anyExact draws a number, small or too large for 64 bits, beside the same as a big.Rat.
func anyExact(t *rapid.T, label string) (exact, *big.Rat) {
	n := rapid.Int64().Draw(t, label)
	switch rapid.IntRange(0, 2).Draw(t, label+" size") {
	case 0:
		n %= 1_000_000
	case 1:
		n %= 1_000_000_000_000_000
	}
	d := rapid.SampledFrom([]int64{1, 10, 100, 1000, 1_000_000, 1_000_000_000_000, 3, 7, 1_000_000_007}).Draw(t, label+" over")
	return exact{n: n, d: d}, big.NewRat(n, d)
}

func TestExactIsARationalNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, a := anyExact(t, "x")
		y, b := anyExact(t, "y")
		same := func(what string, got exact, want *big.Rat) {
			if got.rat().Cmp(want) != 0 {
				t.Fatalf("%s of %v and %v is %v, want %v", what, a, b, got.rat(), want)
			}
		}
		same("sum", x.add(y), new(big.Rat).Add(a, b))
		same("difference", x.sub(y), new(big.Rat).Sub(a, b))
		same("product", x.mul(y), new(big.Rat).Mul(a, b))
		same("opposite", x.neg(), new(big.Rat).Neg(a))
		same("magnitude", x.abs(), new(big.Rat).Abs(a))
		if b.Sign() != 0 {
			same("quotient", x.quo(y), new(big.Rat).Quo(a, b))
		}
		if x.cmp(y) != a.Cmp(b) || x.sign() != a.Sign() {
			t.Fatalf("%v and %v compare as %d, sign %d; want %d, %d", a, b, x.cmp(y), x.sign(), a.Cmp(b), a.Sign())
		}
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		rounded, _ := new(big.Rat).SetString(a.FloatString(decimals))
		same("rounding", x.round(decimals, false), rounded)
		low, _ := new(big.Rat).SetString(x.text(0, decimals, -1))
		high, _ := new(big.Rat).SetString(x.text(0, decimals, 1))
		if low.Cmp(a) > 0 || high.Cmp(a) < 0 {
			t.Fatalf("%v is written between %v and %v", a, low, high)
		}
	})
}

func TestRoundingOfAHalf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n        int64
		even     bool
		want     string
		decimals int
	}{{625, false, "6.3", 1}, {625, true, "6.2", 1}, {635, true, "6.4", 1}, {-625, false, "-6.3", 1}, {-625, true, "-6.2", 1}, {624, false, "6.2", 1}, {50, false, "1", 0}, {50, true, "0", 0}} {
		if got := scaled(c.n, -2).round(c.decimals, c.even).text(0, c.decimals, 0); got != c.want {
			t.Errorf("%d/100 to %d decimals (even %v) is %s, want %s", c.n, c.decimals, c.even, got, c.want)
		}
	}
}

// TestSpansAreIntervals compares the quick way with the intervals of package figure.
func TestSpansAreIntervals(t *testing.T) {
	t.Parallel()
	units := []string{"", "元", "万元", "亿元", "%", "起", "人/亿元", "亩", "小时", "万户"}
	rapid.Check(t, func(t *rapid.T) {
		unit, _ := figure.UnitOf(rapid.SampledFrom(units).Draw(t, "unit"))
		f, err := figure.Round(big.NewRat(rapid.Int64Range(-1e15, 1e15).Draw(t, "n"), 1000), rapid.IntRange(0, 6).Draw(t, "decimals"), unit)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := spanOf(f)
		low, _ := f.Interval().Times(unit.Scale()).Low()
		high, _ := f.Interval().Times(unit.Scale()).High()
		if !ok || got.low.rat().Cmp(low) != 0 || got.high.rat().Cmp(high) != 0 || got.value.rat().Cmp(new(big.Rat).Mul(f.Rat(), unit.Scale())) != 0 {
			t.Fatalf("%v is %v … %v, want %v … %v", f, got.low.rat(), got.high.rat(), low, high)
		}
		a, b := truncatedEnds(f)
		low, _ = f.Truncated().Low()
		high, _ = f.Truncated().High()
		if a.rat().Cmp(low) != 0 || b.rat().Cmp(high) != 0 {
			t.Fatalf("%v cut off is %v … %v, want %v … %v", f, a.rat(), b.rat(), low, high)
		}
	})
}
