package figure

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestUnitOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, symbol, dimension, scale string }{
		{"", "", "", "1"},
		{"元", "元", "元", "1"},
		{"万元", "万元", "元", "10000"},
		{"亿元", "亿元", "元", "100000000"},
		{"千元", "千元", "元", "1000"},
		{"百万元", "百万元", "元", "1000000"},
		{"万亿元", "万亿元", "元", "1000000000000"},
		{"起", "起", "起", "1"},
		{"名", "名", "人", "1"},
		{"万人", "万人", "人", "10000"},
		{"万人次", "万人次", "人次", "10000"},
		{"万户", "万户", "户", "10000"},
		{"万", "万", "", "10000"},
		{"%", "%", "", "1/100"},
		{"％", "%", "", "1/100"},
		{"‰", "‰", "", "1/1000"},
		{"成", "成", "", "1/10"},
		{"倍", "倍", "", "1"},
		{"个百分点", "个百分点", "百分点", "1"},
		{"百分点", "个百分点", "百分点", "1"},
		{"分", "分", "分", "1"},
		{"分钟", "分钟", "秒", "60"},
		{"小时", "小时", "秒", "3600"},
		{"天", "天", "秒", "86400"},
		{"周", "周", "秒", "604800"},
		{"年", "年", "月", "12"},
		{"mm", "毫米", "米", "1/1000"},
		{"km", "公里", "米", "1000"},
		{"㎡", "平方米", "平方米", "1"},
		{"亩", "亩", "平方米", "2000/3"},
		{"公顷", "公顷", "平方米", "10000"},
		{"千公顷", "千公顷", "平方米", "10000000"},
		{"m³/s", "立方米/秒", "立方米/秒", "1"},
		{"立方米每秒", "立方米/秒", "立方米/秒", "1"},
		{"亿立方米", "亿立方米", "立方米", "100000000"},
		{"斤", "斤", "克", "500"},
		{"人/亿元", "人/亿元", "人/元", "1/100000000"},
		{"起/亿元", "起/亿元", "起/元", "1/100000000"},
		{"元/人", "元/人", "元/人", "1"},
		{"元/人·月", "元/个月/人", "元/人/月", "1"},
		{"次/10万公顷", "次/10万公顷", "次/平方米", "1/1000000000"},
		{"人/10万人", "人/10万人", "", "1/100000"},
		{"微克/立方米", "微克/立方米", "克/立方米", "1/1000000"},
	} {
		u, ok := UnitOf(c.text)
		if !ok {
			t.Errorf("%s is not known", c.text)
			continue
		}
		if got := u.String(); got != c.symbol {
			t.Errorf("%s prints as %q, want %q", c.text, got, c.symbol)
		}
		if got := u.Dimension().String(); got != c.dimension {
			t.Errorf("dimension of %s is %q, want %q", c.text, got, c.dimension)
		}
		if got := u.Scale().RatString(); got != c.scale {
			t.Errorf("scale of %s is %s, want %s", c.text, got, c.scale)
		}
		if again, ok := UnitOf(u.String()); !ok || again != u {
			t.Errorf("%s printed and read again is %v, want the same", c.text, again)
		}
	}
	for _, s := range []string{"万%", "元起吗", "/", "每", "万亿亿亿亿亿元元", "单位", "^", "1"} {
		if u, ok := UnitOf(s); ok {
			t.Errorf("%q is read as the unit %q, want refused", s, u)
		}
	}
}

func TestUnitAlgebra(t *testing.T) {
	t.Parallel()
	people, yi, yuan, metre := mustUnit("人"), mustUnit("亿元"), mustUnit("元"), mustUnit("米")
	for _, c := range []struct {
		name string
		got  Unit
		want string
	}{
		{"quotient", people.Div(yi), "人/亿元"},
		{"equal words cancel", people.Div(yi).Mul(yi), "人"},
		{"a unit by itself is a bare number", yi.Div(yi), ""},
		{"a square metre has its word", metre.Mul(metre), "平方米"},
		{"a cubic metre has its word", metre.Mul(metre).Mul(One), "平方米"},
		{"different words of one dimension stay written", yi.Div(yuan), "亿元/元"},
		{"one below the line", One.Div(people), "1/人"},
	} {
		if got := c.got.String(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if d := yi.Div(yuan); d.Dimension() != One.Dimension() || d.Scale().RatString() != "100000000" {
		t.Errorf("亿元/元 has dimension %q and scale %s, want none and 100000000", d.Dimension(), d.Scale())
	}
	if yi.Div(yi) != One {
		t.Error("亿元/亿元 is not One")
	}
}

func TestConvert(t *testing.T) {
	t.Parallel()
	got, err := mustUnit("亿元").Convert(big.NewRat(205, 100), mustUnit("万元"))
	if err != nil || got.RatString() != "20500" {
		t.Errorf("2.05亿元 is %v万元 (%v), want 20500", got, err)
	}
	for _, c := range []struct{ from, to, en string }{
		{"起", "人", "the units 起 and 人 measure different things and cannot be added, compared or converted"},
		{"%", "个百分点", "the units % and 个百分点 measure different things and cannot be added, compared or converted"},
		{"元", "", "the units 元 and 1 measure different things and cannot be added, compared or converted"},
	} {
		_, err := mustUnit(c.from).Convert(big.NewRat(1, 1), mustUnit(c.to))
		if !errors.Is(err, ErrOtherDimension) || err.Error() != c.en {
			t.Errorf("%s to %s: got %v, want %q", c.from, c.to, err, c.en)
		}
	}
}

// anyUnit draws a unit of the list, a quotient or a product of two.
func anyUnit(t *rapid.T) Unit {
	words := []string{"", "元", "万元", "亿元", "起", "人", "名", "户", "%", "‰", "个百分点", "亩", "公顷", "平方米", "小时", "天", "毫米", "立方米/秒"}
	u := mustUnit(rapid.SampledFrom(words).Draw(t, "u"))
	switch v := mustUnit(rapid.SampledFrom(words).Draw(t, "v")); rapid.IntRange(0, 2).Draw(t, "join") {
	case 1:
		return u.Div(v)
	case 2:
		return u.Mul(v)
	}
	return u
}

func TestUnitLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		u, v := anyUnit(t), anyUnit(t)
		if u.Mul(v) != v.Mul(u) {
			t.Fatalf("%v·%v depends on the order", u, v)
		}
		if got := u.Mul(v).Div(v); got.Dimension() != u.Dimension() || got.Scale().Cmp(u.Scale()) != 0 {
			t.Fatalf("%v·%v/%v is %v", u, v, v, got)
		}
		if got := new(big.Rat).Mul(u.Scale(), v.Scale()); got.Cmp(u.Mul(v).Scale()) != 0 {
			t.Fatalf("scale of %v·%v is %v", u, v, got)
		}
		if again, ok := UnitOf(u.String()); !ok || again.Dimension() != u.Dimension() || again.Scale().Cmp(u.Scale()) != 0 {
			t.Fatalf("%v printed and read again is %v (%v)", u, again, ok)
		}
		x := big.NewRat(rapid.Int64Range(-1e9, 1e9).Draw(t, "x"), rapid.Int64Range(1, 1e6).Draw(t, "d"))
		if u.Dimension() == v.Dimension() {
			there, _ := u.Convert(x, v)
			back, err := v.Convert(there, u)
			if err != nil || back.Cmp(x) != 0 {
				t.Fatalf("%v %v there and back is %v (%v)", x, u, back, err)
			}
		}
	})
}

func mustUnit(s string) Unit {
	u, ok := UnitOf(s)
	if !ok {
		panic("no unit " + s)
	}
	return u
}
