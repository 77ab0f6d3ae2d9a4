package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"anlan/ground/money"
)

func TestAmountIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]money.Fen{
		"0": 0, "-0": 0, "1": 100, "12.3": 1230, "12.34": 1234, "12.340000": 1234, ".5": 50, "5.": 500, "-0.01": -1, "+3": 300,
		"1,234.5": 123450, "1,234,567.89": 123456789, "12,345": 1234500,
		"１２３４": 123400, "１，２３４．５": 123450, "　12.3　": 1230, "−5": -500, "—5": -500, "–5": -500,
		"1234元": 123400, "12.3 元": 1230, "3.5万元": 3500000, "2亿元": 20000000000, "3.5万": 3500000, "1亿": money.Yi, "5分": 5,
		"¥12": 1200, "￥12.30": 1230, "¥ 12": 1200, "-¥12": -1200, "¥-12": -1200, "(1,234)": -123400, "(¥5)": -500, "¥3万元": 3000000,
		"92233720368547758.07": money.Max, "-92233720368547758.07": money.Min,
	} {
		if got, err := money.Parse(s); err != nil || got != want {
			t.Errorf("%q: got %d fen, want %d, %v", s, got, want, err)
		}
	}
}

func TestUnitAboveTheColumnHoldsForBareNumbersOnly(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]money.Fen{"2030.18": 203018 * money.Wan / 100, "5元": 500, "0.000001": 1, "1亿元": money.Yi} {
		if got, err := money.ParseIn(s, money.Wan); err != nil || got != want {
			t.Errorf("%q in 万元: got %d fen, want %d, %v", s, got, want, err)
		}
	}
}

func TestWhatIsNoAmountIsRefused(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]error{
		"": money.ErrNotAnAmount, " ": money.ErrNotAnAmount, "元": money.ErrNotAnAmount, "-": money.ErrNotAnAmount, "—": money.ErrNotAnAmount, ".": money.ErrNotAnAmount,
		"1 234": money.ErrNotAnAmount, "12a": money.ErrNotAnAmount, "1.2.3": money.ErrNotAnAmount, "1e3": money.ErrNotAnAmount, "--1": money.ErrNotAnAmount, "(-1)": money.ErrNotAnAmount,
		"1,23": money.ErrNotAnAmount, "1234,567": money.ErrNotAnAmount, ",123": money.ErrNotAnAmount, "1,234,": money.ErrNotAnAmount, "1.2,3": money.ErrNotAnAmount,
		"约12": money.ErrNotAnAmount, "12美元": money.ErrNotAnAmount, "¥": money.ErrNotAnAmount, "()": money.ErrNotAnAmount, "无": money.ErrNotAnAmount, "12%": money.ErrNotAnAmount,
		"0.001": money.ErrFractionOfFen, "1.005元": money.ErrFractionOfFen, "1.5分": money.ErrFractionOfFen, "1.23456789万元": money.ErrFractionOfFen,
		"92233720368547758.08": money.ErrOutOfRange, "92233720368547759": money.ErrOutOfRange, "99999999999999999999999999": money.ErrOutOfRange,
		"184467440737095516.99": money.ErrOutOfRange, "184467440737095516.15": money.ErrOutOfRange, "9999999999999亿元": money.ErrOutOfRange,
	} {
		if got, err := money.Parse(s); !errors.Is(err, want) {
			t.Errorf("%q: got %d fen, %v, want %v", s, got, err, want)
		}
	}
}

func TestAmountAndItsTextAreOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := money.Fen(rapid.Int64Range(int64(money.Min), int64(money.Max)).Draw(t, "fen"))
		if got, err := money.Parse(f.String()); err != nil || got != f {
			t.Fatalf("%d fen prints %s, which reads as %d, %v", f, f, got, err)
		}
	})
}

func TestAmountsAreReadExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`-?[0-9]{1,14}(\.[0-9]{1,8})?`).Draw(t, "number")
		unit := rapid.SampledFrom([]money.Fen{1, money.Yuan, money.Wan, money.Yi}).Draw(t, "unit")
		exact, _ := new(big.Rat).SetString(s)
		exact.Mul(exact, new(big.Rat).SetInt64(int64(unit)))
		got, err := money.ParseIn(s, unit)
		switch {
		case !exact.IsInt():
			if !errors.Is(err, money.ErrFractionOfFen) && !errors.Is(err, money.ErrOutOfRange) {
				t.Fatalf("%s × %d fen is no whole fen, got %d, %v", s, unit, got, err)
			}
		case !exact.Num().IsInt64():
			if !errors.Is(err, money.ErrOutOfRange) {
				t.Fatalf("%s × %d fen does not fit, got %d, %v", s, unit, got, err)
			}
		case err != nil || int64(got) != exact.Num().Int64():
			t.Fatalf("%s × %d fen: got %d, want %s, %v", s, unit, got, exact.Num(), err)
		}
	})
}

func TestSumThatDoesNotFitIsToldNotWrapped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		any := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 0, 1, -1}))
		a, b := any.Draw(t, "a"), any.Draw(t, "b")
		exact := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		sum, ok := money.Add(money.Fen(a), money.Fen(b))
		if ok != exact.IsInt64() || ok && int64(sum) != exact.Int64() {
			t.Fatalf("%d + %d: got %d, %v, want %s", a, b, sum, ok, exact)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1,234.5", "-0.01", "１２３４", "1234元", "3.5万元", "¥12", "(1,234)", "184467440737095516.99", "—", "分", "+.0万"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := money.Parse(s)
		if err != nil {
			return
		}
		if again, err := money.Parse(got.String()); err != nil || again != got {
			t.Fatalf("%q is %s, which reads as %s, %v", s, got, again, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := money.Parse("1,234,567.89"); err != nil {
			b.Fatal(err)
		}
	}
}
