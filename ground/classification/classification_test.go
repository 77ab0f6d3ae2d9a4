package classification_test

import (
	"strings"
	"testing"

	"anlan/ground/classification"
)

func TestBasicExpenditureIsStaffOrOperatingCostsAndNothingElse(t *testing.T) {
	t.Parallel()
	want := map[string]classification.Cost{
		"301": classification.StaffCost, "303": classification.StaffCost,
		"302": classification.OperatingCost, "310": classification.OperatingCost,
	}
	for _, v := range classification.Economics.Values {
		e := v.Code
		got, ok := classification.CostOf(classification.Basic, e)
		if ok != (want[e.Class()] != "") || got != want[e.Class()] {
			t.Errorf("basic %s: got %q, %v; want %q", e, got, ok, want[e.Class()])
		}
		if got, ok := classification.CostOf(classification.Project, e); !ok || got != classification.ProjectCost {
			t.Errorf("project %s: got %q, %v", e, got, ok)
		}
	}
	for _, e := range []classification.Economic{"", "3021", "302170", "3021x", "３０２１７"} {
		for _, c := range []classification.Category{classification.Basic, classification.Project, ""} {
			if got, ok := classification.CostOf(c, e); ok {
				t.Errorf("%s %q is no economic class and gave %s", c, e, got)
			}
		}
	}
}

func TestTheThreePublicsAreFiveEconomicClasses(t *testing.T) {
	t.Parallel()
	want := map[classification.Economic]classification.ThreePublic{
		"30212": classification.Abroad, "30217": classification.Hospitality, "30231": classification.VehicleRunning,
		"30913": classification.VehiclePurchase, "31013": classification.VehiclePurchase,
	}
	for _, v := range classification.Economics.Values {
		if got := classification.ThreePublicOf(v.Code); got != want[v.Code] {
			t.Errorf("%s: got %q, want %q", v.Code, got, want[v.Code])
		}
		if got := want[v.Code]; got != "" {
			if _, ok := classification.ThreePublics.Find(got); !ok {
				t.Errorf("%s is not in the list", got)
			}
		}
	}
}

func TestEveryEconomicClassHasACodeAndALabelOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]classification.Economic{}
	for _, v := range classification.Economics.Values {
		if v.Code.Class() == "" || !strings.HasPrefix(v.Label.Zh, string(v.Code)+" ") {
			t.Errorf("%q is labelled %q", v.Code, v.Label.Zh)
		}
		for _, name := range []string{v.Label.Zh[5:], v.Label.En[5:]} {
			if other, twice := seen[name]; twice && other.Class() == v.Code.Class() {
				t.Errorf("%s and %s are both called %q", other, v.Code, name)
			}
			seen[name] = v.Code
		}
	}
}

func TestAFunctionalItemIsValidInItsYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		item        classification.Function
		year        int
		formed, now bool
	}{
		{"2240106", 2023, true, true},
		{"2240106", 2018, true, false}, // the class is of 2019
		{"2240701", 2019, true, true},
		{"2240701", 2023, true, false},
		{"2240777", 2023, true, false},
		{"2210201", 2023, true, true}, // another class: nothing is known against it
		{"2090101", 2023, false, false},
		{"224010", 2023, false, false},
		{"22401066", 2023, false, false},
		{"224010x", 2023, false, false},
		{"", 2023, false, false},
	} {
		if c.item.WellFormed() != c.formed || c.item.ValidIn(c.year) != c.now {
			t.Errorf("%q in %d: formed %v, valid %v; want %v, %v", c.item, c.year, c.item.WellFormed(), c.item.ValidIn(c.year), c.formed, c.now)
		}
	}
	if got := classification.Function("2240101").Name(2023).Zh; got != "应急管理事务-行政运行" {
		t.Errorf("got %q", got)
	}
	if got := classification.Function("2210201").ClassName().Zh; got != "住房保障支出" {
		t.Errorf("got %q", got)
	}
	if got := classification.Function("2240777").Name(2023); got.Zh != "" {
		t.Errorf("an unknown item is called %q", got.Zh)
	}
}

// FuzzFunction: whatever is given, an item that is valid is well-formed, and one with a name is valid.
func FuzzFunction(f *testing.F) {
	for _, s := range []string{"2240106", "224", "", "22499999", "２２４０１０６", "2240701"} {
		f.Add(s, 2023)
	}
	f.Fuzz(func(t *testing.T, s string, year int) {
		x := classification.Function(s)
		if x.ValidIn(year) && !x.WellFormed() {
			t.Errorf("%q is valid and not well-formed", s)
		}
		if x.Name(year).Zh != "" && !x.ValidIn(year) {
			t.Errorf("%q has a name and is not valid in %d", s, year)
		}
	})
}
