package compare

import (
	"math/big"
	"testing"

	"anlan/ground/figure"

	"pgregory.net/rapid"
)

func figureOf(t testing.TB, text string) figure.Figure {
	t.Helper()
	f, err := figure.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func Test_a_figure_is_judged_by_its_printed_digits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, figure, recorded string
		want                   Verdict
	}{
		{"the_same", "2030.18万元", "2030.18", Agrees},
		{"rounded_up", "2030.18万元", "2030.1751", Agrees},
		{"an_exact_half_goes_up", "2030.18万元", "2030.175", Agrees},
		{"an_exact_half_may_go_to_even", "2030.18万元", "2030.185", ByRounding},
		{"cut_off", "2030.18万元", "2030.1899", ByRounding},
		{"rounded_twice", "2030.2万元", "2030.1451", Differs},
		{"a_zero_filled_in", "26.50%", "26.47", Differs},
		{"nearly_all_is_not_all", "100%", "99.4938", Differs},
		{"all_but_half_of_a_hundredth", "100%", "99.5", Agrees},
		{"too_much", "2030.18万元", "2030.1949", Differs},
		{"a_count_is_exact", "87起", "88", Differs},
		{"and_the_same_count", "87起", "87", Agrees},
		{"a_count_with_broken_records", "87起", "87.4", Differs},
		{"more_than", "560余万元", "563.2", Agrees},
		{"more_than_and_not", "560余万元", "559.9", Differs},
		{"within", "100人以内", "97", Agrees},
		{"below_zero", "-18.18%", "-18.182", Agrees},
	} {
		recorded, _ := new(big.Rat).SetString(c.recorded)
		if got := judged(figureOf(t, c.figure), recorded); got != c.want {
			t.Errorf("%s: %s beside %s: %s, want %s", c.name, c.figure, c.recorded, got, c.want)
		}
	}
}

func Test_what_is_printed_from_a_value_agrees_with_it(t *testing.T) {
	t.Parallel()
	money, _ := figure.UnitOf("万元")
	rapid.Check(t, func(t *rapid.T) {
		x := big.NewRat(rapid.Int64Range(-1e12, 1e12).Draw(t, "numerator"), rapid.Int64Range(1, 1e6).Draw(t, "denominator"))
		decimals := rapid.IntRange(0, 4).Draw(t, "decimals")
		f, err := figure.Round(x, decimals, money)
		if err != nil {
			t.Fatal(err)
		}
		if got := judged(f, x); got != Agrees {
			t.Fatalf("%s is printed of %s and %s", f, x, got)
		}
		far := new(big.Rat).Add(x, new(big.Rat).Mul(f.Step(), big.NewRat(rapid.Int64Range(16, 1000).Draw(t, "tenths"), 10)))
		if got := judged(f, far); got != Differs {
			t.Fatalf("%s is 1.6 steps or more from %s and %s", f, far, got)
		}
	})
}

func Test_words_that_change_nothing_are_passed_over(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{"": true, "全市共发生": true, "其中": true, "年初": true, "到2023": false, "市本级": false, "新增": false, "预算": false, "事业": false} {
		if got := neutral(fold(words)); got != want {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
	for words, want := range map[string]string{"死亡人数为": "死亡", "三公经费本年决算数": "三公经费", "为": "为", "": ""} {
		if got := trimTails(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	for words, want := range map[string]string{"1.人员经费": "人员经费", "（一）基本支出": "基本支出", "１．其他": "其他", "三公经费": "三公经费", "631机制": "631机制"} {
		if got := withoutMark(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}
