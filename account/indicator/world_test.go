package indicator_test

import (
	"context"
	"crypto/sha256"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"anlan/account/indicator"
	"anlan/account/indicator/shipped"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew")

// measures is a catalogue for tests, in the order given.
type measures []indicator.Measure

func (m measures) Lookup(code string) (indicator.Measure, bool) {
	i := slices.IndexFunc(m, func(m indicator.Measure) bool { return m.Code == code })
	if i < 0 {
		return indicator.Measure{}, false
	}
	return m[i], true
}

func (m measures) Codes() []string {
	var codes []string
	for _, m := range m {
		codes = append(codes, m.Code)
	}
	return codes
}

func measure(code string, zh lang.Zh, en lang.En, unit string, shape indicator.Shape) indicator.Measure {
	u, ok := figure.UnitOf(unit)
	if !ok {
		panic("no unit " + unit)
	}
	return indicator.Measure{Code: code, Label: lang.Of(zh, en), Unit: u, Shape: shape, Definition: sha256.Sum256([]byte(code))}
}

// bureau is the measures that the tests of this package speak of.
var bureau = measures{
	measure("staff.in_post", "在职人数", "staff in post", "人", indicator.Stock),
	measure("staff.retired", "退休人数", "retired staff", "人", indicator.Stock),
	measure("staff.establishment", "编制数", "establishment", "人", indicator.Stock),
	measure("hazard.found", "排查重大事故隐患数", "major hazards found", "处", indicator.Flow),
	measure("hazard.listed", "挂牌督办数", "hazards listed", "处", indicator.Flow),
	measure("accident.count", "事故起数", "accidents", "起", indicator.Flow),
	measure("accident.deaths", "事故死亡人数", "deaths", "人", indicator.Flow),
	measure("statistic.gdp", "地区生产总值", "GDP", "亿元", indicator.Flow),
	measure("statistic.population", "常住人口", "population", "万人", indicator.Stock),
	measure("budget.initial", "年初预算", "initial budget", "万元", indicator.Flow),
	measure("budget.added", "追加预算", "supplement", "万元", indicator.Flow),
	measure("budget.spent", "决算支出", "expenditure", "元", indicator.Flow),
}

// answers is a source for tests: quantities by measure and period. What is not there has no record.
type answers map[indicator.Ask]indicator.Quantity

func (a answers) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for k, ask := range asks {
		ask.Unit = ""
		out[k] = a[ask]
	}
	return out, nil
}

func (a answers) with(measure, in string, q indicator.Quantity) answers {
	a[indicator.Ask{Measure: measure, Period: period.MustParse(in)}] = q
	return a
}

// published is the year of the published report and the year before.
func published() answers {
	n := indicator.Number
	return answers{}.
		with("staff.in_post", "2023", n(92, 92)).with("staff.retired", "2023", n(17, 17)).with("staff.establishment", "2023", n(100, 2)).
		with("hazard.found", "2023", n(16424, 16424)).with("hazard.listed", "2023", n(6682, 6682)).
		with("accident.count", "2023", n(87, 87)).with("accident.count", "2022", n(103, 103)).
		with("accident.deaths", "2023", n(97, 87)).with("accident.deaths", "2022", n(109, 103)).
		with("statistic.gdp", "2023", indicator.Ratio(484178, 100, 1)).with("statistic.gdp", "2022", indicator.Ratio(471067, 100, 1)).
		with("budget.initial", "2023", indicator.Ratio(168591, 100, 1)).with("budget.added", "2023", indicator.Ratio(158562, 100, 9)).
		with("budget.spent", "2023", indicator.Ratio(3265520000, 100, 812))
}

// define parses and defines one text.
func define(t testing.TB, text string) (*indicator.Set, error) {
	t.Helper()
	file, err := indicator.Parse("test.indicators", []byte(text))
	if err != nil {
		return nil, err
	}
	return indicator.Define(bureau, file)
}

func mustDefine(t testing.TB, text string) *indicator.Set {
	t.Helper()
	set, err := define(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func shippedSet(t testing.TB) *indicator.Set {
	t.Helper()
	content, err := shipped.Files.ReadFile("spine.indicators")
	if err != nil {
		t.Fatal(err)
	}
	return mustDefine(t, string(content))
}

// eval evaluates an indicator by code in a period.
func eval(t testing.TB, set *indicator.Set, source indicator.Source, code, in string) indicator.Result {
	t.Helper()
	i, err := set.Indicator(code)
	if err != nil {
		t.Fatal(err)
	}
	return ask(t, source, i, in)
}

func ask(t testing.TB, source indicator.Source, i *indicator.Indicator, in string) indicator.Result {
	t.Helper()
	results, err := indicator.Eval(t.Context(), source, indicator.Question{Indicator: i, Period: period.MustParse(in), Unit: "430600"})
	if err != nil {
		t.Fatal(err)
	}
	return results[0]
}

// golden compares got with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
