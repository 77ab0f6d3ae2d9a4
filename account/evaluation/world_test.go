package evaluation_test

import (
	"context"
	"crypto/sha256"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/evaluation"
	"anlan/account/evaluation/shipped"
	"anlan/account/indicator"
	indicators "anlan/account/indicator/shipped"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

var update = flag.Bool("update", false, "write the goldens anew")

// measures are what the shipped schemes and their indicators ask of a book, in the codes of the kinds.
type measures []indicator.Measure

func (m measures) Lookup(code string) (indicator.Measure, bool) {
	i := slices.IndexFunc(m, func(m indicator.Measure) bool { return m.Code == code })
	if i < 0 {
		return indicator.Measure{}, false
	}
	return m[i], true
}

func (m measures) Codes() (out []string) {
	for _, x := range m {
		out = append(out, x.Code)
	}
	return out
}

var bureau = func() (out measures) {
	for _, m := range []struct {
		code, unit string
		shape      indicator.Shape
	}{
		{"staff.in_post", "人", indicator.Stock}, {"staff.retired", "人", indicator.Stock}, {"establishment.posts", "人", indicator.Stock},
		{"hazard.found", "处", indicator.Flow}, {"hazard.listed", "处", indicator.Flow},
		{"accident.count", "起", indicator.Flow}, {"accident.deaths", "人", indicator.Flow},
		{"budget.initial", "元", indicator.Flow}, {"budget.added", "元", indicator.Flow}, {"final.expenditure", "元", indicator.Flow},
		{"final.carry_out", "元", indicator.Stock}, {"three_public.budget", "元", indicator.Flow}, {"final.three_public", "元", indicator.Flow}, {"final.operating_cost", "元", indicator.Flow}, {"budget.operating", "元", indicator.Flow},
		{"procurement.planned", "元", indicator.Flow}, {"procurement.actual", "元", indicator.Flow},
		{"building.approved_area", "平方米", indicator.Flow}, {"building.actual_area", "平方米", indicator.Flow},
		{"building.approved_cost", "元", indicator.Flow}, {"building.actual_cost", "元", indicator.Flow},
		{"asset.value", "元", indicator.Stock}, {"asset.value_in_use", "元", indicator.Stock},
		{"disclosure.due", "项", indicator.Flow}, {"disclosure.on_time", "项", indicator.Flow}, {"compliance.findings", "项", indicator.Flow},
		{"targets.judged", "个", indicator.Flow}, {"targets.reached", "个", indicator.Flow}, {"targets.unjudged", "个", indicator.Flow},
		{"disaster.direct_loss", "元", indicator.Flow}, {"survey.answers", "人", indicator.Flow}, {"survey.satisfied", "人", indicator.Flow},
	} {
		u, ok := figure.UnitOf(m.unit)
		if !ok {
			panic("no unit " + m.unit)
		}
		out = append(out, indicator.Measure{Code: m.code, Label: lang.Of(lang.Zh(m.code), lang.En(m.code)), Unit: u, Shape: m.shape, Definition: sha256.Sum256([]byte(m.code))})
	}
	return out
}()

// answers is a source for tests: quantities by measure and period; what is not there is none recorded.
type answers map[string]indicator.Quantity

func (a answers) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for k, ask := range asks {
		out[k] = a[ask.Measure+" "+ask.Period.String()]
	}
	return out, nil
}

// year2023 is the year of the published report, in 元 where it prints 万元.
func year2023() answers {
	fen := func(yuan int64) indicator.Quantity { return indicator.Ratio(yuan, 1, 1) }
	n := func(n int64) indicator.Quantity { return indicator.Number(n, int(n)) }
	return answers{
		"staff.in_post 2023": n(92), "establishment.posts 2023": n(100),
		"three_public.budget 2023": fen(621_000), "three_public.budget 2022": fen(640_000), "final.three_public 2023": fen(395_000), "final.operating_cost 2023": fen(4_255_700), "budget.operating 2023": fen(4_300_000),
		"final.expenditure 2023": fen(32_655_400), "budget.initial 2023": fen(16_859_100), "budget.added 2023": fen(15_856_200), "final.carry_out 2023": fen(166_100),
		"building.approved_area 2023": n(0), "building.actual_area 2023": n(0), "building.approved_cost 2023": n(0), "building.actual_cost 2023": n(0),
		"procurement.planned 2023": fen(1_000_000), "procurement.actual 2023": fen(930_000),
		"compliance.findings 2023": n(0), "disclosure.due 2023": n(4), "disclosure.on_time 2023": n(4),
		"accident.deaths 2023": n(97), "accident.deaths 2022": n(109),
		"disaster.direct_loss 2023": fen(205_000_000), "disaster.direct_loss 2022": fen(461_000_000),
		"survey.answers 2023": n(200), "survey.satisfied 2023": n(194),
	}
}

func indicatorSet(t testing.TB) *indicator.Set {
	t.Helper()
	var files []*indicator.File
	for _, name := range []string{"spine.indicators", "evaluation.indicators"} {
		text, err := indicators.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := indicator.Parse(name, text)
		if err != nil {
			t.Fatal(fault.In(err, lang.English))
		}
		files = append(files, f)
	}
	set, err := indicator.Define(bureau, files...)
	if err != nil {
		t.Fatal(fault.In(err, lang.English))
	}
	return set
}

func shippedScheme(t testing.TB, name string) *evaluation.Scheme {
	t.Helper()
	text, err := shipped.Files.ReadFile(name + evaluation.Suffix)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(text))
}

func parse(t testing.TB, text string) *evaluation.Scheme {
	t.Helper()
	s, err := evaluation.ParseFile("test.scheme", []byte(text))
	if err != nil {
		t.Fatal(fault.In(err, lang.English))
	}
	return s
}

func define(t testing.TB, s *evaluation.Scheme) *evaluation.Rubric {
	t.Helper()
	r, err := evaluation.Define(s, indicatorSet(t))
	if err != nil {
		t.Fatal(fault.In(err, lang.English))
	}
	return r
}

var whole = evaluation.About{Period: period.Year(2023), Unit: "430600", Subject: evaluation.Whole}

func points(s string) *big.Rat { r, _ := new(big.Rat).SetString(s); return r }

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
