package figure

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func TestIntervals(t *testing.T) {
	t.Parallel()
	a, b := Closed(rat("1"), rat("2")), Open(rat("2"), rat("3"))
	for _, c := range []struct {
		name string
		got  Interval
		want string
	}{
		{"sum", a.Add(b), "(3, 5)"},
		{"difference", b.Sub(a), "(0, 2)"},
		{"product", a.Mul(b), "(2, 6)"},
		{"product with a sign", a.Neg().Mul(b), "(-6, -2)"},
		{"a zero end is reached", Closed(rat("0"), rat("1")).Mul(b), "[0, 3)"},
		{"times a number", a.Times(rat("-1/2")), "[-1, -0.5]"},
		{"unbounded sum", From(rat("5")).Add(a), "[6, ∞)"},
		{"unbounded product", From(rat("5")).Mul(a.Neg()), "(−∞, -5]"},
		{"zero times all", Point(rat("0")).Mul(From(rat("5"))), "[0, 0]"},
		{"up to", UpTo(rat("5")).Neg(), "[-5, ∞)"},
	} {
		if got := c.got.String(); got != c.want {
			t.Errorf("%s is %s, want %s", c.name, got, c.want)
		}
	}
	if q, ok := a.Div(b); !ok || q.String() != "(1/3, 1)" {
		t.Errorf("[1, 2] / (2, 3) is %v (%v), want (1/3, 1)", q, ok)
	}
	if q, ok := a.Div(Open(rat("0"), rat("1"))); !ok || q.String() != "(1, ∞)" {
		t.Errorf("[1, 2] / (0, 1) is %v (%v), want (1, ∞)", q, ok)
	}
	if _, ok := a.Div(Closed(rat("-1"), rat("1"))); ok {
		t.Error("division by an interval that holds zero must be refused")
	}
	if a.Meets(b) {
		t.Error("[1, 2] and (2, 3) have no number in common")
	}
	if !a.Meets(From(rat("2"))) {
		t.Error("[1, 2] and [2, ∞) have 2 in common")
	}
}

// anyInterval draws an interval with a number in it.
func anyInterval(t *rapid.T, label string) (Interval, *big.Rat) {
	x := big.NewRat(rapid.Int64Range(-1000, 1000).Draw(t, label), rapid.Int64Range(1, 20).Draw(t, label+"d"))
	down := big.NewRat(rapid.Int64Range(0, 50).Draw(t, label+"down"), 7)
	up := big.NewRat(rapid.Int64Range(0, 50).Draw(t, label+"up"), 7)
	low, high := new(big.Rat).Sub(x, down), new(big.Rat).Add(x, up)
	switch rapid.IntRange(0, 3).Draw(t, label+"kind") {
	case 0:
		return From(low), x
	case 1:
		return UpTo(high), x
	case 2:
		if down.Sign() > 0 && up.Sign() > 0 {
			return Open(low, high), x
		}
	}
	return Closed(low, high), x
}

func TestArithmeticEncloses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i, x := anyInterval(t, "x")
		j, y := anyInterval(t, "y")
		check := func(what string, of Interval, z *big.Rat) {
			if !of.Contains(z) {
				t.Fatalf("%s of %v and %v is %v, which lacks %v", what, i, j, of, z)
			}
		}
		check("sum", i.Add(j), new(big.Rat).Add(x, y))
		check("difference", i.Sub(j), new(big.Rat).Sub(x, y))
		check("product", i.Mul(j), new(big.Rat).Mul(x, y))
		check("opposite", i.Neg(), new(big.Rat).Neg(x))
		if q, ok := i.Div(j); ok {
			check("quotient", q, new(big.Rat).Quo(x, y))
		}
		if i.Meets(j) != j.Meets(i) || !i.Meets(i) {
			t.Fatalf("meeting of %v and %v is not symmetric", i, j)
		}
		if i.Below(j) && (i.Contains(y) || j.Contains(x)) {
			t.Fatalf("%v is not below %v", i, j)
		}
	})
}

// TestSumsAreExact compares the ends with the sums of the ends: no width is added and none is lost.
func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total, low, high := Point(new(big.Rat)), new(big.Rat), new(big.Rat)
		for k := range rapid.IntRange(1, 8).Draw(t, "n") {
			f, _ := Round(big.NewRat(rapid.Int64Range(-1e6, 1e6).Draw(t, "v"), 100), 2, mustUnit("万元"))
			i := f.Interval()
			a, _ := i.Low()
			b, _ := i.High()
			total = total.Add(i)
			low.Add(low, a)
			high.Add(high, b)
			_ = k
		}
		if a, _ := total.Low(); a.Cmp(low) != 0 {
			t.Fatalf("low end %v, want %v", a, low)
		}
		if b, _ := total.High(); b.Cmp(high) != 0 {
			t.Fatalf("high end %v, want %v", b, high)
		}
	})
}
