package code_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/ground/code"
)

type grade string

func TestListFindsItsValues(t *testing.T) {
	t.Parallel()
	old := code.Of[grade]("3", "较大", "serious")
	old.Retired = true
	list := code.NewList("示例标准 GB/T 0000-2020", code.Of[grade]("1", "一般", "ordinary"), old)
	if v, ok := list.Find("3"); !ok || v.Label.Zh != "较大" || !v.Retired {
		t.Errorf("a retired value is still found, got %v, %v", v, ok)
	}
	if v, ok := list.Find("2"); ok {
		t.Errorf("found %v under a code that is not in the list", v)
	}
	if diff := cmp.Diff(list.Values[0], code.Value[grade]{Code: "1", Label: list.Values[0].Label}); diff != "" {
		t.Error(diff)
	}
}

func TestWrongListStopsTheStart(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]code.Value[grade]{
		"a code twice":           {code.Of[grade]("1", "一般", "ordinary"), code.Of[grade]("1", "重大", "major")},
		"an empty code":          {code.Of[grade]("", "一般", "ordinary")},
		"a label in one tongue":  {code.Of[grade]("1", "一般", "")},
		"a label in the other":   {code.Of[grade]("1", "", "ordinary")},
		"second value is broken": {code.Of[grade]("1", "一般", "ordinary"), code.Of[grade]("2", "", "")},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was taken", name)
				}
			}()
			code.NewList("示例", values...)
		}()
	}
}
