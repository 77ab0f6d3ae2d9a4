package indicator_test

import (
	"bytes"
	"fmt"
	"math/big"
	"os"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/lang"

	"pgregory.net/rapid"
)

// drawn is an expression with the value that plain big.Rat arithmetic gives it, written without a thought of the package.
type drawn struct {
	text  string
	state indicator.State
	value *big.Rat
}

func of(text string, value *big.Rat) drawn { return drawn{text, indicator.Computed, value} }

// meet is the result of an operation: the greater lack of its operands, or what compute gives.
func meet(text string, compute func(a, b *big.Rat) *big.Rat, a, b drawn) drawn {
	if a.state != indicator.Computed || b.state != indicator.Computed {
		return drawn{text, max(a.state, b.state), nil}
	}
	return of(text, compute(a.value, b.value))
}

func divided(text string, a, b drawn) drawn {
	if a.state == indicator.Computed && b.state == indicator.Computed && b.value.Sign() == 0 {
		return drawn{text, indicator.NotComputable, nil}
	}
	return meet(text, func(x, y *big.Rat) *big.Rat { return new(big.Rat).Quo(x, y) }, a, b)
}

// drawnFrom is the source that leaves are drawn with: two numbers and every lack.
var drawnFrom = answers{}.
	with("accident.count", "2023", indicator.Number(87, 87)).with("accident.count", "2022", indicator.Number(0, 0)).
	with("accident.count", "2021", indicator.Ratio(1, 7, 1)).
	with("accident.count", "2019", indicator.Inapplicable(lang.Of("无", "none"))).
	with("accident.count", "2018", indicator.Uncomputable(lang.Of("无", "none")))

var leaves = []drawn{
	of("accident.count", big.NewRat(87, 1)), of("accident.count @ 同期", new(big.Rat)), of("accident.count @ 同期 @ last_year", big.NewRat(1, 7)),
	{"accident.count @ last_year @ last_year @ last_year", indicator.NoneRecorded, nil},
	{"accident.count @ 同期 @ 同期 @ 同期 @ 同期", indicator.NotApplicable, nil},
	{"accident.count @ 同期 @ 同期 @ 同期 @ 同期 @ 同期", indicator.NotComputable, nil},
}

// count draws an expression in 起, ratio one without unit.
func count(t *rapid.T, depth int) drawn {
	if depth == 0 || rapid.IntRange(0, 4).Draw(t, "leaf") == 0 {
		if rapid.Bool().Draw(t, "measure") {
			return rapid.SampledFrom(leaves).Draw(t, "leaf")
		}
		n := rapid.Int64Range(0, 1_000_000).Draw(t, "hundredths")
		return of(fmt.Sprintf("%d.%02d 起", n/100, n%100), big.NewRat(n, 100))
	}
	kind := rapid.IntRange(0, 8).Draw(t, "operator")
	switch a := count(t, depth-1); kind {
	case 0, 1:
		b := count(t, depth-1)
		return meet(fmt.Sprintf("%s + (%s)", a.text, b.text), func(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) }, a, b)
	case 2:
		b := count(t, depth-1)
		return meet(fmt.Sprintf("(%s) - (%s)", a.text, b.text), func(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }, a, b)
	case 3:
		b := ratio(t, depth-1)
		return meet(fmt.Sprintf("(%s) * (%s)", a.text, b.text), func(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }, a, b)
	case 4:
		b := ratio(t, depth-1)
		return divided(fmt.Sprintf("(%s) / (%s + 0 * accident.count / 1 起)", a.text, b.text), a, b) // a divisor must not be constant
	case 5:
		b := count(t, depth-1)
		return meet(fmt.Sprintf("floor(%s, %s)", a.text, b.text), larger, a, b)
	case 6:
		return meet("-("+a.text+")", func(x, _ *big.Rat) *big.Rat { return new(big.Rat).Neg(x) }, a, a)
	case 7:
		return overlooking(t, a, depth)
	default:
		b, c := count(t, depth-1), count(t, depth-1)
		text := fmt.Sprintf("band(%s, < 1.5 起: %s, else: %s)", a.text, b.text, c.text)
		switch {
		case a.state != indicator.Computed:
			return drawn{text, a.state, nil}
		case a.value.Cmp(big.NewRat(3, 2)) < 0:
			return drawn{text, b.state, b.value}
		}
		return drawn{text, c.state, c.value}
	}
}

// overlooking draws a sum, least or greatest, which pass over what is not applicable.
func overlooking(t *rapid.T, a drawn, depth int) drawn {
	b, name := count(t, depth-1), rapid.SampledFrom([]string{"sum", "min", "max"}).Draw(t, "function")
	compute := map[string]func(x, y *big.Rat) *big.Rat{"sum": func(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) }, "max": larger,
		"min": func(x, y *big.Rat) *big.Rat {
			if x.Cmp(y) < 0 {
				return x
			}
			return y
		}}[name]
	text := fmt.Sprintf("%s(%s, %s)", name, a.text, b.text)
	switch {
	case a.state == indicator.NotApplicable:
		return drawn{text, b.state, b.value}
	case b.state == indicator.NotApplicable:
		return drawn{text, a.state, a.value}
	}
	return meet(text, compute, a, b)
}

func larger(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) > 0 {
		return x
	}
	return y
}

// ratio draws an expression without unit.
func ratio(t *rapid.T, depth int) drawn {
	if depth == 0 || rapid.Bool().Draw(t, "number") {
		n := rapid.Int64Range(0, 1000).Draw(t, "number")
		if rapid.Bool().Draw(t, "percent") {
			return of(fmt.Sprintf("%d%%", n), big.NewRat(n, 100))
		}
		return of(fmt.Sprint(n), big.NewRat(n, 1))
	}
	a, b := count(t, depth-1), count(t, depth-1)
	return divided(fmt.Sprintf("(%s) / (0 * accident.count + (%s))", a.text, b.text), a, b)
}

func Test_evaluation_is_plain_arithmetic(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, definitions)
	rapid.Check(t, func(r *rapid.T) {
		want := count(r, rapid.IntRange(0, 5).Draw(r, "depth"))
		i, err := set.Expression("drawn", want.text, 3)
		if err != nil {
			r.Fatalf("%s: %v", want.text, err)
		}
		got := ask(t, drawnFrom, i, "2023")
		if got.Value().State() != want.state || want.value != nil && got.Value().Rat().Cmp(want.value) != 0 {
			r.Errorf("%s = %s, want %s %v", want.text, got.Value().Text().En, want.state.Text().En, want.value)
		}
		if want.value != nil && got.Decimal() != positiveZero(want.value.FloatString(3)) {
			r.Errorf("%s prints %s, want %s", want.text, got.Decimal(), want.value.FloatString(3))
		}
		if (got.Value().Why().En == "") != (want.state == indicator.Computed) {
			r.Errorf("%s is %s because %q", want.text, want.state.Text().En, got.Value().Why().En)
		}
		again, err := set.Expression("again", canonicalExpression(i), 3)
		if err != nil || again.Hash() != i.Hash() {
			r.Errorf("%s: canonical form %s is read differently: %v", want.text, canonicalExpression(i), err)
		}
		got.Explain(lang.Chinese)
	})
}

func positiveZero(digits string) string {
	if digits == "-0.000" {
		return "0.000"
	}
	return digits
}

// canonicalExpression is the second line of the canonical form.
func canonicalExpression(i *indicator.Indicator) string {
	lines := bytes.SplitN(i.Canonical(), []byte("\n"), 4)
	return string(bytes.TrimPrefix(lines[2], []byte("= ")))
}

func Fuzz_definitions(f *testing.F) {
	spine, err := os.ReadFile("shipped/spine.indicators")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(spine)
	f.Add([]byte(definitions))
	for _, c := range wrong {
		if len(c.text) < 300 {
			f.Add([]byte(c.text))
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := indicator.Parse("fuzz", content)
		var set *indicator.Set
		if err == nil {
			set, err = indicator.Define(bureau, file)
		}
		if err != nil {
			indicator.Show(err, lang.Chinese, map[string][]byte{"fuzz": content})
			return
		}
		for _, i := range set.Indicators() {
			r := ask(t, drawnFrom, i, "2023")
			if r.Explain(lang.English) == "" || r.Arithmetic().Zh == "" {
				t.Errorf("%s explains nothing", i.Code())
			}
			again, err := set.Expression("again", canonicalExpression(i), i.Decimals())
			if err != nil || canonicalExpression(again) != canonicalExpression(i) {
				t.Errorf("canonical form %q is read differently: %v", canonicalExpression(i), err)
			}
		}
	})
}
