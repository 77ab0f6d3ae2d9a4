package indicator_test

import (
	"slices"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/fault"
)

func TestDefinitionsAreGivenAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	const text = "\ufeff# 说明\r\nｉｎｄｉｃａｔｏｒ a.b “甲” \"b\" in 1 printed 0 # 一\n  = 2 ×\n  a.c # 二\nconstant a.c \"丙\" = -5 % source \"文\" constant a.d \"丁\" = 3\n# 完"
	f, err := indicator.Parse("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range f.Definitions() {
		got = append(got, d.Code, d.Unit, d.Text)
		if d.Constant == (d.Code == "a.b") {
			t.Errorf("%s: constant %v", d.Code, d.Constant)
		}
	}
	want := []string{"a.b", "1", "ｉｎｄｉｃａｔｏｒ a.b “甲” \"b\" in 1 printed 0 # 一\n  = 2 ×\n  a.c", "a.c", "%", "constant a.c \"丙\" = -5 % source \"文\"", "a.d", "", "constant a.d \"丁\" = 3"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if at := f.Definitions()[2].Where; at != (fault.Where{File: "x", Line: 5, Col: 36}) {
		t.Errorf("at %+v", at)
	}
	left := f.Without(func(code string) bool { return code == "a.c" })
	if d := left.Definitions(); len(d) != 2 || d[0].Code != "a.b" || d[1].Code != "a.d" || len(f.Definitions()) != 3 {
		t.Errorf("left: %v", d)
	}
}

func TestAnIndicatorNamesWhatItRestsOn(t *testing.T) {
	t.Parallel()
	set := mustDefine(t, "constant a.k \"甲\" = 2\nindicator a.x \"乙\" in 1 printed 0 = a.y + a.k\nindicator a.y \"丙\" in 1 printed 0 = band(a.k, < a.l: 1, else: a.k)\nconstant a.l \"丁\" = 3")
	i, err := set.Indicator("a.x")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := i.Names(), []string{"a.y", "a.k", "a.l"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
