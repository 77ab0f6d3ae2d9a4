package indicator_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// twoHundred is a year's set: counts, sums, rates, changes on last year, scores by band.
func twoHundred(b *testing.B) *indicator.Set {
	b.Helper()
	forms := []string{
		"in 起 printed 0 = accident.count",
		"in 起 printed 0 = accident.count @ last_year - accident.count",
		"in % printed 1 = (accident.deaths - accident.deaths @ last_year) / accident.deaths @ last_year",
		"in 人/亿元 printed 3 = accident.deaths / statistic.gdp",
		"in 万元 printed 2 = sum(budget.initial, budget.added, budget.spent)",
		"in % printed 2 = budget.spent / (budget.initial + budget.added)",
		"in 分 printed 2 = band(budget.spent / budget.initial, >= 95%: 5 分, >= 90%: 4 分, else: 0 分)",
		"in 人 printed 0 = staff.in_post - staff.in_post @ last_year_end",
	}
	var text strings.Builder
	for k := range 200 {
		fmt.Fprintf(&text, "indicator x%d \"指标\" %s\n", k, forms[k%len(forms)])
	}
	return mustDefine(b, text.String())
}

// flat answers every ask with a number that depends on nothing.
type flat struct{}

func (flat) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for k := range out {
		out[k] = indicator.Number(int64(97+k), 87)
	}
	return out, nil
}

func Benchmark_two_hundred_indicators(b *testing.B) {
	var questions []indicator.Question
	for _, i := range twoHundred(b).Indicators() {
		questions = append(questions, indicator.Question{Indicator: i, Period: period.Year(2023), Unit: "430600"})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := indicator.Eval(b.Context(), flat{}, questions...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*200/b.Elapsed().Seconds(), "figures/s")
}

// Each of 200 indicators for 20 units and 36 months, compared periods included: a tenth of the cells of a city.
func Benchmark_every_cell(b *testing.B) {
	var questions []indicator.Question
	for _, i := range twoHundred(b).Indicators() {
		for month := range period.Span(period.MustDay(2021, 1, 1), period.MustDay(2023, 12, 31)).Months() {
			for unit := range 20 {
				questions = append(questions, indicator.Question{Indicator: i, Period: month, Unit: place.Unit(fmt.Sprintf("430600-%02d", unit))})
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := indicator.Eval(b.Context(), flat{}, questions...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(questions))/b.Elapsed().Seconds(), "figures/s")
}

func Benchmark_define(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		twoHundred(b)
	}
	b.ReportMetric(float64(b.N)*200/b.Elapsed().Seconds(), "definitions/s")
}

func Benchmark_explain(b *testing.B) {
	r := eval(b, shippedSet(b), published(), "work_safety.deaths_change", "2023")
	for b.Loop() {
		r.Explain(lang.Chinese)
	}
}
