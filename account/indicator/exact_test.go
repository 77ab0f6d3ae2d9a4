package indicator

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// anyInt draws small numbers, and the edges at which products no longer fit.
func anyInt() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64(), rapid.SampledFrom([]int64{
		math.MinInt64, math.MinInt64 + 1, math.MaxInt64, math.MaxInt64 - 1, 1 << 31, 1<<31 + 1, 1 << 32, 3_037_000_499, 3_037_000_500, -1 << 31,
	}))
}

func anyRat(t *rapid.T, name string) *big.Rat {
	den := anyInt().Filter(func(d int64) bool { return d != 0 }).Draw(t, name+" den")
	return new(big.Rat).SetFrac(big.NewInt(anyInt().Draw(t, name+" num")), big.NewInt(den))
}

func Test_exact_numbers_are_those_of_big_Rat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyRat(t, "a"), anyRat(t, "b")
		x, y := exactOf(a), exactOf(b)
		same := func(what string, got exact, want *big.Rat) {
			if got.rat().Cmp(want) != 0 {
				t.Errorf("%s of %s and %s is %s, want %s", what, a, b, got.rat(), want)
			}
			if small := got.big == nil; small && (got.below() < 1 || got.num == math.MinInt64 || big.NewRat(got.num, got.below()).Num().Int64() != got.num) {
				t.Errorf("%s of %s and %s is not in lowest terms: %d/%d", what, a, b, got.num, got.den)
			}
		}
		same("sum", x.add(y), new(big.Rat).Add(a, b))
		same("difference", x.sub(y), new(big.Rat).Sub(a, b))
		same("product", x.mul(y), new(big.Rat).Mul(a, b))
		same("negative", x.negate(), new(big.Rat).Neg(a))
		if b.Sign() != 0 {
			same("quotient", x.div(y), new(big.Rat).Quo(a, b))
		}
		if got, want := x.compare(y), a.Cmp(b); got != want {
			t.Errorf("%s compared with %s is %d, want %d", a, b, got, want)
		}
		if got, want := x.sign(), a.Sign(); got != want {
			t.Errorf("sign of %s is %d, want %d", a, got, want)
		}
	})
}

func Test_the_zero_exact_is_0(t *testing.T) {
	t.Parallel()
	var zero exact
	if zero.sign() != 0 || zero.add(whole(3)).num != 3 || whole(3).mul(zero).sign() != 0 || zero.rat().Sign() != 0 || zero.compare(whole(0)) != 0 {
		t.Error("the zero exact is not 0")
	}
	if got := whole(math.MinInt64).rat(); got.Num().Int64() != math.MinInt64 {
		t.Errorf("least int64 became %s", got)
	}
}

func Test_rounding_goes_to_the_nearest_and_halves_away_from_zero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, n := anyRat(t, "r"), rapid.IntRange(0, decimalsMax).Draw(t, "decimals")
		if rapid.Bool().Draw(t, "half") { // an exact half, which random numbers never are
			r = new(big.Rat).SetFrac(big.NewInt(2*rapid.Int64Range(-1e9, 1e9).Draw(t, "odd")+1), new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)))
		}
		text := rounded(r, n)
		got, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%s printed as %q", r, text)
		}
		unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
		off := new(big.Rat).Sub(got, r)
		switch off.Abs(off).Add(off, off).Cmp(unit) {
		case 1:
			t.Errorf("%s with %d decimals printed as %s: more than half a unit off", r, n, text)
		case 0:
			if new(big.Rat).Abs(got).Cmp(new(big.Rat).Abs(r)) <= 0 {
				t.Errorf("%s with %d decimals printed as %s: a half goes away from zero", r, n, text)
			}
		}
		if got.Sign() == 0 && text[0] == '-' {
			t.Errorf("%s printed as %s", r, text)
		}
	})
}

func Test_printed_forms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		num, den int64
		decimals int
		grouped  bool
		want     string
	}{
		{-16, 103, 1, false, "−0.2"}, {-1600, 103, 1, false, "−15.5"}, {-1200, 109, 0, false, "−11"},
		{16424, 1, 0, true, "16,424"}, {16424, 1, 0, false, "16424"}, {999, 1, 0, true, "999"}, {1000, 1, 2, true, "1,000.00"},
		{-1234567, 2, 1, true, "−617,283.5"}, {0, 1, 3, false, "0.000"}, {-1, 3000, 2, false, "0.00"}, {5, 1000, 2, false, "0.01"},
		{-5, 1000, 2, false, "−0.01"}, {49, 10000, 2, false, "0.00"}, {5, 2, 0, false, "3"}, {-5, 2, 0, false, "−3"}, {999995, 1000, 2, true, "1,000.00"},
	} {
		if got := printed(rounded(big.NewRat(c.num, c.den), c.decimals), c.grouped); got != c.want {
			t.Errorf("%d/%d with %d decimals: %s, want %s", c.num, c.den, c.decimals, got, c.want)
		}
	}
}

func Test_numbers_shown_in_explanations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r    *big.Rat
		want string
		ends bool
	}{
		{big.NewRat(484178, 100), "4841.78", true}, {big.NewRat(1, 3), "0.33333333", false}, {big.NewRat(-2000, 3), "−666.66667", false},
		{big.NewRat(1, 3_000_000_000), "0.00000000033333333", false}, {big.NewRat(1_000_000_000_000, 3), "333333333333", false},
		{big.NewRat(1, 8), "0.125", true}, {big.NewRat(1, 1<<40), "0.00000000000090949470", false}, {new(big.Rat), "0", true},
		{big.NewRat(2, 3), "0.66666667", false}, {big.NewRat(29, 3), "9.6666667", false},
	} {
		if got, ends := shown(c.r); got != c.want || ends != c.ends {
			t.Errorf("%s is shown as %s (ends: %v), want %s", c.r, got, ends, c.want)
		}
	}
}

func Benchmark_exact(b *testing.B) {
	deaths, gdp, scale := whole(97), exactOf(big.NewRat(484178, 100)), whole(100_000_000)
	b.Run("int64", func(b *testing.B) {
		for b.Loop() {
			deaths.div(gdp.mul(scale))
		}
	})
	b.Run("big", func(b *testing.B) {
		x, y, z := deaths.rat(), gdp.rat(), scale.rat()
		for b.Loop() {
			new(big.Rat).Quo(x, new(big.Rat).Mul(y, z))
		}
	})
}
