package figure

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want, interval string }{
		{"2030.18万元", "2030.18万元", "[2030.175, 2030.185]"},
		{"39.50万元", "39.50万元", "[39.495, 39.505]"},
		{"2.05亿元", "2.05亿元", "[2.045, 2.055]"},
		{"15起", "15起", "[15, 15]"},
		{"1.5万人", "1.5万人", "[1.45, 1.55]"},
		{"8400元", "8400元", "[8399.5, 8400.5]"},
		{"15.5%", "15.5%", "[15.45, 15.55]"},
		{"0.3个百分点", "0.3个百分点", "[0.25, 0.35]"},
		{"近百人", "近100人", "(0, 100)"},
		{"约560万元", "约560万元", "(550, 570)"},
		{"3000余个", "3000余个", "(3000, 4000)"},
		{"超2.3万个", "2.3余万个", "(2.3, 2.4)"},
		{"突破500亿元", "500余亿元", "(500, 600)"},
		{"5%左右", "约5%", "(4, 6)"},
		{"≥200平方米", "200平方米以上", "[200, ∞)"},
		{"50万元以下", "50万元以内", "(−∞, 50]"},
		{"10—15毫米", "10—15毫米", "[10, 15]"},
		{"-10—-5摄氏度", "-10—-5摄氏度", "[-10, -5]"},
		{" 1,234.5 ", "1234.5", "[1234.45, 1234.55]"},
		{"２０３０．１８", "2030.18", "[2030.175, 2030.185]"},
		{"百分之十五", "15%", "[14.5, 15.5]"},
		{"3亿2000万元", "32000万元", "[31999.5, 32000.5]"},
		{"-18.18%", "-18.18%", "[-18.185, -18.175]"},
		{"0.022人/亿元", "0.022人/亿元", "[0.0215, 0.0225]"},
		{"2023", "2023", "[2022.5, 2023.5]"},
		{"430602", "430602", "[430601.5, 430602.5]"},
		{"三成", "3成", "[2.5, 3.5]"},
		{"1.2倍", "1.2倍", "[1.15, 1.25]"},
	} {
		f, err := Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if f.String() != c.want || f.Interval().String() != c.interval {
			t.Errorf("%s is %s %s, want %s %s", c.text, f, f.Interval(), c.want, c.interval)
		}
	}
	for _, text := range []string{"", "万元", "2023年12月", "1.2.3万元", "1,23.4万元", "12万元多少", "abc", "第3", "1２.5", "5%和6%", "约", "--5"} {
		if f, err := Parse(text); !errors.Is(err, ErrNotAFigure) {
			t.Errorf("%q is read as %v (%v), want figure.not_a_figure", text, f, err)
		}
	}
}

// anyFigure draws a figure that has a printed form.
func anyFigure() *rapid.Generator[Figure] {
	units := []string{"", "元", "万元", "亿元", "%", "‰", "起", "人", "户", "万户", "个百分点", "人/亿元", "毫米", "公顷", "倍", "分"}
	return rapid.Custom(func(t *rapid.T) Figure {
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		number := func(label string, low int64) *big.Rat {
			return new(big.Rat).Mul(new(big.Rat).SetInt64(rapid.Int64Range(low, 1e12).Draw(t, label)), tenTo(-decimals))
		}
		unit := mustUnit(rapid.SampledFrom(units).Draw(t, "unit"))
		f, err := Round(number("value", -1e12), decimals, unit)
		if err != nil {
			t.Fatal(err)
		}
		f.form = Form(rapid.IntRange(int(Plain), int(Range)).Draw(t, "form"))
		if f.form == Range {
			to, _ := Round(number("to", -1e12), decimals, unit)
			f.to, f.toPlace = &to.value, to.decimals
			if f.to.LessThan(f.value) { // 9—1万元 is 9元 to 1万元
				f.value, *f.to = *f.to, f.value
			}
		}
		return f
	})
}

func TestParseIsTheInverseOfString(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := anyFigure().Draw(t, "f")
		got, err := Parse(f.String())
		if err != nil || !got.Equal(f) {
			t.Fatalf("%s is read as %+v (%v), want %+v", f, got, err, f)
		}
	})
}

func TestRoundStatesWhatIsTrue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := big.NewRat(rapid.Int64Range(-1e12, 1e12).Draw(t, "n"), rapid.Int64Range(1, 1e6).Draw(t, "d"))
		f, err := Round(v, rapid.IntRange(0, 9).Draw(t, "decimals"), mustUnit("万元"))
		if err != nil || !f.Interval().Contains(v) {
			t.Fatalf("%v is stated as %v (%v), which does not contain it", v, f, err)
		}
	})
	half, _ := Round(big.NewRat(-5, 2), 0, One)
	if half.String() != "-3" {
		t.Errorf("−2.5 is stated as %v, want -3 (half away from zero)", half)
	}
	if _, err := Round(big.NewRat(1, 3), 19, One); !errors.Is(err, ErrTooFine) {
		t.Errorf("19 decimals: got %v, want figure.too_fine", err)
	}
}

func TestAFormThatIsUntrueIsRefused(t *testing.T) {
	t.Parallel()
	people := mustUnit("人")
	for _, c := range []struct {
		name   string
		stated int64
		form   Form
		of     int64
		true   bool
	}{
		{"97 is nearly 100", 100, Near, 97, true},
		{"101 is not nearly 100", 100, Near, 101, false},
		{"563 is 560 odd", 560, Over, 563, true},
		{"558 is not 560 odd", 560, Over, 558, false},
		{"560 is not 560 odd", 560, Over, 560, false},
		{"558 is about 560", 560, About, 558, true},
		{"a count is what it says", 87, Plain, 87, true},
		{"and nothing else", 87, Plain, 88, false},
	} {
		_, err := Count(c.stated, people).As(c.form, big.NewRat(c.of, 1))
		if (err == nil) != c.true {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTruncated(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"38.28%": "[38.28, 38.29]", "-0.5%": "[-0.6, -0.5]", "87起": "[87, 87]", "约5%": "(4, 6)"} {
		f, err := Parse(text)
		if got := f.Truncated().String(); err != nil || got != want {
			t.Errorf("%s cut off is %s (%v), want %s", text, got, err, want)
		}
	}
}

func TestNumerals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text           string
		coef, decimals int
		exponent       int16
		valid          bool
	}{
		{"十五", 15, 0, 0, true},
		{"一百二十三", 123, 0, 0, true},
		{"三百零五", 305, 0, 0, true},
		{"一千零一十", 1010, 0, 0, true},
		{"一万二千三百", 12300, 0, 0, true},
		{"三千万", 3000, 0, 4, true},
		{"三亿二千万", 32000, 0, 4, true},
		{"一亿零五十", 100000050, 0, 0, true},
		{"五万亿", 5, 0, 12, true},
		{"三万二千亿", 32000, 0, 8, true},
		{"十五点五", 155, 1, 0, true},
		{"二点三亿", 23, 1, 8, true},
		{"二〇二三", 2023, 0, 0, true},
		{"百", 100, 0, 0, true},
		{"万", 1, 0, 4, true},
		{"十四五", 0, 0, 0, false},
		{"百千", 0, 0, 0, false},
		{"十百", 0, 0, 0, false},
	} {
		n := readNumeral(c.text, 0)
		if n.end != len(c.text) || n.valid != c.valid || c.valid && (int(n.coef) != c.coef || n.decimals != c.decimals || n.exponent != c.exponent) {
			t.Errorf("%s is %+v, want %+v", c.text, n, c)
		}
	}
}

// han writes v < 10⁸ in 汉字, the plain way: a second implementation for the reader.
func han(v int64) string {
	if v >= 10000 {
		s := han(v/10000) + "万"
		switch rest := v % 10000; {
		case rest == 0:
		case rest < 1000:
			s += "零" + han(rest)
		default:
			s += han(rest)
		}
		return s
	}
	digits, s, zero := []rune("零一二三四五六七八九"), "", false
	for _, p := range []struct {
		value int64
		word  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		switch d := v / p.value % 10; {
		case d > 0 && zero && s != "":
			s += "零" + string(digits[d]) + p.word
			zero = false
		case d > 0:
			s += string(digits[d]) + p.word
			zero = false
		default:
			zero = true
		}
	}
	return s
}

func TestNumeralsAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(1, 1e8-1).Draw(t, "v")
		n := readNumeral(han(v), 0)
		got := int64(n.coef)
		for range n.exponent {
			got *= 10
		}
		if !n.valid || got != v {
			t.Fatalf("%s is read as %d (%+v), want %d", han(v), got, n, v)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2030.18万元", "近百人", "3亿2000万元", "-10—-5摄氏度", "百分之十五点五", "0.022人/亿元", "1,234", "0000000000000000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		figure, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(figure.String())
		if err != nil || !again.Equal(figure) {
			t.Fatalf("%q is %+v, printed %q, read again %+v (%v)", text, figure, figure, again, err)
		}
	})
}
